#pragma once

#include "protocol/ballot/shape.hpp"
#include "protocol/event/secret_vote.hpp"

#include <optional>

// A secret vote as screens, consoles and key holders see it beside what a VoteView says of every vote.

namespace plenum {

/// How far a secret vote has come. NOTE: names are on the wire; append only.
enum class SecretPhase {
    to_call, ///< no roll was called, or the one called no longer fits who is there
    called,  ///< consoles look for themselves in the list and sign
    open,    ///< ballots come
    closed,  ///< the box is being sealed
    sealed,  ///< consoles confirm it, key holders verify it and give their shares
    opened,  ///< the totals are known
    ended    ///< void: nothing is opened
};
BOOST_DESCRIBE_ENUM(SecretPhase, to_call, called, open, closed, sealed, opened, ended)

/// The newest round, with what every ballot of it is bound to.
struct RollView {
    std::uint32_t round = 1;
    Digest question; ///< public blob
    Digest rule;
    Digest roll_root;
    std::uint32_t list_length = 0;
    Bytes vote_generator;
    std::uint32_t without = 0; ///< how many were left out because their consoles were silent
};
BOOST_DESCRIBE_STRUCT(RollView, (), (round, question, rule, roll_root, list_length, vote_generator, without))

/// What a key holder has given.
struct ShareView {
    PersonId person{};
    std::string name;
    std::uint32_t number = 0; ///< from 1
    bool given = false;       ///< one that holds
    bool wrong = false;       ///< one that does not
    bool overridden = false;
    std::uint64_t cosigned = 0; ///< entries of the record the holder signed for with it
};
BOOST_DESCRIBE_STRUCT(ShareView, (), (person, name, number, given, wrong, overridden, cosigned))

/// The sealed box and how far its opening has come.
struct SealedBoxView {
    Digest root;
    Digest file; ///< auditors' blob
    std::uint32_t ballots = 0;
    std::uint32_t spoils = 0;
    std::uint32_t contested = 0; ///< consoles that did not find what they must
    std::vector<ShareView> shares;
};
BOOST_DESCRIBE_STRUCT(SealedBoxView, (), (root, file, ballots, spoils, contested, shares))

/// The console programs of a vote: those pinned when it was opened, before that those pinned now.
struct ConsoleProgramsView {
    std::vector<Digest> pinned;
    std::uint32_t others = 0; ///< once it is open: consoles of the list that run none of them
};
BOOST_DESCRIBE_STRUCT(ConsoleProgramsView, (), (pinned, others))

struct SecretVoteView {
    SecretPhase phase = SecretPhase::to_call;
    Bytes meeting_id; ///< record ids, as every statement names them
    Bytes vote_id;
    ballot::BallotShape shape;
    Bytes election_key;
    Digest key_holders;
    std::string words;             ///< of the key holders, to be compared
    std::uint32_t threshold = 0;   ///< how many shares open it
    std::uint32_t with_key = 0;    ///< members there in person with a voting key
    std::uint32_t without_key = 0; ///< members there in person without one
    std::optional<RollView> roll;
    std::optional<Bytes> box_id; ///< record id, once the box exists
    std::optional<SealedBoxView> box;
    bool shredded = false;                 ///< the key of the box is destroyed
    Later<ConsoleProgramsView> programs{}; ///< absent: none is pinned
};
BOOST_DESCRIBE_STRUCT(SecretVoteView, (),
                      (phase, meeting_id, vote_id, shape, election_key, key_holders, words, threshold,
                       with_key, without_key, roll, box_id, box, shredded, programs))

/// How many consoles have signed that they stand in the list of this round. Coalesced.
struct RollProgress {
    static constexpr std::string_view method = "roll.progress";
    std::uint64_t seq = 0;
    VoteId vote{};
    std::uint32_t round = 1;
    std::uint32_t acknowledged = 0;
    std::uint32_t list_length = 0;
};
BOOST_DESCRIBE_STRUCT(RollProgress, (), (seq, vote, round, acknowledged, list_length))

/// How many consoles have confirmed the sealed box. Coalesced.
struct BoxProgress {
    static constexpr std::string_view method = "box.progress";
    std::uint64_t seq = 0;
    VoteId vote{};
    std::uint32_t confirmed = 0;
    std::uint32_t list_length = 0;
};
BOOST_DESCRIBE_STRUCT(BoxProgress, (), (seq, vote, confirmed, list_length))

} // namespace plenum
