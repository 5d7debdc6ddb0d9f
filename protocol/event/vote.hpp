#pragma once

#include "protocol/event/secret_vote.hpp"
#include "protocol/refusal.hpp"
#include "protocol/rules/ballot_list.hpp"

// Votes, from the text that is put to the vote to the announced result.

namespace plenum {

/// 赞成, 反对, 弃权. Not pressing is the absence of a choice, never one of them.
enum class Choice { approve, oppose, abstain };
BOOST_DESCRIBE_ENUM(Choice, approve, oppose, abstain)

/// Why an attempt at a vote counts for nothing. NOTE: append only.
enum class VoidReason {
    lost_quorum,       ///< the members present fell below the quorum while it was open
    equipment_failure, ///< consoles or network failed
    wrong_text,        ///< the text shown was not the one to be voted on
    disorder,          ///< the chair stopped it
    withdrawn,         ///< taken back before it was decided
    ballot_key_lost    ///< the key of an open ballot box is gone: its ballots can never be read
};
BOOST_DESCRIBE_ENUM(VoidReason, lost_quorum, equipment_failure, wrong_text, disorder, withdrawn,
                    ballot_key_lost)

/// Who or what ended the voting.
enum class ClosedBy { chair, timer };
BOOST_DESCRIBE_ENUM(ClosedBy, chair, timer)

/// Raised hands, as one teller counted them.
struct HandsCount {
    std::uint32_t approve = 0;
    std::uint32_t oppose = 0;
    std::uint32_t abstain = 0;

