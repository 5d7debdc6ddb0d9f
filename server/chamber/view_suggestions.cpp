#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>
#include <ranges>

// Suggestions as the office and those who made them see them.

namespace plenum::chamber {
namespace {

constexpr std::size_t page_suggestions_max = 200;
constexpr std::size_t rounds_shown_max = 50;

NamedPerson named(const State& state, PersonId person)
{
    return {person, record_of(state.persons, person).name};
}

SuggestionPhase phase_after(const SuggestionAnswer& last)
{
    if (last.evaluation.grade == EvaluationGrade::unsatisfied) return SuggestionPhase::to_redo;
    if (!last.concluded && !last.evaluation.grade) return SuggestionPhase::being_evaluated;
    const bool promised = last.stage == EvaluationStage::reply && last.deliver_by_ms.has_value();
    return promised ? SuggestionPhase::awaiting_delivery : SuggestionPhase::settled;
}

SuggestionPhase phase_of(const Suggestion& suggestion)
{
    if (!suggestion.withdrawn.empty()) return SuggestionPhase::withdrawn;
    if (suggestion.answers.empty()) return SuggestionPhase::awaiting_reply;
    return phase_after(suggestion.answers.back());
}

AnswerView view_answer(const State& state, const SuggestionAnswer& answer)
{
    const auto& evaluation = answer.evaluation;
    AnswerView view;
    view.stage = answer.stage;
    view.reply_class = answer.reply_class;
    view.document = answer.document;
    view.document_kept_outside = answer.document_kept_outside;
    view.answered_at_ms = evaluation.sent_at_ms;
    view.evaluate_by_ms = evaluation.due_at_ms;
    view.deliver_by_ms = answer.deliver_by_ms;
    view.reminded_at_ms = evaluation.reminded_at_ms;
    view.grade = evaluation.grade;
    view.reason = evaluation.reason;
    if (answer.evaluated_by) view.evaluated_by = named(state, *answer.evaluated_by);
    view.evaluated_at_ms = answer.evaluated_at_ms;
    view.concluded = answer.concluded;
    return view;
}

bool made_by(const Suggestion& suggestion, PersonId person)
{
    return suggestion.lead == person ||
           std::ranges::find(suggestion.signers, person) != suggestion.signers.end();
}

/// Newest first.
template <class Wanted>
std::vector<SuggestionId> listed(const State& state, const Wanted& is_wanted)
{
    std::vector<SuggestionId> ids;
    for (auto entry = state.suggestions.rbegin(); entry != state.suggestions.rend(); ++entry) {
        if (is_wanted(entry->second)) ids.push_back(entry->first);
    }
    return ids;
}

std::vector<EvaluationRound> rounds_of(const State& state, BodyId body)
{
    std::vector<EvaluationRound> rounds;
    for (const auto& concluded : state.evaluations) {
        if (concluded.body == body) rounds.push_back(concluded.round);
    }
    if (rounds.size() > rounds_shown_max) rounds.erase(rounds.begin(), rounds.end() - rounds_shown_max);
    for (const auto stage : {EvaluationStage::reply, EvaluationStage::delivery}) {
        const auto round = round_of(state, body, stage);
        if (!round.empty()) rounds.push_back({stage, decide_evaluation(round, state.now_ms), std::nullopt});
    }
    return rounds;
}

} // namespace

std::optional<PersonId> evaluator_of(const State& state, const Suggestion& suggestion)
{
    const auto& body = record_of(state.bodies, suggestion.body);
    const auto suspended = suspended_in(state, suggestion.body);
    const auto may_answer = [&](PersonId person) {
        return find_member(body, person) != nullptr && !suspended.contains(person);
    };
    if (may_answer(suggestion.lead)) return suggestion.lead;
    const auto next = std::ranges::find_if(suggestion.signers, may_answer);
    if (next == suggestion.signers.end()) return std::nullopt;
    return *next;
}

std::vector<SuggestionEvaluation> round_of(const State& state, BodyId body, EvaluationStage stage)
{
    std::vector<SuggestionEvaluation> round;
    for (const auto& entry : state.suggestions) {
        const auto& suggestion = entry.second;
        if (suggestion.body != body || !suggestion.withdrawn.empty()) continue;
        const auto& answers = suggestion.answers;
        const auto newest =
            std::find_if(answers.rbegin(), answers.rend(),
                         [&](const SuggestionAnswer& answer) { return answer.stage == stage; });
        if (newest != answers.rend() && !newest->concluded) round.push_back(newest->evaluation);
    }
    return round;
}

SuggestionView view_suggestion(const State& state, SuggestionId id)
{
    const auto& suggestion = record_of(state.suggestions, id);
    SuggestionView view;
    view.id = id;
    view.body = suggestion.body;
    view.body_name = record_of(state.bodies, suggestion.body).name;
    view.number = suggestion.number;
    view.title = suggestion.title;
    view.text = suggestion.text;
    view.text_kept_outside = suggestion.text_kept_outside;
    view.lead = named(state, suggestion.lead);
    for (const auto signer : suggestion.signers)
        view.signers.push_back(named(state, signer));
    view.responsible_body = suggestion.responsible_body;
    view.registered_at_ms = suggestion.registered_at_ms;
    view.due_at_ms = suggestion.due_at_ms;
    view.phase = phase_of(suggestion);
    view.evaluator = evaluator_of(state, suggestion);
    for (const auto& answer : suggestion.answers)
        view.answers.push_back(view_answer(state, answer));
    view.withdrawn = suggestion.withdrawn;
    return view;
}

bool may_watch_suggestion(const State& state, const Actor& actor, SuggestionId id)
{
    if (actor.is_server()) return false;
    const auto& suggestion = record_of(state.suggestions, id);
    if (actor.role == Role::delegate) return made_by(suggestion, *actor.person);
    return keeps_the_room(state, actor, suggestion.body);
}

Answer<SuggestionsPage> ask(const State& state, const Actor& actor, const ListSuggestions& question,
                            const BlobSource&)
{
    if (!question.body && actor.role != Role::delegate) return refuse(RefusalCode::not_allowed);
    if (question.body && !state.bodies.contains(*question.body)) return refuse(RefusalCode::no_such_record);
    if (question.body && !keeps_the_room(state, actor, *question.body))
        return refuse(RefusalCode::not_allowed);
    const auto ids = listed(state, [&](const Suggestion& suggestion) {
        return question.body ? suggestion.body == *question.body : made_by(suggestion, *actor.person);
    });
    SuggestionsPage page;
    page.seq = state.entries;
    page.total = count(ids.size());
    const auto from = std::min<std::size_t>(question.from, ids.size());
    const auto size = std::min({std::size_t{question.limit}, page_suggestions_max, ids.size() - from});
    for (auto index = from; index < from + size; ++index)
        page.suggestions.push_back(view_suggestion(state, ids[index]));
    if (question.body) page.rounds = rounds_of(state, *question.body);
    return page;
}

} // namespace plenum::chamber
