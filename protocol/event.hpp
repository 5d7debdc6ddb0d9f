#pragma once

#include "protocol/event/agenda.hpp"
#include "protocol/event/attendance.hpp"
#include "protocol/event/body.hpp"
#include "protocol/event/floor.hpp"
#include "protocol/event/key_holders.hpp"
#include "protocol/event/log.hpp"
#include "protocol/event/meeting.hpp"
#include "protocol/event/petitions.hpp"
#include "protocol/event/secret_vote.hpp"
#include "protocol/event/suggestions.hpp"
#include "protocol/event/vote.hpp"

#include <variant>

// Everything that can have happened, one file a chapter. One event is the body of one journal entry, named by
// `kind`. NOTE: kinds and members are for ever: add new ones, never change the meaning of old ones. Whatever
// grows with the body is a blob named by digest.

namespace plenum {

/// NOTE: the order means nothing to the record, which holds kinds; new ones stand at the end.
using EventKinds = std::variant<
    LogCreated, ServerStarted, JournalRecovered, BoxFrame, BodyCreated, RosterAdopted, OfficerAppointed,
    AccessCodesIssued, MeetingCreated, SittingCreated, ItemAdded, ItemEdited, AgendaAdopted, ItemActivated,
    ItemWithdrawn, ItemDeferred, SignInOpened, SignedIn, SignedOut, SittingOpened, SittingRecessed,
    SittingResumed, SittingClosed, ConductLent, VotePrepared, VoteOpened, VoteCast, VoteHeld, VoteResumed,
    VoteClosed, VoteDecided, VoteAnnounced, VoteVoided, RecordCorrected, PhotoSet, MeetingNotified,
    MeetingClosed, MeetingArchived, ScheduleSet, HallShown, ItemMoved, DocumentAttached, DocumentDetached,
    ItemDeliberated, ItemConcluded, AttendeeAdmitted, AttendeeDismissed, LeaveGranted, LeaveCancelled,
    AbsenceRecorded, AbsenceCleared, SpeechRequested, SpeechWithdrawn, FloorOrdered, FloorGranted,
    FloorExtended, SpeechEnded, SpeechMinuted, SpeechSigned, HandsCounted, VoteObjected, VoteMethodSwitched,
    VoteExtended, BallotsCounted, ListCounted, GradesCounted, ScrutineersApproved, RulesAdopted,
    AgendaImported, ItemRemoved, ItemChangeDecided, MeetingCancelled, SpeakingTimesSet, BodyRemoved,
    PhotoRemoved, VoteAnnulled, ApprovalRecorded, TieDecided, QualificationRecorded, OathTaken,
    KeyHoldersAppointed, CeremonyJoined, CeremonyCommitted, CeremonyOpened, CeremonyAgreed, CeremonyFailed,
    CeremonyRestarted, ElectionKeyMade, BodyRenamed, OfficerDismissed, SittingCancelled, ConsoleEnrolled,
    VotingKeyRegistered, RollCalled, BallotBoxCreated, BallotBoxSealed, BoxContested, ShareGiven,
    BoxConfirmed, BoxShredStarted, BoxShredded, MemberSuspended, MemberReinstated, BaseConfirmed,
    SuggestionRegistered, SuggestionReassigned, SuggestionAnswered, SuggestionEvaluated, SuggestionReminded,
    SuggestionWithdrawn, EvaluationConcluded, PetitionOpened, PetitionSigned, SignatureWithdrawn,
    PetitionHandedIn, PetitionWithdrawn, PetitionNeedSet, ConsoleBuildsPinned, ShareErased, SeqReused>;

/// One of them. Copying, moving and destroying are compiled once instead of in every file that holds a list
/// of events: with so many kinds they were half of what compiling such a file took.
class Event : public EventKinds {
public:
    template <class Kind>
    requires(!std::is_same_v<std::remove_cvref_t<Kind>, Event> && std::is_constructible_v<EventKinds, Kind>)
        Event(Kind&& kind)
        : EventKinds(std::forward<Kind>(kind))
    {}
    Event();
    Event(const Event& other);
    Event(Event&& other) noexcept;
    Event& operator=(const Event& other);
    Event& operator=(Event&& other) noexcept;
    ~Event();
};

/// The kind an event is journaled under.
std::string_view kind_of(const Event& event);

/// The public blobs an event names: they are durable before it and go into every bundle.
std::vector<Digest> public_blobs_of(const Event& event);

/// The blobs an event names that auditors and key holders see, and members their own part of: durable before
/// it, never erased, and left out of public bundles. What they hold cannot be guessed, so that their digests
/// are not salted.
std::vector<Digest> auditors_blobs_of(const Event& event);

/// The private blobs an event names: they may be erased without breaking a proof.
std::vector<Digest> private_blobs_of(const Event& event);

/// The private blobs an event ends: once it is durable they are erased.
std::vector<Digest> ended_blobs_of(const Event& event);

} // namespace plenum