    std::uint64_t total() const { return std::uint64_t{approve} + oppose + abstain; }
    bool operator==(const HandsCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(HandsCount, (), (approve, oppose, abstain))

/// Who decided that a vote has another rule than those the body adopted, and why.
struct RuleDeviation {
    std::string decided_by;
    std::string reason;

    bool operator==(const RuleDeviation&) const = default;
};
BOOST_DESCRIBE_STRUCT(RuleDeviation, (), (decided_by, reason))

/// A procedural error somebody decided to set aside: the refusal that would have stood in the way, who
/// decided it, and why. Which refusals can be: may_be_set_aside (protocol/refusal.hpp).
struct Override {
    RefusalCode of = RefusalCode::wrong_state;
    std::string decided_by;
    std::string reason;

    bool operator==(const Override&) const = default;
};
BOOST_DESCRIBE_STRUCT(Override, (), (of, decided_by, reason))

/// What part of its item a vote is on, where it is not on the whole. What is decided of a part does not
/// decide the item. NOTE: append only.
enum class QuestionPart {
    amendment, ///< 修正案: voted on before the text it amends
    clause     ///< 单独表决: a clause or a name taken out of the whole on request
};
BOOST_DESCRIBE_ENUM(QuestionPart, amendment, clause)

/// 任免 and what is like it. NOTE: append only.
enum class PersonnelAction {
    appoint,            ///< 任命, 决定任命
    remove,             ///< 免职
    accept_resignation, ///< 接受辞职
    dismiss,            ///< 撤职: secret ballot on paper (监督法 62)
    recall              ///< 罢免: secret ballot (组织法 31)
};
BOOST_DESCRIBE_ENUM(PersonnelAction, appoint, remove, accept_resignation, dismiss, recall)

/// Whom a vote is about. Two consecutive failures of one person for one post are told by name and post.
struct PersonnelMatter {
    PersonnelAction action = PersonnelAction::appoint;
    std::string name;
    std::string post;

    bool operator==(const PersonnelMatter&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonnelMatter, (), (action, name, post))

/// One name or clause of several that are put to the vote together (合并表决).
struct CombinedMatter {
    std::string title;
    std::optional<PersonnelMatter> personnel{}; ///< of an appointment or the like

    bool operator==(const CombinedMatter&) const = default;
};
BOOST_DESCRIBE_STRUCT(CombinedMatter, (), (title, personnel))

/// Where a vote was taken out of a combined one on request, to be put separately before the rest.
struct SplitFrom {
    VoteId vote{};              ///< the combined vote, or the attempt at it that was next
    std::uint32_t position = 1; ///< of the name or clause in it, from 1
    std::string asked_by;       ///< who asked for it

    bool operator==(const SplitFrom&) const = default;
};
BOOST_DESCRIBE_STRUCT(SplitFrom, (), (vote, position, asked_by))

/// A vote, or a further attempt at one: `first_attempt` is empty for attempt 1. `base_reason` says why the
/// base number differs from the roster, and is empty when it does not. A further attempt has the rule of the
/// first, except that `profile.method` may be another: consoles failed, hands or ballots decide. On a closed
/// item the text is a private value (protocol/private_value.hpp); the title is public all the same, and so is
/// what stands on a ballot.
struct VotePrepared {
    static constexpr std::string_view kind = "vote.prepared";
    SittingId sitting{};
    std::optional<ItemId> item;
    std::string title;
    Digest text; ///< blob: the text put to the vote, public or private as text_is_private says
    RuleProfile profile;
    std::uint32_t base_members = 0;
    std::string base_reason;
    std::uint32_t attempt = 1;
    std::optional<VoteId> first_attempt;
    bool adopts_agenda = false; ///< what is put to the vote is the agenda; passed, agenda.adopted follows
    bool text_is_private = false;
    Later<BallotList> list{};                ///< on paper: what is chosen from
    Later<GradesSheet> grades{};             ///< on paper: what is graded
    Later<std::vector<std::string>> rooms{}; ///< on paper: rooms or delegations that count by themselves
    Later<SeriesPlace> series{};             ///< of votes that were prepared together
    Later<RuleDeviation> deviation{};        ///< where the rule is none of those the body adopted
    Later<QuestionPart> part{};
    Later<PersonnelMatter> personnel{};
    Later<std::string> approval_by{};              ///< the body above without whose approval nothing is final
    Later<std::vector<Override>> overrides{};      ///< of what stood in the way of writing it down
    Later<Digest> draft{};                         ///< the public paper of the item that is voted on
    Later<std::vector<CombinedMatter>> combined{}; ///< what is put together; some may be taken out
    Later<SplitFrom> split{};
};
BOOST_DESCRIBE_STRUCT(VotePrepared, (),
                      (sitting, item, title, text, profile, base_members, base_reason, attempt, first_attempt,
                       adopts_agenda, text_is_private, list, grades, rooms, series, deviation, part,
                       personnel, approval_by, overrides, draft, combined, split))

/// From here everything the outcome depends on is frozen: rule, base, text and electorate, each by hash.
/// `present` is N, of whom `by_hands` vote by raising their hands.
struct VoteOpened {
    static constexpr std::string_view kind = "vote.opened";
    VoteId vote{};
    Digest profile_hash;
    Digest text; ///< the one prepared
    std::uint32_t base_members = 0;
    Digest electorate; ///< blob (protocol/roster.hpp)
    std::uint32_t present = 0;
    std::uint32_t quorum = 0;
    std::optional<std::uint64_t> closes_at_ms; ///< milliseconds UTC, when a window was set
    std::uint32_t by_hands = 0;
    Later<std::vector<PersonId>> scrutineers{}; ///< 监票人 of an election, as the assembly approved them
    Later<std::vector<Override>> overrides{};   ///< of what stood in the way of opening it
    Later<SecretOpening> secret{};              ///< of a secret vote at consoles
};
BOOST_DESCRIBE_STRUCT(VoteOpened, (),
                      (vote, profile_hash, text, base_members, electorate, present, quorum, closes_at_ms,
                       by_hands, scrutineers, overrides, secret))

struct VoteCast {
    static constexpr std::string_view kind = "vote.cast";
    VoteId vote{};
    PersonId person{};
    Choice choice = Choice::abstain;
};
BOOST_DESCRIBE_STRUCT(VoteCast, (), (vote, person, choice))

/// What one teller counted; a newer count of the same teller replaces the older. Two must agree before the
/// vote can be closed.
struct HandsCounted {
    static constexpr std::string_view kind = "vote.hands_counted";
    VoteId vote{};
    PersonId teller{};
    HandsCount hands;
};
BOOST_DESCRIBE_STRUCT(HandsCounted, (), (vote, teller, hands))

/// Ballots for and against, as one teller counted them; a newer count of the same teller and room replaces
/// the older. Two must agree on each room before the vote can be closed. Without a room it is the count of
/// all.
struct BallotsCounted {
    static constexpr std::string_view kind = "vote.ballots_counted";
    VoteId vote{};
    PersonId teller{};
    std::optional<std::string> room;
    BallotsCount ballots;
};
BOOST_DESCRIBE_STRUCT(BallotsCounted, (), (vote, teller, room, ballots))

/// The same of ballots with a list.
struct ListCounted {
    static constexpr std::string_view kind = "vote.list_counted";
    VoteId vote{};
    PersonId teller{};
    std::optional<std::string> room;
    PlacesReturn list;
};
BOOST_DESCRIBE_STRUCT(ListCounted, (), (vote, teller, room, list))

/// The same of sheets with grades.
struct GradesCounted {
    static constexpr std::string_view kind = "vote.grades_counted";
    VoteId vote{};
    PersonId teller{};
    std::optional<std::string> room;
    GradesCount grades;
};
BOOST_DESCRIBE_STRUCT(GradesCounted, (), (vote, teller, room, grades))

/// The assembly approved who watches its elections from here on; newer ones replace the older. `by` is the
/// vote that did.
struct ScrutineersApproved {
    static constexpr std::string_view kind = "scrutineers.approved";
    MeetingId meeting{};
    std::vector<PersonId> persons;
    VoteId by{};
};
BOOST_DESCRIBE_STRUCT(ScrutineersApproved, (), (meeting, persons, by))

/// Somebody objects to adopting this without a vote. `person` is empty when the chair heard it in the hall.
struct VoteObjected {
    static constexpr std::string_view kind = "vote.objected";
    VoteId vote{};
    std::optional<PersonId> person;
};
BOOST_DESCRIBE_STRUCT(VoteObjected, (), (vote, person))

/// After an objection the same vote goes on by console or by hands, with the electorate of its opening.
struct VoteMethodSwitched {
    static constexpr std::string_view kind = "vote.method_switched";
    VoteId vote{};
    VoteMethod method = VoteMethod::hands;
};
BOOST_DESCRIBE_STRUCT(VoteMethodSwitched, (), (vote, method))

struct VoteExtended {
    static constexpr std::string_view kind = "vote.extended";
    VoteId vote{};
    std::uint64_t closes_at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(VoteExtended, (), (vote, closes_at_ms))

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
/// they are shown apart and never subtracted. `tally` holds presses and hands together; `hands` is the part
/// that was counted by the tellers. On paper it holds what the valid ballots say, and nothing of a list or of
/// grades.
struct VoteDecided {
    static constexpr std::string_view kind = "vote.decided";
    VoteId vote{};
    Tally tally;
    std::vector<GroupTally> groups; ///< the groups the profile names
    std::uint32_t left = 0;
    Outcome outcome;
    std::optional<HandsCount> hands{};
    Later<BallotsCount> ballots{}; ///< on paper, all rooms together
    Later<PlacesDecided> places{};
    Later<GradesDecided> grades{};
    Later<OpenedTotals> totals{}; ///< of a secret vote at consoles
};
BOOST_DESCRIBE_STRUCT(VoteDecided, (),
                      (vote, tally, groups, left, outcome, hands, ballots, places, grades, totals))

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

/// An announced result is annulled by a later decision (选举法 58): the result stays on record and counts for
/// nothing from here on. What is to be decided all the same is put to another vote.
struct VoteAnnulled {
    static constexpr std::string_view kind = "vote.annulled";
    VoteId vote{};
    std::string decided_by;
    std::string reason;

    bool operator==(const VoteAnnulled&) const = default;
};
BOOST_DESCRIBE_STRUCT(VoteAnnulled, (), (vote, decided_by, reason))

/// What the body above decided on a result that waits for its approval. `document` says where: a number, a
/// date.
struct ApprovalRecorded {
    static constexpr std::string_view kind = "vote.approval_recorded";
    VoteId vote{};
    bool granted = false;
    std::string document;

    bool operator==(const ApprovalRecorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalRecorded, (), (vote, granted, document))

/// Who of those tied at the last place gets it, where the method adopted leaves that to the presidium.
struct TieDecided {
    static constexpr std::string_view kind = "vote.tie_decided";
    VoteId vote{};
    std::vector<std::string> names; ///< as on the list, in its order
    std::string decided_by;
    std::string reason;

    bool operator==(const TieDecided&) const = default;
};
BOOST_DESCRIBE_STRUCT(TieDecided, (), (vote, names, decided_by, reason))

/// What the office has of the person a vote would appoint: whether the law exam was passed, and when the
/// papers came. A newer one replaces the older, until the vote is opened.
struct QualificationRecorded {
    static constexpr std::string_view kind = "vote.qualification_recorded";
    VoteId vote{};
    bool exam_passed = false;
    std::optional<std::uint64_t> papers_at_ms; ///< milliseconds UTC; empty: not yet

    bool operator==(const QualificationRecorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(QualificationRecorded, (), (vote, exam_passed, papers_at_ms))

/// A second person confirms the base number of a vote where it differs from the roster, and with it that of
/// all votes of its series that wait with the same.
struct BaseConfirmed {
    static constexpr std::string_view kind = "vote.base_confirmed";
    VoteId vote{};
    PersonId person{}; ///< not the one who wrote the number down
    std::uint32_t base_members = 0;
};
BOOST_DESCRIBE_STRUCT(BaseConfirmed, (), (vote, person, base_members))

/// 宪法宣誓: those whom these votes appointed or elected took the oath in this sitting.
struct OathTaken {
    static constexpr std::string_view kind = "oath.taken";
    SittingId sitting{};
    std::vector<VoteId> votes; ///< ascending
};
BOOST_DESCRIBE_STRUCT(OathTaken, (), (sitting, votes))

} // namespace plenum
