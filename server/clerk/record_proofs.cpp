#include "server/clerk/record_proofs.hpp"

#include "protocol/assert.hpp"
#include "protocol/entry_proof.hpp"

namespace plenum::clerk {

void RecordProofs::take(const Entry& entry, const Digest& leaf)
{
    PLENUM_ASSERT(entry.seq == tree_.size());
    tree_.append(leaf);
    const auto place = [&] { return Place{entry.seq, encode_entry(entry)}; };
    if (const auto* opened = std::get_if<VoteOpened>(&entry.event)) {
        if (opened->secret) votes_.insert_or_assign(opened->vote, Places{place(), std::nullopt});
    } else if (const auto* sealed = std::get_if<BallotBoxSealed>(&entry.event)) {
        votes_.at(sealed->vote).sealed = place();
    } else if (const auto* decided = std::get_if<VoteDecided>(&entry.event)) {
        votes_.erase(decided->vote);
    } else if (const auto* voided = std::get_if<VoteVoided>(&entry.event)) {
        votes_.erase(voided->vote);
    }
}

std::optional<Digest> RecordProofs::root(std::uint64_t size) const
{
    if (size == 0 || size > tree_.size()) return std::nullopt;
    return tree_.root(size);
}

std::string RecordProofs::proof_of(const Place& place, const std::string& checkpoint) const
{
    return encode_proof(
        {place.bytes, place.index, tree_.inclusion_proof(place.index, tree_.size()), checkpoint});
}

std::optional<RecordProof> RecordProofs::prove(VoteId vote, std::uint64_t since,
                                               const std::string& checkpoint) const
{
    const auto found = votes_.find(vote);
    if (found == votes_.end() || !found->second.sealed || since > tree_.size()) return std::nullopt;
    return RecordProof{proof_of(found->second.opened, checkpoint),
                       proof_of(*found->second.sealed, checkpoint),
                       tree_.consistency_proof(since, tree_.size())};
}

} // namespace plenum::clerk
