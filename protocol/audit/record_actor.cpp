#include "protocol/audit/demand.hpp"
#include "protocol/audit/record.hpp"

#include <algorithm>

// Who may have caused an entry: the role table of protocol/role, the offices on record, and members for
// themselves only.

namespace plenum::audit {
namespace {

/// Which demand each kind of event makes. Records that do not exist are complained about elsewhere: any
/// office will do.
struct Demands {
    const Record& record;

    static Demand of_server() { return {.server = true}; }

    /// The server itself may prepare: `plenum init` and `plenum import` act before anybody can sign in.
    static Demand prepare(std::optional<BodyId> body)
    {
        return {.right = Right::prepare, .body = body, .server = true};
    }

    /// What is done to the roster of a congress is done to its delegations with it.
    std::optional<BodyId> parent_of(const std::optional<BodyId>& id) const
    {
        const auto body = id ? record.bodies.find(*id) : record.bodies.end();
        return body == record.bodies.end() ? std::nullopt : body->second.parent;
    }

    Demand in(Right right, SittingId id) const
    {
        const auto sitting = record.sittings.find(id);
        if (sitting == record.sittings.end()) return {.right = right, .lent = true, .anywhere = true};
        return {.right = right, .lent = sitting->second.conduct_lent, .body = sitting->second.body};
    }

    Demand in(Right right, MeetingId id) const
    {
        const auto meeting = record.meetings.find(id);
        if (meeting == record.meetings.end()) return {.right = right, .lent = true, .anywhere = true};
        // The entry does not say in which sitting of the meeting it happened.
        const bool lent = std::ranges::any_of(record.sittings, [&](const auto& sitting) {
            return sitting.second.meeting == id && sitting.second.conduct_lent;
        });
        return {.right = right, .lent = lent, .body = meeting->second.body};
    }

    Demand in(Right right, ItemId id) const
    {
        const auto item = record.items.find(id);
        if (item == record.items.end()) return {.right = right, .lent = true, .anywhere = true};
        return in(right, item->second.meeting);
    }

    Demand in(Right right, VoteId id) const
    {
        const auto vote = record.votes.find(id);
        if (vote == record.votes.end()) return {.right = right, .lent = true, .anywhere = true};
        return in(right, vote->second.prepared.sitting);
    }

    template <class Id>
    Demand prepare_in(Id id) const
    {
        auto demand = in(Right::prepare, id);
        demand.server = true;
        return demand;
    }

    Demand attendance(SittingId id, PersonId person) const
    {
        auto demand = in(Right::attend, id);
        demand.or_right = Right::keep_attendance;
        demand.person = person;
        return demand;
    }

    /// The floor: the speaker, or somebody with another right for them.
    Demand speaker(SpeechId id, std::optional<Right> or_right) const
    {
        const auto speech = record.speeches.find(id);
        if (speech == record.speeches.end())
            return {.right = Right::speak, .or_right = or_right, .lent = true, .anywhere = true};
        auto demand = in(Right::speak, speech->second.requested.sitting);
        demand.or_right = or_right;
        demand.person = speech->second.requested.person;
        return demand;
    }

    Demand in(Right right, SpeechId id) const
    {
        const auto speech = record.speeches.find(id);
        if (speech == record.speeches.end()) return {.right = right, .lent = true, .anywhere = true};
        return in(right, speech->second.requested.sitting);
    }

