#include "protocol/ballot/verify.hpp"

namespace plenum::ballot {

namespace {

/// (a, b) = Σ (alpha_j, beta_j).
Ciphertext sum_of(const std::vector<Ciphertext>& ciphertexts, const Statement& statement)
{
    Ciphertext sum;
    for (std::uint32_t i = 0; i < statement.count; ++i) {
        const Ciphertext& next = ciphertexts[statement.first + i * statement.step];
        sum = {add(sum.alpha, next.alpha), add(sum.beta, next.beta)};
    }
    return sum;
}

/// A = z·G + c·a and B = z·Y + c·(b − s·G).
bool branch_holds(const Commitment& commitment, const Scalar& c, const Scalar& z, const Ciphertext& sum,
                  std::uint64_t s, const Point& election_key)
{
    const Point off = subtract(sum.beta, times_generator(scalar_of(s)));
    return commitment.a == add(times_generator(z), times(c, sum.alpha)) &&
           commitment.b == add(times(z, election_key), times(c, off));
}

bool statement_holds(const StatementProof& proof, ByteView sent_challenges, const Challenge& whole,
                     const Ciphertext& sum, const Statement& statement, const Point& election_key)
{
    const auto challenges = branch_challenges(sent_challenges, whole);
    for (std::size_t j = 0; j < statement.values.size(); ++j) {
        if (!branch_holds(proof.commitments[j], scalar_of(challenges[j]), proof.answers[j], sum,
                          statement.values[j], election_key))
            return false;
    }
    return true;
}

/// K = z'·Gv + c·P.
bool credential_holds(const Ballot& ballot, const Challenge& whole, const Point& vote_generator)
{
    return ballot.credential_commitment ==
           add(times(ballot.credential_answer, vote_generator), times(scalar_of(whole), ballot.pseudonym));
}

} // namespace

BallotResult<CheckedBallot> verify_ballot(ByteView bytes, const BallotTerms& terms)
{
    if (!check_terms(terms)) return BallotRefusal{BallotFault::terms};
    auto ballot = decode_ballot(bytes, terms);
    if (!ballot) return ballot.error();
    const auto fields = split_ballot(bytes, terms);
    const Challenge whole = ballot_challenge(terms, *fields);
    const auto statements = statements_of(terms.shape, terms.base);
    for (std::uint32_t i = 0; i < statements.size(); ++i) {
        const Ciphertext sum = sum_of(ballot->ciphertexts, statements[i]);
        if (!statement_holds(ballot->proofs[i], fields->proofs[i].challenges, whole, sum, statements[i],
                             terms.election_key))
            return BallotRefusal{BallotFault::statement, i};
    }
    if (!credential_holds(*ballot, whole, terms.vote_generator))
        return BallotRefusal{BallotFault::credential};

    CheckedBallot checked;
    checked.context_ = terms.context;
    checked.pseudonym_ = ballot->pseudonym;
    checked.seq_ = ballot->seq;
    checked.ciphertexts_ = std::move(ballot->ciphertexts);
    checked.bytes_.assign(bytes.begin(), bytes.end());
    return checked;
}

} // namespace plenum::ballot
