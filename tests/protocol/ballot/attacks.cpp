#include "tests/protocol/ballot/attacks.hpp"

#include <boost/test/unit_test.hpp>
#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

namespace {

constexpr BallotRefusal first_statement{BallotFault::statement, 0};

/// q, little-endian: the smallest number that is not a scalar.
constexpr std::array<std::uint8_t, 32> order{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                             0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                             0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

/// RFC 9496 A.2, the first of the non-square x².
constexpr std::array<std::uint8_t, 32> non_square{
    0x26, 0x94, 0x8d, 0x35, 0xca, 0x62, 0xe6, 0x43, 0xe2, 0x6a, 0x83, 0x17, 0x73, 0x32, 0xe6, 0xb6,
    0xaf, 0xeb, 0x9d, 0x08, 0xe4, 0x26, 0x8b, 0x65, 0x0f, 0x1f, 0x5b, 0xbd, 0x8d, 0x81, 0xd3, 0x71};

const std::vector<std::string> one_of_each_kind{"motion", "one of five", "two seats, four candidates"};

Bytes honest(const SampleVote& vote)
{
    return made_ballot(terms_of(vote), vote.choices.front(), "delegate 1", 5000).bytes;
}

/// The same change to an honest ballot of every kind.
std::vector<Attack> of_each_kind(const std::string& why, BallotRefusal refusal,
                                 const std::function<void(Ballot&)>& change)
{
    std::vector<Attack> attacks;
    for (const auto& name : one_of_each_kind) {
        const SampleVote& vote = sample_vote(name);
        attacks.push_back({why, name, changed(honest(vote), terms_of(vote), change), refusal});
    }
    return attacks;
}

void append(std::vector<Attack>& all, std::vector<Attack> more)
{
    all.insert(all.end(), more.begin(), more.end());
}

/// Another spelling of the same number: it fits into 32 bytes as well.
void add_order(Scalar& scalar)
{
    sodium_add(scalar.bytes.data(), order.data(), order.size());
}

/// The other square root: decoding would lose its one spelling if negative numbers were points too.
void negate_field_element(Point& point)
{
    std::array<std::uint8_t, 32> p;
    p.fill(0xff);
    p.front() = 0xed;
    p.back() = 0x7f;
    sodium_sub(p.data(), point.bytes.data(), p.size());
    point.bytes = p;
}

void add_generator(Point& point)
{
    point = add(point, generator());
}

/// Ballots of a forger who encrypts what no choice stands for.
Attack forged(const std::string& why, const std::string& name, const std::vector<Scalar>& plaintexts,
              BallotRefusal refusal)
{
    const BallotTerms terms = terms_of(sample_vote(name));
    RepeatableRandomness randomness(7);
    Forger forger(terms, told(voting_key("delegate 1")), randomness);
    return {why, name, forger.forge(plaintexts, forger.draw(plaintexts.size()), 5000), refusal};
}

std::vector<Scalar> scalars(const std::vector<std::uint64_t>& numbers)
{
    std::vector<Scalar> list;
    for (const std::uint64_t number : numbers)
        list.push_back(scalar_of(number));
    return list;
}

/// K and z' of another delegate's key under the challenge the ballot has then.
void sign_as(Ballot& ballot, const std::string& delegate, const BallotTerms& terms)
{
    RepeatableRandomness randomness(8);
    const SecretScalar key = voting_key(delegate);
    const SecretScalar nonce = random_scalar(randomness);
    ballot.credential_commitment = times(nonce, terms.vote_generator);
    ballot.credential_answer = answer(nonce, scalar_of(challenge_of(terms, ballot)), key);
}

} // namespace

const SampleVote& sample_vote(const std::string& name)
{
    static const std::vector<SampleVote> votes = sample_votes();
    const auto found = std::ranges::find(votes, name, &SampleVote::name);
    BOOST_TEST_REQUIRE((found != votes.end()));
    return *found;
}

Bytes changed(const Bytes& ballot, const BallotTerms& terms, const std::function<void(Ballot&)>& change)
{
    auto decoded = decode_ballot(ballot, terms);
    BOOST_TEST_REQUIRE(decoded.has_value());
    change(*decoded);
    return encode_ballot(*decoded);
}

std::vector<Attack> wrong_envelopes()
{
    std::vector<Attack> attacks;
    for (const auto& name : one_of_each_kind) {
        const Bytes ballot = honest(sample_vote(name));
        Bytes longer = ballot;
        longer.push_back(0);
        Bytes other_version = ballot;
        other_version[0] = 2;
        Bytes other_vote = ballot;
        other_vote[1] ^= 1;
        attacks.push_back({"no bytes", name, {}, {BallotFault::wrong_length}});
        attacks.push_back({"one byte too many", name, longer, {BallotFault::wrong_length}});
        attacks.push_back(
            {"one byte too few", name, {ballot.begin(), ballot.end() - 1}, {BallotFault::wrong_length}});
        attacks.push_back({"version 2", name, other_version, {BallotFault::wrong_version}});
        attacks.push_back({"another vote's id", name, other_vote, {BallotFault::wrong_vote}});
    }
    return attacks;
}

std::vector<Attack> malleated_encodings()
{
    constexpr BallotRefusal point{BallotFault::not_canonical_point};
    constexpr BallotRefusal scalar{BallotFault::not_canonical_scalar};
    const auto high_bit = [](Point& encoding) { encoding.bytes[31] |= 0x80; };
    std::vector<Attack> all;
    const auto add = [&](const char* why, BallotRefusal refusal, const std::function<void(Ballot&)>& change) {
        append(all, of_each_kind(why, refusal, change));
    };
    add("pseudonym with its high bit set", point, [&](Ballot& b) { high_bit(b.pseudonym); });
    add("alpha as the negative field element", point,
        [](Ballot& b) { negate_field_element(b.ciphertexts[0].alpha); });
    add("beta with its high bit set", point, [&](Ballot& b) { high_bit(b.ciphertexts.back().beta); });
    add("beta that has no square root", point,
        [](Ballot& b) { std::ranges::copy(non_square, b.ciphertexts[0].beta.bytes.begin()); });
    add("A as the negative field element", point,
        [](Ballot& b) { negate_field_element(b.proofs[0].commitments[0].a); });
    add("B that is the field's modulus", point, [](Ballot& b) {
        b.proofs.back().commitments.back().b.bytes.fill(0xff);
        b.proofs.back().commitments.back().b.bytes.front() = 0xed;
        b.proofs.back().commitments.back().b.bytes.back() = 0x7f;
    });
    add("K with its high bit set", point, [&](Ballot& b) { high_bit(b.credential_commitment); });
    add("z with q added", scalar, [](Ballot& b) { add_order(b.proofs[0].answers[0]); });
    add("z that is q", scalar, [](Ballot& b) { b.proofs.back().answers.back().bytes = order; });
    add("z' with q added", scalar, [](Ballot& b) { add_order(b.credential_answer); });
    add("z' of ones", scalar, [](Ballot& b) { b.credential_answer.bytes.fill(0xff); });
    return all;
}

std::vector<Attack> identities()
{
    constexpr BallotRefusal identity{BallotFault::identity};
    std::vector<Attack> all;
    append(all, of_each_kind("the identity as pseudonym", identity, [](Ballot& b) { b.pseudonym = {}; }));
    append(all, of_each_kind("the identity as alpha: everybody could read it", identity,
                             [](Ballot& b) { b.ciphertexts.back().alpha = {}; }));
    return all;
}

std::vector<Attack> changed_fields()
{
    std::vector<Attack> all;
    const auto add = [&](const char* why, const std::function<void(Ballot&)>& change) {
        append(all, of_each_kind(why, first_statement, change));
    };
    add("alpha with G added", [](Ballot& b) { add_generator(b.ciphertexts[0].alpha); });
    add("beta with G added: one vote more", [](Ballot& b) { add_generator(b.ciphertexts[0].beta); });
    add("beta that is the identity", [](Ballot& b) { b.ciphertexts[0].beta = {}; });
    add("A with G added", [](Ballot& b) { add_generator(b.proofs[0].commitments[0].a); });
    add("B with G added", [](Ballot& b) { add_generator(b.proofs[0].commitments[0].b); });
    add("K with G added", [](Ballot& b) { add_generator(b.credential_commitment); });
    add("one bit of c", [](Ballot& b) { b.proofs[0].challenges[0][5] ^= 4; });
    add("one bit of z", [](Ballot& b) { b.proofs[0].answers[0].bytes[5] ^= 4; });
    for (const auto& name : one_of_each_kind) {
        const BallotTerms terms = terms_of(sample_vote(name));
        const Bytes ballot = changed(honest(sample_vote(name)), terms,
                                     [](Ballot& b) { b.proofs.back().answers.back().bytes[5] ^= 4; });
        const auto last = static_cast<std::uint32_t>(statements_of(terms.shape, terms.base).size() - 1);
        all.push_back({"one bit of the last z", name, ballot, {BallotFault::statement, last}});
    }
    append(all, of_each_kind("one bit of z'", {BallotFault::credential},
                             [](Ballot& b) { b.credential_answer.bytes[5] ^= 4; }));
    return all;
}

/// The copier's own pseudonym and a credential of his own: with P in the hash the proofs are void.
std::vector<Attack> copies_under_another_pseudonym()
{
    std::vector<Attack> attacks;
    for (const auto& name : one_of_each_kind) {
        const BallotTerms terms = terms_of(sample_vote(name));
        const Bytes ballot = changed(honest(sample_vote(name)), terms, [&](Ballot& b) {
            b.pseudonym = times(voting_key("delegate 2"), terms.vote_generator);
            sign_as(b, "delegate 2", terms);
        });
        attacks.push_back({"a copied ballot under the copier's credential", name, ballot, first_statement});
    }
    append(attacks, of_each_kind("a copied ballot under another pseudonym", first_statement,
                                 [](Ballot& b) { add_generator(b.pseudonym); }));
    return attacks;
}

/// A ballot of one vote sent to another of the same shape, and to a later round of the same vote.
std::vector<Attack> replays_across_votes()
{
    std::vector<Attack> attacks;
    for (const auto& name : one_of_each_kind) {
        const SampleVote& vote = sample_vote(name);
        SampleVote other = vote;
        other.name += " of yesterday";
        Bytes ballot = honest(other);
        std::ranges::copy(terms_of(vote).vote, ballot.begin() + 1);
        attacks.push_back({"a ballot of another vote with the id changed", name, ballot, first_statement});

        VoteContext round_before = context_of(vote);
        round_before.round = 2;
        const BallotTerms before = terms_of(round_before, vote.shape);
        attacks.push_back({"a ballot of another round", name,
                           made_ballot(before, vote.choices[0], "delegate 1", 5000).bytes, first_statement});

        VoteContext other_key = context_of(vote);
        other_key.election_key = generator();
        const BallotTerms readable = terms_of(other_key, vote.shape);
        attacks.push_back({"a ballot under another election key", name,
                           made_ballot(readable, vote.choices[0], "delegate 1", 5000).bytes,
                           first_statement});
    }
    return attacks;
}

std::vector<Attack> replays_under_another_seq()
{
    return of_each_kind("an earlier press under a higher seq", first_statement,
                        [](Ballot& b) { b.seq += 7; });
}

/// Every branch still holds for its own number, but in the wrong place.
std::vector<Attack> swapped_branches()
{
    return of_each_kind("the first two branches in each other's place", first_statement, [](Ballot& b) {
        StatementProof& proof = b.proofs[0];
        std::swap(proof.commitments[0], proof.commitments[1]);
        std::swap(proof.answers[0], proof.answers[1]);
        if (proof.challenges.size() > 1) std::swap(proof.challenges[0], proof.challenges[1]);
    });
}

/// The prover takes c − Σ modulo q where 2^128 is right. That differs when Σ > c, so he draws until it is.
std::vector<Attack> challenges_split_modulo_q()
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    RepeatableRandomness randomness(9);
    Forger forger(terms, told(voting_key("delegate 1")), randomness);
    for (;;) {
        const Draft draft = forger.commit({scalar_of(terms.base)}, forger.draw(1), 5000);
        const Draft::Branches& branches = draft.statements[0];
        const Challenge whole = challenge_of(terms, draft.ballot);
        const Scalar c = subtract(subtract(scalar_of(whole), branches.challenges[0]), branches.challenges[1]);
        if (c == scalar_of(missing_challenge(branches, whole))) continue;
        const Bytes ballot = changed(forger.respond(draft, whole), terms, [&](Ballot& b) {
            b.proofs[0].answers[2] = subtract(branches.nonce, multiply(c, branches.r));
        });
        return {{"challenges that add up modulo q only", "motion", ballot, first_statement}};
    }
}

