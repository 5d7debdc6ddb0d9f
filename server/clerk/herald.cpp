#include "server/clerk/herald.hpp"

#include "protocol/rpc.hpp"

namespace plenum::clerk {
namespace {

template <class Notification>
Message encode(const Notification& notification)
{
    return std::make_shared<const std::string>(
        encode_notification(Notification::method, to_json(notification)));
}

bool keeps_attendance(Role role)
{
    return role == Role::chair || role == Role::operator_ || role == Role::secretary;
}

std::string key(std::string_view kind, std::uint64_t id)
{
    return std::string(kind) + '/' + std::to_string(id);
}

} // namespace

void Herald::welcome(SessionId session, const Actor& actor)
{
    farewell(session);
    sessions_[session] = actor;
    sessions_of_[*actor.person].insert(session);
    audiences_.clear();
}

void Herald::farewell(SessionId session)
{
    const auto found = sessions_.find(session);
    if (found == sessions_.end()) return;
    const auto person = sessions_of_.find(*found->second.person);
    person->second.erase(session);
    if (person->second.empty()) sessions_of_.erase(person);
    sessions_.erase(found);
    audiences_.clear();
}

const Actor* Herald::actor_of(SessionId session) const
{
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? nullptr : &found->second;
}

const Herald::Audience& Herald::audience(const chamber::State& state, SittingId sitting)
{
    const auto found = audiences_.find(sitting);
    if (found != audiences_.end()) return found->second;
    Audience audience;
    const auto& watched = state.sittings.at(sitting);
    for (const auto& [session, actor] : sessions_) {
        if (chamber::may_watch(state, actor, watched)) audience[actor.role].push_back(session);
    }
    return audiences_.emplace(sitting, std::move(audience)).first->second;
}

void Herald::touch_sitting(const chamber::State& state, SittingId sitting)
{
    sitting_changed_[sitting] = state.entries;
    dirty_sittings_.insert(sitting);
}

void Herald::touch_vote(const chamber::State& state, VoteId vote)
{
    vote_changed_[vote] = state.entries;
    dirty_votes_.insert(vote);
    // Opening, closing and voiding a vote also change the item and the sitting around it.
    touch_sitting(state, state.votes.at(vote).sitting);
}

void Herald::touch_meeting(const chamber::State& state, MeetingId meeting)
{
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting == meeting) touch_sitting(state, id);
    }
}

void Herald::note_presence(const chamber::State& state, SittingId sitting, PersonId person)
{
    sitting_changed_[sitting] = state.entries;
    dirty_counts_.insert(sitting);
    dirty_members_[sitting].insert(person);
    dirty_persons_.insert(person);
}

struct Herald::Noter {
    Herald& herald;
    const chamber::State& state;
    std::uint64_t seq;

    void sitting(SittingId id) const { herald.touch_sitting(state, id); }
    void vote(VoteId id) const { herald.touch_vote(state, id); }

    void operator()(const LogCreated&) const {}
    void operator()(const ServerStarted&) const {}
    void operator()(const JournalRecovered&) const {}
    void operator()(const BoxFrame&) const {}
    void operator()(const AccessCodesIssued&) const {}
    void operator()(const BodyCreated&) const {}
    void operator()(const MeetingCreated&) const {}
    void operator()(const RosterAdopted& event) const
    {
        herald.audiences_.clear();
        for (const auto& [id, sitting] : state.sittings) {
            if (sitting.body == event.body) herald.touch_sitting(state, id);
        }
    }
    void operator()(const OfficerAppointed&) const { herald.audiences_.clear(); }
    void operator()(const SittingCreated&) const { sitting(SittingId{seq}); }
    void operator()(const ItemAdded& event) const { herald.touch_meeting(state, event.meeting); }
    void operator()(const ItemEdited& event) const { meeting_of(event.item); }
    void operator()(const ItemWithdrawn& event) const { meeting_of(event.item); }
    void operator()(const ItemDeferred& event) const { meeting_of(event.item); }
    void operator()(const AgendaAdopted& event) const
    {
        herald.touch_meeting(state, state.sittings.at(event.sitting).meeting);
    }
    void operator()(const SignedIn& event) const
    {
        herald.note_presence(state, event.sitting, event.person);
    }
    void operator()(const SignedOut& event) const
    {
        herald.note_presence(state, event.sitting, event.person);
    }
    void operator()(const VotePrepared&) const { vote(VoteId{seq}); }
    void operator()(const VoteCast& event) const
    {
        herald.vote_changed_[event.vote] = state.entries;
        herald.dirty_progress_.insert(event.vote);
        // The answer tells the console that pressed; only a second console of the same person needs to hear.
        const auto consoles = herald.sessions_of_.find(event.person);
        if (consoles != herald.sessions_of_.end() && consoles->second.size() > 1) {
            herald.dirty_persons_.insert(event.person);
        }
    }
    void operator()(const auto& event) const
    {
        if constexpr (requires { event.vote; }) {
            vote(event.vote);
        } else {
            sitting(event.sitting);
        }
    }
    void meeting_of(ItemId item) const { herald.touch_meeting(state, state.items.at(item).meeting); }
};
void Herald::note(const chamber::State& state, const Entry& entry)
{
    std::visit(Noter{*this, state, entry.seq}, entry.event);
}

