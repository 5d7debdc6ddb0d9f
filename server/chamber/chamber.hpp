#pragma once

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/command.hpp"
#include "protocol/refusal.hpp"
#include "server/chamber/state.hpp"

#include <functional>

namespace plenum::chamber {

/// Finds the content of a blob by digest; nothing when it is private and was erased.
using BlobSource = std::function<std::optional<std::string>(const Digest&)>;

/// What the clerk draws or keeps for a step of a secret vote, so that decide has neither randomness nor
/// memory of its own. None of it is secret.
struct SecretMaterial {
    /// For roll.call: made from the voting keys of roll_entries, whose r nobody has any more.
    std::optional<ballot::PseudonymList> list{};
    /// For vote.open: of the newest round, as they came.
    std::vector<ballot::Acknowledgement> acknowledgements{};
    /// For vote.open: SHA-256 of the key of the new box, which is durable in so many copies.
    Digest key_hash{};
    std::uint32_t copies = 0;
    /// For share.give: of the sealed root, as they came.
    std::vector<ballot::Confirmation> confirmations{};
    /// And the root of the durable record at the size the holder cosigned; nothing while it is not so long.
    std::optional<Digest> cosigned_root{};
};

/// What decide needs to know beyond the record: who asks, the clock (milliseconds UTC, made non-decreasing
/// here), 32 random bytes for access codes and salts, whether the disk has room for new content, and the
/// blobs the record names, since the state keeps of a roster only what votes need.
struct Context {
    Actor actor;
    std::uint64_t now_ms = 0;
    Seed seed{};
    bool disk_low = false;
    BlobSource blobs{};
    SecretMaterial secret{};
};

/// Content that must be durable before the entry that names it.
struct NewBlob {
    Digest digest;
    std::string content;
    bool is_private = false;
};

/// What will have happened, in order. Never empty. All events belong to one commit group.
struct Decision {
    std::vector<Event> events;
    std::vector<NewBlob> blobs;
};

using Decided = boost::system::result<Decision, Refusal>;

/// A decision never has more events than one commit group takes.
inline constexpr std::size_t events_max = 1'000;

/// Says what would happen; changes nothing. Same state, command and context: same answer. The server itself
/// (an empty actor: init and import at the command line) may do what a secretary of the whole chamber may.
[[nodiscard]] Decided decide(const State& state, const Command& command, const Context& context);

/// A vote with close policy `timer` whose window has run out is closed by the server itself: the same
/// decision as vote.close, by the timer. Refused when the vote is not open or its time has not come.
[[nodiscard]] Decided decide_timeout(const State& state, VoteId vote, std::uint64_t now_ms);

/// Makes it so. Cannot refuse: an entry that does not fit the state is a bug, and aborts. `entry.seq` must be
/// state.entries. Public blobs must be there (start-up checks before it applies anything).
void apply(State& state, const Entry& entry, const BlobSource& blobs);

/// The earliest moment a window of an open vote runs out, and which vote; nothing when none has one. A press
/// at that very moment is in time: decide_timeout closes the vote once the clock is beyond it.
struct NextTimeout {
    VoteId vote{};
    std::uint64_t at_ms = 0;
};
std::optional<NextTimeout> next_timeout(const State& state);

} // namespace plenum::chamber
