#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"

#include <algorithm>

// Chapter three: who is there, as members sign themselves in and out and the desk does it for them.
// Attendees, leave and absence have files of their own.

namespace plenum::chamber {
namespace {

bool takes_attendance(SittingState state)
{
    return state == SittingState::signing_in || state == SittingState::in_session ||
           state == SittingState::recess;
}

bool is_member(const State& state, const Sitting& sitting, PersonId person)
{
    return find_member(record_of(state.bodies, sitting.body), person) != nullptr;
}

bool is_attendee(const State& state, const Sitting& sitting, PersonId person)
{
    return record_of(state.meetings, sitting.meeting).attendees.contains(person);
}

Refusal signed_in_already()
{
    return no(RefusalCode::wrong_state, "已经签到", "signed in already");
}

/// An electorate says who presses and who raises a hand, and that is frozen while the vote is open: nobody in
/// it changes sides, and nobody who presses comes back by video (PE-19).
std::optional<Refusal> check_frozen(const State& state, const Sitting& sitting, PersonId person,
                                    AttendanceMode mode)
{
    if (!sitting.open_vote) return std::nullopt;
    const auto& vote = record_of(state.votes, *sitting.open_vote);
    if (!std::ranges::binary_search(vote.electorate, person)) return std::nullopt;
    const bool by_console = !std::ranges::binary_search(vote.by_hands, person);
    if (sitting.present.contains(person) || (by_console && mode == AttendanceMode::remote)) {
        return refuse(RefusalCode::vote_open);
    }
    return std::nullopt;
}

/// Why the desk cannot sign in this member this way. Who is there already may come the other way.
std::optional<Refusal> check_member(const State& state, const Sitting& sitting, PersonId person,
                                    AttendanceMode mode)
{
    const bool remote = mode == AttendanceMode::remote;
    if (sitting.present.contains(person) && sitting.remote.contains(person) == remote) {
        return signed_in_already();
    }
    return check_frozen(state, sitting, person, mode);
}

std::optional<Refusal> check_guest(const Sitting& sitting, PersonId person, AttendanceMode mode)
{
    if (mode == AttendanceMode::remote) {
        return no(RefusalCode::wrong_state, "列席和旁听人员只能现场签到", "attendees sign in in person only");
    }
    if (sitting.guests.contains(person)) return signed_in_already();
    return std::nullopt;
}

Decided sign_out(const State& state, SittingId id, PersonId person)
{
    const auto& sitting = record_of(state.sittings, id);
    const bool known = is_member(state, sitting, person) || is_attendee(state, sitting, person);
    if (!known) return refuse(RefusalCode::not_a_member);
    if (!takes_attendance(sitting.state)) return wrong_state(sitting.state);
    if (!sitting.present.contains(person) && !sitting.guests.contains(person)) {
        return no(RefusalCode::wrong_state, "尚未签到", "not signed in");
    }
    return Decision{{SignedOut{id, person}}, {}};
}

} // namespace

Presence presence_of(const Sitting& sitting, PersonId person)
{
    if (sitting.remote.contains(person)) return Presence::remote;
    if (sitting.present.contains(person) || sitting.guests.contains(person)) return Presence::present;
    if (sitting.suspended.contains(person)) return Presence::suspended;
    if (sitting.absent_without_leave.contains(person)) return Presence::absent_without_leave;
    if (sitting.leave.contains(person)) return Presence::on_leave;
    if (sitting.gone.contains(person)) return Presence::left;
    return Presence::absent;
}

void note_presence(Sitting& sitting, PersonId person, const Stamp& stamp)
{
    sitting.history.push_back({person, presence_of(sitting, person), stamp.at_ms});
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
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto person = *context.actor.person;
    if (!is_member(state, sitting, person)) return refuse(RefusalCode::not_a_member);
    if (auto refusal = check_not_suspended(state, sitting.body, person)) return *refusal;
    if (!takes_attendance(sitting.state)) return wrong_state(sitting.state);
    // Who attends by video is put into the hall by the desk only.
    if (sitting.present.contains(person)) return signed_in_already();
    return Decision{{SignedIn{command.sitting, person, AttendanceMode::in_person}}, {}};
}

Decided decide_command(const State& state, const SignInFor& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const bool member = is_member(state, sitting, command.person);
    if (!member && !is_attendee(state, sitting, command.person)) return refuse(RefusalCode::not_a_member);
    if (member) {
        if (auto refusal = check_not_suspended(state, sitting.body, command.person)) return *refusal;
    }
    if (!takes_attendance(sitting.state)) return wrong_state(sitting.state);
    const auto refusal = member ? check_member(state, sitting, command.person, command.mode)
                                : check_guest(sitting, command.person, command.mode);
    if (refusal) return *refusal;
    return Decision{{SignedIn{command.sitting, command.person, command.mode}}, {}};
}

Decided decide_command(const State& state, const SignOut& command, const Context& context)
{
    return sign_out(state, command.sitting, *context.actor.person);
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

// Who comes is neither on leave nor absent any more. A voting key is made after it, and by those in the hall.
void apply_event(State& state, const SignedIn& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(takes_attendance(sitting.state));
    sitting.voting_keys.erase(event.person);
    const bool remote = event.mode == AttendanceMode::remote;
    if (is_member(state, sitting, event.person)) {
        const bool came = sitting.present.insert(event.person).second;
        PLENUM_ASSERT(came || sitting.remote.contains(event.person) != remote);
        sitting.remote.erase(event.person);
        if (remote) sitting.remote.insert(event.person);
        // An attendee whom a new roster made a member.
        sitting.guests.erase(event.person);
    } else {
        PLENUM_ASSERT(!remote && is_attendee(state, sitting, event.person));
        const bool came = sitting.guests.insert(event.person).second;
        PLENUM_ASSERT(came);
    }
    sitting.gone.erase(event.person);
    sitting.leave.erase(event.person);
    sitting.absent_without_leave.erase(event.person);
    note_presence(sitting, event.person, stamp);
}

// Also of a member whom a new roster left out.
void apply_event(State& state, const SignedOut& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(takes_attendance(sitting.state));
    const auto went = sitting.present.erase(event.person) + sitting.guests.erase(event.person);
    PLENUM_ASSERT(went == 1);
    sitting.remote.erase(event.person);
    sitting.voting_keys.erase(event.person);
    sitting.gone.insert(event.person);
    note_presence(sitting, event.person, stamp);
}

} // namespace plenum::chamber
