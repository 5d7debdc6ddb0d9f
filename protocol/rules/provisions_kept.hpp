#pragma once

#include "protocol/rules/ballot_list.hpp"

// Whether a vote with a list or grades is as its rule provides.

namespace plenum {

/// In which point these ballots are not what the rule provides (ListProvisions, the grades of the rule), in
/// words for whoever prepares the vote; or nothing. `list` and `grades` are at most one, and have passed
/// their checks.
std::optional<LocalText> departure_from_provisions(const RuleProfile& profile, const BallotList* list,
                                                   const GradesSheet* grades);

/// How many scrutineers an election under this rule has at least.
std::uint32_t scrutineers_needed(const RuleProfile& profile);

} // namespace plenum
