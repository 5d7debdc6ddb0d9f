#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(queries_test)

using namespace plenum;
using namespace plenum::chamber;

BOOST_AUTO_TEST_CASE(results_and_progress_go_to_whom_the_rule_shows_them)
{
    const struct {
        ProgressDisplay progress;
        ResultDisplay result;
        Role role;
        bool lent;
        bool sees_progress;
        bool sees_decided;
    } table[] = {
        {ProgressDisplay::steps, ResultDisplay::direct, Role::delegate, false, true, true},
        {ProgressDisplay::none, ResultDisplay::direct, Role::delegate, false, false, true},
        {ProgressDisplay::steps, ResultDisplay::delayed, Role::delegate, false, true, false},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::delegate, false, false, false},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::hall, false, false, false},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::secretary, false, false, false},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::observer, true, false, false},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::operator_, false, false, false},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::operator_, true, true, true},
        {ProgressDisplay::none, ResultDisplay::delayed, Role::chair, false, true, true},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(codec::enum_name(row.role) << " lent " << row.lent)
        {
            House house;
            house.begin(5);
            if (row.lent) house.act(house.chair, LendConduct{house.sitting_id, true});
            auto rule = motion();
            rule.progress = row.progress;
            rule.result = row.result;
            const auto vote = house.open(rule);
            house.press(vote, 2, 1, 0);
            auto view = view_vote(house.state, vote, row.role);
            BOOST_TEST(view.received.has_value() == row.sees_progress);
            if (view.received) BOOST_TEST(*view.received == 3U);
            BOOST_TEST(!view.result.has_value());
            house.act(house.chair, HoldVote{vote, "检查设备"});
            BOOST_TEST(view_vote(house.state, vote, row.role).received.has_value() == row.sees_progress);
            house.act(house.chair, CloseVote{vote});
            view = view_vote(house.state, vote, row.role);
            BOOST_TEST(!view.received.has_value());
            BOOST_TEST(view.result.has_value() == row.sees_decided);
            BOOST_TEST((view.result_display == row.result)); // Why there is none, when there is none.
            house.act(house.chair, AnnounceVote{vote});
            view = view_vote(house.state, vote, row.role);
            BOOST_TEST_REQUIRE(view.result.has_value());
            BOOST_TEST((view.result->tally == Tally{2, 1, 0, 2}));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_vote_on_a_closed_item_is_named_to_those_in_the_room_only)
{
    House house;
    house.act(house.secretary, EditItem{house.item_id, "人事事项", {}, 0, "", true});
    house.begin(5);
    const auto vote = house.open();
    const auto& known = house.state.votes.at(vote);
    for (const auto role : {Role::delegate, Role::chair, Role::operator_, Role::secretary, Role::teller}) {
        BOOST_TEST(view_vote(house.state, vote, role).title == known.title);
        BOOST_TEST((view_vote(house.state, vote, role).text == known.text));
    }
    for (const auto role : {Role::observer, Role::hall}) {
        const auto view = view_vote(house.state, vote, role);
        BOOST_TEST(view.title.empty());
        BOOST_TEST((view.text == Digest{}));
        BOOST_TEST((view.state == VoteState::open && view.present == 5U));
    }
}

