#pragma once

#include "protocol/audit/bundle.hpp"
#include "protocol/audit/recorded.hpp"
#include "protocol/entry.hpp"
#include "protocol/merkle.hpp"
#include "protocol/secret_question.hpp"

#include <functional>
#include <map>
#include <set>

// The auditor's own reading of a record: it follows the entries one by one and complains about each that
// could not have followed from those before. It shares no code with the server's chamber on purpose; what
// both share is the meaning of events (protocol/event.hpp) and the arithmetic of rules (protocol/rules).

namespace plenum::audit {

/// Everything followed so far. Plain data for the chapters below; start with take() and end with finish().
struct Record {
    Record(const Bundle& from, Findings& to) : bundle(from), findings(to) {}

    /// The next entry: what it names, who acted, and whether it may follow.
    void take(const Entry& entry);

    /// No further entries: what may not be left open.
    void finish();

    /// An error or notice about the entry being taken, and about the vote it concerns.
    void complain(AuditCode code, LocalText detail = {});
    void complain(AuditCode code, const std::string& detail);

    /// The content of a blob the entry being taken names; nothing when it is missing, which was complained
    /// about already.
    const std::string* blob(const Digest& digest) const;

    const Bundle& bundle;
    Findings& findings;
    const Entry* now = nullptr;                    ///< the entry being taken
    RecordedVote* concerned = nullptr;             ///< the vote it is about
    std::set<Digest> blobs;                        ///< named so far
    std::map<Digest, const std::string*> contents; ///< of those that are there and are what they are named by
    std::string origin;                            ///< of the log
    const MerkleTree* tree = nullptr;              ///< over its entries; none where they are not signed
    std::uint64_t persons_known = 0;
    std::map<PersonId, Digest> photos;     ///< in force
    std::map<PersonId, std::string> names; ///< as last written down
    std::vector<RecordedOffice> offices;
    std::map<BodyId, RecordedBody> bodies;
    std::map<MeetingId, RecordedMeeting> meetings;
    std::map<ItemId, RecordedItem> items;
    std::map<SittingId, RecordedSitting> sittings;
    std::map<VoteId, RecordedVote> votes;
    std::map<SpeechId, RecordedSpeech> speeches;
    std::map<SuggestionId, RecordedSuggestion> suggestions;
    std::map<PetitionId, RecordedPetition> petitions;
    std::map<std::pair<BodyId, PetitionKind>, std::uint32_t> signature_needs; ///< decided by the body itself

    // Of secret votes.
    BundleKind kind = BundleKind::public_;    ///< which blobs the bundle holds
    bool left_out = false;                    ///< entries name some that it does not
    ballot::Randomness* randomness = nullptr; ///< the auditor's own; without, ballots are checked one by one
    std::function<void(std::size_t)> checked; ///< told of ballots as they are checked; may be empty
    std::map<PersonId, ballot::VerifyKey> consoles;
    RecordedCodes codes;
    std::map<std::string, VoteId> boxes; ///< by id as frames spell it
    std::set<ballot::Point> generators;  ///< of all rolls: none serves twice

    /// A vote closed by the entry before: this one must decide it, by the same actor under the same request.
    struct Closing {
        std::uint64_t seq = 0;
        VoteId vote{};
        Actor actor;
        std::string id;
    };
    std::optional<Closing> closing;

    /// The newest change of an item: who decided it may be said by the entry after it, as above.
    struct Change {
        std::uint64_t seq = 0;
        ItemId item{};
        Actor actor;
        std::string id;
    };
    std::optional<Change> change;

    /// A vote of a series that is not its last: the next entry must be the next of the series, as above.
    std::optional<Closing> series;

    /// A vote that adopted the agenda, decided by the entry before: this one must say so, as above.
    std::optional<Closing> adopting;

    /// A ballot box created by the entry before: this one must open its vote, as above.
    std::optional<Closing> opening;

