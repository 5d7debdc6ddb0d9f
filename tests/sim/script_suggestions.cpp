#include "server/chamber/queries.hpp"
#include "tests/sim/script.hpp"

// Suggestions of deputies and joint signatures, whether or not anybody meets. Deadlines are seconds here: a
// story has no months.

namespace plenum::sim {
namespace {

constexpr std::size_t suggestions_max = 12;
constexpr std::size_t petitions_max = 6;

} // namespace

std::uint64_t Script::soon_ms()
{
    return world_.now_ms() + world_.random.between(500, 8'000);
}

void Script::keep_suggestions()
{
    const auto* chosen = any(state().suggestions);
    const bool room = state().suggestions.size() < suggestions_max;
    if (chosen == nullptr || (room && world_.random.chance(250))) return register_suggestion();
    const auto& [id, suggestion] = *chosen;
    auto* secretary = somebody(Role::secretary, suggestion.body);
    if (world_.random.chance(20)) return say(secretary, WithdrawSuggestion{id, "代表要求撤回"});
    if (world_.random.chance(200)) {
        const auto stage = world_.random.pick({EvaluationStage::reply, EvaluationStage::delivery});
        return say(secretary, ConcludeEvaluation{suggestion.body, stage});
    }
    if (suggestion.answers.empty() && world_.random.chance(100))
        return say(secretary, ReassignSuggestion{id, "区公路局", soon_ms(), "转办"});
    const bool waits = !suggestion.answers.empty() && !suggestion.answers.back().evaluation.grade;
    if (!waits || world_.random.chance(50)) return answer_suggestion(id);
    if (world_.random.chance(300)) return say(secretary, RemindEvaluation{id, soon_ms()});
    const auto answers_for = chamber::evaluator_of(state(), suggestion);
    // Now and then somebody who does not answer for it tries.
    const auto person = !answers_for || world_.random.chance(100) ? suggestion.lead : *answers_for;
    const auto grade =
        world_.random.pick({EvaluationGrade::satisfied, EvaluationGrade::satisfied,
                            EvaluationGrade::basically_satisfied, EvaluationGrade::unsatisfied});
    const auto* reason = grade == EvaluationGrade::unsatisfied ? "没有说明工期" : "";
    say(console_of({person, Role::delegate}), EvaluateSuggestion{id, grade, reason});
}

void Script::register_suggestion()
{
    const auto& [id, body] = *any(state().bodies);
    if (body.members.empty()) return;
    RegisterSuggestion command{id,
                               "J" + std::to_string(++titles_),
                               "关于道路的建议",
                               "年久失修。",
                               std::nullopt,
                               PersonId{},
                               {},
                               "区交通局",
                               soon_ms()};
    command.lead = world_.random.pick(body.members).person;
    for (const auto& member : body.members) {
        if (member.person != command.lead && world_.random.chance(200))
            command.signers.push_back(member.person);
    }
    if (world_.random.chance(200)) {
        command.text.clear();
        command.text_digest = sha256("不宜公开");
    }
    say(somebody(Role::secretary, id), command);
}

void Script::answer_suggestion(SuggestionId id)
{
    const auto& suggestion = state().suggestions.at(id);
    AnswerSuggestion answer{id,       EvaluationStage::reply, ReplyClass::solved,
                            "答复。", std::nullopt,           soon_ms()};
    const bool promised = !suggestion.answers.empty() && suggestion.answers.back().deliver_by_ms;
    if (promised || world_.random.chance(200)) {
        answer.stage = EvaluationStage::delivery;
    } else if (world_.random.chance(400)) {
        answer.reply_class = ReplyClass::in_progress;
        answer.deliver_by_ms = world_.now_ms() + 30'000;
    }
    say(somebody(Role::secretary, suggestion.body), answer);
}

void Script::keep_petitions()
{
    const auto* chosen = any(state().petitions);
    const bool room = state().petitions.size() < petitions_max;
    const auto& [body_id, body] = *any(state().bodies);
    if (chosen == nullptr || (room && world_.random.chance(150))) {
        if (body.members.empty()) return;
        const auto petition_kind =
            world_.random.pick({PetitionKind::bill, PetitionKind::bill, PetitionKind::recall,
                                PetitionKind::interpellation, PetitionKind::nomination});
        return say(console_of({world_.random.pick(body.members).person, Role::delegate}),
                   OpenPetition{body_id, petition_kind, "联名" + std::to_string(++titles_), "案由和方案。"});
    }
    if (world_.random.chance(50)) {
        const auto need = static_cast<std::uint32_t>(world_.random.between(2, 6));
        return say(somebody(Role::secretary, body_id),
                   SetPetitionNeed{body_id, PetitionKind::bill, need, "议事规则"});
    }
    const auto& [id, petition] = *chosen;
    auto* lead = console_of({petition.signers.front(), Role::delegate});
    if (world_.random.chance(20)) return say(lead, WithdrawPetition{id, "并入他案"});
    if (world_.random.chance(200)) return say(lead, HandInPetition{id});
    if (world_.random.chance(100))
        return say(console_of({world_.random.pick(petition.signers), Role::delegate}), WithdrawSignature{id});
    const auto& members = state().bodies.at(petition.body).members;
    if (members.empty()) return;
    // One after another is asked: stories are short.
    for (auto asked = world_.random.between(1, 4); asked > 0; --asked)
        say(console_of({world_.random.pick(members).person, Role::delegate}), SignPetition{id});
}

} // namespace plenum::sim
