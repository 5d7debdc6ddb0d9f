#pragma once

#include "protocol/event.hpp"

// A vote as screens show it.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class VoteState { prepared, open, held, closed, decided, announced, voided };
BOOST_DESCRIBE_ENUM(VoteState, prepared, open, held, closed, decided, announced, voided)

/// The figures and what they mean, once this role may see them.
struct ResultView {
    Tally tally;
    std::vector<GroupTally> groups;
    std::uint32_t left = 0;
    Outcome outcome;
    std::optional<HandsCount> hands{}; ///< the part that was counted by hands
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (tally, groups, left, outcome, hands))

/// What one teller counted.
struct TellerCount {
    PersonId teller{};
    std::string name;
    HandsCount hands;
};
BOOST_DESCRIBE_STRUCT(TellerCount, (), (teller, name, hands))

/// The hands of an open vote: how many are to be counted, and to those who conduct what was counted so far.
struct HandsView {
    std::uint32_t electors = 0;       ///< how many vote by hands
    std::vector<TellerCount> counted; ///< chair, conducting operator and tellers only
    bool agreed = false;              ///< enough tellers counted the same
};
BOOST_DESCRIBE_STRUCT(HandsView, (), (electors, counted, agreed))

struct VoteView {
    VoteId id{};
    SittingId sitting{};
    std::optional<ItemId> item;
    std::string title;
    Digest text; ///< fetch the words from /documents/<hex>; private ones by document.read
    VoteState state = VoteState::prepared;
    std::uint32_t attempt = 1;
    std::optional<VoteId> first_attempt;
    LocalText rule; ///< the rule in words: base, what is needed, what not pressing means
    VoteMethod vote_method = VoteMethod::console; ///< as it is now
    PressPolicy press = PressPolicy::last;
    ResultDisplay result_display = ResultDisplay::direct;
    bool adopts_agenda = false;
    std::uint32_t base_members = 0;
    std::uint32_t needed = 0;  ///< approvals, when the base is known beforehand; 0 otherwise
    std::uint32_t quorum = 0;  ///< how many must be present to open it
    std::uint32_t present = 0; ///< N, frozen at opening; 0 before
    std::optional<std::uint64_t> opened_at_ms;
    std::optional<std::uint64_t> closes_at_ms;
    std::optional<std::uint64_t> decided_at_ms; ///< when it was closed and counted, which is one moment
    std::optional<std::uint32_t> received;      ///< how many have pressed, where the rule shows progress
    std::optional<HandsView> hands;             ///< where hands are counted
    std::uint32_t objections = 0;
    std::optional<ResultView> result;
    std::optional<VoidReason> void_reason;
    std::string void_note;
    bool text_is_private = false; ///< of a vote on a closed item
};
BOOST_DESCRIBE_STRUCT(VoteView, (),
                      (id, sitting, item, title, text, state, attempt, first_attempt, rule, vote_method,
                       press, result_display, adopts_agenda, base_members, needed, quorum, present,
                       opened_at_ms, closes_at_ms, decided_at_ms, received, hands, objections, result,
                       void_reason, void_note, text_is_private))

struct VoteChanged {
    static constexpr std::string_view method = "vote.changed";
    std::uint64_t seq = 0;
    std::uint64_t at_ms = 0; ///< server clock, for countdowns
    VoteView vote;
};
BOOST_DESCRIBE_STRUCT(VoteChanged, (), (seq, at_ms, vote))

/// Coalesced: at most ten a second; never who, never how.
struct VoteProgress {
    static constexpr std::string_view method = "vote.progress";
    std::uint64_t seq = 0;
    VoteId vote{};
    std::uint32_t received = 0;
    std::uint32_t present = 0;
};
BOOST_DESCRIBE_STRUCT(VoteProgress, (), (seq, vote, received, present))

} // namespace plenum
