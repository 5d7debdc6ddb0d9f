#include "protocol/audit/record.hpp"

#include "protocol/item_number.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// The agenda as a tree, and the papers of its items. What becomes of the items is in record_item.cpp.

namespace plenum::audit {
namespace {

std::vector<ItemId>& children_of(Record& record, MeetingId meeting, std::optional<ItemId> parent)
{
    return parent ? record.items.at(*parent).children : record.meetings.at(meeting).items;
}

/// How far down the tree an item stands, beginning with 1.
std::size_t level_of(const Record& record, ItemId id)
{
    std::size_t level = 0;
    for (std::optional<ItemId> at = id; at; at = record.items.at(*at).parent)
        ++level;
    return level;
}

std::size_t height_of(const Record& record, ItemId id)
{
    std::size_t below = 0;
    for (const auto child : record.items.at(id).children)
        below = std::max(below, height_of(record, child));
    return below + 1;
}

bool stands_below(const Record& record, ItemId id, ItemId ancestor)
{
    for (std::optional<ItemId> at = id; at; at = record.items.at(*at).parent)
        if (*at == ancestor) return true;
    return false;
}

/// The parent, when something of this height may stand below it; none after a complaint.
std::optional<ItemId> taken_parent(Record& record, MeetingId meeting, std::optional<ItemId> parent,
                                   std::size_t height)
{
    const auto* item = parent ? record.named(record.items, *parent) : nullptr;
    if (item == nullptr) return std::nullopt;
    const bool fits = level_of(record, *parent) + height <= agenda_depth_max;
    if (item->meeting == meeting && fits && item->state != ItemState::withdrawn) return parent;
    record.complain(AuditCode::agenda_out_of_order, std::to_string(number(*parent)));
    return std::nullopt;
}

void put(Record& record, std::vector<ItemId>& siblings, std::uint64_t position, ItemId item)
{
    if (position > siblings.size())
        record.complain(AuditCode::agenda_out_of_order, said_and_found(position, siblings.size()));
    const auto place = std::min<std::uint64_t>(position, siblings.size());
    siblings.insert(siblings.begin() + static_cast<std::ptrdiff_t>(place), item);
}

/// What is put to the vote as the agenda must not change meanwhile.
void check_agenda_still(Record& record, MeetingId meeting)
{
    for (const auto& [id, sitting] : record.sittings) {
        if (sitting.meeting != meeting || !sitting.open_vote) continue;
        const auto vote = record.votes.find(*sitting.open_vote);
        if (vote != record.votes.end() && vote->second.prepared.adopts_agenda)
            record.complain(AuditCode::another_vote_open, std::to_string(number(vote->first)));
    }
}

void check_item_texts(Record& record, const std::string& title, const std::string& presenter)
{
    check_line(record, title, title_bytes_max);
    check_line_or_empty(record, presenter, name_bytes_max);
}

/// What is public already cannot be taken back by closing the item.
void check_closing(Record& record, ItemId id, const RecordedItem& item)
{
    if (std::ranges::any_of(item.documents, [](const auto& one) { return !one.second; })) {
        record.complain(AuditCode::agenda_out_of_order,
                        LocalText{"已有公开文件的议题改为不公开", "closed although it has public documents"});
    }
    const auto has_public_text = [&](const auto& entry) {
        const auto& prepared = entry.second.prepared;
        return prepared.item == id && !prepared.text_is_private;
    };
    if (std::ranges::any_of(record.votes, has_public_text)) {
        record.complain(
            AuditCode::agenda_out_of_order,
            LocalText{"表决稿已公开的议题改为不公开", "closed although a text put to the vote is public"});
    }
}

/// What is taken off as a draft leaves nothing behind that would still name it.
bool is_named_elsewhere(const Record& record, ItemId id)
{
    const auto by_vote = [&](const auto& entry) { return entry.second.prepared.item == id; };
    const auto by_speech = [&](const auto& entry) { return entry.second.requested.item == id; };
    const auto& meeting = record.meetings.at(record.items.at(id).meeting);
    return meeting.scheduled.contains(id) || std::ranges::any_of(record.votes, by_vote) ||
           std::ranges::any_of(record.speeches, by_speech);
}

void note_change(Record& record, ItemId item)
{
    record.change = Record::Change{record.now->seq, item, record.now->actor, record.now->id};
}

} // namespace

void follow(Record& record, const ItemAdded& event)
{
    const auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    if (meeting->state == MeetingState::closed) record.complain(AuditCode::agenda_out_of_order, "closed");
    check_agenda_still(record, event.meeting);
    check_item_texts(record, event.title, event.presenter);
    RecordedItem item;
    item.meeting = event.meeting;
    item.parent = taken_parent(record, event.meeting, event.parent, 1);
    item.is_closed = event.is_closed;
    const bool misplaced = item.parent != event.parent;
    const ItemId id{record.now->seq};
    auto& siblings = children_of(record, event.meeting, item.parent);
    put(record, siblings, misplaced ? siblings.size() : event.position, id);
    record.items.emplace(id, std::move(item));
}

void follow(Record& record, const ItemEdited& event)
{
    auto* item = record.named(record.items, event.item);
    if (item == nullptr) return;
    check_agenda_still(record, item->meeting);
    check_item_texts(record, event.title, event.presenter);
    if (item->state == ItemState::withdrawn || item->state == ItemState::decided)
        record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(item->state)));
    if (event.is_closed && !item->is_closed) check_closing(record, event.item, *item);
    item->is_closed = event.is_closed;
    note_change(record, event.item);
}

