#pragma once

#include "clients/replay/sitting_file.hpp"
#include "protocol/query.hpp"

namespace plenum::replay {

/// The rule a recorded vote is replayed under, found from the file alone.
struct VoteRule {
    RuleProfile profile;
    std::optional<std::uint32_t> base_members; ///< where it is not the number of members listed
    std::string base_reason;                   ///< why, when it is not
    bool is_stated =
        true; ///< false: the file does not say which majority was required, so the result proves nothing
};

/// A majority the source names (`majority`), two separate ones (`separate_majorities`), the label of the
/// agenda entry, or the notes of the file, in this order; where nothing is said, more for than against, not
/// stated. The quorum is always none: a record says who was there, not whether that was enough.
VoteRule rule_of(const SittingFile& file, const RecordedVote& vote);

/// The number of votes needed as the source of `majority` counts it; nothing for a majority of another kind.
std::optional<std::uint64_t> votes_needed(const RecordedMajority& majority, const ResultView& result);

/// Whether the source counts those who were absent among those who did not take part.
bool counts_absent_as_not_voting(const SittingFile& file);

} // namespace plenum::replay
