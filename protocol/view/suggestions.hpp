#pragma once

#include "protocol/event.hpp"
#include "protocol/view/vote.hpp"

// The suggestions of deputies as those who made them and the office see them. Times are milliseconds UTC.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class SuggestionPhase {
    awaiting_reply,
    being_evaluated,   ///< answered; no grade yet, which is too late once the time after a reminder is over
    to_redo,           ///< the last answer did not satisfy
    awaiting_delivery, ///< something was promised
    settled,
    withdrawn
};
BOOST_DESCRIBE_ENUM(SuggestionPhase, awaiting_reply, being_evaluated, to_redo, awaiting_delivery, settled,
                    withdrawn)

/// One answer and what the deputy said of it.
struct AnswerView {
    EvaluationStage stage = EvaluationStage::reply;
    ReplyClass reply_class = ReplyClass::solved;
    Digest document;
    bool document_kept_outside = false;
    std::uint64_t answered_at_ms = 0;
    std::uint64_t evaluate_by_ms = 0;
    std::optional<std::uint64_t> deliver_by_ms;
    std::optional<std::uint64_t> reminded_at_ms;
    std::optional<EvaluationGrade> grade;
    std::string reason;
    std::optional<NamedPerson> evaluated_by;
    std::optional<std::uint64_t> evaluated_at_ms;
    bool concluded = false; ///< counted in figures on record
};
BOOST_DESCRIBE_STRUCT(AnswerView, (),
                      (stage, reply_class, document, document_kept_outside, answered_at_ms, evaluate_by_ms,
                       deliver_by_ms, reminded_at_ms, grade, reason, evaluated_by, evaluated_at_ms,
                       concluded))

struct SuggestionView {
    SuggestionId id{};
    BodyId body{};
    std::string body_name;
    std::string number;
    std::string title;
    Digest text;
    bool text_kept_outside = false;
    NamedPerson lead;
    std::vector<NamedPerson> signers;
    std::string responsible_body;
    std::uint64_t registered_at_ms = 0;
    std::uint64_t due_at_ms = 0;
    SuggestionPhase phase = SuggestionPhase::awaiting_reply;
    std::optional<PersonId> evaluator; ///< who answers for it now; nobody when all have left the roster
    std::vector<AnswerView> answers;   ///< oldest first
    std::string withdrawn;             ///< why
};
BOOST_DESCRIBE_STRUCT(SuggestionView, (),
                      (id, body, body_name, number, title, text, text_kept_outside, lead, signers,
                       responsible_body, registered_at_ms, due_at_ms, phase, evaluator, answers, withdrawn))

/// To the office of the body and to the deputies who made it.
struct SuggestionChanged {
    static constexpr std::string_view method = "suggestion.changed";
    std::uint64_t seq = 0;
    SuggestionView suggestion;
};
BOOST_DESCRIBE_STRUCT(SuggestionChanged, (), (seq, suggestion))

/// The figures of one evaluation: on record at that time, or as they stand while it goes on.
struct EvaluationRound {
    EvaluationStage stage = EvaluationStage::reply;
    EvaluationOutcome outcome;
    std::optional<std::uint64_t> concluded_at_ms;
};
BOOST_DESCRIBE_STRUCT(EvaluationRound, (), (stage, outcome, concluded_at_ms))

} // namespace plenum
