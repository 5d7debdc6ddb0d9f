#include "protocol/private_value.hpp"
#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(attendance_test)

using namespace plenum;
using namespace plenum::chamber;

// Who is there, in which way, who is not, and what the desk may say about it.

namespace {

using enum RefusalCode;
// Not all of them: to be suspended is a refusal as well.
using Presence::absent;
using Presence::absent_without_leave;
using Presence::left;
using Presence::on_leave;
using Presence::present;
using Presence::remote;

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

PersonId admit(House& house, MeetingId meeting, AttendeeKind kind = AttendeeKind::nonvoting_attendee)
{
    house.act(house.operator_, AdmitAttendee{meeting, std::nullopt, "列席人员", kind, "财政局", "列1"});
    return PersonId{house.state.persons_known};
}

PersonId member(const House& house, std::size_t index)
{
    return *house.members.at(index).person;
}

void come(House& house, PersonId person, AttendanceMode mode = AttendanceMode::in_person)
{
    house.act(house.operator_, SignInFor{house.sitting_id, person, mode});
}

Presence presence(House& house, PersonId person)
{
    return presence_of(house.sitting(house.sitting_id), person);
}

/// Where one person was, one after the other, as the history has it.
std::vector<Presence> history_of(House& house, PersonId person)
{
    std::vector<Presence> facts;
    for (const auto& fact : house.sitting(house.sitting_id).history) {
        if (fact.person == person) facts.push_back(fact.presence);
    }
    return facts;
}

/// Seven members, 0 to 3 in the hall, 4 by video; two admitted, one of them there; in session.
struct Room : House {
    PersonId guest{};
    PersonId visitor{};
    PersonId waiting_guest{};

