#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"

#include <algorithm>

// Suggestions of deputies: registered, answered, evaluated by name, and the answers followed up until nothing
// is left to say. Deadlines come with the commands and are compared with the time of the decision.

namespace plenum::chamber {
namespace {

/// A paper that comes as a text or, kept elsewhere, as its digest.
struct Paper {
    Digest digest;
    bool kept_outside = false;
    std::vector<NewBlob> blobs;
};

boost::system::result<Paper, Refusal> paper_of(const std::string& text, const std::optional<Digest>& digest)
{
    if (text.empty() != digest.has_value()) {
        return no(RefusalCode::invalid_text, "正文与摘要须且只须提供一项", "either the text or its digest");
    }
    if (digest) return Paper{*digest, true, {}};
    if (!is_document(text)) return no(RefusalCode::invalid_text, "正文", "the text");
    auto blob = new_blob(text);
    return Paper{blob.digest, false, {std::move(blob)}};
}

std::optional<Refusal> check_later(std::uint64_t at_ms, std::uint64_t now_ms)
{
    if (at_ms > now_ms && at_ms <= static_cast<std::uint64_t>(json_integer_max)) return std::nullopt;
    return no(RefusalCode::deadline_wrong, "期限须晚于现在", "it has to lie ahead");
}

std::optional<Refusal> check_under_way(const Suggestion& suggestion)
{
    if (suggestion.withdrawn.empty()) return std::nullopt;
    return no(RefusalCode::wrong_state, "该建议已撤回", "the suggestion was withdrawn");
}

std::optional<Refusal> check_makers(const Body& body, const RegisterSuggestion& command)
{
    if (command.signers.size() > suggestion_signers_max) return refuse(RefusalCode::too_many);
    std::set<PersonId> makers{command.lead};
    for (const auto signer : command.signers) {
        if (!makers.insert(signer).second) {
            return no(RefusalCode::wrong_state, "附议代表重复", "somebody is named twice");
        }
    }
    for (const auto person : makers) {
        if (find_member(body, person) == nullptr) {
            return no(RefusalCode::not_a_member, std::to_string(plenum::number(person)) + "号",
                      "number " + std::to_string(plenum::number(person)));
        }
    }
    return std::nullopt;
}

/// Room for one more, and the number not used for another that is followed up.
std::optional<Refusal> check_suggestion_number(const State& state, const RegisterSuggestion& command)
{
    std::size_t registered = 0;
    for (const auto& entry : state.suggestions) {
        const auto& other = entry.second;
        if (other.body != command.body) continue;
        ++registered;
        if (other.number == command.number && other.withdrawn.empty()) {
            return no(RefusalCode::wrong_state, "编号已用于“" + other.title + "”",
                      "the number is that of " + other.title);
        }
    }
    if (registered >= suggestions_per_body_max) return refuse(RefusalCode::too_many);
    return std::nullopt;
}

/// Whether the newest answer waits for the deputy.
bool is_awaited(const SuggestionAnswer& answer, std::uint64_t now_ms)
{
    return !answer.concluded && state_of(answer.evaluation, now_ms) == EvaluationState::awaited;
}

bool is_unsatisfied(const SuggestionAnswer& answer)
{
    return answer.evaluation.grade == EvaluationGrade::unsatisfied;
}

/// Whether an answer of this stage may follow on those there are.
std::optional<Refusal> check_turn(const Suggestion& suggestion, EvaluationStage stage, std::uint64_t now_ms)
{
    const bool is_reply = stage == EvaluationStage::reply;
    if (suggestion.answers.empty()) {
        if (is_reply) return std::nullopt;
        return no(RefusalCode::wrong_state, "尚未答复", "there is no reply yet");
    }
    if (suggestion.answers.size() >= answers_per_suggestion_max) return refuse(RefusalCode::too_many);
    const auto& last = suggestion.answers.back();
    if (is_awaited(last, now_ms)) {
        return no(RefusalCode::wrong_state, "上次答复尚待代表评价",
                  "the deputy has still to evaluate the answer before");
    }
    const bool after_reply = last.stage == EvaluationStage::reply;
    if (is_reply && after_reply && is_unsatisfied(last)) return std::nullopt;
    if (!is_reply && (is_unsatisfied(last) || (after_reply && last.deliver_by_ms))) return std::nullopt;
    return no(RefusalCode::wrong_state, "该建议已办结或尚不到这一步", "nothing of this kind is to follow");
}

std::optional<Refusal> check_promise(const AnswerSuggestion& command, std::uint64_t now_ms)
{
    const bool promises =
        command.stage == EvaluationStage::reply && command.reply_class == ReplyClass::in_progress;
    if (promises != command.deliver_by_ms.has_value()) {
        return no(RefusalCode::deadline_wrong, "列入计划的答复须有承诺完成日期，其他答复没有",
                  "a reply that promises something has the date of it, no other answer has one");
    }
    return promises ? check_later(*command.deliver_by_ms, now_ms) : std::nullopt;
}

Suggestion& of(State& state, SuggestionId id)
{
    return record_of(state.suggestions, id);
}

SuggestionAnswer& newest_answer(State& state, SuggestionId id)
{
    auto& answers = of(state, id).answers;
    PLENUM_ASSERT(!answers.empty());
    return answers.back();
}

} // namespace

Decided decide_command(const State& state, const RegisterSuggestion& command, const Context& context)
{
    const auto& body = record_of(state.bodies, command.body);
    const bool readable = is_line(command.number, name_bytes_max) &&
                          is_line(command.title, title_bytes_max) &&
                          is_line(command.responsible_body, name_bytes_max);
    if (!readable) return refuse(RefusalCode::invalid_text);
    if (auto refusal = check_makers(body, command)) return *refusal;
    if (auto refusal = check_suggestion_number(state, command)) return *refusal;
    if (auto refusal = check_later(command.due_at_ms, context.now_ms)) return *refusal;
    auto paper = paper_of(command.text, command.text_digest);
    if (!paper) return paper.error();
    return Decision{
        {SuggestionRegistered{command.body, command.number, command.title, paper->digest, paper->kept_outside,
                              command.lead, command.signers, command.responsible_body, command.due_at_ms}},
        std::move(paper->blobs)};
}

Decided decide_command(const State& state, const ReassignSuggestion& command, const Context& context)
{
    const auto& suggestion = record_of(state.suggestions, command.suggestion);
    if (auto refusal = check_under_way(suggestion)) return *refusal;
    if (!suggestion.answers.empty()) return no(RefusalCode::wrong_state, "已答复", "it was answered already");
    if (!is_line(command.responsible_body, name_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (command.responsible_body == suggestion.responsible_body && command.due_at_ms == suggestion.due_at_ms)
        return refuse(RefusalCode::nothing_to_do);
    if (auto refusal = check_later(command.due_at_ms, context.now_ms)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{SuggestionReassigned{command.suggestion, command.responsible_body, command.due_at_ms,
                                          command.reason}},
                    {}};
}

Decided decide_command(const State& state, const AnswerSuggestion& command, const Context& context)
{
    const auto& suggestion = record_of(state.suggestions, command.suggestion);
    if (auto refusal = check_under_way(suggestion)) return *refusal;
    if (auto refusal = check_turn(suggestion, command.stage, context.now_ms)) return *refusal;
    if (auto refusal = check_later(command.evaluate_by_ms, context.now_ms)) return *refusal;
    if (auto refusal = check_promise(command, context.now_ms)) return *refusal;
    auto paper = paper_of(command.document, command.document_digest);
    if (!paper) return paper.error();
    return Decision{{SuggestionAnswered{command.suggestion, command.stage, command.reply_class, paper->digest,
                                        paper->kept_outside, command.evaluate_by_ms, command.deliver_by_ms}},
                    std::move(paper->blobs)};
}

Decided decide_command(const State& state, const EvaluateSuggestion& command, const Context& context)
{
    const auto& suggestion = record_of(state.suggestions, command.suggestion);
    if (auto refusal = check_under_way(suggestion)) return *refusal;
    const auto person = *context.actor.person;
    if (evaluator_of(state, suggestion) != person) {
        return no(RefusalCode::not_to_evaluate, "由领衔代表评价", "the lead deputy evaluates it");
    }
    if (suggestion.answers.empty()) return no(RefusalCode::wrong_state, "尚未答复", "there is no reply yet");
    const auto& last = suggestion.answers.back();
    if (last.evaluation.grade)
        return no(RefusalCode::not_to_evaluate, "已经评价", "it was evaluated already");
    if (!is_awaited(last, context.now_ms)) {
        return no(RefusalCode::not_to_evaluate, "经提醒仍未评价，期限已过",
                  "the time after the reminder is over");
    }
    auto evaluation = last.evaluation;
    evaluation.grade = command.grade;
    evaluation.reason = command.reason;
    if (!is_line_or_empty(command.reason, reason_bytes_max) || check_evaluation(evaluation)) {
        return no(RefusalCode::invalid_text, "不满意须说明理由", "a grade of dissatisfaction has a reason");
    }
    return Decision{{SuggestionEvaluated{command.suggestion, person, command.grade, command.reason}}, {}};
}

Decided decide_command(const State& state, const RemindEvaluation& command, const Context& context)
{
    const auto& suggestion = record_of(state.suggestions, command.suggestion);
    if (auto refusal = check_under_way(suggestion)) return *refusal;
    if (suggestion.answers.empty() || !is_awaited(suggestion.answers.back(), context.now_ms)) {
        return no(RefusalCode::wrong_state, "没有待评价的答复", "nothing waits for an evaluation");
    }
    const auto& evaluation = suggestion.answers.back().evaluation;
    if (evaluation.reminded_at_ms) return refuse(RefusalCode::nothing_to_do);
    if (context.now_ms <= evaluation.due_at_ms) {
        return no(RefusalCode::deadline_wrong, "评价期限未满", "the time to evaluate is not over yet");
    }
    if (auto refusal = check_later(command.evaluate_by_ms, context.now_ms)) return *refusal;
    return Decision{{SuggestionReminded{command.suggestion, command.evaluate_by_ms}}, {}};
}

Decided decide_command(const State& state, const WithdrawSuggestion& command, const Context&)
{
    if (auto refusal = check_under_way(record_of(state.suggestions, command.suggestion))) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{SuggestionWithdrawn{command.suggestion, command.reason}}, {}};
}

Decided decide_command(const State& state, const ConcludeEvaluation& command, const Context& context)
{
    const auto round = round_of(state, command.body, command.stage);
    if (round.empty()) return refuse(RefusalCode::nothing_to_do);
    const auto outcome = decide_evaluation(round, context.now_ms);
    if (outcome.awaited > 0) {
        const auto awaited = std::to_string(outcome.awaited);
        const auto all = std::to_string(round.size());
        return no(RefusalCode::evaluation_awaited, "共" + all + "件，待评价" + awaited + "件",
                  awaited + " of " + all + " are awaited");
    }
    return Decision{{EvaluationConcluded{command.body, command.stage, outcome}}, {}};
}

void apply_event(State& state, const SuggestionRegistered& event, const Stamp& stamp)
{
    PLENUM_ASSERT(state.bodies.contains(event.body));
    create_record(state.suggestions, stamp,
                  {event.body, event.number, event.title, event.text, event.text_kept_outside, event.lead,
                   event.signers, event.responsible_body, stamp.at_ms, event.due_at_ms});
}

void apply_event(State& state, const SuggestionReassigned& event, const Stamp&)
{
    auto& suggestion = of(state, event.suggestion);
    suggestion.responsible_body = event.responsible_body;
    suggestion.due_at_ms = event.due_at_ms;
}

void apply_event(State& state, const SuggestionAnswered& event, const Stamp& stamp)
{
    SuggestionAnswer answer;
    answer.stage = event.stage;
    answer.reply_class = event.reply_class;
    answer.document = event.document;
    answer.document_kept_outside = event.document_kept_outside;
    answer.deliver_by_ms = event.deliver_by_ms;
    answer.evaluation.sent_at_ms = stamp.at_ms;
    answer.evaluation.due_at_ms = event.evaluate_by_ms;
    of(state, event.suggestion).answers.push_back(std::move(answer));
}

void apply_event(State& state, const SuggestionEvaluated& event, const Stamp& stamp)
{
    auto& answer = newest_answer(state, event.suggestion);
    PLENUM_ASSERT(!answer.evaluation.grade);
    answer.evaluation.grade = event.grade;
    answer.evaluation.reason = event.reason;
    answer.evaluated_by = event.person;
    answer.evaluated_at_ms = stamp.at_ms;
}

void apply_event(State& state, const SuggestionReminded& event, const Stamp& stamp)
{
    auto& evaluation = newest_answer(state, event.suggestion).evaluation;
    PLENUM_ASSERT(!evaluation.reminded_at_ms);
    evaluation.reminded_at_ms = stamp.at_ms;
    evaluation.due_at_ms = event.evaluate_by_ms;
}

void apply_event(State& state, const SuggestionWithdrawn& event, const Stamp&)
{
    of(state, event.suggestion).withdrawn = event.reason;
}

// Those of the stage that came before the newest were followed up: none of them is counted again.
void apply_event(State& state, const EvaluationConcluded& event, const Stamp& stamp)
{
    for (auto& entry : state.suggestions) {
        auto& suggestion = entry.second;
        if (suggestion.body != event.body || !suggestion.withdrawn.empty()) continue;
        for (auto& answer : suggestion.answers) {
            if (answer.stage == event.stage) answer.concluded = true;
        }
    }
    state.evaluations.push_back({event.body, {event.stage, event.outcome, stamp.at_ms}});
}

} // namespace plenum::chamber
