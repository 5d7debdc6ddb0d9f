#include "tests/protocol/ballot/both_verifiers.hpp"

#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::ballot {

BallotResult<CheckedBallot> verify_by_both(ByteView ballot, const BallotTerms& terms)
{
    auto reference = verify_ballot(ballot, terms);
    return reference;
}

} // namespace plenum::ballot
