// The batch verifier: ballots are decoded, all their equations added up, and the sum halved until the bad
// ballots are found. With the reference it shares the cutting of bytes and the transcript, and no arithmetic.
#include "protocol/ballot/multi_scalar.hpp"
#include "protocol/ballot/verify.hpp"

#include <algorithm>

namespace plenum::ballot {

namespace {

constexpr std::size_t point_bytes = 32;
constexpr std::size_t scalar_bytes = 32;

/// Beyond this many points a sum gains little from more, and they would not stay in the processor's cache.
constexpr std::size_t points_at_once_max = 16'384;

/// What all ballots of a vote have in common.
struct OpenTerms {
    std::vector<Statement> statements;
    OpenPoint generator;
    OpenPoint election_key;
    OpenPoint vote_generator;
};

struct PointPair {
    OpenPoint a;
    OpenPoint b;
};

struct OpenProof {
    std::vector<PointPair> commitments;
    std::vector<OpenScalar> challenges; ///< c_j, all k of them
    std::vector<OpenScalar> answers;
};

/// A ballot whose points and scalars are decoded; nothing is proven.
struct OpenBallot {
    OpenPoint pseudonym;
    std::vector<PointPair> ciphertexts;
    std::vector<OpenProof> proofs;
    OpenPoint credential_commitment;
    OpenScalar credential_answer;
    OpenScalar challenge; ///< c
};

/// Decodes fields one after another and keeps the first fault.
class OpenFieldReader {
public:
    OpenPoint point(ByteView field)
    {
        const auto point = OpenPoint::decode(field);
        if (!point) refuse(BallotFault::not_canonical_point);
        return point.value_or(OpenPoint());
    }
    OpenPoint point_but_not_identity(ByteView field)
    {
        const OpenPoint point = this->point(field);
        if (point.is_identity()) refuse(BallotFault::identity);
        return point;
    }
    OpenScalar scalar(ByteView field)
    {
        const auto scalar = OpenScalar::decode(field);
        if (!scalar) refuse(BallotFault::not_canonical_scalar);
        return scalar.value_or(OpenScalar());
    }
    const std::optional<BallotRefusal>& refusal() const { return refusal_; }

private:
    void refuse(BallotFault fault)
    {
        if (!refusal_) refusal_ = BallotRefusal{fault};
    }

    std::optional<BallotRefusal> refusal_;
};

/// Bytes OpenPoint::decode has accepted.
Point decoded_before(ByteView bytes)
{
    Point point;
    std::ranges::copy(bytes, point.bytes.begin());
    return point;
}

ByteView field(ByteView fields, std::size_t index, std::size_t size)
{
    return fields.subspan(index * size, size);
}

OpenProof open_proof(const ProofFields& fields, const Challenge& whole, OpenFieldReader& reader)
{
    OpenProof proof;
    for (std::size_t i = 0; i < fields.commitments.size() / point_bytes; i += 2) {
        const OpenPoint a = reader.point(field(fields.commitments, i, point_bytes));
        proof.commitments.push_back({a, reader.point(field(fields.commitments, i + 1, point_bytes))});
    }
    for (const Challenge& challenge : branch_challenges(fields.challenges, whole))
        proof.challenges.emplace_back(challenge);
    for (std::size_t i = 0; i < fields.answers.size() / scalar_bytes; ++i)
        proof.answers.push_back(reader.scalar(field(fields.answers, i, scalar_bytes)));
    return proof;
}

BallotResult<OpenBallot> open_ballot(const BallotFields& fields, const BallotTerms& terms)
{
    OpenBallot ballot;
    OpenFieldReader reader;
    const Challenge whole = ballot_challenge(terms, fields);
    ballot.pseudonym = reader.point_but_not_identity(fields.pseudonym);
    for (std::size_t i = 0; i < fields.ciphertexts.size() / point_bytes; i += 2) {
        const OpenPoint alpha = reader.point_but_not_identity(field(fields.ciphertexts, i, point_bytes));
        ballot.ciphertexts.push_back({alpha, reader.point(field(fields.ciphertexts, i + 1, point_bytes))});
    }
    for (const ProofFields& proof : fields.proofs)
        ballot.proofs.push_back(open_proof(proof, whole, reader));
    ballot.credential_commitment = reader.point(fields.credential_commitment);
    ballot.credential_answer = reader.scalar(fields.credential_answer);
    ballot.challenge = OpenScalar(whole);
    if (reader.refusal()) return *reader.refusal();
    return ballot;
}

/// Σ over equations of ρ·(left side − right side), which is the identity when all of them hold and else only
/// with probability 2^-128. The generators of the vote occur in every equation and become one term each.
class EquationSum {
public:
    EquationSum(const OpenTerms& terms, Randomness& randomness) : terms_(terms), randomness_(randomness) {}

