#include "protocol/rules/outcome.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

BOOST_AUTO_TEST_SUITE(outcome_test)

using namespace plenum;

namespace {

constexpr Threshold over_half{1, 2, true, Base::all_members};
constexpr Threshold half_or_more{1, 2, false, Base::all_members};
constexpr Threshold two_thirds{2, 3, false, Base::all_members};
constexpr Threshold over_two_thirds{2, 3, true, Base::all_members};

RuleProfile profile_of(Threshold majority, Threshold quorum = over_half)
{
    RuleProfile profile;
    profile.id = "test.rule";
    profile.name = {"规则", "rule"};
    profile.quorum = quorum;
    profile.majority = majority;
    return profile;
}

/// A vote as the published examples give it.
struct Example {
    const char* id;
    std::uint32_t base;
    Tally tally;
    Threshold majority;
    bool participation; ///< over half of all must take part
    std::uint64_t need;
    Verdict verdict;
};

constexpr auto passed = Verdict::passed;
constexpr auto failed = Verdict::not_passed;
constexpr Threshold present_half{1, 2, true, Base::present};

const Example examples[] = {
    {"M-01", 2878, {2759, 1, 2, 0}, over_half, false, 1440, passed},
    {"M-02", 2878, {2758, 1, 2, 1}, over_half, false, 1440, passed},
    {"M-03", 352, {176, 100, 55, 0}, over_half, false, 177, failed},
    {"M-04", 352, {177, 100, 54, 0}, over_half, false, 177, passed},
    {"M-05", 352, {177, 0, 0, 58}, over_half, false, 177, passed},
    {"M-07", 35, {18, 0, 0, 0}, over_half, false, 18, passed},
    {"M-08", 35, {17, 0, 0, 1}, over_half, false, 18, failed},
    {"M-10", 154, {77, 6, 42, 0}, over_half, false, 78, failed},
    {"M-11", 352, {177, 0, 0, 154}, over_half, true, 177, passed},
    {"M-12", 352, {170, 3, 3, 155}, over_half, true, 177, Verdict::invalid_low_participation},
    {"M-13", 2980, {2958, 2, 3, 1}, two_thirds, false, 1987, passed},
    {"M-14", 352, {234, 60, 37, 0}, two_thirds, false, 235, failed},
    {"M-15", 352, {235, 60, 36, 0}, two_thirds, false, 235, passed},
    {"M-16", 352, {166, 165, 0, 0}, present_half, false, 166, passed},
    {"M-17", 352, {166, 166, 0, 0}, present_half, false, 167, failed},
    {"M-18", 37, {19, 0, 13, 0}, over_half, false, 19, passed},
    {"M-19", 37, {18, 0, 14, 0}, over_half, false, 19, failed},
    {"hands in a town", 52, {40, 2, 1, 5}, over_half, false, 27, passed},
    {"console 16 and hands 2", 35, {18, 0, 0, 0}, over_half, false, 18, passed},
    {"hands after an objection", 35, {30, 1, 0, 2}, over_half, false, 18, passed},
};

} // namespace

BOOST_AUTO_TEST_CASE(the_words_that_decide_the_arithmetic)
{
    const struct {
        const char* words;
        Threshold threshold;
        std::uint64_t of_35, of_352, of_2878;
    } table[] = {
        {"过半数", over_half, 18, 177, 1440},
        {"三分之二以上", two_thirds, 24, 235, 1919},
        {"半数以上", half_or_more, 18, 176, 1439},
        {"五分之一以上", {1, 5, false, Base::all_members}, 7, 71, 576},
        {"十分之一以上", {1, 10, false, Base::all_members}, 4, 36, 288},
        {"超过三分之二", over_two_thirds, 24, 235, 1919},
        {"全部", {1, 1, false, Base::all_members}, 35, 352, 2878},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.words)
        {
            BOOST_TEST(needed(35, row.threshold) == row.of_35);
            BOOST_TEST(needed(352, row.threshold) == row.of_352);
            BOOST_TEST(needed(2878, row.threshold) == row.of_2878);
        }
    }
    BOOST_TEST(needed(36, two_thirds) == 24U);
    BOOST_TEST(needed(36, over_two_thirds) == 25U);
}

