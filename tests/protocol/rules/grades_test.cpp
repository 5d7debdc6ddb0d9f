#include "protocol/rules/grades.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <numeric>
#include <random>

BOOST_AUTO_TEST_SUITE(grades)

using namespace plenum;

namespace {

constexpr Threshold half_of(Base base)
{
    return {1, 2, true, base};
}

/// 满意 over half, else 满意 and 基本满意 together over half, else 不满意 with a third or more.
GradesRule three_grades(Base base)
{
    GradesRule rule;
    rule.grades = {{"满意", "satisfied"}, {"基本满意", "basically satisfied"}, {"不满意", "unsatisfied"}};
    rule.verdicts = {{"satisfied", {"满意", "satisfied"}, {0}, half_of(base)},
                     {"basically_satisfied", {"基本满意", "basically satisfied"}, {0, 1}, half_of(base)},
                     {"unsatisfied", {"不满意", "unsatisfied"}, {2}, {1, 3, false, base}}};
    return rule;
}

BOOST_AUTO_TEST_CASE(the_verdict_depends_on_the_base_and_the_record_says_which)
{
    struct Row {
        std::vector<std::uint32_t> counts;
        std::uint32_t invalid;
        Base base;
        const char* verdict;
    };
    const Row table[] = {
        {{17, 10, 4}, 0, Base::valid, "satisfied"},                 // 17 of 31 is over half,
        {{17, 10, 4}, 0, Base::all_members, "basically_satisfied"}, // 17 of 35 is not.
        {{17, 10, 4}, 0, Base::present, "satisfied"},
        {{8, 11, 12}, 0, Base::valid, "basically_satisfied"},
        {{3, 10, 12}, 6, Base::all_members, "unsatisfied"}, // 12 of 35 reaches a third,
        {{3, 10, 11}, 7, Base::all_members, ""},            // 11 does not.
        {{0, 0, 0}, 31, Base::valid, ""},
        {{0, 0, 0}, 0, Base::valid, ""},
    };
    for (const auto& row : table) {
        const auto rule = three_grades(row.base);
        const GradesReturn counted{"区发展改革委", row.counts, row.invalid};
        BOOST_TEST_REQUIRE(!check_return(rule, 31, counted).has_value());
        BOOST_TEST(decide_grades(rule, 35, 31, counted).verdict == row.verdict);
    }
}

BOOST_AUTO_TEST_CASE(shares_are_of_the_valid_and_rounded_as_the_rule_says)
{
    auto rule = three_grades(Base::valid);
    const GradesReturn counted{"项目三", {300, 25, 4}, 2};
    const auto outcome = decide_grades(rule, 352, 331, counted);
    BOOST_TEST(outcome.valid == 329U);
    BOOST_TEST((outcome.per_mille == std::vector<std::uint64_t>{912, 76, 12}));
    rule.rounding = Rounding::down;
    const auto down = decide_grades(rule, 352, 331, counted);
    BOOST_TEST((down.per_mille == std::vector<std::uint64_t>{911, 75, 12}));
    BOOST_TEST(decide_grades(rule, 352, 331, {"无", {0, 0, 0}, 5}).per_mille.empty());
}

BOOST_AUTO_TEST_CASE(rules_and_figures_that_cannot_be_are_refused)
{
    const auto good = three_grades(Base::valid);
    BOOST_TEST(!check_grades(good).has_value());
    const auto path_of = [&](const auto& change) {
        auto rule = good;
        change(rule);
        const auto misfit = check_grades(rule);
        return misfit ? misfit->path : "";
    };
    BOOST_TEST(path_of([](auto& rule) { rule.grades.resize(1); }) == "grades");
    BOOST_TEST(path_of([](auto& rule) { rule.grades.resize(11, {"无", "none"}); }) == "grades");
    BOOST_TEST(path_of([](auto& rule) { rule.grades[1] = rule.grades[0]; }) == "grades");
    BOOST_TEST(path_of([](auto& rule) { rule.verdicts[1].grades = {3}; }) == "verdicts[1].grades");
    BOOST_TEST(path_of([](auto& rule) { rule.verdicts[1].grades = {0, 0}; }) == "verdicts[1].grades");
    BOOST_TEST(path_of([](auto& rule) { rule.verdicts[1].grades = {}; }) == "verdicts[1].grades");
    BOOST_TEST(path_of([](auto& rule) { rule.verdicts[2].id = "satisfied"; }) == "verdicts[2].id");
    BOOST_TEST(path_of([](auto& rule) { rule.verdicts[0].id = ""; }) == "verdicts[0].id");
    BOOST_TEST(path_of([](auto& rule) { rule.verdicts[0].threshold.den = 0; }) ==
               "verdicts[0].threshold.den");
    for (const auto base : {Base::cast, Base::ballots, Base::for_and_against}) {
        const auto path = path_of([&](auto& rule) { rule.verdicts[0].threshold.base = base; });
        BOOST_TEST(path == "verdicts[0].threshold.base");
    }
    BOOST_TEST(check_return(good, 31, {"", {1, 1, 1}, 0})->path == "object");
    BOOST_TEST(check_return(good, 31, {"甲", {1, 1}, 0})->path == "counts");
    BOOST_TEST(check_return(good, 31, {"甲", {20, 10, 1}, 1})->path == "counts");
    BOOST_TEST(check_return(good, 31, {"甲", {4'294'967'295U, 4'294'967'295U, 1}, 0})->path == "counts");
}

/// With fractions written out, as a person checks them.
BOOST_AUTO_TEST_CASE(a_second_implementation_agrees)
{
    std::mt19937 random(31);
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto base = std::array{Base::all_members, Base::present, Base::valid}[random() % 3];
        const auto members = static_cast<std::uint32_t>(1 + random() % 60);
        const auto present = static_cast<std::uint32_t>(random() % (members + 1));
        std::vector<std::uint32_t> counts(3, 0);
        std::uint32_t invalid = 0;
        for (std::uint32_t person = 0; person < present; ++person) {
            const auto chosen = random() % 5;
            if (chosen < 3) ++counts[chosen];
            if (chosen == 3) ++invalid;
        }
        const auto outcome = decide_grades(three_grades(base), members, present, {"甲", counts, invalid});
        const auto valid = std::accumulate(counts.begin(), counts.end(), 0U);
        const auto of = base == Base::all_members ? members : base == Base::present ? present : valid;
        std::string expected;
        if (of > 0 && 3 * counts[2] >= of) expected = "unsatisfied";
        if (of > 0 && 2 * (counts[0] + counts[1]) > of) expected = "basically_satisfied";
        if (of > 0 && 2 * counts[0] > of) expected = "satisfied";
        BOOST_REQUIRE(outcome.verdict == expected);
        BOOST_REQUIRE(outcome.valid == valid);
        for (std::size_t at = 0; at < outcome.per_mille.size(); ++at) {
            const auto share = outcome.per_mille[at];
            // At most half a thousandth off, and upwards when it is exactly half.
            const auto doubled = 2'000 * std::uint64_t{counts[at]};
            BOOST_REQUIRE(
                (doubled + valid >= 2 * share * valid && doubled + valid < 2 * (share + 1) * valid));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
