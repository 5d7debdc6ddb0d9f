#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(attendance_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Attendance, leave and attendees: what a lawful day leaves behind, and lies about it.

namespace {

constexpr auto remote = AttendanceMode::remote;
constexpr auto in_person = AttendanceMode::in_person;

PersonId admit(RecordedMeeting& m, AttendeeKind kind = AttendeeKind::nonvoting_attendee)
{
    const PersonId person{++m.persons_known};
    m.write(m.desk, AttendeeAdmitted{m.meeting, person, "列席人员", kind, "财政局", ""});
    return person;
}

void come(RecordedMeeting& m, PersonId person, AttendanceMode mode = in_person)
{
    m.write(m.desk, SignedIn{m.sitting, person, mode});
}

void grant_leave(RecordedMeeting& m, PersonId person)
{
    m.write(m.desk, LeaveGranted{m.sitting, person, sha256("private")});
}

void record_absence(RecordedMeeting& m, PersonId person)
{
    m.write(m.desk, AbsenceRecorded{m.sitting, person});
}

// The prelude: nine members, 0 to 6 in the hall, 7 and 8 not there.
const Forgery attendance[] = {
    {"a member signed in again the same way",
     [](auto& m) { come(m, m.person(0)); },
     {attendance_out_of_order}},
    {"a remote member signed in by video again",
     [](auto& m) {
         come(m, m.person(7), remote);
         come(m, m.person(7), remote);
     },
     {attendance_out_of_order}},
    {"a member going over to video by the own console",
     [](auto& m) {
         m.write(m.member(0), SignedIn{m.sitting, m.person(0), remote});
     },
     {attendance_out_of_order}},
    {"a member coming by video by the own console",
     [](auto& m) {
         m.write(m.member(7), SignedIn{m.sitting, m.person(7), remote});
     },
     {attendance_out_of_order}},
    {"an elector going over to video under the vote",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         come(m, m.person(0), remote);
         m.close(vote);
     },
     {attendance_out_of_order}},
    {"an attendee by video", [](auto& m) { come(m, admit(m), remote); }, {attendance_out_of_order}},
    {"an attendee signed in twice",
     [](auto& m) {
         const auto guest = admit(m);
         come(m, guest);
         come(m, guest);
     },
     {attendance_out_of_order}},
    {"an attendee signed out without having come",
     [](auto& m) {
         m.write(m.desk, SignedOut{m.sitting, admit(m)});
     },
     {attendance_out_of_order}},
    {"somebody dismissed signed in",
     [](auto& m) {
         const auto guest = admit(m);
         m.write(m.desk, AttendeeDismissed{m.meeting, guest});
         come(m, guest);
     },
     {attendance_not_a_member}},
    {"somebody dismissed signed out, who had left with the dismissal",
     [](auto& m) {
         const auto guest = admit(m);
         come(m, guest);
         m.write(m.desk, AttendeeDismissed{m.meeting, guest});
         m.write(m.desk, SignedOut{m.sitting, guest});
     },
     {attendance_out_of_order}},
    {"an attendee counted as present",
     [](auto& m) {
         m.write(m.chair, SittingRecessed{m.sitting, ""});
         come(m, admit(m));
         m.write(m.chair, SittingResumed{m.sitting, m.present(m.sitting) + 1, m.quorum(m.sitting)});
     },
     {attendance_miscounted}},
    {"an attendee in the electorate",
     [](auto& m) {
         const auto guest = admit(m);
         come(m, guest);
         m.sittings.at(m.sitting).present.insert(guest);
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.sittings.at(m.sitting).present.erase(guest);
         m.close(vote);
     },
     {electorate_wrong}},
};

const Forgery attendees[] = {
    {"a member admitted without a vote",
     [](auto& m) {
         m.write(m.desk, AttendeeAdmitted{m.meeting, m.person(8), "代表9", {}, "", ""});
     },
     {attendee_out_of_order}},
    {"admitted twice",
     [](auto& m) {
         m.write(m.desk, AttendeeAdmitted{m.meeting, admit(m), "列席人员", {}, "", ""});
     },
     {attendee_out_of_order}},
    {"dismissed without having been admitted",
     [](auto& m) {
         m.write(m.desk, AttendeeDismissed{m.meeting, m.person(0)});
     },
     {attendee_out_of_order}},
    {"numbered out of order",
     [](auto& m) {
         m.write(m.desk, AttendeeAdmitted{m.meeting, PersonId{77}, "列席人员", {}, "", ""});
     },
     {person_misnumbered}},
    {"without a name",
     [](auto& m) {
         m.write(m.desk, AttendeeAdmitted{m.meeting, PersonId{++m.persons_known}, "", {}, "", ""});
     },
     {text_malformed}},
    {"to no meeting",
     [](auto& m) {
         m.write(m.secretary,
                 AttendeeAdmitted{MeetingId{3}, PersonId{++m.persons_known}, "某人", {}, "", ""});
     },
     {record_unknown}},
    {"by the chair",
     [](auto& m) {
         m.write(m.chair, AttendeeAdmitted{m.meeting, PersonId{++m.persons_known}, "某人", {}, "", ""});
     },
     {actor_not_allowed}},
};

