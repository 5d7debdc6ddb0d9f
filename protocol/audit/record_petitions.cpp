#include "protocol/audit/record.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// Joint signatures: who signed, who took it back, and that enough had when it was handed in.

namespace plenum::audit {
namespace {

std::optional<SignatureRule> rule_of(const Record& record, BodyId body, PetitionKind petition_kind)
{
    const auto own = record.signature_needs.find({body, petition_kind});
    if (own != record.signature_needs.end()) return SignatureRule{own->second, {}};
    return signature_rule(petition_kind, record.bodies.at(body).kind);
}

void check_signer(Record& record, BodyId body, PersonId person)
{
    if (!record.bodies.at(body).members.contains(person))
        record.complain(AuditCode::petition_wrong, std::to_string(number(person)));
    check_not_suspended(record, body, person);
}

/// The petition, unless there is none; complains when it is over, or whoever acts may not.
RecordedPetition* open_petition(Record& record, PetitionId id, PersonId person)
{
    auto* petition = record.named(record.petitions, id);
    if (petition == nullptr) return nullptr;
    if (!petition->is_open) record.complain(AuditCode::petition_wrong, petition->opened.title);
    check_signer(record, petition->opened.body, person);
    return petition;
}

void check_lead(Record& record, const RecordedPetition& petition, PersonId person)
{
    if (petition.opened.lead != person)
        record.complain(AuditCode::petition_wrong, std::to_string(number(person)));
}

Finding found_of(const Record& record, const RecordedPetition& petition)
{
    const auto rule = rule_of(record, petition.opened.body, petition.opened.petition_kind);
    if (!rule) return {};
    std::vector<std::uint64_t> electors;
    for (const auto& entry : record.bodies.at(petition.opened.body).members)
        electors.push_back(number(entry.first));
    // Whoever is suspended stays in the base, and does not count among those who signed.
    std::vector<std::uint64_t> signers;
    for (const auto person : petition.signers) {
        if (!is_suspended(record, petition.opened.body, person)) signers.push_back(number(person));
    }
    return decide_petition(*rule, electors, signers);
}

std::string figures(const Finding& finding)
{
    return canonical_json(to_json(finding));
}

} // namespace

void follow(Record& record, const PetitionOpened& event)
{
    check_line(record, event.title, title_bytes_max);
    if (record.named(record.bodies, event.body) == nullptr) return;
    check_signer(record, event.body, event.lead);
    if (!rule_of(record, event.body, event.petition_kind))
        record.complain(AuditCode::petition_wrong, std::string(codec::enum_name(event.petition_kind)));
    record.petitions.emplace(PetitionId{record.now->seq}, RecordedPetition{event, {event.lead}, true});
}

void follow(Record& record, const PetitionSigned& event)
{
    auto* petition = open_petition(record, event.petition, event.person);
    if (petition == nullptr) return;
    if (!petition->signers.insert(event.person).second)
        record.complain(AuditCode::petition_wrong, std::to_string(number(event.person)));
}

void follow(Record& record, const SignatureWithdrawn& event)
{
    auto* petition = open_petition(record, event.petition, event.person);
    if (petition == nullptr) return;
    if (petition->opened.lead == event.person || petition->signers.erase(event.person) == 0)
        record.complain(AuditCode::petition_wrong, std::to_string(number(event.person)));
}

void follow(Record& record, const PetitionHandedIn& event)
{
    auto* petition = open_petition(record, event.petition, event.person);
    if (petition == nullptr) return;
    check_lead(record, *petition, event.person);
    petition->is_open = false;
    const auto found = found_of(record, *petition);
    if (!found.met || found != event.signatures)
        record.complain(AuditCode::signatures_wrong,
                        said_and_found(figures(event.signatures), figures(found)));
}

void follow(Record& record, const PetitionWithdrawn& event)
{
    check_line(record, event.reason, reason_bytes_max);
    auto* petition = open_petition(record, event.petition, event.person);
    if (petition == nullptr) return;
    check_lead(record, *petition, event.person);
    petition->is_open = false;
}

void follow(Record& record, const PetitionNeedSet& event)
{
    check_line(record, event.decided_by, title_bytes_max);
    const auto* body = record.named(record.bodies, event.body);
    if (body == nullptr) return;
    if (event.signatures == 0 || event.signatures > std::max<std::size_t>(body->members.size(), 1))
        record.complain(AuditCode::petition_wrong, std::to_string(event.signatures));
    record.signature_needs[{event.body, event.petition_kind}] = event.signatures;
}

} // namespace plenum::audit
