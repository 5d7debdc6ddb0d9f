#include "protocol/audit/record.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// Suggestions of deputies, followed from their number to the figures of the two evaluations.

namespace plenum::audit {
namespace {

std::uint64_t moment(const Record& record)
{
    return record.now->at_ms.value_or(0);
}

void check_ahead(Record& record, std::uint64_t at_ms)
{
    if (at_ms <= moment(record)) record.complain(AuditCode::suggestion_wrong, std::to_string(at_ms));
}

/// Still in office: in the roster, and neither suspended there nor in the body above.
bool is_in_office(const Record& record, BodyId id, PersonId person)
{
    return record.bodies.at(id).members.contains(person) && !is_suspended(record, id, person);
}

/// Who answers for it: the first of lead and signers who is still in office.
std::optional<PersonId> answers_for(const Record& record, const RecordedSuggestion& suggestion)
{
    if (is_in_office(record, suggestion.registered.body, suggestion.registered.lead))
        return suggestion.registered.lead;
    for (const auto signer : suggestion.registered.signers) {
        if (is_in_office(record, suggestion.registered.body, signer)) return signer;
    }
    return std::nullopt;
}

void check_makers(Record& record, const SuggestionRegistered& event)
{
    const auto* body = record.named(record.bodies, event.body);
    if (body == nullptr) return;
    std::set<PersonId> makers;
    auto check = [&](PersonId person) {
        if (!body->members.contains(person) || !makers.insert(person).second)
            record.complain(AuditCode::suggestion_wrong, std::to_string(number(person)));
    };
    check(event.lead);
    std::ranges::for_each(event.signers, check);
}

/// The suggestion, unless there is none or it was withdrawn, which is complained of.
RecordedSuggestion* followed_up(Record& record, SuggestionId id)
{
    auto* suggestion = record.named(record.suggestions, id);
    if (suggestion != nullptr && suggestion->withdrawn)
        record.complain(AuditCode::suggestion_wrong, suggestion->registered.number);
    return suggestion;
}

bool is_awaited(const RecordedAnswer& answer, std::uint64_t now_ms)
{
    return !answer.concluded && state_of(answer.evaluation, now_ms) == EvaluationState::awaited;
}

/// Whether an answer of this stage can follow on those before.
bool may_follow(const Record& record, const RecordedSuggestion& suggestion, EvaluationStage stage)
{
    if (suggestion.answers.empty()) return stage == EvaluationStage::reply;
    const auto& last = suggestion.answers.back();
    if (is_awaited(last, moment(record))) return false;
    const bool displeased = last.evaluation.grade == EvaluationGrade::unsatisfied;
    if (stage == EvaluationStage::reply) return last.stage == stage && displeased;
    return displeased || (last.stage == EvaluationStage::reply && last.promised);
}

/// The newest answer, unless there is none, which is complained of.
RecordedAnswer* newest(Record& record, RecordedSuggestion& suggestion)
{
    if (!suggestion.answers.empty()) return &suggestion.answers.back();
    record.complain(AuditCode::suggestion_wrong, suggestion.registered.number);
    return nullptr;
}

RecordedAnswer* newest_of(RecordedSuggestion& suggestion, EvaluationStage stage)
{
    auto& answers = suggestion.answers;
    const auto found = std::find_if(answers.rbegin(), answers.rend(),
                                    [&](const RecordedAnswer& answer) { return answer.stage == stage; });
    return found == answers.rend() ? nullptr : &*found;
}

std::string figures(const EvaluationOutcome& outcome)
{
    return canonical_json(to_json(outcome));
}

} // namespace

void follow(Record& record, const SuggestionRegistered& event)
{
    check_line(record, event.number, name_bytes_max);
    check_line(record, event.title, title_bytes_max);
    check_line(record, event.responsible_body, name_bytes_max);
    check_makers(record, event);
    check_ahead(record, event.due_at_ms);
    if (!record.bodies.contains(event.body)) return;
    const bool taken = std::ranges::any_of(record.suggestions, [&](const auto& entry) {
        const auto& other = entry.second;
        return !other.withdrawn && other.registered.body == event.body &&
               other.registered.number == event.number;
    });
    if (taken) record.complain(AuditCode::suggestion_wrong, event.number);
    record.suggestions.emplace(SuggestionId{record.now->seq}, RecordedSuggestion{event, {}, false});
}

void follow(Record& record, const SuggestionReassigned& event)
{
    check_line(record, event.responsible_body, name_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    check_ahead(record, event.due_at_ms);
    auto* suggestion = followed_up(record, event.suggestion);
    if (suggestion == nullptr) return;
    if (!suggestion->answers.empty())
        record.complain(AuditCode::suggestion_wrong, suggestion->registered.number);
    suggestion->registered.responsible_body = event.responsible_body;
    suggestion->registered.due_at_ms = event.due_at_ms;
}

void follow(Record& record, const SuggestionAnswered& event)
{
    auto* suggestion = followed_up(record, event.suggestion);
    if (suggestion == nullptr) return;
    check_ahead(record, event.evaluate_by_ms);
    if (event.deliver_by_ms) check_ahead(record, *event.deliver_by_ms);
    const bool promises =
        event.stage == EvaluationStage::reply && event.reply_class == ReplyClass::in_progress;
    if (promises != event.deliver_by_ms.has_value() || !may_follow(record, *suggestion, event.stage))
        record.complain(AuditCode::suggestion_wrong, suggestion->registered.number);
    RecordedAnswer answer{event.stage, promises, {}, false};
    answer.evaluation.sent_at_ms = moment(record);
    answer.evaluation.due_at_ms = event.evaluate_by_ms;
    suggestion->answers.push_back(std::move(answer));
}

void follow(Record& record, const SuggestionEvaluated& event)
{
    check_line_or_empty(record, event.reason, reason_bytes_max);
    auto* suggestion = followed_up(record, event.suggestion);
    if (suggestion == nullptr) return;
    auto* answer = newest(record, *suggestion);
    if (answer == nullptr) return;
    if (answers_for(record, *suggestion) != event.person || answer->evaluation.grade ||
        !is_awaited(*answer, moment(record))) {
        record.complain(AuditCode::evaluation_wrong, suggestion->registered.number);
    }
    answer->evaluation.grade = event.grade;
    answer->evaluation.reason = event.reason;
    if (const auto misfit = check_evaluation(answer->evaluation))
        record.complain(AuditCode::evaluation_wrong, misfit->path);
}

void follow(Record& record, const SuggestionReminded& event)
{
    auto* suggestion = followed_up(record, event.suggestion);
    if (suggestion == nullptr) return;
    auto* answer = newest(record, *suggestion);
    if (answer == nullptr) return;
    check_ahead(record, event.evaluate_by_ms);
    const bool is_due = moment(record) > answer->evaluation.due_at_ms;
    if (!is_due || !is_awaited(*answer, moment(record)) || answer->evaluation.reminded_at_ms)
        record.complain(AuditCode::suggestion_wrong, suggestion->registered.number);
    answer->evaluation.reminded_at_ms = moment(record);
    answer->evaluation.due_at_ms = event.evaluate_by_ms;
}

void follow(Record& record, const SuggestionWithdrawn& event)
{
    check_line(record, event.reason, reason_bytes_max);
    if (auto* suggestion = followed_up(record, event.suggestion)) suggestion->withdrawn = true;
}

void follow(Record& record, const EvaluationConcluded& event)
{
    if (record.named(record.bodies, event.body) == nullptr) return;
    std::vector<SuggestionEvaluation> round;
    for (auto& entry : record.suggestions) {
        auto& suggestion = entry.second;
        if (suggestion.withdrawn || suggestion.registered.body != event.body) continue;
        const auto* counted = newest_of(suggestion, event.stage);
        if (counted != nullptr && !counted->concluded) round.push_back(counted->evaluation);
        for (auto& answer : suggestion.answers)
            answer.concluded = answer.concluded || answer.stage == event.stage;
    }
    const auto found = decide_evaluation(round, moment(record));
    if (round.empty() || found.awaited > 0 || found != event.outcome)
        record.complain(AuditCode::evaluation_wrong, said_and_found(figures(event.outcome), figures(found)));
}

} // namespace plenum::audit
