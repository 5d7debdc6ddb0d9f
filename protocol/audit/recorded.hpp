#pragma once

#include "protocol/audit/recorded_secret.hpp"
#include "protocol/ballot/election_key.hpp"
#include "protocol/roster.hpp"
#include "protocol/view.hpp"

#include <map>
#include <set>

// What the auditor has read of bodies, meetings, sittings, items and votes so far.

namespace plenum::audit {

/// Who was given which office; over the whole chamber when `body` is empty.
struct RecordedOffice {
    PersonId person{};
    Role role = Role::observer;
    std::optional<BodyId> body;

    bool operator==(const RecordedOffice&) const = default;
};

/// A body with the roster in force.
struct RecordedBody {
    Digest roster;
    std::map<PersonId, Member> members;
    BodyKind kind = BodyKind::congress;
    std::optional<BodyId> parent;
    std::optional<std::set<Digest>> rules{}; ///< what is fixed of those adopted; none: any
    std::string name{};
    std::set<PersonId> suspended{};
};

/// Who holds the keys of a meeting's secret votes, with what they said in the running attempt, by number from
/// 1. Keys are zeros until their holder has joined.
struct RecordedKeys {
    ballot::CeremonyTerms terms;
    std::vector<PersonId> persons;
    std::map<std::uint32_t, ballot::CeremonyMessage> commits;
    std::map<std::uint32_t, ballot::CeremonyMessage> opens;
    std::map<std::uint32_t, ballot::CeremonyMessage> agrees;
    bool is_made = false;
    std::optional<ballot::ElectionKeys> made{}; ///< when the messages of the holders make any
};

/// A meeting and the top items of its agenda, in agenda order. `state` is draft, notified, closed, archived
/// or cancelled; what its sittings do stands with them.
struct RecordedMeeting {
    BodyId body{};
    Threshold quorum;
    std::vector<ItemId> items;
    MeetingState state = MeetingState::draft;
    std::map<PersonId, AttendeeKind> attendees{};
    std::uint32_t speeches_max = 0;                     ///< of one person on one item; 0: no limit
    std::optional<std::vector<PersonId>> scrutineers{}; ///< the assembly approved last
    std::optional<VoteId> scrutineers_by{};             ///< by this vote
    std::uint32_t term_no = 0;
    std::optional<std::uint64_t> began_at_ms{}; ///< when its first sitting was opened
    std::set<ItemId> scheduled{};               ///< the items its schedule names
    std::optional<RecordedKeys> keys{};
    std::vector<Digest> pinned{};                  ///< console programs for secret votes
    std::map<Digest, RecordedKeys> made{};         ///< every key that was made, by what names it
    std::map<Digest, std::set<PersonId>> erased{}; ///< whose share of a key is erased
};

/// `state` is draft, adopted, reading, deliberating, withdrawn or deferred, or decided when the item ended
/// without a vote; what votes made of it stands with the votes.
struct RecordedItem {
    MeetingId meeting{};
    ItemState state = ItemState::draft;
    std::optional<ItemId> parent;
    std::vector<ItemId> children; ///< in agenda order
    bool is_closed = false;
    std::map<Digest, bool> documents; ///< true: private
};

/// A sitting, who is signed in to it, and the vote open in it.
struct RecordedSitting {
    MeetingId meeting{};
    BodyId body{};
    SittingState state = SittingState::draft;
    bool conduct_lent = false;
    std::set<PersonId> present;
    std::optional<VoteId> open_vote;
    std::optional<Threshold> quorum; ///< of a presidium or delegation; otherwise the meeting's
    std::optional<ItemId> active_item;
    std::set<PersonId> remote; ///< of those present
    std::set<PersonId> guests; ///< attendees of the meeting who are there
    std::set<PersonId> came;   ///< who has been there at any time
    std::set<PersonId> leave;
    std::set<PersonId> absent_without_leave;
    std::set<SpeechId> queue; ///< waiting, in whatever order
    std::optional<SpeechId> speaking;
    std::vector<SpeechId> spoken;
    std::optional<std::uint32_t> speeches_max; ///< otherwise the meeting's
    bool cancelled = false;                    ///< called off before anybody came
    std::map<PersonId, RecordedVotingKey> voting_keys{};
};

/// The figures as presses and hands add up, whatever the record says of them.
struct Figures {
    Tally tally;
    std::optional<HandsCount> hands; ///< the part the tellers agreed on
    std::vector<GroupTally> groups;
    std::uint32_t left = 0;
    std::optional<Outcome> outcome; ///< empty when the rule cannot be applied
    Later<BallotsCount> ballots{};  ///< on paper: what the rooms add up to
    Later<PlacesDecided> places{};
    Later<GradesDecided> grades{};
    Later<OpenedTotals> totals{};
};

/// What tellers counted, by room; the empty name is the count of all.
template <class Count>
using Counts = std::map<std::string, std::map<PersonId, Count>>;

struct RecordedVote {
    VotePrepared prepared;
    VoteState state = VoteState::prepared;
    bool rule_usable = true;
    bool sound = true; ///< no error concerns it so far
    std::uint32_t base_members = 0;
    std::vector<PersonId> electorate;        ///< ascending
    VoteMethod method = VoteMethod::console; ///< of the rule, until it was switched
    std::vector<PersonId> by_hands;          ///< of the electorate, ascending
    std::map<PersonId, Choice> presses;
    std::map<PersonId, HandsCount> hands; ///< by teller
    std::set<PersonId> objectors;         ///< members who objected themselves
    std::uint64_t objections = 0;         ///< with those heard in the hall
    std::uint64_t opened_at_ms = 0;
    std::optional<std::uint64_t> closes_at_ms;
    std::uint64_t held_remaining_ms = 0;
    std::optional<Figures> figures;
    std::optional<VoidReason> void_reason;
    std::optional<VoteId> retried_by;
    Counts<BallotsCount> ballots;
    Counts<PlacesReturn> lists;
    Counts<GradesCount> sheets;
    std::optional<VoteId> followed_by; ///< the newest re-vote or separate election
    std::uint64_t decided_at_ms = 0;
    std::optional<QualificationRecorded> qualification;
    std::optional<TieDecided> tie;
    std::optional<ApprovalRecorded> approval;
    bool oath_taken = false;
    RecordedSecret secret{};
    std::optional<std::uint64_t> opened_seq{}; ///< the entry that opened it
    std::optional<PersonId> base_by{};         ///< who wrote its base down; empty: the server
    bool base_confirmed = false;               ///< by a second person
    std::set<std::uint32_t> taken_out{};       ///< of what is put together in it, by position
    bool approved_scrutineers = false;
};

/// A request to speak and how far it came.
struct RecordedSpeech {
    SpeechRequested requested;
    SpeechState state = SpeechState::waiting;
    std::optional<std::uint64_t> granted_at_ms;
    std::uint32_t limit_ms = 0; ///< with extensions; 0: none
    std::optional<Digest> minutes;
    bool is_signed = false;
};

/// An answer to a suggestion and its evaluation.
struct RecordedAnswer {
    EvaluationStage stage = EvaluationStage::reply;
    bool promised = false; ///< a commitment with a date
    SuggestionEvaluation evaluation;
    bool concluded = false; ///< counted in figures
};

/// A suggestion, with whom it is assigned to now, and its answers, oldest first.
struct RecordedSuggestion {
    SuggestionRegistered registered;
    std::vector<RecordedAnswer> answers;
    bool withdrawn = false;
};

struct RecordedPetition {
    PetitionOpened opened;
    std::set<PersonId> signers; ///< with the lead signer
    bool is_open = true;
};

} // namespace plenum::audit
