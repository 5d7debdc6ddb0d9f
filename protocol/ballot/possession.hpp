#pragma once

#include "protocol/ballot/fields.hpp"
#include "protocol/ballot/transcript.hpp"

namespace plenum::ballot {

/// Schnorr's proof that somebody knows x with x·base = product, bound to a statement: a voting key, a spoil,
/// a key holder's part of the election key (docs/ballot_protocol.md 3, 5, 7).
struct Possession {
    Point commitment; ///< K = w·base
    Scalar answer;    ///< z = w − e·x, e = chal(statement | K)

    bool operator==(const Possession&) const = default;
};

/// `statement` holds everything the proof speaks of, base and product among it.
Possession prove_possession(const Transcript& statement, const Point& base, const SecretScalar& secret,
                            Randomness& randomness);
/// K = z·base + e·product, or Fault::bad_proof.
Result<void> check_possession(const Transcript& statement, const Point& base, const Point& product,
                              const Possession& possession);

/// K | z.
void write(Writer& writer, const Possession& possession);
Possession read_possession(FieldReader& reader);

} // namespace plenum::ballot
