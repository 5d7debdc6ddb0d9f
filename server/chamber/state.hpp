#pragma once

#include "protocol/access_code.hpp"
#include "protocol/entry.hpp"
#include "protocol/roster.hpp"
#include "protocol/view.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace plenum::chamber {

/// Members in office, ascending by person, so that counting and lookup need no index.
using Members = std::vector<Member>;

/// Anybody the log has met: a member, an officer, or both.
struct Person {
    std::string name;
};

/// An office somebody holds, over one body or the whole chamber.
struct Office {
    PersonId person{};
    Role role = Role::observer;
    std::optional<BodyId> body;
};

struct Body {
    BodyKind kind = BodyKind::congress;
    std::string name;
    Digest roster;   ///< of the blob now in force; zeros before the first import
    Members members; ///< ascending by person
};

struct Meeting {
    BodyId body{};
    std::string title;
    std::uint32_t term_no = 0;
    std::uint32_t session_no = 0;
    Threshold quorum;
    std::vector<ItemId> items; ///< in agenda order
};

struct Item {
    MeetingId meeting{};
    std::string title;
    ItemState state = ItemState::draft;
    bool was_read = false; ///< active at least once: where it returns to when a vote on it is voided
};

/// One fact of the attendance history: who came or went, and when.
struct AttendanceFact {
    PersonId person{};
    bool present = false;
    std::uint64_t at_ms = 0;
};

struct Sitting {
    MeetingId meeting{};
    BodyId body{};
    std::string title;
    SittingState state = SittingState::draft;
    bool conduct_lent = false;
    std::set<PersonId> present;
    std::vector<AttendanceFact> history;
    std::optional<ItemId> active_item;
    std::optional<VoteId> open_vote; ///< open or held: one at a time (PE-03)
    std::vector<VoteId> votes;
    std::optional<Counts> final_counts; ///< as the sitting was closed: later rosters do not change them
};

struct Press {
    Choice choice = Choice::abstain;
    std::uint64_t seq = 0; ///< of the entry that recorded it
};

struct Vote {
    SittingId sitting{};
    std::optional<ItemId> item;
    std::string title;
    Digest text;
    RuleProfile profile;
    std::uint32_t base_members = 0;
    std::string base_reason;
    std::uint32_t attempt = 1;
    std::optional<VoteId> first_attempt;
    VoteState state = VoteState::prepared;
    Digest electorate_hash;
    std::vector<PersonId> electorate;  ///< ascending; frozen at opening
    std::map<PersonId, Press> presses; ///< what counts now, by person
    std::optional<std::uint64_t> opened_at_ms;
    std::optional<std::uint64_t> closes_at_ms;
    std::uint64_t held_remaining_ms = 0; ///< of the window, while held
    std::optional<ResultView> result;
    std::optional<VoidReason> void_reason;
    std::string void_note;
    std::optional<VoteId> retried_by; ///< the next attempt, once there is one
};

/// Everything that is known now. Plain data, a function of the entries alone; std::map because order must not
/// depend on memory addresses or hashing.
struct State {
    std::uint64_t entries = 0; ///< applied so far; the next entry has this sequence number
    std::uint64_t now_ms = 0;  ///< of the newest entry: time never runs backwards
    std::string origin;
    std::uint64_t persons_known = 0; ///< the highest PersonId given out
    std::map<PersonId, Person> persons;
    std::vector<Office> offices;
    std::map<BodyId, Body> bodies;
    std::map<MeetingId, Meeting> meetings;
    std::map<ItemId, Item> items;
    std::map<SittingId, Sitting> sittings;
    std::map<VoteId, Vote> votes;

    /// Who a code hash signs in. Private: not part of the state hash, since erasing the sheet must not change
    /// history.
    std::map<Digest, AccessCodeRow> codes;
    /// The code in force per person and role, so that a newer one replaces it. Private as `codes`.
    std::map<std::pair<PersonId, Role>, Digest> code_of;
};

/// SHA-256 over a canonical JSON rendering of everything but `codes`: two replays agree exactly when this
/// does. Version 1; the version is part of what is hashed.
Digest state_hash(const State& state);

/// The member, or nothing when the person is not in this body's roster.
const Member* find_member(const Body& body, PersonId person);

/// Due, present and absent of a sitting, and the quorum needed.
Counts counts_of(const State& state, const Sitting& sitting);

} // namespace plenum::chamber
