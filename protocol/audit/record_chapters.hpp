#pragma once

#include "protocol/audit/record.hpp"

// For every kind of event what the auditor makes of it, each in the file of its chapter.

namespace plenum::audit {

/// One function for each kind of event, each in the file of its chapter: complains about what could not have
/// followed, and goes on with what was recorded, so that one lie is told once. Those of the log itself are in
/// record.cpp.
void follow(Record& record, const LogCreated& event);
void follow(Record& record, const ServerStarted& event);
void follow(Record& record, const JournalRecovered& event);

// record_body.cpp
void follow(Record& record, const BodyCreated& event);
void follow(Record& record, const BodyRemoved& event);
void follow(Record& record, const BodyRenamed& event);
void follow(Record& record, const RosterAdopted& event);
void follow(Record& record, const AccessCodesIssued& event);

// record_suspensions.cpp
void follow(Record& record, const MemberSuspended& event);
void follow(Record& record, const MemberReinstated& event);

// record_combined.cpp
void follow(Record& record, const BaseConfirmed& event);

// record_officers.cpp
void follow(Record& record, const OfficerAppointed& event);
void follow(Record& record, const OfficerDismissed& event);

// record_sitting.cpp
void follow(Record& record, const SignInOpened& event);
void follow(Record& record, const SittingOpened& event);
void follow(Record& record, const SittingRecessed& event);
void follow(Record& record, const SittingResumed& event);
void follow(Record& record, const SittingClosed& event);
void follow(Record& record, const SittingCancelled& event);
void follow(Record& record, const ConductLent& event);

// record_vote.cpp
void follow(Record& record, const VotePrepared& event);
void follow(Record& record, const VoteOpened& event);
void follow(Record& record, const VoteAnnounced& event);
void follow(Record& record, const VoteVoided& event);

// record_casting.cpp
void follow(Record& record, const VoteCast& event);
void follow(Record& record, const VoteHeld& event);
void follow(Record& record, const VoteResumed& event);
void follow(Record& record, const VoteClosed& event);
void follow(Record& record, const VoteDecided& event);

// record_body.cpp
void follow(Record& record, const PhotoSet& event);
void follow(Record& record, const PhotoRemoved& event);
void follow(Record& record, const RulesAdopted& event);
void follow(Record& record, const RecordCorrected& event);

// record_meeting.cpp
void follow(Record& record, const MeetingCreated& event);
void follow(Record& record, const SittingCreated& event);
void follow(Record& record, const MeetingNotified& event);
void follow(Record& record, const MeetingClosed& event);
void follow(Record& record, const MeetingArchived& event);
void follow(Record& record, const MeetingCancelled& event);
void follow(Record& record, const ScheduleSet& event);

// record_key_holders.cpp
void follow(Record& record, const KeyHoldersAppointed& event);
void follow(Record& record, const CeremonyJoined& event);
void follow(Record& record, const CeremonyCommitted& event);
void follow(Record& record, const CeremonyOpened& event);
void follow(Record& record, const CeremonyAgreed& event);
void follow(Record& record, const CeremonyFailed& event);
void follow(Record& record, const CeremonyRestarted& event);
void follow(Record& record, const ElectionKeyMade& event);

// record_console_builds.cpp
void follow(Record& record, const ConsoleBuildsPinned& event);
void follow(Record& record, const ShareErased& event);

// record_agenda.cpp
void follow(Record& record, const ItemAdded& event);
void follow(Record& record, const ItemEdited& event);
void follow(Record& record, const ItemMoved& event);
void follow(Record& record, const ItemChangeDecided& event);
void follow(Record& record, const AgendaImported& event);
void follow(Record& record, const ItemRemoved& event);
void follow(Record& record, const DocumentAttached& event);
void follow(Record& record, const DocumentDetached& event);

// record_item.cpp
void follow(Record& record, const AgendaAdopted& event);
void follow(Record& record, const ItemActivated& event);
void follow(Record& record, const ItemWithdrawn& event);
void follow(Record& record, const ItemDeferred& event);
void follow(Record& record, const ItemDeliberated& event);
void follow(Record& record, const ItemConcluded& event);

// record_attendance.cpp
void follow(Record& record, const SignedIn& event);
void follow(Record& record, const SignedOut& event);
void follow(Record& record, const AttendeeAdmitted& event);
void follow(Record& record, const AttendeeDismissed& event);
void follow(Record& record, const LeaveGranted& event);
void follow(Record& record, const LeaveCancelled& event);
void follow(Record& record, const AbsenceRecorded& event);
void follow(Record& record, const AbsenceCleared& event);

// record_floor.cpp
void follow(Record& record, const SpeechRequested& event);
void follow(Record& record, const SpeechWithdrawn& event);
void follow(Record& record, const FloorOrdered& event);
void follow(Record& record, const FloorGranted& event);
void follow(Record& record, const FloorExtended& event);
void follow(Record& record, const SpeechEnded& event);
void follow(Record& record, const SpeechMinuted& event);
void follow(Record& record, const SpeechSigned& event);

// record_sitting.cpp
void follow(Record& record, const HallShown& event);
void follow(Record& record, const SpeakingTimesSet& event);

// record_hands.cpp
void follow(Record& record, const HandsCounted& event);
void follow(Record& record, const VoteObjected& event);
void follow(Record& record, const VoteMethodSwitched& event);
void follow(Record& record, const VoteExtended& event);

// record_ballots.cpp
void follow(Record& record, const BallotsCounted& event);
void follow(Record& record, const ListCounted& event);
void follow(Record& record, const GradesCounted& event);

// record_elections.cpp
void follow(Record& record, const ScrutineersApproved& event);

// record_secret.cpp
void follow(Record& record, const ConsoleEnrolled& event);
void follow(Record& record, const VotingKeyRegistered& event);
void follow(Record& record, const RollCalled& event);

// record_secret_box.cpp
void follow(Record& record, const BoxFrame& event);
void follow(Record& record, const BallotBoxCreated& event);
void follow(Record& record, const BallotBoxSealed& event);
void follow(Record& record, const SeqReused& event);
void follow(Record& record, const BoxContested& event);
void follow(Record& record, const BoxShredStarted& event);
void follow(Record& record, const BoxShredded& event);

// record_secret_totals.cpp
void follow(Record& record, const ShareGiven& event);
void follow(Record& record, const BoxConfirmed& event);

// record_sequels.cpp
void follow(Record& record, const QualificationRecorded& event);
void follow(Record& record, const TieDecided& event);
void follow(Record& record, const ApprovalRecorded& event);
void follow(Record& record, const OathTaken& event);
void follow(Record& record, const VoteAnnulled& event);

// record_suggestions.cpp
void follow(Record& record, const SuggestionRegistered& event);
void follow(Record& record, const SuggestionReassigned& event);
void follow(Record& record, const SuggestionAnswered& event);
void follow(Record& record, const SuggestionEvaluated& event);
void follow(Record& record, const SuggestionReminded& event);
void follow(Record& record, const SuggestionWithdrawn& event);
void follow(Record& record, const EvaluationConcluded& event);

// record_petitions.cpp
void follow(Record& record, const PetitionOpened& event);
void follow(Record& record, const PetitionSigned& event);
void follow(Record& record, const SignatureWithdrawn& event);
void follow(Record& record, const PetitionHandedIn& event);
void follow(Record& record, const PetitionWithdrawn& event);
void follow(Record& record, const PetitionNeedSet& event);

} // namespace plenum::audit
