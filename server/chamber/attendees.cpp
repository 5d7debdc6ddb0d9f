#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// Those who attend a meeting without a vote. Admission goes with the office of an observer over the meeting's
// body, so that an access code can be issued and the console may watch.

namespace plenum::chamber {
namespace {

std::optional<Refusal> check_running(const Meeting& meeting)
{
    if (meeting.phase >= MeetingPhase::closed) return wrong_state(meeting.phase);
    return std::nullopt;
}

std::optional<Refusal> check_texts(const State& state, const AdmitAttendee& command)
{
    const bool readable =
        is_line_or_empty(command.unit, name_bytes_max) && is_line_or_empty(command.seat, name_bytes_max);
    if (!readable) return no(RefusalCode::invalid_text, "单位或座席", "unit or seat");
    if (!command.person) {
        if (is_line(command.name, name_bytes_max)) return std::nullopt;
        return no(RefusalCode::invalid_text, "姓名", "name");
    }
    const auto found = state.persons.find(*command.person);
    if (found == state.persons.end()) return refuse(RefusalCode::no_such_record);
    if (command.name.empty() || command.name == found->second.name) return std::nullopt;
    return no(RefusalCode::invalid_text, "姓名与记录不一致", "the name differs from the record");
}

/// Whether a known person can be admitted: no member, and not there already.
std::optional<Refusal> check_person(const State& state, const Meeting& meeting, const AdmitAttendee& command)
{
    if (!command.person) return std::nullopt;
    if (find_member(record_of(state.bodies, meeting.body), *command.person) != nullptr) {
        return no(RefusalCode::wrong_state, "此人是本机构组成人员", "this person is a member of the body");
    }
    const auto found = meeting.attendees.find(*command.person);
    if (found == meeting.attendees.end()) return std::nullopt;
    const auto& [kind, unit, seat] = found->second;
    if (kind == command.attendee_kind && unit == command.unit && seat == command.seat) {
        return refuse(RefusalCode::nothing_to_do);
    }
    return no(RefusalCode::wrong_state, "已经登记，更改前请先取消", "admitted already; dismiss them first");
}

} // namespace

bool is_admitted_by_body(const State& state, PersonId person, BodyId body)
{
    return std::ranges::any_of(state.meetings, [&](const auto& entry) {
        return entry.second.body == body && entry.second.attendees.contains(person);
    });
}

Decided decide_command(const State& state, const AdmitAttendee& command, const Context&)
{
    const auto& meeting = record_of(state.meetings, command.meeting);
    if (auto refusal = check_running(meeting)) return *refusal;
    if (auto refusal = check_texts(state, command)) return *refusal;
    if (auto refusal = check_person(state, meeting, command)) return *refusal;
    if (meeting.attendees.size() >= attendees_per_meeting_max) return refuse(RefusalCode::too_many);
    const auto person = command.person.value_or(PersonId{state.persons_known + 1});
    const auto name = command.person ? record_of(state.persons, person).name : command.name;
    return Decision{
        {AttendeeAdmitted{command.meeting, person, name, command.attendee_kind, command.unit, command.seat}},
        {}};
}

Decided decide_command(const State& state, const DismissAttendee& command, const Context&)
{
    const auto& meeting = record_of(state.meetings, command.meeting);
    if (auto refusal = check_running(meeting)) return *refusal;
    if (!meeting.attendees.contains(command.person)) return refuse(RefusalCode::not_admitted);
    return Decision{{AttendeeDismissed{command.meeting, command.person}}, {}};
}

void apply_event(State& state, const AttendeeAdmitted& event, const Stamp&)
{
    PLENUM_ASSERT(number(event.person) <= state.persons_known + 1);
    state.persons[event.person].name = event.name;
    state.persons_known = std::max(state.persons_known, number(event.person));
    auto& meeting = record_of(state.meetings, event.meeting);
    if (!is_admitted_by_body(state, event.person, meeting.body)) {
        state.offices.push_back({event.person, Role::observer, meeting.body});
    }
    const bool fresh =
        meeting.attendees.emplace(event.person, Attendee{event.attendee_kind, event.unit, event.seat}).second;
    PLENUM_ASSERT(fresh);
}

// Who is dismissed leaves every sitting of the meeting with it: one entry says all of that.
void apply_event(State& state, const AttendeeDismissed& event, const Stamp& stamp)
{
    auto& meeting = record_of(state.meetings, event.meeting);
    const bool was_admitted = meeting.attendees.erase(event.person) == 1;
    PLENUM_ASSERT(was_admitted);
    if (!is_admitted_by_body(state, event.person, meeting.body)) {
        take_office(state, {event.person, Role::observer, meeting.body});
    }
    for (auto& [id, sitting] : state.sittings) {
        if (sitting.meeting != event.meeting || sitting.state == SittingState::closed) continue;
        if (sitting.guests.erase(event.person) == 0) continue;
        sitting.gone.insert(event.person);
        note_presence(sitting, event.person, stamp);
    }
}

Answer<AttendeesAnswer> ask(const State& state, const Actor& actor, const ListAttendees& question,
                            const BlobSource&)
{
    const auto found = state.sittings.find(question.sitting);
    if (found == state.sittings.end()) return refuse(RefusalCode::no_such_record);
    const auto& sitting = found->second;
    if (!keeps_the_room(state, actor, sitting.body)) return refuse(RefusalCode::not_allowed);
    AttendeesAnswer answer{state.entries, {}};
    for (const auto& [person, attendee] : record_of(state.meetings, sitting.meeting).attendees) {
        answer.attendees.push_back({person, record_of(state.persons, person).name, attendee.kind,
                                    attendee.unit, attendee.seat, presence_of(sitting, person)});
    }
    return answer;
}

} // namespace plenum::chamber
