#pragma once

#include "clients/audit/rule_vectors.hpp"

namespace plenum::audit {

/// Counts the ballots of a published election or list vote, `{candidates, seats, max_choices, majority,
/// ballots, official, winners}`, and compares the sums, how many were needed and who won with what was
/// published. What no rule of plenum decides, such as spending a budget, is said to be not supported: the
/// sums are compared all the same, the winners are not guessed.
VectorReport run_recorded_election(const boost::json::value& election);

} // namespace plenum::audit
