#pragma once

#include "protocol/ballot/box.hpp"
#include "server/clerk/roll_call.hpp"

namespace plenum::clerk {

/// A box nothing comes into any more, with the proofs consoles ask for and the confirmations they send.
class SealedBox {
public:
    /// From the record; nothing when the box of this vote is not sealed, or its file cannot be read.
    /// Confirmations that are in the record are there already.
    static std::optional<SealedBox> of(const chamber::State& state, VoteId vote,
                                       const chamber::BlobSource& blobs);

    const Digest& root() const { return root_; }
    const ballot::BallotTerms& terms() const { return terms_; }
    /// That it holds the ballot of a pseudonym, or none.
    Bytes prove(const ballot::Point& pseudonym) const { return ballot::encode(tree_.prove(pseudonym)); }

    /// Keeps the signature of this device; the same device again changes nothing. Fault::bad_signature.
    Result<void> confirm(const ballot::VerifyKey& device, const ballot::Signature& signature);
    std::uint32_t confirmed() const { return static_cast<std::uint32_t>(signed_.size()); }
    std::vector<ballot::Confirmation> confirmations() const;

private:
    SealedBox(ballot::BallotTerms terms, const ballot::BoxContent& content);

    ballot::BallotTerms terms_;
    ballot::BoxTree tree_;
    Digest root_;
    std::map<ballot::VerifyKey, ballot::Confirmation> signed_;
};

} // namespace plenum::clerk
