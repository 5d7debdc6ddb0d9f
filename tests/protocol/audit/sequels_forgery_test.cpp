#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(sequels_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies about what was decided otherwise, and about what became of results afterwards. Seven of nine members
// are present in the prelude.

namespace {

constexpr std::uint64_t day_ms = 86'400'000;

RuleProfile appointment_rule()
{
    auto rule = simple_rule();
    rule.appointment = AppointmentRule{true, 7, 2};
    return rule;
}

VotePrepared prepared(RecordedMeeting& m, const RuleProfile& rule = simple_rule())
{
    VotePrepared one;
    one.sitting = m.sitting;
    one.title = "表决";
    one.text = m.keep("表决稿\n");
    one.profile = rule;
    one.base_members = m.due(m.sitting);
    return one;
}

VotePrepared appointment(RecordedMeeting& m, const RuleProfile& rule = appointment_rule())
{
    auto one = prepared(m, rule);
    one.personnel = PersonnelMatter{PersonnelAction::appoint, "王建国", "局长"};
    return one;
}

Override by_presidium(RefusalCode of)
{
    return {of, "主席团", "已经讨论"};
}

/// From the opening to the announcement, with so many of seven for it.
void announce(RecordedMeeting& m, const VoteOpened& opening, std::size_t approve = 7)
{
    m.open(opening, m.chair);
    for (std::size_t i = 0; i < 7; ++i)
        m.cast(opening.vote, m.person(i), i < approve ? Choice::approve : Choice::oppose);
    m.close(opening.vote);
    m.announce(opening.vote);
}

VoteId announced(RecordedMeeting& m, const VotePrepared& one, std::size_t approve = 7)
{
    const auto id = m.prepare(one, m.secretary);
    announce(m, m.opening(id), approve);
    return id;
}

void qualify(RecordedMeeting& m, VoteId id)
{
    m.write(m.secretary, QualificationRecorded{id, true, m.now_ms - 30 * day_ms});
}

void rejected(RecordedMeeting& m)
{
    const auto id = m.prepare(appointment(m), m.secretary);
    qualify(m, id);
    announce(m, m.opening(id), 2);
}

/// A presidium has to decide between 乙 and 丙, who are equal at the second of two places.
VoteId tied(RecordedMeeting& m, TieRule rule = TieRule::presidium)
{
    auto one = prepared(m);
    one.profile.method = VoteMethod::paper;
    one.profile.secrecy = Secrecy::secret;
    BallotList list;
    list.list_kind = ListKind::projects;
    list.candidates = {{"甲", {}}, {"乙", {}}, {"丙", {}}};
    list.places = {2, std::nullopt, rule};
    list.ballot = {2, WriteIn::none, BlankMark::abstain};
    one.list = list;
    const auto id = m.prepare(one, m.secretary);
    m.open(id);
    const PlacesReturn counted{
        7, 7, 0, {{"甲", 6, 0, 0, false}, {"乙", 4, 0, 0, false}, {"丙", 4, 0, 0, false}}};
    for (const std::size_t teller : {0U, 1U}) {
        const auto& by = m.teller(teller);
        m.write(by, ListCounted{id, *by.person, std::nullopt, counted});
    }
    VoteDecided decided;
    decided.vote = id;
    decided.tally.not_pressed = 7;
    decided.outcome = outcome_of(counted);
    decided.places = PlacesDecided{counted, decide_places(list.places, 9, counted)};
    m.close(id, decided, m.chair);
    m.announce(id);
    return id;
}

const Forgery overrides[] = {
    {"a draft item put to the vote, and nobody allowed it",
     [](auto& m) {
         m.add_adopted_item("预算");
         const auto id = m.prepare(simple_rule(), "临时", m.add_draft("临时"));
         announce(m, m.opening(id));
     },
     {agenda_out_of_order}},
    {"an amendment passed over",
     [](auto& m) {
         auto one = prepared(m);
         one.item = m.add_adopted_item("预算");
         const auto whole = m.prepare(one, m.secretary);
         one.part.emplace(QuestionPart::amendment);
         m.prepare(one, m.secretary);
         announce(m, m.opening(whole));
     },
     {override_missing}},
    {"a dismissal by open vote",
     [](auto& m) {
         auto one = prepared(m);
         one.personnel = PersonnelMatter{PersonnelAction::dismiss, "王建国", "局长"};
         announced(m, one);
     },
     {override_missing}},
    {"an appointment without exam and papers",
     [](auto& m) { announced(m, appointment(m)); },
     {override_missing}},
    {"papers that came the day before",
     [](auto& m) {
         const auto id = m.prepare(appointment(m), m.secretary);
         m.write(m.secretary, QualificationRecorded{id, true, m.now_ms - day_ms});
         announce(m, m.opening(id));
     },
     {override_missing}},
    {"a third nomination after two rejections",
     [](auto& m) {
         rejected(m);
         rejected(m);
         rejected(m);
     },
     {override_missing}},
    {"somebody said to have set aside what was not there",
     [](auto& m) {
         auto opening = m.opening(m.prepare(simple_rule()));
         opening.overrides = std::vector{by_presidium(RefusalCode::barred)};
         announce(m, opening);
     },
     {override_wrong}},
    {"the same set aside twice",
     [](auto& m) {
         auto opening = m.opening(m.prepare(appointment(m), m.secretary));
         opening.overrides = std::vector(2, by_presidium(RefusalCode::not_qualified));
         announce(m, opening);
     },
     {override_wrong}},
    {"set aside by nobody",
     [](auto& m) {
         auto opening = m.opening(m.prepare(appointment(m), m.secretary));
         opening.overrides = std::vector{Override{RefusalCode::not_qualified, "", "已经讨论"}};
         announce(m, opening);
     },
     {text_malformed}},
    {"an override where the vote was written down that was not needed",
     [](auto& m) {
         auto one = prepared(m);
         one.overrides = std::vector{by_presidium(RefusalCode::candidates_wrong)};
         m.prepare(one, m.secretary);
     },
     {override_wrong}},
    {"a part of nothing",
     [](auto& m) {
         auto one = prepared(m);
         one.part.emplace(QuestionPart::clause);
         m.prepare(one, m.secretary);
     },
     {agenda_out_of_order}},
};

const Forgery sequels[] = {
    {"annulled before it was announced",
     [](auto& m) {
         const auto id = m.prepare(simple_rule());
         m.write(m.secretary, VoteAnnulled{id, "常委会", "贿选"});
     },
     {sequel_wrong}},
    {"annulled twice",
     [](auto& m) {
         const auto id = announced(m, prepared(m));
         m.write(m.secretary, VoteAnnulled{id, "常委会", "贿选"});
         m.write(m.secretary, VoteAnnulled{id, "常委会", "贿选"});
     },
     {announced_changed}},
    {"annulled by the chair alone",
     [](auto& m) {
         m.write(m.chair, VoteAnnulled{announced(m, prepared(m)), "主任", "不合意"});
     },
     {actor_not_allowed}},
    {"annulled for no reason",
     [](auto& m) {
         m.write(m.secretary, VoteAnnulled{announced(m, prepared(m)), "常委会", ""});
     },
     {text_malformed}},
    {"taken again after it was annulled",
     [](auto& m) {
         const auto id = announced(m, prepared(m));
         m.write(m.secretary, VoteAnnulled{id, "常委会", "贿选"});
         m.retry(id);
     },
     {attempt_wrong}},
    {"an approval nobody waited for",
     [](auto& m) {
         m.write(m.secretary, ApprovalRecorded{announced(m, appointment(m, simple_rule())), true, "批复"});
     },
     {sequel_wrong}},
    {"an approval of what was rejected",
     [](auto& m) {
         auto one = prepared(m);
         one.approval_by = "市人大常委会";
         m.write(m.secretary, ApprovalRecorded{announced(m, one, 2), true, "批复"});
     },
     {sequel_wrong}},
    {"two answers from above",
     [](auto& m) {
         auto one = prepared(m);
         one.approval_by = "市人大常委会";
         const auto id = announced(m, one);
         m.write(m.secretary, ApprovalRecorded{id, false, "批复"});
         m.write(m.secretary, ApprovalRecorded{id, true, "批复"});
     },
     {sequel_wrong}},
    {"an oath before the approval",
     [](auto& m) {
         auto one = appointment(m, simple_rule());
         one.approval_by = "市人大常委会";
         m.write(m.chair, OathTaken{m.sitting, {announced(m, one)}});
     },
     {sequel_wrong}},
    {"an oath by a vote that did not pass",
     [](auto& m) {
         m.write(m.chair, OathTaken{m.sitting, {announced(m, appointment(m, simple_rule()), 2)}});
     },
     {sequel_wrong}},
    {"an oath by a vote that appointed nobody",
     [](auto& m) {
         m.write(m.chair, OathTaken{m.sitting, {announced(m, prepared(m))}});
     },
     {sequel_wrong}},
    {"the same oath twice",
     [](auto& m) {
         const auto id = announced(m, appointment(m, simple_rule()));
         m.write(m.chair, OathTaken{m.sitting, {id}});
         m.write(m.chair, OathTaken{m.sitting, {id}});
     },
     {sequel_wrong}},
    {"papers after the vote was opened",
     [](auto& m) {
         const auto id = m.prepare(appointment(m, simple_rule()), m.secretary);
         m.open(id);
         qualify(m, id);
         m.close(id);
     },
     {sequel_wrong}},
    {"papers of somebody who is removed",
     [](auto& m) {
         auto one = appointment(m, simple_rule());
         one.personnel->action = PersonnelAction::remove;
         qualify(m, m.prepare(one, m.secretary));
     },
     {sequel_wrong}},
    {"papers from the future",
     [](auto& m) {
         const auto id = m.prepare(appointment(m, simple_rule()), m.secretary);
         m.write(m.secretary, QualificationRecorded{id, true, m.now_ms + day_ms});
     },
     {sequel_wrong}},
    {"a tie decided where it is to be voted on again",
     [](auto& m) {
         m.write(m.chair, TieDecided{tied(m, TieRule::revote), {"乙"}, "主席团", "抽签"});
     },
     {sequel_wrong}},
    {"a place for somebody who was not tied",
     [](auto& m) {
         m.write(m.chair, TieDecided{tied(m), {"甲"}, "主席团", "抽签"});
     },
     {sequel_wrong}},
    {"two places where one is left",
     [](auto& m) {
         m.write(m.chair, TieDecided{tied(m), {"乙", "丙"}, "主席团", "抽签"});
     },
     {sequel_wrong}},
    {"a tie decided twice",
     [](auto& m) {
         const auto id = tied(m);
         m.write(m.chair, TieDecided{id, {"乙"}, "主席团", "抽签"});
         m.write(m.chair, TieDecided{id, {"丙"}, "主席团", "抽签"});
     },
     {sequel_wrong}},
};

} // namespace

