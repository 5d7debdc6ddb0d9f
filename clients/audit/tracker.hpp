#pragma once

#include "protocol/audit/verify.hpp"

namespace plenum::audit {

/// A tracker as a person types it: any case, spaces or hyphens, O for 0, I and L for 1. Nothing when it is
/// none.
std::optional<std::string> read_tracker(std::string_view typed);

/// Where the ballot with a tracker is, in the bundle of this report.
struct FoundBallot {
    std::optional<VoteId> vote; ///< in whose box it is
    bool counted = false;       ///< that box was opened, and it is one of those the totals were made of
};
FoundBallot find_ballot(const Report& report, const std::string& tracker);

/// The same in words for whoever holds the tracker.
LocalText tell_ballot(const Report& report, const std::string& tracker);

} // namespace plenum::audit
