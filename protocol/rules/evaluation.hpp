#pragma once

#include "protocol/rules/threshold.hpp"

// 代表建议两次评价: whoever made a suggestion grades the reply, and later what was delivered. Named, with
// deadlines; who stays silent after a reminder is left out of the rates (CQ-SUG 29).

namespace plenum {

/// NOTE: append only.
enum class EvaluationGrade { satisfied, basically_satisfied, unsatisfied };
BOOST_DESCRIBE_ENUM(EvaluationGrade, satisfied, basically_satisfied, unsatisfied)

/// Where the evaluation of one suggestion stands. NOTE: append only.
enum class EvaluationState {
    awaited, ///< not answered, the deadline has not passed or nobody reminded yet
    graded,
    excluded ///< reminded, deadline passed, still silent: outside the base
};
BOOST_DESCRIBE_ENUM(EvaluationState, awaited, graded, excluded)

/// What is on record of the evaluation of one suggestion.
struct SuggestionEvaluation {
    std::uint64_t sent_at_ms = 0; ///< when the reply, or the report on delivery, went out
    std::uint64_t due_at_ms = 0;  ///< end of the last of the 20 working days
    std::optional<std::uint64_t> reminded_at_ms;
    std::optional<EvaluationGrade> grade;
    std::string reason; ///< must be given with `unsatisfied`
};

/// Why this cannot be accepted, or nothing: a grade of dissatisfaction without a reason, a deadline before
/// the reply.
std::optional<Misfit> check_evaluation(const SuggestionEvaluation& evaluation);

/// `now_ms` is the time the record has reached.
EvaluationState state_of(const SuggestionEvaluation& evaluation, std::uint64_t now_ms);

/// The figures of one round of evaluation.
struct EvaluationOutcome {
    std::uint64_t satisfied = 0;
    std::uint64_t basically_satisfied = 0;
    std::uint64_t unsatisfied = 0;
    std::uint64_t excluded = 0;
    std::uint64_t awaited = 0;
    std::uint64_t base = 0; ///< graded; the rates are shares of it
    std::optional<std::uint64_t> satisfied_per_mille;
    std::optional<std::uint64_t> basically_per_mille; ///< satisfied and basically satisfied together

    bool operator==(const EvaluationOutcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvaluationOutcome, (),
                      (satisfied, basically_satisfied, unsatisfied, excluded, awaited, base,
                       satisfied_per_mille, basically_per_mille))

/// The rates of one round. They are final when nothing is awaited any more.
EvaluationOutcome decide_evaluation(const std::vector<SuggestionEvaluation>& round, std::uint64_t now_ms);

} // namespace plenum
