#include "tests/sim/script.hpp"

// The attendance desk: who comes and goes, in the hall and by video, those without a vote, leave and absence.

namespace plenum::sim {

void Script::come_and_go()
{
    const auto* sitting = any(state().sittings);
    const auto& members = state().bodies.at(sitting->second.body).members;
    if (members.empty()) return;
    const auto person = world_.random.pick(members).person;
    const bool present = sitting->second.present.contains(person);
    if (world_.random.chance(500)) {
        auto* desk = somebody(world_.random.pick({Role::secretary, Role::operator_}), sitting->second.body);
        const bool remote = world_.random.chance(200);
        const auto mode = remote ? AttendanceMode::remote : AttendanceMode::in_person;
        if (present && !remote) return say(desk, SignOutFor{sitting->first, person});
        return say(desk, SignInFor{sitting->first, person, mode});
    }
    auto* console = console_of({person, Role::delegate});
    if (present) return say(console, SignOut{sitting->first});
    say(console, SignIn{sitting->first});
}

void Script::keep_desk()
{
    const auto* sitting = any(state().sittings);
    if (state().bodies.at(sitting->second.body).members.empty()) return;
    const auto roll = world_.random.below(100);
    if (roll < 35) return keep_attendees(*sitting);
    if (roll < 70) return keep_leave(*sitting);
    keep_absence(*sitting);
}

void Script::keep_attendees(const SittingEntry& entry)
{
    const auto& [id, sitting] = entry;
    auto* desk = somebody(Role::secretary, sitting.body);
    const auto meeting = sitting.meeting;
    const auto& attendees = state().meetings.at(meeting).attendees;
    if (attendees.size() < 3 || world_.random.chance(150)) {
        AdmitAttendee admit;
        admit.meeting = meeting;
        admit.name = "来宾" + std::to_string(++titles_);
        admit.attendee_kind =
            world_.random.chance(700) ? AttendeeKind::nonvoting_attendee : AttendeeKind::observer;
        admit.unit = "区财政局";
        return say(somebody(Role::secretary, state().meetings.at(meeting).body), admit);
    }
    const auto person = any(attendees)->first;
    if (!state().code_of.contains({person, Role::observer}) && world_.random.chance(700))
        return say(somebody(Role::secretary, std::nullopt), IssueAccessCodes{std::nullopt, person});
    if (world_.random.chance(100)) {
        return say(somebody(Role::secretary, state().meetings.at(meeting).body),
                   DismissAttendee{meeting, person});
    }
    if (sitting.guests.contains(person)) {
        if (world_.random.chance(200)) say(desk, SignOutFor{id, person});
        return;
    }
    say(desk, SignInFor{id, person, AttendanceMode::in_person});
}

void Script::keep_leave(const SittingEntry& entry)
{
    const auto& [id, sitting] = entry;
    auto* desk = somebody(world_.random.pick({Role::secretary, Role::operator_}), sitting.body);
    if (!sitting.leave.empty() && world_.random.chance(400)) {
        return say(desk, CancelLeave{id, any(sitting.leave)->first});
    }
    const auto person = world_.random.pick(state().bodies.at(sitting.body).members).person;
    if (!sitting.present.contains(person)) say(desk, GrantLeave{id, person, "因病"});
}

void Script::keep_absence(const SittingEntry& entry)
{
    const auto& [id, sitting] = entry;
    auto* desk = somebody(world_.random.pick({Role::secretary, Role::operator_}), sitting.body);
    if (!sitting.absent_without_leave.empty() && world_.random.chance(400)) {
        return say(desk, ClearAbsence{id, *sitting.absent_without_leave.begin(), "补办请假"});
    }
    for (const auto& member : state().bodies.at(sitting.body).members) {
        const auto presence = chamber::presence_of(sitting, member.person);
        if (presence == Presence::absent && world_.random.chance(500))
            return say(desk, RecordAbsence{id, member.person, member.name});
    }
}

} // namespace plenum::sim
