#include "server/chamber/secret_votes.hpp"
#include "server/clerk/herald.hpp"

#include <algorithm>

// What each kind of event touches, so that tell() knows whom to tell.

namespace plenum::clerk {

struct Herald::Noter {
    Herald& herald;
    const chamber::State& state;
    std::uint64_t seq;

    void sitting(SittingId id) const { herald.touch(state, id); }
    void agenda(MeetingId id) const { herald.touch(state, id); }
    void keys(MeetingId id) const { herald.touch(state, KeysOf{id}); }
    void item(ItemId id) const { herald.touch_item(state, id); }

    void operator()(const LogCreated&) const {}
    void operator()(const ServerStarted&) const {}
    void operator()(const JournalRecovered&) const {}
    void operator()(const BoxFrame&) const {}
    void operator()(const SeqReused&) const {}
    void operator()(const RecordCorrected&) const {}
    void operator()(const AccessCodesIssued&) const {}
    void operator()(const PhotoSet&) const {}
    void operator()(const RulesAdopted&) const {}
    void operator()(const PhotoRemoved&) const {}
    void operator()(const BodyCreated&) const {}
    void operator()(const BodyRemoved&) const { members(); }
    void operator()(const RosterAdopted& event) const
    {
        members();
        floors();
        for (const auto& [id, record] : state.sittings) {
            if (record.body != event.body) continue;
            sitting(id);
            // How many must be present to open a vote is counted from the roster until it is opened.
            for (const auto vote : record.votes) {
                if (state.votes.at(vote).state == VoteState::prepared) herald.touch(state, vote);
            }
        }
        named_in_votes();
    }
    void operator()(const BodyRenamed& event) const
    {
        for (const auto& [id, record] : state.sittings) {
            if (record.body == event.body) sitting(id);
        }
    }
    void operator()(const MemberSuspended& event) const { suspension(event.body, event.person); }
    void operator()(const MemberReinstated& event) const { suspension(event.body, event.person); }
    void operator()(const OfficerDismissed&) const { herald.note_rights(state); }
    void operator()(const OfficerAppointed&) const { herald.note_rights(state); }
    void operator()(const AttendeeAdmitted& event) const { attendee(event.meeting, event.person); }
    void operator()(const AttendeeDismissed& event) const { attendee(event.meeting, event.person); }

    void operator()(const MeetingCreated&) const {}
    void operator()(const MeetingNotified& event) const { agenda(event.meeting); }
    void operator()(const MeetingClosed& event) const
    {
        agenda(event.meeting);
        // A holder whose screen came after the body had gone on to another meeting knows nothing of these.
        if (state.meetings.at(event.meeting).keys) keys(event.meeting);
    }
    void operator()(const MeetingArchived& event) const { agenda(event.meeting); }
    void operator()(const MeetingCancelled& event) const
    {
        agenda(event.meeting);
        for (const auto& [id, record] : state.sittings) {
            if (record.meeting != event.meeting) continue;
            conduct_of(id);
            herald.touch(state, FloorOf{id});
        }
    }
    void operator()(const ScheduleSet& event) const { agenda(event.meeting); }
    void operator()(const SittingCreated& event) const
    {
        agenda(event.meeting);
        if (state.meetings.at(event.meeting).keys) keys(event.meeting);
        sitting(SittingId{seq});
        // Who is suspended is told so for every sitting there is.
        for (const auto person : state.sittings.at(SittingId{seq}).suspended)
            herald.note_person(person);
    }
    void operator()(const SignInOpened& event) const { course_of(event.sitting); }
    void operator()(const SittingOpened& event) const { course_of(event.sitting); }
    void operator()(const SittingRecessed& event) const { course_of(event.sitting); }
    void operator()(const SittingResumed& event) const { course_of(event.sitting); }
    void operator()(const SittingClosed& event) const { ended(event.sitting); }
    void operator()(const SittingCancelled& event) const { ended(event.sitting); }
    void operator()(const ConductLent& event) const { conduct_of(event.sitting); }
    void operator()(const HallShown& event) const { sitting(event.sitting); }
    void operator()(const SpeakingTimesSet& event) const
    {
        sitting(event.sitting);
        herald.touch(state, FloorOf{event.sitting});
    }

