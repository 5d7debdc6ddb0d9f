#pragma once

#include "protocol/ballot/make_ballot.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <string>

namespace plenum::ballot {

/// A vote one could hold, with the choice its ballots make.
struct SampleVote {
    std::string name;
    BallotShape shape;
    std::uint32_t list_length = 0;
    std::vector<Bytes> choices; ///< all of them allowed
};

/// Every kind, with and without the sum statement, from the smallest to a large one.
std::vector<SampleVote> sample_votes();

/// The context of a sample vote; keys follow from its name.
VoteContext context_of(const SampleVote& vote);
/// What is asked in it; the context holds its hash.
Question question_of(const SampleVote& vote);
inline BallotTerms terms_of(const SampleVote& vote)
{
    return terms_of(context_of(vote), vote.shape);
}

/// The voting key of a delegate of that name.
SecretScalar voting_key(const std::string& delegate);

/// An honest ballot.
MadeBallot made_ballot(const BallotTerms& terms, const Bytes& choice, const std::string& delegate,
                       std::uint32_t seq, std::uint64_t seed = 1);

} // namespace plenum::ballot
