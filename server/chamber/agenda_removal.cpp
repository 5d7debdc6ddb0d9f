#include "server/chamber/agenda_tree.hpp"

#include <algorithm>

// What was only drafted is taken off the agenda without a trace on it: a single item, or all a mistaken
// import added. What the body has adopted is withdrawn instead (item_steps.cpp).

namespace plenum::chamber {
namespace {

/// The items something else in the record refers to.
std::set<ItemId> items_referred_to(const State& state, MeetingId meeting)
{
    std::set<ItemId> named;
    for (const auto& row : record_of(state.meetings, meeting).schedule)
        named.insert(row.items.begin(), row.items.end());
    for (const auto& [id, vote] : state.votes) {
        if (vote.item) named.insert(*vote.item);
    }
    for (const auto& [id, speech] : state.speeches) {
        if (speech.item) named.insert(*speech.item);
    }
    return named;
}

/// Why the agenda of this meeting cannot lose an item now.
std::optional<Refusal> check_loss(const State& state, MeetingId meeting)
{
    if (auto refusal = check_not_closed(state, meeting)) return refusal;
    return check_agenda_still(state, meeting);
}

} // namespace

// What stands below an item was added later, so going backwards it is known before the item.
std::vector<ItemId> undoable_items(const State& state, MeetingId meeting)
{
    const auto& imported = record_of(state.meetings, meeting).imported;
    if (imported.empty()) return {};
    const auto named = items_referred_to(state, meeting);
    std::set<ItemId> goes;
    for (auto id = imported.rbegin(); id != imported.rend(); ++id) {
        const auto& item = record_of(state.items, *id);
        const bool is_bare = item.state == ItemState::draft && !named.contains(*id);
        if (is_bare && std::ranges::all_of(item.children, [&](ItemId one) { return goes.contains(one); }))
            goes.insert(*id);
    }
    return {goes.begin(), goes.end()};
}

Decided decide_command(const State& state, const RemoveItem& command, const Context&)
{
    const auto& item = record_of(state.items, command.item);
    if (auto refusal = check_loss(state, item.meeting)) return *refusal;
    if (item.state != ItemState::draft) {
        return no(RefusalCode::wrong_state, "议程已经通过，请由主持人撤回该议题",
                  "the agenda is adopted: the chair withdraws the item instead");
    }
    if (!item.children.empty()) {
        return no(RefusalCode::wrong_state, "下面还有子议题，请先删除或移走",
                  "other items stand below it; remove or move them first");
    }
    if (items_referred_to(state, item.meeting).contains(command.item)) {
        return no(RefusalCode::wrong_state, "日程、表决或发言中用到该议题",
                  "a line of the schedule, a vote or a speech refers to it");
    }
    return Decision{{ItemRemoved{item.meeting, command.item}}, {}};
}

Decided decide_command(const State& state, const UndoAgenda& command, const Context&)
{
    if (auto refusal = check_loss(state, command.meeting)) return *refusal;
    const auto items = undoable_items(state, command.meeting);
    if (items.empty()) {
        return no(RefusalCode::nothing_to_do, "没有可撤销的导入", "there is no import to take back");
    }
    Decision decision;
    for (auto item = items.rbegin(); item != items.rend(); ++item)
        decision.events.emplace_back(ItemRemoved{command.meeting, *item});
    return decision;
}

void apply_event(State& state, const AgendaImported& event, const Stamp& stamp)
{
    auto& imported = record_of(state.meetings, event.meeting).imported;
    imported.clear();
    PLENUM_ASSERT(event.items <= stamp.seq);
    for (auto seq = stamp.seq - event.items; seq < stamp.seq; ++seq) {
        PLENUM_ASSERT(record_of(state.items, ItemId{seq}).meeting == event.meeting);
        imported.push_back(ItemId{seq});
    }
}

void apply_event(State& state, const ItemRemoved& event, const Stamp&)
{
    const auto& item = record_of(state.items, event.item);
    PLENUM_ASSERT(item.meeting == event.meeting && item.state == ItemState::draft && item.children.empty());
    std::erase(children_of(state, event.meeting, item.parent), event.item);
    std::erase(record_of(state.meetings, event.meeting).imported, event.item);
    state.items.erase(event.item);
}

} // namespace plenum::chamber