BOOST_AUTO_TEST_CASE(what_is_needed_is_the_smallest_count_that_meets_it)
{
    for (std::uint32_t den = 1; den <= 12; ++den) {
        for (std::uint32_t num = 0; num <= den; ++num) {
            for (const bool strict : {false, true}) {
                const Threshold threshold{num, den, strict, Base::all_members};
                for (std::uint64_t base = 0; base <= 130; ++base) {
                    const auto need = needed(base, threshold);
                    BOOST_REQUIRE(meets(need, base, threshold));
                    BOOST_REQUIRE(need == 0 || !meets(need - 1, base, threshold));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_largest_counts_and_fractions_do_not_overflow)
{
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    const Threshold finest{999'999, 1'000'000, true, Base::all_members};
    BOOST_TEST(meets(most, most, finest));
    BOOST_TEST(!meets(0, most, finest));
    BOOST_TEST(needed(most, {1'000'000, 1'000'000, false, Base::all_members}) == most);
}

BOOST_AUTO_TEST_CASE(published_votes_come_out_as_they_did)
{
    for (const auto& example : examples) {
        BOOST_TEST_CONTEXT(example.id)
        {
            auto profile = profile_of(example.majority);
            if (example.participation) profile.min_participation = over_half;
            const auto outcome = decide_outcome(profile, example.base, example.tally, {});
            BOOST_TEST((outcome.verdict == example.verdict));
            BOOST_TEST_REQUIRE(outcome.findings.size() == 1U);
            BOOST_TEST(outcome.findings[0].need == example.need);
            BOOST_TEST(outcome.findings[0].have == example.tally.approve);
            BOOST_TEST(outcome.participation.has_value() == example.participation);
        }
    }
}

BOOST_AUTO_TEST_CASE(without_a_quorum_there_is_no_vote)
{
    BOOST_TEST(!meets(234, 352, two_thirds)); // M-06
    BOOST_TEST(meets(235, 352, two_thirds));
    BOOST_TEST(!meets(17, 35, over_half)); // M-09
    BOOST_TEST(meets(18, 35, over_half));
}

BOOST_AUTO_TEST_CASE(each_base_stands_for_its_own_number)
{
    const Tally tally{10, 5, 3, 2};
    BOOST_TEST(tally.cast() == 18U);
    BOOST_TEST(tally.present() == 20U);
    BOOST_TEST(base_number(Base::all_members, 35, tally) == 35U);
    BOOST_TEST(base_number(Base::present, 35, tally) == 20U);
    BOOST_TEST(base_number(Base::cast, 35, tally) == 18U);
    BOOST_TEST(base_number(Base::valid, 35, tally) == 18U);
    BOOST_TEST(base_number(Base::ballots, 35, tally) == 18U);
    BOOST_TEST(base_number(Base::for_and_against, 35, tally) == 15U);
    const auto verdict = [&](Base base) {
        return decide_outcome(profile_of({1, 2, true, base}), 35, tally, {}).verdict;
    };
    BOOST_TEST((verdict(Base::all_members) == failed));
    BOOST_TEST((verdict(Base::present) == failed));
    BOOST_TEST((verdict(Base::cast) == passed));
    BOOST_TEST((verdict(Base::for_and_against) == passed));
}

BOOST_AUTO_TEST_CASE(nobody_pressing_passes_nothing)
{
    for (const auto base : {Base::all_members, Base::present, Base::cast, Base::for_and_against}) {
        const auto outcome = decide_outcome(profile_of({1, 2, true, base}), 35, Tally{0, 0, 0, 30}, {});
        BOOST_TEST((outcome.verdict == failed));
    }
}

BOOST_AUTO_TEST_CASE(named_groups_must_each_agree_over_their_own_base)
{
    auto profile = profile_of(over_half);
    profile.groups = {"居民代表", "单位代表"};
    const std::vector<GroupTally> groups = {{"单位代表", 7, {4, 0, 0, 1}}, {"居民代表", 29, {15, 3, 0, 5}}};
    auto outcome = decide_outcome(profile, 36, {19, 3, 0, 6}, groups);
    BOOST_TEST((outcome.verdict == passed));
    BOOST_TEST_REQUIRE(outcome.findings.size() == 2U);
    BOOST_TEST((outcome.findings[0] == Finding{"居民代表", 29, 15, 15, true}));
    BOOST_TEST((outcome.findings[1] == Finding{"单位代表", 7, 4, 4, true}));

    auto short_of_one = groups;
    short_of_one[0].tally = {3, 0, 1, 1};
    outcome = decide_outcome(profile, 36, {18, 3, 1, 6}, short_of_one);
    BOOST_TEST((outcome.verdict == failed));
    BOOST_TEST(outcome.findings[0].met);
    BOOST_TEST(!outcome.findings[1].met);
}

BOOST_AUTO_TEST_CASE(low_participation_is_invalid_whatever_the_majority_says)
{
    auto profile = profile_of({1, 2, true, Base::cast});
    profile.min_participation = over_half;
    const auto outcome = decide_outcome(profile, 35, {17, 0, 0, 14}, {});
    BOOST_TEST((outcome.verdict == Verdict::invalid_low_participation));
    BOOST_TEST(outcome.findings[0].met);
    BOOST_TEST((*outcome.participation == Finding{"", 35, 18, 17, false}));
}

BOOST_AUTO_TEST_CASE(a_profile_that_contradicts_itself_names_the_place)
{
    const struct {
        const char* path;
        std::function<void(RuleProfile&)> change;
    } table[] = {
        {"id", [](RuleProfile& p) { p.id = ""; }},
        {"name", [](RuleProfile& p) { p.name.en = ""; }},
        {"quorum.den", [](RuleProfile& p) { p.quorum.den = 0; }},
        {"quorum.base", [](RuleProfile& p) { p.quorum.base = Base::present; }},
        {"majority.num", [](RuleProfile& p) { p.majority.num = 3; }},
        {"majority.den", [](RuleProfile& p) { p.majority.den = 1'000'001; }},
        {"min_participation.num",
         [](RuleProfile& p) {
             p.min_participation = Threshold{2, 1, false, {}};
         }},
        {"groups",
         [](RuleProfile& p) {
             p.groups = {"a", "a"};
         }},
        {"groups", [](RuleProfile& p) { p.groups = {""}; }},
        {"groups",
         [](RuleProfile& p) {
             for (int i = 0; i < 65; ++i)
                 p.groups.push_back(std::to_string(i));
         }},
        {"window_ms",
         [](RuleProfile& p) {
             p.close = ClosePolicy::timer;
             p.window_ms = 0;
         }},
        {"window_ms",
         [](RuleProfile& p) {
             p.close = ClosePolicy::timer_then_chair;
             p.window_ms = 86'400'001;
         }},
        {"legal_basis",
         [](RuleProfile& p) {
             p.legal_basis.resize(21, {"法", "一", "2022-03-11"});
         }},
        {"legal_basis",
         [](RuleProfile& p) {
             p.legal_basis = {{"", "", ""}};
         }},
        {"",
         [](RuleProfile& p) {
             p.legal_basis.resize(20, {"法", std::string(1'900, 'x'), ""});
         }},
    };
    BOOST_TEST(!check_profile(profile_of(over_half)).has_value());
    for (const auto& row : table) {
        auto profile = profile_of(over_half);
        row.change(profile);
        const auto misfit = check_profile(profile);
        BOOST_TEST_REQUIRE(misfit.has_value(), row.path);
        BOOST_TEST(misfit->path == row.path);
        BOOST_TEST(!misfit->expected.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_method_that_cannot_follow_the_rest_of_its_rule_names_the_place)
{
    const struct {
        const char* path;
        std::function<void(RuleProfile&)> change;
    } table[] = {
        {"tellers", [](RuleProfile& p) { p.tellers = 0; }},
        {"tellers", [](RuleProfile& p) { p.tellers = 11; }},
        {"groups", [](RuleProfile& p) { p.groups = {"a"}; }},
        {"secrecy", [](RuleProfile& p) { p.secrecy = Secrecy::secret; }},
        {"close", [](RuleProfile& p) { p.close = ClosePolicy::timer; }},
    };
    for (const auto method : {VoteMethod::console, VoteMethod::hands, VoteMethod::no_objection}) {
        for (const auto& row : table) {
            auto profile = profile_of(over_half);
            profile.method = method;
            row.change(profile);
            const auto misfit = check_profile(profile);
            const bool always = std::string_view(row.path) == "tellers";
            BOOST_TEST_REQUIRE(misfit.has_value() == (always || method != VoteMethod::console), row.path);
            if (misfit) BOOST_TEST(misfit->path == row.path);
        }
        auto profile = profile_of(over_half);
        profile.method = method;
        profile.tellers = 10;
        profile.close = ClosePolicy::timer_then_chair;
        BOOST_TEST(!check_profile(profile).has_value());
    }
}

BOOST_AUTO_TEST_CASE(silence_decides_in_favour_without_a_comparison)
{
    const auto outcome = outcome_without_objection();
    BOOST_TEST((outcome.verdict == Verdict::adopted_no_objection));
    BOOST_TEST(outcome.findings.empty());
    BOOST_TEST(!outcome.participation.has_value());
    BOOST_TEST(is_adopted(outcome.verdict));
    BOOST_TEST(is_adopted(passed));
    BOOST_TEST(!is_adopted(failed));
    BOOST_TEST(!is_adopted(Verdict::invalid_low_participation));
}

BOOST_AUTO_TEST_CASE(the_hash_of_a_profile_covers_every_member)
{
    const auto profile = profile_of(over_half);
    const auto differs = [&](auto change) {
        auto changed = profile;
        change(changed);
        return hash_of(changed) != hash_of(profile);
    };
    BOOST_TEST(differs([](RuleProfile& p) { p.version = 2; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.majority.strict = false; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.quorum.num = 2; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.groups = {"a"}; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.min_participation = over_half; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.press = PressPolicy::first; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.close = ClosePolicy::timer; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.window_ms = 1; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.method = VoteMethod::hands; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.tellers = 3; }));
    BOOST_TEST(differs([](RuleProfile& p) { p.legal_basis = {{"a", "b", "c"}}; }));
    BOOST_TEST((hash_of(profile) == hash_of(profile)));
}

BOOST_AUTO_TEST_SUITE_END()
