#pragma once

#include "protocol/event/vote.hpp"
#include "protocol/role.hpp"

// What may be asked for about votes.

namespace plenum {

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
    bool adopts_agenda = false; ///< put the draft items of the meeting to the vote
    std::optional<BallotList> list{};
    std::optional<GradesSheet> grades{};
    std::optional<std::vector<std::string>> rooms{};  ///< rooms or delegations that count their ballots alone
    std::optional<RuleDeviation> deviation{};         ///< asked for where the body has not adopted this rule
    std::optional<QuestionPart> part{};               ///< an amendment or a clause; empty: the whole
    std::optional<PersonnelMatter> personnel{};       ///< whom it is about
    std::optional<std::string> approval_by{};         ///< the body above that has to approve
    std::optional<std::vector<Override>> overrides{}; ///< of what would be refused otherwise
    std::optional<Digest> draft{};                    ///< which public paper of the item is voted on
    std::optional<std::vector<CombinedMatter>> combined{}; ///< names or clauses put to the vote together
};
BOOST_DESCRIBE_STRUCT(PrepareVote, (),
                      (sitting, item, title, text, profile, base_members, base_reason, adopts_agenda, list,
                       grades, rooms, deviation, part, personnel, approval_by, overrides, draft, combined))

/// One of a series: what differs from the others.
struct SeriesEntry {
    std::string title;
    std::string text;
    std::optional<PersonnelMatter> personnel{};
};
BOOST_DESCRIBE_STRUCT(SeriesEntry, (), (title, text, personnel))

/// Writes down as many votes as there are entries, under one rule, to be put one after another.
struct PrepareSeries {
    static constexpr std::string_view method = "vote.prepare_series";
    static constexpr Right right = Right::prepare;
    SittingId sitting{};
    std::optional<ItemId> item;
    std::vector<SeriesEntry> entries;
    RuleProfile profile;
    std::optional<std::uint32_t> base_members;
    std::string base_reason;
    std::optional<RuleDeviation> deviation{};
};
BOOST_DESCRIBE_STRUCT(PrepareSeries, (),
                      (sitting, item, entries, profile, base_members, base_reason, deviation))

/// Opens a prepared vote. A procedural error that may be set aside is refused until `overrides` names who
/// decided that, and why; one that is not there cannot be set aside.
struct OpenVote {
    static constexpr std::string_view method = "vote.open";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::optional<std::vector<Override>> overrides{};
};
BOOST_DESCRIBE_STRUCT(OpenVote, (), (vote, overrides))

struct CastVote {
    static constexpr std::string_view method = "vote.cast";
    static constexpr Right right = Right::cast;
    VoteId vote{};
    Choice choice = Choice::abstain;
};
BOOST_DESCRIBE_STRUCT(CastVote, (), (vote, choice))

/// A teller's three counts of raised hands. Counting again replaces one's own count.
struct CountHands {
    static constexpr std::string_view method = "vote.count_hands";
    static constexpr Right right = Right::count;
    VoteId vote{};
    HandsCount hands;
};
BOOST_DESCRIBE_STRUCT(CountHands, (), (vote, hands))

/// A teller's count of the ballots for and against: of one room where rooms count by themselves, else of all.
/// Counting again replaces one's own count.
struct CountBallots {
    static constexpr std::string_view method = "vote.count_ballots";
    static constexpr Right right = Right::count;
    VoteId vote{};
    BallotsCount ballots;
    std::optional<std::string> room{};
};
BOOST_DESCRIBE_STRUCT(CountBallots, (), (vote, ballots, room))

/// The same of ballots with a list: those on the ballot in its order, then those written in.
struct CountList {
    static constexpr std::string_view method = "vote.count_list";
    static constexpr Right right = Right::count;
    VoteId vote{};
    PlacesReturn list;
    std::optional<std::string> room{};
};
BOOST_DESCRIBE_STRUCT(CountList, (), (vote, list, room))

/// The same of sheets with grades, the objects in their order.
struct CountGrades {
    static constexpr std::string_view method = "vote.count_grades";
    static constexpr Right right = Right::count;
    VoteId vote{};
    GradesCount grades;
    std::optional<std::string> room{};
};
BOOST_DESCRIBE_STRUCT(CountGrades, (), (vote, grades, room))

