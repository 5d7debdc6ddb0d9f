#include "protocol/role.hpp"

#include <charconv>

namespace plenum {

bool may(Role role, Right right, bool conduct_lent)
{
    switch (right) {
    case Right::prepare: return role == Role::secretary;
    case Right::attend:
    case Right::cast: return role == Role::delegate;
    case Right::keep_attendance: return role == Role::secretary || role == Role::operator_;
    case Right::conduct: return role == Role::chair || (role == Role::operator_ && conduct_lent);
    case Right::chair: return role == Role::chair;
    case Right::watch: return true;
    case Right::speak: return role == Role::delegate || role == Role::observer;
    case Right::keep_floor: return role == Role::chair || role == Role::operator_ || role == Role::secretary;
    case Right::count: return role == Role::teller;
    case Right::show: return role == Role::chair || role == Role::operator_;
    case Right::audit:
        return role == Role::secretary || role == Role::chair || role == Role::operator_ ||
               role == Role::auditor;
    case Right::hold_key: return role == Role::key_holder;
    case Right::confirm: return role == Role::chair || role == Role::secretary;
    }
    return false;
}

std::string to_text(const Actor& actor)
{
    if (actor.is_server()) return "server";
    return std::string(codec::enum_name(actor.role)) + ':' + std::to_string(number(*actor.person));
}

Result<Actor> actor_from_text(std::string_view text)
{
    if (text == "server") return Actor{};
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return fault(Fault::malformed);
    const auto role = codec::enum_from<Role>(text.substr(0, colon));
    const auto digits = text.substr(colon + 1);
    std::uint64_t person = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), person);
    if (!role || error != std::errc{} || end != digits.data() + digits.size()) return fault(Fault::malformed);
    const Actor actor{PersonId{person}, *role};
    if (to_text(actor) != text) return fault(Fault::not_canonical);
    return actor;
}

} // namespace plenum
