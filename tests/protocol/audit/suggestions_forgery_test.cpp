#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(suggestions_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Suggestions and joint signatures that did not come about as their record says.

namespace {

constexpr std::uint64_t day = 86'400'000;

SuggestionRegistered registration(RecordedMeeting& m, const std::string& number = "001")
{
    return {
        m.body,        number,     "关于修缮山区公路的建议", m.keep("山区公路年久失修。"), false, m.person(0),
        {m.person(1)}, "区交通局", m.now_ms + 90 * day};
}

SuggestionId registered(RecordedMeeting& m, const std::string& number = "001")
{
    return SuggestionId{m.write(m.secretary, registration(m, number))};
}

SuggestionAnswered answer(RecordedMeeting& m, SuggestionId id, EvaluationStage stage = EvaluationStage::reply)
{
    return {id, stage, ReplyClass::solved, m.keep("已解决。"), false, m.now_ms + 20 * day, std::nullopt};
}

SuggestionId answered(RecordedMeeting& m, const std::string& number = "001")
{
    const auto id = registered(m, number);
    m.write(m.secretary, answer(m, id));
    return id;
}

void evaluate(RecordedMeeting& m, SuggestionId id, std::size_t member, EvaluationGrade grade,
              const std::string& reason = "")
{
    m.write(m.member(member), SuggestionEvaluated{id, m.person(member), grade, reason});
}

EvaluationConcluded concluded(RecordedMeeting& m, const EvaluationOutcome& outcome)
{
    return {m.body, EvaluationStage::reply, outcome};
}

/// One suggestion, evaluated as satisfying.
constexpr EvaluationOutcome one_satisfied{1, 0, 0, 0, 0, 1, 1'000, 1'000};

PetitionId opened(RecordedMeeting& m, PetitionKind petition_kind = PetitionKind::bill)
{
    const PetitionOpened event{m.body, petition_kind, "关于修订办法的议案", m.keep("案由"), m.person(0)};
    return PetitionId{m.write(m.member(0), event)};
}

void sign(RecordedMeeting& m, PetitionId id, std::size_t member)
{
    m.write(m.member(member), PetitionSigned{id, m.person(member)});
}

/// What the law asks of the body of the prelude, as the record has it.
Finding figures(RecordedMeeting& m, std::uint64_t have)
{
    const auto members = m.rosters.at(m.body).members.size();
    std::vector<std::uint64_t> electors(members);
    for (std::size_t at = 0; at < members; ++at)
        electors[at] = at + 1;
    return decide_petition(*signature_rule(PetitionKind::bill, BodyKind::standing_committee), electors,
                           {electors.begin(), electors.begin() + static_cast<std::ptrdiff_t>(have)});
}

void hand_in(RecordedMeeting& m, PetitionId id, const Finding& finding)
{
    m.write(m.member(0), PetitionHandedIn{id, m.person(0), finding});
}

const Forgery suggestions[] = {
    {"made by somebody who is no member",
     [](auto& m) {
         auto event = registration(m);
         event.signers = {*m.secretary.person};
         m.write(m.secretary, event);
     },
     {suggestion_wrong}},
    {"of a body that is not there",
     [](auto& m) {
         auto event = registration(m);
         event.body = BodyId{9'999};
         m.write(m.secretary, event);
     },
     {record_unknown}},
    {"two under one number",
     [](auto& m) {
         registered(m);
         registered(m);
     },
     {suggestion_wrong}},
    {"to be answered yesterday",
     [](auto& m) {
         auto event = registration(m);
         event.due_at_ms = m.now_ms;
         m.write(m.secretary, event);
     },
     {suggestion_wrong}},
    {"without its text",
     [](auto& m) {
         auto event = registration(m);
         event.text = sha256("别的");
         m.write(m.secretary, event);
     },
     {file_missing}},
    {"registered by a deputy", [](auto& m) { m.write(m.member(0), registration(m)); }, {actor_not_allowed}},
    {"evaluated by the office for the deputy",
     [](auto& m) {
         const auto id = answered(m);
         m.write(m.secretary, SuggestionEvaluated{id, m.person(0), EvaluationGrade::satisfied, ""});
     },
     {actor_not_allowed}},
    {"evaluated by one deputy for another",
     [](auto& m) {
         const auto id = answered(m);
         m.write(m.member(2), SuggestionEvaluated{id, m.person(0), EvaluationGrade::satisfied, ""});
     },
     {actor_for_another}},
    {"evaluated by a signer while the lead is there",
     [](auto& m) { evaluate(m, answered(m), 1, EvaluationGrade::satisfied); },
     {evaluation_wrong}},
    {"evaluated by a lead who is suspended",
     [](auto& m) {
         auto event = registration(m);
         event.lead = m.person(8); // Not signed in to any sitting.
         const SuggestionId id{m.write(m.secretary, event)};
         m.write(m.secretary, answer(m, id));
         m.write(m.secretary, MemberSuspended{m.body, m.person(8), "常委会", "接受调查"});
         evaluate(m, id, 8, EvaluationGrade::satisfied);
     },
     {evaluation_wrong}},
    {"dissatisfied without a reason",
     [](auto& m) { evaluate(m, answered(m), 0, EvaluationGrade::unsatisfied); },
     {evaluation_wrong}},
    {"evaluated twice",
     [](auto& m) {
         const auto id = answered(m);
         evaluate(m, id, 0, EvaluationGrade::satisfied);
         evaluate(m, id, 0, EvaluationGrade::unsatisfied, "改变主意");
     },
     {evaluation_wrong}},
    {"evaluated before there is a reply",
     [](auto& m) { evaluate(m, registered(m), 0, EvaluationGrade::satisfied); },
     {suggestion_wrong}},
    {"evaluated after the time the reminder gave",
     [](auto& m) {
         const auto id = answered(m);
         m.now_ms += 21 * day;
         m.write(m.secretary, SuggestionReminded{id, m.now_ms + day});
         m.now_ms += 2 * day;
         evaluate(m, id, 0, EvaluationGrade::satisfied);
     },
     {evaluation_wrong}},
    {"reminded while there was time",
     [](auto& m) {
         const auto id = answered(m);
         m.write(m.secretary, SuggestionReminded{id, m.now_ms + 30 * day});
     },
     {suggestion_wrong}},
    {"answered again before the deputy has said anything",
     [](auto& m) {
         const auto id = answered(m);
         m.write(m.secretary, answer(m, id));
     },
     {suggestion_wrong}},
    {"delivered what nobody promised",
     [](auto& m) {
         const auto id = answered(m);
         evaluate(m, id, 0, EvaluationGrade::satisfied);
         m.write(m.secretary, answer(m, id, EvaluationStage::delivery));
     },
     {suggestion_wrong}},
    {"a promise without its date",
     [](auto& m) {
         auto event = answer(m, registered(m));
         event.reply_class = ReplyClass::in_progress;
         m.write(m.secretary, event);
     },
     {suggestion_wrong}},
    {"followed up after it was withdrawn",
     [](auto& m) {
         const auto id = registered(m);
         m.write(m.secretary, SuggestionWithdrawn{id, "代表要求"});
         m.write(m.secretary, answer(m, id));
     },
     {suggestion_wrong}},
    {"assigned anew after it was answered",
     [](auto& m) {
         const auto id = answered(m);
         m.write(m.secretary, SuggestionReassigned{id, "区水务局", m.now_ms + day, "转办"});
     },
     {suggestion_wrong}},
    {"more satisfied than said so",
     [](auto& m) {
         evaluate(m, answered(m), 0, EvaluationGrade::basically_satisfied);
         m.write(m.secretary, concluded(m, one_satisfied));
     },
     {evaluation_wrong}},
    {"figures while some are awaited",
     [](auto& m) {
         evaluate(m, answered(m, "001"), 0, EvaluationGrade::satisfied);
         answered(m, "002");
         m.write(m.secretary, concluded(m, one_satisfied));
     },
     {evaluation_wrong}},
    {"who was not reminded left out",
     [](auto& m) {
         evaluate(m, answered(m, "001"), 0, EvaluationGrade::satisfied);
         answered(m, "002");
         m.now_ms += 30 * day;
         auto outcome = one_satisfied;
         outcome.excluded = 1;
         m.write(m.secretary, concluded(m, outcome));
     },
     {evaluation_wrong}},
    {"the same counted twice",
     [](auto& m) {
         evaluate(m, answered(m), 0, EvaluationGrade::satisfied);
         m.write(m.secretary, concluded(m, one_satisfied));
         m.write(m.secretary, concluded(m, one_satisfied));
     },
     {evaluation_wrong}},
    {"a body removed that has suggestions",
     [](auto& m) {
         const auto other = m.create_body(BodyKind::congress, "误建", m.secretary);
         m.adopt_roster(other, m.members_named(3, {"甲"}), m.secretary);
         auto event = registration(m);
         event.body = other;
         event.lead = *m.member(0, other).person;
         event.signers.clear();
         m.write(m.secretary, event);
         m.write(m.secretary, BodyRemoved{other, "误建"});
     },
     {body_in_use}},
};

const Forgery petitions[] = {
    {"opened by somebody who is no member",
     [](auto& m) {
         const Actor stranger{*m.secretary.person, Role::delegate};
         m.write(stranger,
                 PetitionOpened{m.body, PetitionKind::bill, "议案", m.keep("案由"), *stranger.person});
     },
     {petition_wrong}},
    {"a nomination by members of a committee",
     [](auto& m) { opened(m, PetitionKind::nomination); },
     {petition_wrong}},
    {"signed for another",
     [](auto& m) {
         m.write(m.member(2), PetitionSigned{opened(m), m.person(1)});
     },
     {actor_for_another}},
    {"signed by a suspended member",
     [](auto& m) {
         const auto id = opened(m);
         m.write(m.secretary, MemberSuspended{m.body, m.person(8), "常委会", "接受调查"});
         sign(m, id, 8);
     },
     {suspended_acts}},
    {"signed twice",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 1);
     },
     {petition_wrong}},
    {"a signature taken back that was not given",
     [](auto& m) {
         m.write(m.member(1), SignatureWithdrawn{opened(m), m.person(1)});
     },
     {petition_wrong}},
    {"handed in with too few",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         hand_in(m, id, figures(m, 2));
     },
     {signatures_wrong}},
    {"handed in with a signature too many",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 2);
         hand_in(m, id, figures(m, 4));
     },
     {signatures_wrong}},
    {"handed in though one took the signature back",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 2);
         m.write(m.member(2), SignatureWithdrawn{id, m.person(2)});
         hand_in(m, id, figures(m, 3));
     },
     {signatures_wrong}},
    {"handed in with a signer who is suspended",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 2);
         m.suspend(m.person(2));
         hand_in(m, id, figures(m, 3));
     },
     {signatures_wrong}},
    {"handed in by another than the lead signer",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 2);
         m.write(m.member(1), PetitionHandedIn{id, m.person(1), figures(m, 3)});
     },
     {petition_wrong}},
    {"signed after it was handed in",
     [](auto& m) {
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 2);
         hand_in(m, id, figures(m, 3));
         sign(m, id, 3);
     },
     {petition_wrong}},
    {"by fewer than the body itself asks for",
     [](auto& m) {
         m.write(m.secretary, PetitionNeedSet{m.body, PetitionKind::bill, 4, "常委会"});
         const auto id = opened(m);
         sign(m, id, 1);
         sign(m, id, 2);
         hand_in(m, id, figures(m, 3));
     },
     {signatures_wrong}},
    {"a need set by a deputy",
     [](auto& m) {
         m.write(m.member(0), PetitionNeedSet{m.body, PetitionKind::bill, 1, "本人"});
     },
     {actor_not_allowed}},
    {"a need of nobody",
     [](auto& m) {
         m.write(m.secretary, PetitionNeedSet{m.body, PetitionKind::bill, 0, "常委会"});
     },
     {petition_wrong}},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_suggestion_that_lies_is_found)
{
    for (const auto& forgery : suggestions)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(a_joint_signature_that_lies_is_found)
{
    for (const auto& forgery : petitions)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(the_whole_life_of_both_is_verified)
{
    RecordedMeeting m;
    m.prelude();
    const auto id = registered(m);
    m.write(m.secretary, SuggestionReassigned{id, "区公路局", m.now_ms + 180 * day, "不属职责范围"});
    m.write(m.secretary, answer(m, id));
    evaluate(m, id, 0, EvaluationGrade::unsatisfied, "没有说明工期");
    auto promise = answer(m, id);
    promise.reply_class = ReplyClass::in_progress;
    promise.deliver_by_ms = m.now_ms + 200 * day;
    m.write(m.secretary, promise);
    evaluate(m, id, 0, EvaluationGrade::satisfied);
    m.write(m.secretary, concluded(m, one_satisfied));
    m.write(m.secretary, answer(m, id, EvaluationStage::delivery));
    m.now_ms += 21 * day;
    m.write(m.secretary, SuggestionReminded{id, m.now_ms + 5 * day});
    m.now_ms += 6 * day;
    EvaluationOutcome silent;
    silent.excluded = 1;
    m.write(m.secretary, EvaluationConcluded{m.body, EvaluationStage::delivery, silent});
    const auto bill = opened(m);
    sign(m, bill, 1);
    sign(m, bill, 2);
    m.write(m.member(2), SignatureWithdrawn{bill, m.person(2)});
    sign(m, bill, 3);
    hand_in(m, bill, figures(m, 3));
    const auto given_up = opened(m);
    m.write(m.member(0), PetitionWithdrawn{given_up, m.person(0), "并入他案"});
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
}

BOOST_AUTO_TEST_SUITE_END()
