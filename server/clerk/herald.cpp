#include "server/clerk/herald.hpp"

#include "server/chamber/questions.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/herald_words.hpp"

namespace plenum::clerk {
namespace {

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

/// By how much the number an entry was told under may exceed its own: the rest of its group.
std::uint64_t end_of_group(std::uint64_t seq, std::uint64_t entries)
{
    return std::min<std::uint64_t>(seq + journal::group_entries_max, entries);
}

/// The meeting a subject belongs to as a whole, if not to one of its sittings.
std::optional<MeetingId> meeting_of(const Subject& subject)
{
    if (const auto* meeting = std::get_if<MeetingId>(&subject)) return *meeting;
    if (const auto* keys = std::get_if<KeysOf>(&subject)) return keys->meeting;
    return std::nullopt;
}

/// Whether it belongs to a body whether or not that meets.
bool is_of_body(const Subject& subject)
{
    return std::holds_alternative<SuggestionId>(subject) || std::holds_alternative<PetitionId>(subject);
}

/// The sitting any other subject belongs to.
SittingId sitting_of(const chamber::State& state, const Subject& subject)
{
    if (const auto* sitting = std::get_if<SittingId>(&subject)) return *sitting;
    if (const auto* vote = std::get_if<VoteId>(&subject)) return state.votes.at(*vote).sitting;
    return std::get<FloorOf>(subject).sitting;
}

/// Counts and progress have no number of their own, so whatever still has them changing is always sent.
bool is_live(const chamber::State& state, const Subject& subject)
{
    if (const auto* sitting = std::get_if<SittingId>(&subject))
        return state.sittings.at(*sitting).state != SittingState::closed;
    const auto* vote = std::get_if<VoteId>(&subject);
    if (vote == nullptr) return false;
    const auto& shown = state.votes.at(*vote);
    return chamber::is_under_way(shown) || (shown.state == VoteState::prepared && chamber::is_secret(shown));
}

bool may_hear_of(const chamber::State& state, const Actor& actor, const Subject& subject)
{
    if (const auto meeting = meeting_of(subject)) return chamber::may_watch_meeting(state, actor, *meeting);
    if (const auto* one = std::get_if<SuggestionId>(&subject))
        return chamber::may_watch_suggestion(state, actor, *one);
    if (const auto* one = std::get_if<PetitionId>(&subject))
        return chamber::may_watch_petition(state, actor, *one);
    return chamber::may_watch(state, actor, state.sittings.at(sitting_of(state, subject)));
}

} // namespace

Message Herald::encode_view(const chamber::State& state, const Subject& subject, Role role, std::uint64_t seq,
                            std::uint64_t now_ms) const
{
    if (const auto* meeting = std::get_if<MeetingId>(&subject))
        return encode(AgendaChanged{seq, chamber::view_agenda(state, *meeting, role)});
    if (const auto* sitting = std::get_if<SittingId>(&subject))
        return encode(SittingChanged{seq, chamber::view_sitting(state, *sitting)});
    if (const auto* vote = std::get_if<VoteId>(&subject))
        return encode(
            VoteChanged{seq, now_ms, complete(state, chamber::view_vote(state, *vote, role), role)});
    if (const auto* keys = std::get_if<KeysOf>(&subject))
        return encode(KeyHoldersChanged{seq, chamber::view_key_holders(state, keys->meeting)});
    if (const auto* one = std::get_if<SuggestionId>(&subject))
        return encode(SuggestionChanged{seq, chamber::view_suggestion(state, *one)});
    if (const auto* one = std::get_if<PetitionId>(&subject))
        return encode(PetitionChanged{seq, chamber::view_petition(state, *one)});
    return encode(FloorChanged{seq, now_ms, chamber::view_floor(state, std::get<FloorOf>(subject).sitting)});
}

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
    dirty_me_.erase(session); // Something may have been noted that was not told yet.
    audiences_.clear();
}

std::vector<SessionId> Herald::consoles_of(PersonId member) const
{
    std::vector<SessionId> consoles;
    const auto found = sessions_of_.find(member);
    if (found == sessions_of_.end()) return consoles;
    std::ranges::copy_if(found->second, std::back_inserter(consoles),
                         [&](SessionId session) { return sessions_.at(session).role == Role::delegate; });
    return consoles;
}

std::vector<SessionId> Herald::without_office(const chamber::State& state) const
{
    std::vector<SessionId> found;
    for (const auto& entry : sessions_) {
        const auto& actor = entry.second;
        const bool has_code = state.code_of.contains({*actor.person, actor.role});
        if (actor.role == Role::delegate || has_code) continue;
        if (!chamber::holds_any_office(state, *actor.person, actor.role)) found.push_back(entry.first);
    }
    return found;
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

Herald::Audience Herald::audience_of_meeting(const chamber::State& state, MeetingId meeting)
{
    std::map<Role, std::set<SessionId>> watching;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting != meeting) continue;
        for (const auto& [role, sessions] : audience(state, id))
            watching[role].insert(sessions.begin(), sessions.end());
    }
    Audience audience;
    for (const auto& [role, sessions] : watching)
        audience[role].assign(sessions.begin(), sessions.end());
    return audience;
}

