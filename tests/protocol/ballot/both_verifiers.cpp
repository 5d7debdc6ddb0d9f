#include "tests/protocol/ballot/both_verifiers.hpp"

#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::ballot {

BallotResult<CheckedBallot> verify_by_both(ByteView ballot, const BallotTerms& terms)
{
    RepeatableRandomness randomness(2023);
    auto reference = verify_ballot(ballot, terms);
    const ByteView alone[] = {ballot};
    const auto batch = verify_ballots(alone, terms, randomness);
    BOOST_TEST_REQUIRE(batch.size() == 1U);
    BOOST_TEST_REQUIRE(batch[0].has_value() == reference.has_value());
    if (!reference) {
        BOOST_TEST((batch[0].error() == reference.error()),
                   codec::enum_name(batch[0].error().fault)
                       << ' ' << batch[0].error().statement << " in a batch, "
                       << codec::enum_name(reference.error().fault) << ' ' << reference.error().statement
                       << " by the reference");
        return reference;
    }
    BOOST_TEST((batch[0]->context() == reference->context()));
    BOOST_TEST((batch[0]->pseudonym() == reference->pseudonym()));
    BOOST_TEST((batch[0]->seq() == reference->seq()));
    BOOST_TEST((batch[0]->ciphertexts() == reference->ciphertexts()));
    BOOST_TEST((batch[0]->bytes() == reference->bytes()));
    return reference;
}

} // namespace plenum::ballot
