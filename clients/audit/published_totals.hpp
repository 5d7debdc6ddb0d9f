#pragma once

#include "clients/audit/rule_vectors.hpp"

namespace plenum::audit {

/// Whether a file holds published totals: `{votes: [{id, rule, total_members, present, official, result}]}`,
/// of ballots that were secret, so that nothing but their sums is known.
bool is_published_totals(const boost::json::value& file);

/// Adds the figures of every vote up and holds them against those present, and decides by its rule what was
/// decided then. Figures that do not add up at their source are reported, not repaired; what cannot be
/// decided, because no total was published, is said to be not supported.
VectorReport run_published_totals(const boost::json::value& file);

} // namespace plenum::audit
