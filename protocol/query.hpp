#pragma once

#include "protocol/command.hpp"
#include "protocol/query/attendance.hpp"
#include "protocol/query/secret_vote.hpp"
#include "protocol/query/suggestions.hpp"
#include "protocol/view.hpp"
#include "protocol/view/sheet.hpp"

// Requests that are answered from the durable state and cause no entry, and the answers to commands.

namespace plenum {

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
    Bytes channel{};      ///< 32 bytes for this session, which keys made in it are bound to
};
BOOST_DESCRIBE_STRUCT(HelloAnswer, (), (protocol, origin, vkey, checkpoint, seq, at_ms, me, resumed, channel))

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

/// The answer to every command: where it stands in the record. A repeat of the same request id gets the same
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

/// Asks for nothing but an answer: browsers can neither send WebSocket pings nor see that a line has silently
/// died. Also allowed before hello, whose time it does not extend.
struct Ping {
    static constexpr std::string_view method = "ping";
};
BOOST_DESCRIBE_STRUCT(Ping, (), ())

/// The answer to ping.
struct Pong {
    std::uint64_t seq = 0;
    std::uint64_t at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(Pong, (), (seq, at_ms))

/// Something about one row of an import. NOTE: names are on the wire; append only.
enum class RowSeverity {
    error, ///< nothing is imported while one of these stands
    notice ///< worth a look
};
BOOST_DESCRIBE_ENUM(RowSeverity, error, notice)

/// `row` counts from 1 in the order of the rows sent.
struct RowFinding {
    std::uint32_t row = 0;
    RowSeverity severity = RowSeverity::error;
    LocalText words;
};
BOOST_DESCRIBE_STRUCT(RowFinding, (), (row, severity, words))

/// What an import would do, and everything that is wrong with it; nothing is stored. Secretary.
struct CheckRoster {
    static constexpr std::string_view method = "roster.check";
    BodyId body{};
    std::vector<RosterRow> members;
};
BOOST_DESCRIBE_STRUCT(CheckRoster, (), (body, members))

struct RosterCheck {
    std::uint64_t seq = 0;
    std::vector<RowFinding> findings; ///< at most 500
    std::uint32_t added = 0;
    std::uint32_t changed = 0;
    std::uint32_t unchanged = 0;
    std::uint32_t removed = 0;
    std::vector<std::string> removed_names; ///< at most 100
};
BOOST_DESCRIBE_STRUCT(RosterCheck, (), (seq, findings, added, changed, unchanged, removed, removed_names))

/// The same for an agenda. Secretary.
struct CheckAgenda {
    static constexpr std::string_view method = "agenda.check";
    MeetingId meeting{};
    std::vector<AgendaRow> items;
};
BOOST_DESCRIBE_STRUCT(CheckAgenda, (), (meeting, items))

struct AgendaCheck {
    std::uint64_t seq = 0;
    std::vector<RowFinding> findings;
    std::uint32_t added = 0;
    std::uint32_t present = 0; ///< rows that stand there already
};
BOOST_DESCRIBE_STRUCT(AgendaCheck, (), (seq, findings, added, present))

/// A body as the office sees it.
struct BodyView {
    BodyId id{};
    BodyKind body_kind = BodyKind::congress;
    std::string name;
    std::optional<BodyId> parent;
    std::uint32_t members = 0;
    bool can_undo = false; ///< an import that can be taken back
};
BOOST_DESCRIBE_STRUCT(BodyView, (), (id, body_kind, name, parent, members, can_undo))

/// Somebody with an office, over one body or the whole chamber.
struct OfficerView {
    PersonId person{};
    std::string name;
    Role role = Role::observer;
    std::optional<BodyId> body;
};
BOOST_DESCRIBE_STRUCT(OfficerView, (), (person, name, role, body))

/// A meeting in the office's list.
struct MeetingView {
    MeetingId id{};
    BodyId body{};
    std::string title;
    MeetingKind meeting_kind = MeetingKind::other;
    MeetingState state = MeetingState::draft;
};
BOOST_DESCRIBE_STRUCT(MeetingView, (), (id, body, title, meeting_kind, state))

/// All bodies, officers and meetings this secretary may prepare, newest meetings first. Secretary.
struct ListOffice {
    static constexpr std::string_view method = "office.list";
};
BOOST_DESCRIBE_STRUCT(ListOffice, (), ())

struct OfficeView {
    std::uint64_t seq = 0;
    std::vector<BodyView> bodies;
    std::vector<OfficerView> officers;
    std::vector<MeetingView> meetings; ///< at most 100
};
BOOST_DESCRIBE_STRUCT(OfficeView, (), (seq, bodies, officers, meetings))

/// The roster of a body in force, a page at a time, in the order of the import. Secretary.
struct ReadRoster {
    static constexpr std::string_view method = "roster.read";
    BodyId body{};
    std::uint32_t from = 0;
    std::uint32_t limit = 1'000;
};
BOOST_DESCRIBE_STRUCT(ReadRoster, (), (body, from, limit))

/// One member of a roster as the office exports it.
struct RosterMember {
    PersonId person{};
    std::string number;
    std::string name;
    std::string group;
    std::string seat;
    bool has_photo = false;
    bool has_code = false;
    Later<Suspension> suspended{};
};
BOOST_DESCRIBE_STRUCT(RosterMember, (), (person, number, name, group, seat, has_photo, has_code, suspended))

/// One page of roster.read.
struct RosterPage {
    std::uint64_t seq = 0;
    std::uint32_t total = 0;
    std::vector<RosterMember> members;
};
BOOST_DESCRIBE_STRUCT(RosterPage, (), (seq, total, members))

/// 表决结果单: one vote with everything its result rests on. Chair, operator, secretary and auditor.
struct ReadSheet {
    static constexpr std::string_view method = "vote.sheet";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ReadSheet, (), (vote))

/// The answer to vote.sheet.
struct SheetAnswer {
    std::uint64_t seq = 0;
    ResultSheet sheet;
};
BOOST_DESCRIBE_STRUCT(SheetAnswer, (), (seq, sheet))

/// The rules a body has adopted. Secretary, chair and operator.
struct ReadRules {
    static constexpr std::string_view method = "rules.read";
    BodyId body{};
};
BOOST_DESCRIBE_STRUCT(ReadRules, (), (body))

/// The book in force; nothing when none was adopted.
struct RulesAnswer {
    std::uint64_t seq = 0;
    std::optional<RuleBook> rules;
    std::string decided_by;
};
BOOST_DESCRIBE_STRUCT(RulesAnswer, (), (seq, rules, decided_by))

/// A meeting's agenda and schedule, whether or not it has a sitting. Secretary, chair, operator.
struct ReadAgenda {
    static constexpr std::string_view method = "agenda.read";
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(ReadAgenda, (), (meeting))

/// The answer to agenda.read.
struct AgendaAnswer {
    std::uint64_t seq = 0;
    AgendaView agenda;
    std::uint32_t imported = 0; ///< items of the last import that agenda.undo takes back
};
BOOST_DESCRIBE_STRUCT(AgendaAnswer, (), (seq, agenda, imported))

/// A photo. Whoever keeps attendance, and the person.
struct ReadPhoto {
    static constexpr std::string_view method = "person.read_photo";
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(ReadPhoto, (), (person))

/// A private paper of an item, or the private text of a vote on it. Members of the body, its chair, operator
/// and secretary.
struct ReadDocument {
    static constexpr std::string_view method = "document.read";
    ItemId item{};
    Digest document;
};
BOOST_DESCRIBE_STRUCT(ReadDocument, (), (item, document))

/// A value of the private store. With the salt whoever reads it can check that it is what the record names:
/// the digest is that of the private blob (protocol/private_value.hpp).
struct PrivateAnswer {
    std::uint64_t seq = 0;
    std::string media_type;
    Bytes content;
    Bytes salt; ///< 16 bytes
};
BOOST_DESCRIBE_STRUCT(PrivateAnswer, (), (seq, media_type, content, salt))

/// The parts the other holders sealed for this one, in the running ceremony. Key holder.
struct ReadParts {
    static constexpr std::string_view method = "ceremony.parts";
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(ReadParts, (), (meeting))

/// The answer to ceremony.parts: one for each holder, in order; empty where the holder has not
/// opened yet, and for the one who asks.
struct PartsAnswer {
    std::uint64_t seq = 0;
    std::vector<Bytes> parts;
};
BOOST_DESCRIBE_STRUCT(PartsAnswer, (), (seq, parts))

/// Every query with its answer, for those who go through all of them.
using Queries = boost::mp11::mp_list<
    std::pair<Ping, Pong>, std::pair<Hello, HelloAnswer>, std::pair<ListMembers, MembersPage>,
    std::pair<ListNotPressed, NotPressedAnswer>, std::pair<CheckRoster, RosterCheck>,
    std::pair<CheckAgenda, AgendaCheck>, std::pair<ListOffice, OfficeView>, std::pair<ReadRoster, RosterPage>,
    std::pair<ReadAgenda, AgendaAnswer>, std::pair<ListAttendees, AttendeesAnswer>,
    std::pair<ReadAttendance, AttendancePage>, std::pair<ReadLeaveReason, PrivateAnswer>,
    std::pair<ReadPhoto, PrivateAnswer>, std::pair<ReadDocument, PrivateAnswer>,
    std::pair<ReadRules, RulesAnswer>, std::pair<ReadSheet, SheetAnswer>,
    std::pair<ReadStatistics, AttendanceStatistics>, std::pair<ReadParts, PartsAnswer>,
    std::pair<ListSuggestions, SuggestionsPage>, std::pair<ListPetitions, PetitionsPage>>;

} // namespace plenum
