#pragma once

#include "protocol/entry.hpp"
#include "tests/sim/secret_ledger.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace plenum::sim {

/// A second, naive reading of the record, entry by entry, that shares no code with the chamber: who was
/// present, who could vote and speak, what was pressed and raised, what the figures must be. Throws a
/// Violation when the record breaks a rule.
class Recount {
public:
    using BlobSource = std::function<std::string(const Digest&)>;

    explicit Recount(BlobSource blobs) : blobs_(std::move(blobs)) {}
    void read(const Entry& entry);

    /// What shares of ballots are taken of.
    struct PaperFigures {
        std::uint64_t members = 0;
        std::uint64_t present = 0;
        std::uint64_t issued = 0;
        std::uint64_t collected = 0;
        std::uint64_t valid = 0;
        std::uint64_t for_and_against = 0;
    };

    std::uint64_t presses = 0;
    std::uint64_t decided = 0;
    std::uint64_t timed_out = 0;
    std::uint64_t voided = 0;
    std::uint64_t retried = 0;
    std::uint64_t held = 0;
    std::uint64_t hands_counted = 0;
    std::uint64_t ballots_counted = 0;
    std::uint64_t objections = 0;
    std::uint64_t speeches = 0;
    std::uint64_t recesses = 0;
    std::uint64_t removed = 0; ///< draft items
    std::uint64_t bodies_removed = 0;
    std::uint64_t bodies_renamed = 0;
    std::uint64_t dismissed = 0;  ///< officers
    std::uint64_t called_off = 0; ///< sittings
    std::uint64_t photos_ended = 0;
    std::uint64_t consoles_changed = 0;
    std::uint64_t rolls_called = 0;
    std::uint64_t seqs_reused = 0;
    std::uint64_t boxes_sealed = 0;
    std::uint64_t boxes_opened = 0; ///< totals found
    std::uint64_t lists_opened = 0; ///< of which of a list or of grades
    std::uint64_t boxes_shredded = 0;
    std::uint64_t wrong_shares = 0;
    std::uint64_t keys_lost = 0;

