#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(silence_test)

using namespace plenum;
using namespace plenum::chamber;

// Adoption without objection, the objection that ends it, and the agenda as what is put to the vote.

namespace {

using enum RefusalCode;

RefusalCode code_of(const std::optional<Refusal>& refusal)
{
    BOOST_TEST_REQUIRE(refusal.has_value());
    return refusal->code;
}

RuleProfile silent()
{
    auto rule = motion();
    rule.method = VoteMethod::no_objection;
    return rule;
}

/// A house with two tellers, in session, whose agenda nobody has adopted yet.
struct Hall : House {
    Actor zhang;
    Actor li;

    explicit Hall(std::size_t size = 7, std::size_t present = 6) : House(size)
    {
        zhang = appoint(Role::teller, body);
        li = appoint(Role::teller, body);
        open_sign_in();
        sign_in(0, present);
        act(chair, OpenSitting{sitting_id});
    }

    VoteId open_on(const RuleProfile& rule)
    {
        const auto vote_id = prepare(rule, std::nullopt);
        act(chair, OpenVote{vote_id});
        return vote_id;
    }

    PrepareVote agenda_vote(const RuleProfile& rule) const
    {
        auto command = prepare_command(rule);
        command.item.reset();
        command.title = "会议议程(草案)";
        command.adopts_agenda = true;
        return command;
    }

    VoteId open_agenda(const RuleProfile& rule)
    {
        const VoteId vote_id{act(secretary, agenda_vote(rule))};
        act(chair, OpenVote{vote_id});
        return vote_id;
    }

    void both_count(VoteId vote_id, HandsCount hands)
    {
        act(zhang, CountHands{vote_id, hands});
        act(li, CountHands{vote_id, hands});
    }

