#pragma once

#include "protocol/item_number.hpp"
#include "server/chamber/chapters.hpp"

// The agenda as a tree of items, for the chapters that grow, move and show it.

namespace plenum::chamber {

/// 1 for a top item.
std::size_t level_of(const State& state, const Item& item);

/// How many levels an item and those below it take: 1 without children.
std::size_t height_of(const State& state, const Item& item);

/// The items below `parent`, or the top items of the meeting without one, in agenda order.
const std::vector<ItemId>& children_of(const State& state, MeetingId meeting, std::optional<ItemId> parent);
std::vector<ItemId>& children_of(State& state, MeetingId meeting, std::optional<ItemId> parent);

/// Whether the item is `ancestor` or stands below it.
bool is_within(const State& state, ItemId item, ItemId ancestor);

/// How many items the meeting has, on all levels.
std::size_t items_of(const State& state, MeetingId meeting);

/// Whether a vote on the item is open or held, in whatever sitting.
bool has_open_vote(const State& state, ItemId item);

/// What is put to the vote as the agenda stands still meanwhile.
std::optional<Refusal> check_agenda_still(const State& state, MeetingId meeting);

/// Whether something of `height` levels may stand below `parent`.
std::optional<Refusal> check_parent(const State& state, MeetingId meeting, std::optional<ItemId> parent,
                                    std::size_t height);

/// The items of the last import of this agenda that can be taken back now, a parent before what stands below.
std::vector<ItemId> undoable_items(const State& state, MeetingId meeting);

/// Title and presenter of an item: one line each, the latter may be empty.
bool are_item_texts(const std::string& title, const std::string& presenter);

} // namespace plenum::chamber
