#pragma once

#include "protocol/access_code.hpp"
#include "protocol/ballot/share.hpp"
#include "protocol/entry.hpp"
#include "protocol/roster.hpp"
#include "protocol/view.hpp"
#include "server/chamber/suggestion_state.hpp"

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
    std::optional<Digest> photo{}; ///< private blob
};

/// An office somebody holds, over one body or the whole chamber.
struct Office {
    PersonId person{};
    Role role = Role::observer;
    std::optional<BodyId> body;

    bool operator==(const Office&) const = default;
};

/// The rules a body votes by.
struct AdoptedRules {
    Digest book; ///< of the blob
    std::string decided_by;
    std::set<Digest> rules{}; ///< what is fixed of each (protocol/rules/rule_book.hpp)
};

struct Body {
    BodyKind kind = BodyKind::congress;
    std::string name;
    Digest roster;   ///< of the blob now in force; zeros before the first import
    Members members; ///< ascending by person
    std::optional<BodyId> parent{};
    std::optional<Digest> roster_before{};      ///< what undoing the last import puts in force again
    std::optional<AdoptedRules> rules{};        ///< none: whatever rule is written down with a vote
    std::map<PersonId, Suspension> suspended{}; ///< until reinstated, also while out of the roster
};

/// Somebody admitted to a meeting without a vote.
struct Attendee {
    AttendeeKind kind = AttendeeKind::nonvoting_attendee;
    std::string unit;
    std::string seat;
};

/// 监票人, by the name he or she had when the assembly approved them.
struct Scrutineer {
    PersonId person{};
    std::string name;

    bool operator==(const Scrutineer&) const = default;
};

/// 密钥持有人, and what his or her device has said in the running ceremony: bytes of the protocol, empty
/// before.
struct KeyHolder {
    PersonId person{};
    std::string name; ///< as appointed
    Bytes key;        ///< Ed25519
    Bytes commit;
    Bytes open;
    Bytes agree;
    Digest parts; ///< private blob, once opened
};

/// Who holds the keys of a meeting's secret votes, and how far they have come in making the election key.
struct KeyHolders {
    std::vector<KeyHolder> holders; ///< numbered from 1 in this order
    std::uint32_t threshold = 0;
    std::string decided_by;
    std::uint32_t attempt = 1;
    std::optional<CeremonyRestart> restart{}; ///< why the attempt before was given up
    Bytes election_key;                       ///< empty until it is made
    Digest hash;                              ///< of the holders and their keys, once it is made
};

/// How far the meeting as a whole has come; what its sittings do stands with them. From closed on nothing is
/// added to it.
enum class MeetingPhase { draft, notified, closed, archived, cancelled };
BOOST_DESCRIBE_ENUM(MeetingPhase, draft, notified, closed, archived, cancelled)

struct Meeting {
    BodyId body{};
    std::string title;
    std::uint32_t term_no = 0;
    std::uint32_t session_no = 0;
    Threshold quorum;
    std::vector<ItemId> items; ///< the top items, in agenda order
    MeetingKind kind = MeetingKind::other;
    SpeakingTimes speaking{};
    MeetingPhase phase = MeetingPhase::draft;
    std::vector<ScheduleRow> schedule{};
    std::map<PersonId, Attendee> attendees{};
    std::vector<Scrutineer> scrutineers{};        ///< the assembly approved last, ascending
    std::optional<VoteId> scrutineers_approved{}; ///< by this vote
    std::vector<ItemId> imported{}; ///< the items of the last import that are there, as they came
    std::string made_from{};        ///< the id of its template; empty without one
    std::optional<KeyHolders> keys{};
    std::optional<PinnedBuilds> pinned{};          ///< console programs for secret votes
    std::map<Digest, std::set<PersonId>> erased{}; ///< whose share of a key is no more, as they signed
};

struct Item {
    MeetingId meeting{};
    std::string title;
    ItemState state = ItemState::draft;
    bool was_read = false; ///< active at least once: where it returns to when a vote on it is voided
    std::optional<ItemId> parent{};
    std::vector<ItemId> children{}; ///< in agenda order
    ItemKind kind = ItemKind::other;
    std::uint32_t minutes = 0;
    std::string presenter{};
    bool is_closed = false;
    bool was_deliberated = false; ///< as was_read, one step later
    ItemOutcome outcome = ItemOutcome::none;
    std::optional<Digest> opinion{};
    std::vector<DocumentView> documents{};
};

