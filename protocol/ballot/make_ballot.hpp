#pragma once

#include "protocol/ballot/choice.hpp"
#include "protocol/ballot/opening.hpp"

namespace plenum::ballot {

/// A ballot to be sent, and what it hides.
struct MadeBallot {
    Bytes bytes;
    Opening opening;
};

/// Encrypts and proves a choice (docs/ballot_protocol.md 4), through libsodium only and by the same steps
/// whatever the choice. `voting_key` is x; `seq` must be greater than that of any ballot made with it for
/// this vote. Faults are those of check_terms, and Fault::out_of_range for a choice the shape does not allow.
Result<MadeBallot> make_ballot(const BallotTerms& terms, const BallotChoice& choice,
                               const SecretScalar& voting_key, std::uint32_t seq, Randomness& randomness);

} // namespace plenum::ballot
