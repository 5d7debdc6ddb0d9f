#pragma once

#include "protocol/rules/places.hpp"

// 排序票决: everybody numbers the list by urgency, 1 first. The lowest sum of numbers wins.

namespace plenum {

/// What becomes of a ballot that leaves lines without a number. NOTE: append only.
enum class PartialRanking {
    is_void, ///< every line must be numbered
    counts   ///< the lines left out count as the middle of the numbers that were not given
};
BOOST_DESCRIBE_ENUM(PartialRanking, is_void, counts)

/// How many places are filled from rankings, and what becomes of incomplete ones.
struct RankingRule {
    std::uint32_t places = 1;
    PartialRanking partial = PartialRanking::is_void;
    TieRule tie = TieRule::revote;

    bool operator==(const RankingRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(RankingRule, (), (places, partial, tie))

/// Whether these numbers, one for each line and 0 for none, are 1, 2, 3 … each once.
bool is_valid_ranking(const RankingRule& rule, std::span<const std::uint32_t> ranks);

/// Who gets the places by sums of numbers that tellers added up from complete rankings: the lowest; nobody
/// without a valid ballot. `counted` has passed its check.
PlacesOutcome decide_ranking(const PlacesRule& rule, const PlacesReturn& counted);

/// The sums of numbers, one ballot after another.
class RankingTally {
public:
    RankingTally(RankingRule rule, std::size_t lines);

    /// Counts one ballot; false when it is void. `ranks` has one number for each line.
    bool add(std::span<const std::uint32_t> ranks);

    std::uint32_t valid() const { return valid_; }
    std::uint32_t invalid() const { return invalid_; }
    /// Twice the sum of numbers of each line: the middle of those not given may be half of one.
    const std::vector<std::uint64_t>& doubled_sums() const { return doubled_sums_; }

    /// Who gets the places: the lowest sums; nobody without a valid ballot.
    PlacesOutcome decide() const;

private:
    RankingRule rule_;
    std::uint32_t valid_ = 0;
    std::uint32_t invalid_ = 0;
    std::vector<std::uint64_t> doubled_sums_;
};

} // namespace plenum