    void operator()(const ItemAdded& event) const { agenda(event.meeting); }
    void operator()(const AgendaImported&) const {}
    void operator()(const ItemChangeDecided&) const {}
    void operator()(const ItemRemoved& event) const
    {
        herald.dirty_items_.erase(event.item);
        agenda(event.meeting);
    }
    void operator()(const ItemMoved& event) const { agenda(state.items.at(event.item).meeting); }
    void operator()(const ItemEdited& event) const
    {
        item(event.item);
        // Closed or opened again: its votes lose their titles on some screens, or get them back.
        for (const auto& [id, vote] : state.votes) {
            if (vote.item == event.item) herald.touch(state, id);
        }
    }
    void operator()(const DocumentAttached& event) const { item(event.item); }
    void operator()(const DocumentDetached& event) const { item(event.item); }
    void operator()(const ItemActivated& event) const { active_item(event.sitting, event.item); }
    void operator()(const ItemDeliberated& event) const { item(event.item); }
    void operator()(const ItemConcluded& event) const { removed_item(event.item); }
    void operator()(const ItemWithdrawn& event) const { removed_item(event.item); }
    void operator()(const ItemDeferred& event) const { removed_item(event.item); }
    void operator()(const AgendaAdopted& event) const { agenda(state.sittings.at(event.sitting).meeting); }

    void operator()(const SignedIn& event) const { presence(event.sitting, event.person); }
    void operator()(const SignedOut& event) const { presence(event.sitting, event.person); }
    void operator()(const LeaveGranted& event) const { presence(event.sitting, event.person); }
    void operator()(const LeaveCancelled& event) const { presence(event.sitting, event.person); }
    void operator()(const AbsenceRecorded& event) const { presence(event.sitting, event.person); }
    void operator()(const AbsenceCleared& event) const { presence(event.sitting, event.person); }

    void operator()(const SpeechRequested& event) const { herald.touch(state, FloorOf{event.sitting}); }
    void operator()(const FloorOrdered& event) const { herald.touch(state, FloorOf{event.sitting}); }
    void operator()(const SpeechWithdrawn& event) const { floor_of(event.speech); }
    void operator()(const FloorGranted& event) const { floor_of(event.speech); }
    void operator()(const FloorExtended& event) const { floor_of(event.speech); }
    void operator()(const SpeechEnded& event) const { floor_of(event.speech); }
    void operator()(const SpeechMinuted& event) const { floor_of(event.speech); }
    void operator()(const SpeechSigned& event) const { floor_of(event.speech); }

    void operator()(const KeyHoldersAppointed& event) const { election_key(event.meeting); }
    void operator()(const CeremonyJoined& event) const { keys(event.meeting); }
    void operator()(const CeremonyCommitted& event) const { keys(event.meeting); }
    void operator()(const CeremonyOpened& event) const { keys(event.meeting); }
    void operator()(const CeremonyAgreed& event) const { keys(event.meeting); }
    void operator()(const CeremonyFailed& event) const { keys(event.meeting); }
    void operator()(const CeremonyRestarted& event) const { election_key(event.meeting); }
    void operator()(const ElectionKeyMade& event) const { election_key(event.meeting); }
    void operator()(const ConsoleBuildsPinned& event) const { election_key(event.meeting); }
    void operator()(const ShareErased& event) const { keys(event.meeting); }

