#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(floor_test)

using namespace plenum;
using namespace plenum::chamber;

// Who may speak, in which order, for how long, and what the minutes say of it.

namespace {

using enum RefusalCode;
using enum SpeechKind;

/// Nothing: accepted.
using Reply = std::optional<RefusalCode>;
constexpr Reply yes = std::nullopt;

std::string words(const Reply& reply)
{
    return reply ? std::string(codec::enum_name(*reply)) : "accepted";
}

Reply reply_to(const House& house, const Actor& actor, const Command& command)
{
    const auto decided = house.decide(actor, command);
    if (decided) return std::nullopt;
    return decided.error().code;
}

void expect(const House& house, const Actor& actor, const Command& command, const Reply& expected)
{
    BOOST_TEST_CONTEXT(method_of(command))
    {
        BOOST_TEST(words(reply_to(house, actor, command)) == words(expected));
    }
}

/// Seven members, 0 to 4 there; a non-voting attendee there and one not yet, and somebody of the press there.
/// The first item is read.
struct Floor : House {
    Actor guest;
    Actor late_guest;
    Actor press_corps;

    Floor()
    {
        guest = admitted(AttendeeKind::nonvoting_attendee);
        late_guest = admitted(AttendeeKind::nonvoting_attendee);
        press_corps = admitted(AttendeeKind::press);
        begin(5);
        act(chair, ActivateItem{sitting_id, item_id});
        act(operator_, SignInFor{sitting_id, *guest.person});
        act(operator_, SignInFor{sitting_id, *press_corps.person});
    }

    Actor admitted(AttendeeKind kind)
    {
        act(operator_, AdmitAttendee{meeting, std::nullopt, "列席人员", kind, "财政局", ""});
        return as(PersonId{state.persons_known}, Role::observer);
    }

    RequestFloor request(SpeechKind kind = speech, std::optional<ItemId> item = std::nullopt) const
    {
        return {sitting_id, kind, item, std::nullopt};
    }

    RequestFloorFor request_for(PersonId person, SpeechKind kind = speech) const
    {
        return {sitting_id, person, kind, std::nullopt, std::nullopt};
    }

    SpeechId ask_for_floor(const Actor& actor, SpeechKind kind = speech)
    {
        return SpeechId{act(actor, request(kind))};
    }

    SpeechId speak(const Actor& actor, SpeechKind kind = speech)
    {
        const auto id = ask_for_floor(actor, kind);
        act(chair, GrantFloor{id, std::nullopt, ""});
        return id;
    }

    /// A whole speech of this length.
    SpeechId spoken(const Actor& actor, std::uint64_t ms = 1'000)
    {
        const auto id = speak(actor);
        now_ms += ms;
        act(chair, StopSpeech{id});
        return id;
    }

    std::vector<SpeechId> queue() { return sitting(sitting_id).queue; }
    const Speech& speech_at(SpeechId id) { return state.speeches.at(id); }
};

} // namespace

BOOST_AUTO_TEST_CASE(members_and_nonvoting_attendees_who_are_there_ask_for_the_floor)
{
    Floor floor;
    const auto foreign = as(*floor.appoint(Role::observer, floor.body).person, Role::observer);
    const struct {
        const char* what;
        Actor actor;
        Reply expected;
    } table[] = {
        {"a member there", floor.members.at(0), yes},
        {"a member not there", floor.members.at(6), not_signed_in},
        {"an attendee there", floor.guest, yes},
        {"an attendee there, at a member's console elsewhere", as(*floor.guest.person, Role::delegate), yes},
        {"an attendee not there", floor.late_guest, not_signed_in},
        {"the press", floor.press_corps, not_admitted},
        {"a mere observer", foreign, not_admitted},
        {"a member of nothing here", as(*foreign.person, Role::delegate), not_admitted},
        {"the chair, who speaks anyway", floor.chair, not_allowed},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            expect(floor, row.actor, floor.request(), row.expected);
        }
    }
    floor.act(floor.members.at(0), floor.request());
    expect(floor, floor.members.at(0), floor.request(), nothing_to_do);
    expect(floor, floor.members.at(0), floor.request(point_of_order), yes);
    expect(floor, floor.operator_, floor.request_for(*floor.members.at(0).person), nothing_to_do);
    // The desk registers also those who have not come yet.
    expect(floor, floor.operator_, floor.request_for(*floor.members.at(6).person), yes);
    expect(floor, floor.secretary, floor.request_for(*floor.late_guest.person), yes);
    expect(floor, floor.chair, floor.request_for(*floor.press_corps.person), not_admitted);
    expect(floor, floor.members.at(1), floor.request_for(*floor.members.at(1).person), not_allowed);
    // A remote member is there.
    floor.act(floor.operator_,
              SignInFor{floor.sitting_id, *floor.members.at(6).person, AttendanceMode::remote});
    expect(floor, floor.members.at(6), floor.request(), yes);
}

