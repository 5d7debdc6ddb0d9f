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

std::set<BodyId> watched_bodies(const chamber::State& state, const Actor& actor)
{
    std::set<BodyId> bodies;
    for (const auto& [id, body] : state.bodies) {
        chamber::Sitting any;
        any.body = id;
        if (chamber::may_watch(state, actor, any)) bodies.insert(id);
    }
    return bodies;
}

bool is_under_way(const chamber::Vote& vote)
{
    return vote.state == VoteState::open || vote.state == VoteState::held;
}

/// By how much the number an entry was told under may exceed its own: the rest of its group.
void raise_to_end_of_group(auto& told, std::uint64_t entries)
{
    for (auto& [id, seq] : told)
        seq = std::min<std::uint64_t>(seq + journal::group_entries_max, entries);
}

} // namespace

void Herald::welcome(const chamber::State& state, SessionId session, const Actor& actor)
{
    farewell(session);
    sessions_[session] = actor;
    watched_[session] = watched_bodies(state, actor);
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
    watched_.erase(session);
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
    sitting_told_[sitting] = state.entries;
    dirty_sittings_.insert(sitting);
}

void Herald::touch_vote(const chamber::State& state, VoteId id)
{
    vote_told_[id] = state.entries;
    dirty_votes_.insert(id);
    // Opening, closing and voiding a vote also change its item, which every sitting of the meeting shows.
    const auto& vote = state.votes.at(id);
    if (vote.item) return touch_meeting(state, state.sittings.at(vote.sitting).meeting);
    touch_sitting(state, vote.sitting);
}

void Herald::touch_meeting(const chamber::State& state, MeetingId meeting)
{
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting == meeting) touch_sitting(state, id);
    }
}

void Herald::note_presence(SittingId sitting, PersonId person)
{
    dirty_counts_.insert(sitting);
    dirty_members_[sitting].insert(person);
    note_person(person);
}

/// The receipt tells a console of its own press. Every other console of the same person hears of it here: a
/// second one, or one that was connected or loaded anew since it pressed.
void Herald::note_press(const VoteCast& press, std::uint64_t seq)
{
    dirty_progress_.insert(press.vote);
    const auto consoles = sessions_of_.find(press.person);
    if (consoles == sessions_of_.end()) return;
    for (const auto session : consoles->second) {
        if (!receipts_.contains({seq, session})) dirty_me_.insert(session);
    }
}

void Herald::note_person(PersonId person)
{
    const auto consoles = sessions_of_.find(person);
    if (consoles == sessions_of_.end()) return;
    dirty_me_.insert(consoles->second.begin(), consoles->second.end());
}

