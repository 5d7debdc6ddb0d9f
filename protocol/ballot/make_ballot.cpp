#include "protocol/ballot/make_ballot.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

namespace {

/// The secret numbers of one ballot. Each is hedged (docs/ballot_protocol.md 1), and counted, so that a
/// source that stands still gives neither two equal numbers nor one an outsider could compute.
class Draws {
public:
    Draws(const Transcript& so_far, Randomness& randomness) : so_far_(so_far.hash()), randomness_(randomness)
    {}

    SecretScalar next(const SecretScalar& secret)
    {
        return Transcript("plenum/ballot-draw/v1").raw(so_far_).u32(count_++).nonce(secret, randomness_);
    }

private:
    Hash512 so_far_;
    Randomness& randomness_;
    std::uint32_t count_ = 0;
};

/// A number below 2^128 out of one below q; the other bits are thrown away.
SecretScalar as_challenge(const SecretScalar& scalar)
{
    SecretScalar challenge;
    std::ranges::copy(scalar.reveal().first<sizeof(Challenge)>(), challenge.fill().begin());
    return challenge;
}

/// r·Y + m·G. Either summand alone would tell m to whoever reads this memory later.
Point masked(const SecretScalar& m, const SecretScalar& r, const Point& election_key)
{
    Point mask = times(r, election_key);
    Point plain = times_generator(m);
    const Point sum = add(mask, plain);
    wipe(mask.bytes);
    wipe(plain.bytes);
    return sum;
}

/// 0xFF when the two numbers are equal, else 0.
std::uint8_t equal_mask(const SecretScalar& left, const SecretScalar& right)
{
    const int difference = sodium_memcmp(left.reveal().data(), right.reveal().data(), SecretScalar::size);
    return static_cast<std::uint8_t>(~difference);
}

/// What the prover remembers of a branch until the challenge is known.
struct OpenBranch {
    SecretScalar nonce;        ///< u: A = u·G
    SecretScalar challenge;    ///< c_j, drawn; of the real branch not yet the one it will have
    std::uint8_t is_real_mask; ///< 0xFF for the branch that is true
};

/// A statement with the sums of what it speaks of.
struct OpenStatement {
    SecretScalar randomness; ///< r = Σ r_j
    std::vector<OpenBranch> branches;
};

class Prover {
public:
    Prover(const BallotTerms& terms, const SecretScalar& voting_key, std::uint32_t seq,
           Randomness& randomness)
        : terms_(terms), voting_key_(voting_key), randomness_(randomness)
    {
        ballot_.vote = terms.vote;
        ballot_.pseudonym = times(voting_key, terms.vote_generator);
        ballot_.seq = seq;
    }

    MadeBallot prove(std::vector<SecretScalar> plaintexts)
    {
        opening_.plaintexts = std::move(plaintexts);
        Transcript so_far("plenum/ballot/v1");
        so_far.raw(terms_.context).point(ballot_.pseudonym).u32(ballot_.seq);
        so_far.u32(ciphertext_count(terms_.shape));
        encrypt(Draws(so_far, randomness_));
        for (const auto& [alpha, beta] : ballot_.ciphertexts)
            so_far.point(alpha).point(beta);
        commit(Draws(so_far, randomness_));
        respond(challenge());
        return {encode_ballot(ballot_), std::move(opening_)};
    }

private:
    /// (alpha, beta) = (r·G, r·Y + m·G). The secret of the draw is x + m, so that two choices never share an
    /// r.
    void encrypt(Draws draws)
    {
        for (const SecretScalar& m : opening_.plaintexts) {
            const SecretScalar& r = opening_.randomness.emplace_back(draws.next(add(voting_key_, m)));
            ballot_.ciphertexts.push_back({times_generator(r), masked(m, r, terms_.election_key)});
        }
    }

