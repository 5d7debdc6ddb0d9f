// One test for every attack on ballots that a designer of this protocol must have thought of, named after it.
#include "protocol/ballot/ciphertext_index.hpp"
#include "protocol/ballot/multi_scalar.hpp"
#include "tests/protocol/ballot/attacks.hpp"
#include "tests/protocol/ballot/both_verifiers.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(attacks_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

void both_refuse(const std::vector<Attack>& attacks)
{
    BOOST_TEST(!attacks.empty());
    for (const Attack& attack : attacks) {
        BOOST_TEST_CONTEXT(attack.vote << ": " << attack.why)
        {
            const auto checked = verify_by_both(attack.ballot, terms_of(sample_vote(attack.vote)));
            BOOST_TEST_REQUIRE(checked.has_error());
            BOOST_TEST((checked.error() == attack.refusal), codec::enum_name(checked.error().fault)
                                                                << ' ' << checked.error().statement);
        }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(wrong_length_version_and_vote)
{
    both_refuse(wrong_envelopes());
}

BOOST_AUTO_TEST_CASE(weak_fiat_shamir)
{
    both_refuse(weak_fiat_shamir_forgeries());
}

/// Otherwise the test above would only show that some garbage is refused.
BOOST_AUTO_TEST_CASE(the_weak_fiat_shamir_forgery_holds_under_its_own_challenge)
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    const WeakForgery forgery = weak_fiat_shamir_forgery(terms);
    const auto ballot = decode_ballot(forgery.ballot, terms);
    BOOST_TEST_REQUIRE(ballot.has_value());
    const auto fields = split_ballot(forgery.ballot, terms);
    const auto challenges = branch_challenges(fields->proofs[0].challenges, forgery.challenge);
    const auto values = statements_of(terms.shape, terms.base)[0].values;
    for (std::size_t j = 0; j < values.size(); ++j) {
        const Scalar c = scalar_of(challenges[j]);
        const auto& [alpha, beta] = ballot->ciphertexts[0];
        const auto& [a, b] = ballot->proofs[0].commitments[j];
        const Scalar& z = ballot->proofs[0].answers[j];
        const Point off = subtract(beta, times_generator(scalar_of(values[j])));
        BOOST_TEST((a == add(times_generator(z), times(c, alpha))));
        BOOST_TEST((b == add(times(z, terms.election_key), times(c, off))));
    }
}

BOOST_AUTO_TEST_CASE(ballot_copy_under_another_pseudonym)
{
    both_refuse(copies_under_another_pseudonym());
}

BOOST_AUTO_TEST_CASE(cross_vote_replay)
{
    both_refuse(replays_across_votes());
}

BOOST_AUTO_TEST_CASE(replay_under_another_seq)
{
    both_refuse(replays_under_another_seq());
}

BOOST_AUTO_TEST_CASE(malleated_and_non_canonical_encodings)
{
    both_refuse(malleated_encodings());
}

BOOST_AUTO_TEST_CASE(the_identity_as_pseudonym_or_alpha)
{
    both_refuse(identities());
}

/// The points of small order of the curve below the group: each would tell of a secret it is multiplied by.
BOOST_AUTO_TEST_CASE(small_order)
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    const Bytes ballot = made_ballot(terms, {1}, "delegate 1", 5000).bytes;
    constexpr std::size_t pseudonym_at = 1 + 16;
    for (const char* hex : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "0000000000000000000000000000000000000000000000000000000000000080",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"}) {
        BOOST_TEST_CONTEXT(hex)
        {
            const Digest encoding = digest_from_hex(hex).value();
            const auto point = parse_point(encoding.view());
            BOOST_TEST((!point || point->is_identity()));
            Bytes attack = ballot;
            std::ranges::copy(encoding.bytes, attack.begin() + pseudonym_at);
            const auto checked = verify_by_both(attack, terms);
            BOOST_TEST_REQUIRE(checked.has_error());
            BOOST_TEST((checked.error().fault == BallotFault::identity ||
                        checked.error().fault == BallotFault::not_canonical_point));
        }
    }
}

/// Whose time depends on its numbers takes no number that is a secret.
BOOST_AUTO_TEST_CASE(timing_leaks_of_x_or_r)
{
    BOOST_TEST((!std::is_constructible_v<OpenScalar, const SecretScalar&>));
    BOOST_TEST((!std::is_constructible_v<Scalar, const SecretScalar&>));
    BOOST_TEST((!std::is_convertible_v<const SecretScalar&, Scalar>));
    BOOST_TEST((!std::is_copy_constructible_v<SecretScalar> && !std::is_copy_assignable_v<SecretScalar>));
    BOOST_TEST((!std::equality_comparable<SecretScalar>));
}

