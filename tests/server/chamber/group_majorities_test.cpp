#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(group_majorities)

using namespace plenum;
using namespace plenum::chamber;

// 双门槛: over two thirds of everybody and, besides, over half of the deputies among them.

namespace {

using enum RefusalCode;

constexpr std::size_t deputies = 7;
constexpr std::size_t residents = 29;

RuleProfile dual(VoteMethod method)
{
    auto rule = motion();
    rule.id = "test.dual_threshold";
    rule.majority = {2, 3, true, Base::all_members};
    rule.also_in = std::vector<GroupMajority>{{"议事代表", over_half()}};
    rule.method = method;
    if (method == VoteMethod::paper) rule.secrecy = Secrecy::secret;
    return rule;
}

/// Seven deputies, then residents; all of them are there.
struct Street : PollingHall {
    Street() : PollingHall(deputies + residents, BodyKind::street_deliberation)
    {
        auto rows = rows_of(deputies + residents);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].group = i < deputies ? "议事代表" : "居民代表";
        act(secretary, ImportRoster{body, rows});
        begin(deputies + residents);
    }

    PrepareVote question(VoteMethod method) const
    {
        auto command = prepare_command(dual(method));
        command.item.reset();
        if (method == VoteMethod::paper) command.rooms = {"议事代表", "居民代表"};
        return command;
    }

    const ResultView& by_console(std::size_t of_deputies, std::size_t of_residents)
    {
        const auto id = open_on_paper(question(VoteMethod::console));
        press(id, of_deputies, deputies - of_deputies, 0);
        press(id, of_residents, residents - of_residents, 0, deputies);
        return close(id);
    }

    const ResultView& by_ballots(std::uint32_t of_deputies, std::uint32_t of_residents)
    {
        const auto id = open_on_paper(question(VoteMethod::paper));
        both(CountBallots{id, {7, 7, 0, of_deputies, 7 - of_deputies, 0}, "议事代表"});
        both(CountBallots{id, {29, 29, 0, of_residents, 29 - of_residents, 0}, "居民代表"});
        return close(id);
    }
};

} // namespace

// DT-01 … DT-03 of domain 6, by both methods: 25 of 36 is over two thirds, 24 is not, and three deputies of
// seven are no majority whatever all the others say.
BOOST_AUTO_TEST_CASE(both_thresholds_have_to_be_met)
{
    const struct {
        std::uint32_t of_deputies;
        std::uint32_t of_residents;
        Verdict verdict;
    } cases[] = {{4, 21, Verdict::passed}, {4, 20, Verdict::not_passed}, {3, 29, Verdict::not_passed}};
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.of_deputies << " and " << c.of_residents)
        {
            Street street;
            const auto pressed = street.by_console(c.of_deputies, c.of_residents);
            const auto counted = street.by_ballots(c.of_deputies, c.of_residents);
            for (const auto& result : {pressed, counted}) {
                BOOST_TEST((result.outcome.verdict == c.verdict));
                BOOST_TEST_REQUIRE(result.outcome.findings.size() == 2U);
                const auto& whole = result.outcome.findings[0];
                const auto& own = result.outcome.findings[1];
                BOOST_TEST((whole == Finding{"", 36, 25, c.of_deputies + c.of_residents, whole.met}));
                BOOST_TEST((own == Finding{"议事代表", 7, 4, c.of_deputies, c.of_deputies >= 4}));
                BOOST_TEST_REQUIRE(result.groups.size() == 1U);
                BOOST_TEST(result.groups[0].members == 7U);
                BOOST_TEST((result.groups[0].tally == Tally{c.of_deputies, 7 - c.of_deputies, 0, 0}));
            }
            BOOST_TEST((street.replayed() == state_hash(street.state)));
        }
}

