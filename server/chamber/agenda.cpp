#include "server/chamber/agenda_tree.hpp"

#include <algorithm>

// Chapter three: the agenda grows and changes, also while the meeting runs. What the body does with its items
// is in item_steps.cpp, whole lists of them in agenda_import.cpp, their papers in documents.cpp.

namespace plenum::chamber {
namespace {

/// Why nothing can be added to or changed in the agenda of this meeting now.
std::optional<Refusal> check_growth(const State& state, MeetingId meeting)
{
    if (auto refusal = check_not_closed(state, meeting)) return refusal;
    return check_agenda_still(state, meeting);
}

std::uint32_t clamp(const std::optional<std::uint32_t>& position, std::size_t size)
{
    return position ? std::min(*position, count(size)) : count(size);
}

/// Closing an item keeps its papers and what is put to the vote from the public; those that are public
/// already cannot be taken back.
std::optional<Refusal> check_closing(const State& state, ItemId id, bool is_closed)
{
    const auto& item = record_of(state.items, id);
    if (!is_closed || item.is_closed) return std::nullopt;
    const auto is_public = [](const DocumentView& document) { return !document.is_private; };
    if (std::ranges::any_of(item.documents, is_public)) {
        return no(RefusalCode::wrong_state, "该议题已有公开文件，请先移除",
                  "the item has public documents; detach them first");
    }
    const auto is_put = [&](const auto& entry) {
        return entry.second.item == id && !entry.second.text_is_private;
    };
    if (std::ranges::any_of(state.votes, is_put)) {
        return no(RefusalCode::wrong_state, "该议题已有公开的表决稿，请另列一项不公开议题",
                  "the text of a vote on the item is public already; add another item that is closed");
    }
    return std::nullopt;
}

/// What the body has adopted is its own to change (domain 2.8): the record says who decided the change.
std::optional<Refusal> check_decision(bool is_needed, const std::optional<std::string>& decision)
{
    if (decision ? is_line(*decision, reason_bytes_max) : !is_needed) return std::nullopt;
    return no(RefusalCode::invalid_text, "议程已经通过，变更须写明由谁决定",
              "the agenda is adopted: say who decided the change");
}

/// What was worked on since it was imported is not taken back with the import.
void work_on(State& state, ItemId id, const Item& item)
{
    std::erase(record_of(state.meetings, item.meeting).imported, id);
}

Decision changed(Event change, ItemId item, const std::optional<std::string>& decision)
{
    Decision decided{{std::move(change)}, {}};
    if (decision) decided.events.emplace_back(ItemChangeDecided{item, *decision});
    return decided;
}

void put(std::vector<ItemId>& siblings, std::uint32_t position, ItemId item)
{
    PLENUM_ASSERT(position <= siblings.size());
    siblings.insert(siblings.begin() + position, item);
}

} // namespace

Decided decide_command(const State& state, const AddItem& command, const Context&)
{
    if (auto refusal = check_growth(state, command.meeting)) return *refusal;
    if (items_of(state, command.meeting) >= items_per_meeting_max) return refuse(RefusalCode::too_many);
    if (!are_item_texts(command.title, command.presenter)) return refuse(RefusalCode::invalid_text);
    if (auto refusal = check_parent(state, command.meeting, command.parent, 1)) return *refusal;
    const auto& siblings = children_of(state, command.meeting, command.parent);
    return Decision{
        {ItemAdded{command.meeting, command.title, command.parent, clamp(command.position, siblings.size()),
                   command.item_kind, command.minutes, command.presenter, command.is_closed}},
        {}};
}

Decided decide_command(const State& state, const EditItem& command, const Context&)
{
    const auto& item = record_of(state.items, command.item);
    const bool can_change = item.state == ItemState::draft || item.state == ItemState::adopted ||
                            item.state == ItemState::reading || item.state == ItemState::deliberating;
    if (!can_change) return wrong_state(item.state);
    if (auto refusal = check_agenda_still(state, item.meeting)) return *refusal;
    if (!are_item_texts(command.title, command.presenter)) return refuse(RefusalCode::invalid_text);
    if (auto refusal = check_closing(state, command.item, command.is_closed)) return *refusal;
    const bool same =
        command.title == item.title && command.item_kind == item.kind && command.is_closed == item.is_closed;
    const bool is_adopted = item.state != ItemState::draft;
    if (auto refusal = check_decision(is_adopted && !same, command.decision)) return *refusal;
    return changed(ItemEdited{command.item, command.title, command.item_kind, command.minutes,
                              command.presenter, command.is_closed},
                   command.item, command.decision);
}

Decided decide_command(const State& state, const MoveItem& command, const Context&)
{
    const auto& item = record_of(state.items, command.item);
    if (auto refusal = check_agenda_still(state, item.meeting)) return *refusal;
    if (auto refusal = check_parent(state, item.meeting, command.parent, height_of(state, item)))
        return *refusal;
    if (command.parent && is_within(state, *command.parent, command.item)) {
        return no(RefusalCode::wrong_state, "议题不能移到自身之下", "an item cannot stand below itself");
    }
    const auto& siblings = children_of(state, item.meeting, command.parent);
    const auto place = std::ranges::find(siblings, command.item);
    // The item itself does not count among those it is put between.
    const bool stays = place != siblings.end();
    const auto position = clamp(command.position, siblings.size() - (stays ? 1 : 0));
    if (stays && place - siblings.begin() == position) return refuse(RefusalCode::nothing_to_do);
    if (auto refusal = check_decision(item.state != ItemState::draft, command.decision)) return *refusal;
    return changed(ItemMoved{command.item, command.parent, position}, command.item, command.decision);
}

std::uint32_t draft_items(const State& state, MeetingId meeting)
{
    return count(static_cast<std::size_t>(std::ranges::count_if(state.items, [&](const auto& entry) {
        return entry.second.meeting == meeting && entry.second.state == ItemState::draft;
    })));
}

void apply_event(State& state, const ItemAdded& event, const Stamp& stamp)
{
    Item item;
    item.meeting = event.meeting;
    item.title = event.title;
    item.parent = event.parent;
    item.kind = event.item_kind;
    item.minutes = event.minutes;
    item.presenter = event.presenter;
    item.is_closed = event.is_closed;
    create_record(state.items, stamp, std::move(item));
    put(children_of(state, event.meeting, event.parent), event.position, ItemId{stamp.seq});
}

void apply_event(State& state, const ItemEdited& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    item.title = event.title;
    item.kind = event.item_kind;
    item.minutes = event.minutes;
    item.presenter = event.presenter;
    item.is_closed = event.is_closed;
    work_on(state, event.item, item);
}

/// The change itself is the entry before.
void apply_event(State& state, const ItemChangeDecided& event, const Stamp&)
{
    PLENUM_ASSERT(state.items.contains(event.item));
}

void apply_event(State& state, const ItemMoved& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    work_on(state, event.item, item);
    std::erase(children_of(state, item.meeting, item.parent), event.item);
    item.parent = event.parent;
    put(children_of(state, item.meeting, item.parent), event.position, event.item);
}

} // namespace plenum::chamber
