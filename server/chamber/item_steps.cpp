#include "server/chamber/agenda_tree.hpp"

#include <algorithm>

// Chapter four: what the body does with its agenda: adopted, then item by item read, deliberated, put to the
// vote or concluded without one; withdrawn or deferred on the way.

namespace plenum::chamber {
namespace {

/// The item, when it exists and belongs to the meeting of this sitting.
const Item* item_of_sitting(const State& state, const Sitting& sitting, ItemId id)
{
    const auto found = state.items.find(id);
    if (found == state.items.end() || found->second.meeting != sitting.meeting) return nullptr;
    return &found->second;
}

/// Why this item cannot be taken off the agenda, by withdrawal or deferral.
std::optional<Refusal> check_removal(const State& state, SittingId sitting_id, ItemId id,
                                     const std::string& reason, ItemState removed)
{
    const auto& sitting = record_of(state.sittings, sitting_id);
    const auto* item = item_of_sitting(state, sitting, id);
    if (item == nullptr) return refuse(RefusalCode::no_such_record);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (auto refusal = check_plenary(state, sitting)) return refusal;
    if (auto refusal = check_agenda_still(state, sitting.meeting)) return refusal;
    if (has_open_vote(state, id)) return refuse(RefusalCode::vote_open);
    // A deferred item may be read later; one the body never adopted must not get there by that door.
    if (item->state == ItemState::draft && removed == ItemState::deferred) {
        return refuse(RefusalCode::not_on_agenda);
    }
    if (item->state == ItemState::decided || item->state == ItemState::withdrawn || item->state == removed) {
        return wrong_state(item->state);
    }
    return check_reason(reason);
}

/// Why the course of this item cannot be changed in this sitting now; that it is there was checked before.
std::optional<Refusal> check_course(const State& state, const Sitting& sitting, ItemId item)
{
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote || has_open_vote(state, item)) return refuse(RefusalCode::vote_open);
    return std::nullopt;
}

/// What an item may end with when it does not end with a vote.
std::optional<Refusal> check_outcome(const Item& item, const ConcludeItem& command)
{
    const bool opinion = command.outcome == ItemOutcome::deliberation_opinion;
    if (!opinion && command.outcome != ItemOutcome::noted) {
        return no(RefusalCode::wrong_state, "不经表决只能形成审议意见或听取备案",
                  "without a vote an item ends with a deliberation opinion or is noted");
    }
    if (command.opinion.empty()) return std::nullopt;
    if (!opinion) return no(RefusalCode::invalid_text, "听取备案没有意见文本", "noted has no opinion");
    if (!is_document(command.opinion)) return no(RefusalCode::invalid_text, "审议意见", "the opinion");
    // The record names an opinion publicly.
    if (item.is_closed) {
        return no(RefusalCode::wrong_state, "不公开议题的审议意见请作为文件提交",
                  "attach the opinion on a closed item as a document");
    }
    return std::nullopt;
}

void end_reading(State& state, ItemId id)
{
    for (auto& [sitting_id, sitting] : state.sittings) {
        if (sitting.active_item == id) sitting.active_item.reset();
    }
}

void remove_item(State& state, ItemId id, ItemState removed)
{
    auto& item = record_of(state.items, id);
    // Older records withdraw items that a vote had decided, when a later vote on them had too few taking
    // part.
    PLENUM_ASSERT(item.state != removed);
    item.state = removed;
    end_reading(state, id);
}

} // namespace

Decided decide_command(const State& state, const AdoptAgenda& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (auto refusal = check_plenary(state, sitting)) return *refusal;
    if (sitting.open_vote) return refuse(RefusalCode::vote_open);
    if (auto refusal = check_agenda_still(state, sitting.meeting)) return *refusal;
    const auto items = draft_items(state, sitting.meeting);
    if (items == 0) return no(RefusalCode::wrong_state, "没有待通过的议题", "no item waits to be adopted");
    return Decision{{AgendaAdopted{command.sitting, items}}, {}};
}