    Demand operator()(const LogCreated&) const { return of_server(); }
    Demand operator()(const ServerStarted&) const { return of_server(); }
    Demand operator()(const JournalRecovered&) const { return of_server(); }
    Demand operator()(const BoxFrame&) const { return of_server(); }
    Demand operator()(const SeqReused&) const { return of_server(); }
    Demand operator()(const BodyCreated& event) const { return prepare(event.parent); }
    Demand operator()(const BodyRemoved& event) const { return prepare(parent_of(event.body)); }
    Demand operator()(const RosterAdopted& event) const
    {
        auto demand = prepare(event.body);
        demand.or_body = parent_of(event.body);
        return demand;
    }
    Demand operator()(const OfficerAppointed& event) const { return prepare(event.body); }
    Demand operator()(const OfficerDismissed& event) const { return prepare(event.body); }
    Demand operator()(const BodyRenamed& event) const { return prepare(event.body); }
    Demand operator()(const MemberSuspended& event) const { return prepare(event.body); }
    Demand operator()(const MemberReinstated& event) const { return prepare(event.body); }
    Demand operator()(const RulesAdopted& event) const { return prepare(event.body); }
    Demand operator()(const AccessCodesIssued&) const
    {
        return {.right = Right::prepare, .anywhere = true, .server = true};
    }
    Demand operator()(const MeetingCreated& event) const { return prepare(event.body); }
    Demand operator()(const SittingCreated& event) const { return prepare_in(event.meeting); }
    Demand operator()(const ItemAdded& event) const { return prepare_in(event.meeting); }
    Demand operator()(const ItemEdited& event) const { return prepare_in(event.item); }
    Demand operator()(const AgendaAdopted& event) const
    {
        // With the vote that adopted it, which a timer may have closed.
        auto demand = in(Right::conduct, event.sitting);
        demand.server = event.by.has_value();
        return demand;
    }
    Demand operator()(const ItemActivated& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const ItemWithdrawn& event) const { return in(Right::conduct, event.item); }
    Demand operator()(const ItemDeferred& event) const { return in(Right::conduct, event.item); }
    Demand operator()(const SignInOpened& event) const { return in(Right::keep_attendance, event.sitting); }
    Demand operator()(const SignedIn& event) const { return attendance(event.sitting, event.person); }
    Demand operator()(const SignedOut& event) const
    {
        auto demand = attendance(event.sitting, event.person);
        // Who leaves the roster is signed out with it, whoever adopted it; so is who is suspended.
        const auto body = demand.body ? record.bodies.find(*demand.body) : record.bodies.end();
        demand.server = body != record.bodies.end() && (!body->second.members.contains(event.person) ||
                                                        is_suspended(record, *demand.body, event.person));
        if (demand.server) demand.or_body = parent_of(demand.body);
        return demand;
    }
    Demand operator()(const SittingOpened& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const SittingRecessed& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const SittingResumed& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const SittingClosed& event) const { return in(Right::conduct, event.sitting); }
    /// Called off by whoever could make it: over the body that meets.
    Demand operator()(const SittingCancelled& event) const
    {
        const auto sitting = record.sittings.find(event.sitting);
        if (sitting == record.sittings.end()) return {.right = Right::prepare, .anywhere = true};
        return prepare_in(sitting->second.meeting);
    }
    Demand operator()(const ConductLent& event) const { return in(Right::chair, event.sitting); }
    Demand operator()(const VotePrepared& event) const
    {
        const bool in_session = event.attempt > 1 || event.split;
        return in_session ? in(Right::conduct, event.sitting) : prepare_in(event.sitting);
    }
    /// By somebody in person, who is told by name.
    Demand operator()(const BaseConfirmed& event) const
    {
        auto demand = in(Right::confirm, event.vote);
        demand.is_oneself = true;
        demand.person = event.person;
        return demand;
    }
    Demand operator()(const VoteOpened& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const VoteCast& event) const
    {
        auto demand = in(Right::cast, event.vote);
        demand.person = event.person;
        return demand;
    }
    Demand operator()(const VoteHeld& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const VoteResumed& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const ConsoleEnrolled& event) const
    {
        return {.right = Right::cast, .anywhere = true, .person = event.person};
    }
    Demand operator()(const VotingKeyRegistered& event) const
    {
        auto demand = in(Right::cast, event.sitting);
        demand.person = event.person;
        return demand;
    }
    Demand operator()(const RollCalled& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const BallotBoxCreated& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const BallotBoxSealed&) const { return of_server(); }
    Demand operator()(const BoxContested& event) const
    {
        auto demand = in(Right::cast, event.vote);
        demand.person = event.person;
        return demand;
    }
    Demand operator()(const ShareGiven& event) const
    {
        auto demand = in(Right::hold_key, event.vote);
        demand.person = event.holder;
        return demand;
    }
    /// With the first share that holds, so by the one who gave it: that is checked where it is followed.
    Demand operator()(const BoxConfirmed& event) const { return in(Right::hold_key, event.vote); }
    Demand operator()(const BoxShredStarted&) const { return of_server(); }
    Demand operator()(const BoxShredded&) const { return of_server(); }
    Demand operator()(const VoteClosed& event) const
    {
        return event.by == ClosedBy::timer ? of_server() : in(Right::conduct, event.vote);
    }
    Demand operator()(const VoteDecided& event) const
    {
        // That it is the same actor as closed the vote is checked with the decision. Totals the server finds.
        if (event.totals) return of_server();
        auto demand = in(Right::conduct, event.vote);
        demand.server = true;
        return demand;
    }
    Demand operator()(const RecordCorrected&) const
    {
        return {.right = Right::prepare, .anywhere = true, .server = true};
    }
    Demand operator()(const PhotoSet&) const
    {
        return {.right = Right::prepare, .anywhere = true, .server = true};
    }
    Demand operator()(const PhotoRemoved&) const
    {
        return {.right = Right::prepare, .anywhere = true, .server = true};
    }
    Demand operator()(const MeetingNotified& event) const { return prepare_in(event.meeting); }
    Demand operator()(const MeetingClosed& event) const { return prepare_in(event.meeting); }
    Demand operator()(const MeetingArchived& event) const { return prepare_in(event.meeting); }
    Demand operator()(const MeetingCancelled& event) const { return prepare_in(event.meeting); }
    Demand operator()(const AgendaImported& event) const { return prepare_in(event.meeting); }
    Demand operator()(const ItemRemoved& event) const { return prepare_in(event.meeting); }
    Demand operator()(const ItemChangeDecided& event) const { return prepare_in(event.item); }
    Demand operator()(const SpeakingTimesSet& event) const { return prepare_in(event.sitting); }
    Demand operator()(const ScheduleSet& event) const { return prepare_in(event.meeting); }
    Demand operator()(const HallShown& event) const { return in(Right::show, event.sitting); }
    Demand operator()(const ItemMoved& event) const { return prepare_in(event.item); }
    Demand operator()(const DocumentAttached& event) const { return prepare_in(event.item); }
    Demand operator()(const DocumentDetached& event) const { return prepare_in(event.item); }
    Demand operator()(const ItemDeliberated& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const ItemConcluded& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const AttendeeAdmitted& event) const
    {
        return in(Right::keep_attendance, event.meeting);
    }
    Demand operator()(const AttendeeDismissed& event) const
    {
        return in(Right::keep_attendance, event.meeting);
    }
    Demand operator()(const LeaveGranted& event) const { return in(Right::keep_attendance, event.sitting); }
    Demand operator()(const LeaveCancelled& event) const { return in(Right::keep_attendance, event.sitting); }
    Demand operator()(const AbsenceRecorded& event) const
    {
        return in(Right::keep_attendance, event.sitting);
    }
    Demand operator()(const AbsenceCleared& event) const { return in(Right::keep_attendance, event.sitting); }
    Demand operator()(const SpeechRequested& event) const
    {
        auto demand = in(Right::speak, event.sitting);
        demand.or_right = Right::keep_floor;
        demand.person = event.person;
        return demand;
    }
    Demand operator()(const SpeechWithdrawn& event) const { return speaker(event.speech, Right::keep_floor); }
    Demand operator()(const FloorOrdered& event) const { return in(Right::conduct, event.sitting); }
    Demand operator()(const FloorGranted& event) const { return in(Right::conduct, event.speech); }
    Demand operator()(const FloorExtended& event) const { return in(Right::conduct, event.speech); }
    Demand operator()(const SpeechEnded& event) const
    {
        if (event.by == SpeechEnd::chair) return in(Right::conduct, event.speech);
        return speaker(event.speech, std::nullopt);
    }
    Demand operator()(const SpeechMinuted& event) const { return in(Right::prepare, event.speech); }
    Demand operator()(const SpeechSigned& event) const { return speaker(event.speech, std::nullopt); }
    Demand operator()(const HandsCounted& event) const { return counted(event.vote, event.teller); }
    Demand counted(VoteId vote, PersonId teller) const
    {
        auto demand = in(Right::count, vote);
        demand.person = teller;
        return demand;
    }
    Demand operator()(const BallotsCounted& event) const { return counted(event.vote, event.teller); }
    Demand operator()(const ListCounted& event) const { return counted(event.vote, event.teller); }
    Demand operator()(const GradesCounted& event) const { return counted(event.vote, event.teller); }
    Demand operator()(const ScrutineersApproved& event) const { return in(Right::conduct, event.by); }
    Demand operator()(const VoteObjected& event) const
    {
        if (!event.person) return in(Right::conduct, event.vote);
        auto demand = in(Right::cast, event.vote);
        demand.person = event.person;
        return demand;
    }
    Demand operator()(const VoteMethodSwitched& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const VoteExtended& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const KeyHoldersAppointed& event) const { return prepare_in(event.meeting); }
    Demand operator()(const CeremonyRestarted& event) const { return prepare_in(event.meeting); }
    Demand operator()(const CeremonyJoined& event) const { return holder(event); }
    Demand operator()(const CeremonyCommitted& event) const { return holder(event); }
    Demand operator()(const CeremonyOpened& event) const { return holder(event); }
    Demand operator()(const CeremonyAgreed& event) const { return holder(event); }
    Demand operator()(const CeremonyFailed& event) const { return holder(event); }
    Demand operator()(const ShareErased& event) const { return holder(event); }
    Demand operator()(const ConsoleBuildsPinned& event) const { return prepare_in(event.meeting); }
    /// Written in one breath with the last agreement, so by any of the holders.
    Demand operator()(const ElectionKeyMade& event) const { return in(Right::hold_key, event.meeting); }
    Demand holder(const auto& event) const
    {
        auto demand = in(Right::hold_key, event.meeting);
        demand.person = event.holder;
        return demand;
    }
    Demand prepare_in(MeetingId meeting) const
    {
        auto demand = in(Right::prepare, meeting);
        demand.server = true;
        return demand;
    }
    Demand in(Right right, SuggestionId id) const
    {
        const auto found = record.suggestions.find(id);
        if (found == record.suggestions.end()) return {.right = right, .anywhere = true};
        return {.right = right, .body = found->second.registered.body};
    }
    Demand operator()(const SuggestionRegistered& event) const { return prepare(event.body); }
    Demand operator()(const SuggestionReassigned& event) const { return prepare_in(event.suggestion); }
    Demand operator()(const SuggestionAnswered& event) const { return prepare_in(event.suggestion); }
    Demand operator()(const SuggestionReminded& event) const { return prepare_in(event.suggestion); }
    Demand operator()(const SuggestionWithdrawn& event) const { return prepare_in(event.suggestion); }
    Demand operator()(const EvaluationConcluded& event) const { return prepare(event.body); }
    Demand operator()(const SuggestionEvaluated& event) const
    {
        auto demand = in(Right::cast, event.suggestion);
        demand.person = event.person;
        return demand;
    }
    /// Members act for themselves; that they are members of the body is for the chapter to say.
    static Demand signer(PersonId person)
    {
        return {.right = Right::attend, .anywhere = true, .person = person};
    }
    Demand operator()(const PetitionOpened& event) const { return signer(event.lead); }
    Demand operator()(const PetitionSigned& event) const { return signer(event.person); }
    Demand operator()(const SignatureWithdrawn& event) const { return signer(event.person); }
    Demand operator()(const PetitionHandedIn& event) const { return signer(event.person); }
    Demand operator()(const PetitionWithdrawn& event) const { return signer(event.person); }
    Demand operator()(const PetitionNeedSet& event) const { return prepare(event.body); }
    Demand operator()(const VoteAnnounced& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const VoteVoided& event) const
    {
        if (event.reason == VoidReason::ballot_key_lost) return of_server();
        return in(Right::conduct, event.vote);
    }
    Demand operator()(const VoteAnnulled& event) const { return prepare_in(event.vote); }
    Demand operator()(const ApprovalRecorded& event) const { return prepare_in(event.vote); }
    Demand operator()(const QualificationRecorded& event) const { return prepare_in(event.vote); }
    Demand operator()(const TieDecided& event) const { return in(Right::conduct, event.vote); }
    Demand operator()(const OathTaken& event) const { return in(Right::conduct, event.sitting); }
};

/// That a delegate is a member is checked where it counts: at sign-in and in the electorate.
bool holds_office(const Record& record, const Demand& demand, const Actor& actor)
{
    return std::ranges::any_of(record.offices, [&](const RecordedOffice& office) {
        const bool over_it = demand.anywhere || !office.body || office.body == demand.body ||
                             (demand.or_body && office.body == demand.or_body);
        return office.person == *actor.person && office.role == actor.role && over_it;
    });
}

} // namespace

void check_actor(Record& record, const Entry& entry)
{
    const auto& actor = entry.actor;
    const auto demand = std::visit(Demands{record}, entry.event);
    if (actor.is_server()) {
        if (!demand.server) record.complain(AuditCode::actor_not_allowed, to_text(actor));
        return;
    }
    const bool allowed = (demand.right && may(actor.role, *demand.right, demand.lent)) ||
                         (demand.or_right && may(actor.role, *demand.or_right, demand.lent));
    if (!allowed) {
        record.complain(AuditCode::actor_not_allowed, to_text(actor));
    } else if ((demand.is_oneself || acts_for_oneself(actor.role)) && demand.person &&
               demand.person != actor.person) {
        record.complain(AuditCode::actor_for_another, to_text(actor));
    } else if (actor.role != Role::delegate && !holds_office(record, demand, actor)) {
        record.complain(AuditCode::actor_without_office, to_text(actor));
    }
}

} // namespace plenum::audit
