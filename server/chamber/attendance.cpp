#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"

namespace plenum::chamber {
namespace {

bool takes_attendance(SittingState state)
{
    return state == SittingState::signing_in || state == SittingState::in_session ||
           state == SittingState::recess;
}

/// Why this person cannot come or go now, whoever asks for it.
std::optional<Refusal> check_attendance(const State& state, SittingId id, PersonId person, bool coming)
{
    const auto& sitting = record_of(state.sittings, id);
    if (find_member(record_of(state.bodies, sitting.body), person) == nullptr) {
        return refuse(RefusalCode::not_a_member);
    }
    if (!takes_attendance(sitting.state)) return wrong_state(sitting.state);
    const bool present = sitting.present.contains(person);
    if (coming && present) return no(RefusalCode::wrong_state, "已经签到", "signed in already");
    if (!coming && !present) return no(RefusalCode::wrong_state, "尚未签到", "not signed in");
    return std::nullopt;
}

Decided sign_in(const State& state, SittingId sitting, PersonId person,
                AttendanceMode mode = AttendanceMode::in_person)
{
    if (auto refusal = check_attendance(state, sitting, person, true)) return *refusal;
    return Decision{{SignedIn{sitting, person, mode}}, {}};
}

Decided sign_out(const State& state, SittingId sitting, PersonId person)
{
    if (auto refusal = check_attendance(state, sitting, person, false)) return *refusal;
    return Decision{{SignedOut{sitting, person}}, {}};
}

} // namespace

Presence presence_of(const Sitting& sitting, PersonId person)
{
    if (sitting.remote.contains(person)) return Presence::remote;
    if (sitting.present.contains(person) || sitting.guests.contains(person)) return Presence::present;
    if (sitting.absent_without_leave.contains(person)) return Presence::absent_without_leave;
    if (sitting.leave.contains(person)) return Presence::on_leave;
    if (sitting.gone.contains(person)) return Presence::left;
    return Presence::absent;
}

const Member* find_member(const Body& body, PersonId person)
{
    const auto found = std::ranges::lower_bound(body.members, person, {}, &Member::person);
    return found != body.members.end() && found->person == person ? &*found : nullptr;
}

Decided decide_command(const State& state, const OpenSignIn& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::draft) return wrong_state(sitting.state);
    return Decision{{SignInOpened{command.sitting}}, {}};
}

Decided decide_command(const State& state, const SignIn& command, const Context& context)
{
    return sign_in(state, command.sitting, *context.actor.person);
}

Decided decide_command(const State& state, const SignOut& command, const Context& context)
{
    return sign_out(state, command.sitting, *context.actor.person);
}

Decided decide_command(const State& state, const SignInFor& command, const Context&)
{
    return sign_in(state, command.sitting, command.person, command.mode);
}

Decided decide_command(const State& state, const SignOutFor& command, const Context&)
{
    return sign_out(state, command.sitting, command.person);
}

void apply_event(State& state, const SignInOpened& event, const Stamp&)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.state == SittingState::draft);
    sitting.state = SittingState::signing_in;
}

void apply_event(State& state, const SignedIn& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(takes_attendance(sitting.state));
    PLENUM_ASSERT(find_member(record_of(state.bodies, sitting.body), event.person) != nullptr);
    const bool came = sitting.present.insert(event.person).second;
    PLENUM_ASSERT(came);
    if (event.mode == AttendanceMode::remote) sitting.remote.insert(event.person);
    sitting.gone.erase(event.person);
    sitting.history.push_back({event.person, Presence::present, stamp.at_ms});
}

void apply_event(State& state, const SignedOut& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(takes_attendance(sitting.state));
    const bool went = sitting.present.erase(event.person) == 1;
    PLENUM_ASSERT(went);
    sitting.remote.erase(event.person);
    sitting.gone.insert(event.person);
    sitting.history.push_back({event.person, Presence::left, stamp.at_ms});
}

} // namespace plenum::chamber
