#include "clients/audit/vector_reading.hpp"

#include "protocol/rules/places.hpp"

namespace plenum::audit {

void require(const std::optional<Misfit>& misfit)
{
    if (misfit) throw Unreadable{misfit->path + " should be " + misfit->expected};
}

const boost::json::value& member(const boost::json::value& of, std::string_view name)
{
    const auto* found = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    if (found == nullptr) throw Unreadable{"has no " + std::string(name)};
    return *found;
}

bool has(const boost::json::value& of, std::string_view name)
{
    const auto* found = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    return found != nullptr && !found->is_null();
}

std::uint32_t number(const boost::json::value& of, std::string_view name)
{
    const auto& found = member(of, name);
    if (!found.is_int64() || found.get_int64() < 0 || found.get_int64() > ballots_max) {
        throw Unreadable{std::string(name) + " is no count from 0 to " + std::to_string(ballots_max)};
    }
    return static_cast<std::uint32_t>(found.get_int64());
}

bool flag(const boost::json::value& of, std::string_view name)
{
    const auto& found = member(of, name);
    if (!found.is_bool()) throw Unreadable{std::string(name) + " is neither true nor false"};
    return found.get_bool();
}

std::string text(const boost::json::value& of, std::string_view name)
{
    const auto& found = member(of, name);
    if (!found.is_string()) throw Unreadable{std::string(name) + " is no text"};
    return std::string(found.get_string());
}

} // namespace plenum::audit
