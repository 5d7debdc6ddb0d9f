#pragma once

#include "protocol/ballot/share.hpp"
#include "protocol/secret_question.hpp"
#include "server/chamber/chamber.hpp"

// A secret vote as the clerk drives it: what stands ready to be drawn, kept and counted outside of decide,
// and the steps the server takes by itself. Nothing secret passes through here.

namespace plenum::chamber {

/// The member's console and voting key, as a roll is drawn from.
struct RollEntry {
    PersonId person{};
    ballot::VerifyKey device{};
    ballot::Point voting_key;

    bool operator==(const RollEntry&) const = default;
};

/// Members of the vote's sitting who are there in person with a console and a voting key, ascending, less
/// those in `without`: whose keys the clerk makes the list of. The vote exists.
std::vector<RollEntry> roll_entries(const State& state, VoteId vote, const std::vector<PersonId>& without);
/// Members who are there in person and have none.
std::vector<PersonId> without_voting_key(const State& state, VoteId vote);

/// Bytes of the longest ballot the member may send in votes whose roll was called and that are not over; 0
/// when there is none.
std::size_t longest_ballot(const State& state, PersonId member);

/// Whether it is decided by secret ballots at consoles.
bool is_secret(const Vote& vote);
/// Of the newest round, with everything a ballot is bound to; nothing before a roll was called.
std::optional<ballot::VoteContext> secret_context(const State& state, VoteId vote);
/// The terms of the newest round; a roll was called.
ballot::BallotTerms secret_terms(const State& state, VoteId vote);
/// What it asks, for as long as the state stands; it is secret.
SecretMatter matter_of(const State& state, const Vote& vote);
/// The record id of its ballot box; the box was created.
RecordId box_id(const State& state, const Vote& vote);
/// What shares are given for; the box is sealed.
ballot::ShareTerms share_terms(const State& state, VoteId vote);

/// The box as the clerk collected and wrote it, once voting has ended.
struct CollectedBox {
    VoteId vote{};
    Digest root;
    std::uint32_t ballots = 0;
    std::uint32_t spoils = 0;
    NewBlob file; ///< durable before the entry
};

/// ballot_box.sealed. Refused when the vote is not closed, or its box sealed already.
[[nodiscard]] Decided decide_sealed(const State& state, const CollectedBox& box);

/// Whether so many shares that hold were given that the totals can be found.
bool is_openable(const State& state, VoteId vote);
/// M_t of the sums, from the first k shares that hold; is_openable.
std::vector<ballot::Point> messages_of(const State& state, VoteId vote);
/// vote.decided, with totals that are checked against the shares. The clerk looked the values up.
[[nodiscard]] Decided decide_totals(const State& state, VoteId vote,
                                    const std::vector<std::uint64_t>& values);

/// seq.reused, of a vote that is open. Refused once it was written as often as there are members on the list:
/// whoever sends more of them fills no record.
[[nodiscard]] Decided decide_seq_reused(const State& state, VoteId vote);

/// box.shred_started, for a box that is decided or whose vote is void: the next thing to do with its key is
/// to destroy it. Nothing to do is refused.
[[nodiscard]] Decided decide_shred(const State& state, VoteId vote);
/// box.shredded: every copy is gone.
[[nodiscard]] Decided decide_shredded(const State& state, VoteId vote);

/// vote.voided for a lost key, of a vote under way or closed whose box is not sealed.
[[nodiscard]] Decided decide_key_lost(const State& state, VoteId vote);

/// Votes whose box the clerk has something to do with, by what: for the clerk after every group and at its
/// start.
struct BoxWork {
    std::vector<VoteId> to_seal;    ///< closed, not sealed
    std::vector<VoteId> to_open;    ///< sealed, openable, not decided
    std::vector<VoteId> to_shred;   ///< decided or void, shredding not begun
    std::vector<VoteId> to_destroy; ///< begun, not done: after a restart too
    std::vector<VoteId> unsealed;   ///< open, held or closed and not sealed: their keys must be there
};
BoxWork box_work(const State& state);

} // namespace plenum::chamber
