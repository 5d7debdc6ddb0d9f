#pragma once

#include "protocol/ballot/verify.hpp"

namespace plenum::ballot {

/// The answer of the reference and of the batch, which must be the same.
BallotResult<CheckedBallot> verify_by_both(ByteView ballot, const BallotTerms& terms);

} // namespace plenum::ballot
