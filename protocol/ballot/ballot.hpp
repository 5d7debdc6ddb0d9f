#pragma once

#include "protocol/ballot/terms.hpp"

namespace plenum::ballot {

/// Why bytes are no ballot of this vote, in the order in which it is looked at. NOTE: append only; the names
/// stand in schemas/vectors/ballot.json.
enum class BallotFault {
    wrong_length,         ///< not exactly as long as every ballot of this shape
    wrong_version,        ///< does not begin with version 1
    wrong_vote,           ///< names another vote
    not_canonical_point,  ///< a field that is no point of ristretto255 in its one spelling
    not_canonical_scalar, ///< a number that is not below q
    identity,             ///< pseudonym or alpha is the identity
    statement,         ///< the proof of one statement does not hold; also of whatever was copied or changed
    credential,        ///< not made with the voting key of its pseudonym
    copied_ciphertext, ///< stands in a ballot of another pseudonym as well
    terms              ///< the vote itself cannot have ballots: shape, election key or generator
};
BOOST_DESCRIBE_ENUM(BallotFault, wrong_length, wrong_version, wrong_vote, not_canonical_point,
                    not_canonical_scalar, identity, statement, credential, copied_ciphertext, terms)

/// A fault and, for BallotFault::statement, the first statement that does not hold, counted from 0.
struct BallotRefusal {
    BallotFault fault = BallotFault::wrong_length;
    std::uint32_t statement = 0;

    bool operator==(const BallotRefusal&) const = default;
};

template <class T>
using BallotResult = boost::system::result<T, BallotRefusal>;

/// (alpha, beta) = (r·G, r·Y + m·G): a number m nobody can read without the key holders.
struct Ciphertext {
    Point alpha;
    Point beta;

    auto operator<=>(const Ciphertext&) const = default;
};

/// What a proof commits to for one branch, that is for one number the sum may be.
struct Commitment {
    Point a;
    Point b;

    bool operator==(const Commitment&) const = default;
};

/// That the sum of some ciphertexts is one of k numbers, without saying which.
struct StatementProof {
    std::vector<Commitment> commitments; ///< k
    std::vector<Challenge> challenges;   ///< k − 1: the last follows from the others
    std::vector<Scalar> answers;         ///< k

    bool operator==(const StatementProof&) const = default;
};

/// A ballot taken apart (docs/ballot_protocol.md 4). Every field is well formed; nothing is proven yet.
struct Ballot {
    RecordId vote{};
    Point pseudonym; ///< P
    std::uint32_t seq = 0;
    std::vector<Ciphertext> ciphertexts;
    std::vector<StatementProof> proofs;
    Point credential_commitment; ///< K
    Scalar credential_answer;    ///< z'

    bool operator==(const Ballot&) const = default;
};

/// The bytes a ballot travels and is named by.
Bytes encode_ballot(const Ballot& ballot);
/// Refuses every spelling but that of encode_ballot, by libsodium. Says nothing of the proofs.
BallotResult<Ballot> decode_ballot(ByteView bytes, const BallotTerms& terms);

/// Fault::out_of_range for a shape no vote can have or a base that is no power of two below 2^32;
/// Fault::not_canonical when Y or Gv is the identity or no point.
Result<void> check_terms(const BallotTerms& terms);

/// The proof of one statement as it stands in the bytes, unread.
struct ProofFields {
    ByteView commitments; ///< (A | B)·k
    ByteView challenges;  ///< 16·(k − 1)
    ByteView answers;     ///< 32·k
};

/// A ballot cut into its fields, unread; views the bytes. What both verifiers begin with, each reading points
/// and scalars with its own library.
struct BallotFields {
    ByteView pseudonym;
    std::uint32_t seq = 0;
    ByteView ciphertexts; ///< (alpha | beta)·n
    std::vector<ProofFields> proofs;
    ByteView credential_commitment;
    ByteView credential_answer;
};

/// Cuts where the shape says; refuses another length, version or vote.
BallotResult<BallotFields> split_ballot(ByteView bytes, const BallotTerms& terms);

/// c = chal(T): the one challenge of the whole ballot.
Challenge ballot_challenge(const BallotTerms& terms, const BallotFields& fields);

/// c_0 … c_k−1 from those that were sent; the last is c − Σ of the others modulo 2^128.
std::vector<Challenge> branch_challenges(ByteView sent, const Challenge& whole);

} // namespace plenum::ballot
