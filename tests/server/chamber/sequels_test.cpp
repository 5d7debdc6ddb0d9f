#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(sequels_test)

using namespace plenum;
using namespace plenum::chamber;

// What others decide of an announced result: annulment, the approval of the body above, a tie, the oath.

namespace {

using enum RefusalCode;

struct Chamber : PollingHall {
    Chamber() : PollingHall(60) { begin(50); }

    VoteId announced(const PrepareVote& command, std::size_t approve = 40)
    {
        const VoteId id{act(secretary, command)};
        act(chair, opening(id));
        press(id, approve, 50 - approve, 0);
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
        return id;
    }

    PrepareVote appointment() const
    {
        auto command = prepare_command(motion());
        command.item.reset();
        command.personnel = PersonnelMatter{PersonnelAction::appoint, "王建国", "区人民检察院检察长"};
        return command;
    }

    /// Three stand for two places; two are equal at the second.
    VoteId tied(TieRule rule)
    {
        auto command = on_paper();
        BallotList list;
        list.list_kind = ListKind::differential_election;
        list.candidates = {{"甲", {}}, {"乙", {}}, {"丙", {}}};
        list.places = {2, over_half(), rule};
        list.ballot = {2, WriteIn::none, BlankMark::abstain};
        list.extra = CandidateNumber{1, 1, {"地方组织法", "第二十七条", "2022-03-11"}};
        command.list = list;
        approve_scrutineers();
        const auto id = open_on_paper(command);
        both(CountList{
            id, {50, 50, 0, {{"甲", 34, 16, 0, false}, {"乙", 32, 18, 0, false}, {"丙", 32, 18, 0, false}}}});
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
        return id;
    }

    bool is_replayed() { return replayed() == state_hash(state); }
};

} // namespace

BOOST_AUTO_TEST_CASE(an_announced_result_is_annulled_and_never_edited)
{
    Chamber hall;
    const auto id = hall.announced(hall.prepare_command(motion()));
    const auto before = *hall.vote(id).result;
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::decided));
    BOOST_TEST((code_of(hall.attempt(hall.chair, AnnulVote{id, "常委会", "贿选"})) == not_allowed));
    BOOST_TEST((code_of(hall.attempt(hall.secretary, AnnulVote{id, "", "贿选"})) == invalid_text));
    BOOST_TEST((code_of(hall.attempt(hall.secretary, AnnulVote{id, "常委会", ""})) == invalid_text));
    hall.act(hall.secretary, AnnulVote{id, "常委会", "贿选，选举法第五十八条"});

    BOOST_TEST((hall.vote(id).state == VoteState::annulled));
    BOOST_TEST(
        (hall.vote(id).result->tally == before.tally && hall.vote(id).result->outcome == before.outcome));
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::adopted)); // open again
    const auto view = view_vote(hall.state, id, Role::hall);
    BOOST_TEST_REQUIRE(view.sequel.annulled.has_value());
    BOOST_TEST(view.sequel.annulled->reason == "贿选，选举法第五十八条");
    BOOST_TEST(view.result.has_value());
    const auto sheet = result_sheet(hall.state, id, Role::auditor);
    BOOST_TEST((sheet.attempts.at(0).verdict == Verdict::passed));

    for (const Command& command :
         {Command{AnnulVote{id, "常委会", "再次"}}, Command{RecordApproval{id, true, "批复"}}})
        BOOST_TEST((code_of(hall.attempt(hall.secretary, command)) == wrong_state));
    for (const Command& command : {Command{VoidVote{id, VoidReason::disorder, ""}}, Command{RetryVote{id}}})
        BOOST_TEST((code_of(hall.attempt(hall.chair, command)) == wrong_state));
    BOOST_TEST(!hall.attempt(hall.secretary, hall.prepare_command(motion())).has_value()); // voted on anew
    BOOST_TEST(hall.is_replayed());
}

BOOST_AUTO_TEST_CASE(what_decided_nothing_or_carries_the_agenda_is_not_annulled)
{
    Chamber hall;
    const auto open = hall.open();
    BOOST_TEST((code_of(hall.attempt(hall.secretary, AnnulVote{open, "常委会", "理由"})) == wrong_state));
    hall.act(hall.chair, VoidVote{open, VoidReason::disorder, ""});

    const auto invalid = hall.open_on_paper(hall.on_paper());
    hall.both(CountBallots{invalid, {50, 51, 0, 40, 11, 0}});
    hall.act(hall.chair, CloseVote{invalid});
    hall.act(hall.chair, AnnounceVote{invalid});
    BOOST_TEST((code_of(hall.attempt(hall.secretary, AnnulVote{invalid, "常委会", "理由"})) == wrong_state));

    House house;
    house.open_sign_in();
    house.sign_in(0, 7);
    house.act(house.chair, OpenSitting{house.sitting_id});
    auto agenda = house.prepare_command(motion());
    agenda.item.reset();
    agenda.adopts_agenda = true;
    const VoteId adopted{house.act(house.secretary, agenda)};
    house.act(house.chair, OpenVote{adopted});
    house.press(adopted, 7, 0, 0);
    house.act(house.chair, CloseVote{adopted});
    house.act(house.chair, AnnounceVote{adopted});
    const auto refusal = house.attempt(house.secretary, AnnulVote{adopted, "常委会", "理由"});
    BOOST_TEST(says(refusal, "议程已据此通过", "agenda"));
}