/// One fact of the attendance history: where somebody was from then on.
struct AttendanceFact {
    PersonId person{};
    Presence presence = Presence::absent;
    std::uint64_t at_ms = 0;
};

/// What a hall screen shows.
struct HallScreen {
    HallContent content = HallContent::automatic;
    std::string message;
};

struct Sitting {
    MeetingId meeting{};
    BodyId body{};
    std::string title;
    SittingState state = SittingState::draft;
    bool conduct_lent = false;
    std::set<PersonId> present; ///< members, in the hall or by video
    std::vector<AttendanceFact> history;
    std::optional<ItemId> active_item;
    std::optional<VoteId> open_vote; ///< open or held: one at a time (PE-03)
    std::vector<VoteId> votes;
    std::optional<Counts> final_counts; ///< as the sitting was closed: later rosters do not change them
    std::optional<Threshold> quorum;    ///< of a presidium or delegation; otherwise the meeting's
    std::set<PersonId> remote;          ///< of those present, by video
    std::set<PersonId> guests;          ///< attendees of the meeting who are there
    std::set<PersonId> gone;            ///< members and attendees who were there and went
    std::map<PersonId, Digest> leave;   ///< why: private blobs
    std::set<PersonId> absent_without_leave;
    std::string recess_reason;
    std::map<std::string, HallScreen> screens;
    std::vector<SpeechId> queue; ///< who waits for the floor, next first
    std::optional<SpeechId> speaking;
    std::vector<SpeechId> spoken;                  ///< ended, oldest first
    std::optional<SpeakingTimes> speaking_times{}; ///< otherwise the meeting's
    std::optional<std::uint64_t> opened_at_ms{};
    std::string cancelled{}; ///< why it was called off
    std::string held_as{};   ///< the body's name then, when it was renamed after the sitting was closed
    std::map<PersonId, Bytes> voting_keys{}; ///< of those present, registered since they signed in
    std::set<PersonId> suspended{};          ///< in its body or the one above, as of now or of its end
};

/// A request to speak and what became of it.
struct Speech {
    SittingId sitting{};
    PersonId person{};
    SpeechKind kind = SpeechKind::speech;
    std::optional<ItemId> item;
    std::optional<SpeechId> answers;
    SpeechState state = SpeechState::waiting;
    std::optional<std::uint64_t> granted_at_ms;
    std::uint32_t limit_ms = 0;
    std::uint64_t used_ms = 0;
    std::optional<Digest> minutes;
    bool is_signed = false;
};

struct Press {
    Choice choice = Choice::abstain;
    std::uint64_t seq = 0; ///< of the entry that recorded it
};

/// What tellers counted: by room, where the empty name is the count of all, and teller.
template <class Count>
using Counted = std::map<std::string, std::map<PersonId, Count>>;

/// What a vote on paper has beside the others.
struct Paper {
    std::optional<BallotList> list{};
    std::optional<GradesSheet> grades{};
    std::vector<std::string> rooms{}; ///< that count by themselves
    Counted<BallotsCount> ballots{};
    Counted<PlacesReturn> lists{};
    Counted<GradesCount> sheets{};
    std::vector<Scrutineer> scrutineers{}; ///< of an election; frozen at its opening
    std::optional<VoteId> followed_by{};   ///< the newest that settles what was left open

    bool operator==(const Paper&) const = default;
};

/// The newest round of a secret vote: its list, and whose consoles stand in it.
struct CalledRoll {
    std::uint32_t round = 1;
    Digest question;
    Digest list; ///< auditors' blob
    Digest root;
    std::uint32_t length = 0; ///< N
    Bytes vote_generator;
    std::map<PersonId, Bytes> devices; ///< of those it was drawn from, as they were
    std::map<PersonId, Bytes> voting_keys;
    std::vector<PersonId> without; ///< left out, ascending
    KeyHolders keys;               ///< of the meeting, as they were: later holders open later votes
};

/// A box that nothing comes into any more.
struct SealedBox {
    Digest root;
    Digest file; ///< auditors' blob
    std::uint32_t ballots = 0;
    std::uint32_t spoils = 0;
    std::vector<ballot::EncryptedSum> sums; ///< over its ballots
    std::uint64_t entry = 0;                ///< that says so
};

