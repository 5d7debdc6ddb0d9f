#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// Who came and went, who attends without a vote, who was on leave, and who was absent without it.

namespace plenum::audit {
namespace {

using enum SittingState;

bool is_member(const Record& record, const RecordedSitting& sitting, PersonId person)
{
    return record.bodies.at(sitting.body).members.contains(person);
}

/// The sitting while people come and go.
RecordedSitting* attended(Record& record, SittingId id)
{
    return in_state(record, id, {signing_in, in_session, recess}, AuditCode::attendance_out_of_order);
}

/// Who votes by console and who by hands is frozen with the electorate.
bool is_elector(const Record& record, const RecordedSitting& sitting, PersonId person)
{
    if (!sitting.open_vote) return false;
    return std::ranges::binary_search(record.votes.at(*sitting.open_vote).electorate, person);
}

/// A member there already may only have come the other way, at the desk, and in no electorate.
bool may_come(const Record& record, const RecordedSitting& sitting, const SignedIn& event)
{
    const bool remote = event.mode == AttendanceMode::remote;
    const bool again = sitting.present.contains(event.person);
    if (record.now->actor.role == Role::delegate && (again || remote)) return false;
    if (!again) return true;
    return sitting.remote.contains(event.person) != remote && !is_elector(record, sitting, event.person);
}

bool may_come_as_guest(const RecordedSitting& sitting, const SignedIn& event)
{
    return event.mode == AttendanceMode::in_person && !sitting.guests.contains(event.person);
}

/// The sitting in which leave or absence of this person may be written down or taken back; otherwise a
/// complaint.
RecordedSitting* excusable(Record& record, SittingId id, PersonId person,
                           std::initializer_list<SittingState> allowed)
{
    auto* sitting = in_state(record, id, allowed, AuditCode::leave_out_of_order);
    if (sitting == nullptr || is_member(record, *sitting, person)) return sitting;
    record.complain(AuditCode::attendance_not_a_member, std::to_string(number(person)));
    return nullptr;
}

void check(Record& record, bool right, PersonId person)
{
    if (!right) record.complain(AuditCode::leave_out_of_order, std::to_string(number(person)));
}

} // namespace

bool is_admitted_by_body(const Record& record, PersonId person, BodyId body)
{
    return std::ranges::any_of(record.meetings, [&](const auto& meeting) {
        return meeting.second.body == body && meeting.second.attendees.contains(person);
    });
}

void follow(Record& record, const SignedIn& event)
{
    auto* sitting = attended(record, event.sitting);
    if (sitting == nullptr) return;
    const bool member = is_member(record, *sitting, event.person);
    if (!member && !record.meetings.at(sitting->meeting).attendees.contains(event.person)) {
        record.complain(AuditCode::attendance_not_a_member, std::to_string(number(event.person)));
        return;
    }
    if (member) check_not_suspended(record, sitting->body, event.person);
    const bool right = member ? may_come(record, *sitting, event) : may_come_as_guest(*sitting, event);
    if (!right) record.complain(AuditCode::attendance_out_of_order, std::to_string(number(event.person)));
    sitting->came.insert(event.person);
    sitting->leave.erase(event.person);
    sitting->absent_without_leave.erase(event.person);
    sitting->guests.erase(event.person);
    sitting->remote.erase(event.person);
    sitting->voting_keys.erase(event.person); // one is made after every sign-in
    (member ? sitting->present : sitting->guests).insert(event.person);
    if (member && event.mode == AttendanceMode::remote) sitting->remote.insert(event.person);
}

void follow(Record& record, const SignedOut& event)
{
    auto* sitting = attended(record, event.sitting);
    if (sitting == nullptr) return;
    sitting->remote.erase(event.person);
    sitting->voting_keys.erase(event.person);
    if (sitting->present.erase(event.person) + sitting->guests.erase(event.person) == 0) {
        record.complain(AuditCode::attendance_out_of_order, std::to_string(number(event.person)));
    }
}

void follow(Record& record, const AttendeeAdmitted& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    check_line(record, event.name, name_bytes_max);
    check_line_or_empty(record, event.unit, name_bytes_max);
    check_line_or_empty(record, event.seat, name_bytes_max);
    note_person(record, event.person);
    record.names[event.person] = event.name;
    const bool member = record.bodies.at(meeting->body).members.contains(event.person);
    if (member || meeting->attendees.contains(event.person)) {
        record.complain(AuditCode::attendee_out_of_order, std::to_string(number(event.person)));
        return;
    }
    if (!is_admitted_by_body(record, event.person, meeting->body)) {
        record.offices.push_back({event.person, Role::observer, meeting->body});
    }
    meeting->attendees.emplace(event.person, event.attendee_kind);
}

void follow(Record& record, const AttendeeDismissed& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    if (meeting->attendees.erase(event.person) == 0) {
        record.complain(AuditCode::attendee_out_of_order, std::to_string(number(event.person)));
        return;
    }
    if (!is_admitted_by_body(record, event.person, meeting->body)) {
        take_office(record, {event.person, Role::observer, meeting->body});
    }
    for (auto& [id, sitting] : record.sittings) {
        if (sitting.meeting == event.meeting && sitting.state != closed) sitting.guests.erase(event.person);
    }
}

void follow(Record& record, const LeaveGranted& event)
{
    auto* sitting = excusable(record, event.sitting, event.person, {draft, signing_in, in_session, recess});
    if (sitting == nullptr) return;
    const bool absent =
        !sitting->present.contains(event.person) && !sitting->absent_without_leave.contains(event.person);
    const bool due = absent && !is_suspended(record, sitting->body, event.person);
    check(record, sitting->leave.insert(event.person).second && due, event.person);
}

void follow(Record& record, const LeaveCancelled& event)
{
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess},
                             AuditCode::leave_out_of_order);
    if (sitting != nullptr) check(record, sitting->leave.erase(event.person) == 1, event.person);
}

void follow(Record& record, const AbsenceRecorded& event)
{
    auto* sitting = excusable(record, event.sitting, event.person, {in_session, recess, closed});
    if (sitting == nullptr) return;
    const bool absent = !sitting->came.contains(event.person) && !sitting->leave.contains(event.person);
    const bool due = absent && !is_suspended(record, sitting->body, event.person);
    check(record, sitting->absent_without_leave.insert(event.person).second && due, event.person);
}

void follow(Record& record, const AbsenceCleared& event)
{
    check_line(record, event.reason, reason_bytes_max);
    auto* sitting =
        in_state(record, event.sitting, {in_session, recess, closed}, AuditCode::leave_out_of_order);
    if (sitting != nullptr) {
        check(record, sitting->absent_without_leave.erase(event.person) == 1, event.person);
    }
}

} // namespace plenum::audit
