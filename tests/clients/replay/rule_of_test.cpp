#include "clients/replay/compare.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(rule_of_test)

namespace {

constexpr const char* two_majorities = "Report (Majority of Parliament’s component Members required for the "
                                       "amendments to the Rules of Procedure, majority of "
                                       "votes cast required for the proposal for a decision)";

SittingFile sitting_of(const std::string& chamber, const std::string& notes, std::size_t members)
{
    SittingFile file;
    file.chamber = chamber;
    file.notes = notes;
    for (std::size_t member = 0; member < members; ++member) {
        file.members.push_back(
            {std::to_string(member), "M", member % 2 == 0 ? "Functional" : "Geographical"});
    }
    return file;
}

struct RuleCase {
    const char* name;
    const char* chamber;
    const char* notes;
    RecordedVote vote;
    Threshold majority;
    std::size_t groups;
    std::optional<std::uint32_t> base;
    bool is_stated;
};

RecordedVote labelled(const char* label, const char* title)
{
    RecordedVote vote;
    vote.agenda_label = label;
    vote.title = title;
    return vote;
}

RecordedVote with_majority(const char* type)
{
    RecordedVote vote;
    vote.majority = RecordedMajority{type, std::nullopt};
    return vote;
}

RecordedVote separate(bool separate_majorities)
{
    RecordedVote vote;
    vote.separate_majorities = separate_majorities;
    return vote;
}

BOOST_AUTO_TEST_CASE(every_vote_gets_the_rule_its_file_states)
{
    constexpr auto term9 = "European Parliament (term 9)";
    const Threshold more_for_than_against{1, 2, true, Base::for_and_against};
    const Threshold over_half_of_all{1, 2, true, Base::all_members};
    const RuleCase cases[] = {
        {"Brno", "City", "Passing needs a majority of all 55 members.", {}, over_half_of_all, 0, 55, true},
        {"notes without a number",
         "City",
         "a majority of all members",
         {},
         more_for_than_against,
         0,
         {},
         false},
        {"votes cast", term9, "", labelled("Report: X", "Am 1"), more_for_than_against, 0, {}, true},
        {"component members", term9, "",
         labelled("B9 (Majority of Parliament’s component Members required)", "Am 1"), over_half_of_all, 0,
         705, true},
        {"amendments to the rules of procedure", term9, "", labelled(two_majorities, "Rule 10 – Am 1"),
         over_half_of_all, 0, 705, true},
        {"the decision carrying them",
         term9,
         "",
         labelled(two_majorities, "X – Proposal for a decision"),
         more_for_than_against,
         0,
         {},
         true},
        {"a list without agenda", term9, "", {}, more_for_than_against, 0, {}, false},
        {"component members of an unknown term",
         "European Parliament (term 3)",
         "",
         labelled("(component Members required)", "Am 1"),
         more_for_than_against,
         0,
         {},
         false},
        {"separate majorities", "HK", "", separate(true), {1, 2, true, Base::present}, 2, {}, true},
        {"one joint majority", "HK", "", separate(false), {1, 2, true, Base::present}, 0, {}, true},
        {"simple", "Sejm", "", with_majority("SIMPLE_MAJORITY"), more_for_than_against, 0, {}, true},
        {"absolute", "Sejm", "", with_majority("ABSOLUTE_MAJORITY"), {1, 2, true, Base::cast}, 0, {}, true},
        {"three fifths",
         "Sejm",
         "",
         with_majority("MAJORITY_THREE_FIFTHS"),
         {3, 5, false, Base::cast},
         0,
         {},
         true},
        {"unknown", "Sejm", "", with_majority("MAJORITY_OF_DREAMS"), more_for_than_against, 0, {}, false},
        {"nothing said", "Somewhere", "", {}, more_for_than_against, 0, {}, false},
    };
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto rule = rule_of(sitting_of(c.chamber, c.notes, 55), c.vote);
            BOOST_TEST((rule.profile.majority == c.majority));
            BOOST_TEST(rule.profile.groups.size() == c.groups);
            BOOST_TEST((rule.base_members == c.base));
            BOOST_TEST(rule.base_reason.empty() == !c.base.has_value());
            BOOST_TEST(rule.is_stated == c.is_stated);
            BOOST_TEST(!check_profile(rule.profile).has_value());
            BOOST_TEST(needed(55, rule.profile.quorum) == 0U);
        }
    }
}

/// What a server answers, by the same function the server decides with.
ResultView result_of(const VoteRule& rule, std::uint32_t base_members, Tally tally,
                     std::vector<GroupTally> groups = {})
{
    const auto outcome = decide_outcome(rule.profile, base_members, tally, groups);
    return {tally, std::move(groups), 0, outcome};
}