std::vector<Attack> plaintexts_out_of_range()
{
    const auto minus_one = subtract(scalar_of(0), scalar_of(1));
    std::vector<Attack> attacks;
    attacks.push_back(forged("two approvals", "motion", scalars({2}), first_statement));
    attacks.push_back(forged("a vote taken away", "motion", {minus_one}, first_statement));
    attacks.push_back(forged("approve and oppose at once", "motion", scalars({1 + 4096}), first_statement));
    attacks.push_back(forged("a hundred marks for one option", "one of five", scalars({0, 0, 100, 0, 0}),
                             {BallotFault::statement, 2}));
    attacks.push_back(forged("a mark less for one and two for another", "one of five",
                             {minus_one, scalar_of(2), {}, {}, {}}, first_statement));
    attacks.push_back(
        forged("two marks of one", "one of five", scalars({1, 0, 1, 0, 0}), {BallotFault::statement, 5}));
    attacks.push_back(forged("no mark where one must be", "one of five", scalars({0, 0, 0, 0, 0}),
                             {BallotFault::statement, 5}));
    attacks.push_back(forged("approved and opposed", "two seats, four candidates",
                             scalars({0, 0, 1, 1, 0, 0, 0, 0}), {BallotFault::statement, 5}));
    attacks.push_back(forged("three approvals for two seats", "two seats, four candidates",
                             scalars({1, 0, 1, 0, 1, 0, 0, 0}), {BallotFault::statement, 12}));
    return attacks;
}

