#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(suspensions_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies about members who are suspended. Seven of nine members are present in the prelude.

namespace {

MemberSuspended suspension(RecordedMeeting& m, PersonId who)
{
    return {m.body, who, "常委会第三次会议", "被立案调查"};
}

MemberReinstated reinstatement(RecordedMeeting& m, PersonId who)
{
    return {m.body, who, "常委会第四次会议", "不予起诉"};
}

const Forgery suspensions[] = {
    {"suspended and left where the member was",
     [](auto& m) { m.write(m.secretary, suspension(m, m.person(0))); },
     {suspension_wrong}},
    {"signed out later and not in the same breath",
     [](auto& m) {
         m.write(m.secretary, suspension(m, m.person(0)));
         m.sign_out(m.person(0), m.sitting, m.desk);
     },
     {suspension_wrong}},
    {"somebody else signed out instead",
     [](auto& m) {
         m.write(m.secretary, suspension(m, m.person(0)));
         m.write(m.secretary, SignedOut{m.sitting, m.person(1)}, m.entries.back().id);
     },
     {suspension_wrong}},
    {"suspended out of an open vote",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.suspend(m.person(0));
         m.annul(vote, VoidReason::disorder);
     },
     {suspension_wrong}},
    {"suspended in the middle of a speech",
     [](auto& m) {
         const SpeechId speech{
             m.write(m.member(0), SpeechRequested{m.sitting, m.person(0), SpeechKind::speech, {}, {}})};
         m.write(m.chair, FloorGranted{speech, 60'000, ""});
         m.suspend(m.person(0));
         m.write(m.chair, SpeechEnded{speech, SpeechEnd::chair, 3});
     },
     {suspension_wrong}},
    {"suspended twice",
     [](auto& m) {
         m.suspend(m.person(8));
         m.suspend(m.person(8));
     },
     {suspension_wrong}},
    {"suspended though no member",
     [](auto& m) { m.write(m.secretary, suspension(m, *m.chair.person)); },
     {suspension_wrong}},
    {"suspended by nobody, for nothing",
     [](auto& m) {
         m.write(m.secretary, MemberSuspended{m.body, m.person(8), "", "被立案调查"});
         m.write(m.secretary, MemberSuspended{m.body, m.person(7), "常委会", ""});
     },
     {text_malformed}},
    {"suspended by the chair",
     [](auto& m) { m.write(m.chair, suspension(m, m.person(8))); },
     {actor_not_allowed}},
    {"reinstated though not suspended",
     [](auto& m) { m.write(m.secretary, reinstatement(m, m.person(8))); },
     {suspension_wrong}},
};

const Forgery acts[] = {
    {"a suspended member signs in",
     [](auto& m) {
         m.suspend(m.person(8));
         m.sign_in(m.person(8));
     },
     {suspended_acts}},
    {"a suspended member asks for the floor",
     [](auto& m) {
         m.suspend(m.person(8));
         m.write(m.desk, SpeechRequested{m.sitting, m.person(8), SpeechKind::speech, {}, {}});
     },
     {suspended_acts}},
    {"a suspended member counts hands",
     [](auto& m) {
         const auto teller = m.appoint("代表9", Role::teller, m.body, m.secretary);
         auto& officer = m.template newest<OfficerAppointed>();
         officer.person = m.person(8);
         --m.persons_known;
         m.suspend(m.person(8));
         const auto vote = m.prepare(hands_rule());
         m.open(vote);
         m.count_hands(vote, Actor{m.person(8), teller.role}, {7, 0, 0});
         m.count_hands(vote, {7, 0, 0});
         m.close(vote);
     },
     {suspended_acts}},
    {"leave granted to a suspended member",
     [](auto& m) {
         m.suspend(m.person(8));
         m.write(m.desk, LeaveGranted{m.sitting, m.person(8), sha256("private")});
     },
     {leave_out_of_order}},
    {"absence without leave of a suspended member",
     [](auto& m) {
         m.suspend(m.person(8));
         m.write(m.desk, AbsenceRecorded{m.sitting, m.person(8)});
     },
     {leave_out_of_order}},
    {"a suspended scrutineer",
     [](auto& m) {
         m.suspend(m.person(8));
         const auto vote = m.whole_vote(simple_rule(), "监票人", {Choice::approve});
         m.write(m.chair, ScrutineersApproved{m.meeting, {m.person(7), m.person(8)}, vote});
     },
     {suspended_acts}},
};

} // namespace

BOOST_AUTO_TEST_CASE(each_lie_about_a_suspension_is_found)
{
    for (const auto& forgery : suspensions)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(whoever_is_suspended_and_acts_is_found)
{
    for (const auto& forgery : acts)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(a_lawful_suspension_verifies_and_keeps_the_base)
{
    RecordedMeeting m;
    m.prelude();
    m.suspend(m.person(0));
    m.suspend(m.person(8));
    const auto vote = m.whole_vote(simple_rule(), "议案", {Choice::approve});
    m.write(m.secretary, reinstatement(m, m.person(8)));
    m.sign_in(m.person(8));
    m.write(m.secretary, reinstatement(m, m.person(0)));
    m.sign_in(m.person(0));
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
    const auto found = std::ranges::find(report.votes, vote, &audit::VoteSummary::id);
    BOOST_TEST(found->base_members == 9U);
    BOOST_TEST(found->present == 6U);
}

BOOST_AUTO_TEST_SUITE_END()
