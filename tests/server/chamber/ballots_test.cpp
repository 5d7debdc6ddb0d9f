#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(ballots_test)

using namespace plenum;
using namespace plenum::chamber;

// Ballots on paper: counted by tellers who must agree, room by room where rooms count by themselves.

namespace {

using enum RefusalCode;

/// Three rooms of a congress of 60, and what each of them counted.
struct Rooms : PollingHall {
    Rooms() : PollingHall(60, BodyKind::congress) { begin(58); }

    VoteId open_in_rooms()
    {
        auto command = on_paper();
        command.rooms = {"第一代表团", "第二代表团", "第三代表团"};
        return open_on_paper(command);
    }

    void count(VoteId vote, const char* room, const BallotsCount& ballots)
    {
        both(CountBallots{vote, ballots, room});
    }
};

GradesSheet satisfaction()
{
    GradesSheet sheet;
    sheet.objects = {"财政局", "教育局"};
    sheet.rule.grades = {{"满意", "satisfied"}, {"基本满意", "fairly"}, {"不满意", "dissatisfied"}};
    sheet.rule.verdicts = {{"satisfied", {"满意", "satisfied"}, {0, 1}, {1, 2, true, Base::all_members}}};
    return sheet;
}

} // namespace

BOOST_AUTO_TEST_CASE(worked_examples_of_a_secret_vote_on_paper)
{
    struct Row {
        const char* what;
        BallotsCount ballots;
        Verdict verdict;
        Tally tally;
    };
    const Row table[] = {
        {"33 issued, 18 of 35 for: dismissed", {33, 33, 0, 18, 12, 3}, Verdict::passed, {18, 12, 3, 0}},
        {"34 collected of 33: void", {33, 34, 0, 19, 12, 3}, Verdict::void_more_collected, {0, 0, 0, 33}},
        {"17 of 35: not dismissed", {33, 33, 0, 17, 16, 0}, Verdict::not_passed, {17, 16, 0, 0}},
        {"fewer came back", {33, 30, 0, 18, 10, 2}, Verdict::passed, {18, 10, 2, 3}},
        {"one of the eighteen invalid", {33, 33, 1, 17, 12, 3}, Verdict::not_passed, {17, 12, 3, 1}},
        {"nobody came for a ballot", {0, 0, 0, 0, 0, 0}, Verdict::not_passed, {0, 0, 0, 33}},
        {"a ballot nobody was given", {0, 1, 0, 1, 0, 0}, Verdict::void_more_collected, {0, 0, 0, 33}},
    };
    PollingHall committee(35);
    committee.begin(33);
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            const auto vote = committee.open_on_paper(committee.on_paper());
            committee.both(CountBallots{vote, row.ballots});
            const auto& result = committee.close(vote);
            BOOST_TEST((result.outcome.verdict == row.verdict));
            BOOST_TEST((result.tally == row.tally));
            BOOST_TEST((*result.ballots == row.ballots));
            committee.act(committee.chair, AnnounceVote{vote});
        }
    }
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(ballots_that_are_void_decide_nothing_and_are_cast_again)
{
    PollingHall committee(35);
    committee.begin(33);
    const auto first = committee.open(by_ballot());
    committee.both(CountBallots{first, {33, 34, 0, 20, 14, 0}});
    committee.close(first);
    BOOST_TEST((code_of(committee.attempt(committee.chair, RetryVote{first})) == wrong_state));
    committee.act(committee.chair, AnnounceVote{first});
    BOOST_TEST((committee.item(committee.item_id).state == ItemState::put_to_vote));
    const VoteId second{committee.act(committee.chair, RetryVote{first})};
    BOOST_TEST(committee.vote(second).attempt == 2U);
    BOOST_TEST((code_of(committee.attempt(committee.chair, RetryVote{first})) == wrong_state));
    committee.act(committee.chair, OpenVote{second});
    committee.both(CountBallots{second, {33, 33, 0, 20, 13, 0}});
    committee.close(second);
    committee.act(committee.chair, AnnounceVote{second});
    BOOST_TEST((code_of(committee.attempt(committee.chair, RetryVote{second})) == wrong_state));
    BOOST_TEST((committee.item(committee.item_id).state == ItemState::decided));
    BOOST_TEST((view_vote(committee.state, first, Role::hall).result->outcome.verdict ==
                Verdict::void_more_collected));
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(tellers_who_differ_are_named_with_the_figures_on_which_they_do)
{
    PollingHall committee(35);
    committee.begin(33);
    const auto vote = committee.open_on_paper(committee.on_paper());
    const Command close = CloseVote{vote};
    BOOST_TEST(says(committee.attempt(committee.chair, close), "须2人清点一致，已清点0人", "0 counted"));
    committee.act(committee.zhang, CountBallots{vote, {33, 33, 0, 18, 12, 3}});
    BOOST_TEST(says(committee.attempt(committee.chair, close), "已清点1人", "1 counted"));
    committee.act(committee.li, CountBallots{vote, {33, 33, 0, 17, 13, 3}});
    const auto refusal = committee.attempt(committee.chair, close);
    BOOST_TEST((code_of(refusal) == tellers_disagree));
    BOOST_TEST(says(refusal, "已清点2人；赞成：张三18、李四17；反对：张三12、李四13",
                    "; for: 张三 18, 李四 17; against: 张三 12, 李四 13"));
    BOOST_TEST(refusal->reason.zh.find("弃权") == std::string::npos);
    committee.act(committee.li, CountBallots{vote, {33, 33, 0, 18, 12, 3}});
    BOOST_TEST((committee.close(vote).outcome.verdict == Verdict::passed));
    BOOST_TEST((code_of(committee.attempt(committee.li, CountBallots{vote, {}})) == vote_not_open));
}

BOOST_AUTO_TEST_CASE(figures_of_ballots_that_cannot_be_are_refused)
{
    PollingHall committee(35);
    committee.begin(33);
    const auto vote = committee.open_on_paper(committee.on_paper());
    const auto refused = [&](const BallotsCount& ballots) {
        return committee.attempt(committee.zhang, CountBallots{vote, ballots});
    };
    const auto sum = refused({33, 33, 0, 18, 12, 2});
    BOOST_TEST((code_of(sum) == ballots_wrong));
    BOOST_TEST(says(sum, "合计32张，收回33张", "32 for, against, abstaining and invalid, of 33"));
    BOOST_TEST(says(refused({34, 33, 0, 18, 12, 3}), "发出34张，出席33人", "34 given out to 33 members"));
    const auto most = std::numeric_limits<std::uint32_t>::max();
    BOOST_TEST((code_of(refused({33, most, 0, most, 0, 0})) == ballots_wrong));
    BOOST_TEST((code_of(refused({33, 1, 0, most, 1, 1})) == ballots_wrong));
    BOOST_TEST((code_of(committee.attempt(committee.zhang, CountHands{vote, {1, 0, 0}})) == wrong_state));
    BOOST_TEST((code_of(committee.attempt(committee.zhang, CountList{vote, {}})) == wrong_state));
    BOOST_TEST((code_of(committee.attempt(committee.zhang, CountGrades{vote, {}})) == wrong_state));
    BOOST_TEST(
        (code_of(committee.attempt(committee.zhang, CountBallots{vote, {}, "一处"})) == no_such_record));
    BOOST_TEST((code_of(committee.attempt(committee.chair, CountBallots{vote, {}})) == not_allowed));
    const auto press = committee.attempt(committee.members.at(0), CastVote{vote, Choice::approve});
    BOOST_TEST((code_of(press) == vote_not_open));
    BOOST_TEST(says(press, "本次表决以票进行", "by ballots on paper"));

    committee.act(committee.chair, VoidVote{vote, VoidReason::disorder, ""});
    const auto console = committee.open(motion());
    BOOST_TEST((code_of(committee.attempt(committee.zhang, CountBallots{console, {}})) == wrong_state));
}

BOOST_AUTO_TEST_CASE(rooms_count_by_themselves_and_add_up)
{
    Rooms congress;
    const auto vote = congress.open_in_rooms();
    congress.count(vote, "第一代表团", {20, 20, 0, 15, 5, 0});
    congress.count(vote, "第三代表团", {18, 17, 1, 10, 4, 2});
    const auto missing = congress.attempt(congress.chair, CloseVote{vote});
    BOOST_TEST((code_of(missing) == tellers_disagree));
    BOOST_TEST(says(missing, "第二代表团：须2人清点一致，已清点0人", "第二代表团: 2 must agree"));
    congress.count(vote, "第二代表团", {20, 20, 0, 12, 6, 2});
    const auto& result = congress.close(vote);
    BOOST_TEST((*result.ballots == BallotsCount{58, 57, 1, 37, 15, 4}));
    BOOST_TEST((result.tally == Tally{37, 15, 4, 2}));
    BOOST_TEST((result.outcome.verdict == Verdict::passed));
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(a_count_of_all_must_be_what_the_rooms_add_up_to)
{
    Rooms congress;
    const auto vote = congress.open_in_rooms();
    congress.count(vote, "第一代表团", {20, 20, 0, 15, 5, 0});
    congress.count(vote, "第二代表团", {20, 20, 0, 12, 6, 2});
    congress.count(vote, "第三代表团", {18, 17, 1, 10, 4, 2});
    congress.act(congress.zhang, CountBallots{vote, {58, 57, 1, 38, 14, 4}});
    BOOST_TEST((code_of(congress.attempt(congress.chair, CloseVote{vote})) == tellers_disagree));
    congress.act(congress.li, CountBallots{vote, {58, 57, 1, 38, 14, 4}});
    const auto refusal = congress.attempt(congress.chair, CloseVote{vote});
    BOOST_TEST((code_of(refusal) == rooms_differ)); // PE-25
    BOOST_TEST(says(refusal, "赞成：总数38、各处之和37；反对：总数14、各处之和15",
                    "for: all 38, rooms 37; against: all 14, rooms 15"));
    congress.both(CountBallots{vote, {58, 57, 1, 37, 15, 4}});
    BOOST_TEST((congress.close(vote).tally == Tally{37, 15, 4, 2}));
}

BOOST_AUTO_TEST_CASE(more_ballots_than_members_in_all_rooms_together_do_not_close)
{
    Rooms congress;
    const auto vote = congress.open_in_rooms();
    for (const auto* room : {"第一代表团", "第二代表团", "第三代表团"})
        congress.count(vote, room, {20, 20, 0, 20, 0, 0});
    const auto refusal = congress.attempt(congress.chair, CloseVote{vote});
    BOOST_TEST((code_of(refusal) == ballots_wrong));
    BOOST_TEST(says(refusal, "发出60张，出席58人", "60 given out to 58"));
}

BOOST_AUTO_TEST_CASE(so_few_ballots_that_they_would_tell_are_not_counted_alone)
{
    Rooms congress;
    const auto vote = congress.open_in_rooms();
    const auto count = [&](const BallotsCount& ballots) {
        return congress.attempt(congress.zhang, CountBallots{vote, ballots, "第一代表团"});
    };
    BOOST_TEST(says(count({9, 9, 0, 9, 0, 0}), "收回9张，少于10张", "9 came back, fewer than 10"));
    BOOST_TEST((code_of(count({9, 9, 0, 9, 0, 0})) == room_too_small));
    BOOST_TEST(!count({10, 10, 0, 9, 1, 0}).has_value());
    BOOST_TEST(!count({0, 0, 0, 0, 0, 0}).has_value()); // mixed with another's, which says nothing
    BOOST_TEST(
        (code_of(congress.attempt(congress.zhang, CountBallots{vote, {}, "第四代表团"})) == no_such_record));
}

BOOST_AUTO_TEST_CASE(what_single_rooms_and_tellers_counted_is_for_the_chair_and_the_tellers)
{
    Rooms congress;
    const auto vote = congress.open_in_rooms();
    congress.count(vote, "第一代表团", {20, 20, 0, 15, 5, 0});
    for (const auto role : {Role::chair, Role::teller, Role::hall, Role::delegate, Role::operator_,
                            Role::secretary, Role::observer}) {
        const auto view = view_vote(congress.state, vote, role);
        BOOST_TEST_REQUIRE(view.ballots.has_value());
        const bool in_full = role == Role::chair || role == Role::teller;
        BOOST_TEST(view.ballots->counted.size() == (in_full ? 2U : 0U));
        BOOST_TEST(view.ballots->missing.has_value() == in_full);
        BOOST_TEST(view.ballots->electors == 58U);
        BOOST_TEST(view.ballots->rooms.size() == 3U);
        BOOST_TEST(!view.ballots->agreed);
        BOOST_TEST(!view.received.has_value());
    }
    const auto chair = view_vote(congress.state, vote, Role::chair).ballots->counted.at(0);
    BOOST_TEST(chair.name == "张三");
    BOOST_TEST((chair.room == "第一代表团" && chair.ballots == BallotsCount{20, 20, 0, 15, 5, 0}));
    congress.count(vote, "第二代表团", {20, 20, 0, 12, 6, 2});
    congress.count(vote, "第三代表团", {18, 17, 1, 10, 4, 2});
    BOOST_TEST(view_vote(congress.state, vote, Role::hall).ballots->agreed);
    congress.close(vote);
    // Once it is closed only the sums are left, for everybody.
    for (const auto role : {Role::chair, Role::teller, Role::hall}) {
        const auto view = view_vote(congress.state, vote, role);
        BOOST_TEST(view.ballots->counted.empty());
        BOOST_TEST((*view.result->ballots == BallotsCount{58, 57, 1, 37, 15, 4}));
    }
}

BOOST_AUTO_TEST_CASE(how_many_ballots_there_are_is_told_once_every_room_agrees)
{
    Rooms congress;
    const auto vote = congress.open_in_rooms();
    const auto box = [&](Role role) { return view_vote(congress.state, vote, role).ballots->box; };
    congress.count(vote, "第一代表团", {20, 20, 0, 15, 5, 0});
    congress.count(vote, "第二代表团", {20, 19, 1, 10, 8, 0});
    BOOST_TEST(!box(Role::chair).has_value());
    congress.count(vote, "第三代表团", {18, 18, 0, 18, 0, 0});
    BOOST_TEST_REQUIRE(box(Role::chair).has_value());
    BOOST_TEST((box(Role::chair)->issued == 58U && box(Role::chair)->collected == 57U));
    for (const auto role : {Role::delegate, Role::hall, Role::observer, Role::secretary})
        BOOST_TEST(!box(role).has_value());
    congress.close(vote);
    BOOST_TEST(!box(Role::chair).has_value()); // From then on the result has it.
}

BOOST_AUTO_TEST_CASE(a_vote_says_what_it_needs_before_it_opens)
{
    PollingHall committee(35);
    committee.begin(33);
    auto rule = by_ballot();
    rule.min_participation = Threshold{1, 2, true, Base::all_members};
    const auto view_of = [&](const PrepareVote& command) {
        return view_vote(committee.state, VoteId{committee.act(committee.secretary, command)}, Role::chair);
    };
    const auto of_all = view_of(committee.on_paper(rule));
    BOOST_TEST((of_all.majority == rule.majority && of_all.needed == 18U));
    BOOST_TEST((of_all.participation == rule.min_participation && of_all.participation_needed == 18U));

    rule.majority.base = rule.min_participation->base = Base::present;
    const auto of_present = view_of(committee.on_paper(rule));
    BOOST_TEST((of_present.majority == rule.majority && of_present.needed == 0U));
    BOOST_TEST((of_present.participation == rule.min_participation && of_present.participation_needed == 0U));

    auto graded_rule = rule;
    graded_rule.min_participation.reset();
    auto graded = committee.on_paper(graded_rule);
    graded.grades = satisfaction();
    const auto of_grades = view_of(graded);
    BOOST_TEST((!of_grades.majority && !of_grades.participation && of_grades.needed == 0U));
}

BOOST_AUTO_TEST_CASE(consoles_that_fail_give_way_to_ballots_in_the_same_vote)
{
    PollingHall committee(35);
    committee.begin(33);
    auto timed = motion();
    timed.close = ClosePolicy::timer;
    const auto first = committee.open(timed);
    committee.press(first, 2, 0, 0);
    committee.act(committee.chair, VoidVote{first, VoidReason::equipment_failure, "表决系统故障"});
    const VoteId second{committee.act(committee.chair, RetryVote{first, VoteMethod::paper})};
    BOOST_TEST((committee.vote(second).profile.close == ClosePolicy::timer_then_chair));
    committee.act(committee.chair, OpenVote{second});
    BOOST_TEST(committee.vote(second).by_hands.empty());
    committee.both(CountBallots{second, {33, 33, 0, 18, 15, 0}});
    BOOST_TEST((committee.close(second).outcome.verdict == Verdict::passed));
    // The attempt that failed stays as it was.
    BOOST_TEST((committee.vote(first).state == VoteState::voided));
    BOOST_TEST(committee.vote(first).presses.size() == 2U);
    BOOST_TEST(
        (code_of(committee.attempt(committee.chair, RetryVote{second, VoteMethod::hands})) == wrong_state));
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(a_pause_puts_the_ballots_back_in_their_boxes)
{
    PollingHall committee(35);
    committee.begin(33);
    const auto vote = committee.open_on_paper(committee.on_paper());
    committee.both(CountBallots{vote, {33, 33, 0, 18, 12, 3}});
    committee.act(committee.chair, HoldVote{vote, "重新清点"});
    committee.act(committee.chair, ResumeVote{vote});
    BOOST_TEST((code_of(committee.attempt(committee.chair, CloseVote{vote})) == tellers_disagree));
    committee.both(CountBallots{vote, {33, 33, 0, 17, 13, 3}});
    BOOST_TEST((committee.close(vote).outcome.verdict == Verdict::not_passed));
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(shares_of_ballots_are_of_those_that_came_back_or_are_valid)
{
    PollingHall committee(35);
    committee.begin(33);
    const auto verdict = [&](Base base, const BallotsCount& ballots, std::optional<Threshold> least = {}) {
        auto rule = by_ballot();
        rule.majority.base = base;
        rule.min_participation = least;
        const auto vote = committee.open_on_paper(committee.on_paper(rule));
        committee.both(CountBallots{vote, ballots});
        const auto outcome = committee.close(vote).outcome;
        committee.act(committee.chair, AnnounceVote{vote});
        return outcome;
    };
    const BallotsCount ballots{33, 30, 4, 14, 10, 2};
    BOOST_TEST((verdict(Base::ballots, ballots).verdict == Verdict::not_passed)); // 14 of 30
    BOOST_TEST((verdict(Base::cast, ballots).verdict == Verdict::not_passed));
    BOOST_TEST((verdict(Base::valid, ballots).verdict == Verdict::passed)); // 14 of 26
    BOOST_TEST((verdict(Base::for_and_against, ballots).findings.at(0).base == 24U));
    BOOST_TEST((verdict(Base::present, ballots).findings.at(0).base == 33U));
    // Who gave an invalid ballot took part.
    const auto enough = verdict(Base::valid, {33, 18, 4, 14, 0, 0}, over_half());
    BOOST_TEST((enough.verdict == Verdict::passed && enough.participation->have == 18U));
    const auto few = verdict(Base::valid, {33, 17, 0, 17, 0, 0}, over_half());
    BOOST_TEST((few.verdict == Verdict::invalid_low_participation));
}

BOOST_AUTO_TEST_CASE(rules_that_ballots_cannot_follow_are_not_written_down)
{
    PollingHall committee(35);
    committee.begin(33);
    const auto refused = [&](auto change) {
        auto command = committee.on_paper();
        change(command);
        return code_of(committee.attempt(committee.secretary, command));
    };
    BOOST_TEST((refused([](auto& c) { c.profile.groups = {"一组"}; }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) { c.profile.close = ClosePolicy::timer; }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) { c.rooms = {"一处"}; }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) { c.rooms = {"一处", "一处"}; }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) { c.rooms = {"一处", ""}; }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) {
                    c.rooms = {"一处", "二处"};
                    c.profile.method = VoteMethod::console;
                    c.profile.secrecy = Secrecy::named;
                }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) { c.profile.method = VoteMethod::console; }) == election_key_missing));
    BOOST_TEST((refused([](auto& c) { c.profile.method = VoteMethod::hands; }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) {
                    c.grades = satisfaction();
                    c.profile.min_participation = over_half();
                }) == invalid_profile));
    BOOST_TEST((refused([](auto& c) {
                    c.grades = satisfaction();
                    c.grades->objects.push_back("财政局");
                }) == invalid_profile));
}