    /// The statements `first` up to `last`, without it.
    void add_statements(const OpenBallot& ballot, std::size_t first, std::size_t last)
    {
        std::vector<Factors> factors(ballot.ciphertexts.size());
        for (std::size_t i = first; i < last; ++i)
            add_statement(terms_.statements[i], ballot.proofs[i], factors);
        for (std::size_t i = 0; i < factors.size(); ++i) {
            terms_of_ballots_.push_back({&ballot.ciphertexts[i].a, factors[i].of_alpha});
            terms_of_ballots_.push_back({&ballot.ciphertexts[i].b, factors[i].of_beta});
        }
    }

    /// ρ·(K − z'·Gv − c·P).
    void add_credential(const OpenBallot& ballot)
    {
        const OpenScalar rho = add_commitment(ballot.credential_commitment);
        of_vote_generator_ -= rho * ballot.credential_answer;
        OpenScalar of_pseudonym;
        of_pseudonym -= rho * ballot.challenge;
        terms_of_ballots_.push_back({&ballot.pseudonym, of_pseudonym});
    }

    bool is_identity()
    {
        terms_of_ballots_.push_back({&terms_.generator, of_generator_});
        terms_of_ballots_.push_back({&terms_.election_key, of_election_key_});
        terms_of_ballots_.push_back({&terms_.vote_generator, of_vote_generator_});
        return multi_scalar(terms_of_ballots_, commitments_).is_identity();
    }

private:
    /// By what a ciphertext is multiplied in all statements together.
    struct Factors {
        OpenScalar of_alpha;
        OpenScalar of_beta;
    };

    /// ρ·(A − z·G − c·a) + ρ'·(B − z·Y − c·b + c·s·G) for every branch, where (a,b) = Σ (alpha_j, beta_j).
    void add_statement(const Statement& statement, const OpenProof& proof, std::vector<Factors>& factors)
    {
        Factors of_sum;
        for (std::size_t j = 0; j < statement.values.size(); ++j) {
            const OpenScalar rho_a = add_commitment(proof.commitments[j].a);
            const OpenScalar rho_b = add_commitment(proof.commitments[j].b);
            const OpenScalar rho_b_c = rho_b * proof.challenges[j];
            of_sum.of_alpha -= rho_a * proof.challenges[j];
            of_sum.of_beta -= rho_b_c;
            of_generator_ -= rho_a * proof.answers[j];
            of_generator_ += rho_b_c * OpenScalar(statement.values[j]);
            of_election_key_ -= rho_b * proof.answers[j];
        }
        for (std::uint32_t i = 0; i < statement.count; ++i) {
            factors[statement.first + i * statement.step].of_alpha += of_sum.of_alpha;
            factors[statement.first + i * statement.step].of_beta += of_sum.of_beta;
        }
    }

    /// Draws the ρ of an equation, whose commitment stands in it with that factor alone.
    OpenScalar add_commitment(const OpenPoint& commitment)
    {
        Challenge bytes;
        randomness_.fill(bytes);
        const OpenScalar rho(bytes);
        commitments_.push_back({&commitment, rho});
        return rho;
    }

    const OpenTerms& terms_;
    Randomness& randomness_;
    OpenScalar of_generator_;
    OpenScalar of_election_key_;
    OpenScalar of_vote_generator_;
    std::vector<Term> terms_of_ballots_;
    std::vector<Term> commitments_; ///< their factors are short
};

} // namespace

/// One call of verify_ballots.
class BatchVerifier {
public:
    BatchVerifier(const BallotTerms& terms, Randomness& randomness) : terms_(terms), randomness_(randomness)
    {
        const auto election_key = OpenPoint::decode(terms.election_key.bytes);
        const auto vote_generator = OpenPoint::decode(terms.vote_generator.bytes);
        if (!check_terms(terms) || !election_key || !vote_generator) return;
        open_terms_ = OpenTerms{statements_of(terms.shape, terms.base), *OpenPoint::decode(generator().bytes),
                                *election_key, *vote_generator};
        for (const Statement& statement : open_terms_->statements)
            points_per_ballot_ += 2 * statement.values.size();
        points_per_ballot_ += 2 * ciphertext_count(terms.shape) + 2;
    }