    void commit(Draws draws)
    {
        for (const Statement& statement : statements_of(terms_.shape, terms_.base)) {
            StatementProof& proof = ballot_.proofs.emplace_back();
            OpenStatement& open = statements_.emplace_back();
            SecretScalar m;
            for (std::uint32_t i = 0; i < statement.count; ++i) {
                const std::size_t at = statement.first + i * statement.step;
                m = add(m, opening_.plaintexts[at]);
                open.randomness = add(open.randomness, opening_.randomness[at]);
            }
            for (const std::uint64_t value : statement.values)
                commit_branch(open, proof, m, secret_scalar_of(value), draws);
        }
        credential_nonce_ = draws.next(voting_key_);
        ballot_.credential_commitment = times(credential_nonce_, terms_.vote_generator);
    }

    /// u = z + c·r, A = u·G, B = u·Y + c·(m − s)·G with z and c drawn. In the true branch m − s is zero, so u
    /// is the w of an honest answer there: true and simulated branches are made by the same steps.
    void commit_branch(OpenStatement& open, StatementProof& proof, const SecretScalar& m,
                       const SecretScalar& s, Draws& draws)
    {
        const SecretScalar z = draws.next(voting_key_);
        SecretScalar c = as_challenge(draws.next(voting_key_));
        SecretScalar u = add(z, multiply(c, open.randomness));
        const SecretScalar off = multiply(c, subtract(m, s));
        proof.commitments.push_back({times_generator(u), masked(off, u, terms_.election_key)});
        open.branches.push_back({std::move(u), std::move(c), equal_mask(m, s)});
    }

    /// Of the ballot without its answers: they are not hashed.
    Challenge challenge() const
    {
        Ballot unanswered = ballot_;
        for (StatementProof& proof : unanswered.proofs) {
            proof.challenges.resize(proof.commitments.size() - 1);
            proof.answers.resize(proof.commitments.size());
        }
        const Bytes bytes = encode_ballot(unanswered);
        const auto fields = split_ballot(bytes, terms_);
        PLENUM_ASSERT(fields.has_value());
        return ballot_challenge(terms_, *fields);
    }

    void respond(const Challenge& whole)
    {
        for (std::size_t i = 0; i < statements_.size(); ++i)
            respond_to_statement(statements_[i], ballot_.proofs[i], whole);
        ballot_.credential_answer = answer(credential_nonce_, scalar_of(whole), voting_key_);
    }

    /// The true branch takes up what is missing, c − Σ c_j; then z = u − c_j·r in every branch, which in a
    /// simulated one is the z that was drawn.
    static void respond_to_statement(OpenStatement& open, StatementProof& proof, const Challenge& whole)
    {
        SecretScalar missing;
        std::ranges::copy(whole, missing.fill().begin());
        for (const OpenBranch& branch : open.branches)
            sodium_sub(missing.fill().data(), branch.challenge.reveal().data(), sizeof(Challenge));
        for (OpenBranch& branch : open.branches) {
            SecretScalar taken;
            for (std::size_t i = 0; i < sizeof(Challenge); ++i)
                taken.fill()[i] = missing.reveal()[i] & branch.is_real_mask;
            sodium_add(branch.challenge.fill().data(), taken.reveal().data(), sizeof(Challenge));
            Challenge told;
            std::ranges::copy(branch.challenge.reveal().first<sizeof(Challenge)>(), told.begin());
            proof.challenges.push_back(told);
            proof.answers.push_back(answer(branch.nonce, scalar_of(told), open.randomness));
        }
        proof.challenges.pop_back(); // the last follows from the others
    }

    const BallotTerms& terms_;
    const SecretScalar& voting_key_;
    Randomness& randomness_;
    Ballot ballot_;
    Opening opening_;
    std::vector<OpenStatement> statements_;
    SecretScalar credential_nonce_;
};

} // namespace

Result<MadeBallot> make_ballot(const BallotTerms& terms, const BallotChoice& choice,
                               const SecretScalar& voting_key, std::uint32_t seq, Randomness& randomness)
{
    if (const auto usable = check_terms(terms); !usable) return usable.error();
    auto plaintexts = plaintexts_of(choice, terms.shape, terms.base);
    if (!plaintexts) return plaintexts.error();
    return Prover(terms, voting_key, seq, randomness).prove(std::move(*plaintexts));
}

} // namespace plenum::ballot
