#pragma once

#include "protocol/event.hpp"

// What a person may ask for. A command is the `params` of one JSON-RPC request, named by `method`; `right`
// says who may. The members are described once here; schemas/messages holds the same as JSON Schema and a
// test compares them.

namespace plenum {

struct CreateBody {
    static constexpr std::string_view method = "body.create";
    static constexpr Right right = Right::prepare;
    BodyKind body_kind = BodyKind::congress;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CreateBody, (), (body_kind, name))

/// One row of a roster as the secretariat has it.
struct RosterRow {
    std::string number;
    std::string name;
    std::string group;
    std::string seat;
    std::optional<PersonId> person; ///< a person the log already knows, when the number cannot tell
};
BOOST_DESCRIBE_STRUCT(RosterRow, (), (number, name, group, seat, person))

/// Replaces the roster of a body by these rows. Members are recognised by their number, so importing twice
/// doubles nobody.
struct ImportRoster {
    static constexpr std::string_view method = "roster.import";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::vector<RosterRow> members;
};
BOOST_DESCRIBE_STRUCT(ImportRoster, (), (body, members))

/// Gives an office to a known person, or to a new one when only a name is given.
struct AppointOfficer {
    static constexpr std::string_view method = "officer.appoint";
    static constexpr Right right = Right::prepare;
    std::optional<PersonId> person;
    std::string name;
    Role role = Role::observer;
    std::optional<BodyId> body;
};
BOOST_DESCRIBE_STRUCT(AppointOfficer, (), (person, name, role, body))

/// Makes access codes: for one person's roles, or for every member of a body who has none. The answer shows
/// them, once.
struct IssueAccessCodes {
    static constexpr std::string_view method = "access_codes.issue";
    static constexpr Right right = Right::prepare;
    std::optional<BodyId> body;
    std::optional<PersonId> person;
};
BOOST_DESCRIBE_STRUCT(IssueAccessCodes, (), (body, person))

struct CreateMeeting {
    static constexpr std::string_view method = "meeting.create";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::string title;
    std::uint32_t term_no = 0;
    std::uint32_t session_no = 0;
    Threshold quorum;
};
BOOST_DESCRIBE_STRUCT(CreateMeeting, (), (body, title, term_no, session_no, quorum))

struct CreateSitting {
    static constexpr std::string_view method = "sitting.create";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(CreateSitting, (), (meeting, title))

struct AddItem {
    static constexpr std::string_view method = "item.add";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(AddItem, (), (meeting, title))

struct EditItem {
    static constexpr std::string_view method = "item.edit";
    static constexpr Right right = Right::prepare;
    ItemId item{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(EditItem, (), (item, title))

struct AdoptAgenda {
    static constexpr std::string_view method = "agenda.adopt";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(AdoptAgenda, (), (sitting))

struct ActivateItem {
    static constexpr std::string_view method = "item.activate";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(ActivateItem, (), (sitting, item))

struct WithdrawItem {
    static constexpr std::string_view method = "item.withdraw";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawItem, (), (sitting, item, reason))

struct DeferItem {
    static constexpr std::string_view method = "item.defer";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DeferItem, (), (sitting, item, reason))

struct OpenSignIn {
    static constexpr std::string_view method = "sign_in.open";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(OpenSignIn, (), (sitting))

/// A member signs in by the console.
struct SignIn {
    static constexpr std::string_view method = "attendance.sign_in";
    static constexpr Right right = Right::attend;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (sitting))

struct SignOut {
    static constexpr std::string_view method = "attendance.sign_out";
    static constexpr Right right = Right::attend;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SignOut, (), (sitting))

/// The desk signs a member in (补签到) or out.
struct SignInFor {
    static constexpr std::string_view method = "attendance.sign_in_for";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignInFor, (), (sitting, person))

struct SignOutFor {
    static constexpr std::string_view method = "attendance.sign_out_for";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignOutFor, (), (sitting, person))

struct OpenSitting {
    static constexpr std::string_view method = "sitting.open";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(OpenSitting, (), (sitting))

struct RecessSitting {
    static constexpr std::string_view method = "sitting.recess";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecessSitting, (), (sitting, reason))

struct ResumeSitting {
    static constexpr std::string_view method = "sitting.resume";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(ResumeSitting, (), (sitting))

struct CloseSitting {
    static constexpr std::string_view method = "sitting.close";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(CloseSitting, (), (sitting))

struct LendConduct {
    static constexpr std::string_view method = "conduct.lend";
    static constexpr Right right = Right::chair;
    SittingId sitting{};
    bool lent = false;
};
BOOST_DESCRIBE_STRUCT(LendConduct, (), (sitting, lent))

/// Writes a vote down with its text and rule. `base_members` is given, with a reason, when it differs from
/// the roster.
struct PrepareVote {
    static constexpr std::string_view method = "vote.prepare";
    static constexpr Right right = Right::prepare;
    SittingId sitting{};
    std::optional<ItemId> item;
    std::string title;
    std::string text;
    RuleProfile profile;
    std::optional<std::uint32_t> base_members;
    std::string base_reason;
};
BOOST_DESCRIBE_STRUCT(PrepareVote, (), (sitting, item, title, text, profile, base_members, base_reason))

struct OpenVote {
    static constexpr std::string_view method = "vote.open";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(OpenVote, (), (vote))

struct CastVote {
    static constexpr std::string_view method = "vote.cast";
    static constexpr Right right = Right::cast;
    VoteId vote{};
    Choice choice = Choice::abstain;
};
BOOST_DESCRIBE_STRUCT(CastVote, (), (vote, choice))

struct HoldVote {
    static constexpr std::string_view method = "vote.hold";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(HoldVote, (), (vote, reason))

struct ResumeVote {
    static constexpr std::string_view method = "vote.resume";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ResumeVote, (), (vote))

/// Ends the voting; the figures are decided in the same breath.
struct CloseVote {
    static constexpr std::string_view method = "vote.close";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(CloseVote, (), (vote))

struct AnnounceVote {
    static constexpr std::string_view method = "vote.announce";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(AnnounceVote, (), (vote))

struct VoidVote {
    static constexpr std::string_view method = "vote.void";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    VoidReason reason = VoidReason::equipment_failure;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(VoidVote, (), (vote, reason, note))

/// A new attempt at a vote that was voided, with the same text and rule.
struct RetryVote {
    static constexpr std::string_view method = "vote.retry";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(RetryVote, (), (vote))

using Command = std::variant<CreateBody, ImportRoster, AppointOfficer, IssueAccessCodes, CreateMeeting,
                             CreateSitting, AddItem, EditItem, AdoptAgenda, ActivateItem, WithdrawItem,
                             DeferItem, OpenSignIn, SignIn, SignOut, SignInFor, SignOutFor, OpenSitting,
                             RecessSitting, ResumeSitting, CloseSitting, LendConduct, PrepareVote, OpenVote,
                             CastVote, HoldVote, ResumeVote, CloseVote, AnnounceVote, VoidVote, RetryVote>;

/// The JSON-RPC method that names the command.
std::string_view method_of(const Command& command);
/// The right a role needs for it.
Right right_of(const Command& command);

/// The command `method` names, decoded from its params; nothing when no command has that name.
std::optional<Decoded<Command>> decode_command(std::string_view method, const boost::json::value& params);

/// Params as a client sends them.
boost::json::value encode_params(const Command& command);

/// What a repeated request id must agree on, as 64 bits: the command's fingerprint equals that of the first
/// event it causes. For a press it covers vote and choice, so that a retry can never stand for another
/// choice; otherwise the kind.
std::uint64_t fingerprint(const Command& command);
std::uint64_t fingerprint(const Event& first);

} // namespace plenum
