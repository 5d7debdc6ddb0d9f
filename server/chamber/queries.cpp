#include "server/chamber/queries.hpp"

#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

constexpr std::size_t not_pressed_max = 200;
constexpr std::size_t finished_votes_shown_max = 20;

/// The chair's panel, also while the operator stands in for the chair.
bool conducts(const Sitting& sitting, Role role)
{
    return role == Role::chair || (role == Role::operator_ && sitting.conduct_lent);
}

bool sees_received(const Vote& vote, const Sitting& sitting, Role role)
{
    // Ballots are no entries: how many came is counted where they are sealed.
    if (!is_under_way(vote) || vote.method != VoteMethod::console || is_secret(vote)) return false;
    return vote.profile.progress == ProgressDisplay::steps || conducts(sitting, role);
}

bool sees_result(const Vote& vote, const Sitting& sitting, Role role)
{
    if (vote.state == VoteState::announced || vote.state == VoteState::annulled) return true;
    if (vote.state != VoteState::decided) return false;
    return vote.profile.result == ResultDisplay::direct || conducts(sitting, role);
}

bool raises_hand(const Vote& vote, PersonId person)
{
    return vote.method != VoteMethod::no_objection && std::ranges::binary_search(vote.by_hands, person);
}

/// Counts of single tellers are for those who count and conduct.
std::optional<HandsView> view_hands(const State& state, const Vote& vote, bool in_full)
{
    // While silence is to decide nobody raises a hand yet.
    if (vote.by_hands.empty() || vote.method == VoteMethod::no_objection) return std::nullopt;
    HandsView view;
    view.electors = count(vote.by_hands.size());
    view.agreed = agreed_hands(vote).has_value();
    if (!in_full) return view;
    for (const auto& [teller, hands] : vote.hands)
        view.counted.push_back({teller, record_of(state.persons, teller).name, hands});
    return view;
}

template <class Count, class Fill>
void view_counts(const State& state, const Counted<Count>& counted, BallotsView& view, Fill fill)
{
    for (const auto& [room, tellers] : counted) {
        for (const auto& [teller, count] : tellers) {
            auto& row = view.counted.emplace_back();
            row.teller = teller;
            row.name = record_of(state.persons, teller).name;
            if (!room.empty()) row.room = room;
            fill(row, count);
        }
    }
}

/// The ballots of a vote on paper. What rooms and single tellers counted is for those who count and conduct,
/// and once the vote is closed for nobody: only the sums are left.
std::optional<BallotsView> view_ballots(const State& state, const Vote& vote, bool in_full)
{
    if (vote.method != VoteMethod::paper) return std::nullopt;
    BallotsView view;
    view.electors = count(vote.electorate.size());
    view.rooms = vote.paper.rooms;
    for (const auto& room : view.rooms) {
        if (is_room_of_group(vote.profile, room)) view.rooms_of_groups.push_back(room);
    }
    if (!is_under_way(vote)) return view;
    auto missing = ballots_missing(state, vote);
    view.agreed = !missing;
    if (!in_full) return view;
    if (missing) view.missing = std::move(missing->reason);
    view.box = agreed_box(vote);
    view_counts(state, vote.paper.ballots, view,
                [](auto& row, const auto& counted) { row.ballots = counted; });
    view_counts(state, vote.paper.lists, view, [](auto& row, const auto& counted) { row.list = counted; });
    view_counts(state, vote.paper.sheets, view, [](auto& row, const auto& counted) { row.grades = counted; });
    return view;
}

/// Who watches an election: as frozen at its opening, before it as approved so far.
std::vector<NamedPerson> view_scrutineers(const State& state, const Vote& vote)
{
    std::vector<NamedPerson> view;
    if (!elects_persons(state, vote)) return view;
    const auto& meeting = record_of(state.meetings, record_of(state.sittings, vote.sitting).meeting);
    for (const auto& [person, name] : vote.opened_at_ms ? vote.paper.scrutineers : meeting.scrutineers)
        view.push_back({person, name});
    return view;
}

/// What the rule asks for, and how many that are where it is known before anybody votes.
void view_needs(const Vote& vote, VoteView& view)
{
    const auto known = [&](const std::optional<Threshold>& share) {
        const bool is_known = share && share->base == Base::all_members;
        return is_known ? count(needed(vote.base_members, *share)) : 0;
    };
    const auto& list = vote.paper.list;
    const auto& grades = vote.paper.grades;
    if (list) {
        view.majority = list->places.majority;
    } else if (!grades && vote.profile.groups.empty()) {
        view.majority = vote.profile.majority;
    }
    view.needed = known(view.majority);
    if (list || grades || vote.method == VoteMethod::no_objection) return;
    view.participation = vote.profile.min_participation;
    view.participation_needed = known(view.participation);
}

