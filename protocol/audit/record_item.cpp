#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// What becomes of the items of an agenda: adopted, read, deliberated, concluded, withdrawn, deferred. What
// votes make of them stands with the votes.

namespace plenum::audit {
namespace {

using enum SittingState;

void complain_of_state(Record& record, const RecordedItem& item)
{
    record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(item.state)));
}

/// Complains when a vote on the item is open, in whatever sitting.
bool is_put_to_vote(Record& record, ItemId id)
{
    for (const auto& [vote_id, vote] : record.votes) {
        if (vote.prepared.item != id || !is_under_way(vote)) continue;
        record.complain(AuditCode::another_vote_open, std::to_string(number(vote_id)));
        return true;
    }
    return false;
}

bool is_decided_by_vote(const Record& record, ItemId id)
{
    return std::ranges::any_of(record.votes, [&](const auto& entry) {
        const auto& vote = entry.second;
        const bool stands = vote.state == VoteState::decided || vote.state == VoteState::announced;
        return vote.prepared.item == id && !vote.prepared.part && stands && vote.figures &&
               vote.figures->outcome && !is_invalid(vote.figures->outcome->verdict);
    });
}

/// A delegation does not settle the agenda of the whole body.
void check_plenary(Record& record, const RecordedSitting& sitting)
{
    if (is_plenary(record, sitting)) return;
    record.complain(AuditCode::agenda_out_of_order,
                    LocalText{"不是召开会议的机构的全体会议", "not a sitting of the body that meets"});
}

/// The item, when it may be taken off the agenda into `removed`.
RecordedItem* removable(Record& record, ItemId id, ItemState removed)
{
    auto* item = record.named(record.items, id);
    if (item == nullptr) return nullptr;
    const bool never_adopted = item->state == ItemState::draft && removed == ItemState::deferred;
    const bool is_over = item->state == ItemState::withdrawn || item->state == ItemState::decided;
    if (is_over || item->state == removed || never_adopted || is_decided_by_vote(record, id)) {
        complain_of_state(record, *item);
        return nullptr;
    }
    return is_put_to_vote(record, id) ? nullptr : item;
}

void end_reading(Record& record, ItemId id)
{
    for (auto& [sitting_id, sitting] : record.sittings) {
        if (sitting.active_item == id) sitting.active_item.reset();
    }
}

void remove(Record& record, ItemId id, const std::string& reason, ItemState removed)
{
    check_line_or_empty(record, reason, reason_bytes_max);
    auto* item = removable(record, id, removed);
    if (item == nullptr) return;
    item->state = removed;
    end_reading(record, id);
}

/// The sitting and the item, when one can change the course of the other now.
struct Course {
    RecordedSitting* sitting = nullptr;
    RecordedItem* item = nullptr;
};

Course course_of(Record& record, SittingId sitting_id, ItemId item_id)
{
    auto* sitting = in_state(record, sitting_id, {in_session}, AuditCode::agenda_out_of_order);
    auto* item = record.named(record.items, item_id);
    if (sitting == nullptr || item == nullptr || is_under_vote(record, *sitting)) return {};
    if (item->meeting != sitting->meeting) {
        complain_of_state(record, *item);
        return {};
    }
    return {sitting, item};
}

} // namespace

void follow(Record& record, const AgendaAdopted& event)
{
    const auto* sitting = in_state(record, event.sitting, {in_session}, AuditCode::agenda_out_of_order);
    if (sitting == nullptr || is_under_vote(record, *sitting)) return;
    check_plenary(record, *sitting);
    std::uint64_t adopted = 0;
    for (auto& [id, item] : record.items) {
        if (item.meeting != sitting->meeting || item.state != ItemState::draft) continue;
        item.state = ItemState::adopted;
        ++adopted;
    }
    check_number(record, AuditCode::agenda_miscounted, event.items, adopted);
}

void follow(Record& record, const ItemActivated& event)
{
    const auto [sitting, item] = course_of(record, event.sitting, event.item);
    if (item == nullptr || is_put_to_vote(record, event.item)) return;
    const bool on_agenda = item->state != ItemState::draft && item->state != ItemState::withdrawn &&
                           item->state != ItemState::decided;
    if (!on_agenda || is_decided_by_vote(record, event.item)) return complain_of_state(record, *item);
    if (item->state == ItemState::deferred) check_plenary(record, *sitting);
    if (item->state != ItemState::deliberating) item->state = ItemState::reading;
    sitting->active_item = event.item;
}

void follow(Record& record, const ItemDeliberated& event)
{
    const auto [sitting, item] = course_of(record, event.sitting, event.item);
    if (item == nullptr || is_put_to_vote(record, event.item)) return;
    const bool is_read = item->state == ItemState::reading && sitting->active_item == event.item;
    if (!is_read || is_decided_by_vote(record, event.item)) return complain_of_state(record, *item);
    item->state = ItemState::deliberating;
}

void follow(Record& record, const ItemConcluded& event)
{
    const auto [sitting, item] = course_of(record, event.sitting, event.item);
    if (item == nullptr || is_put_to_vote(record, event.item)) return;
    check_plenary(record, *sitting);
    const bool before_the_body = item->state == ItemState::reading || item->state == ItemState::deliberating;
    if (!before_the_body || is_decided_by_vote(record, event.item)) return complain_of_state(record, *item);
    const bool is_opinion = event.outcome == ItemOutcome::deliberation_opinion;
    if ((!is_opinion && event.outcome != ItemOutcome::noted) || (!is_opinion && event.opinion)) {
        record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(event.outcome)));
    }
    if (event.opinion && item->is_closed) {
        record.complain(AuditCode::agenda_out_of_order,
                        LocalText{"不公开议题的意见被公开", "a public opinion on a closed item"});
    }
    const auto* opinion = event.opinion ? record.blob(*event.opinion) : nullptr;
    if (opinion != nullptr && !is_document(*opinion))
        record.complain(AuditCode::text_malformed, blob_path(*event.opinion));
    item->state = ItemState::decided;
    end_reading(record, event.item);
}

void follow(Record& record, const ItemWithdrawn& event)
{
    remove(record, event.item, event.reason, ItemState::withdrawn);
}

void follow(Record& record, const ItemDeferred& event)
{
    remove(record, event.item, event.reason, ItemState::deferred);
}

} // namespace plenum::audit
