#pragma once

#include "protocol/event.hpp"

// What a screen may see, as snapshots and notifications carry it. Views are whole: a client replaces what it
// held under the same id. They show only what is durable, and `seq` of the message says as of which entry.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class SittingState { draft, signing_in, in_session, recess, closed };
BOOST_DESCRIBE_ENUM(SittingState, draft, signing_in, in_session, recess, closed)

/// NOTE: names are on the wire; append only.
enum class ItemState { draft, adopted, reading, put_to_vote, decided, withdrawn, deferred };
BOOST_DESCRIBE_ENUM(ItemState, draft, adopted, reading, put_to_vote, decided, withdrawn, deferred)

/// NOTE: names are on the wire; append only.
enum class VoteState { prepared, open, held, closed, decided, announced, voided };
BOOST_DESCRIBE_ENUM(VoteState, prepared, open, held, closed, decided, announced, voided)

/// Due, present and absent: shown always, on every screen.
struct Counts {
    std::uint32_t due = 0;
    std::uint32_t present = 0;
    std::uint32_t absent = 0;
    std::uint32_t quorum = 0; ///< how many are needed

    bool operator==(const Counts&) const = default;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (due, present, absent, quorum))

struct ItemView {
    ItemId id{};
    std::string title;
    ItemState state = ItemState::draft;
    bool active = false; ///< in this sitting
};
BOOST_DESCRIBE_STRUCT(ItemView, (), (id, title, state, active))

/// A sitting with its counts and agenda, as every screen shows it.
struct SittingView {
    SittingId id{};
    MeetingId meeting{};
    BodyId body{};
    std::string body_name;
    BodyKind body_kind = BodyKind::congress;
    std::string meeting_title;
    std::string title;
    SittingState state = SittingState::draft;
    bool conduct_lent = false;
    Counts counts;
    std::vector<ItemView> items;
};
BOOST_DESCRIBE_STRUCT(SittingView, (),
                      (id, meeting, body, body_name, body_kind, meeting_title, title, state, conduct_lent,
                       counts, items))

/// The figures and what they mean, once this role may see them.
struct ResultView {
    Tally tally;
    std::vector<GroupTally> groups;
    std::uint32_t left = 0;
    Outcome outcome;
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (tally, groups, left, outcome))

struct VoteView {
    VoteId id{};
    SittingId sitting{};
    std::optional<ItemId> item;
    std::string title;
    Digest text; ///< fetch the words from /documents/<hex>
    VoteState state = VoteState::prepared;
    std::uint32_t attempt = 1;
    std::optional<VoteId> first_attempt;
    LocalText rule; ///< the rule in words: base, what is needed, what not pressing means
    PressPolicy press = PressPolicy::last;
    ResultDisplay result_display =
        ResultDisplay::direct; ///< tells a screen without figures what it waits for
    std::uint32_t base_members = 0;
    std::uint32_t present = 0; ///< N, frozen at opening; 0 before
    std::optional<std::uint64_t> opened_at_ms;
    std::optional<std::uint64_t> closes_at_ms;
    std::optional<std::uint32_t> received; ///< how many have pressed, where the rule shows progress
    std::optional<ResultView> result;
    std::optional<VoidReason> void_reason;
    std::string void_note;
};
BOOST_DESCRIBE_STRUCT(VoteView, (),
                      (id, sitting, item, title, text, state, attempt, first_attempt, rule, press,
                       result_display, base_members, present, opened_at_ms, closes_at_ms, received, result,
                       void_reason, void_note))

/// One member as the chair's panel and the desk see them.
struct MemberView {
    PersonId person{};
    std::string number;
    std::string name;
    std::string group;
    std::string seat;
    bool present = false;
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (person, number, name, group, seat, present))

/// The person behind the session, and per sitting whether present and what the last press in the open vote
/// was.
struct MyPress {
    VoteId vote{};
    Choice choice = Choice::abstain;
    std::uint64_t seq = 0; ///< the entry that records it
};
BOOST_DESCRIBE_STRUCT(MyPress, (), (vote, choice, seq))

struct MyView {
    PersonId person{};
    std::string name;
    Role role = Role::observer;
    std::string seat;
    std::vector<SittingId> present_in;
    std::vector<MyPress> presses; ///< in votes that are open or held
};
BOOST_DESCRIBE_STRUCT(MyView, (), (person, name, role, seat, present_in, presses))

/// The whole of what a role sees. Sent after hello, and again when a client fell too far behind.
struct SnapshotView {
    std::uint64_t seq = 0;   ///< number of durable entries it shows
    std::uint64_t at_ms = 0; ///< server clock, for countdowns
    MyView me;
    std::vector<SittingView> sittings;
    std::vector<VoteView> votes;
};
BOOST_DESCRIBE_STRUCT(SnapshotView, (), (seq, at_ms, me, sittings, votes))

// Notifications. `seq` counts durable entries, so that resume(since) can continue.

/// `snapshot`, `sitting.changed`, `vote.changed`, `counts.changed`, `vote.progress`, `members.changed`,
/// `me.changed`.
struct SittingChanged {
    static constexpr std::string_view method = "sitting.changed";
    std::uint64_t seq = 0;
    SittingView sitting;
};
BOOST_DESCRIBE_STRUCT(SittingChanged, (), (seq, sitting))

struct VoteChanged {
    static constexpr std::string_view method = "vote.changed";
    std::uint64_t seq = 0;
    std::uint64_t at_ms = 0; ///< server clock, for countdowns
    VoteView vote;
};
BOOST_DESCRIBE_STRUCT(VoteChanged, (), (seq, at_ms, vote))

