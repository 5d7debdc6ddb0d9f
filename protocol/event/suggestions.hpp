#pragma once

#include "protocol/event/body.hpp"
#include "protocol/rules/evaluation.hpp"

// 代表建议: what deputies suggest, how the responsible body answers, and the two evaluations (CQ-SUG). Named;
// everything here is public. A text that must not be published is kept elsewhere, and the record names its
// digest only.

namespace plenum {

/// What is evaluated. NOTE: append only.
enum class EvaluationStage {
    reply,   ///< 第一次评价: the letter of reply
    delivery ///< 第二次评价: what became of a promise, or of a matter whose reply did not satisfy
};
BOOST_DESCRIBE_ENUM(EvaluationStage, reply, delivery)

/// 答复类别, A to D (CQ-SUG 22). NOTE: append only.
enum class ReplyClass {
    solved,      ///< A: 已解决
    in_progress, ///< B: 正在解决或列入计划, a commitment with a date
    cannot,      ///< C: 因条件限制暂不能解决
    referred     ///< D: 需向上级反映
};
BOOST_DESCRIBE_ENUM(ReplyClass, solved, in_progress, cannot, referred)

/// The sequence number is the SuggestionId. `text` is the digest of what was suggested: a public blob, unless
/// it is kept outside of this record.
struct SuggestionRegistered {
    static constexpr std::string_view kind = "suggestion.registered";
    BodyId body{};
    std::string number; ///< as the office numbers it; unique in the body
    std::string title;
    Digest text;
    bool text_kept_outside = false;
    PersonId lead{};               ///< 领衔代表: answers for all who signed
    std::vector<PersonId> signers; ///< 附议代表, without the lead
    std::string responsible_body;  ///< 承办单位
    std::uint64_t due_at_ms = 0;   ///< by when it is to be answered
};
BOOST_DESCRIBE_STRUCT(SuggestionRegistered, (),
                      (body, number, title, text, text_kept_outside, lead, signers, responsible_body,
                       due_at_ms))

/// Another body is responsible, or it has more time: whatever is not to change is repeated.
struct SuggestionReassigned {
    static constexpr std::string_view kind = "suggestion.reassigned";
    SuggestionId suggestion{};
    std::string responsible_body;
    std::uint64_t due_at_ms = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SuggestionReassigned, (), (suggestion, responsible_body, due_at_ms, reason))

/// The responsible body replied, or reported on what it delivered. From here on it is evaluated.
struct SuggestionAnswered {
    static constexpr std::string_view kind = "suggestion.answered";
    SuggestionId suggestion{};
    EvaluationStage stage = EvaluationStage::reply;
    ReplyClass reply_class = ReplyClass::solved;
    Digest document; ///< public blob, unless kept outside of this record
    bool document_kept_outside = false;
    std::uint64_t evaluate_by_ms = 0;           ///< end of the last of the 20 working days
    std::optional<std::uint64_t> deliver_by_ms; ///< of a promise: only with `in_progress`
};
BOOST_DESCRIBE_STRUCT(SuggestionAnswered, (),
                      (suggestion, stage, reply_class, document, document_kept_outside, evaluate_by_ms,
                       deliver_by_ms))

/// The lead deputy evaluates the newest answer; once. Who left the roster or is suspended is followed by the
/// first signer who has not and is not.
struct SuggestionEvaluated {
    static constexpr std::string_view kind = "suggestion.evaluated";
    SuggestionId suggestion{};
    PersonId person{};
    EvaluationGrade grade = EvaluationGrade::satisfied;
    std::string reason; ///< must be given with `unsatisfied`
};
BOOST_DESCRIBE_STRUCT(SuggestionEvaluated, (), (suggestion, person, grade, reason))

/// 提醒: the time to evaluate is over; there is some more. Who stays silent then is left out of the rates
/// (CQ-SUG 29).
struct SuggestionReminded {
    static constexpr std::string_view kind = "suggestion.reminded";
    SuggestionId suggestion{};
    std::uint64_t evaluate_by_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SuggestionReminded, (), (suggestion, evaluate_by_ms))

/// It is not followed up any further. What was said of it stays.
struct SuggestionWithdrawn {
    static constexpr std::string_view kind = "suggestion.withdrawn";
    SuggestionId suggestion{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SuggestionWithdrawn, (), (suggestion, reason))

/// The figures of one evaluation: of the newest answer at this stage to every suggestion of the body that no
/// such round has counted yet. Nothing is awaited any more.
struct EvaluationConcluded {
    static constexpr std::string_view kind = "evaluation.concluded";
    BodyId body{};
    EvaluationStage stage = EvaluationStage::reply;
    EvaluationOutcome outcome;
};
BOOST_DESCRIBE_STRUCT(EvaluationConcluded, (), (body, stage, outcome))

} // namespace plenum