BOOST_AUTO_TEST_CASE(each_field_changed)
{
    both_refuse(changed_fields());
}

BOOST_AUTO_TEST_CASE(swapped_branches_of_a_statement)
{
    both_refuse(swapped_branches());
}

BOOST_AUTO_TEST_CASE(challenge_splitting_with_the_wrong_modulus)
{
    both_refuse(challenges_split_modulo_q());
}

BOOST_AUTO_TEST_CASE(plaintext_out_of_range)
{
    both_refuse(plaintexts_out_of_range());
}

BOOST_AUTO_TEST_CASE(shape_confusion)
{
    both_refuse(confused_shapes());
}

/// Even where question and context are the same, the statements are those of the verifier's shape.
BOOST_AUTO_TEST_CASE(shape_confusion_within_one_context)
{
    const BallotTerms one = terms_of(sample_vote("one of five"));
    BallotTerms two = one;
    two.shape.min = two.shape.max = 2;
    BOOST_TEST_REQUIRE(ballot_size(one.shape) == ballot_size(two.shape));
    const Bytes ballot = made_ballot(two, {1, 1, 0, 0, 0}, "delegate 1", 5000).bytes;
    BOOST_TEST(verify_by_both(ballot, two).has_value());
    const auto checked = verify_by_both(ballot, one);
    BOOST_TEST_REQUIRE(checked.has_error());
    BOOST_TEST((checked.error() == BallotRefusal{BallotFault::statement, 5}));
}

BOOST_AUTO_TEST_CASE(a_pseudonym_whose_key_the_forger_does_not_have)
{
    both_refuse(borrowed_credentials());
}

BOOST_AUTO_TEST_CASE(duplicate_ciphertexts_under_two_pseudonyms)
{
    for (const char* name : {"motion", "one of five", "two seats, four candidates"}) {
        const BallotTerms terms = terms_of(sample_vote(name));
        const auto ballots = agreed_ciphertexts(sample_vote(name));
        const auto first = verify_by_both(ballots[0], terms);
        const auto second = verify_by_both(ballots[1], terms);
        BOOST_TEST_REQUIRE((first.has_value() && second.has_value()));
        const auto again = verify_by_both(
            made_ballot(terms, sample_vote(name).choices[0], "delegate 2", 6000, 2).bytes, terms);
        CiphertextIndex index;
        BOOST_TEST(index.add(*first).has_value());
        BOOST_TEST(index.add(*first).has_value());
        const auto refused = index.add(*second);
        BOOST_TEST_REQUIRE(refused.has_error());
        BOOST_TEST((refused.error() == BallotRefusal{BallotFault::copied_ciphertext}));
        BOOST_TEST(index.add(*again).has_value());
        CiphertextIndex other_way;
        BOOST_TEST(other_way.add(*second).has_value());
        BOOST_TEST(other_way.add(*first).has_error());
    }
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_of_a_ballot)
{
    for (const char* name : {"motion", "one candidate", "any of three"}) {
        const SampleVote& vote = sample_vote(name);
        const BallotTerms terms = terms_of(vote);
        const Bytes ballot = made_ballot(terms, vote.choices[0], "delegate 1", 5000).bytes;
        BOOST_TEST_REQUIRE(verify_by_both(ballot, terms).has_value());
        for (std::size_t at = 0; at < ballot.size(); ++at) {
            Bytes other = ballot;
            other[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
            BOOST_TEST(verify_by_both(other, terms).has_error(), name << ", byte " << at);
        }
    }
}

BOOST_AUTO_TEST_CASE(terms_nobody_can_vote_under)
{
    const BallotTerms good = terms_of(sample_vote("motion"));
    const Bytes ballot = made_ballot(good, {1}, "delegate 1", 5000).bytes;
    std::vector<BallotTerms> all(5, good);
    all[0].election_key = {};
    all[1].vote_generator = {};
    all[2].election_key.bytes.fill(0xff);
    all[3].shape.options = 5;
    all[4].base = 3;
    for (const BallotTerms& terms : all) {
        RepeatableRandomness randomness(1);
        const auto checked = verify_by_both(ballot, terms);
        BOOST_TEST_REQUIRE(checked.has_error());
        BOOST_TEST((checked.error() == BallotRefusal{BallotFault::terms}));
        const auto choice = choice_of(ShapeKind::grid, Bytes{1});
        BOOST_TEST(make_ballot(terms, choice, voting_key("delegate 1"), 1, randomness).has_error());
        BOOST_TEST(check_opening({}, ballot, terms).has_error());
    }
}

BOOST_AUTO_TEST_SUITE_END()
