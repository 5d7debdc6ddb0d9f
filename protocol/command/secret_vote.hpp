#pragma once

#include "protocol/event/secret_vote.hpp"
#include "protocol/role.hpp"

// What may be asked for in the life of a secret vote, where it becomes an entry. What becomes none, ballots
// above all, is in query/secret_vote.hpp.

namespace plenum {

/// A member's console says by which key it signs.
struct EnrollConsole {
    static constexpr std::string_view method = "console.enroll";
    static constexpr Right right = Right::cast;
    Bytes device;
    Bytes channel; ///< as hello told it
    Bytes proof;
};
BOOST_DESCRIBE_STRUCT(EnrollConsole, (), (device, channel, proof))

/// After sign-in, once the meeting has an election key.
struct RegisterVotingKey {
    static constexpr std::string_view method = "voting_key.register";
    static constexpr Right right = Right::cast;
    SittingId sitting{};
    Bytes channel; ///< as hello told it
    Bytes registration;
};
BOOST_DESCRIBE_STRUCT(RegisterVotingKey, (), (sitting, channel, registration))

/// Draws the list of a new round of a prepared secret vote.
struct CallRoll {
    static constexpr std::string_view method = "roll.call";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::vector<PersonId> without; ///< whose consoles were silent before
};
BOOST_DESCRIBE_STRUCT(CallRoll, (), (vote, without))

/// The box does not hold what this console knows of.
struct ContestBox {
    static constexpr std::string_view method = "box.contest";
    static constexpr Right right = Right::cast;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ContestBox, (), (vote))

/// A key holder's shares of the sums of a sealed box that the holder verified.
struct GiveShare {
    static constexpr std::string_view method = "share.give";
    static constexpr Right right = Right::hold_key;
    VoteId vote{};
    std::uint32_t confirmed = 0;
    bool overridden = false;
    Bytes statement;
    Bytes share;
    Cosignature cosignature{}; ///< of a checkpoint as record.prove told it
};
BOOST_DESCRIBE_STRUCT(GiveShare, (), (vote, confirmed, overridden, statement, share, cosignature))

} // namespace plenum
