#include "protocol/rules/signatures.hpp"

namespace plenum {
namespace {

constexpr SignatureRule share_of(std::uint32_t one_of)
{
    return {0, {1, one_of, false, Base::all_members}};
}

std::optional<SignatureRule> rule_of_congress(PetitionKind petition_kind)
{
    switch (petition_kind) {
    case PetitionKind::bill:
    case PetitionKind::nomination:
    case PetitionKind::interpellation: return SignatureRule{10, {}};
    case PetitionKind::inquiry:
    case PetitionKind::recall: return share_of(10);
    case PetitionKind::extraordinary_session: return share_of(5);
    }
    return std::nullopt;
}

std::optional<SignatureRule> rule_of_town(PetitionKind petition_kind)
{
    switch (petition_kind) {
    case PetitionKind::bill: return SignatureRule{5, {}};
    case PetitionKind::nomination:
    case PetitionKind::interpellation: return SignatureRule{10, {}};
    case PetitionKind::recall:
    case PetitionKind::extraordinary_session: return share_of(5);
    case PetitionKind::inquiry: return std::nullopt;
    }
    return std::nullopt;
}

std::optional<SignatureRule> rule_of_committee(PetitionKind petition_kind)
{
    switch (petition_kind) {
    case PetitionKind::bill:
    case PetitionKind::interpellation: return SignatureRule{3, {}};
    case PetitionKind::inquiry:
    case PetitionKind::recall: return share_of(5);
    case PetitionKind::nomination:
    case PetitionKind::extraordinary_session: return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::optional<SignatureRule> signature_rule(PetitionKind petition_kind, BodyKind body_kind)
{
    switch (body_kind) {
    case BodyKind::congress: return rule_of_congress(petition_kind);
    case BodyKind::town_congress: return rule_of_town(petition_kind);
    case BodyKind::standing_committee: return rule_of_committee(petition_kind);
    default: return std::nullopt;
    }
}

Finding decide_petition(const SignatureRule& rule, const std::vector<std::uint64_t>& electors,
                        const std::vector<std::uint64_t>& signers)
{
    auto finding = decide_signatures(electors, signers, electors.size(), rule.share);
    if (rule.signatures == 0) return finding;
    finding.need = rule.signatures;
    finding.met = finding.have >= finding.need;
    return finding;
}

} // namespace plenum