    Event event_from_end(std::size_t back) const
    {
        return decode_entry(entries.at(entries.size() - 1 - back))->event;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(nobody_objects_and_it_is_adopted_without_figures)
{
    Hall hall(35, 31);
    const auto vote = hall.open_on(silent());
    hall.act(hall.chair, CloseVote{vote});
    const auto& result = *hall.vote(vote).result;
    BOOST_TEST((result.tally == Tally{0, 0, 0, 31}));
    BOOST_TEST(!result.hands.has_value());
    BOOST_TEST((result.outcome == outcome_without_objection()));
    hall.act(hall.chair, AnnounceVote{vote});
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(one_objection_leads_to_hands_and_30_of_35_pass)
{
    Hall hall(35, 33);
    const auto vote = hall.open_on(silent());
    hall.act(hall.members.at(4), ObjectToVote{vote});
    BOOST_TEST((code_of(hall.attempt(hall.chair, CloseVote{vote})) == objection_open));
    hall.act(hall.chair, SwitchVoteMethod{vote, VoteMethod::hands});
    BOOST_TEST(hall.vote(vote).by_hands.size() == 33U);
    BOOST_TEST((code_of(hall.attempt(hall.chair, CloseVote{vote})) == tellers_disagree));
    hall.both_count(vote, {30, 1, 0});
    hall.act(hall.chair, CloseVote{vote});
    const auto& result = *hall.vote(vote).result;
    BOOST_TEST((result.tally == Tally{30, 1, 0, 2}));
    BOOST_TEST((result.outcome.verdict == Verdict::passed));
    BOOST_TEST(result.outcome.findings.at(0).need == 18U);
    BOOST_TEST(view_vote(hall.state, vote, Role::hall).objections == 1U);
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(after_an_objection_consoles_decide_and_members_by_video_raise_their_hands)
{
    Hall hall(7, 4);
    hall.act(hall.operator_, SignInFor{hall.sitting_id, *hall.members.at(4).person, AttendanceMode::remote});
    const auto vote = hall.open_on(silent());
    BOOST_TEST(std::get<VoteOpened>(hall.event_from_end(0)).by_hands == 1U);
    // Nobody raises a hand yet.
    BOOST_TEST(!view_vote(hall.state, vote, Role::chair).hands.has_value());
    BOOST_TEST(view_me(hall.state, hall.members.at(4)).by_hands.empty());
    BOOST_TEST((code_of(hall.attempt(hall.zhang, CountHands{vote, {1, 0, 0}})) == wrong_state));
    const auto press = hall.attempt(hall.members.at(0), CastVote{vote, Choice::approve});
    BOOST_TEST((code_of(press) == vote_not_open));
    BOOST_TEST(press->reason.zh.find("正在征求异议") != std::string::npos);

    hall.act(hall.members.at(4), ObjectToVote{vote}); // by video one may object, too
    hall.act(hall.chair, SwitchVoteMethod{vote, VoteMethod::console});
    BOOST_TEST((view_vote(hall.state, vote, Role::chair).vote_method == VoteMethod::console));
    BOOST_TEST((view_me(hall.state, hall.members.at(4)).by_hands == std::vector{vote}));
    BOOST_TEST((code_of(hall.attempt(hall.members.at(4), CastVote{vote, Choice::approve})) == not_in_person));
    hall.press(vote, 3, 1, 0);
    hall.both_count(vote, {1, 0, 0});
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST((hall.vote(vote).result->tally == Tally{4, 1, 0, 0}));
    BOOST_TEST((hall.vote(vote).result->outcome.verdict == Verdict::passed));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(members_object_once_for_themselves_and_the_chair_records_what_the_hall_says)
{
    Hall hall;
    const auto vote = hall.prepare(silent(), std::nullopt);
    BOOST_TEST((code_of(hall.attempt(hall.members.at(0), ObjectToVote{vote})) == vote_not_open));
    hall.act(hall.chair, OpenVote{vote});
    BOOST_TEST(
        (code_of(hall.attempt(hall.chair, SwitchVoteMethod{vote, VoteMethod::hands})) == no_objection_yet));
    const auto late = hall.members.at(6);
    BOOST_TEST((code_of(hall.attempt(late, ObjectToVote{vote})) == not_signed_in));
    hall.act(late, SignIn{hall.sitting_id});
    BOOST_TEST((code_of(hall.attempt(late, ObjectToVote{vote})) == not_in_electorate));
    BOOST_TEST((code_of(hall.attempt(hall.chair, ObjectToVote{vote})) == not_allowed));
    BOOST_TEST((code_of(hall.attempt(hall.members.at(0), RecordObjection{vote})) == not_allowed));

    hall.act(hall.members.at(0), ObjectToVote{vote});
    BOOST_TEST((code_of(hall.attempt(hall.members.at(0), ObjectToVote{vote})) == nothing_to_do));
    BOOST_TEST((view_me(hall.state, hall.members.at(0)).objected == std::vector{vote}));
    hall.act(hall.chair, RecordObjection{vote});
    hall.act(hall.chair, RecordObjection{vote});
    BOOST_TEST(hall.vote(vote).objections == 3U);

    hall.act(hall.chair, HoldVote{vote, "检查设备"});
    BOOST_TEST((code_of(hall.attempt(hall.members.at(1), ObjectToVote{vote})) == vote_held));
    BOOST_TEST((code_of(hall.attempt(hall.chair, SwitchVoteMethod{vote, VoteMethod::hands})) == vote_held));
    hall.act(hall.chair, ResumeVote{vote});
    BOOST_TEST((code_of(hall.attempt(hall.chair, SwitchVoteMethod{vote, VoteMethod::no_objection})) ==
                nothing_to_do));
    hall.act(hall.chair, SwitchVoteMethod{vote, VoteMethod::console});
    BOOST_TEST((code_of(hall.attempt(hall.chair, SwitchVoteMethod{vote, VoteMethod::hands})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.members.at(1), ObjectToVote{vote})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.chair, RecordObjection{vote})) == wrong_state));
    hall.press(vote, 5, 0, 0);
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST((hall.vote(vote).result->tally == Tally{5, 0, 0, 1}));
}

BOOST_AUTO_TEST_CASE(consoles_that_fail_after_an_objection_give_way_to_hands)
{
    Hall hall;
    const auto vote = hall.open_on(silent());
    hall.act(hall.chair, RecordObjection{vote});
    hall.act(hall.chair, SwitchVoteMethod{vote, VoteMethod::console});
    hall.act(hall.chair, VoidVote{vote, VoidReason::equipment_failure, ""});
    const VoteId again{hall.act(hall.chair, RetryVote{vote, VoteMethod::hands})};
    BOOST_TEST((hall.vote(again).method == VoteMethod::hands));
}

BOOST_AUTO_TEST_CASE(the_vote_on_the_agenda_adopts_it_in_the_same_breath)
{
    Hall hall;
    hall.act(hall.secretary, AddItem{hall.meeting, "关于人事任免的议案"});
    const auto vote = hall.open_agenda(silent());
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST(std::holds_alternative<VoteClosed>(hall.event_from_end(2)));
    BOOST_TEST(std::holds_alternative<VoteDecided>(hall.event_from_end(1)));
    const auto adopted = std::get<AgendaAdopted>(hall.event_from_end(0));
    BOOST_TEST((adopted.by == vote));
    BOOST_TEST((adopted.sitting == hall.sitting_id));
    BOOST_TEST(adopted.items == 2U);
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::adopted));
    // It cannot be undone by declaring the vote void.
    BOOST_TEST((code_of(hall.attempt(hall.chair, VoidVote{vote, VoidReason::disorder, ""})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.secretary, hall.agenda_vote(silent()))) == wrong_state));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(an_agenda_that_is_voted_down_stays_a_draft_and_is_tried_again)
{
    Hall hall;
    const auto vote = hall.open_agenda(motion());
    hall.press(vote, 3, 3, 0);
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST(std::holds_alternative<VoteDecided>(hall.event_from_end(0)));
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::draft));
    hall.act(hall.chair, VoidVote{vote, VoidReason::wrong_text, ""});
    const VoteId again{hall.act(hall.chair, RetryVote{vote})};
    BOOST_TEST(hall.vote(again).adopts_agenda);
    hall.act(hall.chair, OpenVote{again});
    hall.press(again, 4, 0, 0);
    hall.act(hall.chair, CloseVote{again});
    BOOST_TEST((std::get<AgendaAdopted>(hall.event_from_end(0)).by == again));
}

