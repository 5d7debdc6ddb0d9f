#pragma once

#include "protocol/event.hpp"
#include "protocol/view/secret_vote.hpp"

// A vote as screens show it.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class VoteState {
    prepared,
    open,
    held,
    closed,
    decided,
    announced,
    voided,
    annulled ///< announced, and by a later decision of no effect
};
BOOST_DESCRIBE_ENUM(VoteState, prepared, open, held, closed, decided, announced, voided, annulled)

/// A name or clause that was taken out of a combined vote.
struct TakenOut {
    std::uint32_t position = 1; ///< in the combined vote, from 1
    VoteId vote{};              ///< by which it is put separately, in its first attempt
    std::string asked_by;

    bool operator==(const TakenOut&) const = default;
};
BOOST_DESCRIBE_STRUCT(TakenOut, (), (position, vote, asked_by))

/// What a vote is in law beside its question, and what was set aside for it.
struct VoteMatter {
    std::optional<QuestionPart> part{};
    std::optional<PersonnelMatter> personnel{};
    std::optional<QualificationRecorded> qualification{}; ///< what the office has of that person
    std::string approval_by{};                            ///< the body above that has to approve; empty: none
    std::vector<Override> overrides{};
    Later<Digest> draft{}; ///< the public paper of the item that is voted on
    Later<std::vector<CombinedMatter>> combined{};
    Later<std::vector<TakenOut>> taken_out{}; ///< of those combined, ascending: they are not voted on here
    Later<SplitFrom> split{};

    bool operator==(const VoteMatter&) const = default;
};
BOOST_DESCRIBE_STRUCT(VoteMatter, (),
                      (part, personnel, qualification, approval_by, overrides, draft, combined, taken_out,
                       split))

/// What later decisions made of a result.
struct VoteSequel {
    std::optional<TieDecided> tie{};
    std::optional<ApprovalRecorded> approval{};
    std::optional<VoteAnnulled> annulled{};
    bool oath_taken = false;

    bool operator==(const VoteSequel&) const = default;
};
BOOST_DESCRIBE_STRUCT(VoteSequel, (), (tie, approval, annulled, oath_taken))

/// The figures and what they mean, once this role may see them.
struct ResultView {
    Tally tally;
    std::vector<GroupTally> groups;
    std::uint32_t left = 0;
    Outcome outcome;
    std::optional<HandsCount> hands{}; ///< the part that was counted by hands
    Later<BallotsCount> ballots{};     ///< on paper: issued, collected and what stood on them
    Later<PlacesDecided> places{};
    Later<GradesDecided> grades{};
    Later<OpenedTotals> totals{}; ///< of a secret vote at consoles
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (tally, groups, left, outcome, hands, ballots, places, grades, totals))

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

/// What one teller counted of one room, or of all ballots; the one that belongs to the vote is filled in.
struct TellerBallots {
    PersonId teller{};
    std::string name;
    std::optional<std::string> room;
    std::optional<BallotsCount> ballots;
    std::optional<PlacesReturn> list;
    std::optional<GradesCount> grades;
};
BOOST_DESCRIBE_STRUCT(TellerBallots, (), (teller, name, room, ballots, list, grades))

/// Ballots by number alone, which decides first: more back than were given out are void (选举法 44).
struct BallotBox {
    std::uint32_t issued = 0;    ///< 发出
    std::uint32_t collected = 0; ///< 收回
};
BOOST_DESCRIBE_STRUCT(BallotBox, (), (issued, collected))

/// The ballots of a vote on paper: how many may be given out, and to those who conduct what was counted so
/// far. What single rooms counted is nobody else's to see.
struct BallotsView {
    std::uint32_t electors = 0;         ///< how many ballots may be given out at most; 0 before the opening
    std::vector<std::string> rooms;     ///< that count by themselves
    std::vector<TellerBallots> counted; ///< chair, conducting operator and tellers only
    bool agreed = false;                ///< enough tellers counted the same, of every room
    std::optional<LocalText> missing;   ///< what keeps the vote from being closed, to the same
    std::vector<std::string> rooms_of_groups; ///< of the rooms: those the rule itself asks for, however few
    std::optional<BallotBox> box; ///< of all rooms, once agreed, to the same: said before the count is
};
BOOST_DESCRIBE_STRUCT(BallotsView, (), (electors, rooms, counted, agreed, missing, rooms_of_groups, box))

/// Somebody by name.
struct NamedPerson {
    PersonId person{};
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedPerson, (), (person, name))

/// A base number other than the roster's, which a second person has to confirm.
struct BaseGiven {
    std::string reason;
    std::optional<PersonId> by;              ///< who wrote it down; empty: the server
    std::optional<NamedPerson> confirmed_by; ///< empty: the vote cannot be opened yet
};
BOOST_DESCRIBE_STRUCT(BaseGiven, (), (reason, by, confirmed_by))

/// What stands on a list. NOTE: append only.
enum class ListOf { persons, projects };
BOOST_DESCRIBE_ENUM(ListOf, persons, projects)

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
    bool text_is_private = false;   ///< of a vote on a closed item
    std::optional<BallotList> list; ///< what is chosen from; `follows` in it tells a re-vote from an attempt
    std::optional<GradesSheet> grades;
    std::optional<SeriesPlace> series;
    std::optional<RuleDeviation> deviation;
    std::optional<BallotsView> ballots;   ///< on paper
    std::vector<NamedPerson> scrutineers; ///< of an election: approved, frozen at its opening
    std::optional<VoteId> followed_by;    ///< the re-vote or separate election that settles what is open here
    VoteMatter matter;
    VoteSequel sequel;
    std::optional<ListOf> list_of; ///< of a list: who or what is chosen, by the vote it began with
    /// Approvals, as the rule says it; nothing where groups or grades decide.
    std::optional<Threshold> majority;
    std::optional<Threshold> participation; ///< how many must take part, or the vote is void
    std::uint32_t participation_needed = 0; ///< when its base is known beforehand; 0 otherwise
    Later<BaseGiven> base_given{};          ///< where the base differs from the roster
    std::optional<SecretVoteView> secret{};
    Later<VoteMethod> fallback{};           ///< by which alone it goes on when its consoles failed
    Later<NotPressedDisplay> not_pressed{}; ///< whether screens show it; empty: shown
    Later<ListAnnouncement> announcement{}; ///< which figures of a list screens show; empty: all
};
BOOST_DESCRIBE_STRUCT(VoteView, (),
                      (id, sitting, item, title, text, state, attempt, first_attempt, rule, vote_method,
                       press, result_display, adopts_agenda, base_members, needed, quorum, present,
                       opened_at_ms, closes_at_ms, decided_at_ms, received, hands, objections, result,
                       void_reason, void_note, text_is_private, list, grades, series, deviation, ballots,
                       scrutineers, followed_by, matter, sequel, list_of, majority, participation,
                       participation_needed, base_given, secret, fallback, not_pressed, announcement))

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
