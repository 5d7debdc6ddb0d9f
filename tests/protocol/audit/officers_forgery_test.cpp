#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(officers_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Officers dismissed without whom things could not go on, bodies renamed that follow a group, and sittings
// called off that somebody came to.

namespace {

OfficerDismissed dismissed(const Actor& officer, std::optional<BodyId> over)
{
    return {*officer.person, officer.role, over, "工作调动"};
}

BodyId delegation(RecordedMeeting& m, const std::string& name)
{
    return BodyId{m.write(m.secretary, BodyCreated{BodyKind::delegation, name, m.body})};
}

SittingId further(RecordedMeeting& m)
{
    return m.create_sitting(m.meeting, "第二次全体会议");
}

void call_off(RecordedMeeting& m, SittingId sitting, const std::string& reason = "不再举行")
{
    m.write(m.secretary, SittingCancelled{sitting, reason});
}

/// A vote by hands that one of two tellers has counted.
Actor counting_teller(RecordedMeeting& m)
{
    auto rule = simple_rule();
    rule.method = VoteMethod::hands;
    const auto vote = m.prepare(rule);
    m.open(vote);
    const auto teller = m.teller(0);
    m.count_hands(vote, teller, {4, 1, 0});
    return teller;
}

/// The key holders of the meeting, each appointed for its body.
std::vector<Actor> key_holders(RecordedMeeting& m)
{
    std::vector<Actor> holders;
    KeyHoldersAppointed appointed{m.meeting, {}, 2, "主任会议"};
    for (const auto* name : {"甲", "乙", "丙"}) {
        holders.push_back(m.appoint(name, Role::key_holder, m.body, m.secretary));
        appointed.holders.push_back({*holders.back().person, name});
    }
    m.write(m.secretary, appointed);
    return holders;
}

const Forgery officers[] = {
    {"dismissed from an office never held",
     [](auto& m) { m.write(m.secretary, dismissed(m.member(0), m.body)); },
     {record_unknown}},
    {"dismissed from what was held over another body",
     [](auto& m) {
         const auto officer = m.appoint("操作员", Role::operator_, m.body, m.secretary);
         m.write(m.secretary, dismissed(officer, std::nullopt));
     },
     {record_unknown}},
    {"dismissed twice",
     [](auto& m) {
         const auto officer = m.appoint("操作员", Role::operator_, m.body, m.secretary);
         m.write(m.secretary, dismissed(officer, m.body));
         m.write(m.secretary, dismissed(officer, m.body));
     },
     {record_unknown}},
    {"dismissed without a reason",
     [](auto& m) {
         const auto officer = m.appoint("操作员", Role::operator_, m.body, m.secretary);
         m.write(m.secretary, OfficerDismissed{*officer.person, officer.role, m.body, ""});
     },
     {text_malformed}},
    {"dismissed by the chair",
     [](auto& m) {
         const auto officer = m.appoint("操作员", Role::operator_, m.body, m.secretary);
         m.write(m.chair, dismissed(officer, m.body));
     },
     {actor_not_allowed}},
    {"acting in an office that was taken back",
     [](auto& m) {
         const auto clerk = m.appoint("秘书", Role::secretary, m.body, m.secretary);
         m.write(m.secretary, dismissed(clerk, m.body));
         m.write(clerk, PhotoSet{m.person(0), sha256("photo")});
     },
     {actor_without_office}},
    {"the last secretary dismissed",
     [](auto& m) { m.write(m.secretary, dismissed(m.secretary, std::nullopt)); },
     {office_in_use}},
    {"the only chair dismissed in a sitting",
     [](auto& m) { m.write(m.secretary, dismissed(m.chair, m.body)); },
     {office_in_use}},
    {"a teller dismissed who has counted in an open vote",
     [](auto& m) { m.write(m.secretary, dismissed(counting_teller(m), m.body)); },
     {office_in_use}},
    {"a holder of keys dismissed before the archive",
     [](auto& m) { m.write(m.secretary, dismissed(key_holders(m)[1], m.body)); },
     {office_in_use}},
    {"the office of one admitted to a meeting taken back elsewhere",
     [](RecordedMeeting& m) {
         const PersonId guest{++m.persons_known};
         m.write(m.desk, AttendeeAdmitted{m.meeting, guest, "李列席", {}, "", ""});
         m.write(m.secretary, dismissed({guest, Role::observer}, m.body));
     },
     {office_in_use}},
};

const Forgery names[] = {
    {"renamed to nothing",
     [](auto& m) {
         m.write(m.secretary, BodyRenamed{m.body, "", "更名"});
     },
     {text_malformed}},
    {"renamed without a reason",
     [](auto& m) {
         m.write(m.secretary, BodyRenamed{m.body, "新名", ""});
     },
     {text_malformed}},
    {"renamed to what it is called",
     [](auto& m) {
         m.write(m.secretary, BodyRenamed{m.body, "新名", "更名"});
         m.write(m.secretary, BodyRenamed{m.body, "新名", "更名"});
     },
     {text_malformed}},
    {"a body renamed that does not exist",
     [](auto& m) {
         m.write(m.secretary, BodyRenamed{BodyId{3}, "新名", "更名"});
     },
     {record_unknown}},
    {"renamed by the chair",
     [](auto& m) {
         m.write(m.chair, BodyRenamed{m.body, "新名", "更名"});
     },
     {actor_not_allowed}},
    {"a delegation of a group renamed",
     [](auto& m) {
         m.write(m.secretary, BodyRenamed{delegation(m, "第一组"), "东街代表团", "更名"});
     },
     {body_in_use}},
    {"a delegation renamed to a group",
     [](auto& m) {
         m.write(m.secretary, BodyRenamed{delegation(m, "解放军"), "第二组", "更名"});
     },
     {body_in_use}},
};

const Forgery sittings[] = {
    {"called off while it goes on", [](auto& m) { call_off(m, m.sitting); }, {sitting_out_of_order}},
    {"called off after it was closed",
     [](auto& m) {
         m.write(m.chair, SittingClosed{m.sitting});
         call_off(m, m.sitting);
     },
     {sitting_out_of_order}},
    {"called off though somebody had come",
     [](auto& m) {
         const auto second = further(m);
         m.write(m.desk, SignInOpened{second});
         m.sign_in(m.person(0), second, m.member(0));
         call_off(m, second);
     },
     {sitting_out_of_order}},
    {"called off without a reason", [](auto& m) { call_off(m, further(m), ""); }, {text_malformed}},
    {"called off by the chair",
     [](auto& m) {
         m.write(m.chair, SittingCancelled{further(m), "不再举行"});
     },
     {actor_not_allowed}},
    {"signed in to what was called off",
     [](auto& m) {
         const auto second = further(m);
         call_off(m, second);
         m.write(m.desk, SignInOpened{second});
     },
     {sitting_out_of_order}},
    {"a meeting closed whose only sitting was called off",
     [](auto& m) {
         const auto elsewhere = m.create_meeting(m.body, "下次会议");
         call_off(m, m.create_sitting(elsewhere, "第一次全体会议"));
         m.write(m.secretary, MeetingClosed{elsewhere});
     },
     {sitting_out_of_order}},
};

/// Nothing of it is a lie.
void check_true(const std::function<void(RecordedMeeting&)>& tell)
{
    RecordedMeeting m;
    m.prelude();
    tell(m);
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
}

} // namespace