void Herald::touch(const chamber::State& state, const Subject& subject)
{
    told_[subject] = state.entries;
    dirty_.insert(subject);
}

void Herald::touch_item(const chamber::State& state, ItemId item)
{
    told_[state.items.at(item).meeting] = state.entries;
    dirty_items_.insert(item);
}

void Herald::touch_vote(const chamber::State& state, VoteId id)
{
    const auto& vote = state.votes.at(id);
    touch(state, id);
    touch(state, vote.sitting);
    // Opening, closing and voiding a vote also change its item.
    if (vote.item) touch_item(state, *vote.item);
    for (const auto person : vote.by_hands)
        note_person(person);
}

void Herald::note_presence(SittingId sitting, PersonId person)
{
    dirty_counts_.insert(sitting);
    dirty_members_[sitting].insert(person);
    note_keys(sitting);
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

void Herald::send_of_body(const chamber::State& state, const Subject& subject, std::uint64_t now_ms)
{
    std::vector<SessionId> hearers;
    for (const auto& [session, actor] : sessions_) {
        if (may_hear_of(state, actor, subject)) hearers.push_back(session);
    }
    if (hearers.empty()) return;
    ports_.send(hearers, encode_view(state, subject, Role::delegate, state.entries, now_ms), key(subject));
}

void Herald::send(const chamber::State& state, const Subject& subject, std::uint64_t now_ms)
{
    if (is_of_body(subject)) return send_of_body(state, subject, now_ms);
    const auto meeting = meeting_of(subject);
    const auto hearers =
        meeting ? audience_of_meeting(state, *meeting) : audience(state, sitting_of(state, subject));
    for (const auto& [role, sessions] : hearers)
        ports_.send(sessions, encode_view(state, subject, role, state.entries, now_ms), key(subject));
}

void Herald::send_item(const chamber::State& state, ItemId item)
{
    const auto meeting = state.items.at(item).meeting;
    for (const auto& [role, sessions] : audience_of_meeting(state, meeting)) {
        const auto view = chamber::view_item(state, item, role);
        ports_.send(sessions, encode(ItemChanged{state.entries, meeting, view}), key("item", number(item)));
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
        send_snapshot(state, session, now_ms);
    }
}

void Herald::send_snapshot(const chamber::State& state, SessionId session, std::uint64_t now_ms)
{
    auto view = chamber::snapshot(state, sessions_.at(session));
    view.at_ms = now_ms;
    for (auto& vote : view.votes)
        vote = complete(state, std::move(vote), sessions_.at(session).role);
    const auto text = encode_notification("snapshot", to_json(view));
    ports_.send({session}, std::make_shared<const std::string>(text), "snapshot");
}

void Herald::tell(const chamber::State& state, std::uint64_t now_ms)
{
    if (std::exchange(dirty_rights_, false)) send_snapshots(state, now_ms);
    for (const auto& subject : dirty_) {
        send(state, subject, now_ms);
        told_[subject] = state.entries;
        if (const auto* sitting = std::get_if<SittingId>(&subject)) dirty_counts_.erase(*sitting);
        if (const auto* vote = std::get_if<VoteId>(&subject)) dirty_progress_.erase(*vote);
    }
    for (const auto item : dirty_items_) {
        const auto meeting = state.items.at(item).meeting;
        told_[meeting] = state.entries;
        if (!dirty_.contains(meeting)) send_item(state, item);
    }
    for (const auto session : dirty_me_)
        send_me(state, session);
    forget_dirt();
}

void Herald::forget_dirt()
{
    dirty_.clear();
    dirty_items_.clear();
    dirty_me_.clear();
    receipts_.clear();
}

void Herald::forget_listeners(const chamber::State& state)
{
    for (auto& [subject, seq] : told_)
        seq = end_of_group(seq, state.entries);
    rights_told_ = end_of_group(rights_told_, state.entries);
    dirty_rights_ = false;
    forget_dirt();
    forget_figures();
}

std::optional<std::vector<Message>> Herald::missed(const chamber::State& state, const Actor& actor,
                                                   std::uint64_t since, std::uint64_t now_ms) const
{
    if (since <= rights_told_) return std::nullopt;
    std::multimap<std::uint64_t, Subject> changed;
    for (const auto& [subject, told] : told_) {
        if ((told >= since || is_live(state, subject)) && may_hear_of(state, actor, subject))
            changed.emplace(std::max(told, since), subject);
    }
    if (changed.size() > missed_messages_max) return std::nullopt;

    std::vector<Message> messages;
    for (const auto& [seq, subject] : changed)
        messages.push_back(encode_view(state, subject, actor.role, seq, now_ms));
    return messages;
}

} // namespace plenum::clerk
