#pragma once

#include "protocol/entry.hpp"
#include "protocol/merkle.hpp"
#include "protocol/query/secret_vote.hpp"

namespace plenum::clerk {

/// The tree over the durable record, with the entries a key holder asks the proof of before it cosigns the
/// record: those that opened a secret vote and sealed its box, until the vote is decided or void.
class RecordProofs {
public:
    /// The next durable entry, and the hash of its bytes as a leaf.
    void take(const Entry& entry, const Digest& leaf);

    /// How many entries it knows.
    std::uint64_t size() const { return tree_.size(); }
    /// Of the first `size` entries; nothing while there are fewer, or for none.
    std::optional<Digest> root(std::uint64_t size) const;
    /// For a checkpoint of the whole record as it is; nothing when no sealed box of this vote waits, or the
    /// record never had as few entries as `since` says.
    std::optional<RecordProof> prove(VoteId vote, std::uint64_t since, const std::string& checkpoint) const;

private:
    struct Place {
        std::uint64_t index = 0;
        std::string bytes;
    };
    struct Places {
        Place opened;
        std::optional<Place> sealed;
    };
    std::string proof_of(const Place& place, const std::string& checkpoint) const;

    MerkleTree tree_;
    std::map<VoteId, Places> votes_;
};

} // namespace plenum::clerk