BOOST_AUTO_TEST_CASE(lies_about_officers_are_found)
{
    for (const auto& forgery : officers)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(lies_about_names_of_bodies_are_found)
{
    for (const auto& forgery : names)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(lies_about_sittings_called_off_are_found)
{
    for (const auto& forgery : sittings)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(what_is_lawful_is_not_complained_of)
{
    check_true([](auto& m) {
        const auto second = m.appoint("新秘书", Role::secretary, std::nullopt, m.secretary);
        m.write(second, dismissed(m.secretary, std::nullopt));
        m.write(m.appoint("副主任", Role::chair, m.body, second), SittingRecessed{m.sitting, "休会"});
        m.write(second, dismissed(m.chair, m.body));
    });
    check_true([](auto& m) {
        const auto holder = key_holders(m)[1];
        const auto twice = m.appoint("观察员", Role::observer, m.body, m.secretary);
        m.write(m.secretary, dismissed(twice, m.body));
        m.write(m.secretary, BodyRenamed{m.body, "区人大", "更名"});
        m.write(m.secretary, BodyRenamed{delegation(m, "解放军"), "解放军代表团", "更名"});
        call_off(m, further(m));
        m.write(m.chair, SittingClosed{m.sitting});
        m.write(m.secretary, MeetingClosed{m.meeting});
        m.write(m.secretary, MeetingArchived{m.meeting});
        m.write(m.secretary, dismissed(holder, m.body));
    });
}

BOOST_AUTO_TEST_SUITE_END()