void follow(Record& record, const ItemMoved& event)
{
    auto* item = record.named(record.items, event.item);
    if (item == nullptr) return;
    note_change(record, event.item);
    check_agenda_still(record, item->meeting);
    const bool known = event.parent && record.items.contains(*event.parent);
    if (known && stands_below(record, *event.parent, event.item)) {
        record.complain(AuditCode::agenda_out_of_order, LocalText{"移到自身之下", "moved below itself"});
        return;
    }
    const auto parent = taken_parent(record, item->meeting, event.parent, height_of(record, event.item));
    if (parent != event.parent) return;
    std::erase(children_of(record, item->meeting, item->parent), event.item);
    item->parent = parent;
    put(record, children_of(record, item->meeting, parent), event.position, event.item);
}

// Records of older servers have changes of adopted items without this; one that is there says true.
void follow(Record& record, const ItemChangeDecided& event)
{
    if (record.named(record.items, event.item) == nullptr) return;
    check_line(record, event.decision, reason_bytes_max);
    const auto& change = record.change;
    const bool fits = change && change->seq + 1 == record.now->seq && change->item == event.item &&
                      change->actor == record.now->actor && change->id == record.now->id;
    if (!fits) record.complain(AuditCode::agenda_out_of_order, std::to_string(number(event.item)));
}

void follow(Record& record, const AgendaImported& event)
{
    if (record.named(record.meetings, event.meeting) == nullptr) return;
    const auto now = record.now->seq;
    std::uint64_t found = 0;
    while (found < event.items && found < now) {
        const auto item = record.items.find(ItemId{now - found - 1});
        if (item == record.items.end() || item->second.meeting != event.meeting) break;
        ++found;
    }
    check_number(record, AuditCode::agenda_miscounted, event.items, found);
}

void follow(Record& record, const ItemRemoved& event)
{
    const auto* meeting = record.named(record.meetings, event.meeting);
    const auto* item = record.named(record.items, event.item);
    if (meeting == nullptr || item == nullptr) return;
    if (meeting->state == MeetingState::closed) record.complain(AuditCode::agenda_out_of_order, "closed");
    check_agenda_still(record, event.meeting);
    const bool is_bare = item->meeting == event.meeting && item->state == ItemState::draft &&
                         item->children.empty() && !is_named_elsewhere(record, event.item);
    if (!is_bare) return record.complain(AuditCode::agenda_out_of_order, std::to_string(number(event.item)));
    std::erase(children_of(record, event.meeting, item->parent), event.item);
    record.items.erase(event.item);
}

void follow(Record& record, const DocumentAttached& event)
{
    auto* item = record.named(record.items, event.item);
    if (item == nullptr) return;
    check_agenda_still(record, item->meeting);
    check_line(record, event.name, name_bytes_max);
    check_line(record, event.media_type, name_bytes_max);
    if (item->state == ItemState::withdrawn) record.complain(AuditCode::agenda_out_of_order, "withdrawn");
    if (event.is_private != item->is_closed) {
        record.complain(AuditCode::agenda_out_of_order,
                        LocalText{"文件公开与否与议题不符", "a document as public as its item is not"});
    }
    if (!item->documents.emplace(event.document, event.is_private).second)
        record.complain(AuditCode::agenda_out_of_order, blob_path(event.document));
    if (event.is_private) return;
    if (const auto* content = record.blob(event.document))
        check_number(record, AuditCode::blob_malformed, event.bytes, content->size());
}

void follow(Record& record, const DocumentDetached& event)
{
    auto* item = record.named(record.items, event.item);
    if (item == nullptr) return;
    check_agenda_still(record, item->meeting);
    if (item->documents.erase(event.document) == 0)
        record.complain(AuditCode::record_unknown, blob_path(event.document));
    if (item->state == ItemState::withdrawn || item->state == ItemState::decided)
        record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(item->state)));
}

} // namespace plenum::audit
