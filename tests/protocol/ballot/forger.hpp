#pragma once

#include "protocol/ballot/ballot.hpp"

namespace plenum::ballot {

/// A ballot between commitments and answers, with everything its prover knows. Nothing is secret here.
struct Draft {
    struct Branches {
        Scalar m;                       ///< what the ciphertexts of the statement add up to
        Scalar r;                       ///< and their randomness
        std::size_t claimed = 0;        ///< the branch that takes up the challenge
        std::vector<Scalar> challenges; ///< c_j; that of the claimed branch comes last
        std::vector<Scalar> answers;    ///< z_j
        Scalar nonce;                   ///< w of the claimed branch
    };

    Ballot ballot; ///< complete but for challenges and answers
    std::vector<Branches> statements;
    Scalar credential_nonce;
};

/// A second prover, written from docs/ballot_protocol.md 4 and not from make_ballot, that does what it is
/// told, also what no console would: numbers no choice stands for, chosen randomness, a challenge of its own.
class Forger {
public:
    Forger(const BallotTerms& terms, const Scalar& voting_key, Randomness& randomness)
        : terms_(terms), voting_key_(voting_key), randomness_(randomness)
    {}

    /// Encrypts these m_j with these r_j and commits. Where no branch is true the first is claimed.
    Draft commit(const std::vector<Scalar>& plaintexts, const std::vector<Scalar>& randomness,
                 std::uint32_t seq);
    /// Takes up the challenge as an honest prover does.
    Bytes respond(const Draft& draft, const Challenge& whole) const;
    /// Both, with the challenge that is right.
    Bytes forge(const std::vector<Scalar>& plaintexts, const std::vector<Scalar>& randomness,
                std::uint32_t seq);

    Scalar draw();
    std::vector<Scalar> draw(std::size_t count);

private:
    Draft::Branches commit_statement(const std::vector<std::uint64_t>& values, StatementProof& proof,
                                     const Scalar& m, const Scalar& r);

    const BallotTerms& terms_;
    Scalar voting_key_;
    Randomness& randomness_;
};

/// chal(T) of a draft, spelled out field by field.
Challenge challenge_of(const BallotTerms& terms, const Ballot& ballot);
/// c − Σ of all other challenges, modulo 2^128.
Challenge missing_challenge(const Draft::Branches& branches, const Challenge& whole);
/// The low half of a scalar; the rest must be zero.
Challenge as_challenge(const Scalar& scalar);
/// The public form of a secret, which a forger may know.
Scalar told(const SecretScalar& secret);

} // namespace plenum::ballot
