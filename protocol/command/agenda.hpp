#pragma once

#include "protocol/event/agenda.hpp"
#include "protocol/role.hpp"

// What may be asked for about the agenda.

namespace plenum {

/// `position` beyond the end means the end.
struct AddItem {
    static constexpr std::string_view method = "item.add";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string title;
    std::optional<ItemId> parent{};
    std::optional<std::uint32_t> position{}; ///< empty: the end
    ItemKind item_kind = ItemKind::other;
    std::uint32_t minutes = 0;
    std::string presenter{};
    bool is_closed = false;
};
BOOST_DESCRIBE_STRUCT(AddItem, (),
                      (meeting, title, parent, position, item_kind, minutes, presenter, is_closed))

/// One row of an agenda as the secretariat has it. `level` 1 is a top item, 2 stands below the last row of
/// level 1 before it, and so on.
struct AgendaRow {
    std::uint32_t level = 1;
    std::string title;
    ItemKind item_kind = ItemKind::other;
    std::uint32_t minutes = 0;
    std::string presenter;
    bool is_closed = false;
};
BOOST_DESCRIBE_STRUCT(AgendaRow, (), (level, title, item_kind, minutes, presenter, is_closed))

/// Adds these items, all or none, after those the agenda has. A row whose title and place stand there already
/// adds nothing, so importing twice doubles nothing.
struct ImportAgenda {
    static constexpr std::string_view method = "agenda.import";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::vector<AgendaRow> items;
};
BOOST_DESCRIBE_STRUCT(ImportAgenda, (), (meeting, items))

/// Replaces all that is said of an item. Once the body has adopted it, another title, kind or degree of
/// publicity is a change of the agenda, which is the body's: `decision` says who decided it. Minutes and
/// presenter are arrangements of the secretariat.
struct EditItem {
    static constexpr std::string_view method = "item.edit";
    static constexpr Right right = Right::prepare;
    ItemId item{};
    std::string title;
    ItemKind item_kind = ItemKind::other;
    std::uint32_t minutes = 0;
    std::string presenter{};
    bool is_closed = false;
    std::optional<std::string> decision{}; ///< only for such a change
};
BOOST_DESCRIBE_STRUCT(EditItem, (), (item, title, item_kind, minutes, presenter, is_closed, decision))

/// Moves an item, with all below it, to another place of the same agenda. Once the body has adopted it,
/// `decision` says who decided that.
struct MoveItem {
    static constexpr std::string_view method = "item.move";
    static constexpr Right right = Right::prepare;
    ItemId item{};
    std::optional<ItemId> parent;
    std::optional<std::uint32_t> position; ///< empty: the end
    std::optional<std::string> decision{}; ///< only for an adopted item
};
BOOST_DESCRIBE_STRUCT(MoveItem, (), (item, parent, position, decision))

/// Takes a draft item off the agenda that nothing refers to: no item below it, no vote, no speech, no line of
/// the schedule. An item the body has adopted is withdrawn instead.
struct RemoveItem {
    static constexpr std::string_view method = "item.remove";
    static constexpr Right right = Right::prepare;
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(RemoveItem, (), (item))

/// Takes the last import of this agenda back: the items it added that are drafts and as they came, and that
/// nothing refers to as RemoveItem demands. What was worked on since stays, with what stands above it, and
/// the import stays in the record.
struct UndoAgenda {
    static constexpr std::string_view method = "agenda.undo";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(UndoAgenda, (), (meeting))

/// A paper of at most 4 MiB. Papers of a closed item are kept privately.
struct AttachDocument {
    static constexpr std::string_view method = "document.attach";
    static constexpr Right right = Right::prepare;
    ItemId item{};
    std::string name;
    std::string media_type;
    Bytes content;
};
BOOST_DESCRIBE_STRUCT(AttachDocument, (), (item, name, media_type, content))

struct DetachDocument {
    static constexpr std::string_view method = "document.detach";
    static constexpr Right right = Right::prepare;
    ItemId item{};
    Digest document;
};
BOOST_DESCRIBE_STRUCT(DetachDocument, (), (item, document))

/// The chair states that nobody objects to the agenda. With objections a vote on it is prepared instead
/// (vote.prepare, adopts_agenda).
struct AdoptAgenda {
    static constexpr std::string_view method = "agenda.adopt";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(AdoptAgenda, (), (sitting))

struct ActivateItem {
    static constexpr std::string_view method = "item.activate";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(ActivateItem, (), (sitting, item))

/// 审议: from reading to deliberation. The item must be the active one.
struct DeliberateItem {
    static constexpr std::string_view method = "item.deliberate";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(DeliberateItem, (), (sitting, item))

/// Ends an item without a vote: with a deliberation opinion, whose text may follow here, or just noted.
struct ConcludeItem {
    static constexpr std::string_view method = "item.conclude";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
    ItemOutcome outcome = ItemOutcome::noted;
    std::string opinion; ///< empty unless outcome is deliberation_opinion; may come empty there too
};
BOOST_DESCRIBE_STRUCT(ConcludeItem, (), (sitting, item, outcome, opinion))

struct WithdrawItem {
    static constexpr std::string_view method = "item.withdraw";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawItem, (), (sitting, item, reason))

struct DeferItem {
    static constexpr std::string_view method = "item.defer";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DeferItem, (), (sitting, item, reason))

} // namespace plenum
