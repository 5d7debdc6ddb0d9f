#include "server/chamber/agenda_tree.hpp"
#include "server/chamber/queries.hpp"

#include <algorithm>

// The agenda as screens show it: the tree as a list, each item with its number.

namespace plenum::chamber {
namespace {

void view_below(const State& state, const std::vector<ItemId>& items, Role role, std::vector<ItemView>& into)
{
    for (const auto id : items) {
        into.push_back(view_item(state, id, role));
        view_below(state, record_of(state.items, id).children, role, into);
    }
}

} // namespace

bool is_hidden(const Item& item, Role role)
{
    return item.is_closed && (role == Role::observer || role == Role::hall);
}

ItemView view_item(const State& state, ItemId id, Role role)
{
    const auto& item = record_of(state.items, id);
    const auto& siblings = children_of(state, item.meeting, item.parent);
    const auto place = std::ranges::find(siblings, id);
    PLENUM_ASSERT(place != siblings.end());
    ItemView view;
    view.id = id;
    view.parent = item.parent;
    view.number = item_number(level_of(state, item), static_cast<std::size_t>(place - siblings.begin()));
    view.state = item.state;
    view.is_closed = item.is_closed;
    if (is_hidden(item, role)) return view;
    view.title = item.title;
    view.item_kind = item.kind;
    view.outcome = item.outcome;
    view.minutes = item.minutes;
    view.presenter = item.presenter;
    view.documents = item.documents;
    view.opinion = item.opinion;
    return view;
}

MeetingState meeting_state(const State& state, MeetingId id)
{
    const auto phase = record_of(state.meetings, id).phase;
    if (phase == MeetingPhase::archived) return MeetingState::archived;
    if (phase == MeetingPhase::closed) return MeetingState::closed;
    if (phase == MeetingPhase::cancelled) return MeetingState::cancelled;
    auto shown = phase == MeetingPhase::notified ? MeetingState::notified : MeetingState::draft;
    for (const auto& [sitting_id, sitting] : state.sittings) {
        if (sitting.meeting != id) continue;
        if (sitting.state == SittingState::in_session) return MeetingState::in_session;
        if (sitting.state == SittingState::recess) shown = MeetingState::recess;
        if (sitting.state == SittingState::signing_in && shown != MeetingState::recess)
            shown = MeetingState::signing_in;
        // Between two sittings the meeting is in recess.
        if (sitting.state == SittingState::closed && shown != MeetingState::signing_in)
            shown = MeetingState::recess;
    }
    return shown;
}

AgendaView view_agenda(const State& state, MeetingId id, Role role)
{
    const auto& meeting = record_of(state.meetings, id);
    AgendaView view;
    view.meeting = id;
    view.body = meeting.body;
    view.title = meeting.title;
    view.meeting_kind = meeting.kind;
    view.state = meeting_state(state, id);
    view.term_no = meeting.term_no;
    view.session_no = meeting.session_no;
    view.speaking = meeting.speaking;
    view_below(state, meeting.items, role, view.items);
    view.schedule = meeting.schedule;
    view.made_from = meeting.made_from;
    return view;
}

} // namespace plenum::chamber
