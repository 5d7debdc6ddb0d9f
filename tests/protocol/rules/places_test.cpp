#include "protocol/rules/places.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>

BOOST_AUTO_TEST_SUITE(places)

using namespace plenum;

namespace {

constexpr Threshold over_half{1, 2, true, Base::all_members};
constexpr Threshold third_of_ballots{1, 3, false, Base::ballots};

using Lines = std::vector<std::uint32_t>;

PlacesReturn returned(std::uint32_t issued, std::uint32_t collected, std::uint32_t invalid,
                      const std::vector<std::uint32_t>& approvals)
{
    PlacesReturn counted{issued, collected, invalid, {}};
    for (const auto approve : approvals)
        counted.list.push_back({"候选人" + std::to_string(counted.list.size() + 1), approve, 0, 0, false});
    return counted;
}

/// Elections of the worked examples that the vectors do not hold, and what each figure at the edge means.
BOOST_AUTO_TEST_CASE(over_half_and_the_highest_numbers_take_the_places)
{
    struct Row {
        const char* what;
        std::uint32_t seats;
        std::optional<Threshold> majority;
        std::vector<std::uint32_t> approvals;
        PlacesStatus status;
        Lines elected;
        Lines tied;
        std::uint32_t tied_places;
        std::uint32_t unfilled;
    };
    const auto complete = PlacesStatus::complete;
    const auto revote = PlacesStatus::tie_revote_needed;
    const auto shortfall = PlacesStatus::shortfall_separate_election;
    const Row table[] = {
        {"176 of 352 is not over half", 1, over_half, {176}, shortfall, {}, {}, 0, 1},
        {"177 is", 1, over_half, {177}, complete, {0}, {}, 0, 0},
        {"the highest first, as listed when equal",
         3,
         over_half,
         {200, 300, 200, 300},
         revote,
         {1, 3},
         {0, 2},
         1,
         0},
        {"a tie that fits does not matter",
         4,
         over_half,
         {200, 300, 200, 300},
         complete,
         {1, 3, 0, 2},
         {},
         0,
         0},
        {"a tie below the threshold takes no place", 2, over_half, {300, 176, 176}, shortfall, {0}, {}, 0, 1},
        {"everybody equal", 2, over_half, {200, 200, 200}, revote, {}, {0, 1, 2}, 2, 0},
        {"the highest win, one vote suffices", 2, std::nullopt, {1, 0, 2}, complete, {2, 0}, {}, 0, 0},
        {"nobody is elected by nobody", 2, std::nullopt, {5, 0, 0}, shortfall, {0}, {}, 0, 1},
        {"nobody stands", 1, over_half, {}, shortfall, {}, {}, 0, 1},
        {"second direct round: a third of 300 ballots",
         1,
         third_of_ballots,
         {99, 100},
         complete,
         {1},
         {},
         0,
         0},
        {"second direct round: below a third", 1, third_of_ballots, {99, 98}, shortfall, {}, {}, 0, 1},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            const auto counted = returned(331, 300, 0, row.approvals);
            const auto outcome = decide_places({row.seats, row.majority, TieRule::revote}, 352, counted);
            BOOST_TEST((outcome.status == row.status));
            BOOST_TEST(outcome.elected == row.elected, boost::test_tools::per_element());
            BOOST_TEST(outcome.tied == row.tied, boost::test_tools::per_element());
            BOOST_TEST(outcome.tied_places == row.tied_places);
            BOOST_TEST(outcome.unfilled == row.unfilled);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_a_tie_leads_to_is_the_methods_to_say)
{
    const auto counted = returned(10, 10, 0, {4, 4});
    const auto outcome = [&](TieRule tie) { return decide_places({1, std::nullopt, tie}, 10, counted); };
    BOOST_TEST((outcome(TieRule::revote).status == PlacesStatus::tie_revote_needed));
    BOOST_TEST((outcome(TieRule::presidium).status == PlacesStatus::tie_for_presidium));
    BOOST_TEST(outcome(TieRule::presidium).tied_places == 1U);
    const auto none = outcome(TieRule::none);
    BOOST_TEST((none.status == PlacesStatus::shortfall_separate_election));
    BOOST_TEST((none.unfilled == 1U && none.tied_places == 0U && none.elected.empty()));
}

BOOST_AUTO_TEST_CASE(more_collected_than_issued_voids_the_whole)
{
    const PlacesRule rule{5, over_half, TieRule::revote};
    const auto outcome = decide_places(rule, 352, returned(331, 332, 0, {320, 310, 301, 290, 250}));
    BOOST_TEST((outcome.status == PlacesStatus::void_more_collected_than_issued));
    BOOST_TEST((outcome.elected.empty() && outcome.unfilled == 5U));
    BOOST_TEST((decide_places(rule, 352, returned(331, 331, 0, {320})).elected == Lines{0}));
}

BOOST_AUTO_TEST_CASE(the_share_is_of_what_the_rule_says)
{
    const auto counted = returned(100, 90, 10, {41});
    const auto outcome = [&](Base base) {
        return decide_places({1, Threshold{1, 2, true, base}, TieRule::revote}, 120, counted);
    };
    BOOST_TEST((outcome(Base::all_members).base == 120U && outcome(Base::all_members).need == 61U));
    BOOST_TEST((outcome(Base::ballots).base == 90U && outcome(Base::ballots).elected.empty()));
    BOOST_TEST((outcome(Base::cast).base == 90U));
    BOOST_TEST((outcome(Base::valid).base == 80U && outcome(Base::valid).elected == Lines{0}));
    BOOST_TEST((decide_places({1, std::nullopt, TieRule::revote}, 120, counted).base == 0U));
}

BOOST_AUTO_TEST_CASE(figures_that_cannot_be_are_refused_with_where_and_why)
{
    struct Row {
        const char* path;
        PlacesReturn counted;
    };
    auto twice = returned(10, 10, 0, {1, 2});
    twice.list[1].name = twice.list[0].name;
    auto nameless = returned(10, 10, 0, {1});
    nameless.list[0].name = "";
    auto marks = returned(10, 10, 2, {5});
    marks.list[0].oppose = 3;
    marks.list[0].abstain = 1;
    auto overflow = returned(10, 10, 0, {4'294'967'295U});
    overflow.list[0].oppose = 4'294'967'295U;
    const Row table[] = {
        {"issued", returned(ballots_max + 1, 1, 0, {})},
        {"collected", returned(1, ballots_max + 1, 0, {})},
        {"invalid", returned(10, 9, 10, {})},
        {"list", returned(10, 10, 0, std::vector<std::uint32_t>(list_entries_max + 1, 0))},
        {"list[1].name", twice},
        {"list[0].name", nameless},
        {"list[0]", marks},
        {"list[0]", overflow},
    };
    for (const auto& row : table) {
        const auto misfit = check_return(row.counted);
        BOOST_TEST_REQUIRE(misfit.has_value());
        BOOST_TEST(misfit->path == row.path);
    }
    BOOST_TEST(!check_return(returned(10, 12, 0, {5})).has_value()); // Recorded, and void.

    BOOST_TEST(check_places({0, std::nullopt, TieRule::revote})->path == "places");
    BOOST_TEST(check_places({list_entries_max + 1, std::nullopt, TieRule::revote})->path == "places");
    BOOST_TEST(check_places({1, Threshold{1, 0, true, Base::valid}, TieRule::revote})->path ==
               "majority.den");
    BOOST_TEST(check_places({1, Threshold{2, 1, true, Base::valid}, TieRule::revote})->path ==
               "majority.num");
    for (const auto base : {Base::present, Base::for_and_against})
        BOOST_TEST(check_places({1, Threshold{1, 2, true, base}, TieRule::revote})->path == "majority.base");
    BOOST_TEST(!check_places({1, over_half, TieRule::revote}).has_value());
}

BOOST_AUTO_TEST_CASE(an_empty_chamber_and_the_largest_one_are_counted_right)
{
    const PlacesRule rule{1, over_half, TieRule::revote};
    BOOST_TEST(decide_places(rule, 0, returned(0, 0, 0, {0})).elected.empty());
    BOOST_TEST((decide_places(rule, 1, returned(1, 1, 0, {1})).elected == Lines{0}));
    const auto large = returned(ballots_max, ballots_max, 0, {5'000'000, 5'000'001});
    BOOST_TEST((decide_places(rule, ballots_max, large).elected == Lines{1}));
}

/// The same by going from the highest possible number down, one vote at a time.
PlacesOutcome naive(const std::vector<std::uint64_t>& votes, std::uint32_t places, std::uint64_t need)
{
    PlacesOutcome outcome;
    outcome.need = need == 0 ? 1 : need;
    std::uint32_t left = places;
    for (std::uint64_t number = *std::ranges::max_element(votes); number >= outcome.need && left > 0;
         --number) {
        Lines level;
        for (std::uint32_t line = 0; line < votes.size(); ++line)
            if (votes[line] == number) level.push_back(line);
        if (level.size() > left) {
            outcome.tied = level;
            outcome.tied_places = left;
            outcome.status = PlacesStatus::tie_revote_needed;
            return outcome;
        }
        outcome.elected.insert(outcome.elected.end(), level.begin(), level.end());
        left -= static_cast<std::uint32_t>(level.size());
    }
    outcome.unfilled = left;
    if (left > 0) outcome.status = PlacesStatus::shortfall_separate_election;
    return outcome;
}

BOOST_AUTO_TEST_CASE(a_second_implementation_agrees)
{
    std::mt19937 random(20'261'127);
    std::map<PlacesStatus, std::size_t> seen;
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto pick = [&](std::uint64_t most) {
            return std::uniform_int_distribution<std::uint64_t>(0, most)(random);
        };
        std::vector<std::uint64_t> votes(1 + pick(9));
        const auto most = 1 + pick(30);
        for (auto& number : votes)
            number = pick(most);
        const auto places = static_cast<std::uint32_t>(1 + pick(6));
        const auto need = pick(most);
        const auto outcome = fill_places(votes, places, need);
        BOOST_REQUIRE((outcome == naive(votes, places, need)));
        BOOST_REQUIRE(outcome.elected.size() + outcome.tied_places + outcome.unfilled == places);
        ++seen[outcome.status];
    }
    BOOST_TEST(seen.size() == 3U); // Each way it can end was met, by far more than one.
    for (const auto& [status, times] : seen)
        BOOST_TEST(times > testing::stories(100'000) / 100);
}

BOOST_AUTO_TEST_CASE(one_approval_more_never_costs_the_place)
{
    std::mt19937 random(44);
    for (std::uint64_t round = 0; round < testing::stories(20'000); ++round) {
        std::vector<std::uint64_t> votes(2 + random() % 8);
        for (auto& number : votes)
            number = random() % 20;
        const auto places = static_cast<std::uint32_t>(1 + random() % 5);
        const std::uint64_t need = random() % 15;
        const auto before = fill_places(votes, places, need);
        for (const auto line : before.elected) {
            auto more = votes;
            ++more[line];
            BOOST_REQUIRE(std::ranges::count(fill_places(more, places, need).elected, line) == 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(how_many_candidates_more_than_seats)
{
    constexpr SeatShare tenth{1, 10};
    constexpr SeatShare fifth{1, 5};
    constexpr SeatShare half{1, 2};
    constexpr SeatShare third{1, 3};
    constexpr SeatShare whole{1, 1};
    BOOST_TEST((extra_candidates(35, tenth, fifth) == ExtraCandidates{4, 7}));
    BOOST_TEST((extra_candidates(1, tenth, fifth) == ExtraCandidates{1, 0})); // No number fits.
    BOOST_TEST((extra_candidates(10, fifth, half) == ExtraCandidates{2, 5}));
    BOOST_TEST((extra_candidates(3, third, whole) == ExtraCandidates{1, 3}));
    BOOST_TEST(
        (extra_candidates(4'000'000'000U, fifth, half) == ExtraCandidates{800'000'000U, 2'000'000'000U}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
