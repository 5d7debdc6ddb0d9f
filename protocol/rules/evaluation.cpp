#include "protocol/rules/evaluation.hpp"

namespace plenum {

std::optional<Misfit> check_evaluation(const SuggestionEvaluation& evaluation)
{
    if (evaluation.due_at_ms < evaluation.sent_at_ms) return Misfit{"due_at_ms", "not before sent_at_ms"};
    if (evaluation.grade == EvaluationGrade::unsatisfied && evaluation.reason.empty()) {
        return Misfit{"reason", "why the reply does not satisfy"};
    }
    return std::nullopt;
}

EvaluationState state_of(const SuggestionEvaluation& evaluation, std::uint64_t now_ms)
{
    if (evaluation.grade) return EvaluationState::graded;
    const bool is_over = now_ms > evaluation.due_at_ms && evaluation.reminded_at_ms.has_value();
    return is_over ? EvaluationState::excluded : EvaluationState::awaited;
}

EvaluationOutcome decide_evaluation(const std::vector<SuggestionEvaluation>& round, std::uint64_t now_ms)
{
    EvaluationOutcome outcome;
    for (const auto& one : round) {
        switch (state_of(one, now_ms)) {
        case EvaluationState::awaited: ++outcome.awaited; continue;
        case EvaluationState::excluded: ++outcome.excluded; continue;
        case EvaluationState::graded: break;
        }
        ++outcome.base;
        switch (*one.grade) {
        case EvaluationGrade::satisfied: ++outcome.satisfied; break;
        case EvaluationGrade::basically_satisfied: ++outcome.basically_satisfied; break;
        case EvaluationGrade::unsatisfied: ++outcome.unsatisfied; break;
        }
    }
    outcome.satisfied_per_mille = share_per_mille(outcome.satisfied, outcome.base);
    outcome.basically_per_mille =
        share_per_mille(outcome.satisfied + outcome.basically_satisfied, outcome.base);
    return outcome;
}

} // namespace plenum
