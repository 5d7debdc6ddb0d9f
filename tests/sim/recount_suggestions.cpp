#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// Suggestions and joint signatures, read a second time: who could evaluate, who was left out, what the
// figures are, and whether enough had signed.

namespace plenum::sim {
namespace {

/// As the law has it for a county or a town (domain 2.7), in a table of its own.
std::uint64_t lawful_need(PetitionKind petition_kind, BodyKind body_kind, std::uint64_t members)
{
    const auto one_of = [&](std::uint64_t parts) { return (members + parts - 1) / parts; };
    const bool congress = body_kind == BodyKind::congress;
    const bool town = body_kind == BodyKind::town_congress;
    const bool committee = body_kind == BodyKind::standing_committee;
    using enum PetitionKind;
    if (petition_kind == bill) return congress ? 10 : town ? 5 : committee ? 3 : 0;
    if (petition_kind == nomination) return congress || town ? 10 : 0;
    if (petition_kind == interpellation) return congress || town ? 10 : committee ? 3 : 0;
    if (petition_kind == recall) return congress ? one_of(10) : town || committee ? one_of(5) : 0;
    if (petition_kind == inquiry) return congress ? one_of(10) : committee ? one_of(5) : 0;
    return congress || town ? one_of(5) : 0;
}

} // namespace

void Recount::operator()(const SuggestionRegistered& event)
{
    const auto& roster = rosters_.at(event.body);
    claim(roster.contains(event.lead), "a suggestion led by a stranger");
    for (const auto signer : event.signers)
        claim(roster.contains(signer) && signer != event.lead, "a suggestion signed by a stranger");
    claim(event.due_at_ms > at_ms_, "a suggestion due in the past");
    suggestions_[SuggestionId{seq_}] = {event, {}, false};
}

void Recount::operator()(const SuggestionAnswered& event)
{
    auto& suggestion = suggestions_.at(event.suggestion);
    claim(!suggestion.withdrawn, "an answer to what was withdrawn");
    if (!suggestion.answers.empty()) {
        const auto& last = suggestion.answers.back();
        const bool over = last.grade || last.counted || (last.reminded && at_ms_ > last.evaluate_by_ms);
        claim(over, "an answer while the one before is awaited");
        const bool displeased = last.grade == EvaluationGrade::unsatisfied;
        claim(displeased || last.promised, "an answer nothing called for");
    } else {
        claim(event.stage == EvaluationStage::reply, "a delivery before any reply");
    }
    suggestion.answers.push_back(
        {event.stage, event.deliver_by_ms.has_value(), event.evaluate_by_ms, false, std::nullopt, false});
    ++answers;
}

void Recount::operator()(const SuggestionEvaluated& event)
{
    auto& suggestion = suggestions_.at(event.suggestion);
    auto& last = suggestion.answers.back();
    claim(actor_.person == event.person && actor_.role == Role::delegate, "evaluated for somebody else");
    claim(!suggestion.withdrawn && !last.grade && !last.counted, "evaluated twice");
    claim(!last.reminded || at_ms_ <= last.evaluate_by_ms, "evaluated too late");
    claim(event.grade != EvaluationGrade::unsatisfied || !event.reason.empty(), "dissatisfied for no reason");
    // Whoever comes before this deputy has left or is suspended.
    const auto& registered = suggestion.registered;
    std::vector<PersonId> makers{registered.lead};
    makers.insert(makers.end(), registered.signers.begin(), registered.signers.end());
    for (const auto maker : makers) {
        if (maker == event.person) break;
        claim(!is_in_office(registered.body, maker), "evaluated past the lead deputy");
    }
    claim(is_in_office(registered.body, event.person), "evaluated by somebody out of office");
    claim(std::ranges::count(makers, event.person) == 1, "evaluated by a stranger");
    last.grade = event.grade;
    ++evaluated;
}

void Recount::operator()(const SuggestionReminded& event)
{
    auto& last = suggestions_.at(event.suggestion).answers.back();
    claim(!last.grade && !last.reminded && at_ms_ > last.evaluate_by_ms, "reminded without need");
    last.reminded = true;
    last.evaluate_by_ms = event.evaluate_by_ms;
}

void Recount::operator()(const SuggestionWithdrawn& event)
{
    suggestions_.at(event.suggestion).withdrawn = true;
}

void Recount::operator()(const EvaluationConcluded& event)
{
    std::map<EvaluationGrade, std::uint64_t> grades;
    std::uint64_t silent = 0;
    for (auto& entry : suggestions_) {
        auto& suggestion = entry.second;
        if (suggestion.withdrawn || suggestion.registered.body != event.body) continue;
        GivenAnswer* newest = nullptr;
        for (auto& answer : suggestion.answers) {
            if (answer.stage == event.stage) newest = &answer;
        }
        if (newest == nullptr || newest->counted) continue;
        newest->counted = true;
        if (newest->grade) {
            ++grades[*newest->grade];
        } else {
            claim(newest->reminded && at_ms_ > newest->evaluate_by_ms, "left out without a reminder");
            ++silent;
        }
    }
    const auto& outcome = event.outcome;
    claim(outcome.satisfied == grades[EvaluationGrade::satisfied] &&
              outcome.basically_satisfied == grades[EvaluationGrade::basically_satisfied] &&
              outcome.unsatisfied == grades[EvaluationGrade::unsatisfied] && outcome.excluded == silent &&
              outcome.awaited == 0,
          "an evaluation is counted wrongly");
    claim(outcome.base + silent > 0, "an evaluation of nothing");
    ++evaluations_concluded;
}

void Recount::operator()(const PetitionOpened& event)
{
    claim(is_in_office(event.body, event.lead), "a joint signature of a stranger");
    petitions_[PetitionId{seq_}] = {event, {event.lead}, true};
}

void Recount::operator()(const PetitionSigned& event)
{
    auto& petition = petitions_.at(event.petition);
    claim(petition.open && is_in_office(petition.opened.body, event.person), "signed by a stranger");
    claim(petition.signers.insert(event.person).second, "signed twice");
    ++signatures;
}

void Recount::operator()(const SignatureWithdrawn& event)
{
    auto& petition = petitions_.at(event.petition);
    claim(petition.open && event.person != petition.opened.lead, "a signature that stays is taken back");
    claim(petition.signers.erase(event.person) == 1, "a signature nobody gave is taken back");
}

void Recount::operator()(const PetitionHandedIn& event)
{
    auto& petition = petitions_.at(event.petition);
    claim(petition.open && event.person == petition.opened.lead, "handed in by somebody else");
    petition.open = false;
    const auto& roster = rosters_.at(petition.opened.body);
    std::uint64_t have = 0;
    for (const auto signer : petition.signers)
        have += is_in_office(petition.opened.body, signer) ? 1 : 0;
    const auto own = signature_needs_.find({petition.opened.body, petition.opened.petition_kind});
    const auto need =
        own != signature_needs_.end()
            ? own->second
            : lawful_need(petition.opened.petition_kind, kinds_.at(petition.opened.body), roster.size());
    claim(need > 0 && have >= need, "handed in by too few");
    claim(event.signatures.have == have && event.signatures.need == need &&
              event.signatures.base == roster.size(),
          "handed in with wrong figures");
    ++handed_in;
}

void Recount::operator()(const PetitionWithdrawn& event)
{
    auto& petition = petitions_.at(event.petition);
    claim(petition.open && event.person == petition.opened.lead, "withdrawn by somebody else");
    petition.open = false;
}

void Recount::operator()(const PetitionNeedSet& event)
{
    signature_needs_[{event.body, event.petition_kind}] = event.signatures;
}

bool Recount::is_in_office(BodyId body, PersonId person) const
{
    const auto roster = rosters_.find(body);
    return roster != rosters_.end() && roster->second.contains(person) && !is_suspended(body, person);
}

} // namespace plenum::sim