    std::vector<BallotResult<CheckedBallot>> verify(std::span<const ByteView> ballots)
    {
        std::vector<BallotResult<CheckedBallot>> results;
        results.reserve(ballots.size());
        const std::size_t at_once = std::max<std::size_t>(points_at_once_max / points_per_ballot_, 1);
        for (; !ballots.empty(); ballots = ballots.subspan(std::min(at_once, ballots.size())))
            verify_some(ballots.first(std::min(at_once, ballots.size())), results);
        return results;
    }

private:
    struct Candidate {
        std::size_t index = 0; ///< among those verified at once
        OpenBallot ballot;
    };

    void verify_some(std::span<const ByteView> ballots, std::vector<BallotResult<CheckedBallot>>& results)
    {
        refusals_.assign(ballots.size(), std::nullopt);
        std::vector<BallotFields> fields(ballots.size());
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < ballots.size(); ++i) {
            auto opened = open(ballots[i], fields[i]);
            if (opened) {
                candidates.push_back({i, std::move(*opened)});
            } else {
                refusals_[i] = opened.error();
            }
        }
        search(candidates);
        for (std::size_t i = 0; i < ballots.size(); ++i) {
            if (refusals_[i]) {
                results.push_back(*refusals_[i]);
            } else {
                results.push_back(checked(ballots[i], fields[i]));
            }
        }
    }

    BallotResult<OpenBallot> open(ByteView bytes, BallotFields& fields) const
    {
        if (!open_terms_) return BallotRefusal{BallotFault::terms};
        auto split = split_ballot(bytes, terms_);
        if (!split) return split.error();
        fields = std::move(*split);
        return open_ballot(fields, terms_);
    }

    /// Refuses every bad ballot among the candidates: whole, then by halves.
    void search(std::span<const Candidate> candidates)
    {
        if (candidates.empty() || all_hold(candidates)) return;
        if (candidates.size() == 1) {
            refusals_[candidates[0].index] = reason(candidates[0].ballot);
            return;
        }
        search(candidates.first(candidates.size() / 2));
        search(candidates.subspan(candidates.size() / 2));
    }

    bool all_hold(std::span<const Candidate> candidates)
    {
        EquationSum sum(*open_terms_, randomness_);
        for (const Candidate& candidate : candidates) {
            sum.add_statements(candidate.ballot, 0, open_terms_->statements.size());
            sum.add_credential(candidate.ballot);
        }
        return sum.is_identity();
    }

    /// Of a ballot that is bad: its first statement that does not hold, else the credential.
    BallotRefusal reason(const OpenBallot& ballot)
    {
        for (std::uint32_t i = 0; i < open_terms_->statements.size(); ++i) {
            EquationSum sum(*open_terms_, randomness_);
            sum.add_statements(ballot, i, i + 1);
            if (!sum.is_identity()) return {BallotFault::statement, i};
        }
        return {BallotFault::credential};
    }

    CheckedBallot checked(ByteView bytes, const BallotFields& fields) const
    {
        CheckedBallot checked;
        checked.context_ = terms_.context;
        checked.pseudonym_ = decoded_before(fields.pseudonym);
        checked.seq_ = fields.seq;
        for (std::size_t i = 0; i < fields.ciphertexts.size() / point_bytes; i += 2)
            checked.ciphertexts_.push_back({decoded_before(field(fields.ciphertexts, i, point_bytes)),
                                            decoded_before(field(fields.ciphertexts, i + 1, point_bytes))});
        checked.bytes_.assign(bytes.begin(), bytes.end());
        return checked;
    }

    const BallotTerms& terms_;
    Randomness& randomness_;
    std::optional<OpenTerms> open_terms_; ///< empty when no ballot can hold
    std::size_t points_per_ballot_ = 1;
    std::vector<std::optional<BallotRefusal>> refusals_;
};

std::vector<BallotResult<CheckedBallot>> verify_ballots(std::span<const ByteView> ballots,
                                                        const BallotTerms& terms, Randomness& randomness)
{
    return BatchVerifier(terms, randomness).verify(ballots);
}

} // namespace plenum::ballot
