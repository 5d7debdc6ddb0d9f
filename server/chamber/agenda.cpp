#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter two: meetings, their sittings, and the agenda: draft, adopted by the body, read, put to the vote,
// decided.

namespace plenum::chamber {
namespace {

bool has_open_vote(const State& state, ItemId item)
{
    return std::ranges::any_of(state.sittings, [&](const auto& entry) {
        const auto& open = entry.second.open_vote;
        return open && record_of(state.votes, *open).item == item;
    });
}

/// The item, when it exists and belongs to the meeting of this sitting.
const Item* item_of_sitting(const State& state, const Sitting& sitting, ItemId id)
{
    const auto found = state.items.find(id);
    if (found == state.items.end() || found->second.meeting != sitting.meeting) return nullptr;
    return &found->second;
}

/// Why this item cannot be taken off the agenda, by withdrawal or deferral.
std::optional<Refusal> check_removal(const State& state, SittingId sitting_id, ItemId id,
                                     const std::string& reason, ItemState removed)
{
    const auto& sitting = record_of(state.sittings, sitting_id);
    const auto* item = item_of_sitting(state, sitting, id);
    if (item == nullptr) return refuse(RefusalCode::no_such_record);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (has_open_vote(state, id)) return refuse(RefusalCode::vote_open);
    // A deferred item may be read later; one the body never adopted must not get there by that door.
    if (item->state == ItemState::draft && removed == ItemState::deferred) {
        return refuse(RefusalCode::not_on_agenda);
    }
    if (item->state == ItemState::decided || item->state == ItemState::withdrawn || item->state == removed) {
        return wrong_state(item->state);
    }
    if (!is_line_or_empty(reason, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    return std::nullopt;
}

void remove_item(State& state, ItemId id, ItemState removed)
{
    auto& item = record_of(state.items, id);
    PLENUM_ASSERT(item.state != ItemState::decided && item.state != removed);
    item.state = removed;
    for (auto& [sitting_id, sitting] : state.sittings) {
        if (sitting.active_item == id) sitting.active_item.reset();
    }
}

} // namespace

std::uint32_t draft_items(const State& state, MeetingId meeting)
{
    return count(static_cast<std::size_t>(std::ranges::count_if(state.items, [&](const auto& entry) {
        return entry.second.meeting == meeting && entry.second.state == ItemState::draft;
    })));
}

Decided decide_command(const State&, const CreateMeeting& command, const Context&)
{
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (const auto misfit = check_quorum(command.quorum)) {
        const auto where = misfit->path + ": " + misfit->expected;
        return no(RefusalCode::invalid_profile, "法定人数 " + where, where);
    }
    return Decision{{MeetingCreated{command.body, command.title, command.term_no, command.session_no,
                                    command.quorum, command.meeting_kind, command.speaking}},
                    {}};
}

Decided decide_command(const State&, const CreateSitting& command, const Context&)
{
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{SittingCreated{command.meeting, command.title}}, {}};
}

Decided decide_command(const State& state, const AddItem& command, const Context&)
{
    if (record_of(state.meetings, command.meeting).items.size() >= items_per_meeting_max) {
        return refuse(RefusalCode::too_many);
    }
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{ItemAdded{command.meeting, command.title}}, {}};
}

Decided decide_command(const State& state, const EditItem& command, const Context&)
{
    const auto item = record_of(state.items, command.item).state;
    if (item != ItemState::draft && item != ItemState::adopted && item != ItemState::reading) {
        return wrong_state(item);
    }
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{ItemEdited{command.item, command.title}}, {}};
}

Decided decide_command(const State& state, const AdoptAgenda& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote) return refuse(RefusalCode::vote_open);
    const auto items = draft_items(state, sitting.meeting);
    if (items == 0) return no(RefusalCode::wrong_state, "没有待通过的议题", "no item waits to be adopted");
    return Decision{{AgendaAdopted{command.sitting, items}}, {}};
}

Decided decide_command(const State& state, const ActivateItem& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto* item = item_of_sitting(state, sitting, command.item);
    if (item == nullptr) return refuse(RefusalCode::no_such_record);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote || has_open_vote(state, command.item)) return refuse(RefusalCode::vote_open);
    if (item->state == ItemState::draft) return refuse(RefusalCode::not_on_agenda);
    if (item->state != ItemState::adopted && item->state != ItemState::reading &&
        item->state != ItemState::deferred) {
        return wrong_state(item->state);
    }
    if (sitting.active_item == command.item) return wrong_state(item->state);
    return Decision{{ItemActivated{command.sitting, command.item}}, {}};
}

Decided decide_command(const State& state, const WithdrawItem& command, const Context&)
{
    if (auto refusal =
            check_removal(state, command.sitting, command.item, command.reason, ItemState::withdrawn)) {
        return *refusal;
    }
    return Decision{{ItemWithdrawn{command.item, command.reason}}, {}};
}

Decided decide_command(const State& state, const DeferItem& command, const Context&)
{
    if (auto refusal =
            check_removal(state, command.sitting, command.item, command.reason, ItemState::deferred)) {
        return *refusal;
    }
    return Decision{{ItemDeferred{command.item, command.reason}}, {}};
}

void apply_event(State& state, const MeetingCreated& event, const Stamp& stamp)
{
    PLENUM_ASSERT(state.bodies.contains(event.body));
    create_record(state.meetings, stamp,
                  {event.body,
                   event.title,
                   event.term_no,
                   event.session_no,
                   event.quorum,
                   {},
                   event.meeting_kind,
                   event.speaking});
}

void apply_event(State& state, const SittingCreated& event, const Stamp& stamp)
{
    Sitting sitting;
    sitting.meeting = event.meeting;
    sitting.body = record_of(state.meetings, event.meeting).body;
    sitting.title = event.title;
    create_record(state.sittings, stamp, std::move(sitting));
}

void apply_event(State& state, const ItemAdded& event, const Stamp& stamp)
{
    create_record(state.items, stamp, {event.meeting, event.title, ItemState::draft, false});
    record_of(state.meetings, event.meeting).items.push_back(ItemId{stamp.seq});
}

void apply_event(State& state, const ItemEdited& event, const Stamp&)
{
    record_of(state.items, event.item).title = event.title;
}

void apply_event(State& state, const AgendaAdopted& event, const Stamp&)
{
    const auto meeting = record_of(state.sittings, event.sitting).meeting;
    PLENUM_ASSERT(draft_items(state, meeting) == event.items);
    for (const auto id : record_of(state.meetings, meeting).items) {
        auto& item = record_of(state.items, id);
        if (item.state == ItemState::draft) item.state = ItemState::adopted;
    }
}

void apply_event(State& state, const ItemActivated& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    item.state = ItemState::reading;
    item.was_read = true;
    record_of(state.sittings, event.sitting).active_item = event.item;
}

void apply_event(State& state, const ItemWithdrawn& event, const Stamp&)
{
    remove_item(state, event.item, ItemState::withdrawn);
}

void apply_event(State& state, const ItemDeferred& event, const Stamp&)
{
    remove_item(state, event.item, ItemState::deferred);
}

} // namespace plenum::chamber