    /// What voters know of their secret ballots.
    SecretLedger ledger;
    std::uint64_t suspended = 0;
    std::uint64_t taken_out = 0; ///< of combined votes
    std::uint64_t bases_confirmed = 0;
    std::uint64_t answers = 0;   ///< to suggestions
    std::uint64_t evaluated = 0; ///< of them
    std::uint64_t evaluations_concluded = 0;
    std::uint64_t signatures = 0; ///< beside those of lead signers
    std::uint64_t handed_in = 0;

private:
    enum class Stage { prepared, open, held, closed, decided, announced, voided, annulled };
    /// How far a secret vote at consoles has come.
    struct SecretCourse {
        std::uint32_t round = 0;
        std::set<PersonId> list;                 ///< of the newest round
        std::optional<std::uint64_t> created_at; ///< the entry that made the box
        std::optional<std::vector<Bytes>> said;  ///< by the ballots of the sealed box, as their voters know
        std::uint32_t ballots = 0;
        std::uint32_t left = 0;
        std::set<PersonId> shares; ///< of those that hold, by holder
        bool shredding = false;
    };
    struct Ballot {
        SittingId sitting{};
        BodyId body{};
        std::optional<ItemId> item;
        Stage stage = Stage::prepared;
        RuleProfile profile;
        VoteMethod method = VoteMethod::console;
        Digest text;
        std::uint32_t base = 0;
        std::set<PersonId> electorate;
        std::set<PersonId> by_hands;
        std::map<PersonId, Choice> presses;
        std::map<PersonId, HandsCount> hands; ///< by teller
        std::set<PersonId> objectors;
        std::uint32_t objections = 0;
        std::optional<BallotList> list;
        std::optional<GradesSheet> grades;
        std::map<PersonId, std::string> papers; ///< what tellers found in the boxes
        bool adopted = false;
        bool has_part = false; ///< on an amendment or a clause
        std::optional<PersonnelMatter> personnel;
        std::optional<AppointmentRule> asked_of_candidates;
        bool exam_passed = false;
        bool awaits_approval = false;
        bool elected = false; ///< somebody has a place by it
        std::size_t tied_for_presidium = 0;
        bool sworn = false;
        bool is_valid = false;           ///< decided, and not to be repeated for low participation
        bool needs_confirmation = false; ///< of a base that is not the roster's
        std::optional<PersonId> base_by;
        std::optional<VoteId> series; ///< the first of it
        std::optional<Digest> draft;
        VoteId root{};                        ///< the first attempt at it
        std::optional<VoteId> taken_out_of;   ///< the first attempt at the combined vote
        std::vector<CombinedMatter> together; ///< without what was taken out
        std::optional<std::uint64_t> closes_at_ms;
        SecretCourse secret;
    };
    struct Person {
        std::string group;
    };
    /// Who is where in one sitting, and who speaks.
    struct Room {
        MeetingId meeting{};
        BodyId body{};
        std::set<PersonId> present;
        std::set<PersonId> remote; ///< of those present
        std::set<PersonId> keyed;  ///< with a voting key
        std::set<PersonId> guests;
        std::set<PersonId> came; ///< at any time
        std::set<PersonId> leave;
        std::set<PersonId> absent;
        std::vector<SpeechId> queue;
        std::optional<SpeechId> speaking;
        bool in_session = false;
        bool is_over = false;
    };
    struct Speech {
        SittingId sitting{};
        PersonId person{};
        SpeechKind kind = SpeechKind::speech;
        std::optional<ItemId> item;
        std::uint64_t granted_at_ms = 0;
        bool ended = false;
        std::optional<Digest> minutes;
        bool is_signed = false;
    };
    enum class Standing { draft, on_agenda, decided, withdrawn, deferred };
    struct Item {
        MeetingId meeting{};
        std::optional<ItemId> parent;
        Standing standing = Standing::draft;
        bool concluded = false; ///< without a vote
        std::set<Digest> papers{};
    };

    struct GivenAnswer {
        EvaluationStage stage = EvaluationStage::reply;
        bool promised = false;
        std::uint64_t evaluate_by_ms = 0;
        bool reminded = false;
        std::optional<EvaluationGrade> grade;
        bool counted = false;
    };
    struct Suggested {
        SuggestionRegistered registered;
        std::vector<GivenAnswer> answers;
        bool withdrawn = false;
    };
    struct Signing {
        PetitionOpened opened;
        std::set<PersonId> signers;
        bool open = true;
    };

    void operator()(const auto&) {}
    void operator()(const LogCreated& event) { origin_ = event.origin; }
    void operator()(const RosterAdopted& event);
    void operator()(const RulesAdopted& event) { has_rules_.insert(event.body); }
    void operator()(const MeetingCreated& event);
    void operator()(const SittingCreated& event);
    void operator()(const AttendeeAdmitted& event);
    void operator()(const AttendeeDismissed& event);
    void operator()(const SignedIn& event);
    void operator()(const SignedOut& event);
    void operator()(const LeaveGranted& event);
    void operator()(const LeaveCancelled& event);
    void operator()(const AbsenceRecorded& event);
    void operator()(const AbsenceCleared& event);

    void operator()(const VotePrepared& event);
    void operator()(const VoteOpened& event);
    void operator()(const VoteCast& event);
    void operator()(const VoteHeld& event);
    void operator()(const VoteResumed& event);
    void operator()(const VoteClosed& event);
    void operator()(const VoteDecided& event);
    void operator()(const VoteAnnounced& event);
    void operator()(const VoteVoided& event);

    // recount_hands.cpp
    void operator()(const HandsCounted& event);
    void operator()(const VoteObjected& event);
    void operator()(const VoteMethodSwitched& event);
    void operator()(const VoteExtended& event);
    /// What the tellers agreed on.
    static std::optional<HandsCount> agreed(const Ballot& ballot);