BOOST_AUTO_TEST_CASE(lies_about_what_was_decided_otherwise)
{
    for (const auto& forgery : overrides)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(lies_about_what_became_of_results)
{
    for (const auto& forgery : sequels)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(what_was_decided_otherwise_by_name_is_a_notice)
{
    RecordedMeeting m;
    m.prelude();
    auto opening = m.opening(m.prepare(appointment(m), m.secretary));
    opening.overrides = std::vector{by_presidium(RefusalCode::not_qualified)};
    announce(m, opening);
    rejected(m);
    rejected(m);
    auto third = m.prepare(appointment(m), m.secretary);
    qualify(m, third);
    auto allowed = m.opening(third);
    allowed.overrides = std::vector{by_presidium(RefusalCode::barred)};
    announce(m, allowed);

    auto one = appointment(m, simple_rule());
    one.approval_by = "市人大常委会";
    const auto approved = announced(m, one);
    m.write(m.secretary, ApprovalRecorded{approved, true, "渝人常〔2026〕7号"});
    m.write(m.chair, OathTaken{m.sitting, {approved}});
    m.write(m.chair, TieDecided{tied(m), {"丙"}, "主席团", "抽签"});
    m.write(m.secretary, VoteAnnulled{approved, "常委会", "贿选"});

    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
    std::multiset<audit::AuditCode> notices;
    for (const auto& found : report.findings)
        notices.insert(found.code);
    BOOST_TEST(notices.count(step_overridden) == 2U);
    BOOST_TEST(notices.count(result_annulled) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
