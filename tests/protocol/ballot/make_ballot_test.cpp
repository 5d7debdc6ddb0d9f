#include "protocol/ballot/make_ballot.hpp"

#include "tests/protocol/ballot/attacks.hpp"
#include "tests/protocol/ballot/both_verifiers.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(make_ballot_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

/// A source that has broken down: it says the same for ever.
class StuckRandomness final : public Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, std::uint8_t{0x5a}); }
};

template <class T>
concept Printable = requires(std::ostream& out, const T& value)
{
    out << value;
};

Bytes random_choice(const BallotShape& shape, Randomness& randomness)
{
    const std::size_t size = shape.kind == ShapeKind::grid ? shape.rows : shape.options;
    const std::uint32_t bound = shape.kind == ShapeKind::grid    ? shape.options
                                : shape.kind == ShapeKind::elect ? 3
                                                                 : 2;
    for (;;) {
        Bytes choice(size);
        randomness.fill(choice);
        for (std::uint8_t& byte : choice)
            byte = static_cast<std::uint8_t>(byte % bound);
        if (plaintexts_of(choice_of(shape.kind, choice), shape, 16)) return choice;
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(a_ballot_of_every_shape_is_accepted_and_opens_to_its_choice)
{
    RepeatableRandomness randomness(31);
    for (const SampleVote& vote : sample_votes()) {
        const BallotTerms terms = terms_of(vote);
        std::vector<Bytes> choices = vote.choices;
        choices.push_back(random_choice(vote.shape, randomness));
        for (const Bytes& choice : choices) {
            const MadeBallot made = made_ballot(terms, choice, "delegate 1", 77);
            BOOST_TEST(made.bytes.size() == ballot_size(vote.shape), vote.name);
            const auto checked = verify_by_both(made.bytes, terms);
            BOOST_TEST_REQUIRE(checked.has_value(), vote.name);
            BOOST_TEST(checked->seq() == 77U);
            BOOST_TEST((checked->pseudonym() == times(voting_key("delegate 1"), terms.vote_generator)));
            const auto opened = check_opening(encode_opening(made.opening), made.bytes, terms);
            BOOST_TEST_REQUIRE(opened.has_value(), vote.name);
            BOOST_TEST(*opened == choice, boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_prover_written_from_the_page_alone_is_accepted)
{
    for (const SampleVote& vote : sample_votes()) {
        const BallotTerms terms = terms_of(vote);
        RepeatableRandomness randomness(32);
        Forger prover(terms, told(voting_key("delegate 3")), randomness);
        const auto secret =
            plaintexts_of(choice_of(vote.shape.kind, vote.choices[0]), vote.shape, terms.base);
        BOOST_TEST_REQUIRE(secret.has_value());
        std::vector<Scalar> plaintexts;
        for (const SecretScalar& plaintext : *secret)
            plaintexts.push_back(told(plaintext));
        const Bytes ballot = prover.forge(plaintexts, prover.draw(plaintexts.size()), 1);
        BOOST_TEST(verify_by_both(ballot, terms).has_value(), vote.name);
    }
}

BOOST_AUTO_TEST_CASE(a_ballot_decodes_to_what_was_encoded)
{
    for (const SampleVote& vote : sample_votes()) {
        const BallotTerms terms = terms_of(vote);
        const Bytes ballot = made_ballot(terms, vote.choices[0], "delegate 1", 9).bytes;
        const auto decoded = decode_ballot(ballot, terms);
        BOOST_TEST_REQUIRE(decoded.has_value());
        BOOST_TEST(encode_ballot(*decoded) == ballot, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(ballots_are_as_long_as_the_page_says)
{
    const struct {
        BallotShape shape;
        std::size_t bytes;
    } cases[] = {
        {motion_shape, 501},
        {{ShapeKind::grid, 4, 1, 0, 1}, 613},
        {{ShapeKind::choose, 8, 1, 1, 1}, 2'389},
        {{ShapeKind::grid, 4, 20, 0, 1}, 10'037},
        {{ShapeKind::choose, 30, 1, 0, 15}, 10'053},
        {{ShapeKind::elect, 30, 1, 0, 15}, 24'453},
    };
    for (const auto& [shape, bytes] : cases)
        BOOST_TEST(ballot_size(shape) == bytes);
}

BOOST_AUTO_TEST_CASE(a_choice_the_shape_does_not_allow_is_refused_before_anything_is_made)
{
    const struct {
        const char* why;
        const char* vote;
        ShapeKind kind;
        Bytes choice;
    } cases[] = {
        {"an option that is not there", "motion", ShapeKind::grid, {3}},
        {"an option beyond a byte of bits", "motion", ShapeKind::grid, {255}},
        {"a row too many", "motion", ShapeKind::grid, {1, 1}},
        {"of another kind", "motion", ShapeKind::choose, {1}},
        {"nothing where one must be", "one of five", ShapeKind::choose, {0, 0, 0, 0, 0}},
        {"two where one must be", "one of five", ShapeKind::choose, {1, 1, 0, 0, 0}},
        {"a mark twice", "one of five", ShapeKind::choose, {2, 0, 0, 0, 0}},
        {"a mark beyond the options", "one of five", ShapeKind::choose, {0, 0, 0, 0, 0, 1}},
        {"four where three may be", "up to three of six", ShapeKind::choose, {1, 1, 1, 1, 0, 0}},
        {"three approvals for two seats", "two seats, four candidates", ShapeKind::elect, {1, 1, 1, 0}},
        {"a stance that is not there", "two seats, four candidates", ShapeKind::elect, {3, 0, 0, 0}},
        {"a candidate that is not there", "two seats, four candidates", ShapeKind::elect, {0, 0, 0, 0, 2}},
    };
    for (const auto& [why, name, kind, choice] : cases) {
        RepeatableRandomness randomness(33);
        const auto made = make_ballot(terms_of(sample_vote(name)), choice_of(kind, choice),
                                      voting_key("delegate 1"), 1, randomness);
        BOOST_TEST_REQUIRE(made.has_error(), why);
        BOOST_TEST((made.error() == fault(Fault::out_of_range)), why);
    }
}

/// Neither length nor any byte outside the proofs may follow from the choice; and two presses of the same
/// choice have no ciphertext, commitment or answer in common.
BOOST_AUTO_TEST_CASE(two_ballots_share_nothing_but_their_envelope)
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    constexpr std::size_t envelope = 1 + 16 + 32; // version, vote, pseudonym
    std::set<Bytes> fields;
    std::size_t count = 0;
    Bytes first;
    for (std::uint8_t option = 0; option < 3; ++option) {
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            const Bytes ballot = made_ballot(terms, {option}, "delegate 1", 1, seed).bytes;
            if (first.empty()) first = ballot;
            BOOST_TEST(ballot.size() == first.size());
            BOOST_TEST(std::equal(ballot.begin(), ballot.begin() + envelope, first.begin()));
            for (std::size_t at = envelope + 4; at < ballot.size(); at += 16, ++count)
                fields.insert({ballot.begin() + static_cast<std::ptrdiff_t>(at),
                               ballot.begin() + static_cast<std::ptrdiff_t>(at + 16)});
        }
    }
    BOOST_TEST(fields.size() == count);
}

/// Hedging: with a source that stands still a press is still hidden behind the voting key, and no nonce
/// serves two different statements.
BOOST_AUTO_TEST_CASE(nonce_reuse_by_a_source_that_stands_still)
{
    const BallotTerms terms = terms_of(sample_vote("any of three"));
    StuckRandomness stuck;
    std::set<Point> points;
    std::size_t count = 0;
    for (const char* delegate : {"delegate 1", "delegate 2"}) {
        for (const Bytes& choice : {Bytes{0, 0, 0}, Bytes{1, 1, 1}}) {
            const auto made =
                make_ballot(terms, choice_of(ShapeKind::choose, choice), voting_key(delegate), 1, stuck);
            BOOST_TEST_REQUIRE(made.has_value());
            const auto ballot = decode_ballot(made->bytes, terms);
            BOOST_TEST_REQUIRE(ballot.has_value());
            for (const Ciphertext& ciphertext : ballot->ciphertexts) {
                points.insert({ciphertext.alpha, ciphertext.beta});
                count += 2;
            }
            for (const StatementProof& proof : ballot->proofs) {
                for (const Commitment& commitment : proof.commitments) {
                    points.insert({commitment.a, commitment.b});
                    count += 2;
                }
            }
            points.insert(ballot->credential_commitment);
            ++count;
        }
    }
    BOOST_TEST(points.size() == count);
}

BOOST_AUTO_TEST_CASE(an_opening_of_another_ballot_is_refused)
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    const MadeBallot one = made_ballot(terms, {1}, "delegate 1", 1, 1);
    const MadeBallot other = made_ballot(terms, {1}, "delegate 1", 2, 2);
    const auto opened = check_opening(encode_opening(other.opening), one.bytes, terms);
    BOOST_TEST_REQUIRE(opened.has_error());
    BOOST_TEST((opened.error() == fault(Fault::bad_proof)));
    BOOST_TEST(
        (check_opening(encode_opening(one.opening), Bytes(7), terms).error() == fault(Fault::malformed)));
}

BOOST_AUTO_TEST_CASE(numbers_no_choice_stands_for_are_not_a_choice)
{
    const BallotShape shape{ShapeKind::elect, 2, 1, 0, 1};
    BOOST_TEST((choice_from(std::vector<std::uint64_t>{1, 0, 0, 1}, shape, 4).value() == Bytes{1, 2}));
    BOOST_TEST(choice_from(std::vector<std::uint64_t>{1, 0, 1, 0}, shape, 4).has_error());
    BOOST_TEST(choice_from(std::vector<std::uint64_t>{1, 1, 0, 0}, shape, 4).has_error());
    BOOST_TEST(choice_from(std::vector<std::uint64_t>{1, 0, 0}, shape, 4).has_error());
    BOOST_TEST(choice_from(std::vector<std::uint64_t>{UINT64_MAX, 1, 0, 0}, shape, 4).has_error());
    BOOST_TEST(
        (choice_from(std::vector<std::uint64_t>{0, 1, 8, 64}, {ShapeKind::grid, 4, 4, 0, 1}, 8).value() ==
         Bytes{0, 1, 2, 3}));
}

// What is secret cannot be copied, compared or printed.
static_assert(!std::is_copy_constructible_v<GridChoice> && !std::is_copy_constructible_v<BallotChoice>);
static_assert(!std::equality_comparable<GridChoice> && !std::equality_comparable<ElectChoice>);
static_assert(!Printable<GridChoice> && !Printable<Opening> && !Printable<SecretScalar>);
// And only a verifier makes a checked ballot.
static_assert(!std::is_default_constructible_v<CheckedBallot>);

BOOST_AUTO_TEST_SUITE_END()
