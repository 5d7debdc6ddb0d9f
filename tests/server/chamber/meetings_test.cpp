#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(meetings_test)

using namespace plenum;
using namespace plenum::chamber;

// Meetings from the notice to the archive, sittings of other bodies, and the schedule.

namespace {

using enum RefusalCode;

std::optional<RefusalCode> refusal_of(const Rehearsal& house, const Actor& actor, const Command& command)
{
    const auto decided = house.decide(actor, command);
    return decided ? std::nullopt : std::optional(decided.error().code);
}

void close_sitting(House& house)
{
    house.act(house.chair, CloseSitting{house.sitting_id});
}

ScheduleRow line(std::uint64_t at_ms, const std::string& title, std::vector<ItemId> items = {})
{
    return {at_ms, 30, title, "会议厅", std::move(items)};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_meeting_is_notified_closed_and_archived_in_this_order)
{
    House house;
    const auto refusal = [&](const Command& command) { return refusal_of(house, house.secretary, command); };
    const NotifyMeeting notify{house.meeting, "书面通知全体组成人员"};
    const CloseMeeting close{house.meeting};
    const ArchiveMeeting archive{house.meeting};
    BOOST_TEST((refusal(NotifyMeeting{house.meeting, ""}) == invalid_text));
    BOOST_TEST((refusal(NotifyMeeting{house.meeting, "两\n行"}) == invalid_text));
    BOOST_TEST((refusal(close) == wrong_state));
    BOOST_TEST((refusal(archive) == wrong_state));
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::draft));
    house.act(house.secretary, notify);
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::notified));
    BOOST_TEST((refusal(notify) == wrong_state));

    house.begin(5);
    BOOST_TEST((refusal(close) == wrong_state));
    close_sitting(house);
    BOOST_TEST((refusal(archive) == wrong_state));
    house.act(house.secretary, close);
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::closed));
    for (const Command& command : std::vector<Command>{
             notify, close, CreateSitting{house.meeting, "续会"}, AddItem{house.meeting, "议题"},
             ImportAgenda{house.meeting, {{1, "议题", {}, 0, "", false}}},
             SetSchedule{house.meeting, {line(1, "开会")}}}) {
        BOOST_TEST_CONTEXT(method_of(command)) BOOST_TEST((refusal(command) == wrong_state));
    }
    BOOST_TEST((refusal(EditItem{house.item_id, "改题", {}, 0, "", false, "全体会议决定"}) == std::nullopt));
    house.act(house.secretary, archive);
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::archived));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_meeting_without_a_sitting_cannot_be_closed)
{
    House house;
    const MeetingId empty{
        house.act(house.secretary, CreateMeeting{house.body, "下次会议", 18, 23, over_half()})};
    BOOST_TEST((refusal_of(house, house.secretary, CloseMeeting{empty}) == wrong_state));
}

BOOST_AUTO_TEST_CASE(a_meeting_is_called_off_while_nothing_of_it_has_begun)
{
    House house;
    const CancelMeeting cancel{house.meeting, "改期举行"};
    const auto refusal = [&](const Command& command) { return refusal_of(house, house.secretary, command); };
    BOOST_TEST((refusal(CancelMeeting{house.meeting, ""}) == invalid_text));
    const MeetingId empty{
        house.act(house.secretary, CreateMeeting{house.body, "下次会议", 18, 23, over_half()})};
    house.act(house.secretary, CancelMeeting{empty, "模板有误"});
    BOOST_TEST((meeting_state(house.state, empty) == MeetingState::cancelled));

    house.open_sign_in();
    BOOST_TEST((refusal(cancel) == wrong_state));
    BOOST_TEST(house.decide(house.secretary, cancel).error().reason.zh.find("第一次全体会议") !=
               std::string::npos);
    // Opened by mistake and closed before anybody came, it has not begun.
    close_sitting(house);
    const SittingId second{house.act(house.secretary, CreateSitting{house.meeting, "第二次全体会议"})};
    house.act(house.secretary, cancel);
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::cancelled));
    BOOST_TEST((house.sitting(second).state == SittingState::closed));
    for (const Command& command : std::vector<Command>{
             cancel, CloseMeeting{house.meeting}, ArchiveMeeting{house.meeting},
             AddItem{house.meeting, "议题"}, EditItem{house.item_id, "改题"},
             CreateSitting{house.meeting, "续会"}, OpenSignIn{second}, house.prepare_command(motion())}) {
        BOOST_TEST_CONTEXT(method_of(command)) BOOST_TEST((refusal(command) == wrong_state));
    }
    BOOST_TEST((refusal(CorrectRecord{3, "甲", "乙", "笔误"}) == std::nullopt));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_meeting_somebody_came_to_is_not_called_off)
{
    House house;
    house.open_sign_in();
    house.sign_in(0, 1);
    close_sitting(house);
    BOOST_TEST((refusal_of(house, house.secretary, CancelMeeting{house.meeting, "改期"}) == wrong_state));
    house.act(house.secretary, CloseMeeting{house.meeting});
    BOOST_TEST((refusal_of(house, house.secretary, CancelMeeting{house.meeting, "改期"}) == wrong_state));
}