void Herald::note_rights(const chamber::State& state)
{
    audiences_.clear();
    rights_told_ = state.entries;
    dirty_rights_ = true;
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
        herald.note_rights(state);
        // Names and seats may be new ones.
        for (const auto& [session, actor] : herald.sessions_)
            herald.dirty_me_.insert(session);
        for (const auto& [id, sitting] : state.sittings) {
            if (sitting.body == event.body) herald.touch_sitting(state, id);
        }
    }
    void operator()(const OfficerAppointed&) const { herald.note_rights(state); }
    void operator()(const ConductLent& event) const { conduct_of(event.sitting); }
    void operator()(const SittingClosed& event) const { conduct_of(event.sitting); }
    void operator()(const SittingCreated&) const { sitting(SittingId{seq}); }
    void operator()(const ItemAdded& event) const { herald.touch_meeting(state, event.meeting); }
    void operator()(const ItemEdited& event) const { meeting_of(event.item); }
    void operator()(const ItemActivated& event) const { meeting_of(event.item); }
    void operator()(const ItemWithdrawn& event) const { meeting_of(event.item); }
    void operator()(const ItemDeferred& event) const { meeting_of(event.item); }
    void operator()(const AgendaAdopted& event) const
    {
        herald.touch_meeting(state, state.sittings.at(event.sitting).meeting);
    }
    void operator()(const SignedIn& event) const { herald.note_presence(event.sitting, event.person); }
    void operator()(const SignedOut& event) const { herald.note_presence(event.sitting, event.person); }
    void operator()(const VotePrepared&) const { vote(VoteId{seq}); }
    void operator()(const VoteCast& event) const { herald.note_press(event, seq); }
    void operator()(const auto& event) const
    {
        if constexpr (requires { event.vote; }) {
            vote(event.vote);
        } else {
            sitting(event.sitting);
        }
    }
    /// Whoever conducts sees more of a vote than others. A closed sitting is conducted by its chair alone.
    void conduct_of(SittingId id) const
    {
        sitting(id);
        for (const auto vote_id : state.sittings.at(id).votes) {
            const auto& shown = state.votes.at(vote_id);
            if (is_under_way(shown) || shown.state == VoteState::decided) vote(vote_id);
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

void Herald::send_me(const chamber::State& state, SessionId session)
{
    const auto view = chamber::view_me(state, sessions_.at(session));
    ports_.send({session}, encode(MeChanged{state.entries, view}), "me");
}

/// To those who may watch other bodies than before: nothing less than the whole would take the old ones off a
/// screen.
void Herald::send_snapshots(const chamber::State& state, std::uint64_t now_ms)
{
    rights_told_ = state.entries;
    for (const auto& [session, actor] : sessions_) {
        auto watched = watched_bodies(state, actor);
        if (watched == watched_.at(session)) continue;
        watched_.at(session) = std::move(watched);
        auto view = chamber::snapshot(state, actor);
        view.at_ms = now_ms;
        ports_.send({session},
                    std::make_shared<const std::string>(encode_notification("snapshot", to_json(view))),
                    "snapshot");
    }
}

void Herald::tell(const chamber::State& state, std::uint64_t now_ms)
{
    if (std::exchange(dirty_rights_, false)) send_snapshots(state, now_ms);
    for (const auto sitting : dirty_sittings_) {
        send_sitting(state, sitting);
        sitting_told_[sitting] = state.entries;
        dirty_counts_.erase(sitting);
    }
    for (const auto vote : dirty_votes_) {
        send_vote(state, vote, now_ms);
        vote_told_[vote] = state.entries;
        dirty_progress_.erase(vote);
    }
    for (const auto& [sitting, persons] : dirty_members_)
        send_members(state, sitting, persons);
    for (const auto session : dirty_me_)
        send_me(state, session);
    dirty_sittings_.clear();
    dirty_votes_.clear();
    dirty_members_.clear();
    dirty_me_.clear();
    receipts_.clear();
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

void Herald::forget_listeners(const chamber::State& state)
{
    raise_to_end_of_group(sitting_told_, state.entries);
    raise_to_end_of_group(vote_told_, state.entries);
    rights_told_ = std::min<std::uint64_t>(rights_told_ + journal::group_entries_max, state.entries);
    dirty_rights_ = false;
    dirty_sittings_.clear();
    dirty_votes_.clear();
    dirty_members_.clear();
    dirty_me_.clear();
    dirty_counts_.clear();
    dirty_progress_.clear();
}

std::optional<std::vector<Message>> Herald::missed(const chamber::State& state, const Actor& actor,
                                                   std::uint64_t since, std::uint64_t now_ms) const
{
    if (since <= rights_told_) return std::nullopt;
    // Counts and progress have no number of their own, so whatever still has them changing is always sent.
    std::multimap<std::uint64_t, std::variant<SittingId, VoteId>> changed;
    for (const auto& [id, told] : sitting_told_) {
        const auto& sitting = state.sittings.at(id);
        const bool is_live = sitting.state != SittingState::closed;
        if ((told >= since || is_live) && chamber::may_watch(state, actor, sitting)) {
            changed.emplace(std::max(told, since), id);
        }
    }
    for (const auto& [id, told] : vote_told_) {
        const auto& vote = state.votes.at(id);
        if ((told >= since || is_under_way(vote)) &&
            chamber::may_watch(state, actor, state.sittings.at(vote.sitting))) {
            changed.emplace(std::max(told, since), id);
        }
    }
    if (changed.size() > missed_messages_max) return std::nullopt;

    std::vector<Message> messages;
    for (const auto& [seq, what] : changed) {
        if (const auto* sitting = std::get_if<SittingId>(&what)) {
            messages.push_back(encode(SittingChanged{seq, chamber::view_sitting(state, *sitting)}));
        } else {
            const auto view = chamber::view_vote(state, std::get<VoteId>(what), actor.role);
            messages.push_back(encode(VoteChanged{seq, now_ms, view}));
        }
    }
    return messages;
}

} // namespace plenum::clerk
