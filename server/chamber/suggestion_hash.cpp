#include "server/chamber/suggestion_hash.hpp"

// Each record is taken apart by structured bindings, as in state_hash.cpp: a member that is forgotten here
// does not compile.

namespace plenum::chamber {
namespace {

namespace json = boost::json;

json::value render(const ConcludedEvaluation& concluded);
json::value render(const Suggestion& suggestion);
json::value render(const Petition& petition);
json::value render(const SignatureNeed& need);

json::value render(const SuggestionAnswer& answer)
{
    const auto& [stage, reply_class, document, document_kept_outside, deliver_by_ms, evaluation, evaluated_by,
                 evaluated_at_ms, concluded] = answer;
    const auto& [sent_at_ms, due_at_ms, reminded_at_ms, grade, reason] = evaluation;
    return {{"stage", to_json(stage)},
            {"reply_class", to_json(reply_class)},
            {"document", to_json(document)},
            {"document_kept_outside", to_json(document_kept_outside)},
            {"deliver_by_ms", to_json(deliver_by_ms)},
            {"sent_at_ms", to_json(sent_at_ms)},
            {"due_at_ms", to_json(due_at_ms)},
            {"reminded_at_ms", to_json(reminded_at_ms)},
            {"grade", to_json(grade)},
            {"reason", to_json(reason)},
            {"evaluated_by", to_json(evaluated_by)},
            {"evaluated_at_ms", to_json(evaluated_at_ms)},
            {"concluded", to_json(concluded)}};
}

template <class T>
json::array list_of(const std::vector<T>& values)
{
    json::array list;
    list.reserve(values.size());
    for (const auto& value : values)
        list.push_back(render(value));
    return list;
}

json::value render(const Suggestion& suggestion)
{
    const auto& [body, number, title, text, text_kept_outside, lead, signers, responsible_body,
                 registered_at_ms, due_at_ms, answers, withdrawn] = suggestion;
    return {{"body", to_json(body)},
            {"number", to_json(number)},
            {"title", to_json(title)},
            {"text", to_json(text)},
            {"text_kept_outside", to_json(text_kept_outside)},
            {"lead", to_json(lead)},
            {"signers", to_json(signers)},
            {"responsible_body", to_json(responsible_body)},
            {"registered_at_ms", to_json(registered_at_ms)},
            {"due_at_ms", to_json(due_at_ms)},
            {"answers", list_of(answers)},
            {"withdrawn", to_json(withdrawn)}};
}

json::value render(const ConcludedEvaluation& concluded)
{
    const auto& [body, round] = concluded;
    return {{"body", to_json(body)}, {"round", to_json(round)}};
}

json::value render(const Petition& petition)
{
    const auto& [body, kind, title, text, signers, opened_at_ms, state, handed_in, ended_at_ms, reason] =
        petition;
    return {{"body", to_json(body)},
            {"kind", to_json(kind)},
            {"title", to_json(title)},
            {"text", to_json(text)},
            {"signers", to_json(signers)},
            {"opened_at_ms", to_json(opened_at_ms)},
            {"state", to_json(state)},
            {"handed_in", to_json(handed_in)},
            {"ended_at_ms", to_json(ended_at_ms)},
            {"reason", to_json(reason)}};
}

json::value render(const SignatureNeed& need)
{
    const auto& [signatures, decided_by] = need;
    return {{"signatures", to_json(signatures)}, {"decided_by", to_json(decided_by)}};
}

/// A list of [key, value], in order.
template <class Key, class Value>
json::array list_of(const std::map<Key, Value>& map)
{
    json::array list;
    list.reserve(map.size());
    for (const auto& [key, value] : map)
        list.push_back(json::array{to_json(key), render(value)});
    return list;
}

} // namespace

json::object render_suggestions(const State& state)
{
    json::object all;
    if (!state.suggestions.empty()) all["suggestions"] = list_of(state.suggestions);
    if (!state.evaluations.empty()) all["evaluations"] = list_of(state.evaluations);
    if (!state.petitions.empty()) all["petitions"] = list_of(state.petitions);
    if (state.signature_needs.empty()) return all;
    json::array needs;
    for (const auto& [body, by_kind] : state.signature_needs)
        needs.push_back(json::array{to_json(body), list_of(by_kind)});
    all["signature_needs"] = std::move(needs);
    return all;
}

} // namespace plenum::chamber