BOOST_AUTO_TEST_CASE(an_objection_does_not_lead_to_ballots)
{
    PollingHall committee(35);
    committee.begin(33);
    auto silent = motion();
    silent.method = VoteMethod::no_objection;
    const auto vote = committee.open(silent);
    committee.act(committee.chair, RecordObjection{vote});
    const auto refusal = committee.attempt(committee.chair, SwitchVoteMethod{vote, VoteMethod::paper});
    BOOST_TEST((code_of(refusal) == wrong_state));
    BOOST_TEST(says(refusal, "请另行准备表决", "prepare another vote"));
}

BOOST_AUTO_TEST_CASE(each_object_is_graded_by_itself)
{
    PollingHall committee(35);
    committee.begin(31);
    auto command = committee.on_paper();
    command.grades = satisfaction();
    const auto vote = committee.open_on_paper(command);
    const auto refused = [&](const GradesCount& grades) {
        return code_of(committee.attempt(committee.zhang, CountGrades{vote, grades}));
    };
    BOOST_TEST((refused({31, 31, {{"财政局", {22, 7, 1}, 1}}}) == ballots_wrong));
    BOOST_TEST((refused({31, 31, {{"教育局", {22, 7, 1}, 1}, {"财政局", {17, 10, 4}, 0}}}) == ballots_wrong));
    BOOST_TEST((refused({31, 31, {{"财政局", {22, 7, 1}, 0}, {"教育局", {17, 10, 4}, 0}}}) == ballots_wrong));
    BOOST_TEST((refused({31, 31, {{"财政局", {22, 8}, 1}, {"教育局", {17, 10, 4}, 0}}}) == ballots_wrong));
    // S-02 and S-03.
    const GradesCount grades{31, 31, {{"财政局", {22, 7, 1}, 1}, {"教育局", {11, 6, 14}, 0}}};
    committee.both(CountGrades{vote, grades});
    const auto& result = committee.close(vote);
    BOOST_TEST((result.outcome.verdict == Verdict::counted));
    BOOST_TEST((result.tally == Tally{0, 0, 0, 31}));
    BOOST_TEST_REQUIRE(result.grades.has_value());
    BOOST_TEST((result.grades->counted == grades));
    BOOST_TEST(result.grades->outcomes.at(0).valid == 30U);
    BOOST_TEST(result.grades->outcomes.at(0).per_mille.at(0) == 733U);
    BOOST_TEST(result.grades->outcomes.at(0).verdict == "satisfied");
    BOOST_TEST(result.grades->outcomes.at(1).verdict.empty()); // 17 of 35
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(more_sheets_than_were_given_out_grade_nothing)
{
    PollingHall committee(35);
    committee.begin(31);
    auto command = committee.on_paper();
    command.grades = satisfaction();
    const auto vote = committee.open_on_paper(command);
    committee.both(CountGrades{vote, {30, 31, {{"财政局", {31, 0, 0}, 0}, {"教育局", {31, 0, 0}, 0}}}});
    const auto& result = committee.close(vote);
    BOOST_TEST((result.outcome.verdict == Verdict::void_more_collected));
    BOOST_TEST(result.grades->outcomes.empty());
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_of_ballots)
{
    auto rule = by_ballot();
    const auto words = describe_rule(rule, 35, 33);
    BOOST_TEST(words.zh == "全体组成人员35人，赞成过半数即至少18人为通过；弃权和未投有效票均不计入赞成。"
                           "无记名投票，由2名计票人分别清点并取得一致；收回的票多于发出的，投票无效。"
                           "由主持人宣布结束。");
    BOOST_TEST(
        words.en ==
        "Of all 35 members, more than half, that is at least 18, must approve; abstaining and giving no "
        "valid ballot do not count as approval. By secret ballot on paper; 2 tellers count and must "
        "agree; if more come back than were given out, all are void. The chair closes the vote.");
    rule.majority.base = Base::valid;
    BOOST_TEST(describe_rule(rule, 35, 33).zh.starts_with("有效票，赞成过半数为通过；弃权计入基数"));
    rule.majority.base = Base::ballots;
    BOOST_TEST(
        describe_rule(rule, 35, 33).zh.starts_with("收回的票，赞成过半数为通过；弃权票和无效票均计入基数"));
    const auto grades = describe_grades(by_ballot(), satisfaction(), 35);
    BOOST_TEST(
        grades.zh.starts_with("对2项分别测评：满意、基本满意、不满意，每项只选一档，未选或多选的该项无效。"
                              "全体组成人员35人，满意与基本满意过半数的为满意。"));
}

BOOST_AUTO_TEST_SUITE_END()
