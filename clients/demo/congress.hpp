#pragma once

#include "clients/demo/motions.hpp"
#include "clients/replay/convene.hpp"

namespace plenum::demo {

// The congress the demonstration plays: 352 deputies who do not exist, in eight delegations of 44; its
// presidium of 37; and a plenary of eleven items.

inline constexpr std::size_t delegations = 8;
inline constexpr std::size_t seats_in_delegation = 44;
inline constexpr std::size_t presiding = 1; ///< which deputy is executive chair; also of the presidium

/// The congress itself, as the secretariat convenes it.
replay::Convening congress();

/// Whether this deputy comes to the opening: 331 of 352 do.
bool comes(std::size_t deputy);

/// The deputies of the presidium, ascending: those who stand first in their delegations.
std::vector<std::size_t> presidium();

/// The items in the order of the agenda, as the office imports them.
std::span<const AgendaRow> congress_items();
/// The title of an item, counted from 1, also in English.
LocalText congress_title(std::size_t number);

/// What is put to the vote on an item, counted from 1, and how it comes out. Item 1 is the agenda itself.
const Motion& congress_motion(std::size_t number);

/// 全体代表过半数, with a quorum of two thirds; by console unless another way is given.
RuleProfile congress_rule(VoteMethod method);
/// The same majority in a presidium or delegation, by hands, with a quorum of more than half.
RuleProfile inner_rule();

} // namespace plenum::demo
