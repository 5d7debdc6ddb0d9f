#include "protocol/command.hpp"

namespace plenum {
namespace {

std::uint64_t cut(std::string_view text)
{
    const auto digest = sha256(text);
    return Reader(digest.view()).u64();
}

std::uint64_t press_fingerprint(VoteId vote, Choice choice)
{
    return cut(std::string(VoteCast::kind) + '/' + std::to_string(number(vote)) + '/' +
               std::string(codec::enum_name(choice)));
}

// The kind of the first event each command causes: one row a command, in the order of the Command variant.
using Firsts = boost::mp11::mp_list<
    BodyCreated, RosterAdopted, OfficerAppointed, AccessCodesIssued, MeetingCreated, SittingCreated,
    ItemAdded, ItemEdited, AgendaAdopted, ItemActivated, ItemWithdrawn, ItemDeferred, SignInOpened, SignedIn,
    SignedOut, SignedIn, SignedOut, SittingOpened, SittingRecessed, SittingResumed, SittingClosed,
    ConductLent, VotePrepared, VoteOpened, VoteCast, VoteHeld, VoteResumed, VoteClosed, VoteAnnounced,
    VoteVoided, VotePrepared, RosterAdopted, BodyCreated, PhotoSet, RecordCorrected, MeetingNotified,
    MeetingClosed, MeetingArchived, ScheduleSet, HallShown, ItemAdded, ItemMoved, DocumentAttached,
    DocumentDetached, ItemDeliberated, ItemConcluded, AttendeeAdmitted, AttendeeDismissed, LeaveGranted,
    LeaveCancelled, AbsenceRecorded, AbsenceCleared, SpeechRequested, SpeechRequested, SpeechWithdrawn,
    SpeechEnded, SpeechWithdrawn, FloorOrdered, FloorGranted, FloorExtended, SpeechEnded, SpeechMinuted,
    SpeechSigned, HandsCounted, VoteObjected, VoteObjected, VoteMethodSwitched, VoteExtended, BallotsCounted,
    ListCounted, GradesCounted, ScrutineersApproved, VotePrepared, RulesAdopted, ItemRemoved, ItemRemoved,
    MeetingCancelled, SpeakingTimesSet, BodyRemoved, PhotoRemoved, VoteAnnulled, ApprovalRecorded, TieDecided,
    QualificationRecorded, OathTaken, KeyHoldersAppointed, CeremonyJoined, CeremonyCommitted, CeremonyOpened,
    CeremonyAgreed, CeremonyFailed, CeremonyRestarted, BodyRenamed, OfficerDismissed, SittingCancelled,
    ConsoleEnrolled, VotingKeyRegistered, RollCalled, BoxContested, ShareGiven, MemberSuspended,
    MemberReinstated, BaseConfirmed, VotePrepared, SuggestionRegistered, SuggestionReassigned,
    SuggestionAnswered, SuggestionEvaluated, SuggestionReminded, SuggestionWithdrawn, EvaluationConcluded,
    PetitionOpened, PetitionSigned, SignatureWithdrawn, PetitionHandedIn, PetitionWithdrawn, PetitionNeedSet,
    ConsoleBuildsPinned, ShareErased>;
static_assert(boost::mp11::mp_size<Firsts>::value == boost::mp11::mp_size<Command>::value);

} // namespace

std::string_view method_of(const Command& command)
{
    return std::visit([](const auto& c) { return c.method; }, command);
}

Right right_of(const Command& command)
{
    return std::visit([](const auto& c) { return c.right; }, command);
}

std::optional<Decoded<Command>> decode_command(std::string_view method, const boost::json::value& params)
{
    std::optional<Decoded<Command>> found;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Command>>([&](auto tag) {
        using C = typename decltype(tag)::type;
        if (method != C::method) return;
        auto decoded = from_json<C>(params);
        if (decoded) {
            found = Decoded<Command>(Command(std::move(*decoded)));
        } else {
            auto misfit = decoded.error();
            codec::prepend_path(misfit, "params");
            found = Decoded<Command>(std::move(misfit));
        }
    });
    return found;
}

boost::json::value encode_params(const Command& command)
{
    return std::visit([](const auto& c) { return to_json(c); }, command);
}

std::uint64_t fingerprint(const Command& command)
{
    if (const auto* cast = std::get_if<CastVote>(&command))
        return press_fingerprint(cast->vote, cast->choice);
    return std::visit(
        []<class C>(const C&) {
            using First = boost::mp11::mp_at<Firsts, boost::mp11::mp_find<Command, C>>;
            return cut(First::kind);
        },
        command);
}

std::uint64_t fingerprint(const Event& first)
{
    if (const auto* cast = std::get_if<VoteCast>(&first)) return press_fingerprint(cast->vote, cast->choice);
    // A secret vote is opened behind the box that is made for it.
    if (std::holds_alternative<BallotBoxCreated>(first)) return cut(VoteOpened::kind);
    return cut(kind_of(first));
}

} // namespace plenum
