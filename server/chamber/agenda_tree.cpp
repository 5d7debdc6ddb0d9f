#include "server/chamber/agenda_tree.hpp"

#include <algorithm>

namespace plenum::chamber {

std::size_t level_of(const State& state, const Item& item)
{
    std::size_t level = 1;
    for (auto parent = item.parent; parent; parent = record_of(state.items, *parent).parent)
        ++level;
    return level;
}

// No deeper than agenda_depth_max, as everything that goes down the tree.
std::size_t height_of(const State& state, const Item& item)
{
    std::size_t below = 0;
    for (const auto child : item.children)
        below = std::max(below, height_of(state, record_of(state.items, child)));
    return below + 1;
}

const std::vector<ItemId>& children_of(const State& state, MeetingId meeting, std::optional<ItemId> parent)
{
    return parent ? record_of(state.items, *parent).children : record_of(state.meetings, meeting).items;
}

std::vector<ItemId>& children_of(State& state, MeetingId meeting, std::optional<ItemId> parent)
{
    return parent ? record_of(state.items, *parent).children : record_of(state.meetings, meeting).items;
}

bool is_within(const State& state, ItemId item, ItemId ancestor)
{
    for (std::optional<ItemId> at = item; at; at = record_of(state.items, *at).parent) {
        if (*at == ancestor) return true;
    }
    return false;
}

std::size_t items_of(const State& state, MeetingId meeting)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        state.items, [&](const auto& entry) { return entry.second.meeting == meeting; }));
}

bool has_open_vote(const State& state, ItemId item)
{
    return std::ranges::any_of(state.votes, [&](const auto& entry) {
        return entry.second.item == item && is_undecided(entry.second);
    });
}

std::optional<Refusal> check_agenda_still(const State& state, MeetingId meeting)
{
    if (!agenda_is_under_vote(state, meeting)) return std::nullopt;
    return no(RefusalCode::vote_open, "正在表决议程", "on the agenda itself");
}

std::optional<Refusal> check_parent(const State& state, MeetingId meeting, std::optional<ItemId> parent,
                                    std::size_t height)
{
    if (!parent) return std::nullopt;
    const auto found = state.items.find(*parent);
    if (found == state.items.end() || found->second.meeting != meeting) {
        return refuse(RefusalCode::no_such_record);
    }
    if (found->second.state == ItemState::withdrawn) return wrong_state(found->second.state);
    if (level_of(state, found->second) + height <= agenda_depth_max) return std::nullopt;
    const auto depth = std::to_string(agenda_depth_max);
    return no(RefusalCode::too_many, "议程最多" + depth + "级", "an agenda has at most " + depth + " levels");
}

bool are_item_texts(const std::string& title, const std::string& presenter)
{
    return is_line(title, title_bytes_max) && is_line_or_empty(presenter, name_bytes_max);
}

} // namespace plenum::chamber