BOOST_AUTO_TEST_CASE(of_an_archived_meeting_nothing_changes_but_by_correction)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    house.act(house.chair, CloseVote{vote});
    close_sitting(house);
    house.act(house.secretary, CloseMeeting{house.meeting});
    // What was never announced could never be announced again.
    BOOST_TEST((refusal_of(house, house.secretary, ArchiveMeeting{house.meeting}) == wrong_state));
    house.act(house.chair, AnnounceVote{vote});
    house.act(house.secretary, ArchiveMeeting{house.meeting});
    const auto person = *house.members.at(6).person;
    const struct {
        Actor actor;
        Command command;
    } table[] = {
        {house.secretary, ArchiveMeeting{house.meeting}},
        {house.secretary, CloseMeeting{house.meeting}},
        {house.secretary, EditItem{house.item_id, "改题"}},
        {house.secretary, MoveItem{house.item_id, std::nullopt, 0}},
        {house.secretary, AttachDocument{house.item_id, "附件", "text/plain", Bytes{'x'}}},
        {house.secretary, house.prepare_command(motion())},
        {house.chair, RetryVote{vote}},
        {house.operator_, SignInFor{house.sitting_id, person}},
        {house.members.at(0), SignIn{house.sitting_id}},
    };
    for (const auto& row : table) {
        const auto decided = house.decide(row.actor, row.command);
        BOOST_TEST_CONTEXT(method_of(row.command))
        {
            BOOST_TEST_REQUIRE(decided.has_error());
            BOOST_TEST((decided.error().code == wrong_state));
            BOOST_TEST(decided.error().reason.zh.find("归档") != std::string::npos);
        }
    }
    house.act(house.secretary, CorrectRecord{1, "常务委员会", "常务委员会（更正）", "笔误"});
    house.act(house.secretary, CreateMeeting{house.body, "下次会议", 18, 23, over_half()});
}

