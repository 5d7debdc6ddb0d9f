#pragma once

#include "protocol/ballot/shape.hpp"
#include "protocol/ballot/transcript.hpp"
#include "protocol/record_id.hpp"

namespace plenum::ballot {

/// What is asked, as a blob: canonical JSON whose SHA-256 is the question's hash.
struct Question {
    std::uint32_t v = 1;
    Digest text; ///< of the text put to the vote
    BallotShape shape;
    std::vector<std::string> labels; ///< the title, then of a sheet its objects, then the options, in order

    bool operator==(const Question&) const = default;
};
BOOST_DESCRIBE_STRUCT(Question, (), (v, text, shape, labels))

/// Everything one round of one attempt rests on (docs/ballot_protocol.md 2). No clock in it.
struct VoteContext {
    std::string origin; ///< of the log
    RecordId meeting{};
    RecordId vote{};
    std::uint32_t round = 1;
    Digest question;
    Digest rule;
    Digest roll_root;
    std::uint32_t list_length = 0; ///< N
    Digest key_holders;
    Point election_key;   ///< Y
    Point vote_generator; ///< Gv

    bool operator==(const VoteContext&) const = default;
};

/// ctx, which every proof, receipt and signature of the vote speaks of.
Hash512 context_hash(const VoteContext& context);

/// What a ballot is made for and checked against.
struct BallotTerms {
    RecordId vote{};
    Hash512 context{};
    Point election_key;
    Point vote_generator;
    BallotShape shape;
    std::uint32_t base = 2; ///< B
};

/// The terms of one round, with the hash of its context and the base of its list.
BallotTerms terms_of(const VoteContext& context, const BallotShape& shape);

} // namespace plenum::ballot