BOOST_AUTO_TEST_CASE(a_vote_shows_when_it_was_decided_also_once_announced)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    const auto shown = [&] { return view_vote(house.state, vote, Role::hall); };
    const auto opened_at_ms = house.now_ms;
    BOOST_TEST((shown().opened_at_ms == opened_at_ms));
    BOOST_TEST(!shown().decided_at_ms.has_value());
    house.now_ms += 90'000;
    house.act(house.chair, CloseVote{vote});
    BOOST_TEST((shown().decided_at_ms == opened_at_ms + 90'000));
    house.now_ms += 60'000;
    house.act(house.chair, AnnounceVote{vote});
    BOOST_TEST((shown().decided_at_ms == opened_at_ms + 90'000));
    BOOST_TEST((shown().opened_at_ms == opened_at_ms));
}

BOOST_AUTO_TEST_CASE(a_void_vote_shows_its_reason_and_no_figures)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    house.press(vote, 5, 0, 0);
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, VoidVote{vote, VoidReason::wrong_text, "屏幕显示的不是表决稿"});
    const auto view = view_vote(house.state, vote, Role::chair);
    BOOST_TEST(!view.result.has_value());
    BOOST_TEST((view.void_reason == VoidReason::wrong_text));
    BOOST_TEST(view.void_note == "屏幕显示的不是表决稿");
    BOOST_TEST(view.present == 5U);
}

BOOST_AUTO_TEST_CASE(a_sitting_shows_its_agenda_and_its_counts)
{
    House house;
    house.act(house.secretary, AddItem{house.meeting, "第二项"});
    house.begin(5);
    house.act(house.chair, ActivateItem{house.sitting_id, house.item_id});
    const auto view = view_sitting(house.state, house.sitting_id);
    BOOST_TEST((view.counts == Counts{7, 5, 2, 4}));
    BOOST_TEST(view.body_name == "常务委员会");
    BOOST_TEST(view.meeting_title == "第二十二次会议");
    BOOST_TEST((view.active_item == house.item_id));
    const auto agenda = view_agenda(house.state, house.meeting, Role::delegate);
    BOOST_TEST_REQUIRE(agenda.items.size() == 2U);
    BOOST_TEST((agenda.items[0].state == ItemState::reading));
    BOOST_TEST((agenda.items[1].state == ItemState::adopted));
}

BOOST_AUTO_TEST_CASE(a_closed_sitting_keeps_the_counts_it_closed_with)
{
    House house;
    house.begin(5);
    house.act(house.chair, CloseSitting{house.sitting_id});
    house.act(house.secretary, ImportRoster{house.body, rows_of(3)});
    BOOST_TEST((view_sitting(house.state, house.sitting_id).counts == Counts{7, 5, 2, 4}));
}

BOOST_AUTO_TEST_CASE(my_view_tells_where_i_am_present_and_what_i_pressed_last)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    house.press_one(vote, 0, Choice::oppose);
    house.press_one(vote, 0, Choice::approve);
    const auto seq = house.state.entries - 1;
    const auto me = view_me(house.state, house.members.at(0));
    BOOST_TEST(me.seat == "座1");
    BOOST_TEST(me.name == "代表1");
    BOOST_TEST_REQUIRE(me.present_in.size() == 1U);
    BOOST_TEST_REQUIRE(me.presses.size() == 1U);
    BOOST_TEST((me.presses[0].choice == Choice::approve));
    BOOST_TEST(me.presses[0].seq == seq);
    BOOST_TEST(view_me(house.state, house.members.at(1)).presses.empty());
    BOOST_TEST(view_me(house.state, house.members.at(6)).present_in.empty());
    BOOST_TEST(view_me(house.state, house.chair).seat.empty());
    house.act(house.chair, CloseVote{vote});
    BOOST_TEST(view_me(house.state, house.members.at(0)).presses.empty());
}

BOOST_AUTO_TEST_CASE(a_snapshot_holds_what_this_session_may_watch)
{
    House house;
    const auto idle = house.prepare();
    house.begin(5);
    const auto vote = house.open();
    const BodyId other{house.act(house.secretary, CreateBody{BodyKind::presidium, "主席团"})};
    house.act(house.secretary, ImportRoster{other, {{"X1", "外人", "", "", std::nullopt}}});
    const auto stranger = as(PersonId{house.state.persons_known}, Role::delegate);

    const auto shown = snapshot(house.state, house.members.at(0));
    BOOST_TEST(shown.seq == house.state.entries);
    BOOST_TEST(shown.sittings.size() == 1U);
    BOOST_TEST(shown.votes.size() == 2U);
    BOOST_TEST(snapshot(house.state, stranger).sittings.empty());
    BOOST_TEST(snapshot(house.state, stranger).votes.empty());
    BOOST_TEST(snapshot(house.state, house.appoint(Role::observer, std::nullopt)).sittings.size() == 1U);
    BOOST_TEST(snapshot(house.state, house.appoint(Role::observer, other)).sittings.empty());
    const auto& sitting = house.sitting(house.sitting_id);
    BOOST_TEST(may_watch(house.state, house.chair, sitting));
    BOOST_TEST(!may_watch(house.state, Actor{}, sitting));
    BOOST_TEST(!may_watch(house.state, as(*house.members.at(0).person, Role::chair), sitting));

    // A closed sitting stays until the body begins another meeting; what it never voted on is not shown.
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, CloseSitting{house.sitting_id});
    const auto after = snapshot(house.state, house.members.at(0));
    BOOST_TEST_REQUIRE(after.votes.size() == 1U);
    BOOST_TEST((after.votes[0].id == vote));
    BOOST_TEST((view_vote(house.state, idle, Role::chair).state == VoteState::prepared));
    house.act(house.secretary, CreateMeeting{house.body, "下次会议", 18, 23, over_half()});
    BOOST_TEST(snapshot(house.state, house.members.at(0)).sittings.empty());
    BOOST_TEST(snapshot(house.state, house.members.at(0)).votes.empty());
}

