#pragma once

#include "server/chamber/across_chapters.hpp"
#include "server/chamber/secret_votes.hpp"

// What the chapters of a secret vote ask of each other, and the others of them.

namespace plenum::chamber {

/// So few ballots would say who voted how.
inline constexpr std::uint32_t secret_voters_min = 5;

/// Whether a rule asks for secret ballots at consoles.
bool is_secret(const RuleProfile& rule);

/// Why this rule cannot be used in this sitting when it is one of secret ballots at consoles: the meeting has
/// no election key, or groups are to be counted by themselves. Nothing for any other rule.
std::optional<Refusal> check_secret_rule(const State& state, const Sitting& sitting, const RuleProfile& rule);

/// Why the meeting cannot have secret votes, or nothing.
std::optional<Refusal> check_election_key(const State& state, MeetingId meeting);

/// Refused because nobody was appointed to hold keys of the meeting, or none of them made this key.
Refusal no_key_holders();

/// What was said of keys and consoles holds until the boxes it was said for are opened: refused while a
/// secret vote of the meeting has begun and is not decided.
std::optional<Refusal> check_none_undecided(const State& state, MeetingId meeting);

/// Notes for the vote that is being opened which console programs are pinned, and how many consoles of its
/// list run another.
void note_builds(Vote& vote, const Meeting& meeting, const SecretOpening& opening, const Stamp& stamp);
/// The console programs as screens see them; nothing when none is pinned.
Later<ConsoleProgramsView> view_programs(const State& state, const Vote& vote);

/// Whether the newest list of the vote, where there is one, is still of those who are there with their
/// voting keys, and for the key holders of the meeting.
bool roll_fits(const State& state, const Vote& vote);

/// Whose consoles are on the list, ascending.
std::vector<PersonId> members_of(const CalledRoll& roll);
/// The keys of those consoles, in the order of their members.
std::vector<ballot::VerifyKey> devices_of(const CalledRoll& roll);

/// Adds to a decision that opens this vote the box that is made for it, with the acknowledgements of every
/// console of the list; or says why it cannot be opened.
boost::system::result<SecretOpening, Refusal> begin_box(const State& state, VoteId vote,
                                                        const SecretMaterial& material, Decision& decision);

/// What the meeting's key holders made together, as the list of this vote was called for; there is one.
ballot::ElectionKeys election_keys_of(const State& state, const Vote& vote);

/// Figures and outcome of a secret vote from the totals in `decided`, which can be figures of its ballots.
void decide_secret(const State& state, const Vote& vote, VoteDecided& decided);

/// What screens, consoles and key holders see of a secret vote beside what a VoteView says of every vote.
SecretVoteView view_secret(const State& state, VoteId vote);

/// To a key holder also the meetings, not yet among `shown`, that are over and past and whose share he or she
/// has not signed to be erased.
void show_owed_erasures(const State& state, const Actor& actor, const std::set<MeetingId>& shown,
                        SnapshotView& view);

/// The record id of a meeting, vote or person, as signed statements name them.
RecordId meeting_record(const State& state, MeetingId meeting);
RecordId vote_record(const State& state, VoteId vote);
RecordId person_record(const State& state, PersonId person);

/// The length of every signature a command carries (Ed25519).
inline constexpr std::size_t signature_bytes = 64;

/// Bytes of a record as the fixed number of them a key or point has; whoever wrote them down checked it.
template <std::size_t size>
std::array<std::uint8_t, size> fixed(const Bytes& bytes)
{
    PLENUM_ASSERT(bytes.size() == size);
    std::array<std::uint8_t, size> fixed{};
    std::copy(bytes.begin(), bytes.end(), fixed.begin());
    return fixed;
}

/// A key or point as a record holds it.
template <std::size_t size>
Bytes bytes_from(const std::array<std::uint8_t, size>& array)
{
    return {array.begin(), array.end()};
}

} // namespace plenum::chamber
