#pragma once

#include "protocol/ballot/ballot.hpp"

namespace plenum::ballot {

/// A ballot whose proofs hold under the terms of its vote. Only a verifier makes one, so a function that
/// takes one cannot be handed a ballot nobody checked. Whether its pseudonym is on the list is for the
/// caller.
class CheckedBallot {
public:
    /// ctx of the terms it was checked against.
    const Hash512& context() const { return context_; }
    const Point& pseudonym() const { return pseudonym_; }
    std::uint32_t seq() const { return seq_; }
    const std::vector<Ciphertext>& ciphertexts() const { return ciphertexts_; }
    /// As they came, for receipts, trackers and the box.
    const Bytes& bytes() const { return bytes_; }

private:
    friend class BatchVerifier;
    friend BallotResult<CheckedBallot> verify_ballot(ByteView bytes, const BallotTerms& terms);
    CheckedBallot() = default;

    Hash512 context_{};
    Point pseudonym_;
    std::uint32_t seq_ = 0;
    std::vector<Ciphertext> ciphertexts_;
    Bytes bytes_;
};

/// The reference: one ballot through libsodium alone, equation by equation. Slow; it must agree with
/// verify_ballots on every ballot and every reason.
BallotResult<CheckedBallot> verify_ballot(ByteView bytes, const BallotTerms& terms);

/// Many ballots at once through libdecaf (docs/ballot_protocol.md 4, "many at once"), the answers in the
/// order of the ballots. When the sum of all equations fails it is halved down to the bad ballots.
/// `randomness` must be unpredictable to whoever made the ballots and is asked only once they are all here:
/// two bad ballots whose maker knows the factors can be made to cancel out.
std::vector<BallotResult<CheckedBallot>> verify_ballots(std::span<const ByteView> ballots,
                                                        const BallotTerms& terms, Randomness& randomness);

} // namespace plenum::ballot
