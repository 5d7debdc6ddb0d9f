#include "tests/protocol/audit/secret_forgery.hpp"

BOOST_AUTO_TEST_SUITE(console_builds_forgeries)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// What consoles run beside what the body pinned, and statements that shares are erased.

namespace {

const SecretForgery lies[] = {
    {"programs pinned by the chair",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.write(m.chair, ConsoleBuildsPinned{m.meeting, {s.program()}, "主任会议"});
     },
     {actor_not_allowed}},
    {"no program pinned at all", [](RecordedMeeting&, SecretRecord& s) { s.pin({}); }, {builds_wrong}},
    {"a program pinned twice",
     [](RecordedMeeting&, SecretRecord& s) {
         s.pin({s.program(), s.program()});
     },
     {builds_wrong}},
    {"consoles that were never built pinned",
     [](RecordedMeeting&, SecretRecord& s) { s.pin({Digest{}}); },
     {builds_wrong}},
    {"the programs consoles ran pinned after the vote was opened",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.open(id);
         s.pin({s.program()});
     },
     {builds_wrong}},
    {"a share erased before the meeting was closed",
     [](RecordedMeeting&, SecretRecord& s) { s.state_erased(0); },
     {erasure_wrong}},
    {"an erasure its holder did not sign",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.close_meeting();
         auto said = s.erased(0);
         said.statement.at(7) ^= 1;
         m.write(s.holders[0], said);
     },
     {erasure_wrong}},
    {"one holder's erasure told as another one's",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.close_meeting();
         auto said = s.erased(0);
         said.holder = *s.holders[1].person;
         m.write(s.holders[1], said);
     },
     {erasure_wrong}},
    {"an erasure of a key nobody made",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.close_meeting();
         auto said = s.erased(0);
         said.key_holders.bytes[0] ^= 1;
         m.write(s.holders[0], said);
     },
     {erasure_wrong}},
    {"an erasure told twice",
     [](RecordedMeeting&, SecretRecord& s) {
         s.close_meeting();
         s.state_erased(0);
         s.state_erased(0);
     },
     {erasure_wrong}},
    {"an erasure told by the office",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.close_meeting();
         m.write(m.secretary, s.erased(0));
     },
     {actor_not_allowed}},
};

/// A whole vote after these programs were pinned, and what a reader of the bundle is told beside errors.
std::set<audit::AuditCode> notices_with(std::vector<Digest> builds)
{
    RecordedMeeting m;
    m.prelude(9, 7);
    SecretRecord secret(m);
    secret.pin(std::move(builds));
    secret.whole();
    const auto report = verify_for_auditor(m);
    BOOST_TEST(report.ok, sentences_of(report));
    return other_notices_of(report);
}

} // namespace

BOOST_AUTO_TEST_CASE(acknowledgements_are_held_against_the_programs_pinned_at_the_opening)
{
    BOOST_TEST((notices_with({SecretRecord::program()}) == std::set<audit::AuditCode>{}));
    BOOST_TEST((notices_with({sha256("another"), SecretRecord::program()}) == std::set<audit::AuditCode>{}));
    BOOST_TEST((notices_with({sha256("another")}) == std::set{build_other}));
}

BOOST_AUTO_TEST_CASE(erasures_of_all_holders_are_verified)
{
    RecordedMeeting m;
    m.prelude(9, 7);
    SecretRecord secret(m);
    secret.whole();
    secret.close_meeting();
    secret.state_erased(0);
    secret.state_erased(1);
    m.write(m.secretary, MeetingArchived{m.meeting});
    secret.state_erased(2);
    const auto report = verify_for_auditor(m);
    BOOST_TEST(report.ok, sentences_of(report));
}

BOOST_AUTO_TEST_CASE(each_lie_about_programs_and_erasures_is_named)
{
    for (const auto& lie : lies)
        check(lie);
}

BOOST_AUTO_TEST_SUITE_END()
