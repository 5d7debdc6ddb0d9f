#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(hands_test)

using namespace plenum;
using namespace plenum::chamber;

// Raised hands: three counts by tellers who must agree, of everybody, or of those who attend by video.

namespace {

using enum RefusalCode;

RefusalCode code_of(const std::optional<Refusal>& refusal)
{
    BOOST_TEST_REQUIRE(refusal.has_value());
    return refusal->code;
}

bool says(const std::optional<Refusal>& refusal, const char* zh, const char* en)
{
    BOOST_TEST_REQUIRE(refusal.has_value());
    return refusal->reason.zh.find(zh) != std::string::npos &&
           refusal->reason.en.find(en) != std::string::npos;
}

RuleProfile by_hands()
{
    auto rule = motion();
    rule.method = VoteMethod::hands;
    return rule;
}

/// A house with two tellers; the last `remote` of those present attend by video.
struct Hall : House {
    Actor zhang;
    Actor li;

    explicit Hall(std::size_t size = 7) : House(size)
    {
        zhang = teller("张三");
        li = teller("李四");
    }

    Actor teller(const std::string& name)
    {
        act(Actor{}, AppointOfficer{std::nullopt, name, Role::teller, body});
        return as(PersonId{state.persons_known}, Role::teller);
    }

    void begin_with(std::size_t present, std::size_t remote)
    {
        open_sign_in();
        sign_in(0, present - remote);
        for (auto i = present - remote; i < present; ++i)
            sign_in_remote(i);
        act(chair, OpenSitting{sitting_id});
        act(chair, AdoptAgenda{sitting_id});
    }

    void sign_in_remote(std::size_t member)
    {
        act(operator_, SignInFor{sitting_id, *members.at(member).person, AttendanceMode::remote});
    }

