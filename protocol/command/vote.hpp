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
    std::optional<std::vector<std::string>> rooms{}; ///< rooms or delegations that count their ballots alone
    std::optional<RuleDeviation> deviation{};        ///< asked for where the body has not adopted this rule
};
BOOST_DESCRIBE_STRUCT(PrepareVote, (),
                      (sitting, item, title, text, profile, base_members, base_reason, adopts_agenda, list,
                       grades, rooms, deviation))

/// One of a series: what differs from the others.
struct SeriesEntry {
    std::string title;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SeriesEntry, (), (title, text))

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

} // namespace plenum