    /// The first share of a box that holds: the next entry must say what had been confirmed, as above.
    std::optional<Closing> confirming;
    /// A member suspended while signed in: the next entries must say so, as above.
    struct Suspending {
        std::uint64_t seq = 0;
        PersonId person{};
        std::set<SittingId> sittings;
        Actor actor;
        std::string id;
    };
    std::optional<Suspending> suspending;

    /// The record an id names; nothing after complaining that there is none.
    template <class Map>
    typename Map::mapped_type* named(Map& map, const typename Map::key_type& id)
    {
        const auto found = map.find(id);
        if (found != map.end()) return &found->second;
        complain(AuditCode::record_unknown, std::to_string(number(id)));
        return nullptr;
    }
};

/// Whether this person stands in the election, by who the candidate is or, where that is not said, by name.
bool is_candidate(const Record& record, const RecordedVote& vote, PersonId person);

/// Complains when whoever caused the entry may not have done so (record_actor.cpp).
void check_actor(Record& record, const Entry& entry);

/// "recorded …, recomputed …".
LocalText said_and_found(const std::string& said, const std::string& found);
LocalText said_and_found(std::uint64_t said, std::uint64_t found);

/// Complains unless `said` is true of what was found.
void check_number(Record& record, AuditCode code, std::uint64_t said, std::uint64_t found);
void check_line(Record& record, const std::string& text, std::size_t bytes_max);
void check_line_or_empty(Record& record, const std::string& text, std::size_t bytes_max);

/// Complains about a missing quorum; nobody at all is never one. Answers how many are needed.
std::uint64_t check_present(Record& record, const Threshold& quorum, std::uint64_t due,
                            std::uint64_t present);

/// The sitting, when it exists and is in one of these states; otherwise a complaint under `code`.
RecordedSitting* in_state(Record& record, SittingId id, std::initializer_list<SittingState> allowed,
                          AuditCode code = AuditCode::sitting_out_of_order);

/// The agenda and the course of a sitting stand still under an open vote: complains when there is one.
bool is_under_vote(Record& record, const RecordedSitting& sitting);

/// Complains when the event concerns a meeting that is archived or was called off: only corrections, which
/// concern none, and what others decide of a result afterwards may follow.
void check_archive(Record& record, const Event& event);

/// Complains of a person that is neither known to the log nor the next one; known from now on.
void note_person(Record& record, PersonId person);
/// Takes back the newest of such offices; false when there is none.
bool take_office(Record& record, const RecordedOffice& gone);
/// Whether this person attends a meeting of the body without a vote: with that goes one observer's office.
bool is_admitted_by_body(const Record& record, PersonId person, BodyId body);

/// Whether this is a sitting of the body that meets, and not of its presidium or a delegation.
bool is_plenary(const Record& record, const RecordedSitting& sitting);
/// Complains when somebody speaks: nothing else begins, and the sitting does not end, until the speech has.
void check_floor_free(Record& record, const RecordedSitting& sitting);

/// The vote, when it exists and is in one of these states; otherwise a complaint under `code`, or that
/// something happened to it after it was announced.
RecordedVote* in_state(Record& record, VoteId id, std::initializer_list<VoteState> allowed,
                       AuditCode code = AuditCode::vote_out_of_order);

/// Complains unless the closing time is `remaining_ms` from now, or none where the chair closes.
void check_window(Record& record, const RecordedVote& vote, const std::optional<std::uint64_t>& closes_at_ms,
                  std::uint64_t remaining_ms);

/// Open or held.
bool is_under_way(const RecordedVote& vote);

/// Whether the window of a vote that the timer closes is over.
bool has_run_out(const Record& record, const RecordedVote& vote);

/// Whether this member's hand is counted instead of a press.
bool raises_hand(const RecordedVote& vote, PersonId person);

/// What the tellers counted, when enough of them have and all alike.
std::optional<HandsCount> agreed_hands(const RecordedVote& vote);

/// Complains when what stands on the ballots cannot be put to the vote, or follows nothing that calls for it.
void check_paper(Record& record, const VotePrepared& event, VoteId id);
/// Complains unless an election has the scrutineers the assembly approved, and other votes none.
void check_scrutineers(Record& record, const VoteOpened& event, const RecordedVote& vote);
/// Whether persons stand on the list of this vote.
bool elects_persons(const Record& record, const RecordedVote& vote);
/// Complains when what is said of a vote beside its question cannot be, or was set aside without being there.
void check_matter(Record& record, const VotePrepared& event);
/// Complains of procedural errors nobody set aside, and of what was set aside without being there. What the
/// auditor tells by other names (agenda, scrutineers) is complained of where it is checked.
void check_overrides(Record& record, const VoteOpened& event, const RecordedVote& vote);
/// Complains when these cannot be put to the vote together.
void check_combined(Record& record, const VotePrepared& event);
/// Complains when this cannot have been taken out of a combined vote, and takes it out.
void check_split(Record& record, const VotePrepared& event);
/// Whether this has still to be voted on: written down, or to be taken again.
bool is_due(const RecordedVote& vote);
/// Whom a vote is about: one, or those of a combined vote that were not taken out.
std::vector<PersonnelMatter> persons_of(const RecordedVote& vote);
/// Whether somebody is appointed by it.
bool appoints(const RecordedVote& vote);
/// Whether the item has the draft named as a public paper; true where none is named.
bool has_draft(const Record& record, const VotePrepared& prepared);
/// Who wrote the base of a new vote down and whether it is confirmed, which goes over from the attempt before
/// and from a combined vote.
void settle_base(const Record& record, const RecordedVote* before, RecordedVote& vote);

/// Whether this member is suspended in the body, or in the one it belongs to.
bool is_suspended(const Record& record, BodyId body, PersonId person);
/// Complains when a suspended member takes part.
void check_not_suspended(Record& record, BodyId body, PersonId person);
/// Complains when somebody suspended while signed in is not signed out by the next entries.
void check_signed_out(Record& record, const Entry& entry);

/// Whether somebody set this aside for opening the vote.
bool sets_aside(const VoteOpened& event, RefusalCode code);

/// Complains when the ballots cannot be decided on yet.
void check_ballots_counted(Record& record, const RecordedVote& vote);
/// The figures of a vote on paper, as far as the tellers agree.
void count_ballots(const RecordedBody& body, const RecordedVote& vote, Figures& figures);

/// Whether it is decided by secret ballots at consoles.
bool is_secret(const RecordedVote& vote);
/// What a secret vote asks, for as long as the vote stands.
SecretMatter matter_of(const Record& record, const RecordedVote& vote);
/// Complains of a secret vote this record cannot have.
void check_secret_rule(Record& record, RecordedVote& vote);
/// Members who are there in person and have a voting key, as a roll is drawn from.
std::map<PersonId, RecordedVotingKey> keyed_in(const RecordedSitting& sitting);
/// Complains unless an opening has exactly what a secret vote's has: the list that still fits, signed by
/// every console, and a new ballot box.
void check_secret_opening(Record& record, const VoteOpened& event, const RecordedVote& vote,
                          const RecordedSitting& sitting);
/// The figures that the totals of a secret vote mean, as far as they can be true.
void count_secret(Record& record, const VoteDecided& event, RecordedVote& vote, Figures& figures);
/// What the figures of a list or a sheet come to, whoever counted them; the rule can be used.
void decide_counted(const RecordedVote& vote, PlacesReturn counted, Figures& figures);
void decide_counted(const RecordedVote& vote, GradesCount counted, Figures& figures);
/// Complains when the entry before created a box or gave a first share, and this is not what must follow.
void check_secret_goes_on(Record& record, const Entry& entry);
/// At the end of the record: keys that were not destroyed, and what was not looked at.
void check_secret_ends(Record& record);
/// What shares are given for; the box is sealed.
ballot::ShareTerms share_terms(const RecordedVote& vote);

/// The figures of a vote as its presses and hands stand.
Figures count(const Record& record, const RecordedVote& vote);

} // namespace plenum::audit