    void operator()(const ConsoleEnrolled& event) const
    {
        herald.note_person(event.person);
        for (const auto& [id, record] : state.sittings) {
            if (record.present.contains(event.person)) herald.note_keys(id);
        }
    }
    void operator()(const VotingKeyRegistered& event) const
    {
        herald.note_person(event.person);
        herald.note_keys(event.sitting);
    }
    void operator()(const SuggestionRegistered&) const { herald.touch(state, SuggestionId{seq}); }
    void operator()(const SuggestionReassigned& event) const { herald.touch(state, event.suggestion); }
    void operator()(const SuggestionAnswered& event) const { herald.touch(state, event.suggestion); }
    void operator()(const SuggestionEvaluated& event) const { herald.touch(state, event.suggestion); }
    void operator()(const SuggestionReminded& event) const { herald.touch(state, event.suggestion); }
    void operator()(const SuggestionWithdrawn& event) const { herald.touch(state, event.suggestion); }
    /// Figures are asked for by the office that put them on record; of a suggestion only a mark changes.
    void operator()(const EvaluationConcluded&) const {}
    void operator()(const PetitionOpened&) const { herald.touch(state, PetitionId{seq}); }
    void operator()(const PetitionSigned& event) const { herald.touch(state, event.petition); }
    void operator()(const SignatureWithdrawn& event) const { herald.touch(state, event.petition); }
    void operator()(const PetitionHandedIn& event) const { herald.touch(state, event.petition); }
    void operator()(const PetitionWithdrawn& event) const { herald.touch(state, event.petition); }
    /// How many are needed is asked for with the list, and told with each that is still open.
    void operator()(const PetitionNeedSet& event) const
    {
        for (const auto& [id, petition] : state.petitions) {
            const bool waits = petition.body == event.body && petition.kind == event.petition_kind &&
                               petition.state == PetitionState::open;
            if (waits) herald.touch(state, id);
        }
    }