    void both_count(VoteId vote, HandsCount hands)
    {
        act(zhang, CountHands{vote, hands});
        act(li, CountHands{vote, hands});
    }
};

const ResultView& result_of(Hall& hall, VoteId vote)
{
    BOOST_TEST_REQUIRE(hall.vote(vote).result.has_value());
    return *hall.vote(vote).result;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_town_of_52_with_48_present_passes_with_40_hands)
{
    Hall town(52);
    town.begin(48);
    const auto vote = town.open(by_hands());
    const auto opened = std::get<VoteOpened>(decode_entry(town.entries.back())->event);
    BOOST_TEST(opened.present == 48U);
    BOOST_TEST(opened.by_hands == 48U);
    const auto electorate = decode_electorate(town.blobs.at(opened.electorate));
    BOOST_TEST((electorate->by_hands == electorate->present));

    town.both_count(vote, {40, 2, 1});
    town.act(town.chair, CloseVote{vote});
    const auto& result = result_of(town, vote);
    BOOST_TEST((result.tally == Tally{40, 2, 1, 5}));
    BOOST_TEST((result.hands == HandsCount{40, 2, 1}));
    BOOST_TEST((result.outcome.verdict == Verdict::passed));
    BOOST_TEST(result.outcome.findings.at(0).need == 27U);
    BOOST_TEST((town.replayed() == state_hash(town.state)));
}

BOOST_AUTO_TEST_CASE(hands_by_video_and_presses_in_the_hall_make_one_vote)
{
    Hall committee(35);
    committee.begin_with(18, 2);
    const auto vote = committee.open();
    BOOST_TEST(std::get<VoteOpened>(decode_entry(committee.entries.back())->event).by_hands == 2U);
    committee.press(vote, 16, 0, 0);
    BOOST_TEST((code_of(committee.attempt(committee.members.at(16), CastVote{vote, Choice::approve})) ==
                not_in_person)); // PE-19
    BOOST_TEST((code_of(committee.attempt(committee.chair, CloseVote{vote})) == tellers_disagree));
    committee.both_count(vote, {2, 0, 0});
    committee.act(committee.chair, CloseVote{vote});
    const auto& result = result_of(committee, vote);
    BOOST_TEST((result.tally == Tally{18, 0, 0, 0}));
    BOOST_TEST((result.hands == HandsCount{2, 0, 0}));
    BOOST_TEST((result.outcome.verdict == Verdict::passed));
    BOOST_TEST(result.outcome.findings.at(0).need == 18U);
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(tellers_who_do_not_agree_are_named_with_their_figures)
{
    Hall hall;
    hall.begin(6);
    const auto vote = hall.open(by_hands());
    const Command close = CloseVote{vote};
    BOOST_TEST(says(hall.attempt(hall.chair, close), "须2人清点一致，已清点0人", "2 must agree, 0 counted"));
    hall.act(hall.zhang, CountHands{vote, {4, 1, 0}});
    BOOST_TEST(says(hall.attempt(hall.chair, close), "已清点1人；张三：赞成4、反对1、弃权0",
                    "1 counted; 张三: 4 for, 1 against, 0 abstaining"));
    hall.act(hall.li, CountHands{vote, {3, 1, 1}});
    const auto refusal = hall.attempt(hall.chair, close);
    BOOST_TEST((code_of(refusal) == tellers_disagree));
    BOOST_TEST(
        says(refusal, "张三：赞成4、反对1、弃权0；李四：赞成3、反对1、弃权1", "李四: 3 for, 1 against"));

    // One counts again; the newest count of each is what stands.
    hall.act(hall.li, CountHands{vote, {4, 1, 0}});
    hall.act(hall.chair, close);
    BOOST_TEST((result_of(hall, vote).tally == Tally{4, 1, 0, 1}));
    BOOST_TEST((code_of(hall.attempt(hall.li, CountHands{vote, {4, 1, 0}})) == vote_not_open));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(a_third_teller_must_agree_as_well_and_one_is_enough_where_the_rule_says_so)
{
    Hall hall;
    hall.begin(6);
    const auto third = hall.appoint(Role::teller, hall.body);
    const auto vote = hall.open(by_hands());
    hall.both_count(vote, {4, 0, 0});
    hall.act(third, CountHands{vote, {5, 0, 0}});
    BOOST_TEST((code_of(hall.attempt(hall.chair, CloseVote{vote})) == tellers_disagree));
    hall.act(third, CountHands{vote, {4, 0, 0}});
    hall.act(hall.chair, CloseVote{vote});

    auto rule = by_hands();
    rule.tellers = 1;
    const auto one = hall.prepare(rule, std::nullopt);
    hall.act(hall.chair, OpenVote{one});
    hall.act(third, CountHands{one, {0, 4, 2}});
    hall.act(hall.chair, CloseVote{one});
    BOOST_TEST((result_of(hall, one).tally == Tally{0, 4, 2, 0}));
}

BOOST_AUTO_TEST_CASE(a_pause_orders_a_recount_so_that_a_teller_who_left_stands_in_nobodys_way)
{
    Hall hall;
    hall.begin(6);
    const auto vote = hall.open(by_hands());
    hall.act(hall.zhang, CountHands{vote, {3, 2, 0}});
    hall.act(hall.li, CountHands{vote, {4, 1, 0}});
    // The first miscounted and has left; a third comes in the place.
    const auto third = hall.appoint(Role::teller, hall.body);
    hall.act(third, CountHands{vote, {4, 1, 0}});
    BOOST_TEST((code_of(hall.attempt(hall.chair, CloseVote{vote})) == tellers_disagree));
    hall.act(hall.chair, HoldVote{vote, "重新清点"});
    BOOST_TEST(hall.vote(vote).hands.size() == 3U);
    hall.act(hall.chair, ResumeVote{vote});
    BOOST_TEST(says(hall.attempt(hall.chair, CloseVote{vote}), "须2人清点一致，已清点0人",
                    "2 must agree, 0 counted"));
    hall.act(hall.li, CountHands{vote, {4, 1, 1}});
    hall.act(third, CountHands{vote, {4, 1, 1}});
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST((result_of(hall, vote).tally == Tally{4, 1, 1, 0}));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(a_pause_leaves_presses_alone)
{
    Hall hall;
    hall.begin_with(6, 2);
    const auto vote = hall.open();
    hall.press(vote, 3, 0, 0);
    hall.both_count(vote, {2, 0, 0});
    hall.act(hall.chair, HoldVote{vote, "检查设备"});
    hall.act(hall.chair, ResumeVote{vote});
    BOOST_TEST((code_of(hall.attempt(hall.chair, CloseVote{vote})) == tellers_disagree));
    hall.both_count(vote, {1, 1, 0});
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST((result_of(hall, vote).tally == Tally{4, 1, 0, 1}));
}

BOOST_AUTO_TEST_CASE(more_hands_than_members_who_raise_them_are_refused)
{
    Hall hall;
    hall.begin_with(6, 2);
    const auto mixed = hall.open();
    const auto refusal = hall.attempt(hall.zhang, CountHands{mixed, {2, 1, 0}});
    BOOST_TEST((code_of(refusal) == hands_exceed));
    BOOST_TEST(says(refusal, "清点3人，举手表决的共2人", "3 hands of 2 members"));
    const auto most = std::numeric_limits<std::uint32_t>::max();
    BOOST_TEST((code_of(hall.attempt(hall.zhang, CountHands{mixed, {most, most, 2}})) == hands_exceed));
    hall.both_count(mixed, {1, 1, 0});
    hall.act(hall.chair, CloseVote{mixed});
    BOOST_TEST((result_of(hall, mixed).tally == Tally{1, 1, 0, 4}));
}

BOOST_AUTO_TEST_CASE(only_tellers_count_and_only_where_hands_are_raised)
{
    Hall hall;
    hall.begin(6);
    const auto vote = hall.prepare(by_hands(), std::nullopt);
    const Command counting = CountHands{vote, {1, 0, 0}};
    BOOST_TEST((code_of(hall.attempt(hall.zhang, counting)) == vote_not_open));
    hall.act(hall.chair, OpenVote{vote});
    for (const auto& actor : {hall.chair, hall.operator_, hall.secretary, hall.members.at(0)})
        BOOST_TEST((code_of(hall.attempt(actor, counting)) == not_allowed));
    const BodyId other{hall.act(hall.secretary, CreateBody{BodyKind::presidium, "主席团"})};
    BOOST_TEST((code_of(hall.attempt(hall.appoint(Role::teller, other), counting)) == not_your_body));
    BOOST_TEST(says(hall.attempt(hall.members.at(0), CastVote{vote, Choice::approve}), "本次表决全体举手",
                    "everybody votes by hands"));
    hall.act(hall.chair, HoldVote{vote, "检查设备"});
    hall.both_count(vote, {6, 0, 0}); // what was raised before the hold is still counted
    hall.act(hall.chair, CloseVote{vote});

    const auto console = hall.prepare(motion(), std::nullopt);
    hall.act(hall.chair, OpenVote{console});
    BOOST_TEST((code_of(hall.attempt(hall.zhang, CountHands{console, {1, 0, 0}})) == wrong_state));
}

BOOST_AUTO_TEST_CASE(who_raises_a_hand_is_settled_when_the_vote_opens)
{
    Hall hall;
    hall.begin_with(5, 1);
    const auto vote = hall.open();
    hall.sign_in_remote(5);
    BOOST_TEST((code_of(hall.attempt(hall.zhang, CountHands{vote, {2, 0, 0}})) == hands_exceed));
    BOOST_TEST(
        (code_of(hall.attempt(hall.members.at(5), CastVote{vote, Choice::approve})) == not_in_electorate));
    // Who came by video and enters the hall raises a hand all the same.
    const auto fifth = hall.members.at(4);
    hall.act(fifth, SignOut{hall.sitting_id});
    hall.act(fifth, SignIn{hall.sitting_id});
    BOOST_TEST((code_of(hall.attempt(fifth, CastVote{vote, Choice::approve})) == not_in_person));
    hall.both_count(vote, {1, 0, 0});
    hall.act(hall.chair, CloseVote{vote});
    BOOST_TEST((result_of(hall, vote).tally == Tally{1, 0, 0, 4}));
}

BOOST_AUTO_TEST_CASE(neither_groups_nor_a_timer_wait_for_the_hands_of_members_by_video)
{
    Hall hall;
    hall.begin_with(6, 1);
    auto grouped = motion();
    grouped.groups = {"一组"};
    auto timed = motion();
    timed.close = ClosePolicy::timer;
    const auto group_vote = hall.prepare(grouped, std::nullopt);
    const auto timer_vote = hall.prepare(timed, std::nullopt);
    const auto by_group = hall.attempt(hall.chair, OpenVote{group_vote});
    BOOST_TEST((code_of(by_group) == invalid_profile));
    BOOST_TEST(
        says(by_group, "1人以视频方式出席，须举手表决，举手不能按组计票", "cannot be counted by group"));
    const auto by_timer = hall.attempt(hall.chair, OpenVote{timer_vote});
    BOOST_TEST((code_of(by_timer) == invalid_profile));
    BOOST_TEST(says(by_timer, "不能到时自动结束", "no timer can close it"));
    hall.act(hall.members.at(5), SignOut{hall.sitting_id});
    hall.act(hall.chair, OpenVote{timer_vote});
    hall.now_ms += 60'001;
    BOOST_TEST(!hall.time_out(timer_vote).has_value());
    hall.act(hall.chair, OpenVote{group_vote});
}

BOOST_AUTO_TEST_CASE(rules_that_hands_or_silence_cannot_follow_are_not_written_down)
{
    Hall hall;
    hall.begin(6);
    const auto refused = [&](auto change) {
        for (const auto method : {VoteMethod::hands, VoteMethod::no_objection}) {
            auto rule = motion();
            rule.method = method;
            change(rule);
            BOOST_TEST(
                (code_of(hall.attempt(hall.secretary, hall.prepare_command(rule))) == invalid_profile));
        }
    };
    refused([](RuleProfile& rule) { rule.tellers = 0; });
    refused([](RuleProfile& rule) { rule.tellers = 11; });
    refused([](RuleProfile& rule) { rule.groups = {"一组"}; });
    refused([](RuleProfile& rule) { rule.secrecy = Secrecy::secret; });
    refused([](RuleProfile& rule) { rule.close = ClosePolicy::timer; });
}

BOOST_AUTO_TEST_CASE(consoles_that_fail_give_way_to_hands_in_the_same_vote)
{
    Hall hall;
    hall.begin(6);
    const auto first = hall.open();
    hall.press(first, 2, 0, 0);
    hall.act(hall.chair, VoidVote{first, VoidReason::equipment_failure, "网络中断"});
    BOOST_TEST(
        (code_of(hall.attempt(hall.chair, RetryVote{first, VoteMethod::no_objection})) == wrong_state));
    const VoteId second{hall.act(hall.chair, RetryVote{first, VoteMethod::hands})};
    auto expected = motion();
    expected.method = VoteMethod::hands;
    BOOST_TEST((hall.vote(second).profile == expected));
    BOOST_TEST((hall.vote(second).text == hall.vote(first).text));
    BOOST_TEST(hall.vote(second).attempt == 2U);
    hall.act(hall.chair, OpenVote{second});
    hall.both_count(second, {5, 1, 0});
    hall.act(hall.chair, CloseVote{second});
    BOOST_TEST((result_of(hall, second).outcome.verdict == Verdict::passed));
    // The attempt that failed stays as it was.
    BOOST_TEST((hall.vote(first).state == VoteState::voided));
    BOOST_TEST(hall.vote(first).presses.size() == 2U);
    BOOST_TEST((hall.item(hall.item_id).outcome == ItemOutcome::by_vote));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(only_failed_consoles_give_way_and_only_where_hands_can_follow_the_rule)
{
    Hall hall;
    hall.begin(6);
    const auto retry = [&](const RuleProfile& rule, VoidReason reason, std::optional<VoteMethod> by) {
        const auto vote = hall.prepare(rule, std::nullopt);
        hall.act(hall.chair, OpenVote{vote});
        hall.act(hall.chair, VoidVote{vote, reason, ""});
        return hall.attempt(hall.chair, RetryVote{vote, by});
    };
    const auto hands = VoteMethod::hands;
    BOOST_TEST((code_of(retry(motion(), VoidReason::disorder, hands)) == wrong_state));
    BOOST_TEST(
        (code_of(retry(by_hands(), VoidReason::equipment_failure, VoteMethod::console)) == wrong_state));
    BOOST_TEST(!retry(by_hands(), VoidReason::equipment_failure, hands).has_value());
    BOOST_TEST(!retry(motion(), VoidReason::disorder, VoteMethod::console).has_value());
    auto grouped = motion();
    grouped.groups = {"一组"};
    const auto refusal = retry(grouped, VoidReason::equipment_failure, hands);
    BOOST_TEST((code_of(refusal) == invalid_profile));
    BOOST_TEST(says(refusal, "请另行准备表决", "prepare another vote"));
}

BOOST_AUTO_TEST_CASE(where_a_timer_would_have_closed_the_consoles_the_chair_closes_the_hands)
{
    Hall hall;
    hall.begin(6);
    auto timed = motion();
    timed.close = ClosePolicy::timer;
    timed.window_ms = 60'000;
    const auto first = hall.prepare(timed, std::nullopt);
    hall.act(hall.chair, OpenVote{first});
    hall.act(hall.chair, VoidVote{first, VoidReason::equipment_failure, "网络中断"});
    const VoteId second{hall.act(hall.chair, RetryVote{first, VoteMethod::hands})};
    hall.act(hall.chair, OpenVote{second});
    BOOST_TEST((hall.vote(second).profile.close == ClosePolicy::timer_then_chair));
    hall.now_ms += 61'000;
    BOOST_TEST(hall.time_out(second).has_value());
    hall.both_count(second, {5, 0, 0});
    hall.act(hall.chair, CloseVote{second});
    BOOST_TEST((result_of(hall, second).tally == Tally{5, 0, 0, 1}));
    // A further attempt, by hands again, keeps to the rule of the hands.
    hall.act(hall.chair, VoidVote{second, VoidReason::wrong_text, ""});
    const VoteId third{hall.act(hall.chair, RetryVote{second})};
    BOOST_TEST((hall.vote(third).profile == hall.vote(second).profile));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(the_chair_and_the_tellers_see_who_counted_what_and_nobody_else)
{
    Hall hall;
    hall.begin_with(6, 2);
    const auto vote = hall.open();
    hall.act(hall.zhang, CountHands{vote, {1, 1, 0}});
    for (const auto role : {Role::chair, Role::teller, Role::hall, Role::delegate, Role::operator_}) {
        const auto view = view_vote(hall.state, vote, role);
        BOOST_TEST_REQUIRE(view.hands.has_value());
        BOOST_TEST(view.hands->electors == 2U);
        BOOST_TEST(!view.hands->agreed);
        const bool in_full = role == Role::chair || role == Role::teller;
        BOOST_TEST(view.hands->counted.size() == (in_full ? 1U : 0U));
    }
    hall.act(hall.li, CountHands{vote, {1, 1, 0}});
    const auto view = view_vote(hall.state, vote, Role::chair);
    BOOST_TEST(view.hands->agreed);
    BOOST_TEST(view.hands->counted.at(0).name == "张三");

    BOOST_TEST((view_me(hall.state, hall.members.at(5)).by_hands == std::vector{vote}));
    BOOST_TEST(view_me(hall.state, hall.members.at(0)).by_hands.empty());
    // Who raises a hand has nothing to press and is not on that list.
    BOOST_TEST(list_not_pressed(hall.state, vote).total == 4U);
    BOOST_TEST(view_vote(hall.state, vote, Role::chair).received.has_value());
}

BOOST_AUTO_TEST_CASE(the_chair_lets_a_window_run_longer)
{
    Hall hall;
    hall.begin(6);
    auto rule = motion();
    rule.close = ClosePolicy::timer;
    const auto vote = hall.open(rule);
    const auto ends = *hall.vote(vote).closes_at_ms;
    hall.now_ms += 10'000;
    hall.act(hall.chair, ExtendVote{vote, 30'000});
    BOOST_TEST(*hall.vote(vote).closes_at_ms == ends + 30'000);
    BOOST_TEST(next_timeout(hall.state)->at_ms == ends + 30'000);
    hall.act(hall.chair, HoldVote{vote, "检查设备"});
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{vote, 1})) == vote_held));
    hall.act(hall.chair, ResumeVote{vote});
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{vote, 0})) == nothing_to_do));
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{vote, extension_ms_max + 1})) == too_many));
    for (int hour = 0; hour < 23; ++hour)
        hall.act(hall.chair, ExtendVote{vote, extension_ms_max});
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{vote, extension_ms_max})) == too_many));
    hall.now_ms = *hall.vote(vote).closes_at_ms + 1;
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{vote, 1'000})) == vote_not_open));
    BOOST_TEST(!hall.time_out(vote).has_value());
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{vote, 1'000})) == vote_not_open));

    // A window that is only shown, and has run out, goes on from now; without one there is nothing to extend.
    rule.close = ClosePolicy::timer_then_chair;
    const auto shown = hall.prepare(rule, std::nullopt);
    hall.act(hall.chair, OpenVote{shown});
    hall.now_ms += 100'000;
    hall.act(hall.chair, ExtendVote{shown, 20'000});
    BOOST_TEST(*hall.vote(shown).closes_at_ms == hall.now_ms + 20'000);
    hall.act(hall.chair, CloseVote{shown});
    const auto untimed = hall.prepare(motion(), std::nullopt);
    hall.act(hall.chair, OpenVote{untimed});
    BOOST_TEST((code_of(hall.attempt(hall.chair, ExtendVote{untimed, 1'000})) == wrong_state));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_of_hands)
{
    auto rule = by_hands();
    rule.min_participation = over_half();
    const auto words = describe_rule(rule, 52, 48);
    BOOST_TEST(words.zh == "全体组成人员52人，赞成过半数即至少27人为通过；弃权和未举手均不计入赞成。"
                           "全体组成人员52人，举手的须过半数即至少27人，否则本次表决无效，重新表决。"
                           "全体举手表决，由2名计票人分别清点并取得一致。由主持人宣布结束。");
    BOOST_TEST(words.en ==
               "Of all 52 members, more than half, that is at least 27, must approve; abstaining and not "
               "raising a hand do not count as approval. Of all 52 members, more than half, that is at least "
               "27, must raise a hand, otherwise the vote is invalid and taken again. Everybody raises a "
               "hand; 2 tellers count and must agree. The chair closes the vote.");
    rule = by_hands();
    rule.tellers = 1;
    BOOST_TEST(describe_rule(rule, 52, 48).zh.find("由1名计票人清点") != std::string::npos);
    rule = motion();
    BOOST_TEST(describe_rule(rule, 52, 48).zh.find("以视频方式出席的举手表决") != std::string::npos);
    rule.close = ClosePolicy::timer;
    BOOST_TEST(describe_rule(rule, 52, 48).zh.find("视频") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
