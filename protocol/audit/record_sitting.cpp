#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

using enum SittingState;

/// The sitting, when it exists and is in one of these states; otherwise a complaint under `code`.
RecordedSitting* in_state(Record& record, SittingId id, std::initializer_list<SittingState> allowed,
                          AuditCode code = AuditCode::sitting_out_of_order)
{
    auto* sitting = record.named(record.sittings, id);
    if (sitting == nullptr) return nullptr;
    if (std::ranges::find(allowed, sitting->state) != allowed.end()) return sitting;
    record.complain(code, std::string(codec::enum_name(sitting->state)));
    return nullptr;
}

/// The agenda and the course of the sitting stand still under an open vote.
bool is_under_vote(Record& record, const RecordedSitting& sitting)
{
    if (!sitting.open_vote) return false;
    record.complain(AuditCode::another_vote_open, std::to_string(number(*sitting.open_vote)));
    return true;
}

/// The figures announced when a sitting opens or resumes.
void check_counts(Record& record, const RecordedSitting& sitting, std::uint64_t present, std::uint64_t quorum)
{
    const auto& meeting = record.meetings.at(sitting.meeting);
    const auto due = record.bodies.at(sitting.body).members.size();
    check_number(record, AuditCode::attendance_miscounted, present, sitting.present.size());
    check_number(record, AuditCode::attendance_miscounted, quorum,
                 check_present(record, meeting.quorum, due, sitting.present.size()));
}

/// The item, when it may be taken off the agenda into `removed`.
RecordedItem* removable(Record& record, ItemId id, ItemState removed)
{
    auto* item = record.named(record.items, id);
    if (item == nullptr) return nullptr;
    const bool never_adopted = item->state == ItemState::draft && removed == ItemState::deferred;
    if (item->state == ItemState::withdrawn || item->state == removed || never_adopted) {
        record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(item->state)));
        return nullptr;
    }
    for (const auto& [vote_id, vote] : record.votes) {
        const bool under_way = vote.state == VoteState::open || vote.state == VoteState::held;
        if (vote.prepared.item != id || !under_way) continue;
        record.complain(AuditCode::another_vote_open, std::to_string(number(vote_id)));
        return nullptr;
    }
    return item;
}

} // namespace

void follow(Record& record, const MeetingCreated& event)
{
    if (record.named(record.bodies, event.body) == nullptr) return;
    check_line(record, event.title, title_bytes_max);
    if (check_quorum(event.quorum)) record.complain(AuditCode::threshold_malformed);
    record.meetings.emplace(MeetingId{record.now->seq}, RecordedMeeting{event.body, event.quorum, {}});
}

void follow(Record& record, const SittingCreated& event)
{
    const auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    check_line(record, event.title, title_bytes_max);
    RecordedSitting sitting;
    sitting.meeting = event.meeting;
    sitting.body = meeting->body;
    record.sittings.emplace(SittingId{record.now->seq}, std::move(sitting));
}

void follow(Record& record, const ItemAdded& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    check_line(record, event.title, title_bytes_max);
    const ItemId id{record.now->seq};
    record.items.emplace(id, RecordedItem{event.meeting, ItemState::draft});
    meeting->items.push_back(id);
}

void follow(Record& record, const ItemEdited& event)
{
    const auto* item = record.named(record.items, event.item);
    if (item == nullptr) return;
    check_line(record, event.title, title_bytes_max);
    if (item->state == ItemState::withdrawn) record.complain(AuditCode::agenda_out_of_order, "withdrawn");
}

void follow(Record& record, const AgendaAdopted& event)
{
    const auto* sitting = in_state(record, event.sitting, {in_session}, AuditCode::agenda_out_of_order);
    if (sitting == nullptr || is_under_vote(record, *sitting)) return;
    std::uint64_t adopted = 0;
    for (const auto id : record.meetings.at(sitting->meeting).items) {
        auto& item = record.items.at(id);
        if (item.state != ItemState::draft) continue;
        item.state = ItemState::adopted;
        ++adopted;
    }
    check_number(record, AuditCode::agenda_miscounted, event.items, adopted);
}

