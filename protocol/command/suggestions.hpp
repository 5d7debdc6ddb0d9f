#pragma once

#include "protocol/event/suggestions.hpp"
#include "protocol/role.hpp"

// What may be asked for about the suggestions of deputies. Deadlines come with the command, in milliseconds
// UTC: which days are working days is for the office to know.

namespace plenum {

/// A paper by its text, or by its digest when it is kept outside of the record; exactly one of them.
struct RegisterSuggestion {
    static constexpr std::string_view method = "suggestion.register";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::string number;
    std::string title;
    std::string text;                    ///< empty: the digest follows
    std::optional<Digest> text_digest{}; ///< of a text that is not to be published
    PersonId lead{};
    std::vector<PersonId> signers;
    std::string responsible_body;
    std::uint64_t due_at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(RegisterSuggestion, (),
                      (body, number, title, text, text_digest, lead, signers, responsible_body, due_at_ms))

/// Another responsible body, or another date, until it is answered.
struct ReassignSuggestion {
    static constexpr std::string_view method = "suggestion.reassign";
    static constexpr Right right = Right::prepare;
    SuggestionId suggestion{};
    std::string responsible_body;
    std::uint64_t due_at_ms = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReassignSuggestion, (), (suggestion, responsible_body, due_at_ms, reason))

/// The office records the reply, or what was delivered. A reply follows on nothing or on a reply that did not
/// satisfy; a report on delivery on a reply that promised something or did not satisfy, or on a delivery that
/// did not.
struct AnswerSuggestion {
    static constexpr std::string_view method = "suggestion.answer";
    static constexpr Right right = Right::prepare;
    SuggestionId suggestion{};
    EvaluationStage stage = EvaluationStage::reply;
    ReplyClass reply_class = ReplyClass::solved;
    std::string document;                    ///< empty: the digest follows
    std::optional<Digest> document_digest{}; ///< of a document that is not to be published
    std::uint64_t evaluate_by_ms = 0;
    std::optional<std::uint64_t> deliver_by_ms{};
};
BOOST_DESCRIBE_STRUCT(AnswerSuggestion, (),
                      (suggestion, stage, reply_class, document, document_digest, evaluate_by_ms,
                       deliver_by_ms))

/// The deputy who answers for the suggestion evaluates the newest answer to it.
struct EvaluateSuggestion {
    static constexpr std::string_view method = "suggestion.evaluate";
    static constexpr Right right = Right::cast;
    SuggestionId suggestion{};
    EvaluationGrade grade = EvaluationGrade::satisfied;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(EvaluateSuggestion, (), (suggestion, grade, reason))

/// Once the time to evaluate is over, with some more.
struct RemindEvaluation {
    static constexpr std::string_view method = "suggestion.remind";
    static constexpr Right right = Right::prepare;
    SuggestionId suggestion{};
    std::uint64_t evaluate_by_ms = 0;
};
BOOST_DESCRIBE_STRUCT(RemindEvaluation, (), (suggestion, evaluate_by_ms))

struct WithdrawSuggestion {
    static constexpr std::string_view method = "suggestion.withdraw";
    static constexpr Right right = Right::prepare;
    SuggestionId suggestion{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawSuggestion, (), (suggestion, reason))

/// Puts the figures of an evaluation on record, once nothing is awaited in it.
struct ConcludeEvaluation {
    static constexpr std::string_view method = "evaluation.conclude";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    EvaluationStage stage = EvaluationStage::reply;
};
BOOST_DESCRIBE_STRUCT(ConcludeEvaluation, (), (body, stage))

} // namespace plenum
