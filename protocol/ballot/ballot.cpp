#include "protocol/ballot/ballot.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <optional>

namespace plenum::ballot {

namespace {

constexpr std::uint8_t ballot_version = 1;
constexpr std::size_t point_bytes = 32;
constexpr std::size_t scalar_bytes = 32;
constexpr std::size_t challenge_bytes = sizeof(Challenge);

bool is_usable(const Point& point)
{
    return !point.is_identity() && parse_point(point.bytes).has_value();
}

/// Reads fields one after another and keeps the first fault, so that a decoder asks once.
class BallotReader {
public:
    explicit BallotReader(ByteView fields) : rest_(fields) {}

    Point point()
    {
        const auto point = parse_point(next(point_bytes));
        if (!point) refuse(BallotFault::not_canonical_point);
        return point ? *point : Point{};
    }
    Point point_but_not_identity()
    {
        const Point point = this->point();
        if (point.is_identity()) refuse(BallotFault::identity);
        return point;
    }
    Scalar scalar()
    {
        const auto scalar = parse_scalar(next(scalar_bytes));
        if (!scalar) refuse(BallotFault::not_canonical_scalar);
        return scalar ? *scalar : Scalar{};
    }
    Challenge challenge()
    {
        Challenge challenge;
        std::ranges::copy(next(challenge_bytes), challenge.begin());
        return challenge;
    }
    void begin(ByteView fields) { rest_ = fields; }
    bool at_end() const { return rest_.empty(); }
    const std::optional<BallotRefusal>& refusal() const { return refusal_; }

private:
    ByteView next(std::size_t size)
    {
        const ByteView field = rest_.first(size);
        rest_ = rest_.subspan(size);
        return field;
    }
    void refuse(BallotFault fault)
    {
        if (!refusal_) refusal_ = BallotRefusal{fault};
    }

    ByteView rest_;
    std::optional<BallotRefusal> refusal_;
};

StatementProof read_proof(BallotReader& reader, const ProofFields& fields)
{
    StatementProof proof;
    for (reader.begin(fields.commitments); !reader.at_end();) {
        const Point a = reader.point();
        proof.commitments.push_back({a, reader.point()});
    }
    for (reader.begin(fields.challenges); !reader.at_end();)
        proof.challenges.push_back(reader.challenge());
    for (reader.begin(fields.answers); !reader.at_end();)
        proof.answers.push_back(reader.scalar());
    return proof;
}

} // namespace

Bytes encode_ballot(const Ballot& ballot)
{
    Writer bytes;
    bytes.u8(ballot_version);
    bytes.raw(ballot.vote);
    bytes.raw(ballot.pseudonym.bytes);
    bytes.u32(ballot.seq);
    for (const auto& [alpha, beta] : ballot.ciphertexts) {
        bytes.raw(alpha.bytes);
        bytes.raw(beta.bytes);
    }
    for (const StatementProof& proof : ballot.proofs) {
        for (const auto& [a, b] : proof.commitments) {
            bytes.raw(a.bytes);
            bytes.raw(b.bytes);
        }
        for (const Challenge& challenge : proof.challenges)
            bytes.raw(challenge);
        for (const Scalar& answer : proof.answers)
            bytes.raw(answer.bytes);
    }
    bytes.raw(ballot.credential_commitment.bytes);
    bytes.raw(ballot.credential_answer.bytes);
    return bytes.take();
}

BallotResult<Ballot> decode_ballot(ByteView bytes, const BallotTerms& terms)
{
    const auto fields = split_ballot(bytes, terms);
    if (!fields) return fields.error();
    Ballot ballot;
    ballot.vote = terms.vote;
    ballot.seq = fields->seq;
    BallotReader reader(fields->pseudonym);
    ballot.pseudonym = reader.point_but_not_identity();
    for (reader.begin(fields->ciphertexts); !reader.at_end();) {
        const Point alpha = reader.point_but_not_identity();
        ballot.ciphertexts.push_back({alpha, reader.point()});
    }
    for (const ProofFields& proof : fields->proofs)
        ballot.proofs.push_back(read_proof(reader, proof));
    reader.begin(fields->credential_commitment);
    ballot.credential_commitment = reader.point();
    reader.begin(fields->credential_answer);
    ballot.credential_answer = reader.scalar();
    if (reader.refusal()) return *reader.refusal();
    return ballot;
}

Result<void> check_terms(const BallotTerms& terms)
{
    if (const auto shape = check_shape(terms.shape); !shape) return shape.error();
    if (terms.base < 2 || !std::has_single_bit(terms.base)) return fault(Fault::out_of_range);
    if (!is_usable(terms.election_key) || !is_usable(terms.vote_generator))
        return fault(Fault::not_canonical);
    return {};
}

BallotResult<BallotFields> split_ballot(ByteView bytes, const BallotTerms& terms)
{
    if (bytes.size() != ballot_size(terms.shape)) return BallotRefusal{BallotFault::wrong_length};
    Reader reader(bytes);
    if (reader.u8() != ballot_version) return BallotRefusal{BallotFault::wrong_version};
    if (!std::ranges::equal(reader.raw(terms.vote.size()), terms.vote))
        return BallotRefusal{BallotFault::wrong_vote};
    BallotFields fields;
    fields.pseudonym = reader.raw(point_bytes);
    fields.seq = reader.u32();
    fields.ciphertexts = reader.raw(2 * point_bytes * ciphertext_count(terms.shape));
    for (const Statement& statement : statements_of(terms.shape, terms.base)) {
        const std::size_t branches = statement.values.size();
        ProofFields& proof = fields.proofs.emplace_back();
        proof.commitments = reader.raw(2 * point_bytes * branches);
        proof.challenges = reader.raw(challenge_bytes * (branches - 1));
        proof.answers = reader.raw(scalar_bytes * branches);
    }
    fields.credential_commitment = reader.raw(point_bytes);
    fields.credential_answer = reader.raw(scalar_bytes);
    return fields;
}

Challenge ballot_challenge(const BallotTerms& terms, const BallotFields& fields)
{
    Transcript transcript("plenum/ballot/v1");
    transcript.raw(terms.context).raw(fields.pseudonym).u32(fields.seq);
    transcript.u32(static_cast<std::uint32_t>(fields.ciphertexts.size() / (2 * point_bytes)));
    transcript.raw(fields.ciphertexts);
    transcript.u32(static_cast<std::uint32_t>(fields.proofs.size()));
    for (const ProofFields& proof : fields.proofs) {
        transcript.u32(static_cast<std::uint32_t>(proof.answers.size() / scalar_bytes));
        transcript.raw(proof.commitments);
    }
    return transcript.raw(fields.credential_commitment).challenge();
}

std::vector<Challenge> branch_challenges(ByteView sent, const Challenge& whole)
{
    std::vector<Challenge> challenges;
    Challenge last = whole;
    for (; !sent.empty(); sent = sent.subspan(challenge_bytes)) {
        Challenge& challenge = challenges.emplace_back();
        std::ranges::copy(sent.first(challenge_bytes), challenge.begin());
        sodium_sub(last.data(), challenge.data(), last.size());
    }
    challenges.push_back(last);
    return challenges;
}

} // namespace plenum::ballot