void follow(Record& record, const ItemActivated& event)
{
    const auto* sitting = in_state(record, event.sitting, {in_session}, AuditCode::agenda_out_of_order);
    auto* item = record.named(record.items, event.item);
    if (sitting == nullptr || item == nullptr || is_under_vote(record, *sitting)) return;
    const bool on_agenda = item->state != ItemState::draft && item->state != ItemState::withdrawn;
    if (item->meeting != sitting->meeting || !on_agenda) {
        record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(item->state)));
        return;
    }
    item->state = ItemState::reading;
}

void follow(Record& record, const ItemWithdrawn& event)
{
    check_line_or_empty(record, event.reason, reason_bytes_max);
    if (auto* item = removable(record, event.item, ItemState::withdrawn)) item->state = ItemState::withdrawn;
}

void follow(Record& record, const ItemDeferred& event)
{
    check_line_or_empty(record, event.reason, reason_bytes_max);
    if (auto* item = removable(record, event.item, ItemState::deferred)) item->state = ItemState::deferred;
}

void follow(Record& record, const SignInOpened& event)
{
    if (auto* sitting = in_state(record, event.sitting, {draft})) sitting->state = signing_in;
}

void follow(Record& record, const SignedIn& event)
{
    auto* sitting =
        in_state(record, event.sitting, {signing_in, in_session, recess}, AuditCode::attendance_out_of_order);
    if (sitting == nullptr) return;
    if (!record.bodies.at(sitting->body).members.contains(event.person)) {
        record.complain(AuditCode::attendance_not_a_member, std::to_string(number(event.person)));
        return;
    }
    if (!sitting->present.insert(event.person).second) {
        record.complain(AuditCode::attendance_out_of_order, std::to_string(number(event.person)));
    }
    if (event.mode == AttendanceMode::remote) sitting->remote.insert(event.person);
}

void follow(Record& record, const SignedOut& event)
{
    auto* sitting =
        in_state(record, event.sitting, {signing_in, in_session, recess}, AuditCode::attendance_out_of_order);
    if (sitting == nullptr) return;
    sitting->remote.erase(event.person);
    if (sitting->present.erase(event.person) == 0) {
        record.complain(AuditCode::attendance_out_of_order, std::to_string(number(event.person)));
    }
}

void follow(Record& record, const SittingOpened& event)
{
    auto* sitting = in_state(record, event.sitting, {signing_in});
    if (sitting == nullptr) return;
    sitting->state = in_session;
    const auto due = record.bodies.at(sitting->body).members.size();
    check_number(record, AuditCode::attendance_miscounted, event.due, due);
    check_counts(record, *sitting, event.present, event.quorum);
}

void follow(Record& record, const SittingRecessed& event)
{
    auto* sitting = in_state(record, event.sitting, {in_session});
    check_line_or_empty(record, event.reason, reason_bytes_max);
    if (sitting != nullptr && !is_under_vote(record, *sitting)) sitting->state = recess;
}

void follow(Record& record, const SittingResumed& event)
{
    auto* sitting = in_state(record, event.sitting, {recess});
    if (sitting == nullptr) return;
    sitting->state = in_session;
    check_counts(record, *sitting, event.present, event.quorum);
}

void follow(Record& record, const SittingClosed& event)
{
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess});
    if (sitting == nullptr || is_under_vote(record, *sitting)) return;
    sitting->state = closed;
    sitting->conduct_lent = false;
}

void follow(Record& record, const ConductLent& event)
{
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess});
    if (sitting == nullptr) return;
    if (sitting->conduct_lent == event.lent) record.complain(AuditCode::sitting_out_of_order);
    sitting->conduct_lent = event.lent;
}

} // namespace plenum::audit
