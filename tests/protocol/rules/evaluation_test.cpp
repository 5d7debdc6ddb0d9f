#include "protocol/rules/evaluation.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(evaluation)

using namespace plenum;

namespace {

constexpr std::uint64_t day_ms = 86'400'000;

SuggestionEvaluation graded(EvaluationGrade grade)
{
    return {0, 20 * day_ms, std::nullopt, grade, grade == EvaluationGrade::unsatisfied ? "未落实" : ""};
}

std::vector<SuggestionEvaluation> round_of(std::size_t satisfied, std::size_t basically,
                                           std::size_t unsatisfied, std::size_t silent)
{
    std::vector<SuggestionEvaluation> round(satisfied, graded(EvaluationGrade::satisfied));
    round.insert(round.end(), basically, graded(EvaluationGrade::basically_satisfied));
    round.insert(round.end(), unsatisfied, graded(EvaluationGrade::unsatisfied));
    round.insert(round.end(), silent, {0, 20 * day_ms, 15 * day_ms, std::nullopt, ""});
    return round;
}

BOOST_AUTO_TEST_CASE(who_stays_silent_after_a_reminder_is_left_out_of_the_rates)
{
    const auto first = decide_evaluation(round_of(240, 15, 5, 8), 21 * day_ms);
    BOOST_TEST((first.base == 260U && first.excluded == 8U && first.awaited == 0U));
    BOOST_TEST(first.satisfied_per_mille.value() == 923U);
    BOOST_TEST(first.basically_per_mille.value() == 981U);
    const auto second = decide_evaluation(round_of(33, 5, 1, 1), 21 * day_ms);
    BOOST_TEST((second.base == 39U && second.satisfied_per_mille == 846U));
}

BOOST_AUTO_TEST_CASE(nobody_is_left_out_before_the_deadline_or_without_a_reminder)
{
    const auto at = [](std::optional<std::uint64_t> reminded, std::uint64_t now) {
        return state_of({0, 20 * day_ms, reminded, std::nullopt, ""}, now);
    };
    BOOST_TEST((at(15 * day_ms, 20 * day_ms) == EvaluationState::awaited)); // The last day counts.
    BOOST_TEST((at(15 * day_ms, 20 * day_ms + 1) == EvaluationState::excluded));
    BOOST_TEST((at(std::nullopt, 90 * day_ms) == EvaluationState::awaited));
    BOOST_TEST((state_of(graded(EvaluationGrade::satisfied), 90 * day_ms) == EvaluationState::graded));
    const auto open = decide_evaluation(round_of(0, 0, 0, 3), day_ms);
    BOOST_TEST((open.awaited == 3U && open.base == 0U && !open.satisfied_per_mille.has_value()));
}

BOOST_AUTO_TEST_CASE(dissatisfaction_needs_its_reason)
{
    auto bad = graded(EvaluationGrade::unsatisfied);
    BOOST_TEST(!check_evaluation(bad).has_value());
    bad.reason = "";
    BOOST_TEST(check_evaluation(bad)->path == "reason");
    BOOST_TEST(!check_evaluation(graded(EvaluationGrade::satisfied)).has_value());
    BOOST_TEST(check_evaluation({5, 4, std::nullopt, std::nullopt, ""})->path == "due_at_ms");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