BOOST_AUTO_TEST_CASE(scrutineers_go_with_the_vote_that_approved_them)
{
    Chamber hall;
    const auto by = hall.approve_scrutineers();
    hall.act(hall.secretary, AnnulVote{by, "主席团", "名单有误"});
    BOOST_TEST(!hall.state.meetings.at(hall.meeting).scrutineers_approved.has_value());
    BOOST_TEST(hall.is_replayed());
}

BOOST_AUTO_TEST_CASE(a_result_waits_for_the_body_above_also_after_the_meeting)
{
    Chamber hall;
    auto command = hall.appointment();
    command.approval_by = "市人大常委会";
    const auto id = hall.announced(command);
    const auto rejected = hall.announced(command, 20);
    BOOST_TEST(
        (code_of(hall.attempt(hall.secretary, RecordApproval{rejected, true, "批复"})) == wrong_state));
    const auto plain = hall.announced(hall.appointment());
    BOOST_TEST((code_of(hall.attempt(hall.secretary, RecordApproval{plain, true, "批复"})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.chair, TakeOath{hall.sitting_id, {id}})) == approval_pending));
    hall.act(hall.chair, TakeOath{hall.sitting_id, {plain}});
    BOOST_TEST((code_of(hall.attempt(hall.chair, TakeOath{hall.sitting_id, {plain}})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.chair, TakeOath{hall.sitting_id, {rejected}})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.chair, TakeOath{hall.sitting_id, {}})) == too_many));

    hall.act(hall.chair, CloseSitting{hall.sitting_id});
    hall.act(hall.secretary, CloseMeeting{hall.meeting});
    hall.act(hall.secretary, ArchiveMeeting{hall.meeting});
    BOOST_TEST((code_of(hall.attempt(hall.secretary, RecordApproval{id, true, ""})) == invalid_text));
    hall.act(hall.secretary, RecordApproval{id, false, "渝人常〔2026〕7号"});
    BOOST_TEST((code_of(hall.attempt(hall.secretary, RecordApproval{id, true, "另一文件"})) == wrong_state));
    hall.act(hall.secretary, AnnulVote{plain, "常委会", "任命违法"});
    const auto view = view_vote(hall.state, id, Role::hall);
    BOOST_TEST((view.sequel.approval && !view.sequel.approval->granted));
    BOOST_TEST(hall.is_replayed());
}

BOOST_AUTO_TEST_CASE(who_was_approved_takes_the_oath)
{
    Chamber hall;
    auto command = hall.appointment();
    command.approval_by = "市人大常委会";
    const auto granted = hall.announced(command);
    const auto refused = hall.announced(command);
    hall.act(hall.secretary, RecordApproval{granted, true, "批复"});
    hall.act(hall.secretary, RecordApproval{refused, false, "批复"});
    const auto refusal = hall.attempt(hall.chair, TakeOath{hall.sitting_id, {granted, refused}});
    BOOST_TEST(says(refusal, "未获批准", "not approved"));
    hall.act(hall.chair, TakeOath{hall.sitting_id, {granted}});
    BOOST_TEST(hall.vote(granted).sequel.oath_taken);
    auto removal = hall.appointment();
    removal.personnel->action = PersonnelAction::remove;
    const auto removed = hall.announced(removal);
    BOOST_TEST((code_of(hall.attempt(hall.chair, TakeOath{hall.sitting_id, {removed}})) == wrong_state));
    BOOST_TEST(hall.is_replayed());
}

BOOST_AUTO_TEST_CASE(the_presidium_decides_a_tie_where_the_rule_says_so)
{
    Chamber hall;
    const auto id = hall.tied(TieRule::presidium);
    BOOST_TEST((hall.vote(id).result->places->outcome.status == PlacesStatus::tie_for_presidium));
    const auto decide = [&](std::vector<std::string> names) {
        return hall.attempt(hall.chair, DecideTie{id, std::move(names), "主席团第四次会议", "经表决"});
    };
    BOOST_TEST((code_of(decide({})) == candidates_wrong));
    BOOST_TEST((code_of(decide({"甲"})) == candidates_wrong)); // has a place already
    BOOST_TEST((code_of(decide({"乙", "丙"})) == candidates_wrong));
    BOOST_TEST((code_of(decide({"丙", "丙"})) == candidates_wrong));
    BOOST_TEST((code_of(hall.attempt(hall.chair, DecideTie{id, {"丙"}, "", "抽签"})) == invalid_text));
    BOOST_TEST(!decide({"丙"}).has_value());
    BOOST_TEST((hall.vote(id).sequel.tie->names == std::vector<std::string>{"丙"}));
    BOOST_TEST((code_of(decide({"乙"})) == wrong_state)); // once
    hall.act(hall.chair, TakeOath{hall.sitting_id, {id}});
    BOOST_TEST(hall.is_replayed());

    Chamber other;
    const auto again = other.tied(TieRule::revote);
    const auto refusal = other.attempt(other.chair, DecideTie{again, {"丙"}, "主席团", "抽签"});
    BOOST_TEST((code_of(refusal) == wrong_state));
}

BOOST_AUTO_TEST_SUITE_END()
