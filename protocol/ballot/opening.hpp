#pragma once

#include "protocol/ballot/ballot.hpp"

namespace plenum::ballot {

/// What only the voter's console may know of a ballot. It forgets it, unless the ballot is spoiled: then it
/// shows it, so that anybody can see that the console encrypted what was pressed.
struct Opening {
    std::vector<SecretScalar> plaintexts; ///< m_j
    std::vector<SecretScalar> randomness; ///< r_j
};

/// For each ciphertext u64 m_j and the 32 bytes of r_j. Only once the server has signed that the ballot is
/// spoiled: whoever has these bytes knows the vote.
Bytes encode_opening(const Opening& opening);

/// Encrypts again what the opening says, compares with the ballot and answers its choice, as choice_from
/// does. Fault::truncated or malformed for another length, not_canonical for an r_j not below q, bad_proof
/// when the ballot encrypts something else, out_of_range when it encrypts what the shape forbids. Any fault
/// of the ballot's own encoding is Fault::malformed.
Result<Bytes> check_opening(ByteView opening, ByteView ballot, const BallotTerms& terms);

} // namespace plenum::ballot