Decided decide_command(const State& state, const ActivateItem& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto* item = item_of_sitting(state, sitting, command.item);
    if (item == nullptr) return refuse(RefusalCode::no_such_record);
    if (auto refusal = check_course(state, sitting, command.item)) return *refusal;
    if (item->state == ItemState::draft) return refuse(RefusalCode::not_on_agenda);
    const bool is_put_off = item->state == ItemState::deferred;
    if (is_put_off) {
        if (auto refusal = check_plenary(state, sitting)) return *refusal;
    }
    const bool is_before_the_body = item->state == ItemState::adopted || item->state == ItemState::reading ||
                                    item->state == ItemState::deliberating;
    if (!is_put_off && !is_before_the_body) return wrong_state(item->state);
    if (sitting.active_item == command.item) return wrong_state(item->state);
    return Decision{{ItemActivated{command.sitting, command.item}}, {}};
}

Decided decide_command(const State& state, const DeliberateItem& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto* item = item_of_sitting(state, sitting, command.item);
    if (item == nullptr) return refuse(RefusalCode::no_such_record);
    if (auto refusal = check_course(state, sitting, command.item)) return *refusal;
    if (item->state != ItemState::reading) return wrong_state(item->state);
    if (sitting.active_item != command.item) {
        return no(RefusalCode::wrong_state, "不是当前议题", "it is not the active item");
    }
    return Decision{{ItemDeliberated{command.sitting, command.item}}, {}};
}

Decided decide_command(const State& state, const ConcludeItem& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto* item = item_of_sitting(state, sitting, command.item);
    if (item == nullptr) return refuse(RefusalCode::no_such_record);
    if (auto refusal = check_course(state, sitting, command.item)) return *refusal;
    if (auto refusal = check_plenary(state, sitting)) return *refusal;
    if (item->state != ItemState::reading && item->state != ItemState::deliberating)
        return wrong_state(item->state);
    if (auto refusal = check_outcome(*item, command)) return *refusal;
    ItemConcluded concluded{command.sitting, command.item, command.outcome, std::nullopt};
    Decision decision;
    if (!command.opinion.empty()) {
        concluded.opinion = decision.blobs.emplace_back(new_blob(command.opinion)).digest;
    }
    decision.events.emplace_back(concluded);
    return decision;
}

Decided decide_command(const State& state, const WithdrawItem& command, const Context&)
{
    if (auto refusal =
            check_removal(state, command.sitting, command.item, command.reason, ItemState::withdrawn)) {
        return *refusal;
    }
    return Decision{{ItemWithdrawn{command.item, command.reason}}, {}};
}

Decided decide_command(const State& state, const DeferItem& command, const Context&)
{
    if (auto refusal =
            check_removal(state, command.sitting, command.item, command.reason, ItemState::deferred)) {
        return *refusal;
    }
    return Decision{{ItemDeferred{command.item, command.reason}}, {}};
}

void apply_event(State& state, const AgendaAdopted& event, const Stamp&)
{
    const auto meeting = record_of(state.sittings, event.sitting).meeting;
    PLENUM_ASSERT(draft_items(state, meeting) == event.items);
    for (auto& [id, item] : state.items) {
        if (item.meeting == meeting && item.state == ItemState::draft) item.state = ItemState::adopted;
    }
}

// An item that was deliberated before another one was read is deliberated on; one that was deferred begins
// anew.
void apply_event(State& state, const ItemActivated& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    if (item.state != ItemState::deliberating) {
        item.state = ItemState::reading;
        item.was_deliberated = false;
    }
    item.was_read = true;
    record_of(state.sittings, event.sitting).active_item = event.item;
}

void apply_event(State& state, const ItemDeliberated& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    PLENUM_ASSERT(item.state == ItemState::reading);
    item.state = ItemState::deliberating;
    item.was_deliberated = true;
}

void apply_event(State& state, const ItemConcluded& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    PLENUM_ASSERT(item.state == ItemState::reading || item.state == ItemState::deliberating);
    item.state = ItemState::decided;
    item.outcome = event.outcome;
    item.opinion = event.opinion;
    end_reading(state, event.item);
}

void apply_event(State& state, const ItemWithdrawn& event, const Stamp&)
{
    remove_item(state, event.item, ItemState::withdrawn);
}

void apply_event(State& state, const ItemDeferred& event, const Stamp&)
{
    remove_item(state, event.item, ItemState::deferred);
}

} // namespace plenum::chamber