const Forgery leave[] = {
    {"leave of somebody present", [](auto& m) { grant_leave(m, m.person(0)); }, {leave_out_of_order}},
    {"leave twice",
     [](auto& m) {
         grant_leave(m, m.person(8));
         grant_leave(m, m.person(8));
     },
     {leave_out_of_order}},
    {"leave of somebody absent without it",
     [](auto& m) {
         record_absence(m, m.person(8));
         grant_leave(m, m.person(8));
     },
     {leave_out_of_order}},
    {"leave of no member", [](auto& m) { grant_leave(m, admit(m)); }, {attendance_not_a_member}},
    {"leave after the end",
     [](auto& m) {
         m.write(m.chair, SittingClosed{m.sitting});
         grant_leave(m, m.person(8));
     },
     {leave_out_of_order}},
    {"leave cancelled that nobody granted",
     [](auto& m) {
         m.write(m.desk, LeaveCancelled{m.sitting, m.person(8)});
     },
     {leave_out_of_order}},
    {"leave cancelled that ended with the coming",
     [](auto& m) {
         grant_leave(m, m.person(8));
         come(m, m.person(8));
         m.write(m.desk, LeaveCancelled{m.sitting, m.person(8)});
     },
     {leave_out_of_order}},
    {"absence of somebody present", [](auto& m) { record_absence(m, m.person(0)); }, {leave_out_of_order}},
    {"absence of somebody who was there",
     [](auto& m) {
         m.sign_out(m.person(0));
         record_absence(m, m.person(0));
     },
     {leave_out_of_order}},
    {"absence of somebody on leave",
     [](auto& m) {
         grant_leave(m, m.person(8));
         record_absence(m, m.person(8));
     },
     {leave_out_of_order}},
    {"absence twice",
     [](auto& m) {
         record_absence(m, m.person(8));
         record_absence(m, m.person(8));
     },
     {leave_out_of_order}},
    {"absence of no member", [](auto& m) { record_absence(m, admit(m)); }, {attendance_not_a_member}},
    {"absence before the sitting began",
     [](auto& m) {
         const auto later = m.create_sitting(m.meeting, "第二次全体会议");
         m.write(m.desk, SignInOpened{later});
         m.write(m.desk, AbsenceRecorded{later, m.person(8)});
     },
     {leave_out_of_order}},
    {"an absence cleared that nobody recorded",
     [](auto& m) {
         m.write(m.desk, AbsenceCleared{m.sitting, m.person(8), "误记"});
     },
     {leave_out_of_order}},
    {"an absence cleared without a reason",
     [](auto& m) {
         record_absence(m, m.person(8));
         m.write(m.desk, AbsenceCleared{m.sitting, m.person(8), ""});
     },
     {text_malformed}},
    {"absence recorded by the chair",
     [](auto& m) {
         m.write(m.chair, AbsenceRecorded{m.sitting, m.person(8)});
     },
     {actor_not_allowed}},
    {"absence recorded by the server",
     [](auto& m) {
         m.write(RecordedMeeting::server, AbsenceRecorded{m.sitting, m.person(8)});
     },
     {actor_not_allowed}},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_lawful_day_at_the_desk_is_found_sound)
{
    RecordedMeeting m;
    m.prelude();
    const auto guest = admit(m);
    const auto visitor = admit(m, AttendeeKind::observer);
    come(m, guest);
    m.sign_in(m.person(7), m.sitting, m.desk);
    come(m, m.person(7), remote);
    come(m, m.person(7), in_person);
    m.sign_out(m.person(7), m.sitting, m.desk);
    grant_leave(m, m.person(7));
    m.write(m.desk, LeaveCancelled{m.sitting, m.person(7)});
    grant_leave(m, m.person(7));
    record_absence(m, m.person(8));
    m.write(m.desk, AbsenceCleared{m.sitting, m.person(8), "误记"});
    record_absence(m, m.person(8));
    m.sign_in(m.person(8));
    const auto vote = m.prepare(simple_rule());
    m.open(vote);
    m.sign_in(m.person(7));
    m.close(vote);
    m.announce(vote);
    m.sign_out(m.person(7));
    const auto next = m.create_meeting(m.body, "第四次会议");
    m.write(m.desk, AttendeeAdmitted{next, guest, "列席人员", {}, "财政局", ""});
    m.write(m.desk, AttendeeDismissed{m.meeting, guest});
    m.write(m.desk, SignedIn{m.sitting, visitor});
    m.write(m.desk, SignedOut{m.sitting, visitor});
    m.write(m.chair, SittingClosed{m.sitting});
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
}

BOOST_AUTO_TEST_CASE(attendance_that_could_not_be_is_noticed)
{
    for (const auto& forgery : attendance)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(attendees_that_could_not_be_admitted_are_noticed)
{
    for (const auto& forgery : attendees)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(leave_and_absence_that_could_not_be_are_noticed)
{
    for (const auto& forgery : leave)
        check(forgery);
}

BOOST_AUTO_TEST_SUITE_END()
