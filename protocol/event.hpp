#pragma once

#include "protocol/ids.hpp"
#include "protocol/role.hpp"
#include "protocol/rules/outcome.hpp"

#include <variant>

// Everything that can have happened. One event is the body of one journal entry, named by `kind`. NOTE: kinds
// and members are for ever: add new ones, never change the meaning of old ones. Whatever grows with the body
// is a blob named by digest.

namespace plenum {

/// 机构. NOTE: append only.
enum class BodyKind {
    congress,
    standing_committee,
    council_of_chairs,
    presidium,
    delegation,
    town_congress,
    street_deliberation,
    assembly ///< a parliament elsewhere
};
BOOST_DESCRIBE_ENUM(BodyKind, congress, standing_committee, council_of_chairs, presidium, delegation,
                    town_congress, street_deliberation, assembly)

/// 赞成, 反对, 弃权. Not pressing is the absence of a choice, never one of them.
enum class Choice { approve, oppose, abstain };
BOOST_DESCRIBE_ENUM(Choice, approve, oppose, abstain)

/// Why an attempt at a vote counts for nothing. NOTE: append only.
enum class VoidReason {
    lost_quorum,       ///< the members present fell below the quorum while it was open
    equipment_failure, ///< consoles or network failed
    wrong_text,        ///< the text shown was not the one to be voted on
    disorder,          ///< the chair stopped it
    withdrawn          ///< taken back before it was decided
};
BOOST_DESCRIBE_ENUM(VoidReason, lost_quorum, equipment_failure, wrong_text, disorder, withdrawn)

/// Who or what ended the voting.
enum class ClosedBy { chair, timer };
BOOST_DESCRIBE_ENUM(ClosedBy, chair, timer)

/// The first entry of every log.
struct LogCreated {
    static constexpr std::string_view kind = "log.created";
    std::string origin;
    std::uint32_t format = 1;
};
BOOST_DESCRIBE_STRUCT(LogCreated, (), (origin, format))

/// A server process took the lead; entries after it carry its epoch.
struct ServerStarted {
    static constexpr std::string_view kind = "server.started";
    std::string version;
};
BOOST_DESCRIBE_STRUCT(ServerStarted, (), (version))

/// A torn tail, never acknowledged to anybody, was cut off at start-up.
struct JournalRecovered {
    static constexpr std::string_view kind = "journal.recovered";
    std::uint64_t kept_entries = 0;
    std::uint64_t cut_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(JournalRecovered, (), (kept_entries, cut_bytes))

/// Stands in every group with sealed ballots and commits to them; carries no time (secret-ballot format).
struct BoxFrame {
    static constexpr std::string_view kind = "box.frame";
    std::string box;
    Digest sealed;
};
BOOST_DESCRIBE_STRUCT(BoxFrame, (), (box, sealed))

struct BodyCreated {
    static constexpr std::string_view kind = "body.created";
    BodyKind body_kind = BodyKind::congress;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(BodyCreated, (), (body_kind, name))

/// The body's roster from now on is this blob (protocol/roster.hpp); persons new to the log are numbered in
/// it.
struct RosterAdopted {
    static constexpr std::string_view kind = "roster.adopted";
    BodyId body{};
    Digest roster;
    std::uint32_t members = 0;
    std::uint32_t added = 0;   ///< members not in the roster before
    std::uint32_t removed = 0; ///< members no longer in it
};
BOOST_DESCRIBE_STRUCT(RosterAdopted, (), (body, roster, members, added, removed))

/// A person outside the rosters, or a member, was given an office: chair, secretary, operator, hall, …
struct OfficerAppointed {
    static constexpr std::string_view kind = "officer.appointed";
    PersonId person{};
    std::string name;
    Role role = Role::observer;
    std::optional<BodyId> body; ///< empty: for the whole chamber
};
BOOST_DESCRIBE_STRUCT(OfficerAppointed, (), (person, name, role, body))

/// Personal access codes were made. The private blob (protocol/access_code.hpp) holds only their hashes,
/// salted, and may be erased; a newer code of the same person and role replaces the older.
struct AccessCodesIssued {
    static constexpr std::string_view kind = "access_codes.issued";
    Digest codes;
    std::uint32_t count = 0;
};
BOOST_DESCRIBE_STRUCT(AccessCodesIssued, (), (codes, count))

struct MeetingCreated {
    static constexpr std::string_view kind = "meeting.created";
    BodyId body{};
    std::string title;
    std::uint32_t term_no = 0;    ///< 届
    std::uint32_t session_no = 0; ///< 次
    Threshold quorum;             ///< of the members due
};
BOOST_DESCRIBE_STRUCT(MeetingCreated, (), (body, title, term_no, session_no, quorum))

struct SittingCreated {
    static constexpr std::string_view kind = "sitting.created";
    MeetingId meeting{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(SittingCreated, (), (meeting, title))

struct ItemAdded {
    static constexpr std::string_view kind = "item.added";
    MeetingId meeting{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(ItemAdded, (), (meeting, title))

struct ItemEdited {
    static constexpr std::string_view kind = "item.edited";
    ItemId item{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(ItemEdited, (), (item, title))

/// The body adopted the agenda: every draft item of the meeting is adopted.
struct AgendaAdopted {
    static constexpr std::string_view kind = "agenda.adopted";
    SittingId sitting{};
    std::uint32_t items = 0;
};
BOOST_DESCRIBE_STRUCT(AgendaAdopted, (), (sitting, items))

struct ItemActivated {
    static constexpr std::string_view kind = "item.activated";
    SittingId sitting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(ItemActivated, (), (sitting, item))

struct ItemWithdrawn {
    static constexpr std::string_view kind = "item.withdrawn";
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ItemWithdrawn, (), (item, reason))

struct ItemDeferred {
    static constexpr std::string_view kind = "item.deferred";
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ItemDeferred, (), (item, reason))

struct SignInOpened {
    static constexpr std::string_view kind = "sign_in.opened";
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SignInOpened, (), (sitting))

struct SignedIn {
    static constexpr std::string_view kind = "attendance.signed_in";
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (sitting, person))

struct SignedOut {
    static constexpr std::string_view kind = "attendance.signed_out";
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignedOut, (), (sitting, person))

/// 现在开会: due and present as announced, with the quorum that was needed.
struct SittingOpened {
    static constexpr std::string_view kind = "sitting.opened";
    SittingId sitting{};
    std::uint32_t due = 0;
    std::uint32_t present = 0;
    std::uint32_t quorum = 0;
};
BOOST_DESCRIBE_STRUCT(SittingOpened, (), (sitting, due, present, quorum))

struct SittingRecessed {
    static constexpr std::string_view kind = "sitting.recessed";
    SittingId sitting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SittingRecessed, (), (sitting, reason))

struct SittingResumed {
    static constexpr std::string_view kind = "sitting.resumed";
    SittingId sitting{};
    std::uint32_t present = 0;
    std::uint32_t quorum = 0;
};
BOOST_DESCRIBE_STRUCT(SittingResumed, (), (sitting, present, quorum))

struct SittingClosed {
    static constexpr std::string_view kind = "sitting.closed";
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SittingClosed, (), (sitting))

/// The chair lent `conduct` (open, hold, close) to the operator, or took it back.
struct ConductLent {
    static constexpr std::string_view kind = "conduct.lent";
    SittingId sitting{};
    bool lent = false;
};
BOOST_DESCRIBE_STRUCT(ConductLent, (), (sitting, lent))

/// A vote, or a further attempt at one: `first_attempt` is empty for attempt 1. `base_reason` says why the
/// base number differs from the roster, and is empty when it does not.
struct VotePrepared {
    static constexpr std::string_view kind = "vote.prepared";
    SittingId sitting{};
    std::optional<ItemId> item;
    std::string title;
    Digest text; ///< blob: the text put to the vote
    RuleProfile profile;
    std::uint32_t base_members = 0;
    std::string base_reason;
    std::uint32_t attempt = 1;
    std::optional<VoteId> first_attempt;
};
BOOST_DESCRIBE_STRUCT(VotePrepared, (),
                      (sitting, item, title, text, profile, base_members, base_reason, attempt,
                       first_attempt))

/// From here everything the outcome depends on is frozen: rule, base, text and electorate, each by hash.
/// `present` is N.
struct VoteOpened {
    static constexpr std::string_view kind = "vote.opened";
    VoteId vote{};
    Digest profile_hash;
    Digest text;
    std::uint32_t base_members = 0;
    Digest electorate; ///< blob (protocol/roster.hpp)
    std::uint32_t present = 0;
    std::uint32_t quorum = 0;
    std::optional<std::uint64_t> closes_at_ms; ///< milliseconds UTC, when a window was set
};
BOOST_DESCRIBE_STRUCT(VoteOpened, (),
                      (vote, profile_hash, text, base_members, electorate, present, quorum, closes_at_ms))

struct VoteCast {
    static constexpr std::string_view kind = "vote.cast";
    VoteId vote{};
    PersonId person{};
    Choice choice = Choice::abstain;
};
BOOST_DESCRIBE_STRUCT(VoteCast, (), (vote, person, choice))

struct VoteHeld {
    static constexpr std::string_view kind = "vote.held";
    VoteId vote{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(VoteHeld, (), (vote, reason))

struct VoteResumed {
    static constexpr std::string_view kind = "vote.resumed";
    VoteId vote{};
    std::optional<std::uint64_t> closes_at_ms;
};
BOOST_DESCRIBE_STRUCT(VoteResumed, (), (vote, closes_at_ms))

struct VoteClosed {
    static constexpr std::string_view kind = "vote.closed";
    VoteId vote{};
    ClosedBy by = ClosedBy::chair;
};
BOOST_DESCRIBE_STRUCT(VoteClosed, (), (vote, by))

/// Follows vote.closed in the same group. `left` counts members of the electorate who had signed out by then;
/// they are shown apart and never subtracted.
struct VoteDecided {
    static constexpr std::string_view kind = "vote.decided";
    VoteId vote{};
    Tally tally;
    std::vector<GroupTally> groups; ///< the groups the profile names
    std::uint32_t left = 0;
    Outcome outcome;
};
BOOST_DESCRIBE_STRUCT(VoteDecided, (), (vote, tally, groups, left, outcome))

struct VoteAnnounced {
    static constexpr std::string_view kind = "vote.announced";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(VoteAnnounced, (), (vote))

struct VoteVoided {
    static constexpr std::string_view kind = "vote.voided";
    VoteId vote{};
    VoidReason reason = VoidReason::equipment_failure;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(VoteVoided, (), (vote, reason, note))

using Event = std::variant<LogCreated, ServerStarted, JournalRecovered, BoxFrame, BodyCreated, RosterAdopted,
                           OfficerAppointed, AccessCodesIssued, MeetingCreated, SittingCreated, ItemAdded,
                           ItemEdited, AgendaAdopted, ItemActivated, ItemWithdrawn, ItemDeferred,
                           SignInOpened, SignedIn, SignedOut, SittingOpened, SittingRecessed, SittingResumed,
                           SittingClosed, ConductLent, VotePrepared, VoteOpened, VoteCast, VoteHeld,
                           VoteResumed, VoteClosed, VoteDecided, VoteAnnounced, VoteVoided>;

/// The kind an event is journaled under.
std::string_view kind_of(const Event& event);

} // namespace plenum
