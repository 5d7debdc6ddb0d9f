#include "protocol/rules/ranking.hpp"

#include "protocol/assert.hpp"

#include <algorithm>

namespace plenum {

bool is_valid_ranking(const RankingRule& rule, std::span<const std::uint32_t> ranks)
{
    std::vector<bool> given(ranks.size() + 1, false);
    std::size_t count = 0;
    for (const auto rank : ranks) {
        if (rank == 0) continue;
        if (rank > ranks.size() || given[rank]) return false;
        given[rank] = true;
        ++count;
    }
    if (count == 0) return false;
    if (count < ranks.size() && rule.partial == PartialRanking::is_void) return false;
    // No number may be left out before the last that was given.
    return std::all_of(given.begin() + 1, given.begin() + 1 + static_cast<std::ptrdiff_t>(count),
                       [](bool is_given) { return is_given; });
}

PlacesOutcome decide_ranking(const PlacesRule& rule, const PlacesReturn& counted)
{
    PlacesOutcome outcome;
    if (counted.collected > counted.issued) {
        outcome.status = PlacesStatus::void_more_collected_than_issued;
        outcome.unfilled = rule.places;
        return outcome;
    }
    const std::uint64_t worst = std::uint64_t{counted.valid()} * counted.list.size();
    std::vector<std::uint64_t> votes;
    for (const auto& line : counted.list)
        votes.push_back(counted.valid() == 0 ? 0 : worst - *line.numbers + 1);
    outcome = fill_places(votes, rule.places, 1, rule.tie);
    settle_shortfall(rule, outcome);
    return outcome;
}

RankingTally::RankingTally(RankingRule rule, std::size_t lines) : rule_(rule), doubled_sums_(lines, 0)
{
    PLENUM_ASSERT(lines <= list_entries_max);
}

bool RankingTally::add(std::span<const std::uint32_t> ranks)
{
    PLENUM_ASSERT(ranks.size() == doubled_sums_.size());
    if (!is_valid_ranking(rule_, ranks)) {
        ++invalid_;
        return false;
    }
    ++valid_;
    const auto given =
        static_cast<std::uint64_t>(std::ranges::count_if(ranks, [](auto rank) { return rank > 0; }));
    const std::uint64_t doubled_middle = given + 1 + ranks.size();
    for (std::size_t line = 0; line < ranks.size(); ++line)
        doubled_sums_[line] += ranks[line] > 0 ? 2 * std::uint64_t{ranks[line]} : doubled_middle;
    return true;
}

PlacesOutcome RankingTally::decide() const
{
    std::vector<std::uint64_t> votes(doubled_sums_.size(), 0);
    if (valid_ > 0) {
        // The lowest sum wins, so each line has what it lacks to the worst sum there can be, and one more: a
        // line that everybody put last still takes a place nobody else needs.
        const std::uint64_t worst = 2 * std::uint64_t{valid_} * doubled_sums_.size();
        std::ranges::transform(doubled_sums_, votes.begin(), [&](auto sum) { return worst - sum + 1; });
    }
    return fill_places(votes, rule_.places, 1, rule_.tie);
}

} // namespace plenum
