#pragma once

#include "protocol/ballot/verify.hpp"

#include <map>

namespace plenum::ballot {

/// Every ciphertext of one vote and whose it is. Two voters never draw the same randomness, so a ciphertext
/// under two pseudonyms was copied or agreed upon, and would let one of them vote as the other did.
class CiphertextIndex {
public:
    /// Keeps the ciphertexts of the ballot. BallotFault::copied_ciphertext, and nothing is kept, when one of
    /// them stands under another pseudonym; under the same one, of an earlier press, it may.
    BallotResult<void> add(const CheckedBallot& ballot);

private:
    std::map<Ciphertext, Point> pseudonyms_;
};

} // namespace plenum::ballot