    // recount_ballots.cpp
    void operator()(const BallotsCounted& event);
    void operator()(const ListCounted& event);
    void operator()(const GradesCounted& event);
    void operator()(const ScrutineersApproved& event);

    // recount_sequels.cpp
    void operator()(const QualificationRecorded& event);
    void operator()(const TieDecided& event);
    void operator()(const ApprovalRecorded& event);
    void operator()(const OathTaken& event);
    void operator()(const VoteAnnulled& event);
    /// What was said of the vote beside its question, and what came of its list.
    static void note_matter(Ballot& ballot, const VotePrepared& event);
    static void note_places(Ballot& ballot, const VoteDecided& event);
    void check_set_aside(const Ballot& opened, const VoteOpened& event);
    void open_again(std::optional<ItemId> item);

    // recount_secret.cpp
    void operator()(const AccessCodesIssued& event);
    void operator()(const ConsoleEnrolled& event);
    void operator()(const VotingKeyRegistered& event);
    void operator()(const RollCalled& event);
    void operator()(const BallotBoxCreated& event);
    void operator()(const BoxFrame& event);
    void operator()(const SeqReused& event);
    void operator()(const BallotBoxSealed& event);
    void operator()(const ShareGiven& event);
    void operator()(const BoxShredStarted& event);
    void operator()(const BoxShredded& event);
    void operator()(const ConsoleBuildsPinned& event);
    void operator()(const ShareErased& event);
    bool any_box_waits(MeetingId meeting) const;
    static bool is_secret(const Ballot& ballot);
    void check_secret_opening(const Ballot& opened, const VoteOpened& event) const;
    void check_secret_figures(const Ballot& counted, const VoteDecided& event) const;
    void check_said(const Ballot& counted, const VoteDecided& event) const;
    bool marks_projects(const Ballot& counted) const;
    std::uint32_t left_of(const Ballot& ballot) const;
    // recount_questions.cpp
    void operator()(const BaseConfirmed& event);
    void operator()(const DocumentAttached& event);
    void operator()(const DocumentDetached& event);
    void operator()(const MemberSuspended& event);
    void operator()(const MemberReinstated& event);
    /// What goes over from the attempt before, or from the combined vote it was taken out of.
    void note_question(Ballot& fresh, const VotePrepared& event);
    void check_question(const Ballot& opened, const VoteOpened& event) const;
    bool is_suspended(BodyId body, PersonId person) const;
    static std::vector<PersonnelMatter> persons_of(const Ballot& ballot);

    void take_paper(VoteId vote, PersonId teller, const std::optional<std::string>& room,
                    std::string counted);
    static std::optional<std::string> agreed_paper(const Ballot& ballot);
    void check_paper(const Ballot& ballot, const VoteDecided& event) const;
    /// What the figures of a vote mean that was counted from ballots.
    void check_chosen(const Ballot& counted, const VoteDecided& event) const;
    void check_motion_on_paper(const Ballot& ballot, const PaperFigures& figures,
                               const VoteDecided& event) const;

    // recount_course.cpp
    void operator()(const SittingOpened& event);
    void operator()(const SittingRecessed& event);
    void operator()(const SittingResumed& event);
    void operator()(const SittingClosed& event);
    void operator()(const ItemAdded& event);
    void operator()(const ItemMoved& event);
    void operator()(const AgendaImported& event);
    void operator()(const ItemRemoved& event);
    void operator()(const MeetingCancelled& event);
    void operator()(const MeetingClosed& event);
    void operator()(const SittingCancelled& event);
    void operator()(const BodyCreated& event)
    {
        names_[BodyId{seq_}] = event.name;
        if (event.parent) parents_.emplace(BodyId{seq_}, *event.parent);
        kinds_[BodyId{seq_}] = event.body_kind;
    }
    void operator()(const BodyRemoved& event);
    void operator()(const BodyRenamed& event);
    void operator()(const OfficerAppointed& event);
    void operator()(const OfficerDismissed& event);
    void operator()(const PhotoSet& event);
    void operator()(const PhotoRemoved& event);
    void end_photo(PersonId person, const Digest& photo);
    void check_office() const;
    void operator()(const AgendaAdopted& event);
    void operator()(const ItemActivated& event);
    void operator()(const ItemConcluded& event);
    void operator()(const ItemWithdrawn& event);
    void operator()(const ItemDeferred& event);
    void check_quorum(const Room& room, std::uint32_t present) const;