/// What stands on the ballots, and what came of it.
void view_paper(const State& state, const Vote& vote, bool hidden, VoteView& view)
{
    view.series = vote.series;
    if (still_stands(state, vote.paper.followed_by)) view.followed_by = vote.paper.followed_by;
    // On a closed item the names are for those in the room, as the title is.
    if (hidden) {
        if (!view.result) return;
        view.result->places.reset();
        view.result->grades.reset();
        return;
    }
    view.deviation = vote.deviation;
    view.list = vote.paper.list;
    if (vote.paper.list) view.list_of = list_of(state, vote);
    view.grades = vote.paper.grades;
    view.scrutineers = view_scrutineers(state, vote);
}

MemberView view_member(const State& state, const Sitting& sitting, PersonId person)
{
    const auto* member = find_member(record_of(state.bodies, sitting.body), person);
    const auto& known = record_of(state.persons, person);
    MemberView view;
    view.person = person;
    view.name = known.name;
    view.presence = presence_of(sitting, person);
    view.has_photo = known.photo.has_value();
    // Somebody of an old electorate may have left the roster since; the name is known all the same.
    if (member == nullptr) return view;
    view.number = member->number;
    view.name = member->name;
    view.group = member->group;
    view.seat = member->seat;
    return view;
}

std::string seat_of(const State& state, PersonId person)
{
    for (const auto& [id, body] : state.bodies) {
        const auto* member = find_member(body, person);
        if (member != nullptr && !member->seat.empty()) return member->seat;
    }
    return {};
}

/// Closed, and the body has begun a later meeting since.
bool is_past(const State& state, const Sitting& sitting)
{
    if (sitting.state != SittingState::closed) return false;
    return std::ranges::any_of(state.meetings, [&](const auto& entry) {
        return entry.second.body == sitting.body && entry.first > sitting.meeting;
    });
}

/// What of a sitting's votes belongs on a screen that has just come: everything still to be finished, and the
/// newest finished ones. The rest is in the record; a day of three hundred votes must not make every
/// reconnect heavy.
std::vector<VoteId> votes_on_screen(const State& state, const Sitting& sitting)
{
    std::vector<VoteId> shown;
    std::size_t finished = 0;
    for (auto id = sitting.votes.rbegin(); id != sitting.votes.rend(); ++id) {
        const auto& vote = record_of(state.votes, *id);
        // What a closed sitting never came to is of no use on a screen.
        if (vote.state == VoteState::prepared && sitting.state == SittingState::closed) continue;
        if (is_over(vote) && !is_awaited(state, vote) && ++finished > finished_votes_shown_max) continue;
        shown.push_back(*id);
    }
    std::ranges::reverse(shown);
    return shown;
}

} // namespace

bool is_under_way(const Vote& vote)
{
    return vote.state == VoteState::open || vote.state == VoteState::held;
}

bool is_undecided(const Vote& vote)
{
    return is_under_way(vote) || vote.state == VoteState::closed;
}

bool is_over(const Vote& vote)
{
    using enum VoteState;
    return vote.state == announced || vote.state == voided || vote.state == annulled;
}

bool may_watch_meeting(const State& state, const Actor& actor, MeetingId meeting)
{
    return std::ranges::any_of(state.sittings, [&](const auto& entry) {
        return entry.second.meeting == meeting && may_watch(state, actor, entry.second);
    });
}

bool may_watch(const State& state, const Actor& actor, const Sitting& sitting)
{
    if (actor.is_server()) return false;
    if (actor.role == Role::delegate) {
        return find_member(record_of(state.bodies, sitting.body), *actor.person) != nullptr;
    }
    return holds_office(state, *actor.person, actor.role, sitting.body);
}

SittingView view_sitting(const State& state, SittingId id)
{
    const auto& sitting = record_of(state.sittings, id);
    const auto& body = record_of(state.bodies, sitting.body);
    const auto& meeting = record_of(state.meetings, sitting.meeting);
    SittingView view;
    view.id = id;
    view.meeting = sitting.meeting;
    view.body = sitting.body;
    view.body_name = body_name_of(state, sitting);
    view.body_kind = body.kind;
    view.meeting_title = meeting.title;
    view.title = sitting.title;
    view.state = sitting.state;
    view.conduct_lent = sitting.conduct_lent;
    view.counts = counts_of(state, sitting);
    view.active_item = sitting.active_item;
    view.recess_reason = sitting.recess_reason;
    for (const auto& [screen, shown] : sitting.screens)
        view.screens.push_back({screen, shown.content, shown.message});
    view.speaking = speaking_times_of(state, sitting);
    view.cancelled = sitting.cancelled;
    return view;
}

