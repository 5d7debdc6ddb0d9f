#pragma once

#include "protocol/command/agenda.hpp"
#include "protocol/command/attendance.hpp"
#include "protocol/command/body.hpp"
#include "protocol/command/floor.hpp"
#include "protocol/command/key_holders.hpp"
#include "protocol/command/meeting.hpp"
#include "protocol/command/petitions.hpp"
#include "protocol/command/secret_vote.hpp"
#include "protocol/command/suggestions.hpp"
#include "protocol/command/vote.hpp"
#include "protocol/event.hpp"

// What a person may ask for, one file a chapter. A command is the `params` of one JSON-RPC request, named by
// `method`; `right` says who may. The members are described once; schemas/messages holds the same as JSON
// Schema and a test compares them.

namespace plenum {

using Command = std::variant<
    CreateBody, ImportRoster, AppointOfficer, IssueAccessCodes, CreateMeeting, CreateSitting, AddItem,
    EditItem, AdoptAgenda, ActivateItem, WithdrawItem, DeferItem, OpenSignIn, SignIn, SignOut, SignInFor,
    SignOutFor, OpenSitting, RecessSitting, ResumeSitting, CloseSitting, LendConduct, PrepareVote, OpenVote,
    CastVote, HoldVote, ResumeVote, CloseVote, AnnounceVote, VoidVote, RetryVote, UndoRoster, FormDelegations,
    SetPhoto, CorrectRecord, NotifyMeeting, CloseMeeting, ArchiveMeeting, SetSchedule, ShowInHall,
    ImportAgenda, MoveItem, AttachDocument, DetachDocument, DeliberateItem, ConcludeItem, AdmitAttendee,
    DismissAttendee, GrantLeave, CancelLeave, RecordAbsence, ClearAbsence, RequestFloor, RequestFloorFor,
    CancelFloorRequest, YieldFloor, WithdrawSpeech, OrderFloor, GrantFloor, ExtendFloor, StopSpeech,
    MinuteSpeech, SignMinutes, CountHands, ObjectToVote, RecordObjection, SwitchVoteMethod, ExtendVote,
    CountBallots, CountList, CountGrades, ApproveScrutineers, PrepareSeries, AdoptRules, RemoveItem,
    UndoAgenda, CancelMeeting, SetSpeakingTimes, RemoveBody, RemovePhoto, AnnulVote, RecordApproval,
    DecideTie, RecordQualification, TakeOath, AppointKeyHolders, JoinCeremony, CommitToKey, OpenKey,
    AgreeToKey, ComplainOfKey, RestartCeremony, RenameBody, DismissOfficer, CancelSitting, EnrollConsole,
    RegisterVotingKey, CallRoll, ContestBox, GiveShare, SuspendMember, ReinstateMember, ConfirmBase,
    SplitVote, RegisterSuggestion, ReassignSuggestion, AnswerSuggestion, EvaluateSuggestion, RemindEvaluation,
    WithdrawSuggestion, ConcludeEvaluation, OpenPetition, SignPetition, WithdrawSignature, HandInPetition,
    WithdrawPetition, SetPetitionNeed, PinConsoleBuilds, StateErasure>;

/// The JSON-RPC method that names the command.
std::string_view method_of(const Command& command);
/// The right a role needs for it.
Right right_of(const Command& command);

/// The command `method` names, decoded from its params; nothing when no command has that name.
std::optional<Decoded<Command>> decode_command(std::string_view method, const boost::json::value& params);

/// Params as a client sends them.
boost::json::value encode_params(const Command& command);

/// What a repeated request id must agree on, as 64 bits: the command's fingerprint equals that of the first
/// event it causes. For a press it covers vote and choice, so that a retry can never stand for
/// another choice; otherwise the kind.
std::uint64_t fingerprint(const Command& command);
std::uint64_t fingerprint(const Event& first);

} // namespace plenum