    // recount_suggestions.cpp
    void operator()(const SuggestionRegistered& event);
    void operator()(const SuggestionAnswered& event);
    void operator()(const SuggestionEvaluated& event);
    void operator()(const SuggestionReminded& event);
    void operator()(const SuggestionWithdrawn& event);
    void operator()(const EvaluationConcluded& event);
    void operator()(const PetitionOpened& event);
    void operator()(const PetitionSigned& event);
    void operator()(const SignatureWithdrawn& event);
    void operator()(const PetitionHandedIn& event);
    void operator()(const PetitionWithdrawn& event);
    void operator()(const PetitionNeedSet& event);
    bool is_in_office(BodyId body, PersonId person) const;

    // recount_floor.cpp
    void operator()(const SpeechRequested& event);
    void operator()(const SpeechWithdrawn& event);
    void operator()(const FloorOrdered& event);
    void operator()(const FloorGranted& event);
    void operator()(const FloorExtended& event);
    void operator()(const SpeechEnded& event);
    void operator()(const SpeechMinuted& event);
    void operator()(const SpeechSigned& event);
    void leave_queue(SpeechId speech);

    void check_figures(const Ballot& ballot, const VoteDecided& event) const;
    void check_outcome(const Ballot& ballot, const VoteDecided& event) const;
    Ballot& ballot(VoteId vote);

    BlobSource blobs_;
    std::string origin_;
    std::uint64_t seq_ = 0; ///< of the entry being read
    std::uint64_t at_ms_ = 0;
    std::uint64_t epoch_ = 0;
    Actor actor_;
    std::map<BodyId, std::map<PersonId, Person>> rosters_;
    std::map<BodyId, std::string> names_;
    std::map<BodyId, BodyId> parents_;
    std::set<std::pair<BodyId, PersonId>> suspended_;
    /// Suspended by an entry before, and not signed out everywhere yet.
    std::set<std::pair<SittingId, PersonId>> leaving_;
    /// But observers: those are also admitted at the desk, and decide nothing.
    std::multiset<std::tuple<PersonId, Role, std::optional<BodyId>>> offices_;
    std::map<PersonId, Digest> photos_;
    std::map<MeetingId, MeetingCreated> meetings_;
    std::map<MeetingId, std::set<PersonId>> attendees_;
    std::map<SittingId, Threshold> quorums_; ///< of presidiums and delegations
    std::map<SittingId, Room> rooms_;
    std::set<MeetingId> ended_;
    std::set<std::pair<Digest, PersonId>> erased_; ///< by the hash of the holders, and who of them
    std::map<SittingId, VoteId> open_;
    std::map<VoteId, Ballot> ballots_;
    std::map<std::string, VoteId> boxes_; ///< by the id their frames speak of
    std::map<SpeechId, Speech> speeches_;
    std::set<PersonId> may_enrol_; ///< who was given a code since a console of theirs was enrolled
    std::map<PersonId, Bytes> devices_;
    std::set<MeetingId> has_scrutineers_;
    std::map<MeetingId, VoteId> scrutineers_by_;
    std::set<BodyId> has_rules_;
    std::map<ItemId, Item> items_;
    std::map<BodyId, BodyKind> kinds_;
    std::map<SuggestionId, Suggested> suggestions_;
    std::map<PetitionId, Signing> petitions_;
    std::map<std::pair<BodyId, PetitionKind>, std::uint64_t> signature_needs_;
};

/// Whether `count` of `base` is num/den or more of it, in the widest integers there are.
bool reaches(std::uint64_t count, std::uint64_t base, const Threshold& rule);

} // namespace plenum::sim