BOOST_AUTO_TEST_CASE(component_members_reject_what_more_for_than_against_would_pass)
{
    const auto file = sitting_of("European Parliament (term 9)", "", 639);
    auto vote = labelled(two_majorities, "Rule 21 – Am 1");
    vote.official = {341, 274, 10, {}, false, {}};
    const auto rule = rule_of(file, vote);
    const auto same = compare(file, vote, rule, result_of(rule, *rule.base_members, {341, 274, 10, 0}));
    BOOST_TEST(same.differences.empty());
    BOOST_TEST(same.not_compared.empty());
    const auto simple = rule_of(file, labelled("Report", "Am 1"));
    BOOST_TEST(compare(file, vote, simple, result_of(simple, 639, {341, 274, 10, 0})).differences.size() ==
               1U);
}

BOOST_AUTO_TEST_CASE(votes_needed_are_counted_as_the_source_counts_them)
{
    const struct {
        const char* type;
        Tally tally;
        std::uint64_t needed;
    } cases[] = {
        {"SIMPLE_MAJORITY", {458, 0, 0, 0}, 1},         {"SIMPLE_MAJORITY", {240, 191, 20, 0}, 192},
        {"ABSOLUTE_MAJORITY", {266, 193, 0, 1}, 230},   {"ABSOLUTE_MAJORITY", {229, 228, 0, 0}, 229},
        {"MAJORITY_THREE_FIFTHS", {440, 6, 2, 0}, 269},
    };
    for (const auto& c : cases) {
        const auto file = sitting_of("Sejm", "", 460);
        const auto rule = rule_of(file, with_majority(c.type));
        const auto result = result_of(rule, 460, c.tally);
        BOOST_TEST(*votes_needed({c.type, {}}, result) == c.needed);
        BOOST_TEST((result.outcome.verdict == Verdict::passed) == (c.tally.approve >= c.needed));
    }
    BOOST_TEST(!votes_needed({"MAJORITY_OF_DREAMS", {}}, {}).has_value());
}

BOOST_AUTO_TEST_CASE(every_published_figure_that_differs_is_told_with_both_numbers)
{
    const auto file = sitting_of("HK", "", 10);
    auto vote = separate(true);
    vote.official = {
        3, 1, 0, {}, false, {{"Functional", 2, 1, 0, 3, 3, true}, {"Geographical", 1, 0, 0, 3, 1, false}}};
    const auto rule = rule_of(file, vote);
    const auto counted = [&](std::uint32_t geographical_for) {
        const Tally geographical{geographical_for, 0, 0, 3 - geographical_for};
        return result_of(rule, 10, {2 + geographical_for, 1, 0, 3 - geographical_for},
                         {{"Functional", 5, {2, 1, 0, 0}}, {"Geographical", 5, geographical}});
    };
    BOOST_TEST(compare(file, vote, rule, counted(1)).differences.empty());
    const auto comparison = compare(file, vote, rule, counted(2));
    const std::vector<std::string> expected = {
        "for: published 3, counted 4",
        "Geographical for: published 1, counted 2",
        "Geographical voted: published 1, counted 2",
        "Geographical result: published rejected, counted passed",
        "result: published rejected, counted passed",
    };
    BOOST_TEST(comparison.differences == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_result_without_ground_is_not_compared_but_its_figures_are)
{
    const auto file = sitting_of("Somewhere", "", 4);
    RecordedVote vote;
    vote.official = {1, 2, 0, {}, true, {{"Functional", 1, {}, {}, {}, {}, {}}}};
    const auto rule = rule_of(file, vote);
    const auto comparison = compare(file, vote, rule, result_of(rule, 4, {2, 1, 0, 0}));
    BOOST_TEST(comparison.differences.size() == 2U);
    BOOST_TEST(comparison.not_compared.size() == 2U);
    vote.official.passed.reset();
    BOOST_TEST(compare(file, vote, rule, result_of(rule, 4, {1, 2, 0, 0})).differences.empty());
}

BOOST_AUTO_TEST_CASE(not_voting_means_what_the_source_says_it_means)
{
    RecordedVote vote = with_majority("SIMPLE_MAJORITY");
    vote.official = {3, 1, 0, 6, true, {}};
    const Tally tally{3, 1, 0, 2};
    for (const bool with_absent : {true, false}) {
        const auto file =
            sitting_of("S", with_absent ? "official.not_voting is \"notParticipating\"" : "", 10);
        const auto rule = rule_of(file, vote);
        const auto comparison = compare(file, vote, rule, result_of(rule, 10, tally));
        BOOST_TEST(comparison.differences.empty() == with_absent);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