void Herald::send_sitting(const chamber::State& state, SittingId sitting)
{
    std::vector<SessionId> everybody;
    for (const auto& [role, sessions] : audience(state, sitting)) {
        everybody.insert(everybody.end(), sessions.begin(), sessions.end());
    }
    if (everybody.empty()) return;
    const auto message = encode(SittingChanged{state.entries, chamber::view_sitting(state, sitting)});
    ports_.send(everybody, message, key("sitting", number(sitting)));
}

void Herald::send_vote(const chamber::State& state, VoteId vote, std::uint64_t now_ms)
{
    for (const auto& [role, sessions] : audience(state, state.votes.at(vote).sitting)) {
        const auto view = chamber::view_vote(state, vote, role);
        ports_.send(sessions, encode(VoteChanged{state.entries, now_ms, view}), key("vote", number(vote)));
    }
}

void Herald::send_members(const chamber::State& state, SittingId sitting, const std::set<PersonId>& persons)
{
    MembersChanged changed{state.entries, sitting, {}, {}};
    const auto& present = state.sittings.at(sitting).present;
    for (const auto person : persons) {
        (present.contains(person) ? changed.present : changed.gone).push_back(person);
    }
    const auto message = encode(changed);
    for (const auto& [role, sessions] : audience(state, sitting)) {
        if (keeps_attendance(role)) ports_.send(sessions, message, {});
    }
}

void Herald::send_me(const chamber::State& state, PersonId person)
{
    const auto found = sessions_of_.find(person);
    if (found == sessions_of_.end()) return;
    for (const auto session : found->second) {
        const auto& actor = sessions_.at(session);
        const auto message = encode(MeChanged{state.entries, chamber::view_me(state, actor)});
        ports_.send({session}, message, "me");
    }
}

void Herald::tell(const chamber::State& state, std::uint64_t now_ms)
{
    for (const auto sitting : dirty_sittings_) {
        send_sitting(state, sitting);
        dirty_counts_.erase(sitting);
    }
    for (const auto vote : dirty_votes_) {
        send_vote(state, vote, now_ms);
        dirty_progress_.erase(vote);
    }
    for (const auto& [sitting, persons] : dirty_members_) send_members(state, sitting, persons);
    for (const auto person : dirty_persons_) send_me(state, person);
    dirty_sittings_.clear();
    dirty_votes_.clear();
    dirty_members_.clear();
    dirty_persons_.clear();
}

void Herald::tell_figures(const chamber::State& state)
{
    for (const auto sitting : dirty_counts_) {
        const auto counts = chamber::counts_of(state, state.sittings.at(sitting));
        const auto message = encode(CountsChanged{state.entries, sitting, counts});
        for (const auto& [role, sessions] : audience(state, sitting)) {
            ports_.send(sessions, message, key("counts", number(sitting)));
        }
    }
    for (const auto vote : dirty_progress_) {
        for (const auto& [role, sessions] : audience(state, state.votes.at(vote).sitting)) {
            const auto view = chamber::view_vote(state, vote, role);
            if (!view.received) continue;
            const auto message = encode(VoteProgress{state.entries, vote, *view.received, view.present});
            ports_.send(sessions, message, key("progress", number(vote)));
        }
    }
    dirty_counts_.clear();
    dirty_progress_.clear();
}

void Herald::catch_up(const chamber::State& state, SessionId session, std::uint64_t since, std::uint64_t now_ms)
{
    const auto* actor = actor_of(session);
    if (actor == nullptr) return;
    const auto watches = [&](SittingId id) { return chamber::may_watch(state, *actor, state.sittings.at(id)); };
    for (const auto& [id, changed] : sitting_changed_) {
        if (changed <= since || !watches(id)) continue;
        const auto message = encode(SittingChanged{state.entries, chamber::view_sitting(state, id)});
        ports_.send({session}, message, key("sitting", number(id)));
    }
    for (const auto& [id, changed] : vote_changed_) {
        if (changed <= since || !watches(state.votes.at(id).sitting)) continue;
        const auto view = chamber::view_vote(state, id, actor->role);
        ports_.send({session}, encode(VoteChanged{state.entries, now_ms, view}), key("vote", number(id)));
    }
}

} // namespace plenum::clerk