BOOST_AUTO_TEST_CASE(a_timer_adopts_the_agenda_as_well)
{
    Hall hall;
    auto rule = motion();
    rule.close = ClosePolicy::timer;
    const auto vote = hall.open_agenda(rule);
    hall.press(vote, 4, 0, 0);
    hall.now_ms += 60'001;
    BOOST_TEST(!hall.time_out(vote).has_value());
    BOOST_TEST(std::holds_alternative<AgendaAdopted>(hall.event_from_end(0)));
}

BOOST_AUTO_TEST_CASE(the_agenda_is_put_to_the_vote_whole_and_only_with_something_to_adopt)
{
    Hall hall;
    auto command = hall.agenda_vote(silent());
    command.item = hall.item_id;
    BOOST_TEST((code_of(hall.attempt(hall.secretary, command)) == wrong_state));
    const VoteId vote{hall.act(hall.secretary, hall.agenda_vote(silent()))};
    hall.act(hall.chair, AdoptAgenda{hall.sitting_id});
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{vote})) == wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.secretary, hall.agenda_vote(silent()))) == wrong_state));
    hall.act(hall.secretary, AddItem{hall.meeting, "临时议题"});
    hall.act(hall.chair, OpenVote{vote});
    BOOST_TEST((code_of(hall.attempt(hall.secretary, hall.agenda_vote(silent()))) == another_vote_open));
}

BOOST_AUTO_TEST_CASE(two_sittings_of_a_meeting_do_not_vote_on_its_agenda_at_once)
{
    Hall hall;
    const SittingId second{hall.act(hall.secretary, CreateSitting{hall.meeting, "第二次全体会议"})};
    hall.act(hall.operator_, OpenSignIn{second});
    for (std::size_t i = 0; i < 5; ++i)
        hall.act(hall.members.at(i), SignIn{second});
    hall.act(hall.chair, OpenSitting{second});
    auto command = hall.agenda_vote(silent());
    command.sitting = second;
    const VoteId other{hall.act(hall.secretary, command)};
    const auto vote = hall.open_agenda(silent());
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{other})) == another_vote_open));
    hall.act(hall.chair, HoldVote{vote, "检查设备"});
    hall.act(hall.chair, VoidVote{vote, VoidReason::disorder, ""});
    hall.act(hall.chair, OpenVote{other});
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_of_silence_and_of_what_follows_an_objection)
{
    Hall hall(35, 31);
    const auto vote = hall.open_on(silent());
    BOOST_TEST(view_vote(hall.state, vote, Role::hall).rule.zh ==
               "无人提出异议即为通过，不计票；有人提出异议的，改为按表决器或举手表决。"
               "付表决的，全体组成人员35人，赞成过半数即至少18人为通过；弃权和未参加表决均不计入赞成。"
               "由主持人宣布结束。");
    BOOST_TEST(view_vote(hall.state, vote, Role::hall).rule.en ==
               "It is adopted unless somebody objects, and nothing is counted; after an objection it is "
               "voted on by console or by hands. If it comes to a vote, of all 35 members, more than half, "
               "that is at least 18, must approve; abstaining and not voting do not count as approval. The "
               "chair closes the vote.");
    hall.act(hall.chair, RecordObjection{vote});
    hall.act(hall.chair, SwitchVoteMethod{vote, VoteMethod::hands});
    const auto words = view_vote(hall.state, vote, Role::hall).rule.zh;
    BOOST_TEST(words.find("异议") == std::string::npos);
    BOOST_TEST(words.find("全体举手表决") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
