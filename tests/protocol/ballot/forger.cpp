#include "tests/protocol/ballot/forger.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

Scalar told(const SecretScalar& secret)
{
    Scalar scalar;
    std::ranges::copy(secret.reveal(), scalar.bytes.begin());
    return scalar;
}

Challenge as_challenge(const Scalar& scalar)
{
    Challenge challenge;
    std::copy_n(scalar.bytes.begin(), challenge.size(), challenge.begin());
    return challenge;
}

Scalar Forger::draw()
{
    return told(random_scalar(randomness_));
}

std::vector<Scalar> Forger::draw(std::size_t count)
{
    std::vector<Scalar> scalars;
    for (std::size_t i = 0; i < count; ++i)
        scalars.push_back(draw());
    return scalars;
}

Draft Forger::commit(const std::vector<Scalar>& plaintexts, const std::vector<Scalar>& randomness,
                     std::uint32_t seq)
{
    Draft draft;
    Ballot& ballot = draft.ballot;
    ballot.vote = terms_.vote;
    ballot.pseudonym = times(voting_key_, terms_.vote_generator);
    ballot.seq = seq;
    for (std::size_t j = 0; j < plaintexts.size(); ++j) {
        const Point mask = times(randomness[j], terms_.election_key);
        ballot.ciphertexts.push_back(
            {times_generator(randomness[j]), add(mask, times_generator(plaintexts[j]))});
    }
    for (const auto& [first, count, step, values] : statements_of(terms_.shape, terms_.base)) {
        Scalar m;
        Scalar r;
        for (std::uint32_t i = 0; i < count; ++i) {
            m = add(m, plaintexts[first + i * step]);
            r = add(r, randomness[first + i * step]);
        }
        draft.statements.push_back(commit_statement(values, ballot.proofs.emplace_back(), m, r));
    }
    draft.credential_nonce = draw();
    ballot.credential_commitment = times(draft.credential_nonce, terms_.vote_generator);
    return draft;
}

/// A = w·G, B = w·Y in the claimed branch; in the others A = u·G, B = u·Y + c·(m − s)·G with u = z + c·r.
Draft::Branches Forger::commit_statement(const std::vector<std::uint64_t>& values, StatementProof& proof,
                                         const Scalar& m, const Scalar& r)
{
    Draft::Branches branches;
    branches.m = m;
    branches.r = r;
    for (std::size_t j = 0; j < values.size(); ++j)
        if (scalar_of(values[j]) == m) branches.claimed = j;
    for (std::size_t j = 0; j < values.size(); ++j) {
        const Scalar z = draw();
        const Scalar c = scalar_of(as_challenge(draw()));
        if (j == branches.claimed) {
            branches.nonce = z;
            proof.commitments.push_back({times_generator(z), times(z, terms_.election_key)});
        } else {
            const Scalar u = add(z, multiply(c, r));
            const Scalar off = multiply(c, subtract(m, scalar_of(values[j])));
            proof.commitments.push_back(
                {times_generator(u), add(times(u, terms_.election_key), times_generator(off))});
        }
        branches.challenges.push_back(j == branches.claimed ? Scalar{} : c);
        branches.answers.push_back(z);
    }
    return branches;
}

Challenge missing_challenge(const Draft::Branches& branches, const Challenge& whole)
{
    Challenge missing = whole;
    for (const Scalar& challenge : branches.challenges)
        sodium_sub(missing.data(), as_challenge(challenge).data(), missing.size());
    return missing;
}

Bytes Forger::respond(const Draft& draft, const Challenge& whole) const
{
    Ballot ballot = draft.ballot;
    for (std::size_t i = 0; i < draft.statements.size(); ++i) {
        Draft::Branches branches = draft.statements[i];
        const Scalar c = scalar_of(missing_challenge(branches, whole));
        branches.challenges[branches.claimed] = c;
        branches.answers[branches.claimed] = subtract(branches.nonce, multiply(c, branches.r));
        for (const Scalar& challenge : branches.challenges)
            ballot.proofs[i].challenges.push_back(as_challenge(challenge));
        ballot.proofs[i].challenges.pop_back();
        ballot.proofs[i].answers = branches.answers;
    }
    ballot.credential_answer = subtract(draft.credential_nonce, multiply(scalar_of(whole), voting_key_));
    return encode_ballot(ballot);
}

Bytes Forger::forge(const std::vector<Scalar>& plaintexts, const std::vector<Scalar>& randomness,
                    std::uint32_t seq)
{
    const Draft draft = commit(plaintexts, randomness, seq);
    return respond(draft, challenge_of(terms_, draft.ballot));
}

Challenge challenge_of(const BallotTerms& terms, const Ballot& ballot)
{
    Writer t;
    t.u32(16);
    t.raw(std::string_view("plenum/ballot/v1"));
    t.raw(terms.context);
    t.raw(ballot.pseudonym.bytes);
    t.u32(ballot.seq);
    t.u32(static_cast<std::uint32_t>(ballot.ciphertexts.size()));
    for (const auto& [alpha, beta] : ballot.ciphertexts) {
        t.raw(alpha.bytes);
        t.raw(beta.bytes);
    }
    t.u32(static_cast<std::uint32_t>(ballot.proofs.size()));
    for (const StatementProof& proof : ballot.proofs) {
        t.u32(static_cast<std::uint32_t>(proof.commitments.size()));
        for (const auto& [a, b] : proof.commitments) {
            t.raw(a.bytes);
            t.raw(b.bytes);
        }
    }
    t.raw(ballot.credential_commitment.bytes);
    std::array<std::uint8_t, 64> hash;
    crypto_hash_sha512(hash.data(), t.bytes().data(), t.size());
    Challenge challenge;
    std::copy_n(hash.begin(), challenge.size(), challenge.begin());
    return challenge;
}

} // namespace plenum::ballot
