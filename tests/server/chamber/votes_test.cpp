#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(votes_test)

using namespace plenum;
using namespace plenum::chamber;

namespace {

using enum RefusalCode;

RefusalCode code_of(const std::optional<Refusal>& refusal)
{
    BOOST_TEST_REQUIRE(refusal.has_value());
    return refusal->code;
}

RuleProfile timed(ClosePolicy close, std::uint32_t window_ms = 60'000)
{
    auto rule = motion();
    rule.close = close;
    rule.window_ms = window_ms;
    return rule;
}

const VoteDecided& decided_of(const House& house, VoteDecided& out)
{
    for (const auto& bytes : house.entries) {
        const auto entry = decode_entry(bytes);
        if (const auto* event = std::get_if<VoteDecided>(&entry->event)) out = *event;
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_recorded_sitting_from_sign_in_to_the_announcement)
{
    House house(35);
    house.begin(31);
    house.act(house.chair, ActivateItem{house.sitting_id, house.item_id});
    const auto vote = house.open();
    BOOST_TEST((house.item(house.item_id).state == ItemState::put_to_vote));
    house.press(vote, 20, 6, 4);
    house.act(house.members.at(0), SignOut{house.sitting_id});
    house.act(house.members.at(30), SignOut{house.sitting_id});
    house.act(house.chair, CloseVote{vote});

    const auto& result = *house.vote(vote).result;
    BOOST_TEST((result.tally == Tally{20, 6, 4, 1}));
    BOOST_TEST(result.tally.present() == 31U);
    BOOST_TEST(result.left == 2U);
    BOOST_TEST((result.outcome.verdict == Verdict::passed));
    BOOST_TEST(result.outcome.findings.at(0).need == 18U);
    BOOST_TEST((house.item(house.item_id).state == ItemState::decided));
    house.act(house.chair, AnnounceVote{vote});
    house.act(house.chair, CloseSitting{house.sitting_id});
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(not_pressing_abstaining_and_absence_weigh_like_opposition)
{
    const struct {
        std::size_t approve, oppose, abstain;
        Verdict verdict;
    } cases[] = {{17, 0, 0, Verdict::not_passed},
                 {18, 0, 0, Verdict::passed},
                 {17, 0, 14, Verdict::not_passed},
                 {17, 14, 0, Verdict::not_passed},
                 {18, 13, 0, Verdict::passed}};
    for (const auto& c : cases) {
        House house(35);
        house.begin(31);
        const auto vote = house.open();
        house.press(vote, c.approve, c.oppose, c.abstain);
        house.act(house.chair, CloseVote{vote});
        BOOST_TEST((house.vote(vote).result->outcome.verdict == c.verdict));
    }
}

BOOST_AUTO_TEST_CASE(the_last_press_counts_or_the_first_as_the_rule_says)
{
    for (const auto policy : {PressPolicy::last, PressPolicy::first}) {
        House house;
        house.begin(5);
        auto rule = motion();
        rule.press = policy;
        const auto vote = house.open(rule);
        house.press_one(vote, 0, Choice::oppose);
        const auto again = house.attempt(house.members.at(0), CastVote{vote, Choice::approve});
        if (policy == PressPolicy::first) {
            BOOST_TEST((code_of(again) == already_pressed));
        } else {
            BOOST_TEST(!again.has_value());
            BOOST_TEST(
                (house.vote(vote).presses.at(*house.members.at(0).person).seq == house.state.entries - 1));
        }
        house.act(house.chair, CloseVote{vote});
        const auto expected = policy == PressPolicy::first ? Tally{0, 1, 0, 4} : Tally{1, 0, 0, 4};
        BOOST_TEST((house.vote(vote).result->tally == expected));
    }
}

BOOST_AUTO_TEST_CASE(the_electorate_is_frozen_when_the_vote_opens)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    const auto late = house.members.at(5);
    BOOST_TEST((code_of(house.attempt(late, CastVote{vote, Choice::approve})) == not_signed_in));
    house.act(late, SignIn{house.sitting_id});
    BOOST_TEST((code_of(house.attempt(late, CastVote{vote, Choice::approve})) == not_in_electorate));

    // Who goes and comes back was there when it opened.
    const auto first = house.members.at(0);
    house.act(first, SignOut{house.sitting_id});
    BOOST_TEST((code_of(house.attempt(first, CastVote{vote, Choice::approve})) == not_signed_in));
    house.act(first, SignIn{house.sitting_id});
    house.act(first, CastVote{vote, Choice::approve});
    house.act(house.chair, CloseVote{vote});
    BOOST_TEST((house.vote(vote).result->tally == Tally{1, 0, 0, 4}));
    BOOST_TEST(house.vote(vote).result->left == 0U);
}

BOOST_AUTO_TEST_CASE(a_press_at_the_last_moment_of_the_window_is_in_time)
{
    House house;
    house.begin(5);
    const auto vote = house.open(timed(ClosePolicy::timer));
    const auto ends = *house.vote(vote).closes_at_ms;
    BOOST_TEST(ends == house.now_ms + 60'000);
    const auto next = next_timeout(house.state);
    BOOST_TEST_REQUIRE(next.has_value());
    BOOST_TEST((next->vote == vote && next->at_ms == ends));

    house.now_ms = ends;
    house.press_one(vote, 0, Choice::approve);
    BOOST_TEST((code_of(house.time_out(vote)) == wrong_state));
    house.now_ms = ends + 1;
    BOOST_TEST(
        (code_of(house.attempt(house.members.at(1), CastVote{vote, Choice::approve})) == vote_not_open));
    BOOST_TEST((code_of(house.attempt(house.chair, HoldVote{vote, "检查设备"})) == vote_not_open));
    BOOST_TEST(!house.time_out(vote).has_value());
    BOOST_TEST((house.vote(vote).state == VoteState::decided));
    BOOST_TEST((house.vote(vote).result->tally == Tally{1, 0, 0, 4}));
    BOOST_TEST(!next_timeout(house.state).has_value());
    BOOST_TEST((code_of(house.time_out(vote)) == vote_not_open));
}

BOOST_AUTO_TEST_CASE(with_timer_then_chair_the_window_is_only_shown)
{
    House house;
    house.begin(5);
    const auto vote = house.open(timed(ClosePolicy::timer_then_chair));
    house.now_ms += 10 * 60'000;
    BOOST_TEST(!next_timeout(house.state).has_value());
    BOOST_TEST((code_of(house.time_out(vote)) == wrong_state));
    house.press_one(vote, 0, Choice::approve);
    house.act(house.chair, CloseVote{vote});
}

BOOST_AUTO_TEST_CASE(the_chair_may_close_before_the_timer_and_the_record_says_who_did)
{
    for (const bool by_timer : {false, true}) {
        House house;
        house.begin(5);
        const auto vote = house.open(timed(ClosePolicy::timer));
        if (by_timer) {
            house.now_ms += 60'001;
            BOOST_TEST(!house.time_out(vote).has_value());
        } else {
            house.act(house.chair, CloseVote{vote});
        }
        const auto closed = decode_entry(house.entries.at(house.entries.size() - 2));
        const auto by = std::get<VoteClosed>(closed->event).by;
        BOOST_TEST((by == (by_timer ? ClosedBy::timer : ClosedBy::chair)));
        BOOST_TEST(closed->actor.is_server() == by_timer);
    }
}

BOOST_AUTO_TEST_CASE(holding_stops_the_clock_and_keeps_the_presses)
{
    House house;
    house.begin(5);
    const auto vote = house.open(timed(ClosePolicy::timer));
    house.press_one(vote, 0, Choice::approve);
    house.now_ms += 20'000;
    house.act(house.chair, HoldVote{vote, "检查设备"});
    BOOST_TEST(!house.vote(vote).closes_at_ms.has_value());
    BOOST_TEST(!next_timeout(house.state).has_value());
    house.now_ms += 3'600'000;
    BOOST_TEST((code_of(house.time_out(vote)) == vote_held));
    BOOST_TEST((code_of(house.attempt(house.members.at(1), CastVote{vote, Choice::approve})) == vote_held));
    house.act(house.chair, ResumeVote{vote});
    BOOST_TEST(*house.vote(vote).closes_at_ms == house.now_ms + 40'000);
    house.press_one(vote, 1, Choice::oppose);
    house.act(house.chair, HoldVote{vote, "检查设备"});
    house.act(house.chair, CloseVote{vote});
    BOOST_TEST((house.vote(vote).result->tally == Tally{1, 1, 0, 3}));
}

BOOST_AUTO_TEST_CASE(a_clock_that_runs_backwards_is_not_believed)
{
    House house;
    house.begin(5);
    const auto vote = house.open(timed(ClosePolicy::timer));
    const auto opened = house.state.now_ms;
    house.now_ms = 5;
    house.press_one(vote, 0, Choice::approve);
    BOOST_TEST(house.state.now_ms == opened);
    const auto second = house.decide(house.chair, HoldVote{vote, "检查设备"});
    BOOST_TEST(second.has_value());
    BOOST_TEST((house.time_out(vote)->code == wrong_state));
}

BOOST_AUTO_TEST_CASE(no_quorum_says_how_many_are_missing_in_both_languages)
{
    House house(35);
    house.open_sign_in();
    house.sign_in(0, 17);
    const auto refusal = house.attempt(house.chair, OpenSitting{house.sitting_id});
    BOOST_TEST((code_of(refusal) == no_quorum));
    BOOST_TEST(refusal->reason.zh.find("应到35人，法定人数18人，实到17人，还差1人") != std::string::npos);
    BOOST_TEST(refusal->reason.en.find("18 of 35 needed, 17 present, 1 missing") != std::string::npos);
    house.sign_in(17, 18);
    house.act(house.chair, OpenSitting{house.sitting_id});

    house.act(house.chair, RecessSitting{house.sitting_id, "午休"});
    house.act(house.members.at(3), SignOut{house.sitting_id});
    BOOST_TEST((code_of(house.attempt(house.chair, ResumeSitting{house.sitting_id})) == no_quorum));
    house.act(house.members.at(3), SignIn{house.sitting_id});
    house.act(house.chair, ResumeSitting{house.sitting_id});
}

BOOST_AUTO_TEST_CASE(each_vote_opening_counts_the_quorum_of_its_own_rule_over_the_roster)
{
    House house(35);
    house.begin(20);
    auto rule = motion();
    rule.quorum = two_thirds();
    auto command = house.prepare_command(rule);
    command.base_members = 20;
    command.base_reason = "十五人停止执行职务";
    const VoteId vote{house.act(house.secretary, command)};
    house.act(house.chair, ConfirmBase{vote, 20});
    BOOST_TEST((code_of(house.attempt(house.chair, OpenVote{vote})) == no_quorum));
    house.sign_in(20, 23);
    BOOST_TEST((code_of(house.attempt(house.chair, OpenVote{vote})) == no_quorum));
    house.sign_in(23, 24);
    house.disk_low = true;
    BOOST_TEST((code_of(house.attempt(house.chair, OpenVote{vote})) == disk_low));
    house.disk_low = false;
    house.act(house.chair, OpenVote{vote});
    const auto opened = std::get<VoteOpened>(decode_entry(house.entries.back())->event);
    BOOST_TEST(opened.quorum == 24U);
    BOOST_TEST(opened.present == 24U);
    BOOST_TEST(opened.base_members == 20U);
    // An open vote always finishes, however little disk there is.
    house.disk_low = true;
    house.press_one(vote, 0, Choice::approve);
    house.act(house.chair, CloseVote{vote});
}

BOOST_AUTO_TEST_CASE(with_little_disk_nothing_new_is_stored_and_an_open_vote_finishes)
{
    House house(5);
    house.begin(5);
    const auto vote = house.open();
    const auto officer = house.chair.person;
    const BodyId other{house.act(Actor{}, CreateBody{BodyKind::congress, "代表大会"})};
    house.disk_low = true;
    const auto before = state_hash(house.state);
    for (const auto& [actor, command] : std::vector<std::pair<Actor, Command>>{
             {Actor{}, ImportRoster{other, rows_of(6)}},
             {house.secretary, house.prepare_command(motion())},
             {Actor{}, IssueAccessCodes{house.body, std::nullopt}},
         })
        BOOST_TEST((code_of(house.attempt(actor, command)) == disk_low), method_of(command));
    BOOST_TEST((state_hash(house.state) == before));
    const auto refusal = house.attempt(Actor{}, ImportRoster{other, rows_of(6)});
    BOOST_TEST(refusal->next.en == "free some disk space; an open vote can still be finished");

    // Who must press or close may have lost the access code.
    house.act(Actor{}, IssueAccessCodes{std::nullopt, officer});
    house.act(house.members.at(4), SignOut{house.sitting_id});
    house.press(vote, 3, 1, 0);
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, AnnounceVote{vote});
    house.disk_low = false;
    house.act(Actor{}, ImportRoster{other, rows_of(6)});
}

BOOST_AUTO_TEST_CASE(a_rule_without_a_quorum_still_needs_somebody_there)
{
    House house(3);
    house.begin(2);
    auto rule = motion();
    rule.quorum = {0, 1, false, Base::all_members};
    const auto vote = house.prepare(rule);
    house.act(house.members.at(0), SignOut{house.sitting_id});
    house.act(house.members.at(1), SignOut{house.sitting_id});
    BOOST_TEST((code_of(house.attempt(house.chair, OpenVote{vote})) == no_quorum));
    house.act(house.members.at(1), SignIn{house.sitting_id});
    house.act(house.chair, OpenVote{vote});
}

BOOST_AUTO_TEST_CASE(a_vote_that_lost_its_quorum_is_voided_and_tried_again)
{
    House house;
    house.begin(5);
    house.act(house.chair, ActivateItem{house.sitting_id, house.item_id});
    const auto vote = house.open();
    house.press(vote, 3, 0, 0);
    const Command lost = VoidVote{vote, VoidReason::lost_quorum, "两人退场"};
    house.act(house.members.at(4), SignOut{house.sitting_id});
    BOOST_TEST((code_of(house.attempt(house.chair, lost)) == quorum_not_lost));
    house.act(house.members.at(3), SignOut{house.sitting_id});
    house.act(house.chair, lost);
    BOOST_TEST((house.vote(vote).state == VoteState::voided));
    BOOST_TEST((house.item(house.item_id).state == ItemState::reading));
    BOOST_TEST(!house.sitting(house.sitting_id).open_vote.has_value());

    const VoteId second{house.act(house.chair, RetryVote{vote})};
    BOOST_TEST((code_of(house.attempt(house.chair, RetryVote{vote})) == wrong_state));
    BOOST_TEST(house.vote(second).attempt == 2U);
    BOOST_TEST((house.vote(second).first_attempt == vote));
    BOOST_TEST((house.vote(second).text == house.vote(vote).text));
    BOOST_TEST((code_of(house.attempt(house.chair, OpenVote{second})) == no_quorum));
    house.act(house.members.at(3), SignIn{house.sitting_id});
    house.act(house.chair, OpenVote{second});
    house.act(house.chair, VoidVote{second, VoidReason::equipment_failure, ""});

    const VoteId third{house.act(house.chair, RetryVote{second})};
    BOOST_TEST(house.vote(third).attempt == 3U);
    BOOST_TEST((house.vote(third).first_attempt == vote));
    BOOST_TEST((house.vote(second).retried_by == third));
    house.act(house.chair, OpenVote{third});
    house.press(third, 4, 0, 0);
    house.act(house.chair, CloseVote{third});
    BOOST_TEST((house.vote(third).result->outcome.verdict == Verdict::passed));
    // What was pressed in the first attempt stands in the record and counts for nothing.
    BOOST_TEST(house.vote(vote).presses.size() == 3U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_withdrawn_vote_is_not_tried_again_and_an_announced_one_not_voided)
{
    House house;
    house.begin(5);
    const auto vote = house.prepare();
    house.act(house.chair, VoidVote{vote, VoidReason::withdrawn, "提案人撤回"});
    BOOST_TEST((code_of(house.attempt(house.chair, RetryVote{vote})) == wrong_state));
    BOOST_TEST((house.item(house.item_id).state == ItemState::adopted));
    const auto other = house.open();
    house.act(house.chair, CloseVote{other});
    house.act(house.chair, AnnounceVote{other});
    BOOST_TEST(
        (code_of(house.attempt(house.chair, VoidVote{other, VoidReason::wrong_text, ""})) == wrong_state));
}

BOOST_AUTO_TEST_CASE(voiding_a_decided_vote_gives_the_item_back_as_the_other_votes_leave_it)
{
    House house;
    house.begin(5);
    const auto first = house.prepare();
    const auto second = house.prepare();
    const auto item = [&] { return house.item(house.item_id).state; };
    house.act(house.chair, OpenVote{first});
    house.act(house.chair, CloseVote{first});
    BOOST_TEST((item() == ItemState::decided));
    house.act(house.chair, OpenVote{second});
    BOOST_TEST((item() == ItemState::put_to_vote));
    house.act(house.chair, VoidVote{first, VoidReason::wrong_text, ""});
    BOOST_TEST((item() == ItemState::put_to_vote));
    house.act(house.chair, CloseVote{second});
    BOOST_TEST((item() == ItemState::decided));
    house.act(house.chair, VoidVote{second, VoidReason::wrong_text, ""});
    BOOST_TEST((item() == ItemState::adopted));
    // Never read, so it returns to the agenda; with its votes void it may be voted on anew.
    house.act(house.chair, RetryVote{first});
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(too_few_pressing_is_neither_passed_nor_failed)
{
    House house(35);
    house.begin(31);
    auto rule = motion();
    rule.min_participation = over_half();
    const auto first = house.open(rule);
    house.press(first, 17, 0, 0);
    house.act(house.chair, CloseVote{first});
    BOOST_TEST((house.vote(first).result->outcome.verdict == Verdict::invalid_low_participation));
    BOOST_TEST((house.item(house.item_id).state == ItemState::put_to_vote));
    house.act(house.chair, AnnounceVote{first});
    const auto again = house.open(rule);
    house.press(again, 18, 0, 0);
    house.act(house.chair, CloseVote{again});
    BOOST_TEST((house.vote(again).result->outcome.verdict == Verdict::passed));
    BOOST_TEST((house.item(house.item_id).state == ItemState::decided));
}

BOOST_AUTO_TEST_CASE(groups_are_counted_apart_and_each_must_agree)
{
    // Odd members are 一组 (4 of 7), even ones 二组 (3 of 7).
    House house;
    house.begin(6);
    auto rule = motion();
    rule.groups = {"二组", "一组"};
    const auto vote = house.open(rule);
    for (const std::size_t member : {0U, 2U, 4U, 1U})
        house.press_one(vote, member, Choice::approve);
    house.press_one(vote, 3, Choice::abstain);
    house.act(house.chair, CloseVote{vote});
    VoteDecided decided;
    decided_of(house, decided);
    BOOST_TEST_REQUIRE(decided.groups.size() == 2U);
    BOOST_TEST((decided.groups[0] == GroupTally{"二组", 3, Tally{1, 0, 1, 1}}));
    BOOST_TEST((decided.groups[1] == GroupTally{"一组", 4, Tally{3, 0, 0, 0}}));
    BOOST_TEST((decided.outcome.verdict == Verdict::not_passed));
    BOOST_TEST(!decided.outcome.findings[0].met);
    BOOST_TEST(decided.outcome.findings[1].met);

    const auto again = house.prepare(rule, std::nullopt);
    house.act(house.chair, OpenVote{again});
    for (const std::size_t member : {0U, 2U, 4U, 1U, 3U})
        house.press_one(again, member, Choice::approve);
    house.act(house.chair, CloseVote{again});
    BOOST_TEST((house.vote(again).result->outcome.verdict == Verdict::passed));
}

BOOST_AUTO_TEST_CASE(a_group_that_left_the_roster_before_the_opening_refuses_it)
{
    House house;
    house.begin(5);
    auto rule = motion();
    rule.groups = {"二组"};
    const auto vote = house.prepare(rule);
    auto rows = rows_of(7);
    for (auto& row : rows)
        row.group = "一组";
    house.act(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST((code_of(house.attempt(house.chair, OpenVote{vote})) == invalid_profile));
}

BOOST_AUTO_TEST_CASE(another_base_needs_a_reason_and_is_frozen_at_opening)
{
    House house(35);
    house.begin(31);
    auto command = house.prepare_command(motion());
    command.base_members = 33;
    BOOST_TEST((code_of(house.attempt(house.secretary, command)) == base_needs_reason));
    command.base_reason = "  ";
    BOOST_TEST((code_of(house.attempt(house.secretary, command)) == base_needs_reason));
    command.base_members = 0;
    command.base_reason = "无";
    BOOST_TEST((code_of(house.attempt(house.secretary, command)) == base_needs_reason));
    command.base_members = 33;
    command.base_reason = "两人暂停执行职务";
    const VoteId stated{house.act(house.secretary, command)};
    house.act(house.chair, ConfirmBase{stated, 33});
    command.base_members = 35;
    const VoteId same{house.act(house.secretary, command)};
    BOOST_TEST(house.vote(same).base_reason.empty());

    // A member joins between writing down and opening: the roster's base moves along, a stated one does not.
    house.act(house.secretary, ImportRoster{house.body, rows_of(36)});
    for (const auto vote : {stated, same}) {
        house.act(house.chair, OpenVote{vote});
        house.press(vote, 17, 0, 0);
        house.act(house.chair, CloseVote{vote});
    }
    BOOST_TEST(house.vote(stated).base_members == 33U);
    BOOST_TEST((house.vote(stated).result->outcome.verdict == Verdict::passed));
    BOOST_TEST(house.vote(same).base_members == 36U);
    BOOST_TEST((house.vote(same).result->outcome.verdict == Verdict::not_passed));

    house.act(house.chair, VoidVote{stated, VoidReason::wrong_text, ""});
    house.act(house.chair, VoidVote{same, VoidReason::wrong_text, ""});
    const VoteId stated_again{house.act(house.chair, RetryVote{stated})};
    const VoteId same_again{house.act(house.chair, RetryVote{same})};
    BOOST_TEST(house.vote(stated_again).base_members == 33U);
    BOOST_TEST(house.vote(stated_again).base_reason == "两人暂停执行职务");
    BOOST_TEST(house.vote(same_again).base_members == 36U);
}

BOOST_AUTO_TEST_CASE(without_a_roster_there_is_nothing_to_vote_about)
{
    House house;
    const BodyId empty{house.act(house.secretary, CreateBody{BodyKind::delegation, "第一代表团"})};
    const MeetingId meeting{house.act(house.secretary, CreateMeeting{empty, "会", 1, 1, {0, 1, false}})};
    const SittingId sitting{house.act(house.secretary, CreateSitting{meeting, "会"})};
    auto command = house.prepare_command(motion());
    command.sitting = sitting;
    command.item.reset();
    BOOST_TEST((code_of(house.attempt(house.secretary, command)) == wrong_state));
    const auto chair = house.appoint(Role::chair, empty);
    house.act(house.secretary, OpenSignIn{sitting});
    BOOST_TEST((code_of(house.attempt(chair, OpenSitting{sitting})) == no_quorum));
}

BOOST_AUTO_TEST_CASE(sittings_of_two_bodies_vote_at_the_same_time)
{
    House house;
    house.begin(5);
    const auto vote = house.open(timed(ClosePolicy::timer, 90'000));
    const BodyId other{house.act(house.secretary, CreateBody{BodyKind::presidium, "主席团"})};
    house.act(house.secretary, ImportRoster{other, rows_of(3)});
    const MeetingId meeting{house.act(house.secretary, CreateMeeting{other, "会", 1, 1, over_half()})};
    const SittingId sitting{house.act(house.secretary, CreateSitting{meeting, "会"})};
    house.act(house.secretary, OpenSignIn{sitting});
    for (const auto& member : house.state.bodies.at(other).members) {
        house.act(house.secretary, SignInFor{sitting, member.person});
    }
    const auto chair = house.appoint(Role::chair, other);
    house.act(chair, OpenSitting{sitting});
    auto command = house.prepare_command(timed(ClosePolicy::timer, 30'000));
    command.sitting = sitting;
    command.item.reset();
    const VoteId sooner{house.act(house.secretary, command)};
    house.act(chair, OpenVote{sooner});
    BOOST_TEST((next_timeout(house.state)->vote == sooner));
    house.now_ms += 30'001;
    BOOST_TEST(!house.time_out(sooner).has_value());
    BOOST_TEST((next_timeout(house.state)->vote == vote));
    BOOST_TEST((code_of(house.attempt(house.secretary, ImportRoster{house.body, rows_of(7)})) == vote_open));
    house.act(house.secretary, ImportRoster{other, rows_of(4)});
}

BOOST_AUTO_TEST_CASE(the_blobs_of_a_vote_are_what_its_entries_name)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    const auto opened = std::get<VoteOpened>(decode_entry(house.entries.back())->event);
    const auto electorate = decode_electorate(house.blobs.at(opened.electorate));
    BOOST_TEST_REQUIRE(electorate.has_value());
    BOOST_TEST((electorate->sitting == house.sitting_id));
    BOOST_TEST((electorate->roster == house.state.bodies.at(house.body).roster));
    BOOST_TEST((electorate->present == house.vote(vote).electorate));
    BOOST_TEST(house.blobs.at(opened.text) == house.prepare_command(motion()).text);
    BOOST_TEST((opened.profile_hash == hash_of(motion())));
    BOOST_TEST((public_blobs_of(opened) == std::vector{opened.electorate}));
    BOOST_TEST(public_blobs_of(VoteAnnounced{}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