    Room()
    {
        guest = admit(*this, meeting);
        waiting_guest = admit(*this, meeting);
        visitor = admit(*this, meeting, AttendeeKind::observer);
        open_sign_in();
        sign_in(0, 4);
        come(*this, member(*this, 4), AttendanceMode::remote);
        come(*this, guest);
        act(chair, OpenSitting{sitting_id});
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(the_desk_signs_in_members_either_way_and_attendees_in_person)
{
    using enum AttendanceMode;
    Room room;
    const struct {
        const char* what;
        PersonId who;
        AttendanceMode mode;
        Reply expected;
        Presence then;
    } table[] = {
        {"an absent member", member(room, 5), in_person, yes, present},
        {"an absent member by video", member(room, 6), remote, yes, Presence::remote},
        {"a member there already", member(room, 0), in_person, wrong_state, present},
        {"a member who goes over to video", member(room, 0), remote, yes, Presence::remote},
        {"once more", member(room, 0), remote, wrong_state, Presence::remote},
        {"a remote member who comes in", member(room, 4), in_person, yes, present},
        {"an attendee there already", room.guest, in_person, wrong_state, present},
        {"an attendee by video", room.waiting_guest, remote, wrong_state, absent},
        {"an attendee", room.waiting_guest, in_person, yes, present},
        {"a visitor of the gallery", room.visitor, in_person, yes, present},
        {"the chair, no member", *room.chair.person, in_person, not_a_member, absent},
        {"nobody known", PersonId{9999}, in_person, not_a_member, absent},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            const auto refusal = room.attempt(room.operator_, SignInFor{room.sitting_id, row.who, row.mode});
            BOOST_TEST(words(refusal ? Reply(refusal->code) : yes) == words(row.expected));
            BOOST_TEST((presence(room, row.who) == row.then));
        }
    }
    const auto& sitting = room.sitting(room.sitting_id);
    BOOST_TEST(sitting.present.size() == 7U);
    BOOST_TEST(sitting.remote.size() == 2U);
    BOOST_TEST(sitting.guests.size() == 3U);
    BOOST_TEST((room.replayed() == state_hash(room.state)));
}

BOOST_AUTO_TEST_CASE(the_own_console_signs_in_members_only_and_only_into_the_hall)
{
    Room room;
    expect(room, room.members.at(5), SignIn{room.sitting_id}, yes);
    expect(room, room.members.at(4), SignIn{room.sitting_id}, wrong_state);
    expect(room, as(room.waiting_guest, Role::delegate), SignIn{room.sitting_id}, not_a_member);
    expect(room, as(room.waiting_guest, Role::observer), SignIn{room.sitting_id}, not_allowed);
    room.act(room.members.at(5), SignIn{room.sitting_id});
    BOOST_TEST((presence(room, member(room, 5)) == present));
}

BOOST_AUTO_TEST_CASE(nobody_in_the_electorate_changes_sides_under_an_open_vote)
{
    using enum AttendanceMode;
    Room room;
    come(room, member(room, 4), in_person); // a vote by consoles alone
    const auto vote = room.prepare(motion(), std::nullopt);
    room.act(room.chair, OpenVote{vote});
    const auto sign_in = [&](std::size_t index, AttendanceMode mode) {
        return SignInFor{room.sitting_id, member(room, index), mode};
    };
    expect(room, room.operator_, sign_in(0, AttendanceMode::remote), vote_open);
    // Neither by leaving and coming back (PE-19); in person one may always come back.
    room.act(room.operator_, SignOutFor{room.sitting_id, member(room, 0)});
    expect(room, room.operator_, sign_in(0, AttendanceMode::remote), vote_open);
    expect(room, room.operator_, sign_in(0, in_person), yes);
    room.act(room.chair, HoldVote{vote, "检查设备"});
    expect(room, room.operator_, sign_in(1, AttendanceMode::remote), vote_open);
    // Who raises a hand in this vote may come back either way.
    room.vote(vote).by_hands = {member(room, 0)};
    expect(room, room.operator_, sign_in(0, AttendanceMode::remote), yes);
    // Who is in no electorate comes as they like.
    room.act(room.operator_, sign_in(5, AttendanceMode::remote));
    expect(room, room.operator_, sign_in(5, in_person), yes);
    room.vote(vote).by_hands.clear(); // As it was opened: nobody counts hands in it.
    room.act(room.chair, CloseVote{vote});
    expect(room, room.operator_, sign_in(1, AttendanceMode::remote), yes);
}

BOOST_AUTO_TEST_CASE(signing_out_takes_people_off_every_list_of_those_there)
{
    Room room;
    const struct {
        PersonId who;
        Reply first;
    } table[] = {
        {member(room, 0), yes},         {member(room, 4), yes},      {room.guest, yes},
        {member(room, 5), wrong_state}, {room.visitor, wrong_state}, {*room.chair.person, not_a_member},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT("person " << number(row.who))
        {
            const SignOutFor command{room.sitting_id, row.who};
            expect(room, room.operator_, command, row.first);
            if (row.first) continue;
            room.act(room.operator_, command);
            expect(room, room.operator_, command, wrong_state);
            BOOST_TEST((presence(room, row.who) == left));
        }
    }
    const auto& sitting = room.sitting(room.sitting_id);
    BOOST_TEST(sitting.present.size() == 3U);
    BOOST_TEST(sitting.remote.empty());
    BOOST_TEST(sitting.guests.empty());
    expect(room, as(room.guest, Role::delegate), SignOut{room.sitting_id}, wrong_state);
}

BOOST_AUTO_TEST_CASE(every_figure_of_attendance_has_its_own_members)
{
    Room room;
    const auto sitting = room.sitting_id;
    room.act(room.operator_, SignOutFor{sitting, member(room, 3)});
    room.act(room.operator_, SignOutFor{sitting, room.guest});
    come(room, room.visitor);
    room.act(room.operator_, GrantLeave{sitting, member(room, 5), "出差"});
    room.act(room.operator_, RecordAbsence{sitting, member(room, 6), "代表7"});
    const auto counts = [&] { return counts_of(room.state, room.sitting(sitting)); };
    BOOST_TEST((counts() == Counts{7, 4, 3, 4, 1, 1, 1, 1, 1}));
    // Who went and is granted leave for the rest is on leave; cancelled, they have just left.
    room.act(room.operator_, GrantLeave{sitting, member(room, 3), "急事"});
    BOOST_TEST((counts() == Counts{7, 4, 3, 4, 1, 2, 0, 1, 1}));
    room.act(room.operator_, CancelLeave{sitting, member(room, 3)});
    BOOST_TEST((counts() == Counts{7, 4, 3, 4, 1, 1, 1, 1, 1}));
    // Whom a new roster leaves out is in no figure, whatever was on record; one dismissed is no member.
    room.act(room.operator_, DismissAttendee{room.meeting, room.guest});
    room.act(room.secretary, ImportRoster{room.body, rows_of(5)});
    BOOST_TEST((counts() == Counts{5, 4, 1, 3, 1, 0, 1, 0, 1}));
    const auto view = view_sitting(room.state, sitting);
    BOOST_TEST((view.counts == counts()));
    BOOST_TEST((room.replayed() == state_hash(room.state)));
}

BOOST_AUTO_TEST_CASE(a_remote_member_whom_the_roster_leaves_out_is_no_longer_counted_as_remote)
{
    Room room;
    auto rows = rows_of(7);
    rows.erase(rows.begin() + 4);
    room.act(room.secretary, ImportRoster{room.body, rows});
    BOOST_TEST(room.sitting(room.sitting_id).remote.empty());
    BOOST_TEST((counts_of(room.state, room.sitting(room.sitting_id)) == Counts{6, 4, 2, 4, 0, 0, 0, 0, 1}));
}

BOOST_AUTO_TEST_CASE(the_history_tells_where_somebody_was_one_after_the_other)
{
    Room room;
    const auto sitting = room.sitting_id;
    const auto person = member(room, 5);
    room.act(room.operator_, GrantLeave{sitting, person, "出差"});
    room.act(room.operator_, CancelLeave{sitting, person});
    room.act(room.operator_, RecordAbsence{sitting, person, "代表6"});
    room.act(room.operator_, ClearAbsence{sitting, person, "误记"});
    room.act(room.operator_, RecordAbsence{sitting, person, "代表6"});
    come(room, person);
    come(room, person, AttendanceMode::remote);
    room.act(room.operator_, SignOutFor{sitting, person});
    room.act(room.operator_, GrantLeave{sitting, person, "急事"});
    come(room, person);
    const std::vector<Presence> told = {
        on_leave, absent, absent_without_leave, absent, absent_without_leave, present, remote, left,
        on_leave, present};
    BOOST_TEST((history_of(room, person) == told));
    const auto& now = room.sitting(sitting);
    BOOST_TEST(now.leave.empty());
    BOOST_TEST(now.absent_without_leave.empty());
    BOOST_TEST((room.replayed() == state_hash(room.state)));
}

BOOST_AUTO_TEST_CASE(leave_is_granted_to_members_who_are_not_there)
{
    Room room;
    room.act(room.operator_, RecordAbsence{room.sitting_id, member(room, 6), "代表7"});
    const auto grant = [&](PersonId person, std::string reason = "因公出差") {
        return GrantLeave{room.sitting_id, person, std::move(reason)};
    };
    expect(room, room.secretary, grant(member(room, 5)), yes);
    expect(room, room.chair, grant(member(room, 5)), not_allowed);
    expect(room, room.operator_, grant(member(room, 0)), wrong_state);
    expect(room, room.operator_, grant(member(room, 6)), wrong_state);
    expect(room, room.operator_, grant(room.waiting_guest), not_a_member);
    for (const auto& bad : {std::string(), std::string("  "), std::string("两\n行"), std::string(2'001, 'x')})
        expect(room, room.operator_, grant(member(room, 5), bad), invalid_text);
    expect(room, room.operator_, CancelLeave{room.sitting_id, member(room, 5)}, nothing_to_do);
    room.act(room.operator_, grant(member(room, 5)));
    expect(room, room.operator_, grant(member(room, 5), "另一事由"), nothing_to_do);
    room.act(room.chair, CloseSitting{room.sitting_id});
    expect(room, room.operator_, grant(member(room, 3)), wrong_state);
    expect(room, room.operator_, CancelLeave{room.sitting_id, member(room, 5)}, wrong_state);
    // Before anybody can sign in is the usual time.
    House early;
    expect(early, early.operator_, GrantLeave{early.sitting_id, member(early, 0), "因公出差"}, yes);
}

BOOST_AUTO_TEST_CASE(the_reason_for_leave_is_private_and_may_be_erased)
{
    Room room;
    const auto person = member(room, 5);
    room.act(room.operator_, GrantLeave{room.sitting_id, person, "住院手术"});
    const auto& entry = room.entries.back();
    BOOST_TEST(entry.find("住院") == std::string::npos);
    const auto digest = room.sitting(room.sitting_id).leave.at(person);
    const ReadLeaveReason question{room.sitting_id, person};
    const auto answer = ask(room.state, room.operator_, question, room.blob_source());
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(std::string(answer->content.begin(), answer->content.end()) == "住院手术");
    BOOST_TEST(answer->media_type == "text/plain");
    BOOST_TEST(ask(room.state, room.secretary, question, room.blob_source()).has_value());

    const auto refused = [&](const Actor& actor, const ReadLeaveReason& asked, RefusalCode code) {
        const auto refusal = ask(room.state, actor, asked, room.blob_source());
        BOOST_TEST_REQUIRE(!refusal.has_value());
        BOOST_TEST(words(refusal.error().code) == words(code));
    };
    refused(room.chair, question, not_allowed);
    refused(room.members.at(5), question, not_allowed);
    refused(room.operator_, {room.sitting_id, member(room, 0)}, no_such_record);
    refused(room.operator_, {SittingId{9999}, person}, no_such_record);
    room.blobs.erase(digest);
    refused(room.operator_, question, not_readable);
    BOOST_TEST((room.replayed() == state_hash(room.state)));

    // The same reason twice leaves digests that say nothing of each other.
    room.act(room.operator_, GrantLeave{room.sitting_id, member(room, 6), "住院手术"});
    BOOST_TEST((room.sitting(room.sitting_id).leave.at(member(room, 6)) != digest));
}

BOOST_AUTO_TEST_CASE(absence_without_leave_is_confirmed_by_name_and_only_of_who_was_never_there)
{
    Room room;
    room.act(room.operator_, SignOutFor{room.sitting_id, member(room, 3)});
    room.act(room.operator_, GrantLeave{room.sitting_id, member(room, 5), "出差"});
    const struct {
        const char* what;
        PersonId who;
        const char* confirm;
        Reply expected;
    } table[] = {
        {"present", member(room, 0), "代表1", wrong_state},
        {"gone", member(room, 3), "代表4", wrong_state},
        {"by video", member(room, 4), "代表5", wrong_state},
        {"on leave", member(room, 5), "代表6", wrong_state},
        {"no member", room.waiting_guest, "列席人员", not_a_member},
        {"another name", member(room, 6), "代表6", confirm_name},
        {"a space", member(room, 6), "代表7 ", confirm_name},
        {"no name", member(room, 6), "", confirm_name},
        {"the name", member(room, 6), "代表7", yes},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            expect(room, room.operator_, RecordAbsence{room.sitting_id, row.who, row.confirm}, row.expected);
        }
    }
    const ClearAbsence clear{room.sitting_id, member(room, 6), "核实为已请假"};
    expect(room, room.operator_, clear, nothing_to_do);
    room.act(room.operator_, RecordAbsence{room.sitting_id, member(room, 6), "代表7"});
    expect(room, room.operator_, RecordAbsence{room.sitting_id, member(room, 6), "代表7"}, nothing_to_do);
    expect(room, room.operator_, ClearAbsence{room.sitting_id, member(room, 6), ""}, invalid_text);
    expect(room, room.chair, clear, not_allowed);
    room.act(room.operator_, clear);
    BOOST_TEST((presence(room, member(room, 6)) == absent));
}

BOOST_AUTO_TEST_CASE(absence_is_recorded_from_the_opening_on_until_the_meeting_is_archived)
{
    House house;
    const RecordAbsence record{house.sitting_id, member(house, 6), "代表7"};
    expect(house, house.operator_, record, wrong_state);
    house.open_sign_in();
    house.sign_in(0, 5);
    expect(house, house.operator_, record, wrong_state);
    house.act(house.chair, OpenSitting{house.sitting_id});
    expect(house, house.operator_, record, yes);
    house.act(house.chair, RecessSitting{house.sitting_id, "午休"});
    expect(house, house.operator_, record, yes);
    house.act(house.operator_, GrantLeave{house.sitting_id, member(house, 5), "出差"});
    house.act(house.chair, CloseSitting{house.sitting_id});
    house.act(house.operator_, record);
    auto counts = counts_of(house.state, house.sitting(house.sitting_id));
    BOOST_TEST((counts == Counts{7, 5, 2, 4, 0, 1, 0, 1, 0}));
    // Both who were absent are accounted for: whoever joined the roster since was not due.
    house.act(house.secretary, ImportRoster{house.body, rows_of(8)});
    const RecordAbsence newcomer{house.sitting_id, PersonId{house.state.persons_known}, "代表8"};
    expect(house, house.operator_, newcomer, wrong_state);
    const ClearAbsence clear{house.sitting_id, member(house, 6), "核实为已请假"};
    expect(house, house.operator_, clear, yes);
    house.state.meetings.at(house.meeting).phase = MeetingPhase::archived;
    expect(house, house.operator_, clear, wrong_state);
    house.state.meetings.at(house.meeting).phase = MeetingPhase::draft;
    house.act(house.operator_, clear);
    counts = counts_of(house.state, house.sitting(house.sitting_id));
    BOOST_TEST((counts == Counts{7, 5, 2, 4, 0, 1, 0, 0, 0}));
    house.state.meetings.at(house.meeting).phase = MeetingPhase::archived;
    expect(house, house.operator_, record, wrong_state);
}

BOOST_AUTO_TEST_CASE(attendees_are_known_persons_or_new_ones_and_no_members)
{
    Room room;
    const auto admit_command = [&](std::optional<PersonId> person, std::string name) {
        return AdmitAttendee{room.meeting, person, std::move(name), AttendeeKind::press, "日报社", ""};
    };
    const auto teller = *room.appoint(Role::teller, room.body).person;
    const struct {
        const char* what;
        std::optional<PersonId> person;
        const char* name;
        Reply expected;
    } table[] = {
        {"a new name", std::nullopt, "记者", yes},
        {"no name", std::nullopt, "", invalid_text},
        {"a blank name", std::nullopt, "  ", invalid_text},
        {"a known person", teller, "", yes},
        {"a known person with the name", teller, "工作人员", yes},
        {"a known person with another name", teller, "另一人", invalid_text},
        {"nobody known", PersonId{9999}, "", no_such_record},
        {"a member", member(room, 6), "", wrong_state},
        {"an attendee, otherwise", room.guest, "", wrong_state},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            expect(room, room.operator_, admit_command(row.person, row.name), row.expected);
        }
    }
    const auto nonvoting = AttendeeKind::nonvoting_attendee;
    expect(room, room.operator_, AdmitAttendee{room.meeting, room.guest, "", nonvoting, "财政局", "列1"},
           nothing_to_do);
    auto bad = admit_command(std::nullopt, "记者");
    bad.unit = "两\n行";
    expect(room, room.operator_, bad, invalid_text);
    bad = admit_command(std::nullopt, "记者");
    bad.seat = std::string(name_bytes_max + 1, 'x');
    expect(room, room.operator_, bad, invalid_text);
    const auto known = room.state.persons_known;
    room.act(room.secretary, admit_command(teller, ""));
    BOOST_TEST(room.state.persons_known == known);
    room.act(room.secretary, admit_command(std::nullopt, "记者"));
    BOOST_TEST(room.state.persons_known == known + 1);
    for (const auto phase : {MeetingPhase::closed, MeetingPhase::archived}) {
        room.state.meetings.at(room.meeting).phase = phase;
        expect(room, room.operator_, admit_command(std::nullopt, "记者"), wrong_state);
        expect(room, room.operator_, DismissAttendee{room.meeting, room.guest}, wrong_state);
    }
}

BOOST_AUTO_TEST_CASE(a_meeting_admits_a_thousand)
{
    House house;
    auto& attendees = house.state.meetings.at(house.meeting).attendees;
    const AdmitAttendee one_more{house.meeting, std::nullopt, "记者", AttendeeKind::press, "", ""};
    for (std::uint64_t person = 2'000; attendees.size() < 999; ++person)
        attendees[PersonId{person}] = {};
    expect(house, house.operator_, one_more, yes);
    attendees[PersonId{1'000'000}] = {};
    expect(house, house.operator_, one_more, too_many);
}

BOOST_AUTO_TEST_CASE(an_attendee_may_watch_for_as_long_as_a_meeting_of_the_body_admits_them)
{
    Room room;
    const auto watcher = as(room.guest, Role::observer);
    const auto watches = [&] { return may_watch(room.state, watcher, room.sitting(room.sitting_id)); };
    expect(room, room.secretary, IssueAccessCodes{std::nullopt, room.guest}, yes);
    BOOST_TEST(watches());
    const MeetingId next{room.act(room.secretary, CreateMeeting{room.body, "下次会议", 18, 23, over_half()})};
    room.act(room.operator_,
             AdmitAttendee{next, room.guest, "", AttendeeKind::nonvoting_attendee, "财政局", ""});
    const auto offices = room.state.offices.size();
    room.act(room.operator_, DismissAttendee{room.meeting, room.guest});
    BOOST_TEST(room.state.offices.size() == offices);
    BOOST_TEST(watches());
    // Dismissed from the first meeting, they have left its sitting.
    BOOST_TEST((presence(room, room.guest) == left));
    BOOST_TEST((history_of(room, room.guest) == std::vector{present, left}));
    expect(room, room.operator_, SignInFor{room.sitting_id, room.guest}, not_a_member);
    expect(room, room.operator_, DismissAttendee{room.meeting, room.guest}, not_admitted);
    room.act(room.operator_, DismissAttendee{next, room.guest});
    BOOST_TEST(!watches());
    // An observer by appointment stays one.
    room.act(room.secretary, AppointOfficer{room.guest, "", Role::observer, room.body});
    room.act(room.operator_, AdmitAttendee{room.meeting, room.guest, "", AttendeeKind::observer, "", ""});
    room.act(room.operator_, DismissAttendee{room.meeting, room.guest});
    BOOST_TEST(watches());
    BOOST_TEST((room.replayed() == state_hash(room.state)));
}

BOOST_AUTO_TEST_CASE(who_is_dismissed_stays_in_the_closed_sittings)
{
    Room room;
    room.act(room.chair, CloseSitting{room.sitting_id});
    room.act(room.operator_, DismissAttendee{room.meeting, room.guest});
    BOOST_TEST((presence(room, room.guest) == present));
    BOOST_TEST(view_sitting(room.state, room.sitting_id).counts.nonvoting == 1U);
}

BOOST_AUTO_TEST_CASE(the_desk_reads_attendees_and_the_history_a_page_at_a_time)
{
    Room room;
    const auto attendees = ask(room.state, room.chair, ListAttendees{room.sitting_id}, room.blob_source());
    BOOST_TEST_REQUIRE(attendees.has_value());
    BOOST_TEST_REQUIRE(attendees->attendees.size() == 3U);
    const auto& first = attendees->attendees.front();
    BOOST_TEST((first.person == room.guest));
    BOOST_TEST(first.name == "列席人员");
    BOOST_TEST(first.unit == "财政局");
    BOOST_TEST(first.seat == "列1");
    BOOST_TEST((first.presence == present));
    BOOST_TEST((attendees->attendees.back().attendee_kind == AttendeeKind::observer));
    BOOST_TEST((attendees->attendees.back().presence == absent));

    const struct {
        std::optional<PersonId> person;
        std::uint32_t from;
        std::uint32_t limit;
        std::uint32_t total;
        std::size_t lines;
    } table[] = {
        {std::nullopt, 0, 500, 6, 6},
        {std::nullopt, 4, 500, 6, 2},
        {std::nullopt, 1, 2, 6, 2},
        {std::nullopt, 6, 500, 6, 0},
        {std::nullopt, 4'000'000'000U, 4'000'000'000U, 6, 0},
        {room.guest, 0, 500, 1, 1},
        {room.visitor, 0, 500, 0, 0},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT("from " << row.from << " limit " << row.limit)
        {
            const auto page =
                ask(room.state, room.operator_,
                    ReadAttendance{room.sitting_id, row.person, row.from, row.limit}, room.blob_source());
            BOOST_TEST_REQUIRE(page.has_value());
            BOOST_TEST(page->total == row.total);
            BOOST_TEST_REQUIRE(page->lines.size() == row.lines);
            if (row.person && row.lines > 0) BOOST_TEST(page->lines[0].name == "列席人员");
        }
    }
    const auto all = ask(room.state, room.operator_, ReadAttendance{room.sitting_id, std::nullopt, 0, 500},
                         room.blob_source());
    BOOST_TEST((all->lines[4].presence == remote));
    BOOST_TEST(all->lines[4].at_ms == room.now_ms);

    for (const auto& actor :
         {room.members.at(0), as(room.guest, Role::observer), as(*room.members.at(0).person, Role::chair)}) {
        BOOST_TEST(!ask(room.state, actor, ListAttendees{room.sitting_id}, room.blob_source()).has_value());
        BOOST_TEST(
            !ask(room.state, actor, ReadAttendance{room.sitting_id, std::nullopt, 0, 500}, room.blob_source())
                 .has_value());
    }
    const auto nowhere = ask(room.state, room.chair, ListAttendees{SittingId{9999}}, room.blob_source());
    BOOST_TEST((nowhere.error().code == no_such_record));
}

BOOST_AUTO_TEST_CASE(statistics_count_each_member_over_the_sittings_that_opened)
{
    Room room; // 0 to 3 in the hall, 4 by video, 5 and 6 not there
    room.now_ms += 1'000;
    come(room, member(room, 5));
    room.act(room.operator_, SignOutFor{room.sitting_id, member(room, 0)});
    room.act(room.operator_, SignOutFor{room.sitting_id, member(room, 1)});
    come(room, member(room, 1));
    room.act(room.operator_,
             RecordAbsence{room.sitting_id, member(room, 6), room.state.persons.at(member(room, 6)).name});
    room.act(room.chair, CloseSitting{room.sitting_id});
    const SittingId second{room.act(room.secretary, CreateSitting{room.meeting, "第二次全体会议"})};
    room.act(room.operator_, OpenSignIn{second});
    for (std::size_t i = 0; i < 5; ++i)
        room.act(room.members.at(i), SignIn{second});
    room.act(room.operator_, GrantLeave{second, member(room, 6), "出差"});
    const auto read = [&](std::uint32_t from = 0, std::uint32_t limit = 1'000) {
        return *ask(room.state, room.secretary, ReadStatistics{room.meeting, from, limit},
                    room.blob_source());
    };
    BOOST_TEST(read().sittings.size() == 1U);
    BOOST_TEST((read().sittings[0].tally == AttendanceTally{7, 6, 1, 1, 0, 1, 1}));
    room.act(room.chair, OpenSitting{second});

    const auto all = read();
    BOOST_TEST_REQUIRE(all.sittings.size() == 2U);
    BOOST_TEST(all.sittings[1].title == "第二次全体会议");
    BOOST_TEST((all.sittings[1].tally == AttendanceTally{7, 5, 0, 0, 1, 1, 0}));
    BOOST_TEST_REQUIRE(all.members.size() == 7U);
    const AttendanceTally expected[] = {{2, 2, 0, 1, 0, 0, 0}, {2, 2, 0, 0, 0, 0, 0}, {2, 2, 0, 0, 0, 0, 0},
                                        {2, 2, 0, 0, 0, 0, 0}, {2, 2, 0, 0, 0, 0, 0}, {2, 1, 1, 0, 0, 1, 0},
                                        {2, 0, 0, 0, 1, 1, 1}};
    for (std::size_t i = 0; i < 7; ++i) {
        BOOST_TEST_CONTEXT("member " << i)
        {
            BOOST_TEST((all.members[i].person == member(room, i)));
            BOOST_TEST((all.members[i].tally == expected[i]));
            BOOST_TEST(expected[i].due == expected[i].present + expected[i].on_leave + expected[i].absent);
        }
    }
    BOOST_TEST((read(5, 1).total == 7 && read(5, 1).members.size() == 1));
    BOOST_TEST((read(5, 1).members[0].person == member(room, 5)));
    const auto refused =
        ask(room.state, room.members.at(0), ReadStatistics{room.meeting}, room.blob_source());
    BOOST_TEST((refused.error().code == not_allowed));
}

BOOST_AUTO_TEST_SUITE_END()
