#include "protocol/rules/ballot_list.hpp"
#include "protocol/rules/ranking.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

BOOST_AUTO_TEST_SUITE(ranking)

using namespace plenum;

namespace {

using Ranks = std::vector<std::uint32_t>;

/// What tellers write down of ballots with these sums.
PlacesReturn counted_as(std::uint32_t ballots, const std::vector<std::uint64_t>& sums)
{
    PlacesReturn counted{ballots, ballots, 0, {}};
    for (std::size_t line = 0; line < sums.size(); ++line) {
        ListVotes votes;
        votes.name = "项目" + std::to_string(line);
        votes.numbers.emplace(sums[line]);
        counted.list.push_back(std::move(votes));
    }
    return counted;
}

BallotList list_of(std::size_t lines, std::uint32_t places)
{
    BallotList list;
    list.list_kind = ListKind::ranked_projects;
    for (std::size_t line = 0; line < lines; ++line)
        list.candidates.push_back({"项目" + std::to_string(line), std::nullopt});
    list.places.places = places;
    list.ballot.marks_max = places;
    return list;
}

BOOST_AUTO_TEST_CASE(the_lowest_sums_take_the_places)
{
    RankingTally tally({2, PartialRanking::is_void, TieRule::revote}, 3);
    for (const auto& ranks : {Ranks{1, 2, 3}, Ranks{1, 3, 2}, Ranks{2, 1, 3}})
        BOOST_TEST(tally.add(ranks));
    BOOST_TEST(!tally.add(Ranks{1, 1, 2}));
    BOOST_TEST((tally.valid() == 3U && tally.invalid() == 1U));
    BOOST_TEST((tally.doubled_sums() == std::vector<std::uint64_t>{8, 12, 16}));
    BOOST_TEST((tally.decide().elected == Ranks{0, 1}));
}

BOOST_AUTO_TEST_CASE(numbers_are_used_once_and_none_is_left_out)
{
    const RankingRule whole{1, PartialRanking::is_void, TieRule::revote};
    const RankingRule partial{1, PartialRanking::counts, TieRule::revote};
    struct Row {
        Ranks ranks;
        bool whole;
        bool partial;
    };
    const Row table[] = {
        {{1, 2, 3}, true, true},   {{3, 1, 2}, true, true},
        {{1, 1, 2}, false, false}, {{1, 2, 4}, false, false},
        {{0, 0, 0}, false, false}, {{0, 1, 0}, false, true},
        {{2, 1, 0}, false, true},  {{0, 2, 0}, false, false},
        {{3, 1, 0}, false, false}, {{4'294'967'295U, 1, 2}, false, false},
    };
    for (const auto& row : table) {
        BOOST_TEST(is_valid_ranking(whole, row.ranks) == row.whole);
        BOOST_TEST(is_valid_ranking(partial, row.ranks) == row.partial);
    }
}

BOOST_AUTO_TEST_CASE(what_was_left_out_counts_as_the_middle_of_the_rest)
{
    RankingTally tally({1, PartialRanking::counts, TieRule::revote}, 4);
    BOOST_TEST(tally.add(Ranks{0, 1, 0, 0})); // The others share 2, 3 and 4.
    BOOST_TEST((tally.doubled_sums() == std::vector<std::uint64_t>{6, 2, 6, 6}));
    BOOST_TEST(tally.add(Ranks{1, 2, 0, 0})); // These two share 3 and 4.
    BOOST_TEST((tally.doubled_sums() == std::vector<std::uint64_t>{8, 6, 13, 13}));
}

BOOST_AUTO_TEST_CASE(without_a_valid_ballot_nobody_wins_and_equal_sums_are_voted_on_again)
{
    RankingTally tally({1, PartialRanking::is_void, TieRule::revote}, 2);
    BOOST_TEST((tally.decide().elected.empty() && tally.decide().unfilled == 1U));
    tally.add(Ranks{1, 2});
    tally.add(Ranks{2, 1});
    BOOST_TEST((tally.decide().status == PlacesStatus::tie_revote_needed));
    BOOST_TEST((tally.decide().tied == Ranks{0, 1}));
    RankingTally all({2, PartialRanking::is_void, TieRule::revote}, 2);
    all.add(Ranks{1, 2}); // Always last is still second of two.
    BOOST_TEST((all.decide().elected == Ranks{0, 1}));
}

BOOST_AUTO_TEST_CASE(a_second_implementation_agrees)
{
    std::mt19937 random(1234);
    std::size_t ties = 0;
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const std::size_t lines = 2 + random() % 4;
        const auto places = static_cast<std::uint32_t>(1 + random() % lines);
        RankingTally tally({places, PartialRanking::is_void, TieRule::revote}, lines);
        std::vector<std::uint64_t> sums(lines, 0);
        for (auto ballots = 1 + random() % 6; ballots > 0; --ballots) {
            Ranks ranks(lines);
            std::iota(ranks.begin(), ranks.end(), 1U);
            std::ranges::shuffle(ranks, random);
            BOOST_REQUIRE(tally.add(ranks));
            std::ranges::transform(sums, ranks, sums.begin(), std::plus{});
        }
        const auto outcome = tally.decide();
        // Tellers who add up come to the same, and no sums of real ballots are refused.
        const auto list = list_of(lines, places);
        const auto counted = counted_as(tally.valid(), sums);
        BOOST_REQUIRE(!check_list(list));
        BOOST_REQUIRE(!check_return(list, counted));
        BOOST_REQUIRE((decide_list(list, 1, counted) == outcome));
        // Whoever has a place has a lower sum than whoever has none; whoever is tied has the same.
        const std::set<std::uint32_t> in(outcome.elected.begin(), outcome.elected.end());
        const std::set<std::uint32_t> tied(outcome.tied.begin(), outcome.tied.end());
        BOOST_REQUIRE(in.size() + outcome.tied_places == places);
        for (std::uint32_t one = 0; one < lines; ++one) {
            for (std::uint32_t other = 0; other < lines; ++other) {
                if (in.contains(one) && !in.contains(other)) {
                    BOOST_REQUIRE(sums[one] < sums[other] + (tied.empty() ? 1 : 0));
                }
                if (tied.contains(one)) BOOST_REQUIRE((tied.contains(other) == (sums[one] == sums[other])));
            }
        }
        if (!tied.empty()) ++ties;
    }
    BOOST_TEST(ties > testing::stories(100'000) / 50);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