BOOST_AUTO_TEST_CASE(a_snapshot_holds_what_is_unfinished_and_the_newest_that_is_finished)
{
    House house;
    house.begin(5);
    const auto waiting = house.prepare(motion(), std::nullopt);
    std::vector<VoteId> finished;
    for (int i = 0; i < 25; ++i) {
        const auto vote = house.prepare(motion(), std::nullopt);
        finished.push_back(vote);
        if (i % 5 == 0) {
            house.act(house.chair, VoidVote{vote, VoidReason::withdrawn, ""});
            continue;
        }
        house.act(house.chair, OpenVote{vote});
        house.act(house.chair, CloseVote{vote});
        if (i != 1) house.act(house.chair, AnnounceVote{vote});
    }
    std::vector<VoteId> expected = {waiting, finished[1]};
    expected.insert(expected.end(), finished.begin() + 5, finished.end());
    std::vector<VoteId> shown;
    for (const auto& vote : snapshot(house.state, house.chair).votes)
        shown.push_back(vote.id);
    BOOST_TEST((shown == expected));
}

BOOST_AUTO_TEST_CASE(members_come_a_page_at_a_time)
{
    House house(1'205);
    house.open_sign_in();
    house.sign_in(0, 2);
    const auto page = list_members(house.state, {house.sitting_id, 1, 2});
    BOOST_TEST(page.total == 1'205U);
    BOOST_TEST_REQUIRE(page.members.size() == 2U);
    BOOST_TEST(page.members[0].number == "D2");
    BOOST_TEST((page.members[0].presence == Presence::present));
    BOOST_TEST((page.members[1].presence == Presence::absent));
    BOOST_TEST(list_members(house.state, {house.sitting_id, 0, 4'000'000'000U}).members.size() == 1'000U);
    BOOST_TEST(list_members(house.state, {house.sitting_id, 1'200, 200}).members.size() == 5U);
    BOOST_TEST(list_members(house.state, {house.sitting_id, 4'000'000'000U, 200}).members.empty());
}

BOOST_AUTO_TEST_CASE(the_chair_sees_who_has_not_pressed)
{
    House house(300);
    house.begin(290);
    const auto vote = house.open();
    house.press(vote, 50, 0, 0);
    const auto answer = list_not_pressed(house.state, vote);
    BOOST_TEST(answer.total == 240U);
    BOOST_TEST_REQUIRE(answer.members.size() == 200U);
    BOOST_TEST(answer.members[0].number == "D51");
    house.press(vote, 239, 0, 0, 50);
    house.act(house.chair, CloseVote{vote});
    // The last one left the roster afterwards; the list still knows the name.
    auto rows = rows_of(300);
    rows.erase(rows.begin() + 289);
    house.act(house.secretary, ImportRoster{house.body, rows});
    const auto late = list_not_pressed(house.state, vote);
    BOOST_TEST_REQUIRE(late.members.size() == 1U);
    BOOST_TEST(late.members[0].name == "代表290");
    BOOST_TEST(late.members[0].number.empty());
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_with_its_figures)
{
    const auto with = [](Threshold majority) {
        auto rule = motion();
        rule.majority = majority;
        return rule;
    };
    const struct {
        RuleProfile rule;
        std::uint32_t present;
        const char* zh;
        const char* en;
    } table[] = {
        {motion(), 0, "全体组成人员35人，赞成过半数即至少18人为通过；弃权和未按表决器均不计入赞成。",
         "Of all 35 members, more than half, that is at least 18, must approve; abstaining and not pressing "
         "do not "
         "count as approval."},
        {with(two_thirds()), 0, "赞成三分之二以上即至少24人为通过",
         "two thirds or more, that is at least 24, must approve"},
        {with({2, 3, true, Base::all_members}), 0, "赞成超过三分之二即至少24人", "more than two thirds"},
        {with({1, 2, false, Base::all_members}), 0, "赞成半数以上即至少18人", "half or more"},
        {with({3, 5, false, Base::all_members}), 0, "赞成五分之三以上即至少21人", "three fifths or more"},
        {with({17, 20, false, Base::all_members}), 0, "赞成17/20以上即至少30人", "17/20 or more"},
        {with({1, 1, false, Base::all_members}), 0, "赞成全部即至少35人", "Of all 35 members, all, that is"},
        {with({4, 6, false, Base::all_members}), 0, "三分之二以上", "two thirds or more"},
        {with(over_half(Base::present)), 0, "表决开启时的出席人员，赞成过半数为通过",
         "when the vote opens, more than half must"},
        {with(over_half(Base::present)), 31, "出席31人，赞成过半数即至少16人为通过",
         "Of the 31 members present"},
        {with(over_half(Base::cast)), 31,
         "按表决器的人员，赞成过半数为通过；弃权计入基数，未按表决器不计入基数",
         "Of those who press, more than half must approve; abstentions count in the base"},
        {with(over_half(Base::valid)), 31, "按表决器的人员", "those who press"},
        {with(over_half(Base::for_and_against)), 31, "表示赞成或反对的人员，赞成过半数为通过",
         "abstaining and not pressing are left out of the base"},
    };
    for (const auto& row : table) {
        const auto words = describe_rule(row.rule, 35, row.present);
        BOOST_TEST_CONTEXT(words.zh << " / " << words.en)
        {
            BOOST_TEST(words.zh.find(row.zh) != std::string::npos);
            BOOST_TEST(words.en.find(row.en) != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_names_groups_participation_pressing_and_time)
{
    auto rule = motion();
    rule.groups = {"居民代表", "单位代表"};
    rule.min_participation = over_half();
    rule.press = PressPolicy::first;
    rule.close = ClosePolicy::timer;
    rule.window_ms = 90'500;
    const auto words = describe_rule(rule, 36, 30);
    BOOST_TEST(
        words.zh ==
        "居民代表、单位代表分别计算：本组全体组成人员，赞成均须过半数方为通过；弃权和未按表决器均不计入赞成。"
        "全体组成人员36人，按表决器的须过半数即至少19人，否则本次表决无效，重新表决。"
        "以第一次按键为准。表决时间90.5秒，到时自动结束。");
    BOOST_TEST(
        words.en ==
        "In each of 居民代表, 单位代表 separately, of all members of the group, more than half must approve; "
        "abstaining and not pressing do not count as approval. Of all 36 members, more than half, that is at "
        "least 19, must press, otherwise the vote is invalid and taken again. The first press counts. The "
        "vote "
        "closes by itself after 90.5 seconds.");
    rule = motion();
    rule.close = ClosePolicy::timer_then_chair;
    rule.window_ms = 60'000;
    BOOST_TEST(
        describe_rule(rule, 36, 30)
            .zh.ends_with("以最后一次按键为准。以视频方式出席的举手表决，由2名计票人分别清点并取得一致。"
                          "表决时间60秒，由主持人宣布结束。"));
    rule.close = ClosePolicy::chair;
    BOOST_TEST(describe_rule(rule, 36, 30)
                   .en.ends_with("The last press counts. Who attends by video raises a hand; 2 tellers count "
                                 "and must agree. The chair closes the vote."));
}

BOOST_AUTO_TEST_CASE(the_state_hash_depends_on_everything_but_the_codes)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    house.press(vote, 3, 1, 0);
    const auto hash = state_hash(house.state);
    const auto changes = [&](auto change) {
        auto state = house.state;
        change(state);
        return state_hash(state) != hash;
    };
    BOOST_TEST(changes([](State& s) { ++s.entries; }));
    BOOST_TEST(changes([](State& s) { ++s.now_ms; }));
    BOOST_TEST(changes([](State& s) { s.origin += 'x'; }));
    BOOST_TEST(changes([](State& s) { ++s.persons_known; }));
    BOOST_TEST(changes([](State& s) { s.persons.begin()->second.name += 'x'; }));
    BOOST_TEST(changes([](State& s) { s.offices.pop_back(); }));
    BOOST_TEST(changes([](State& s) { s.bodies.begin()->second.members.front().seat += 'x'; }));
    BOOST_TEST(changes([](State& s) { s.bodies.begin()->second.roster = Digest{}; }));
    BOOST_TEST(changes([](State& s) { s.meetings.begin()->second.quorum.strict = false; }));
    BOOST_TEST(changes([](State& s) { s.items.begin()->second.was_read = true; }));
    BOOST_TEST(changes([&](State& s) { s.sittings.at(house.sitting_id).history.front().at_ms = 1; }));
    BOOST_TEST(changes([&](State& s) { s.sittings.at(house.sitting_id).present.clear(); }));
    BOOST_TEST(changes([&](State& s) { s.votes.at(vote).presses.begin()->second.choice = Choice::abstain; }));
    BOOST_TEST(changes([&](State& s) { s.votes.at(vote).electorate.pop_back(); }));
    BOOST_TEST(!changes([](State& s) { s.codes[Digest{}] = {}; }));
    BOOST_TEST(!changes([](State& s) { s.code_of[{PersonId{1}, Role::chair}] = Digest{}; }));
}

BOOST_AUTO_TEST_SUITE_END()
