#pragma once

#include "clients/replay/rule_of.hpp"

namespace plenum::replay {

/// What the server counted, beside what was published: `figures` differ, or could not be compared.
struct Comparison {
    std::vector<std::string> differences;  ///< each in full: what, the published number, ours
    std::vector<std::string> not_compared; ///< each with why
};

/// Sets every figure and result the file publishes for a vote against the server's.
Comparison compare(const SittingFile& file, const RecordedVote& vote, const VoteRule& rule,
                   const ResultView& result);

/// The same for a check of attendance: `counts` as the server had them at that moment.
Comparison compare(const AttendanceCheck& check, const Counts& counts);

} // namespace plenum::replay
