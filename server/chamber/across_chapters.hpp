#pragma once

#include "protocol/assert.hpp"
#include "protocol/text.hpp"
#include "server/chamber/chamber.hpp"

// What several chapters of the rules of procedure ask of the state, and the limits they keep to.

namespace plenum::chamber {

inline constexpr std::size_t items_per_meeting_max = 1'000;
inline constexpr std::size_t votes_per_sitting_max = 2'000;
inline constexpr std::size_t attendees_per_meeting_max = 1'000;
inline constexpr std::size_t screens_per_sitting_max = 16;
inline constexpr std::size_t floor_queue_max = 200;
inline constexpr std::size_t series_max = 200;
inline constexpr std::size_t suggestions_per_body_max = 20'000;
inline constexpr std::size_t suggestion_signers_max = 500;
inline constexpr std::size_t answers_per_suggestion_max = 10;
inline constexpr std::size_t petitions_per_body_max = 5'000;
inline constexpr std::size_t open_petitions_per_person_max = 20;
/// A console sends no message longer than 16 KiB.
inline constexpr std::size_t petition_text_bytes_max = 9'000;

/// Where the entry being applied stands, where it finds the blobs it names, and who caused it.
struct Stamp {
    std::uint64_t seq = 0;
    std::uint64_t at_ms = 0;
    const BlobSource& blobs;
    const Actor& actor;
};

/// The record an id names. That it exists was checked before, or an entry said so.
template <class Map>
auto& record_of(Map& map, const typename Map::key_type& id)
{
    const auto found = map.find(id);
    PLENUM_ASSERT(found != map.end());
    return found->second;
}

/// Puts a new record where its entry stands in the record.
template <class Map>
void create_record(Map& map, const Stamp& stamp, typename Map::mapped_type record)
{
    const bool fresh = map.emplace(typename Map::key_type{stamp.seq}, std::move(record)).second;
    PLENUM_ASSERT(fresh);
}

/// The content of a public blob an entry names; start-up made sure that it is there.
std::string public_blob(const Stamp& stamp, const Digest& digest);

/// Content on its way into the store everybody can read.
NewBlob new_blob(std::string content);
/// Content that has its own salt, on its way into the private store.
NewBlob new_salted_blob(std::string content);
/// Content on its way into the private store, salted for the entry that will name it: the next one, or one so
/// many further.
NewBlob new_private_blob(const State& state, const Context& context, std::string media_type,
                         std::span<const std::uint8_t> content, std::size_t ahead = 0);

/// A refusal with its detail in both languages.
Refusal no(RefusalCode code, std::string zh, std::string en);

/// Refused because something in what was sent does not fit: where, after the words that name it, and what
/// should stand there.
Refusal no(RefusalCode code, const Misfit& misfit, const LocalText& of = {});

/// What the record must give a reason for: one line, not empty.
std::optional<Refusal> check_reason(const std::string& reason);

/// Refused because of the state something is in, which the detail names.
Refusal wrong_state(SittingState state);
Refusal wrong_state(ItemState state);
Refusal wrong_state(VoteState state);
Refusal wrong_state(SpeechState state);
Refusal wrong_state(MeetingPhase phase);

/// Once a meeting is closed, or called off, it gets no further sitting, item or schedule.
std::optional<Refusal> check_not_closed(const State& state, MeetingId meeting);

/// Rights first: the role has the right, the record named exists, and the person holds the office over its
/// body. That a delegate is a member of the body is checked where it matters, since presses have an order of
/// checks of their own. Last, nothing is done to an archived meeting.
std::optional<Refusal> check_rights(const State& state, const Command& command, const Actor& actor);

/// Whether the person holds this office over `body`, or over the whole chamber.
bool holds_office(const State& state, PersonId person, Role role, std::optional<BodyId> body);

/// Takes back the newest of such offices; the person holds one. Somebody admitted to a meeting may hold two.
void take_office(State& state, const Office& office);

/// Ends the access code of a role in which this person holds no office any more.
void end_code_without_office(State& state, PersonId person, Role role);

/// Whether somebody was admitted without a vote to a meeting of this body; with that goes one office of an
/// observer over it.
bool is_admitted_by_body(const State& state, PersonId person, BodyId body);

/// PE-01: the refusal with its figures when too few of the members due are present. Nobody at all is never a
/// quorum.
std::optional<Refusal> quorum_missing(const Threshold& quorum, std::size_t due, std::size_t present);

/// How many members are a quorum.
std::uint32_t quorum_needed(const Threshold& quorum, std::size_t due);

/// A size as records hold it; no list in the chamber is longer than a roster.
inline std::uint32_t count(std::size_t size)
{
    return static_cast<std::uint32_t>(size);
}

/// The figures of a vote as presses and agreed hands stand now.
Tally tally_of(const Vote& vote);

/// Why nobody can press, object to or hold this vote now, or nothing.
std::optional<Refusal> check_vote_open(const Vote& vote, std::uint64_t now_ms);

/// Why this person has no part in this open vote, or nothing.
std::optional<Refusal> check_elector(const State& state, const Vote& vote, PersonId person);

/// Those whose hands are counted in a vote by this method that opens now. Where silence is to decide these
/// are the ones who could not press if it came to a vote.
std::vector<PersonId> electors_by_hands(const Sitting& sitting, VoteMethod method);

/// The refusal with the figures of each teller when hands are to be counted and the tellers do not agree.
std::optional<Refusal> hands_missing(const State& state, const Vote& vote);

/// What the tellers counted, when enough of them have and all alike; nothing is there to count without
/// electors by hands.
std::optional<HandsCount> agreed_hands(const Vote& vote);

/// The refusal with what differs between tellers or does not add up, when ballots are not all counted.
std::optional<Refusal> ballots_missing(const State& state, const Vote& vote);

/// How many ballots were given out and came back, once the tellers of every room agree.
std::optional<BallotBox> agreed_box(const Vote& vote);

/// What the figures of a list or a sheet come to, whoever counted them.
void decide_counted(const Vote& vote, PlacesReturn counted, VoteDecided& decided);
void decide_counted(const Vote& vote, GradesCount counted, VoteDecided& decided);

/// The figures of a vote on paper and what they mean, once nothing is missing.
void decide_paper(const Body& body, const Vote& vote, VoteDecided& decided);

/// Forgets what tellers counted: they count anew.
void forget_ballots(Paper& paper);

/// Why what is to stand on the ballots cannot be put to the vote, or nothing.
std::optional<Refusal> check_paper(const State& state, const PrepareVote& command);

/// Groups the rule names and the roster does not have: a majority in them could never be found.
std::optional<Refusal> check_groups(const Body& body, const RuleProfile& profile);

/// Why this vote cannot be opened now, procedural errors that may be set aside apart, or nothing.
std::optional<Refusal> check_opening(const State& state, const Vote& vote);

/// Why a sitting cannot end: voting has ended in one of its votes and the box is not opened yet.
std::optional<Refusal> check_decided(const State& state, const Sitting& sitting);

/// With the agenda put to the vote and carried, its adoption stands in the same group as the decision.
void adopt_with(const State& state, const VoteDecided& decided, Decision& decision);

/// Whether persons stand on the list of this vote, and not projects.
bool elects_persons(const State& state, const Vote& vote);
/// The same of a list, if there is one; those it follows are known.
bool elects_persons(const State& state, const BallotList* list);

/// PE-13: why there are not as many candidates as this kind of election needs, or nothing.
std::optional<Refusal> check_number(const BallotList& list);

/// Why what is said of a vote beside its question cannot be, or nothing.
std::optional<Refusal> check_matter(const PrepareVote& command);

/// Puts what is said of it beside its question into the entry, and takes it from there.
void write_matter(const PrepareVote& command, VotePrepared& prepared);
VoteMatter matter_of(const VotePrepared& event);

/// Why these cannot be put to the vote together, or nothing.
std::optional<Refusal> check_combined(const PrepareVote& command);

/// What a combined vote still holds: without the names and clauses that were taken out of it.
std::vector<CombinedMatter> held_by(const VoteMatter& matter);

/// Whom a vote is about: one, or those of a combined vote that were not taken out.
std::vector<PersonnelMatter> persons_of(const VoteMatter& matter);

/// Whether somebody is appointed by it.
bool appoints(const VoteMatter& matter);

/// Puts down with the combined vote what the vote `id` takes out of it.
void take_out(State& state, const VotePrepared& event, VoteId id);

/// Whether this has still to be voted on: written down, or to be taken again.
bool is_due(const Vote& vote);

/// PE-23: why the base number cannot be this, or nothing: other than the roster's it needs somebody to say
/// why.
std::optional<Refusal> check_base(std::size_t roster_size, const PrepareVote& command);

/// Refused while nobody else confirmed a base number other than the roster's.
std::optional<Refusal> check_base_confirmed(const Vote& vote);

/// Who wrote the base of a new vote down, and who confirmed it: a further attempt has both of the one before,
/// and what is taken out of a combined vote those of that vote.
void settle_base(const State& state, const VotePrepared& event, const Vote* before, const Stamp& stamp,
                 Vote& vote);

/// A base that is not the roster's: why, who wrote it down, and who confirmed it.
void view_base(const State& state, const Vote& vote, VoteView& view);

/// Who is suspended in this body, or in the one it belongs to.
std::set<PersonId> suspended_in(const State& state, BodyId body);

/// PE-05: refused where the person is suspended there.
std::optional<Refusal> check_not_suspended(const State& state, BodyId body, PersonId person);

/// PE-06: why the draft named is not what the item has in public, or nothing.
std::optional<Refusal> check_draft(const State& state, const std::optional<ItemId>& item,
                                   const std::optional<Digest>& draft, RefusalCode code);

/// The procedural errors in opening this vote that somebody may set aside, at most one of a kind.
std::vector<Refusal> flags_at_opening(const State& state, VoteId vote);

/// The first of the flags that nobody set aside; or why one of the overrides cannot be: nobody named, no
/// reason, nothing there to set aside.
std::optional<Refusal> check_overrides(const std::vector<Refusal>& flags,
                                       const std::vector<Override>& overrides);

/// Whether somebody has still to decide about this announced result, or to swear an oath by it.
bool is_awaited(const State& state, const Vote& vote);

/// How often in a row this person was rejected for this post, by the body and in the term of this vote, alone
/// or together with others.
std::uint32_t failures_in_a_row(const State& state, const Vote& vote, const PersonnelMatter& matter);

/// PE-08, PE-12: why the scrutineers approved so far cannot watch this vote, or nothing where none are
/// needed.
std::optional<Refusal> check_scrutineers(const State& state, const Vote& vote);

/// PE-05: refused where one of those who would watch this vote was suspended since they were approved. Nobody
/// can set that aside; the assembly approves others.
std::optional<Refusal> check_scrutineers_serve(const State& state, const Vote& vote);

/// Who they are, without names.
std::vector<PersonId> persons_of(const std::vector<Scrutineer>& scrutineers);

/// The candidate who is this person, or bears the name while nobody said who it is.
const Candidate* find_candidate(const State& state, const Vote& vote, PersonId person);

/// The item a vote is about must be one of this meeting that can still be decided; what is left open by the
/// vote on it is decided in one that follows.
std::optional<Refusal> check_item_of_vote(const State& state, const Sitting& sitting,
                                          const std::optional<ItemId>& id, bool follows);

/// Why so many more votes cannot be prepared in a sitting, or nothing.
std::optional<Refusal> check_room_for_votes(const Sitting& sitting, std::size_t more);

/// Whether this vote is to settle what the one before left open: once withdrawn, another may.
bool still_stands(const State& state, const std::optional<VoteId>& follow_up);

/// Whether an item ended without a vote.
bool is_concluded(const Item& item);

/// Whether the agenda of this meeting is being put to the vote; nothing in it changes until that is over.
bool agenda_is_under_vote(const State& state, MeetingId meeting);

/// How many items of the meeting wait for the agenda to be adopted.
std::uint32_t draft_items(const State& state, MeetingId meeting);

/// Why the agenda of this meeting cannot be put to the vote now, or nothing.
std::optional<Refusal> check_agenda_vote(const State& state, MeetingId meeting);

/// How many speeches this person has ended on the same item before.
std::uint32_t speeches_before(const State& state, const Speech& speech);

/// A sitting of the body that meets, and not of its presidium or of a delegation: only there something
/// becomes of the agenda and its items.
bool is_plenary(const State& state, const Sitting& sitting);
/// The refusal where it is not.
std::optional<Refusal> check_plenary(const State& state, const Sitting& sitting);

/// What an item's state is by the votes on it, once one of them was decided or voided.
void settle_item(State& state, ItemId id);

} // namespace plenum::chamber
