#include "server/clerk/sealed_box.hpp"

#include "server/chamber/secret_votes.hpp"

namespace plenum::clerk {

SealedBox::SealedBox(ballot::BallotTerms terms, const ballot::BoxContent& content)
    : terms_(terms), tree_(content), root_(tree_.root())
{}

std::optional<SealedBox> SealedBox::of(const chamber::State& state, VoteId vote,
                                       const chamber::BlobSource& blobs)
{
    const auto& secret = state.votes.at(vote).secret;
    if (!secret.sealed) return std::nullopt;
    const auto file = blobs(secret.sealed->file);
    if (!file) return std::nullopt;
    auto terms = chamber::secret_terms(state, vote);
    const auto content = ballot::decode_box(terms, bytes_of(*file));
    if (!content) return std::nullopt;
    SealedBox box(terms, *content);
    if (!secret.confirmations) return box;
    const auto kept = blobs(*secret.confirmations);
    if (!kept) return box;
    const auto confirmations = ballot::decode_confirmations(box.terms_.context, box.root_, bytes_of(*kept));
    if (!confirmations) return box;
    for (const auto& one : *confirmations)
        box.signed_.emplace(one.device, one);
    return box;
}

Result<void> SealedBox::confirm(const ballot::VerifyKey& device, const ballot::Signature& signature)
{
    const ballot::Confirmation confirmation{device, signature};
    if (auto held = ballot::check_confirmation(terms_, root_, confirmation); !held) return held;
    signed_.try_emplace(device, confirmation);
    return {};
}

std::vector<ballot::Confirmation> SealedBox::confirmations() const
{
    std::vector<ballot::Confirmation> all;
    for (const auto& entry : signed_)
        all.push_back(entry.second);
    return all;
}

} // namespace plenum::clerk
