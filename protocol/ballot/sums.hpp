#pragma once

#include "protocol/ballot/ballot.hpp"
#include "protocol/ballot/share.hpp"

namespace plenum::ballot {

/// The sums of all ballots of a box, one for each ciphertext of a ballot: all that is ever decrypted. Of no
/// ballots they are the identity. The ballots' proofs are checked elsewhere; Fault::malformed when one is not
/// of these terms, Fault::not_canonical when a ciphertext is no point.
Result<std::vector<EncryptedSum>> sums_of(const BallotTerms& terms, std::span<const Bytes> ballots);

} // namespace plenum::ballot