BOOST_AUTO_TEST_CASE(speaking_times_are_at_most_a_day_and_warn_before_the_end)
{
    House house;
    const auto refusal = [&](const SpeakingTimes& times) {
        const CreateMeeting create{house.body, "会议", 1, 1, over_half(), MeetingKind::mid_year, times};
        return refusal_of(house, house.secretary, create);
    };
    constexpr std::uint32_t day = 24 * 60 * 60 * 1000;
    BOOST_TEST((refusal({day, day, day, 0}) == std::nullopt));
    BOOST_TEST((refusal({0, 0, 60'000, 0}) == std::nullopt));
    BOOST_TEST((refusal({day + 1, 0, 0, 2}) == invalid_profile));
    BOOST_TEST((refusal({60'000, day + 1, 0, 2}) == invalid_profile));
    BOOST_TEST((refusal({60'000, 60'000, 60'001, 2}) == invalid_profile));
    BOOST_TEST((refusal({0, 0, day + 1, 2}) == invalid_profile));
}

BOOST_AUTO_TEST_CASE(a_sitting_is_of_the_body_that_meets_or_of_one_that_belongs_to_it)
{
    House house(7, BodyKind::congress);
    const auto refusal = [&](const CreateSitting& command) {
        return refusal_of(house, house.secretary, command);
    };
    house.act(house.secretary, FormDelegations{house.body});
    const BodyId delegation{house.state.entries - 2};
    const BodyId stranger{house.act(house.secretary, CreateBody{BodyKind::presidium, "别的主席团"})};
    const Threshold all{1, 1, false, Base::all_members};
    BOOST_TEST((refusal({house.meeting, "会议", BodyId{999}, {}}) == no_such_record));
    BOOST_TEST((refusal({house.meeting, "会议", stranger, {}}) == wrong_state));
    BOOST_TEST((refusal({house.meeting, "会议", delegation, {{3, 2, false, Base::all_members}}}) ==
                invalid_profile));
    BOOST_TEST((refusal({house.meeting, "会议", {}, all}) == invalid_profile));
    BOOST_TEST((refusal({house.meeting, "会议", house.body, all}) == invalid_profile));

    const SittingId own{house.act(house.secretary, CreateSitting{house.meeting, "全会", house.body, {}})};
    BOOST_TEST((house.sitting(own).body == house.body));
    BOOST_TEST(!std::get<SittingCreated>(decode_entry(house.entries.back())->event).body.has_value());
    const SittingId group{house.act(house.secretary, CreateSitting{house.meeting, "分团", delegation, all})};
    BOOST_TEST((house.sitting(group).body == delegation));
    BOOST_TEST((quorum_of(house.state, house.sitting(group)) == all));

    // Its quorum is its own: all three members of the delegation.
    const auto leader = house.appoint(Role::chair, delegation);
    const auto& members = house.state.bodies.at(delegation).members;
    BOOST_TEST_REQUIRE(members.size() == 3U);
    house.act(house.secretary, OpenSignIn{group});
    house.act(as(members[0].person, Role::delegate), SignIn{group});
    house.act(as(members[1].person, Role::delegate), SignIn{group});
    BOOST_TEST((refusal_of(house, leader, OpenSitting{group}) == no_quorum));
    BOOST_TEST((refusal_of(house, house.chair, OpenSitting{group}) == not_your_body));
    house.act(as(members[2].person, Role::delegate), SignIn{group});
    house.act(leader, OpenSitting{group});
    const auto outsider = as(*house.members.at(0).person, Role::delegate);
    BOOST_TEST((refusal_of(house, outsider, SignIn{group}) == not_a_member));

    // A delegation deliberates, but settles neither the agenda nor an item of the whole body.
    auto question = house.prepare_command(motion());
    question.sitting = group;
    BOOST_TEST((refusal_of(house, house.secretary, question) == wrong_state));
    BOOST_TEST((refusal_of(house, leader, AdoptAgenda{group}) == wrong_state));
    house.begin(5);
    house.act(leader, ActivateItem{group, house.item_id});
    house.act(leader, DeliberateItem{group, house.item_id});
    BOOST_TEST((refusal_of(house, leader, WithdrawItem{group, house.item_id, "提案人撤回"}) == wrong_state));
    BOOST_TEST((refusal_of(house, leader, DeferItem{group, house.item_id, "待研究"}) == wrong_state));
    BOOST_TEST((refusal_of(house, leader, ConcludeItem{group, house.item_id, ItemOutcome::noted, ""}) ==
                wrong_state));
    house.act(house.chair, DeferItem{house.sitting_id, house.item_id, "待研究"});
    BOOST_TEST((refusal_of(house, leader, ActivateItem{group, house.item_id}) == wrong_state));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_schedule_is_in_order_of_time_about_items_of_the_meeting_and_replaces_the_last)
{
    House house;
    const MeetingId other{
        house.act(house.secretary, CreateMeeting{house.body, "下次会议", 18, 23, over_half()})};
    const ItemId foreign{house.act(house.secretary, AddItem{other, "下次的议题"})};
    const auto refusal = [&](std::vector<ScheduleRow> rows) {
        return refusal_of(house, house.secretary, SetSchedule{house.meeting, std::move(rows)});
    };
    BOOST_TEST((refusal({}) == nothing_to_do));
    BOOST_TEST((refusal({line(5, "报到"), line(5, "分团会议"), line(6, "全体会议", {house.item_id})}) ==
                std::nullopt));
    BOOST_TEST((refusal({line(5, "")}) == invalid_text));
    BOOST_TEST((refusal({line(5, "报到", {foreign})}) == no_such_record));
    BOOST_TEST((refusal({line(5, "报到", {ItemId{9999}})}) == no_such_record));
    BOOST_TEST((refusal({line(5, "报到", std::vector(101, house.item_id))}) == too_many));
    auto row = line(5, "报到");
    row.place = "两\n行";
    BOOST_TEST((refusal({row}) == invalid_text));
    const auto unordered =
        house.decide(house.secretary, SetSchedule{house.meeting, {line(5, "报到"), line(4, "开会")}});
    BOOST_TEST_REQUIRE(unordered.has_error());
    BOOST_TEST((unordered.error().code == invalid_text));
    BOOST_TEST(unordered.error().reason.zh.find("第2行") != std::string::npos);
    BOOST_TEST((refusal(std::vector(schedule_rows_max, line(5, "报到"))) == std::nullopt));
    BOOST_TEST((refusal(std::vector(schedule_rows_max + 1, line(5, "报到"))) == too_many));

    const std::vector<ScheduleRow> rows = {line(5, "报到"), line(6, "全体会议", {house.item_id})};
    house.act(house.secretary, SetSchedule{house.meeting, rows});
    BOOST_TEST((refusal(rows) == nothing_to_do));
    BOOST_TEST((view_agenda(house.state, house.meeting, Role::hall).schedule == rows));
    house.act(house.secretary, SetSchedule{house.meeting, {}});
    BOOST_TEST(house.state.meetings.at(house.meeting).schedule.empty());
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_SUITE_END()