BOOST_AUTO_TEST_CASE(the_floor_in_every_state_of_the_sitting)
{
    // draft, signing_in, in_session, recess, closed
    using Replies = std::array<Reply, 5>;
    const Reply no = wrong_state;
    const Replies by_oneself = {no, yes, yes, yes, no};
    const Replies by_desk = {yes, yes, yes, yes, no};
    const Replies to_grant = {no, no, yes, no, no};
    for (std::size_t stage = 0; stage < 5; ++stage) {
        BOOST_TEST_CONTEXT("stage " << stage)
        {
            House house;
            const auto person = *house.members.at(0).person;
            const auto request = [&](SpeechKind kind) {
                return RequestFloorFor{house.sitting_id, person, kind, std::nullopt, std::nullopt};
            };
            const SpeechId waiting{house.act(house.secretary, request(question))};
            const SpeechId second{house.act(house.secretary, request(speech))};
            if (stage > 0) house.open_sign_in();
            if (stage > 0) house.sign_in(0, 5);
            if (stage > 1) house.act(house.chair, OpenSitting{house.sitting_id});
            if (stage == 3) house.act(house.chair, RecessSitting{house.sitting_id, "午休"});
            if (stage == 4) house.act(house.chair, CloseSitting{house.sitting_id});
            const RequestFloor own{house.sitting_id, point_of_order, std::nullopt, std::nullopt};
            expect(house, house.members.at(0), own, by_oneself.at(stage));
            expect(house, house.operator_, request(point_of_order), by_desk.at(stage));
            expect(house, house.members.at(0), CancelFloorRequest{waiting}, by_desk.at(stage));
            expect(house, house.operator_, WithdrawSpeech{waiting}, by_desk.at(stage));
            expect(house, house.chair, OrderFloor{house.sitting_id, {second, waiting}}, by_desk.at(stage));
            expect(house, house.chair, GrantFloor{waiting, std::nullopt, ""}, to_grant.at(stage));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_speech_is_on_the_active_item_unless_another_of_the_meeting_is_named)
{
    Floor floor;
    const ItemId other{floor.act(floor.secretary, AddItem{floor.meeting, "第二项"})};
    const MeetingId elsewhere{
        floor.act(floor.secretary, CreateMeeting{floor.body, "下次会议", 18, 23, over_half()})};
    const ItemId foreign{floor.act(floor.secretary, AddItem{elsewhere, "下次的议题"})};
    expect(floor, floor.members.at(0), floor.request(speech, foreign), no_such_record);
    expect(floor, floor.members.at(0), floor.request(speech, ItemId{9999}), no_such_record);
    const SpeechId named{floor.act(floor.members.at(0), floor.request(speech, other))};
    BOOST_TEST((floor.speech_at(named).item == other));
    const auto active = floor.ask_for_floor(floor.members.at(1));
    BOOST_TEST((floor.speech_at(active).item == floor.item_id));
    floor.act(floor.chair, DeferItem{floor.sitting_id, floor.item_id, "待研究"});
    const auto none = floor.ask_for_floor(floor.members.at(2));
    BOOST_TEST(!floor.speech_at(none).item.has_value());
}

BOOST_AUTO_TEST_CASE(answers_name_a_question_of_the_sitting_and_nothing_else_does)
{
    Floor floor;
    const ItemId other{floor.act(floor.secretary, AddItem{floor.meeting, "第二项"})};
    const SpeechId asked{floor.act(floor.members.at(0), floor.request(question, other))};
    const auto taken_back = floor.ask_for_floor(floor.members.at(1), question);
    floor.act(floor.members.at(1), CancelFloorRequest{taken_back});
    const auto spoken = floor.ask_for_floor(floor.members.at(2));
    const SittingId elsewhere{floor.act(floor.secretary, CreateSitting{floor.meeting, "第二次全体会议"})};
    const SpeechId foreign{floor.act(floor.operator_, RequestFloorFor{elsewhere, *floor.members.at(3).person,
                                                                      question, std::nullopt, std::nullopt})};
    const struct {
        const char* what;
        SpeechKind kind;
        std::optional<SpeechId> answers;
        Reply expected;
    } table[] = {
        {"the question", answer, asked, yes},
        {"no question named", answer, std::nullopt, wrong_state},
        {"a speech that answers", speech, asked, wrong_state},
        {"a question taken back", answer, taken_back, no_such_record},
        {"a speech", answer, spoken, no_such_record},
        {"a question elsewhere", answer, foreign, no_such_record},
        {"nothing", answer, SpeechId{9999}, no_such_record},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            expect(floor, floor.guest, RequestFloor{floor.sitting_id, row.kind, std::nullopt, row.answers},
                   row.expected);
        }
    }
    const SpeechId reply{floor.act(floor.guest, RequestFloor{floor.sitting_id, answer, std::nullopt, asked})};
    BOOST_TEST((floor.speech_at(reply).item == other));
}

BOOST_AUTO_TEST_CASE(points_of_order_head_the_queue_and_the_chair_orders_it)
{
    Floor floor;
    const auto first = floor.ask_for_floor(floor.members.at(0));
    const auto second = floor.ask_for_floor(floor.members.at(1));
    const auto order = floor.ask_for_floor(floor.members.at(2), point_of_order);
    const auto later_order = floor.ask_for_floor(floor.members.at(3), point_of_order);
    BOOST_TEST((floor.queue() == std::vector{order, later_order, first, second}));
    const auto sitting = floor.sitting_id;
    const struct {
        const char* what;
        std::vector<SpeechId> order;
        Reply expected;
    } table[] = {
        {"as it is", {order, later_order, first, second}, nothing_to_do},
        {"one left out", {second, first, order}, wrong_state},
        {"one twice", {second, first, order, order}, wrong_state},
        {"one too many", {second, first, order, later_order, second}, wrong_state},
        {"a stranger", {second, first, order, SpeechId{1}}, wrong_state},
        {"nobody", {}, wrong_state},
        {"another", {second, order, first, later_order}, yes},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            expect(floor, floor.chair, OrderFloor{sitting, row.order}, row.expected);
        }
    }
    expect(floor, floor.operator_, OrderFloor{sitting, {second, order, first, later_order}}, not_allowed);
    floor.act(floor.chair, OrderFloor{sitting, {second, order, first, later_order}});
    // The next point of order heads even that.
    const auto newest = floor.ask_for_floor(floor.members.at(4), point_of_order);
    BOOST_TEST((floor.queue() == std::vector{newest, second, order, first, later_order}));
    floor.act(floor.members.at(1), CancelFloorRequest{second});
    floor.act(floor.operator_, WithdrawSpeech{order});
    BOOST_TEST((floor.queue() == std::vector{newest, first, later_order}));
    expect(floor, floor.members.at(1), CancelFloorRequest{second}, wrong_state);
    expect(floor, floor.members.at(1), CancelFloorRequest{first}, not_yours);
    expect(floor, floor.operator_, WithdrawSpeech{second}, wrong_state);
    const auto view = view_floor(floor.state, sitting);
    BOOST_TEST_REQUIRE(view.queue.size() == 3U);
    BOOST_TEST((view.queue[0].id == newest));
    BOOST_TEST((floor.replayed() == state_hash(floor.state)));
}