/// What a key holder gave last.
struct GivenShare {
    Bytes share; ///< as it came
    Digest blob;
    bool holds = false;
    bool overridden = false;
    std::uint64_t cosigned = 0; ///< entries of the record the holder signed for
};

/// What a secret vote at consoles has beside the others.
struct SecretVote {
    std::optional<CalledRoll> roll{};
    std::optional<std::uint64_t> box{}; ///< the entry that created it
    Digest key_hash;
    std::optional<SealedBox> sealed{};
    std::map<PersonId, GivenShare> shares{}; ///< by holder
    std::set<PersonId> contested{};
    std::optional<Digest> confirmations{}; ///< auditors' blob, once a share was given
    bool shred_started = false;
    bool shredded = false;
    std::uint32_t left = 0;         ///< of the list, who had signed out when voting ended
    std::vector<Digest> builds{};   ///< console programs that were pinned when it was opened
    std::uint32_t other_builds = 0; ///< consoles of the list that ran none of them
    std::uint32_t reused = 0;       ///< how often another ballot came under a number that had one
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
    std::uint32_t quorum = 0;         ///< frozen at opening; 0 before
    bool adopts_agenda = false;
    VoteMethod method = VoteMethod::console; ///< of the profile, until it is switched
    std::vector<PersonId> by_hands;          ///< of the electorate, ascending
    std::map<PersonId, HandsCount> hands;    ///< by teller
    std::set<PersonId> objectors;            ///< members who objected by console
    std::uint32_t objections = 0;            ///< with those heard in the hall
    std::optional<std::uint64_t> decided_at_ms;
    bool text_is_private = false; ///< prepared while its item was closed
    Paper paper;
    std::optional<SeriesPlace> series;
    std::optional<RuleDeviation> deviation{};
    VoteMatter matter{};
    VoteSequel sequel{};
    std::optional<PersonId> base_by{}; ///< who wrote a base down that is not the roster's; empty: the server
    std::optional<PersonId> base_confirmed_by{};
    bool approved_scrutineers = false; ///< the assembly approved scrutineers by it
    SecretVote secret{};
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
    std::map<SpeechId, Speech> speeches;
    std::map<PersonId, Bytes> consoles; ///< the key of each member's console
    std::map<SuggestionId, Suggestion> suggestions;
    std::vector<ConcludedEvaluation> evaluations; ///< oldest first
    std::map<PetitionId, Petition> petitions;
    std::map<BodyId, std::map<PetitionKind, SignatureNeed>> signature_needs;

    /// Who a code hash signs in. Private: not part of the state hash, since erasing the sheet must not change
    /// history.
    std::map<Digest, AccessCodeRow> codes;
    /// The code in force per person and role, so that a newer one replaces it. Private as `codes`.
    std::map<std::pair<PersonId, Role>, Digest> code_of;
    /// Members whose code in force has enrolled no console yet. Private as `codes`.
    std::set<PersonId> may_enrol;
};

/// SHA-256 over a canonical JSON rendering of everything but `codes`: two replays agree exactly when this
/// does. Version 1; the version is part of what is hashed.
Digest state_hash(const State& state);

/// Open or held.
bool is_under_way(const Vote& vote);

/// Open, held, or closed without its figures: the box of a secret vote is opened later than voting ends.
bool is_undecided(const Vote& vote);

/// Ended for good: with a result that was announced, whatever a later decision made of it, or void.
bool is_over(const Vote& vote);

/// The member, or nothing when the person is not in this body's roster.
const Member* find_member(const Body& body, PersonId person);

/// Whether the person holds this office over any body, or over the whole chamber.
bool holds_any_office(const State& state, PersonId person, Role role);

/// What the body of a sitting is called, or was when the sitting was held.
const std::string& body_name_of(const State& state, const Sitting& sitting);

/// Due, present and absent of a sitting, and the quorum needed.
Counts counts_of(const State& state, const Sitting& sitting);

/// How long one may speak in this sitting.
const SpeakingTimes& speaking_times_of(const State& state, const Sitting& sitting);

/// What is a quorum in this sitting.
const Threshold& quorum_of(const State& state, const Sitting& sitting);

} // namespace plenum::chamber
