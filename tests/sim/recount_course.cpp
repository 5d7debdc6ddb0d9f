#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// The course of sittings and of the items on the agenda.

namespace plenum::sim {

void Recount::check_quorum(const Room& room, std::uint32_t present) const
{
    claim(present == room.present.size(), "those present are miscounted");
    const auto own = std::ranges::find_if(rooms_, [&](const auto& entry) { return &entry.second == &room; });
    const auto found = quorums_.find(own->first);
    const auto& quorum = found != quorums_.end() ? found->second : meetings_.at(room.meeting).quorum;
    claim(present > 0 && reaches(present, rosters_.at(room.body).size(), quorum),
          "in session without quorum");
}

void Recount::operator()(const SittingOpened& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(!room.in_session, "a sitting opened twice");
    check_quorum(room, event.present);
    room.in_session = true;
}

void Recount::operator()(const SittingRecessed& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(room.in_session && !room.speaking && !open_.contains(event.sitting), "a recess in the middle");
    room.in_session = false;
    ++recesses;
}

void Recount::operator()(const SittingResumed& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(!room.in_session, "resumed though there is no recess");
    check_quorum(room, event.present);
    room.in_session = true;
}

void Recount::operator()(const SittingClosed& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(!room.speaking && !open_.contains(event.sitting), "a sitting ended in the middle");
    room.in_session = false;
    room.is_over = true;
    room.keyed.clear();
}

void Recount::operator()(const ItemAdded& event)
{
    items_[ItemId{seq_}] = {event.meeting, event.parent, Standing::draft};
}

void Recount::operator()(const ItemMoved& event)
{
    auto above = event.parent;
    for (std::size_t steps = 0; above; ++steps) {
        claim(*above != event.item && steps <= items_.size(), "an item stands below itself");
        claim(items_.at(*above).meeting == items_.at(event.item).meeting, "below an item of another meeting");
        above = items_.at(*above).parent;
    }
    items_.at(event.item).parent = event.parent;
}

void Recount::operator()(const AgendaImported& event)
{
    for (std::uint64_t back = 1; back <= event.items; ++back)
        claim(items_.at(ItemId{seq_ - back}).meeting == event.meeting, "an import of what was not added");
}

void Recount::operator()(const ItemRemoved& event)
{
    claim(items_.at(event.item).standing == Standing::draft, "more than a draft is removed");
    for (const auto& [id, item] : items_)
        claim(item.parent != event.item, "an item is removed under others");
    for (const auto& [id, vote] : ballots_)
        claim(vote.item != event.item, "an item is removed that a vote is on");
    for (const auto& [id, speech] : speeches_)
        claim(speech.item != event.item, "an item is removed that somebody speaks on");
    items_.erase(event.item);
    ++removed;
}

void Recount::operator()(const MeetingCancelled& event)
{
    ended_.insert(event.meeting);
    for (auto& [id, room] : rooms_) {
        if (room.meeting != event.meeting) continue;
        claim(!room.in_session && room.present.empty(), "a meeting is called off that has begun");
        room.is_over = true;
    }
}

void Recount::operator()(const MeetingClosed& event)
{
    for (const auto& [id, room] : rooms_)
        claim(room.meeting != event.meeting || room.is_over, "a meeting ended before its sittings");
    ended_.insert(event.meeting);
}

void Recount::operator()(const SittingCancelled& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(!room.in_session && !room.is_over && room.came.empty(), "a sitting is called off that was held");
    room.is_over = true;
    ++called_off;
}

void Recount::operator()(const BodyRemoved& event)
{
    for (const auto& [id, meeting] : meetings_)
        claim(meeting.body != event.body, "a body is removed that was convened");
    for (const auto& [id, room] : rooms_)
        claim(room.body != event.body, "a body is removed that has sittings");
    rosters_.erase(event.body);
    names_.erase(event.body);
    std::erase_if(offices_, [&](const auto& office) { return std::get<2>(office) == event.body; });
    ++bodies_removed;
}

void Recount::operator()(const BodyRenamed& event)
{
    auto& name = names_.at(event.body);
    claim(name != event.name, "a body is given the name it has");
    name = event.name;
    ++bodies_renamed;
}

void Recount::operator()(const OfficerAppointed& event)
{
    if (event.role != Role::observer) offices_.emplace(event.person, event.role, event.body);
}

void Recount::operator()(const OfficerDismissed& event)
{
    ++dismissed;
    if (event.role == Role::observer) return;
    const auto found = offices_.find({event.person, event.role, event.body});
    claim(found != offices_.end(), "somebody is dismissed who holds no such office");
    offices_.erase(found);
    const auto holds = [&](Role role, std::optional<BodyId> body) {
        return std::ranges::any_of(offices_, [&](const auto& office) {
            const auto& over = std::get<2>(office);
            return std::get<1>(office) == role && (!over || over == body);
        });
    };
    claim(holds(Role::secretary, std::nullopt), "the last secretary is gone");
    for (const auto& [id, room] : rooms_)
        claim(!room.in_session || holds(Role::chair, room.body), "nobody is left to preside");
}

/// Whoever writes in an office holds one; over which body is the chamber's to say.
void Recount::check_office() const
{
    if (!actor_.person || actor_.role == Role::delegate || actor_.role == Role::observer) return;
    claim(std::ranges::any_of(offices_,
                              [&](const auto& office) {
                                  return std::get<0>(office) == actor_.person &&
                                         std::get<1>(office) == actor_.role;
                              }),
          "somebody acts in an office that was taken back");
}

void Recount::operator()(const PhotoSet& event)
{
    if (event.replaces) end_photo(event.person, *event.replaces);
    claim(!photos_.contains(event.person), "a photo is replaced and kept");
    photos_[event.person] = event.photo;
}

void Recount::operator()(const PhotoRemoved& event)
{
    end_photo(event.person, event.photo);
}

void Recount::end_photo(PersonId person, const Digest& photo)
{
    const auto found = photos_.find(person);
    claim(found != photos_.end() && found->second == photo, "a photo ends that is not there");
    photos_.erase(found);
    ++photos_ended;
}

void Recount::operator()(const AgendaAdopted& event)
{
    const auto& room = rooms_.at(event.sitting);
    claim(room.body == meetings_.at(room.meeting).body, "an agenda adopted elsewhere than in the plenary");
    std::uint32_t adopted = 0;
    for (auto& [id, item] : items_) {
        if (item.meeting != room.meeting || item.standing != Standing::draft) continue;
        item.standing = Standing::on_agenda;
        ++adopted;
    }
    claim(adopted == event.items && adopted > 0, "the items adopted are miscounted");
    if (!event.by) return;
    const auto& vote = ballots_.at(*event.by);
    claim(vote.sitting == event.sitting && vote.stage == Stage::decided,
          "an agenda adopted by no vote on it");
}

void Recount::operator()(const ItemActivated& event)
{
    auto& item = items_.at(event.item);
    claim(rooms_.at(event.sitting).in_session, "an item is read out of session");
    claim(item.standing == Standing::on_agenda || item.standing == Standing::deferred,
          "an item is read that is not on the agenda");
    item.standing = Standing::on_agenda;
}

void Recount::operator()(const ItemConcluded& event)
{
    auto& item = items_.at(event.item);
    claim(item.standing == Standing::on_agenda, "an item ends that is not on the agenda");
    item.standing = Standing::decided;
    item.concluded = true;
}

void Recount::operator()(const ItemWithdrawn& event)
{
    auto& item = items_.at(event.item);
    claim(item.standing != Standing::decided && item.standing != Standing::withdrawn,
          "a decided item is taken back");
    item.standing = Standing::withdrawn;
}

void Recount::operator()(const ItemDeferred& event)
{
    auto& item = items_.at(event.item);
    claim(item.standing == Standing::on_agenda, "an item is put off that is not on the agenda");
    item.standing = Standing::deferred;
}

} // namespace plenum::sim
