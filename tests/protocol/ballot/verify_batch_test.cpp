#include "tests/protocol/ballot/attacks.hpp"
#include "tests/protocol/ballot/both_verifiers.hpp"

#include <boost/test/unit_test.hpp>

#include <sodium.h>

BOOST_AUTO_TEST_SUITE(verify_batch_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

/// The operating system's: what a server hands in.
class SystemRandomness final : public Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

/// Factors everybody knows.
class ConstantRandomness final : public Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, std::uint8_t{1}); }
};

std::vector<ByteView> views_of(const std::vector<Bytes>& ballots)
{
    return {ballots.begin(), ballots.end()};
}

std::vector<Bytes> honest_ballots(const SampleVote& vote, std::size_t count)
{
    const BallotTerms terms = terms_of(vote);
    std::vector<Bytes> ballots;
    for (std::size_t i = 0; i < count; ++i)
        ballots.push_back(
            made_ballot(terms, vote.choices[i % vote.choices.size()], "delegate " + std::to_string(i), 100, i)
                .bytes);
    return ballots;
}

/// One z of the first statement, and with it the sums of A and B, off by this much.
Bytes off_by(const Bytes& ballot, const BallotTerms& terms, const Scalar& difference)
{
    return changed(ballot, terms, [&](Ballot& b) {
        Scalar& z = b.proofs[0].answers[0];
        z = add(z, difference);
    });
}

} // namespace

BOOST_AUTO_TEST_CASE(no_ballots_have_no_answers)
{
    SystemRandomness randomness;
    BOOST_TEST(verify_ballots({}, terms_of(sample_vote("motion")), randomness).empty());
}

BOOST_AUTO_TEST_CASE(a_batch_with_one_bad_ballot_in_any_position_refuses_that_one)
{
    const SampleVote& vote = sample_vote("motion");
    const BallotTerms terms = terms_of(vote);
    SystemRandomness randomness;
    const auto honest = honest_ballots(vote, 33);
    for (const std::size_t size : {1U, 2U, 3U, 16U, 33U}) {
        for (std::size_t bad = 0; bad < size; ++bad) {
            std::vector<Bytes> ballots(honest.begin(), honest.begin() + static_cast<std::ptrdiff_t>(size));
            ballots[bad] = off_by(ballots[bad], terms, scalar_of(1));
            const auto results = verify_ballots(views_of(ballots), terms, randomness);
            BOOST_TEST_REQUIRE(results.size() == size);
            for (std::size_t i = 0; i < size; ++i)
                BOOST_TEST(results[i].has_value() == (i != bad), "ballot " << i << " of " << size);
            BOOST_TEST((results[bad].error() == BallotRefusal{BallotFault::statement, 0}));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_batch_of_every_attack_among_honest_ballots_answers_as_the_reference_does)
{
    SystemRandomness randomness;
    for (const SampleVote& vote : sample_votes()) {
        const BallotTerms terms = terms_of(vote);
        std::vector<Bytes> ballots = honest_ballots(vote, 3);
        for (const Attack& attack : all_attacks()) {
            if (attack.vote != vote.name) continue;
            ballots.push_back(attack.ballot);
            ballots.push_back(ballots[ballots.size() % 3]);
        }
        const auto results = verify_ballots(views_of(ballots), terms, randomness);
        for (std::size_t i = 0; i < ballots.size(); ++i) {
            const auto reference = verify_ballot(ballots[i], terms);
            BOOST_TEST_REQUIRE(results[i].has_value() == reference.has_value());
            if (!reference) BOOST_TEST((results[i].error() == reference.error()));
        }
    }
}

BOOST_AUTO_TEST_CASE(more_ballots_than_are_verified_at_once_keep_their_order)
{
    const SampleVote& vote = sample_vote("satisfaction of 20 in 4 grades"); // 202 points: 81 ballots at once
    const BallotTerms terms = terms_of(vote);
    SystemRandomness randomness;
    const auto honest = honest_ballots(vote, 2);
    const Bytes bad = off_by(honest[0], terms, scalar_of(1));
    std::vector<ByteView> ballots;
    for (std::size_t i = 0; i < 170; ++i)
        ballots.push_back(i == 0 || i == 80 || i == 81 || i == 169 ? bad : honest[i % 2]);
    const auto results = verify_ballots(ballots, terms, randomness);
    BOOST_TEST_REQUIRE(results.size() == ballots.size());
    for (std::size_t i = 0; i < ballots.size(); ++i)
        BOOST_TEST(results[i].has_value() == (ballots[i].data() != bad.data()), i);
}

/// Why the factors must be unpredictable: of two ballots one is off by d and the other by −d. With factors
/// their maker knows the two cancel out, and both would be accepted.
BOOST_AUTO_TEST_CASE(predictable_rho_lets_two_bad_ballots_cancel_out)
{
    const SampleVote& vote = sample_vote("motion");
    const BallotTerms terms = terms_of(vote);
    const auto honest = honest_ballots(vote, 2);
    const Scalar difference = scalar_of(12'345);
    const std::vector<Bytes> ballots{off_by(honest[0], terms, difference),
                                     off_by(honest[1], terms, subtract(Scalar{}, difference))};
    ConstantRandomness constant;
    const auto fooled = verify_ballots(views_of(ballots), terms, constant);
    BOOST_TEST((fooled[0].has_value() && fooled[1].has_value()));
    SystemRandomness randomness;
    const auto results = verify_ballots(views_of(ballots), terms, randomness);
    BOOST_TEST((results[0].has_error() && results[1].has_error()));
}

BOOST_AUTO_TEST_SUITE_END()
