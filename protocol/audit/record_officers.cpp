#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// Offices given and taken back, and that nobody was dismissed without whom things could not go on.

namespace plenum::audit {
namespace {

bool is_over(const RecordedOffice& office, BodyId body)
{
    return !office.body || office.body == body;
}

bool has_counted(const RecordedVote& vote, PersonId teller)
{
    const auto in_a_room = [&](const auto& counted) {
        return std::ranges::any_of(counted, [&](const auto& room) { return room.second.contains(teller); });
    };
    return vote.hands.contains(teller) || in_a_room(vote.ballots) || in_a_room(vote.lists) ||
           in_a_room(vote.sheets);
}

/// Who remains is looked at after the office is gone.
bool lacks_secretary(const Record& record, const RecordedOffice& gone)
{
    if (gone.body) return false;
    return std::ranges::none_of(record.offices, [&](const RecordedOffice& office) {
        return office.role == Role::secretary && !office.body && office.person != gone.person;
    });
}

bool lacks_chair(const Record& record, const RecordedOffice& gone)
{
    return std::ranges::any_of(record.sittings, [&](const auto& entry) {
        const auto& sitting = entry.second;
        const bool is_under_way =
            sitting.state == SittingState::in_session || sitting.state == SittingState::recess;
        if (!is_under_way || !is_over(gone, sitting.body)) return false;
        return std::ranges::none_of(record.offices, [&](const RecordedOffice& office) {
            return office.role == Role::chair && is_over(office, sitting.body);
        });
    });
}

bool counts_now(const Record& record, const RecordedOffice& gone)
{
    return std::ranges::any_of(record.sittings, [&](const auto& entry) {
        const auto& sitting = entry.second;
        return sitting.open_vote && is_over(gone, sitting.body) &&
               has_counted(record.votes.at(*sitting.open_vote), gone.person);
    });
}

bool holds_a_key(const Record& record, const RecordedOffice& gone)
{
    return std::ranges::any_of(record.meetings, [&](const auto& entry) {
        const auto& meeting = entry.second;
        const bool is_past =
            meeting.state == MeetingState::archived || meeting.state == MeetingState::cancelled;
        return meeting.keys && !is_past && is_over(gone, meeting.body) &&
               std::ranges::find(meeting.keys->persons, gone.person) != meeting.keys->persons.end();
    });
}

/// Admitted to a meeting, and the office that went with it taken back elsewhere than at the desk.
bool lacks_admission(const Record& record, const RecordedOffice& gone)
{
    if (!gone.body || !is_admitted_by_body(record, gone.person, *gone.body)) return false;
    return std::ranges::find(record.offices, gone) == record.offices.end();
}

bool was_needed(const Record& record, const RecordedOffice& gone)
{
    switch (gone.role) {
    case Role::secretary: return lacks_secretary(record, gone);
    case Role::chair: return lacks_chair(record, gone);
    case Role::teller: return counts_now(record, gone);
    case Role::key_holder: return holds_a_key(record, gone);
    case Role::observer: return lacks_admission(record, gone);
    default: return false;
    }
}

} // namespace

bool take_office(Record& record, const RecordedOffice& gone)
{
    auto& offices = record.offices;
    const auto found = std::find(offices.rbegin(), offices.rend(), gone);
    if (found == offices.rend()) return false;
    offices.erase(std::next(found).base());
    return true;
}

void note_person(Record& record, PersonId person)
{
    const auto person_number = number(person);
    if (person_number == 0 || person_number > record.persons_known + 1)
        record.complain(AuditCode::person_misnumbered, std::to_string(person_number));
    record.persons_known = std::max(record.persons_known, person_number);
}

void follow(Record& record, const OfficerAppointed& event)
{
    if (event.body && record.named(record.bodies, *event.body) == nullptr) return;
    check_line(record, event.name, name_bytes_max);
    note_person(record, event.person);
    record.names[event.person] = event.name;
    // Members come from the roster; nobody is appointed one.
    if (event.role == Role::delegate) record.complain(AuditCode::actor_not_allowed, "delegate");
    record.offices.push_back({event.person, event.role, event.body});
}

void follow(Record& record, const OfficerDismissed& event)
{
    check_line(record, event.reason, reason_bytes_max);
    const RecordedOffice gone{event.person, event.role, event.body};
    if (!take_office(record, gone))
        return record.complain(AuditCode::record_unknown, std::to_string(number(event.person)));
    if (was_needed(record, gone))
        record.complain(AuditCode::office_in_use, std::string(codec::enum_name(gone.role)));
}

} // namespace plenum::audit
