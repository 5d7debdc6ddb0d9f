#pragma once

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/sealed_record.hpp"
#include "tests/protocol/ballot_keys/rooms.hpp"

namespace plenum::ballot {

/// A member at a console.
struct Seat {
    SigningKey device;
    VotingKey voting_key;
};

/// A secret vote that is ready: members with their keys, the list of one round, an election key whose secret
/// the test knows.
struct House {
    explicit House(std::size_t members, BallotShape shape = motion_shape);

    Point pseudonym_of(std::size_t member) const;
    std::vector<VerifyKey> roll() const;
    /// A record that looks like a ballot of this shape: its head is right, the rest is filler.
    Bytes ballot(std::size_t member, std::uint32_t seq, std::uint8_t filler = 0xAB) const;
    Bytes spoil(std::size_t member, std::uint32_t seq);
    /// ctx and what goes with it; as terms_of makes it.
    BallotTerms terms() const { return terms_of(context, shape); }

    RepeatableRandomness randomness{7};
    std::vector<Seat> seats;
    PseudonymList list;
    VoteContext context;
    BallotShape shape;
    Digest build = sha256("console build");
};

} // namespace plenum::ballot
