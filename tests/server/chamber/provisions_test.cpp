#include "server/chamber/queries.hpp"
#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(provisions)

using namespace plenum;
using namespace plenum::chamber;

// What a rule provides for lists and grades, and for consoles that fail, as those who prepare and conduct a
// vote meet it.

namespace {

using enum RefusalCode;

RuleProfile election_rule()
{
    auto rule = by_ballot();
    rule.id = "test.election";
    ListProvisions provided;
    provided.kinds.emplace({ListKind::equal_election, ListKind::differential_election});
    provided.by.emplace(PlacesBy::majority);
    provided.tie.emplace(TieRule::revote);
    provided.shortfall.emplace(Shortfall::left_empty);
    provided.write_in.emplace(WriteIn::requires_opposition);
    provided.scrutineers_min.emplace(3U);
    rule.list = provided;
    return rule;
}

BallotList two_for_one()
{
    BallotList list;
    list.list_kind = ListKind::differential_election;
    list.candidates = {{"甲", {}}, {"乙", {}}};
    list.places = {1, Threshold{1, 2, true, Base::all_members}, TieRule::revote, Shortfall::left_empty};
    list.ballot = {1, WriteIn::requires_opposition, BlankMark::abstain};
    list.extra = CandidateNumber{1, 1, {"地方组织法", "27", "2022-03-11"}};
    return list;
}

struct Town : PollingHall {
    Town() : PollingHall(52, BodyKind::congress) { begin(48); }

    PrepareVote election(const BallotList& list) const
    {
        auto command = on_paper(election_rule());
        command.list = list;
        return command;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_list_that_is_not_as_the_rule_provides_is_not_written_down)
{
    Town town;
    BOOST_TEST(!town.attempt(town.secretary, town.election(two_for_one())).has_value());
    auto list = two_for_one();
    list.places.tie = TieRule::presidium;
    BOOST_TEST(says(town.attempt(town.secretary, town.election(list)), "末位票数相等另有规定",
                    "otherwise for a tie"));
    list = two_for_one();
    list.ballot.write_in = WriteIn::allowed;
    BOOST_TEST((code_of(town.attempt(town.secretary, town.election(list))) == invalid_profile));
    auto motion = town.on_paper(election_rule());
    BOOST_TEST(says(town.attempt(town.secretary, motion), "规则用于名单", "the rule is for lists"));
}

BOOST_AUTO_TEST_CASE(grades_are_those_of_the_rule)
{
    Town town;
    auto rule = by_ballot();
    rule.grades = GradesRule{{{"满意", "satisfied"}, {"不满意", "unsatisfied"}}, {}, Rounding::half_up};
    auto command = town.on_paper(rule);
    command.grades = GradesSheet{{"区民政局"}, *rule.grades};
    BOOST_TEST(!town.attempt(town.secretary, command).has_value());
    command.grades->rule.grades.push_back({"不了解", "unfamiliar"});
    BOOST_TEST(says(town.attempt(town.secretary, command), "档次", "provides the grades"));
}

BOOST_AUTO_TEST_CASE(an_election_opens_under_as_many_scrutineers_as_the_rule_provides)
{
    Town town;
    town.approve_scrutineers(0, 2);
    const VoteId id{town.act(town.secretary, town.election(two_for_one()))};
    BOOST_TEST(says(town.attempt(town.chair, town.opening(id)), "至少3名", "at least 3"));
    town.approve_scrutineers(0, 3);
    BOOST_TEST(!town.attempt(town.chair, town.opening(id)).has_value());
}

BOOST_AUTO_TEST_CASE(a_seat_nobody_won_stays_empty_where_the_rule_says_so)
{
    Town town;
    town.approve_scrutineers(0, 3);
    const auto id = town.open_on_paper(town.election(two_for_one()));
    town.both(CountList{id, {48, 48, 0, {{"甲", 24, 24, 0, false}, {"乙", 20, 28, 0, false}}}});
    const auto& outcome = town.close(id).places->outcome;
    BOOST_TEST((outcome.status == PlacesStatus::shortfall_left_empty && outcome.unfilled == 1U));
    town.act(town.chair, AnnounceVote{id});
    auto separate = two_for_one();
    separate.list_kind = ListKind::separate_election;
    separate.follows = id;
    const auto refusal = town.attempt(town.secretary, town.election(separate));
    BOOST_TEST((code_of(refusal) == not_called_for));
    BOOST_TEST(says(refusal, "不满的名额空缺", "stay empty"));
}

BOOST_AUTO_TEST_CASE(consoles_that_fail_give_way_to_what_the_rule_provides)
{
    Town town;
    for (const auto& [provided, other, zh] :
         {std::tuple{VoteMethod::hands, VoteMethod::paper, "改为举手表决"},
          std::tuple{VoteMethod::paper, VoteMethod::hands, "改为投票"}}) {
        auto rule = motion();
        rule.fallback.emplace(provided);
        auto command = town.prepare_command(rule);
        command.item.reset();
        const VoteId id{town.act(town.secretary, command)};
        town.act(town.chair, OpenVote{id});
        town.act(town.chair, VoidVote{id, VoidReason::equipment_failure, "断电"});
        BOOST_TEST(says(town.attempt(town.chair, RetryVote{id, other}), zh, "by the rule"));
        const VoteId again{town.act(town.chair, RetryVote{id, provided})};
        BOOST_TEST((town.vote(again).profile.method == provided));
        BOOST_TEST(!check_profile(town.vote(again).profile).has_value());
        BOOST_TEST(!town.vote(again).profile.fallback.has_value());
        town.act(town.chair, VoidVote{again, VoidReason::withdrawn, ""});
    }
}

BOOST_AUTO_TEST_CASE(screens_are_told_which_figures_are_announced)
{
    Town town;
    auto rule = election_rule();
    rule.list->announcement.emplace(ListAnnouncement::chosen_only);
    auto command = town.on_paper(rule);
    command.list = two_for_one();
    const VoteId id{town.act(town.secretary, command)};
    const auto view = view_vote(town.state, id, Role::hall);
    BOOST_TEST((view.announcement == ListAnnouncement::chosen_only));
    BOOST_TEST(view.rule.zh.find("只宣布入选者") != std::string::npos);
    BOOST_TEST(view.rule.zh.find("不满的名额空缺") != std::string::npos);
    auto pressed = motion();
    pressed.not_pressed.emplace(NotPressedDisplay::not_shown);
    pressed.fallback.emplace(VoteMethod::hands);
    auto plain = town.prepare_command(pressed);
    plain.item.reset();
    const auto shown = view_vote(town.state, VoteId{town.act(town.secretary, plain)}, Role::hall);
    BOOST_TEST((shown.not_pressed == NotPressedDisplay::not_shown && shown.fallback == VoteMethod::hands));
    BOOST_TEST(shown.rule.zh.find("表决器故障的，改为举手表决") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