    void operator()(const VotePrepared& event) const
    {
        herald.touch_vote(state, VoteId{seq});
        if (event.list && event.list->follows) herald.touch_vote(state, *event.list->follows);
        if (event.split) herald.touch_vote(state, event.split->vote);
    }
    /// With it those of its series that wait with the same number.
    void operator()(const BaseConfirmed& event) const
    {
        const auto& vote = state.votes.at(event.vote);
        for (const auto id : state.sittings.at(vote.sitting).votes) {
            const auto& other = state.votes.at(id);
            const bool goes_with = vote.series && other.series && other.series->first == vote.series->first;
            if (id == event.vote || goes_with) herald.touch_vote(state, id);
        }
    }
    void operator()(const VoteVoided& event) const
    {
        herald.touch_vote(state, event.vote);
        // Withdrawn, it leaves open again what it was to settle.
        const auto& list = state.votes.at(event.vote).paper.list;
        if (list && list->follows) herald.touch_vote(state, *list->follows);
    }
    /// Who watches is shown with each election that was not opened before.
    void operator()(const ScrutineersApproved& event) const { elections_of(event.meeting); }
    void operator()(const OathTaken& event) const
    {
        for (const auto vote : event.votes)
            herald.touch_vote(state, vote);
    }
    /// Its item may be open again, and scrutineers approved by it are none.
    void operator()(const VoteAnnulled& event) const
    {
        herald.touch_vote(state, event.vote);
        const auto meeting = state.sittings.at(state.votes.at(event.vote).sitting).meeting;
        elections_of(meeting);
    }
    void operator()(const VoteObjected& event) const
    {
        herald.touch_vote(state, event.vote);
        if (event.person) herald.note_person(*event.person);
    }
    void operator()(const VoteCast& event) const { herald.note_press(event, seq); }
    /// Everything else is about a vote.
    void operator()(const auto& event) const { herald.touch_vote(state, event.vote); }

private:
    void ended(SittingId id) const
    {
        course_of(id);
        conduct_of(id);
        herald.touch(state, FloorOf{id});
    }
    /// Figures of a sitting that is over are of the past, where nobody looks for newer ones after a cut: an
    /// absence that is put on record only then is told as a change of the sitting.
    void presence(SittingId id, PersonId person) const
    {
        herald.note_presence(id, person);
        if (state.sittings.at(id).state == SittingState::closed) sitting(id);
    }
    /// A suspension in `body` holds there and in the bodies that belong to it.
    bool holds_in(BodyId body, BodyId of) const { return of == body || state.bodies.at(of).parent == body; }
    void suspension(BodyId body, PersonId person) const
    {
        herald.note_person(person);
        for (const auto& [id, record] : state.sittings) {
            const bool is_going_on = record.state != SittingState::closed;
            if (is_going_on && holds_in(body, record.body)) presence(id, person);
        }
        duties_of(body, person);
    }
    /// Whoever is suspended counts under no joint signature, and somebody else answers for a suggestion.
    void duties_of(BodyId body, PersonId person) const
    {
        const auto is_among = [&](const std::vector<PersonId>& persons) {
            return std::ranges::find(persons, person) != persons.end();
        };
        for (const auto& [id, petition] : state.petitions) {
            if (petition.state == PetitionState::open && holds_in(body, petition.body) &&
                is_among(petition.signers))
                herald.touch(state, id);
        }
        for (const auto& [id, suggestion] : state.suggestions) {
            const bool made_it = suggestion.lead == person || is_among(suggestion.signers);
            if (made_it && suggestion.withdrawn.empty() && holds_in(body, suggestion.body))
                herald.touch(state, id);
        }
    }
    /// Secret votes that were not opened before show the key their ballots will be encrypted to.
    void election_key(MeetingId meeting) const
    {
        keys(meeting);
        for (const auto& [id, vote] : state.votes) {
            const bool waits = vote.state == VoteState::prepared && chamber::is_secret(vote);
            if (waits && state.sittings.at(vote.sitting).meeting == meeting) herald.touch(state, id);
        }
    }
    void elections_of(MeetingId meeting) const
    {
        for (const auto& [id, vote] : state.votes) {
            const bool waits = vote.paper.list && !vote.opened_at_ms;
            if (waits && state.sittings.at(vote.sitting).meeting == meeting) herald.touch_vote(state, id);
        }
    }
    /// May watch, or no longer; whoever is dismissed has left every sitting with it.
    void attendee(MeetingId meeting, PersonId person) const
    {
        herald.note_rights(state);
        floors();
        for (const auto& [id, record] : state.sittings) {
            if (record.meeting == meeting && record.state != SittingState::closed) presence(id, person);
        }
    }
    /// Whose body, name and seat may be others.
    void members() const
    {
        herald.note_rights(state);
        for (const auto& [session, actor] : herald.sessions_)
            herald.dirty_me_.insert(session);
    }
    /// Whoever speaks or waits is shown with a name and a unit, which may be new ones in any body's sitting.
    void floors() const
    {
        for (const auto& [id, record] : state.sittings) {
            const bool anybody = record.speaking || !record.queue.empty() || !record.spoken.empty();
            if (anybody) herald.touch(state, FloorOf{id});
        }
    }
    /// Who counted hands or confirmed a base number is named with the vote.
    void named_in_votes() const
    {
        for (const auto& [id, vote] : state.votes) {
            if (!vote.hands.empty() || vote.base_confirmed_by) herald.touch(state, id);
        }
    }
    void floor_of(SpeechId id) const { herald.touch(state, FloorOf{state.speeches.at(id).sitting}); }
    /// The state of a meeting is that of its sittings.
    void course_of(SittingId id) const
    {
        sitting(id);
        agenda(state.sittings.at(id).meeting);
    }
    void active_item(SittingId id, ItemId now) const
    {
        sitting(id);
        item(now);
    }
    /// Taken off the agenda, or ended: it may have been the active item of several sittings.
    void removed_item(ItemId id) const
    {
        item(id);
        for (const auto& [sitting_id, record] : state.sittings) {
            if (record.meeting == state.items.at(id).meeting) sitting(sitting_id);
        }
    }
    /// Whoever conducts sees more of a vote than others, also who counted what long after it. A closed
    /// sitting is conducted by its chair alone.
    void conduct_of(SittingId id) const
    {
        sitting(id);
        for (const auto vote_id : state.sittings.at(id).votes) {
            const auto& shown = state.votes.at(vote_id);
            if (chamber::is_under_way(shown) || shown.state == VoteState::decided)
                herald.touch_vote(state, vote_id);
            else if (!shown.hands.empty())
                herald.touch(state, vote_id);
        }
    }
};

void Herald::note(const chamber::State& state, const Entry& entry)
{
    std::visit(Noter{*this, state, entry.seq}, entry.event);
}

} // namespace plenum::clerk
