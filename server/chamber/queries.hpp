#pragma once

#include "protocol/query.hpp"
#include "server/chamber/state.hpp"

// Views of what the state holds. The records named must exist: whoever asks for others was refused before.

namespace plenum::chamber {

/// What a role may see of a sitting. Everybody sees the same: attendance is public.
SittingView view_sitting(const State& state, SittingId id);

/// The agenda and schedule of a meeting. Observers and the hall learn of closed items only that they are
/// there.
AgendaView view_agenda(const State& state, MeetingId id, Role role);
/// Whether an item is closed to this role: observers and the hall are not in the room then.
bool is_hidden(const Item& item, Role role);
/// One item of it.
ItemView view_item(const State& state, ItemId id, Role role);
/// How far the meeting has come, by its own steps and those of its sittings.
MeetingState meeting_state(const State& state, MeetingId id);

/// Who speaks, waits and has spoken. Everybody sees the same.
FloorView view_floor(const State& state, SittingId id);

/// The keys of the meeting's secret votes; it has key holders. Everybody sees the same.
KeyHoldersView view_key_holders(const State& state, MeetingId id);

/// One suggestion. What time alone changes is left to the clock of whoever looks at it.
SuggestionView view_suggestion(const State& state, SuggestionId id);
/// Whether this session is told of it: who works in the room of its body, and the deputies who made it.
bool may_watch_suggestion(const State& state, const Actor& actor, SuggestionId id);
/// The deputy who answers for it: the lead; the first signer still in office when the lead left the roster or
/// is suspended; nobody when all are.
std::optional<PersonId> evaluator_of(const State& state, const Suggestion& suggestion);
/// The newest answer of this stage to each suggestion of the body that no round has counted yet.
std::vector<SuggestionEvaluation> round_of(const State& state, BodyId body, EvaluationStage stage);

/// One joint signature.
PetitionView view_petition(const State& state, PetitionId id);
/// Whether this session is told of it: members of the body, and who works in its room.
bool may_watch_petition(const State& state, const Actor& actor, PetitionId id);
/// Who signed a petition that is open, against what its kind needs now; nothing where the body knows no such
/// petition.
std::optional<Finding> signatures_of(const State& state, const Petition& petition);

/// Where a member or attendee is.
Presence presence_of(const Sitting& sitting, PersonId person);

/// What a role may see of a vote: result only when decided and, with delayed display, announced (chair and
/// lent operator see it from the decision on); progress only where the profile shows it; of a vote on an item
/// that is closed to the role neither title nor text.
VoteView view_vote(const State& state, VoteId id, Role role);

/// The person's own part: seat, where present, what was pressed in votes still open.
MyView view_me(const State& state, const Actor& actor);

/// The vote as one sheet, with what this role may see of it.
ResultSheet result_sheet(const State& state, VoteId id, Role role);

/// The votes of a series on one sheet; `series` names one (is_series).
SeriesSheet series_sheet(const State& state, VoteId series, Role role);

/// All of it, for hello. Left out for everybody: sittings this session may not watch, closed sittings of a
/// meeting the body has a later one of, votes that were never opened before their sitting closed, and all but
/// the newest 20 finished votes of a sitting.
SnapshotView snapshot(const State& state, const Actor& actor);

/// Members on a page at most, whatever was asked for.
inline constexpr std::size_t page_members_max = 1'000;

/// A page of the roster as it stands in a sitting.
MembersPage list_members(const State& state, const ListMembers& request);
/// Those of the electorate who could press and did not; at most 200 are named, all are counted.
NotPressedAnswer list_not_pressed(const State& state, VoteId vote);

/// Whether this session may watch this meeting: its body, or any of its sittings.
bool may_watch_meeting(const State& state, const Actor& actor, MeetingId meeting);

/// Whether this session may watch this sitting: a delegate who is a member of its body, somebody acting in an
/// office that is held over the body or the whole chamber.
bool may_watch(const State& state, const Actor& actor, const Sitting& sitting);

/// The rule of a vote in words, as it is now and with what stands on its ballots.
LocalText rule_of(const State& state, const Vote& vote);
/// The rule in words: base, how many are needed, what not pressing means. Numbers filled in when N is known.
LocalText describe_rule(const RuleProfile& profile, std::uint32_t base_members, std::uint32_t present);
/// Who or what is chosen from the list of a vote: what the vote says that it began with.
ListOf list_of(const State& state, const Vote& vote);
/// The same of ballots with a list of persons or projects: who is chosen, what a ballot may hold, what
/// follows a tie.
LocalText describe_list(const RuleProfile& profile, const BallotList& list, ListOf of,
                        std::uint32_t base_members);
/// The same of sheets with grades.
LocalText describe_grades(const RuleProfile& profile, const GradesSheet& sheet, std::uint32_t base_members);

} // namespace plenum::chamber