BOOST_AUTO_TEST_CASE(two_hundred_wait_and_no_more)
{
    Floor floor;
    const auto waiting = floor.ask_for_floor(floor.members.at(0));
    auto& queue = floor.sitting(floor.sitting_id).queue;
    queue.resize(199, waiting);
    expect(floor, floor.members.at(1), floor.request(), yes);
    queue.resize(200, waiting);
    expect(floor, floor.members.at(1), floor.request(), too_many);
    expect(floor, floor.operator_, floor.request_for(*floor.members.at(1).person), too_many);
}

BOOST_AUTO_TEST_CASE(the_time_to_speak_follows_from_the_meeting_and_the_kind)
{
    const struct {
        const char* what;
        SpeakingTimes times;
        SpeechKind kind;
        std::size_t earlier;
        std::optional<std::uint32_t> asked;
        std::uint32_t granted;
    } table[] = {
        {"a first speech", {}, speech, 0, std::nullopt, 600'000},
        {"a second one", {}, speech, 1, std::nullopt, 300'000},
        {"a third one", {600'000, 300'000, 60'000, 0}, speech, 2, std::nullopt, 300'000},
        {"a question after a speech", {}, question, 1, std::nullopt, 600'000},
        {"a point of order", {}, point_of_order, 1, std::nullopt, 180'000},
        {"a point of order where time is short",
         {120'000, 60'000, 0, 2},
         point_of_order,
         0,
         std::nullopt,
         120'000},
        {"a point of order without limits", {0, 0, 0, 2}, point_of_order, 0, std::nullopt, 180'000},
        {"no limit", {0, 300'000, 0, 2}, speech, 0, std::nullopt, 0},
        {"as the chair says", {}, speech, 0, 900'000, 900'000},
        {"without limit, as the chair says", {}, speech, 0, 0, 0},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            Floor floor;
            floor.state.meetings.at(floor.meeting).speaking = row.times;
            for (std::size_t i = 0; i < row.earlier; ++i)
                floor.spoken(floor.members.at(0));
            const auto id = floor.ask_for_floor(floor.members.at(0), row.kind);
            floor.act(floor.chair, GrantFloor{id, row.asked, ""});
            BOOST_TEST(floor.speech_at(id).limit_ms == row.granted);
            BOOST_TEST(view_floor(floor.state, floor.sitting_id).speaking->earlier == row.earlier);
        }
    }
}

BOOST_AUTO_TEST_CASE(nobody_asks_for_a_third_speech_on_an_item_but_the_chair_may_register_it)
{
    Floor floor;
    const ItemId other{floor.act(floor.secretary, AddItem{floor.meeting, "第二项"})};
    floor.spoken(floor.members.at(0));
    expect(floor, floor.members.at(0), floor.request(), yes);
    // Waiting counts for nothing, having spoken does.
    floor.spoken(floor.members.at(0));
    expect(floor, floor.members.at(0), floor.request(), speech_limit);
    expect(floor, floor.members.at(0), floor.request(question), yes);
    expect(floor, floor.members.at(0), floor.request(point_of_order), yes);
    expect(floor, floor.members.at(0), floor.request(speech, other), yes);
    expect(floor, floor.members.at(1), floor.request(), yes);
    expect(floor, floor.chair, floor.request_for(*floor.members.at(0).person), yes);
    floor.state.meetings.at(floor.meeting).speaking.speeches_max = 0;
    expect(floor, floor.members.at(0), floor.request(), yes);
}

BOOST_AUTO_TEST_CASE(a_sitting_may_have_speaking_times_of_its_own)
{
    Floor floor;
    const auto running = floor.speak(floor.members.at(1));
    const SetSpeakingTimes set{floor.sitting_id, {900'000, 600'000, 30'000, 1}};
    expect(floor, floor.secretary, SetSpeakingTimes{floor.sitting_id, {60'000, 60'000, 90'000, 1}},
           invalid_profile);
    expect(floor, floor.secretary, SetSpeakingTimes{floor.sitting_id, {}}, nothing_to_do);
    expect(floor, floor.chair, set, not_allowed);
    floor.act(floor.secretary, set);
    expect(floor, floor.secretary, set, nothing_to_do);
    // Whoever speaks keeps the time that was given.
    BOOST_TEST(floor.speech_at(running).limit_ms == 600'000U);
    floor.act(floor.chair, StopSpeech{running});
    const auto next = floor.speak(floor.members.at(0));
    BOOST_TEST(floor.speech_at(next).limit_ms == 900'000U);
    BOOST_TEST(view_floor(floor.state, floor.sitting_id).warn_ms == 30'000U);
    BOOST_TEST(view_sitting(floor.state, floor.sitting_id).speaking.second_ms == 600'000U);
    floor.act(floor.chair, StopSpeech{next});
    expect(floor, floor.members.at(0), floor.request(), speech_limit);
    // Other sittings go by the meeting.
    const SittingId other{floor.act(floor.secretary, CreateSitting{floor.meeting, "第二次全体会议"})};
    BOOST_TEST(view_sitting(floor.state, other).speaking.first_ms == 600'000U);
    floor.act(floor.chair, CloseSitting{floor.sitting_id});
    expect(floor, floor.secretary, SetSpeakingTimes{floor.sitting_id, {}}, wrong_state);
    BOOST_TEST((floor.replayed() == state_hash(floor.state)));
}

BOOST_AUTO_TEST_CASE(one_speaks_at_a_time_and_only_who_is_there)
{
    Floor floor;
    const auto id = floor.ask_for_floor(floor.members.at(0));
    const auto next = floor.ask_for_floor(floor.guest);
    const SpeechId absent{floor.act(floor.operator_, floor.request_for(*floor.members.at(6).person))};
    const auto grant = [](SpeechId waiting) { return GrantFloor{waiting, std::nullopt, ""}; };
    expect(floor, floor.chair, grant(absent), not_signed_in);
    expect(floor, floor.operator_, grant(id), not_allowed);
    expect(floor, floor.chair, GrantFloor{id, 86'400'001, ""}, too_many);
    floor.act(floor.chair, grant(id));
    expect(floor, floor.chair, grant(next), floor_taken);
    expect(floor, floor.chair, grant(id), wrong_state);
    // Nothing hides a speech that goes on.
    expect(floor, floor.chair, RecessSitting{floor.sitting_id, "午休"}, floor_taken);
    expect(floor, floor.chair, CloseSitting{floor.sitting_id}, floor_taken);
    expect(floor, floor.members.at(0), CancelFloorRequest{id}, wrong_state);
    expect(floor, floor.operator_, WithdrawSpeech{id}, wrong_state);
    expect(floor, floor.members.at(1), YieldFloor{id}, not_yours);
    expect(floor, floor.guest, YieldFloor{next}, wrong_state);
    floor.now_ms += 65'000;
    floor.act(floor.members.at(0), YieldFloor{id});
    BOOST_TEST(floor.speech_at(id).used_ms == 65'000U);
    BOOST_TEST((floor.speech_at(id).state == SpeechState::ended));
    expect(floor, floor.members.at(0), YieldFloor{id}, wrong_state);
    expect(floor, floor.chair, StopSpeech{id}, wrong_state);
    expect(floor, floor.chair, RecessSitting{floor.sitting_id, "午休"}, yes);
    // Dismissed while waiting, they are not admitted any more.
    floor.act(floor.operator_, DismissAttendee{floor.meeting, *floor.guest.person});
    expect(floor, floor.chair, grant(next), not_admitted);
    floor.act(floor.chair, CloseSitting{floor.sitting_id});
    const auto view = view_floor(floor.state, floor.sitting_id);
    BOOST_TEST(view.ended.size() == 1U);
    BOOST_TEST(view.queue.size() == 2U);
    BOOST_TEST((floor.replayed() == state_hash(floor.state)));
}

BOOST_AUTO_TEST_CASE(older_speeches_are_shown_until_their_minutes_are_signed)
{
    Floor floor;
    const auto& member = floor.members.at(0);
    std::vector<SpeechId> ids;
    for (int i = 0; i < 55; ++i) {
        ids.push_back(floor.speak(member, SpeechKind::point_of_order));
        floor.act(member, YieldFloor{ids.back()});
    }
    const auto shown = [&] { return view_floor(floor.state, floor.sitting_id).ended; };
    BOOST_TEST(shown().size() == 55U);
    BOOST_TEST((shown().front().id == ids.front()));
    floor.act(floor.secretary, MinuteSpeech{ids.front(), "发言"});
    BOOST_TEST(shown().size() == 55U);
    floor.act(member, SignMinutes{ids.front(), *floor.speech_at(ids.front()).minutes});
    BOOST_TEST(shown().size() == 54U);
    BOOST_TEST((shown().front().id == ids[1] && shown().back().id == ids.back()));
    BOOST_TEST((floor.replayed() == state_hash(floor.state)));
}

BOOST_AUTO_TEST_CASE(a_speech_is_extended_and_stopped_by_whoever_conducts)
{
    Floor floor;
    const auto waiting = floor.ask_for_floor(floor.members.at(1));
    expect(floor, floor.chair, ExtendFloor{waiting, 60'000}, wrong_state);
    expect(floor, floor.chair, StopSpeech{waiting}, wrong_state);
    const auto id = floor.speak(floor.members.at(0));
    expect(floor, floor.chair, ExtendFloor{id, 0}, nothing_to_do);
    expect(floor, floor.chair, ExtendFloor{id, 3'600'001}, too_many);
    expect(floor, floor.members.at(0), ExtendFloor{id, 60'000}, not_allowed);
    floor.act(floor.chair, ExtendFloor{id, 3'600'000});
    floor.act(floor.chair, LendConduct{floor.sitting_id, true});
    floor.act(floor.operator_, ExtendFloor{id, 1});
    BOOST_TEST(floor.speech_at(id).limit_ms == 600'000U + 3'600'001U);
    for (int hour = 0; hour < 22; ++hour)
        floor.act(floor.chair, ExtendFloor{id, 3'600'000});
    expect(floor, floor.chair, ExtendFloor{id, 3'600'000}, too_many);
    floor.act(floor.operator_, StopSpeech{id});
    floor.act(floor.chair, GrantFloor{waiting, 0, ""});
    expect(floor, floor.chair, ExtendFloor{waiting, 60'000}, nothing_to_do);
}

BOOST_AUTO_TEST_CASE(after_the_vote_was_put_only_points_of_order_or_a_reason_open_the_floor)
{
    enum Stage { before, voting, voided, decided };
    const struct {
        SpeechKind kind;
        const char* reason;
        std::array<Reply, 4> expected; ///< before, voting, voided, decided
    } table[] = {
        {speech, "", {yes, vote_was_put, yes, vote_was_put}},
        {question, "", {yes, vote_was_put, yes, vote_was_put}},
        {point_of_order, "", {yes, yes, yes, yes}},
        {speech, "主席团同意说明情况", {wrong_state, yes, wrong_state, yes}},
        {point_of_order, "主席团同意", {wrong_state, wrong_state, wrong_state, wrong_state}},
        {speech, "两\n行", {wrong_state, invalid_text, wrong_state, invalid_text}},
    };
    for (int stage = before; stage <= decided; ++stage) {
        Floor floor;
        std::map<SpeechKind, SpeechId> waiting;
        for (const auto kind : {speech, question, point_of_order})
            waiting[kind] = floor.ask_for_floor(floor.members.at(0), kind);
        const SpeechId unrelated{floor.act(floor.members.at(1), floor.request())};
        floor.state.speeches.at(unrelated).item.reset();
        if (stage != before) {
            const auto vote = floor.open();
            if (stage == voided) floor.act(floor.chair, VoidVote{vote, VoidReason::disorder, ""});
            if (stage == decided) floor.act(floor.chair, CloseVote{vote});
        }
        for (const auto& row : table) {
            BOOST_TEST_CONTEXT("stage " << stage << " " << codec::enum_name(row.kind) << " " << row.reason)
            {
                expect(floor, floor.chair, GrantFloor{waiting.at(row.kind), std::nullopt, row.reason},
                       row.expected.at(static_cast<std::size_t>(stage)));
            }
        }
        // On nothing in particular one is quiet only while a vote is open.
        expect(floor, floor.chair, GrantFloor{unrelated, std::nullopt, ""},
               stage == voting ? Reply(vote_was_put) : yes);
    }
}

BOOST_AUTO_TEST_CASE(minutes_are_checked_and_signed_by_the_speaker)
{
    Floor floor;
    const auto speaking = floor.speak(floor.members.at(0));
    expect(floor, floor.secretary, MinuteSpeech{speaking, "发言记录"}, wrong_state);
    floor.act(floor.chair, StopSpeech{speaking});
    const auto& id = speaking;
    const auto sign = [&](const std::string& minutes) { return SignMinutes{id, sha256(minutes)}; };
    expect(floor, floor.members.at(0), sign("发言记录"), wrong_state);
    for (const auto& bad : {std::string(), std::string(" \n"), std::string("响铃\a"), std::string("\xff")})
        expect(floor, floor.secretary, MinuteSpeech{id, bad}, invalid_text);
    expect(floor, floor.chair, MinuteSpeech{id, "发言记录"}, not_allowed);
    floor.act(floor.secretary, MinuteSpeech{id, "一、赞成。\n二、建议修改第三条。"});
    BOOST_TEST(floor.blobs.at(*floor.speech_at(id).minutes) == "一、赞成。\n二、建议修改第三条。");
    expect(floor, floor.secretary, MinuteSpeech{id, "一、赞成。\n二、建议修改第三条。"}, nothing_to_do);
    expect(floor, floor.members.at(1), sign("一、赞成。\n二、建议修改第三条。"), not_yours);
    expect(floor, floor.members.at(0), sign("一、赞成。"), minutes_changed);
    floor.act(floor.members.at(0), sign("一、赞成。\n二、建议修改第三条。"));
    BOOST_TEST(floor.speech_at(id).is_signed);
    expect(floor, floor.members.at(0), sign("一、赞成。\n二、建议修改第三条。"), nothing_to_do);
    // Corrected after the sitting: the signature is off, and the old minutes cannot be signed any more.
    floor.act(floor.chair, CloseSitting{floor.sitting_id});
    floor.act(floor.secretary, MinuteSpeech{id, "一、赞成。"});
    BOOST_TEST(!floor.speech_at(id).is_signed);
    expect(floor, floor.members.at(0), sign("一、赞成。\n二、建议修改第三条。"), minutes_changed);
    floor.act(floor.members.at(0), sign("一、赞成。"));
    BOOST_TEST((floor.replayed() == state_hash(floor.state)));
    floor.state.meetings.at(floor.meeting).phase = MeetingPhase::closed;
    expect(floor, floor.secretary, MinuteSpeech{id, "再更正"}, yes);
    floor.state.meetings.at(floor.meeting).phase = MeetingPhase::archived;
    expect(floor, floor.secretary, MinuteSpeech{id, "再更正"}, wrong_state);
    expect(floor, floor.members.at(0), sign("一、赞成。"), wrong_state);
}

BOOST_AUTO_TEST_CASE(minutes_on_a_closed_item_are_not_published)
{
    Floor floor;
    const auto id = floor.spoken(floor.members.at(0));
    floor.item(floor.item_id).is_closed = true;
    expect(floor, floor.secretary, MinuteSpeech{id, "发言记录"}, wrong_state);
    floor.item(floor.item_id).is_closed = false;
    const ItemId closed_parent{floor.act(floor.secretary, AddItem{floor.meeting, "人事事项"})};
    floor.item(closed_parent).is_closed = true;
    floor.item(floor.item_id).parent = closed_parent;
    expect(floor, floor.secretary, MinuteSpeech{id, "发言记录"}, wrong_state);
    floor.item(closed_parent).is_closed = false;
    expect(floor, floor.secretary, MinuteSpeech{id, "发言记录"}, yes);
}

BOOST_AUTO_TEST_SUITE_END()