/// A ballot of another shape that has the same length.
std::vector<Attack> confused_shapes()
{
    SampleVote vote = sample_vote("one of five");
    vote.shape.min = vote.shape.max = 2;
    const Bytes ballot = made_ballot(terms_of(vote), {1, 1, 0, 0, 0}, "delegate 1", 5000).bytes;
    return {{"a ballot of exactly two of five", "one of five", ballot, first_statement},
            {"a ballot of one of five",
             "motion",
             honest(sample_vote("one of five")),
             {BallotFault::wrong_length}}};
}

/// Where c does not cover the ciphertexts, the forger commits first and chooses m afterwards: with
/// c_0 = c_1 = 0, A = u·G and B = u·Y + d·G in the last branch, c_2 is all of c and m = s_2 + d/c, a number
/// that would spoil the total.
WeakForgery weak_fiat_shamir_forgery(const BallotTerms& terms)
{
    RepeatableRandomness randomness(10);
    Forger forger(terms, told(voting_key("delegate 1")), randomness);
    Draft draft = forger.commit(scalars({0}), forger.draw(1), 5000);
    StatementProof& proof = draft.ballot.proofs[0];
    const Scalar u = forger.draw();
    const Scalar d = forger.draw();
    for (const std::size_t j : {0U, 1U}) {
        proof.answers.push_back(forger.draw());
        proof.challenges.push_back(Challenge{});
        proof.commitments[j] = {times_generator(proof.answers[j]),
                                times(proof.answers[j], terms.election_key)};
    }
    proof.commitments[2] = {times_generator(u), add(times(u, terms.election_key), times_generator(d))};

    Ballot without_ciphertexts = draft.ballot;
    without_ciphertexts.ciphertexts.clear();
    const Challenge weak = challenge_of(terms, without_ciphertexts);
    const Scalar c = scalar_of(weak);
    const Scalar r = forger.draw();
    const Scalar m = add(scalar_of(terms.base), multiply(d, invert(c)));
    draft.ballot.ciphertexts = {{times_generator(r), add(times(r, terms.election_key), times_generator(m))}};
    proof.answers.push_back(subtract(u, multiply(c, r)));
    draft.ballot.credential_answer =
        subtract(draft.credential_nonce, multiply(c, told(voting_key("delegate 1"))));
    return {encode_ballot(draft.ballot), weak};
}

