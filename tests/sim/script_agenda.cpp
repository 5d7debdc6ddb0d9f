#include "tests/sim/script.hpp"

// What people do about the agenda: it grows, is put in order and gets papers, and the chair goes through it.

namespace plenum::sim {

/// Of this meeting, on any level; there is at least one.
ItemId Script::any_item(MeetingId meeting)
{
    std::vector<ItemId> items;
    for (const auto& [id, item] : state().items) {
        if (item.meeting == meeting) items.push_back(id);
    }
    return world_.random.pick(items);
}

void Script::work_on_agenda()
{
    const auto* sitting = any(state().sittings);
    const auto meeting = sitting->second.meeting;
    auto* secretary = somebody(Role::secretary, state().meetings.at(meeting).body);
    const auto size = state().meetings.at(meeting).items.size();
    if (size < 3 || (size < 12 && world_.random.chance(150))) return grow_agenda(meeting, secretary);
    const bool goes_on = sitting->second.state == SittingState::in_session && !sitting->second.open_vote;
    if (!goes_on || world_.random.chance(250)) return change_item(any_item(meeting), secretary);
    step_item(*sitting);
}

void Script::grow_agenda(MeetingId meeting, Console* secretary)
{
    const auto title = "议题" + std::to_string(++titles_);
    if (world_.random.chance(300)) {
        ImportAgenda import{meeting, {}};
        import.items.push_back({1, title, ItemKind::report, 30, "区长", world_.random.chance(200)});
        import.items.push_back({2, title + "说明", ItemKind::report, 5, "", false});
        return say(secretary, import);
    }
    AddItem add{meeting, title};
    const auto& items = state().meetings.at(meeting).items;
    if (!items.empty() && world_.random.chance(300)) add.parent = world_.random.pick(items);
    if (world_.random.chance(300)) add.position = 0;
    add.is_closed = world_.random.chance(150);
    say(secretary, add);
}

void Script::change_item(ItemId id, Console* secretary)
{
    const auto& item = state().items.at(id);
    if (world_.random.chance(400)) return keep_papers(id, secretary);
    if (world_.random.chance(150)) {
        if (world_.random.chance(500)) return say(secretary, RemoveItem{id});
        return say(secretary, UndoAgenda{item.meeting});
    }
    std::optional<std::string> decision;
    if (item.state != ItemState::draft && world_.random.chance(900)) decision = "全体会议决定";
    if (world_.random.chance(500)) {
        const auto title = "议题" + std::to_string(++titles_);
        return say(secretary, EditItem{id, title, item.kind, 20, "报告人", item.is_closed, decision});
    }
    MoveItem move{id, std::nullopt, 0, decision};
    if (item.parent || item.children.empty()) move.parent = any_item(item.meeting);
    if (move.parent == id || world_.random.chance(400)) move.parent.reset();
    if (world_.random.chance(500)) move.position.reset();
    say(secretary, move);
}

void Script::keep_papers(ItemId id, Console* secretary)
{
    const auto& papers = state().items.at(id).documents;
    if (!papers.empty() && world_.random.chance(400)) {
        return say(secretary, DetachDocument{id, world_.random.pick(papers).document});
    }
    const auto name = "文件" + std::to_string(++titles_);
    const auto content = bytes_of(name);
    say(secretary, AttachDocument{id, name, "text/plain", {content.begin(), content.end()}});
}

/// The next step of the active item, or another item is called up.
void Script::step_item(const SittingEntry& entry)
{
    const auto& [id, sitting] = entry;
    auto* chair = conductor(sitting);
    std::vector<ItemId> readable;
    bool has_drafts = false;
    for (const auto& [item_id, item] : state().items) {
        if (item.meeting != sitting.meeting) continue;
        has_drafts = has_drafts || item.state == ItemState::draft;
        const bool is_before_the_body =
            item.state == ItemState::adopted || item.state == ItemState::reading ||
            item.state == ItemState::deliberating || item.state == ItemState::deferred;
        if (is_before_the_body && sitting.active_item != item_id) readable.push_back(item_id);
    }
    if (has_drafts && (readable.empty() || world_.random.chance(200))) return say(chair, AdoptAgenda{id});
    if (!sitting.active_item || (!readable.empty() && world_.random.chance(150))) {
        if (!readable.empty()) say(chair, ActivateItem{id, world_.random.pick(readable)});
        return;
    }
    const auto active = *sitting.active_item;
    const bool is_read = state().items.at(active).state == ItemState::reading;
    const auto roll = world_.random.below(100);
    if (roll < 14) return say(chair, WithdrawItem{id, active, "撤回"});
    if (roll < 28) return say(chair, DeferItem{id, active, "待研究"});
    if (is_read && roll < 75) return say(chair, DeliberateItem{id, active});
    if (world_.random.chance(500)) return say(chair, ConcludeItem{id, active, ItemOutcome::noted, {}});
    const std::string opinion = state().items.at(active).is_closed ? "" : "审议意见：同意。";
    say(chair, ConcludeItem{id, active, ItemOutcome::deliberation_opinion, opinion});
}

} // namespace plenum::sim
