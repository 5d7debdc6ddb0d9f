#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(suggestions_test)

using namespace plenum;
using namespace plenum::chamber;

// Suggestions of deputies: who may say what and when, the reminder and who is left out after it, what follows
// on a grade of dissatisfaction and on a promise, and the figures on record.

namespace {

using enum RefusalCode;
constexpr std::uint64_t day = 86'400'000;

struct FollowUp : House {
    explicit FollowUp(std::size_t size = 7) : House(size, BodyKind::congress) {}

    RegisterSuggestion registration(const std::string& number = "001") const
    {
        return {body,
                number,
                "关于修缮山区公路的建议",
                "山区公路年久失修。",
                std::nullopt,
                *members[0].person,
                {*members[1].person, *members[2].person},
                "区交通局",
                now_ms + 90 * day};
    }
    SuggestionId registered(const std::string& number = "001")
    {
        return SuggestionId{act(secretary, registration(number))};
    }
    AnswerSuggestion reply(SuggestionId id, ReplyClass reply_class = ReplyClass::solved) const
    {
        AnswerSuggestion answer{id,           EvaluationStage::reply, reply_class, "已列入计划。",
                                std::nullopt, now_ms + 20 * day};
        if (reply_class == ReplyClass::in_progress) answer.deliver_by_ms = now_ms + 200 * day;
        return answer;
    }
    AnswerSuggestion delivery(SuggestionId id) const
    {
        auto answer = reply(id);
        answer.stage = EvaluationStage::delivery;
        return answer;
    }
    void grade(SuggestionId id, EvaluationGrade grade)
    {
        const auto dissatisfied = grade == EvaluationGrade::unsatisfied;
        act(members[0], EvaluateSuggestion{id, grade, dissatisfied ? "没有说明工期" : ""});
    }
    SuggestionPhase phase(SuggestionId id) const { return view_suggestion(state, id).phase; }
    std::optional<RefusalCode> refused(const Command& command) const { return refusal(secretary, command); }
    template <class Kind>
    Kind event(std::uint64_t seq) const
    {
        return std::get<Kind>(decode_entry(entries.at(seq))->event);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_suggestion_is_registered_with_its_makers_and_its_date)
{
    FollowUp house;
    const auto id = house.registered();
    const auto view = view_suggestion(house.state, id);
    BOOST_TEST(view.number == "001");
    BOOST_TEST(view.lead.name == "代表1");
    BOOST_TEST(view.signers.size() == 2);
    BOOST_TEST((view.evaluator == house.members[0].person));
    BOOST_TEST((view.phase == SuggestionPhase::awaiting_reply));
    BOOST_TEST(house.blobs.at(view.text) == "山区公路年久失修。");
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_suggestion_is_refused_for_exactly_these_reasons)
{
    FollowUp house;
    house.registered();
    const struct {
        const char* name;
        std::function<void(RegisterSuggestion&)> change;
        RefusalCode expected;
    } cases[] = {
        {"no title", [](auto& one) { one.title = ""; }, invalid_text},
        {"a number of two lines", [](auto& one) { one.number = "1\n2"; }, invalid_text},
        {"no responsible body", [](auto& one) { one.responsible_body = " "; }, invalid_text},
        {"neither text nor digest", [](auto& one) { one.text = ""; }, invalid_text},
        {"text and digest", [](auto& one) { one.text_digest = Digest{}; }, invalid_text},
        {"the number of another", [](auto& one) { one.number = "001"; }, wrong_state},
        {"a lead who is no member", [&](auto& one) { one.lead = *house.secretary.person; }, not_a_member},
        {"a signer who is no member", [&](auto& one) { one.signers = {*house.chair.person}; }, not_a_member},
        {"the lead signs once more", [](auto& one) { one.signers.push_back(one.lead); }, wrong_state},
        {"a date that is past", [&](auto& one) { one.due_at_ms = house.now_ms; }, deadline_wrong},
        {"hundreds of signers", [](auto& one) { one.signers.assign(501, one.lead); }, too_many},
        {"a body that is not there", [](auto& one) { one.body = BodyId{9'999}; }, no_such_record},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.name)
        {
            auto command = house.registration("002");
            one.change(command);
            BOOST_TEST((house.refused(command) == one.expected));
        }
    }
    BOOST_TEST((house.refusal(house.members[0], house.registration("002")) == not_allowed));
    BOOST_TEST((house.refused(house.registration("002")) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_text_kept_outside_leaves_only_its_digest)
{
    FollowUp house;
    auto command = house.registration();
    command.text = "";
    command.text_digest = sha256("不宜公开的内容");
    const auto seq = house.act(house.secretary, command);
    const auto event = house.event<SuggestionRegistered>(seq);
    BOOST_TEST(event.text_kept_outside);
    BOOST_TEST(public_blobs_of(event).empty());
    BOOST_TEST(!house.blobs.contains(*command.text_digest));
}

BOOST_AUTO_TEST_CASE(only_the_lead_evaluates_and_only_once)
{
    FollowUp house;
    const auto id = house.registered();
    const EvaluateSuggestion satisfied{id, EvaluationGrade::satisfied, ""};
    BOOST_TEST((house.refusal(house.members[0], satisfied) == wrong_state)); // No reply yet.
    house.act(house.secretary, house.reply(id));
    BOOST_TEST((house.refusal(house.members[1], satisfied) == not_to_evaluate));
    BOOST_TEST((house.refusal(house.members[3], satisfied) == not_to_evaluate));
    BOOST_TEST((house.refusal(house.secretary, satisfied) == not_allowed));
    BOOST_TEST((house.refusal(house.members[0], EvaluateSuggestion{id, EvaluationGrade::unsatisfied, ""}) ==
                invalid_text));
    house.grade(id, EvaluationGrade::satisfied);
    BOOST_TEST((house.phase(id) == SuggestionPhase::settled));
    BOOST_TEST((house.refusal(house.members[0], satisfied) == not_to_evaluate));
    BOOST_TEST((house.refused(house.reply(id)) == wrong_state));
    BOOST_TEST((house.refused(house.delivery(id)) == wrong_state)); // Nothing was promised.
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(who_signed_first_answers_for_a_lead_who_left_the_roster_or_is_suspended)
{
    FollowUp house;
    const auto id = house.registered();
    house.act(house.secretary, house.reply(id));
    house.act(house.secretary, SuspendMember{house.body, *house.members[1].person, "主席团", "接受调查"});
    auto rows = rows_of(7);
    rows.erase(rows.begin());
    house.act(house.secretary, ImportRoster{house.body, rows});
    const EvaluateSuggestion satisfied{id, EvaluationGrade::basically_satisfied, ""};
    BOOST_TEST((house.refusal(house.members[0], satisfied) == not_to_evaluate));
    BOOST_TEST((house.refusal(house.members[1], satisfied) == not_to_evaluate));
    house.act(house.members[2], satisfied);
    BOOST_TEST(view_suggestion(house.state, id).answers.back().evaluated_by->name == "代表3");
}

BOOST_AUTO_TEST_CASE(silence_after_a_reminder_is_left_out_and_before_it_is_awaited)
{
    FollowUp house;
    const auto id = house.registered();
    house.act(house.secretary, house.reply(id));
    const auto remind = [&] { return RemindEvaluation{id, house.now_ms + 5 * day}; };
    const ConcludeEvaluation conclude{house.body, EvaluationStage::reply};
    BOOST_TEST((house.refused(remind()) == deadline_wrong)); // There is time left.
    BOOST_TEST((house.refused(conclude) == evaluation_awaited));
    house.now_ms += 21 * day;
    BOOST_TEST((house.refused(conclude) == evaluation_awaited)); // Over, but nobody reminded.
    BOOST_TEST((house.refused(RemindEvaluation{id, house.now_ms}) == deadline_wrong));
    house.act(house.secretary, remind());
    BOOST_TEST((house.refused(remind()) == nothing_to_do));
    const EvaluateSuggestion late{id, EvaluationGrade::satisfied, ""};
    BOOST_TEST((house.refusal(house.members[0], late) == std::nullopt)); // Until then it counts.
    house.now_ms += 6 * day;
    BOOST_TEST((house.refusal(house.members[0], late) == not_to_evaluate));
    BOOST_TEST((house.refused(remind()) == wrong_state));
    const auto outcome = house.event<EvaluationConcluded>(house.act(house.secretary, conclude)).outcome;
    BOOST_TEST(outcome.excluded == 1);
    BOOST_TEST(outcome.base == 0);
    BOOST_TEST((outcome.satisfied_per_mille == std::nullopt));
    BOOST_TEST((house.refused(conclude) == nothing_to_do));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_reply_that_does_not_satisfy_is_given_anew_or_followed_by_what_was_done)
{
    FollowUp house;
    const auto id = house.registered();
    house.act(house.secretary, house.reply(id));
    BOOST_TEST((house.refused(house.reply(id)) == wrong_state)); // The deputy has still to say.
    house.grade(id, EvaluationGrade::unsatisfied);
    BOOST_TEST((house.phase(id) == SuggestionPhase::to_redo));
    BOOST_TEST((house.refused(house.delivery(id)) == std::nullopt));
    house.act(house.secretary, house.reply(id, ReplyClass::in_progress));
    house.grade(id, EvaluationGrade::satisfied);
    BOOST_TEST((house.phase(id) == SuggestionPhase::awaiting_delivery));
    house.act(house.secretary, house.delivery(id));
    house.grade(id, EvaluationGrade::unsatisfied);
    BOOST_TEST((house.refused(house.reply(id)) == wrong_state)); // A letter is not what is missing.
    house.act(house.secretary, house.delivery(id));
    house.grade(id, EvaluationGrade::satisfied);
    BOOST_TEST((house.phase(id) == SuggestionPhase::settled));
    // Each evaluation counts the newest answer of its stage.
    const auto conclude = [&](EvaluationStage stage) {
        return house
            .event<EvaluationConcluded>(house.act(house.secretary, ConcludeEvaluation{house.body, stage}))
            .outcome;
    };
    BOOST_TEST(conclude(EvaluationStage::reply).satisfied == 1);
    BOOST_TEST(conclude(EvaluationStage::delivery).satisfied == 1);
}

BOOST_AUTO_TEST_CASE(a_promise_has_a_date_and_nothing_else_has)
{
    FollowUp house;
    const auto id = house.registered();
    auto without = house.reply(id, ReplyClass::in_progress);
    without.deliver_by_ms.reset();
    BOOST_TEST((house.refused(without) == deadline_wrong));
    auto with = house.reply(id, ReplyClass::cannot);
    with.deliver_by_ms = house.now_ms + day;
    BOOST_TEST((house.refused(with) == deadline_wrong));
    auto past = house.reply(id, ReplyClass::in_progress);
    past.deliver_by_ms = house.now_ms;
    BOOST_TEST((house.refused(past) == deadline_wrong));
    BOOST_TEST((house.refused(house.delivery(id)) == wrong_state)); // There is no reply.
}

BOOST_AUTO_TEST_CASE(another_body_is_responsible_until_it_has_answered)
{
    FollowUp house;
    const auto id = house.registered();
    const ReassignSuggestion reassign{id, "区公路局", house.now_ms + 180 * day, "不属职责范围"};
    BOOST_TEST((house.refused(ReassignSuggestion{id, "区公路局", house.now_ms + day, ""}) == invalid_text));
    house.act(house.secretary, reassign);
    BOOST_TEST(view_suggestion(house.state, id).responsible_body == "区公路局");
    BOOST_TEST((house.refused(reassign) == nothing_to_do));
    house.act(house.secretary, house.reply(id));
    BOOST_TEST(
        (house.refused(ReassignSuggestion{id, "区水务局", house.now_ms + day, "再转"}) == wrong_state));
}

BOOST_AUTO_TEST_CASE(a_suggestion_withdrawn_counts_nowhere_and_frees_its_number)
{
    FollowUp house;
    const auto id = house.registered();
    house.act(house.secretary, house.reply(id));
    house.act(house.secretary, WithdrawSuggestion{id, "代表要求撤回"});
    BOOST_TEST((house.phase(id) == SuggestionPhase::withdrawn));
    BOOST_TEST((house.refused(WithdrawSuggestion{id, "再次"}) == wrong_state));
    BOOST_TEST((house.refusal(house.members[0], EvaluateSuggestion{id, EvaluationGrade::satisfied, ""}) ==
                wrong_state));
    BOOST_TEST((house.refused(ConcludeEvaluation{house.body, EvaluationStage::reply}) == nothing_to_do));
    BOOST_TEST((house.refused(house.registration()) == std::nullopt));
}

/// 268 suggestions: 260 evaluated (240/15/5) and 8 silent after the reminder (domain 3.3).
BOOST_AUTO_TEST_CASE(the_figures_of_a_year_are_those_of_the_example)
{
    FollowUp house;
    std::vector<SuggestionId> ids;
    for (int at = 0; at < 268; ++at) {
        ids.push_back(house.registered("N" + std::to_string(at)));
        house.act(house.secretary, house.reply(ids.back()));
    }
    for (std::size_t at = 0; at < 260; ++at) {
        using enum EvaluationGrade;
        house.grade(ids[at], at < 240 ? satisfied : at < 255 ? basically_satisfied : unsatisfied);
    }
    house.now_ms += 21 * day;
    for (std::size_t at = 260; at < 268; ++at)
        house.act(house.secretary, RemindEvaluation{ids[at], house.now_ms + day});
    house.now_ms += 2 * day;
    const auto seq = house.act(house.secretary, ConcludeEvaluation{house.body, EvaluationStage::reply});
    const auto outcome = house.event<EvaluationConcluded>(seq).outcome;
    BOOST_TEST(outcome.base == 260);
    BOOST_TEST(outcome.excluded == 8);
    BOOST_TEST((outcome.satisfied_per_mille == 923));
    // What is answered anew is the next round; the five of before are counted with it alone.
    for (std::size_t at = 255; at < 260; ++at) {
        house.act(house.secretary, house.reply(ids[at]));
        house.grade(ids[at], EvaluationGrade::satisfied);
    }
    const auto again = house.act(house.secretary, ConcludeEvaluation{house.body, EvaluationStage::reply});
    BOOST_TEST(house.event<EvaluationConcluded>(again).outcome.base == 5);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(the_office_sees_all_of_its_body_and_a_deputy_what_he_or_she_made)
{
    FollowUp house;
    const auto first = house.registered("001");
    const auto second = house.registered("002");
    const auto list = [&](const Actor& actor, const ListSuggestions& question) {
        return ask(house.state, actor, question, house.blob_source());
    };
    const auto all = list(house.secretary, {house.body});
    BOOST_TEST_REQUIRE(all.has_value());
    BOOST_TEST(all->total == 2);
    BOOST_TEST((all->suggestions.front().id == second)); // The newest first.
    BOOST_TEST((list(house.secretary, {house.body, 1, 1})->suggestions.front().id == first));
    BOOST_TEST(list(house.members[2], {})->total == 2);
    BOOST_TEST(list(house.members[3], {})->total == 0);
    BOOST_TEST((list(house.members[0], {house.body}).error().code == not_allowed));
    BOOST_TEST((list(house.secretary, {}).error().code == not_allowed));
    BOOST_TEST((list(house.secretary, {BodyId{9'999}}).error().code == no_such_record));
    BOOST_TEST(may_watch_suggestion(house.state, house.members[1], first));
    BOOST_TEST(!may_watch_suggestion(house.state, house.members[4], first));
    BOOST_TEST(may_watch_suggestion(house.state, house.secretary, first));
    house.act(house.secretary, house.reply(first));
    const auto rounds = list(house.secretary, {house.body})->rounds;
    BOOST_TEST_REQUIRE(rounds.size() == 1);
    BOOST_TEST(rounds.front().outcome.awaited == 1);
    BOOST_TEST(!rounds.front().concluded_at_ms);
}

BOOST_AUTO_TEST_CASE(a_body_with_suggestions_stays)
{
    FollowUp house;
    const BodyId other{house.act(house.secretary, CreateBody{BodyKind::congress, "误建"})};
    house.act(house.secretary, ImportRoster{other, rows_of(3)});
    auto command = house.registration();
    command.body = other;
    command.lead = house.state.bodies.at(other).members.front().person;
    command.signers.clear();
    house.act(house.secretary, command);
    BOOST_TEST((house.refused(RemoveBody{other, "误建"}) == wrong_state));
}

BOOST_AUTO_TEST_SUITE_END()