VoteView view_vote(const State& state, VoteId id, Role role)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    VoteView view;
    view.id = id;
    view.sitting = vote.sitting;
    view.item = vote.item;
    const bool hidden = vote.item && is_hidden(record_of(state.items, *vote.item), role);
    if (!hidden) {
        view.title = vote.title;
        view.text = vote.text;
        view.text_is_private = vote.text_is_private;
    }
    view.state = vote.state;
    view.attempt = vote.attempt;
    view.first_attempt = vote.first_attempt;
    view.present = count(vote.electorate.size());
    view.rule = rule_of(state, vote);
    view.vote_method = vote.method;
    view.press = vote.profile.press;
    view.result_display = vote.profile.result;
    view.fallback = vote.profile.fallback;
    view.not_pressed = vote.profile.not_pressed;
    if (vote.profile.list) view.announcement = vote.profile.list->announcement;
    view.adopts_agenda = vote.adopts_agenda;
    view.base_members = vote.base_members;
    view_needs(vote, view);
    const auto due = record_of(state.bodies, sitting.body).members.size();
    view.quorum = vote.opened_at_ms ? vote.quorum : quorum_needed(vote.profile.quorum, due);
    view.opened_at_ms = vote.opened_at_ms;
    view.closes_at_ms = vote.closes_at_ms;
    view.decided_at_ms = vote.decided_at_ms;
    if (sees_received(vote, sitting, role)) view.received = count(vote.presses.size());
    const bool in_full = conducts(sitting, role) || role == Role::teller;
    view.hands = view_hands(state, vote, in_full);
    view.ballots = view_ballots(state, vote, in_full);
    view.objections = vote.objections;
    if (sees_result(vote, sitting, role)) view.result = vote.result;
    view.void_reason = vote.void_reason;
    view.void_note = vote.void_note;
    view_paper(state, vote, hidden, view);
    view_base(state, vote, view);
    if (!hidden) {
        if (is_secret(vote)) view.secret = view_secret(state, id);
        view.matter = vote.matter;
        view.sequel = vote.sequel;
        // Exams and papers are the business of those who prepare and conduct (任免条例 26).
        if (role != Role::secretary && role != Role::chair && role != Role::auditor)
            view.matter.qualification.reset();
    }
    return view;
}

MyView view_me(const State& state, const Actor& actor)
{
    PLENUM_ASSERT(!actor.is_server());
    const auto person = *actor.person;
    MyView me;
    me.person = person;
    me.name = record_of(state.persons, person).name;
    me.role = actor.role;
    me.seat = seat_of(state, person);
    if (const auto console = state.consoles.find(person); console != state.consoles.end())
        me.device = console->second;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.state == SittingState::closed) continue;
        if (sitting.present.contains(person) || sitting.guests.contains(person)) me.present_in.push_back(id);
        if (sitting.remote.contains(person)) me.remote_in.push_back(id);
        if (sitting.voting_keys.contains(person)) me.keyed_in.push_back(id);
        if (sitting.suspended.contains(person) && may_watch(state, actor, sitting)) {
            if (!me.suspended_in) me.suspended_in = std::vector<SittingId>{};
            me.suspended_in->push_back(id);
        }
        if (!sitting.open_vote) continue;
        const auto& vote = record_of(state.votes, *sitting.open_vote);
        const auto press = vote.presses.find(person);
        if (press != vote.presses.end())
            me.presses.push_back({*sitting.open_vote, press->second.choice, press->second.seq});
        if (vote.objectors.contains(person)) me.objected.push_back(*sitting.open_vote);
        if (raises_hand(vote, person)) me.by_hands.push_back(*sitting.open_vote);
    }
    return me;
}

SnapshotView snapshot(const State& state, const Actor& actor)
{
    SnapshotView view;
    view.seq = state.entries;
    view.at_ms = state.now_ms;
    view.me = view_me(state, actor);
    std::set<MeetingId> meetings;
    for (const auto& [id, sitting] : state.sittings) {
        if (!may_watch(state, actor, sitting) || is_past(state, sitting)) continue;
        if (meetings.insert(sitting.meeting).second) {
            view.agendas.push_back(view_agenda(state, sitting.meeting, actor.role));
            if (record_of(state.meetings, sitting.meeting).keys)
                view.keys.push_back(view_key_holders(state, sitting.meeting));
        }
        view.sittings.push_back(view_sitting(state, id));
        view.floors.push_back(view_floor(state, id));
        for (const auto vote_id : votes_on_screen(state, sitting))
            view.votes.push_back(view_vote(state, vote_id, actor.role));
    }
    show_owed_erasures(state, actor, meetings, view);
    return view;
}

MembersPage list_members(const State& state, const ListMembers& request)
{
    const auto& sitting = record_of(state.sittings, request.sitting);
    const auto& members = record_of(state.bodies, sitting.body).members;
    MembersPage page;
    page.seq = state.entries;
    page.total = count(members.size());
    const auto from = std::min<std::size_t>(request.from, members.size());
    const auto size = std::min({std::size_t{request.limit}, page_members_max, members.size() - from});
    for (std::size_t index = from; index < from + size; ++index)
        page.members.push_back(view_member(state, sitting, members[index].person));
    return page;
}

NotPressedAnswer list_not_pressed(const State& state, VoteId id)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    NotPressedAnswer answer;
    answer.seq = state.entries;
    if (vote.method != VoteMethod::console || is_secret(vote)) return answer;
    for (const auto person : vote.electorate) {
        if (vote.presses.contains(person) || raises_hand(vote, person)) continue;
        ++answer.total;
        if (answer.members.size() < not_pressed_max)
            answer.members.push_back(view_member(state, sitting, person));
    }
    return answer;
}

} // namespace plenum::chamber
