#include "protocol/rules/threshold.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

BOOST_AUTO_TEST_SUITE(thresholds)

using namespace plenum;

namespace {

constexpr Threshold over_half{1, 2, true, Base::all_members};
constexpr Threshold over_two_thirds{2, 3, true, Base::all_members};
constexpr Threshold tenth{1, 10, false, Base::all_members};

BOOST_AUTO_TEST_CASE(shares_are_rounded_as_people_round)
{
    BOOST_TEST(share_per_mille(15, 21).value() == 714U);
    BOOST_TEST(share_per_mille(240, 260).value() == 923U);
    BOOST_TEST(share_per_mille(1, 2'000).value() == 1U); // 0.5 ‰ is rounded up,
    BOOST_TEST(share_per_mille(1, 2'001).value() == 0U); // less is not.
    BOOST_TEST(share_per_mille(2, 3, Rounding::down).value() == 666U);
    BOOST_TEST(share_per_mille(7, 7).value() == 1'000U);
    BOOST_TEST(!share_per_mille(0, 0).has_value());
}

BOOST_AUTO_TEST_CASE(both_thresholds_must_be_met_each_over_its_own_base)
{
    const auto passed = [](std::uint64_t deputies, std::uint64_t all) {
        const auto outcome =
            decide_together({{"deputies", deputies, 7, over_half}, {"all", all, 36, over_two_thirds}});
        BOOST_TEST(outcome.findings.size() == 2U);
        return outcome.verdict == Verdict::passed;
    };
    BOOST_TEST(passed(4, 25));
    BOOST_TEST(!passed(4, 24)); // Exactly two thirds; 超 excludes it.
    BOOST_TEST(!passed(3, 36));
    BOOST_TEST((decide_together({}).verdict == Verdict::not_passed)); // Nothing asked, nothing granted.
}

BOOST_AUTO_TEST_CASE(only_those_who_may_sign_count_and_once)
{
    std::vector<std::uint64_t> electors;
    for (std::uint64_t person = 1; person <= 352; ++person)
        electors.push_back(person);
    std::vector<std::uint64_t> signers(electors.begin(), electors.begin() + 35);
    const auto decided = [&] { return decide_signatures(electors, signers, 352, tenth); };
    BOOST_TEST((decided().have == 35U && decided().need == 36U && !decided().met));
    signers.push_back(35);    // again
    signers.push_back(9'999); // a stranger
    BOOST_TEST((decided().have == 35U && !decided().met));
    signers.push_back(36);
    BOOST_TEST((decided().have == 36U && decided().met));
}

BOOST_AUTO_TEST_CASE(requirements_are_met_exactly_from_the_number_that_is_needed)
{
    std::mt19937_64 random(5);
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto den = static_cast<std::uint32_t>(1 + random() % 1'000'000);
        const Threshold share{static_cast<std::uint32_t>(random() % (den + 1)), den, random() % 2 == 0,
                              Base::all_members};
        const std::uint64_t base = random() % 10'000'000;
        const auto need = std::max<std::uint64_t>(needed(base, share), 1); // Nobody is never enough.
        const auto verdict = [&](std::uint64_t have) {
            return decide_together({{"", have, base, share}}).verdict;
        };
        BOOST_REQUIRE((verdict(need) == Verdict::passed));
        BOOST_REQUIRE((verdict(need - 1) == Verdict::not_passed));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