/// Puts on record whom the assembly approved as scrutineers. `vote` is the vote by which it did, adopted and
/// announced in the plenary; they watch over the elections of this meeting until others are approved.
struct ApproveScrutineers {
    static constexpr std::string_view method = "scrutineers.approve";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::vector<PersonId> persons;
};
BOOST_DESCRIBE_STRUCT(ApproveScrutineers, (), (vote, persons))

/// A member objects to adopting this without a vote.
struct ObjectToVote {
    static constexpr std::string_view method = "vote.object";
    static constexpr Right right = Right::cast;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ObjectToVote, (), (vote))

/// The chair heard an objection in the hall.
struct RecordObjection {
    static constexpr std::string_view method = "vote.record_objection";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(RecordObjection, (), (vote))

/// After an objection: the same vote by console or by hands.
struct SwitchVoteMethod {
    static constexpr std::string_view method = "vote.switch_method";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    VoteMethod to = VoteMethod::hands;
};
BOOST_DESCRIBE_STRUCT(SwitchVoteMethod, (), (vote, to))

/// Lets the window of an open vote run longer.
struct ExtendVote {
    static constexpr std::string_view method = "vote.extend";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::uint32_t by_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ExtendVote, (), (vote, by_ms))

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

/// A new attempt at a vote that was voided, or whose ballots were void, with the same text and rule; by hands
/// or on paper when the consoles failed.
struct RetryVote {
    static constexpr std::string_view method = "vote.retry";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::optional<VoteMethod> by{}; ///< empty: as before
};
BOOST_DESCRIBE_STRUCT(RetryVote, (), (vote, by))

/// Puts on record that an announced result was annulled, by whom and why; also after the meeting was
/// archived.
struct AnnulVote {
    static constexpr std::string_view method = "vote.annul";
    static constexpr Right right = Right::prepare;
    VoteId vote{};
    std::string decided_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AnnulVote, (), (vote, decided_by, reason))

/// Puts on record what the body above decided on a result that waits for its approval; also after the meeting
/// was archived.
struct RecordApproval {
    static constexpr std::string_view method = "vote.record_approval";
    static constexpr Right right = Right::prepare;
    VoteId vote{};
    bool granted = false;
    std::string document;
};
BOOST_DESCRIBE_STRUCT(RecordApproval, (), (vote, granted, document))

/// Puts on record who of those tied gets the last place, where the rule leaves that to the presidium.
struct DecideTie {
    static constexpr std::string_view method = "vote.decide_tie";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::vector<std::string> names;
    std::string decided_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DecideTie, (), (vote, names, decided_by, reason))

/// Puts on record what the office has of the person a prepared vote would appoint.
struct RecordQualification {
    static constexpr std::string_view method = "vote.record_qualification";
    static constexpr Right right = Right::prepare;
    VoteId vote{};
    bool exam_passed = false;
    std::optional<std::uint64_t> papers_at_ms; ///< milliseconds UTC; empty: not yet
};
BOOST_DESCRIBE_STRUCT(RecordQualification, (), (vote, exam_passed, papers_at_ms))

/// Confirms, as a second person, a base number that differs from the roster; the figure is repeated.
struct ConfirmBase {
    static constexpr std::string_view method = "vote.confirm_base";
    static constexpr Right right = Right::confirm;
    VoteId vote{};
    std::uint32_t base_members = 0;
};
BOOST_DESCRIBE_STRUCT(ConfirmBase, (), (vote, base_members))

/// Takes one name or clause out of a combined vote, to be put separately before the rest is voted on. Only
/// before the combined vote is opened, or while it has to be taken again.
struct SplitVote {
    static constexpr std::string_view method = "vote.split";
    static constexpr Right right = Right::conduct;
    VoteId vote{};
    std::uint32_t position = 1; ///< in the combined vote, from 1
    std::string text;           ///< put to the vote separately
    std::string asked_by;
};
BOOST_DESCRIBE_STRUCT(SplitVote, (), (vote, position, text, asked_by))

/// Puts on record that those whom these votes appointed or elected took the oath.
struct TakeOath {
    static constexpr std::string_view method = "oath.take";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    std::vector<VoteId> votes;
};
BOOST_DESCRIBE_STRUCT(TakeOath, (), (sitting, votes))

} // namespace plenum