BOOST_AUTO_TEST_CASE(the_rule_says_both_in_words)
{
    Street street;
    const auto id = street.open_on_paper(street.question(VoteMethod::paper));
    const auto view = view_vote(street.state, id, Role::chair);
    BOOST_TEST(view.rule.zh.find("同时，议事代表的赞成须达到本组全体组成人员的过半数。") !=
               std::string::npos);
    BOOST_TEST(view.rule.en.find("Besides, in 议事代表, of all members of the group, more than half must "
                                 "approve.") != std::string::npos);
    BOOST_TEST((view.ballots->rooms_of_groups == std::vector<std::string>{"议事代表"}));
}

// Seven ballots tell little of each deputy, but the rule itself asks what they say together. The residents
// are not asked by themselves, so of them ten are needed to be counted alone.
BOOST_AUTO_TEST_CASE(only_a_room_the_rule_asks_for_counts_a_few_ballots)
{
    Street street;
    const auto id = street.open_on_paper(street.question(VoteMethod::paper));
    street.act(street.zhang, CountBallots{id, {7, 7, 0, 7, 0, 0}, "议事代表"});
    const CountBallots nine{id, {9, 9, 0, 9, 0, 0}, "居民代表"};
    BOOST_TEST((code_of(street.attempt(street.zhang, nine)) == room_too_small));
    const auto refusal = street.attempt(street.li, CountBallots{id, {8, 8, 0, 8, 0, 0}, "议事代表"});
    BOOST_TEST((code_of(refusal) == ballots_wrong));
    BOOST_TEST(says(refusal, "议事代表发出8张，出席7人", "8 given out to 7 members"));
}

BOOST_AUTO_TEST_CASE(more_ballots_of_the_group_than_it_was_given_void_the_whole)
{
    Street street;
    const auto id = street.open_on_paper(street.question(VoteMethod::paper));
    street.both(CountBallots{id, {6, 7, 0, 7, 0, 0}, "议事代表"});
    street.both(CountBallots{id, {29, 28, 0, 28, 0, 0}, "居民代表"});
    const auto& result = street.close(id);
    BOOST_TEST((result.outcome.verdict == Verdict::void_more_collected));
    BOOST_TEST((result.tally == Tally{0, 0, 0, 36}));
    BOOST_TEST((result.groups[0].tally == Tally{0, 0, 0, 7}));
    BOOST_TEST((street.replayed() == state_hash(street.state)));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_counted_by_group_is_refused)
{
    Street street;
    const auto refused = [&](const PrepareVote& command) {
        return code_of(street.attempt(street.secretary, command));
    };
    BOOST_TEST((refused(street.question(VoteMethod::hands)) == invalid_profile));
    BOOST_TEST((refused(street.question(VoteMethod::no_objection)) == invalid_profile));
    auto no_rooms = street.question(VoteMethod::paper);
    no_rooms.rooms.reset();
    BOOST_TEST((refused(no_rooms) == invalid_profile));
    auto other_rooms = street.question(VoteMethod::paper);
    other_rooms.rooms = {"正厅", "旁厅"};
    BOOST_TEST((refused(other_rooms) == invalid_profile));
    auto nobody = street.question(VoteMethod::console);
    (*nobody.profile.also_in)[0].group = "政协委员";
    BOOST_TEST((refused(nobody) == invalid_profile));
    auto both_kinds = street.question(VoteMethod::console);
    both_kinds.profile.groups = {"居民代表"};
    BOOST_TEST((refused(both_kinds) == invalid_profile));
    auto twice = street.question(VoteMethod::console);
    twice.profile.also_in->push_back(twice.profile.also_in->front());
    BOOST_TEST((refused(twice) == invalid_profile));

    // Consoles that fail cannot give way to hands, nor to ballots nobody would count by group.
    const auto id = street.open_on_paper(street.question(VoteMethod::console));
    street.act(street.chair, VoidVote{id, VoidReason::equipment_failure, ""});
    for (const auto by : {VoteMethod::hands, VoteMethod::paper})
        BOOST_TEST((code_of(street.attempt(street.chair, RetryVote{id, by})) == invalid_profile));
}

BOOST_AUTO_TEST_SUITE_END()
