#pragma once

#include "server/chamber/across_chapters.hpp"

// The chapters of the rules of procedure as chamber.cpp sees them: for every command one decide_command, for
// every event one apply_event, each in the file of its chapter. Rights are checked, and the record a command
// names exists, before decide_command is called; Context.now_ms is never before State.now_ms. Nothing outside
// server/chamber includes this.

namespace plenum::chamber {

/// Whether a command is possible and what it would cause. Bodies, rosters, officers, access codes:
Decided decide_command(const State& state, const CreateBody& command, const Context& context);
Decided decide_command(const State& state, const RemoveBody& command, const Context& context);
Decided decide_command(const State& state, const ImportRoster& command, const Context& context);
Decided decide_command(const State& state, const AppointOfficer& command, const Context& context);
Decided decide_command(const State& state, const IssueAccessCodes& command, const Context& context);
/// What an event changes.
void apply_event(State& state, const BodyCreated& event, const Stamp& stamp);
void apply_event(State& state, const BodyRemoved& event, const Stamp& stamp);
void apply_event(State& state, const RosterAdopted& event, const Stamp& stamp);
void apply_event(State& state, const OfficerAppointed& event, const Stamp& stamp);
void apply_event(State& state, const AccessCodesIssued& event, const Stamp& stamp);

Decided decide_command(const State& state, const RenameBody& command, const Context& context);
Decided decide_command(const State& state, const DismissOfficer& command, const Context& context);
void apply_event(State& state, const BodyRenamed& event, const Stamp& stamp);
void apply_event(State& state, const OfficerDismissed& event, const Stamp& stamp);

Decided decide_command(const State& state, const SuspendMember& command, const Context& context);
Decided decide_command(const State& state, const ReinstateMember& command, const Context& context);
void apply_event(State& state, const MemberSuspended& event, const Stamp& stamp);
void apply_event(State& state, const MemberReinstated& event, const Stamp& stamp);

Decided decide_command(const State& state, const UndoRoster& command, const Context& context);
Decided decide_command(const State& state, const AdoptRules& command, const Context& context);
Decided decide_command(const State& state, const FormDelegations& command, const Context& context);
Decided decide_command(const State& state, const SetPhoto& command, const Context& context);
Decided decide_command(const State& state, const RemovePhoto& command, const Context& context);
Decided decide_command(const State& state, const CorrectRecord& command, const Context& context);
void apply_event(State& state, const RulesAdopted& event, const Stamp& stamp);
void apply_event(State& state, const PhotoSet& event, const Stamp& stamp);
void apply_event(State& state, const PhotoRemoved& event, const Stamp& stamp);
void apply_event(State& state, const RecordCorrected& event, const Stamp& stamp);

// Meetings and their schedule.
Decided decide_command(const State& state, const NotifyMeeting& command, const Context& context);
Decided decide_command(const State& state, const CloseMeeting& command, const Context& context);
Decided decide_command(const State& state, const ArchiveMeeting& command, const Context& context);
Decided decide_command(const State& state, const SetSchedule& command, const Context& context);
Decided decide_command(const State& state, const CancelMeeting& command, const Context& context);
void apply_event(State& state, const MeetingCancelled& event, const Stamp& stamp);
void apply_event(State& state, const MeetingNotified& event, const Stamp& stamp);
void apply_event(State& state, const MeetingClosed& event, const Stamp& stamp);
void apply_event(State& state, const MeetingArchived& event, const Stamp& stamp);
void apply_event(State& state, const ScheduleSet& event, const Stamp& stamp);

// The agenda.
Decided decide_command(const State& state, const CreateMeeting& command, const Context& context);
Decided decide_command(const State& state, const CreateSitting& command, const Context& context);
Decided decide_command(const State& state, const AddItem& command, const Context& context);
Decided decide_command(const State& state, const EditItem& command, const Context& context);
Decided decide_command(const State& state, const AdoptAgenda& command, const Context& context);
Decided decide_command(const State& state, const ActivateItem& command, const Context& context);
Decided decide_command(const State& state, const WithdrawItem& command, const Context& context);
Decided decide_command(const State& state, const DeferItem& command, const Context& context);
void apply_event(State& state, const MeetingCreated& event, const Stamp& stamp);
void apply_event(State& state, const SittingCreated& event, const Stamp& stamp);
void apply_event(State& state, const ItemAdded& event, const Stamp& stamp);
void apply_event(State& state, const ItemEdited& event, const Stamp& stamp);
void apply_event(State& state, const AgendaAdopted& event, const Stamp& stamp);
void apply_event(State& state, const ItemActivated& event, const Stamp& stamp);
void apply_event(State& state, const ItemWithdrawn& event, const Stamp& stamp);
void apply_event(State& state, const ItemDeferred& event, const Stamp& stamp);
Decided decide_command(const State& state, const ImportAgenda& command, const Context& context);
Decided decide_command(const State& state, const MoveItem& command, const Context& context);
Decided decide_command(const State& state, const RemoveItem& command, const Context& context);
Decided decide_command(const State& state, const UndoAgenda& command, const Context& context);
void apply_event(State& state, const AgendaImported& event, const Stamp& stamp);
void apply_event(State& state, const ItemRemoved& event, const Stamp& stamp);
void apply_event(State& state, const ItemChangeDecided& event, const Stamp& stamp);
Decided decide_command(const State& state, const AttachDocument& command, const Context& context);
Decided decide_command(const State& state, const DetachDocument& command, const Context& context);
Decided decide_command(const State& state, const DeliberateItem& command, const Context& context);
Decided decide_command(const State& state, const ConcludeItem& command, const Context& context);
void apply_event(State& state, const ItemMoved& event, const Stamp& stamp);
void apply_event(State& state, const DocumentAttached& event, const Stamp& stamp);
void apply_event(State& state, const DocumentDetached& event, const Stamp& stamp);
void apply_event(State& state, const ItemDeliberated& event, const Stamp& stamp);
void apply_event(State& state, const ItemConcluded& event, const Stamp& stamp);

// Attendance.
/// Writes into the history where somebody is from now on.
void note_presence(Sitting& sitting, PersonId person, const Stamp& stamp);
Decided decide_command(const State& state, const OpenSignIn& command, const Context& context);
Decided decide_command(const State& state, const SignIn& command, const Context& context);
Decided decide_command(const State& state, const SignOut& command, const Context& context);
Decided decide_command(const State& state, const SignInFor& command, const Context& context);
Decided decide_command(const State& state, const SignOutFor& command, const Context& context);
void apply_event(State& state, const SignInOpened& event, const Stamp& stamp);
void apply_event(State& state, const SignedIn& event, const Stamp& stamp);
void apply_event(State& state, const SignedOut& event, const Stamp& stamp);
Decided decide_command(const State& state, const AdmitAttendee& command, const Context& context);
Decided decide_command(const State& state, const DismissAttendee& command, const Context& context);
Decided decide_command(const State& state, const GrantLeave& command, const Context& context);
Decided decide_command(const State& state, const CancelLeave& command, const Context& context);
Decided decide_command(const State& state, const RecordAbsence& command, const Context& context);
Decided decide_command(const State& state, const ClearAbsence& command, const Context& context);
void apply_event(State& state, const AttendeeAdmitted& event, const Stamp& stamp);
void apply_event(State& state, const AttendeeDismissed& event, const Stamp& stamp);
void apply_event(State& state, const LeaveGranted& event, const Stamp& stamp);
void apply_event(State& state, const LeaveCancelled& event, const Stamp& stamp);
void apply_event(State& state, const AbsenceRecorded& event, const Stamp& stamp);
void apply_event(State& state, const AbsenceCleared& event, const Stamp& stamp);

// The floor.
/// Nothing else begins, and the sitting does not end, while somebody speaks.
std::optional<Refusal> check_floor_free(const Sitting& sitting);
Decided decide_command(const State& state, const RequestFloor& command, const Context& context);
Decided decide_command(const State& state, const RequestFloorFor& command, const Context& context);
Decided decide_command(const State& state, const CancelFloorRequest& command, const Context& context);
Decided decide_command(const State& state, const YieldFloor& command, const Context& context);
Decided decide_command(const State& state, const WithdrawSpeech& command, const Context& context);
Decided decide_command(const State& state, const OrderFloor& command, const Context& context);
Decided decide_command(const State& state, const GrantFloor& command, const Context& context);
Decided decide_command(const State& state, const ExtendFloor& command, const Context& context);
Decided decide_command(const State& state, const StopSpeech& command, const Context& context);
Decided decide_command(const State& state, const MinuteSpeech& command, const Context& context);
Decided decide_command(const State& state, const SignMinutes& command, const Context& context);
void apply_event(State& state, const SpeechRequested& event, const Stamp& stamp);
void apply_event(State& state, const SpeechWithdrawn& event, const Stamp& stamp);
void apply_event(State& state, const FloorOrdered& event, const Stamp& stamp);
void apply_event(State& state, const FloorGranted& event, const Stamp& stamp);
void apply_event(State& state, const FloorExtended& event, const Stamp& stamp);
void apply_event(State& state, const SpeechEnded& event, const Stamp& stamp);
void apply_event(State& state, const SpeechMinuted& event, const Stamp& stamp);
void apply_event(State& state, const SpeechSigned& event, const Stamp& stamp);

// Sittings, and what the hall shows of them.
/// Closes it with its figures as they stand.
void end_sitting(const State& state, Sitting& sitting);
Decided decide_command(const State& state, const ShowInHall& command, const Context& context);
void apply_event(State& state, const HallShown& event, const Stamp& stamp);
Decided decide_command(const State& state, const OpenSitting& command, const Context& context);
Decided decide_command(const State& state, const RecessSitting& command, const Context& context);
Decided decide_command(const State& state, const ResumeSitting& command, const Context& context);
Decided decide_command(const State& state, const CloseSitting& command, const Context& context);
Decided decide_command(const State& state, const CancelSitting& command, const Context& context);
void apply_event(State& state, const SittingCancelled& event, const Stamp& stamp);
Decided decide_command(const State& state, const LendConduct& command, const Context& context);
Decided decide_command(const State& state, const SetSpeakingTimes& command, const Context& context);
void apply_event(State& state, const SpeakingTimesSet& event, const Stamp& stamp);
void apply_event(State& state, const SittingOpened& event, const Stamp& stamp);
void apply_event(State& state, const SittingRecessed& event, const Stamp& stamp);
void apply_event(State& state, const SittingResumed& event, const Stamp& stamp);
void apply_event(State& state, const SittingClosed& event, const Stamp& stamp);
void apply_event(State& state, const ConductLent& event, const Stamp& stamp);

// Votes: prepared, opened, announced, voided, tried again.
Decided decide_command(const State& state, const PrepareVote& command, const Context& context);
Decided decide_command(const State& state, const OpenVote& command, const Context& context);
Decided decide_command(const State& state, const AnnounceVote& command, const Context& context);
Decided decide_command(const State& state, const VoidVote& command, const Context& context);
Decided decide_command(const State& state, const RetryVote& command, const Context& context);
void apply_event(State& state, const VotePrepared& event, const Stamp& stamp);
void apply_event(State& state, const VoteOpened& event, const Stamp& stamp);
void apply_event(State& state, const VoteAnnounced& event, const Stamp& stamp);
void apply_event(State& state, const VoteVoided& event, const Stamp& stamp);

// Casting, holding and closing.
Decided decide_command(const State& state, const CastVote& command, const Context& context);
Decided decide_command(const State& state, const HoldVote& command, const Context& context);
Decided decide_command(const State& state, const ResumeVote& command, const Context& context);
Decided decide_command(const State& state, const CloseVote& command, const Context& context);
void apply_event(State& state, const VoteCast& event, const Stamp& stamp);
void apply_event(State& state, const VoteHeld& event, const Stamp& stamp);
void apply_event(State& state, const VoteResumed& event, const Stamp& stamp);
void apply_event(State& state, const VoteClosed& event, const Stamp& stamp);
void apply_event(State& state, const VoteDecided& event, const Stamp& stamp);

// Hands and silence: the other ways to decide.
Decided decide_command(const State& state, const CountHands& command, const Context& context);
Decided decide_command(const State& state, const ObjectToVote& command, const Context& context);
Decided decide_command(const State& state, const RecordObjection& command, const Context& context);
Decided decide_command(const State& state, const SwitchVoteMethod& command, const Context& context);
Decided decide_command(const State& state, const ExtendVote& command, const Context& context);
void apply_event(State& state, const HandsCounted& event, const Stamp& stamp);
void apply_event(State& state, const VoteObjected& event, const Stamp& stamp);
void apply_event(State& state, const VoteMethodSwitched& event, const Stamp& stamp);
void apply_event(State& state, const VoteExtended& event, const Stamp& stamp);

// Ballots on paper, elections, series.
Decided decide_command(const State& state, const CountBallots& command, const Context& context);
Decided decide_command(const State& state, const CountList& command, const Context& context);
Decided decide_command(const State& state, const CountGrades& command, const Context& context);
Decided decide_command(const State& state, const ApproveScrutineers& command, const Context& context);
Decided decide_command(const State& state, const PrepareSeries& command, const Context& context);
void apply_event(State& state, const BallotsCounted& event, const Stamp& stamp);
void apply_event(State& state, const ListCounted& event, const Stamp& stamp);
void apply_event(State& state, const GradesCounted& event, const Stamp& stamp);
void apply_event(State& state, const ScrutineersApproved& event, const Stamp& stamp);

// Base numbers that are not the roster's, and what is taken out of a combined vote.
Decided decide_command(const State& state, const ConfirmBase& command, const Context& context);
Decided decide_command(const State& state, const SplitVote& command, const Context& context);
void apply_event(State& state, const BaseConfirmed& event, const Stamp& stamp);

// What is decided about a vote outside of it.
Decided decide_command(const State& state, const AnnulVote& command, const Context& context);
Decided decide_command(const State& state, const RecordApproval& command, const Context& context);
Decided decide_command(const State& state, const DecideTie& command, const Context& context);
Decided decide_command(const State& state, const RecordQualification& command, const Context& context);
Decided decide_command(const State& state, const TakeOath& command, const Context& context);
void apply_event(State& state, const VoteAnnulled& event, const Stamp& stamp);
void apply_event(State& state, const ApprovalRecorded& event, const Stamp& stamp);
void apply_event(State& state, const TieDecided& event, const Stamp& stamp);
void apply_event(State& state, const QualificationRecorded& event, const Stamp& stamp);
void apply_event(State& state, const OathTaken& event, const Stamp& stamp);

// The keys of secret votes.
Decided decide_command(const State& state, const AppointKeyHolders& command, const Context& context);
Decided decide_command(const State& state, const JoinCeremony& command, const Context& context);
Decided decide_command(const State& state, const CommitToKey& command, const Context& context);
Decided decide_command(const State& state, const OpenKey& command, const Context& context);
Decided decide_command(const State& state, const AgreeToKey& command, const Context& context);
Decided decide_command(const State& state, const ComplainOfKey& command, const Context& context);
Decided decide_command(const State& state, const RestartCeremony& command, const Context& context);
Decided decide_command(const State& state, const PinConsoleBuilds& command, const Context& context);
Decided decide_command(const State& state, const StateErasure& command, const Context& context);
void apply_event(State& state, const KeyHoldersAppointed& event, const Stamp& stamp);
void apply_event(State& state, const CeremonyJoined& event, const Stamp& stamp);
void apply_event(State& state, const CeremonyCommitted& event, const Stamp& stamp);
void apply_event(State& state, const CeremonyOpened& event, const Stamp& stamp);
void apply_event(State& state, const CeremonyAgreed& event, const Stamp& stamp);
void apply_event(State& state, const CeremonyFailed& event, const Stamp& stamp);
void apply_event(State& state, const CeremonyRestarted& event, const Stamp& stamp);
void apply_event(State& state, const ElectionKeyMade& event, const Stamp& stamp);
void apply_event(State& state, const ConsoleBuildsPinned& event, const Stamp& stamp);
void apply_event(State& state, const ShareErased& event, const Stamp& stamp);

// Secret votes at consoles.
Decided decide_command(const State& state, const EnrollConsole& command, const Context& context);
Decided decide_command(const State& state, const RegisterVotingKey& command, const Context& context);
Decided decide_command(const State& state, const CallRoll& command, const Context& context);
Decided decide_command(const State& state, const ContestBox& command, const Context& context);
Decided decide_command(const State& state, const GiveShare& command, const Context& context);
void apply_event(State& state, const ConsoleEnrolled& event, const Stamp& stamp);
void apply_event(State& state, const VotingKeyRegistered& event, const Stamp& stamp);
void apply_event(State& state, const RollCalled& event, const Stamp& stamp);
void apply_event(State& state, const BallotBoxCreated& event, const Stamp& stamp);
void apply_event(State& state, const BallotBoxSealed& event, const Stamp& stamp);
void apply_event(State& state, const SeqReused& event, const Stamp& stamp);
void apply_event(State& state, const BoxContested& event, const Stamp& stamp);
void apply_event(State& state, const ShareGiven& event, const Stamp& stamp);
void apply_event(State& state, const BoxConfirmed& event, const Stamp& stamp);
void apply_event(State& state, const BoxShredStarted& event, const Stamp& stamp);
void apply_event(State& state, const BoxShredded& event, const Stamp& stamp);
// Suggestions of deputies and their two evaluations.
Decided decide_command(const State& state, const RegisterSuggestion& command, const Context& context);
Decided decide_command(const State& state, const ReassignSuggestion& command, const Context& context);
Decided decide_command(const State& state, const AnswerSuggestion& command, const Context& context);
Decided decide_command(const State& state, const EvaluateSuggestion& command, const Context& context);
Decided decide_command(const State& state, const RemindEvaluation& command, const Context& context);
Decided decide_command(const State& state, const WithdrawSuggestion& command, const Context& context);
Decided decide_command(const State& state, const ConcludeEvaluation& command, const Context& context);
void apply_event(State& state, const SuggestionRegistered& event, const Stamp& stamp);
void apply_event(State& state, const SuggestionReassigned& event, const Stamp& stamp);
void apply_event(State& state, const SuggestionAnswered& event, const Stamp& stamp);
void apply_event(State& state, const SuggestionEvaluated& event, const Stamp& stamp);
void apply_event(State& state, const SuggestionReminded& event, const Stamp& stamp);
void apply_event(State& state, const SuggestionWithdrawn& event, const Stamp& stamp);
void apply_event(State& state, const EvaluationConcluded& event, const Stamp& stamp);

// Joint signatures.
Decided decide_command(const State& state, const OpenPetition& command, const Context& context);
Decided decide_command(const State& state, const SignPetition& command, const Context& context);
Decided decide_command(const State& state, const WithdrawSignature& command, const Context& context);
Decided decide_command(const State& state, const HandInPetition& command, const Context& context);
Decided decide_command(const State& state, const WithdrawPetition& command, const Context& context);
Decided decide_command(const State& state, const SetPetitionNeed& command, const Context& context);
void apply_event(State& state, const PetitionOpened& event, const Stamp& stamp);
void apply_event(State& state, const PetitionSigned& event, const Stamp& stamp);
void apply_event(State& state, const SignatureWithdrawn& event, const Stamp& stamp);
void apply_event(State& state, const PetitionHandedIn& event, const Stamp& stamp);
void apply_event(State& state, const PetitionWithdrawn& event, const Stamp& stamp);
void apply_event(State& state, const PetitionNeedSet& event, const Stamp& stamp);

// The log itself.
void apply_event(State& state, const LogCreated& event, const Stamp& stamp);
void apply_event(State& state, const ServerStarted& event, const Stamp& stamp);
void apply_event(State& state, const JournalRecovered& event, const Stamp& stamp);
void apply_event(State& state, const BoxFrame& event, const Stamp& stamp);

} // namespace plenum::chamber
