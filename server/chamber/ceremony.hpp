#pragma once

#include "server/chamber/state.hpp"

// What the messages of a key ceremony must say to be taken (docs/ballot_protocol.md 7), asked of the state.

namespace plenum::chamber {

/// How far the holders have come: what each of them has to do next.
CeremonyPhase phase_of(const KeyHolders& keys);

/// The holder with this person, or nothing.
KeyHolder* find_holder(KeyHolders& keys, PersonId person);
const KeyHolder* find_holder(const KeyHolders& keys, PersonId person);

/// Whether a holder's message is what it must be at this step, by its own signature and all messages before.
bool is_commit(const State& state, MeetingId meeting, const KeyHolder& holder, const Bytes& message);
bool is_open(const State& state, MeetingId meeting, const KeyHolder& holder, const Bytes& message);
bool is_agree(const State& state, MeetingId meeting, const KeyHolder& holder, const Bytes& message);

/// The part a holder sealed for another, among those for all others.
std::optional<Bytes> part_for(const Bytes& parts, std::size_t from, std::size_t to);
/// Whether these parts are those the holder's opening names.
bool are_parts_of(const State& state, MeetingId meeting, const Bytes& message, const Bytes& parts);
/// The holder a complaint proves to be at fault; nothing when it is no complaint.
std::optional<PersonId> judge(const State& state, MeetingId meeting, const KeyHolder& holder,
                              const Bytes& message);

/// What the messages of all holders make.
struct MadeKey {
    Bytes election_key;
    Digest key_holders;
};
/// All of them have opened.
MadeKey made_key(const State& state, MeetingId meeting);
/// The same with the key of each holder's share, of holders of the meeting who have made their key, now or
/// before.
ballot::ElectionKeys made_keys(const State& state, MeetingId meeting, const KeyHolders& keys);

/// 四个校验词: what people read to each other.
std::string words_of(const KeyHolders& keys);

} // namespace plenum::chamber