std::vector<Attack> weak_fiat_shamir_forgeries()
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    return {{"a number chosen after a challenge that does not cover it", "motion",
             weak_fiat_shamir_forgery(terms).ballot, first_statement}};
}

/// Proofs made for the pseudonym of another, whose key the forger does not have.
std::vector<Attack> borrowed_credentials()
{
    const BallotTerms terms = terms_of(sample_vote("motion"));
    RepeatableRandomness randomness(11);
    Forger forger(terms, told(voting_key("delegate 1")), randomness);
    Draft draft = forger.commit(scalars({1}), forger.draw(1), 5000);
    draft.ballot.pseudonym = times(voting_key("delegate 2"), terms.vote_generator);
    const Bytes ballot = forger.respond(draft, challenge_of(terms, draft.ballot));
    return {{"the pseudonym of somebody else", "motion", ballot, {BallotFault::credential}}};
}

std::vector<Attack> all_attacks()
{
    std::vector<Attack> all;
    for (const auto& some :
         {wrong_envelopes(), malleated_encodings(), identities(), changed_fields(),
          copies_under_another_pseudonym(), replays_across_votes(), replays_under_another_seq(),
          swapped_branches(), challenges_split_modulo_q(), plaintexts_out_of_range(), confused_shapes(),
          weak_fiat_shamir_forgeries(), borrowed_credentials()})
        append(all, some);
    return all;
}

std::vector<Bytes> agreed_ciphertexts(const SampleVote& vote)
{
    const BallotTerms terms = terms_of(vote);
    RepeatableRandomness randomness(12);
    std::vector<Bytes> ballots;
    std::vector<Scalar> agreed;
    for (const char* delegate : {"delegate 1", "delegate 2"}) {
        Forger forger(terms, told(voting_key(delegate)), randomness);
        if (agreed.empty()) agreed = forger.draw(ciphertext_count(vote.shape));
        std::vector<Scalar> plaintexts;
        const auto choice = choice_of(vote.shape.kind, vote.choices.front());
        const auto secret = plaintexts_of(choice, vote.shape, terms.base);
        BOOST_TEST_REQUIRE(secret.has_value());
        for (const SecretScalar& plaintext : *secret)
            plaintexts.push_back(told(plaintext));
        ballots.push_back(forger.forge(plaintexts, agreed, 5000));
    }
    return ballots;
}

} // namespace plenum::ballot