/// Coalesced: at most ten a second.
struct CountsChanged {
    static constexpr std::string_view method = "counts.changed";
    std::uint64_t seq = 0;
    SittingId sitting{};
    Counts counts;
};
BOOST_DESCRIBE_STRUCT(CountsChanged, (), (seq, sitting, counts))

/// Coalesced: at most ten a second; never who, never how.
struct VoteProgress {
    static constexpr std::string_view method = "vote.progress";
    std::uint64_t seq = 0;
    VoteId vote{};
    std::uint32_t received = 0;
    std::uint32_t present = 0;
};
BOOST_DESCRIBE_STRUCT(VoteProgress, (), (seq, vote, received, present))

/// To chair, operator and secretary: who came and who went since the last one, in one message a commit group.
struct MembersChanged {
    static constexpr std::string_view method = "members.changed";
    std::uint64_t seq = 0;
    SittingId sitting{};
    std::vector<PersonId> present;
    std::vector<PersonId> gone;
};
BOOST_DESCRIBE_STRUCT(MembersChanged, (), (seq, sitting, present, gone))

/// To the sessions of one person: signed in or out (perhaps by the desk), or pressed on another console.
struct MeChanged {
    static constexpr std::string_view method = "me.changed";
    std::uint64_t seq = 0;
    MyView me;
};
BOOST_DESCRIBE_STRUCT(MeChanged, (), (seq, me))

// Requests that are answered from the durable state and cause no entry.

/// First request on every connection. `since` asks to continue after a cut; `checkpoint` is the newest signed
/// note the client has seen: a server whose log is shorter stops rather than go on with a rolled-back record.
struct Hello {
    static constexpr std::string_view method = "hello";
    std::string code;
    std::optional<std::uint64_t> since;
    std::optional<std::string> checkpoint;
};
BOOST_DESCRIBE_STRUCT(Hello, (), (code, since, checkpoint))

struct HelloAnswer {
    std::string protocol; ///< `plenum.v1`
    std::string origin;
    std::string vkey;
    std::string checkpoint; ///< newest signed note; keep it
    std::uint64_t seq = 0;
    std::uint64_t at_ms = 0;
    MyView me;
    bool resumed = false; ///< true: notifications continue after `since`; false: a snapshot follows
};
BOOST_DESCRIBE_STRUCT(HelloAnswer, (), (protocol, origin, vkey, checkpoint, seq, at_ms, me, resumed))

/// Asks for nothing but an answer: browsers can neither send WebSocket pings nor see that a line has silently
/// died. Also allowed before hello, whose time it does not extend.
struct Ping {
    static constexpr std::string_view method = "ping";
};
BOOST_DESCRIBE_STRUCT(Ping, (), ())

struct PingAnswer {
    std::uint64_t seq = 0;   ///< number of durable entries
    std::uint64_t at_ms = 0; ///< server clock, for countdowns
};
BOOST_DESCRIBE_STRUCT(PingAnswer, (), (seq, at_ms))

/// Members of a sitting's body, a page at a time. Chair, operator and secretary.
struct ListMembers {
    static constexpr std::string_view method = "members.list";
    SittingId sitting{};
    std::uint32_t from = 0;
    std::uint32_t limit = 200;
};
BOOST_DESCRIBE_STRUCT(ListMembers, (), (sitting, from, limit))

/// One page of members.list.
struct MembersPage {
    std::uint64_t seq = 0;
    std::uint32_t total = 0;
    std::vector<MemberView> members;
};
BOOST_DESCRIBE_STRUCT(MembersPage, (), (seq, total, members))

/// Who of those present has not pressed yet: for the chair before closing, in named votes only.
struct ListNotPressed {
    static constexpr std::string_view method = "vote.not_pressed";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ListNotPressed, (), (vote))

struct NotPressedAnswer {
    std::uint64_t seq = 0;
    std::vector<MemberView> members; ///< at most 200
    std::uint32_t total = 0;
};
BOOST_DESCRIBE_STRUCT(NotPressedAnswer, (), (seq, members, total))

/// The answer to a command: where it stands in the record. A repeat of the same request id gets the same
/// answer.
struct Receipt {
    std::uint64_t seq = 0; ///< the first entry it caused; also the id of the record it created, if any
    std::uint64_t at_ms = 0;
    Digest leaf; ///< Merkle leaf hash of that entry
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (seq, at_ms, leaf))

/// The answer to officer.appoint: persons are numbered apart from entries, so the receipt alone would not say
/// who the new one is.
struct OfficerReceipt {
    std::uint64_t seq = 0; ///< as in a receipt, like the next two
    std::uint64_t at_ms = 0;
    Digest leaf;
    PersonId person{}; ///< who holds the office, new or known
};
BOOST_DESCRIBE_STRUCT(OfficerReceipt, (), (seq, at_ms, leaf, person))

/// One code as shown once to the secretary, for printing.
struct IssuedCode {
    PersonId person{};
    std::string number;
    std::string name;
    Role role = Role::delegate;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(IssuedCode, (), (person, number, name, role, code))

/// The answer to access_codes.issue; a repeat gets the receipt with no codes, because they are not kept.
struct IssuedCodes {
    Receipt receipt;
    std::vector<IssuedCode> codes;
};
BOOST_DESCRIBE_STRUCT(IssuedCodes, (), (receipt, codes))

struct AppointOfficer;
struct IssueAccessCodes;

/// What a command is answered with.
template <class Command>
struct AnswerTo {
    using type = Receipt;
};
template <>
struct AnswerTo<AppointOfficer> {
    using type = OfficerReceipt;
};
template <>
struct AnswerTo<IssueAccessCodes> {
    using type = IssuedCodes;
};

} // namespace plenum
