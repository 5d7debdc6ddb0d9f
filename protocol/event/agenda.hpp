#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

// The agenda (议程): a tree of items, its documents, and what became of each item.

namespace plenum {

/// What an item is about. NOTE: append only.
enum class ItemKind {
    other,
    report,     ///< 报告
    bill,       ///< 议案
    resolution, ///< 决议决定
    personnel,  ///< 人事任免
    election,   ///< 选举
    project,    ///< 民生实事项目票决
    evaluation, ///< 满意度测评
    inquiry,    ///< 询问, 专题询问
    oath,       ///< 宪法宣誓
    study,      ///< 学习
    procedural  ///< 程序事项
};
BOOST_DESCRIBE_ENUM(ItemKind, other, report, bill, resolution, personnel, election, project, evaluation,
                    inquiry, oath, study, procedural)

/// How an item that is decided was decided. NOTE: append only.
enum class ItemOutcome {
    none,                 ///< not decided yet
    by_vote,              ///< see the votes on it
    deliberation_opinion, ///< 审议意见: deliberated, no vote
    noted                 ///< heard, nothing to decide
};
BOOST_DESCRIBE_ENUM(ItemOutcome, none, by_vote, deliberation_opinion, noted)

/// `position` counts from 0 among the children of `parent`, or among the top items without one.
struct ItemAdded {
    static constexpr std::string_view kind = "item.added";
    MeetingId meeting{};
    std::string title;
    std::optional<ItemId> parent{};
    std::uint32_t position = 0;
    ItemKind item_kind = ItemKind::other;
    std::uint32_t minutes = 0; ///< planned; 0: not said
    std::string presenter{};   ///< who reports or explains; may be empty
    bool is_closed = false;    ///< not for observers, the hall and the public; its documents are private
};
BOOST_DESCRIBE_STRUCT(ItemAdded, (),
                      (meeting, title, parent, position, item_kind, minutes, presenter, is_closed))

/// All that can be said anew about an item; whatever is not to change is repeated.
struct ItemEdited {
    static constexpr std::string_view kind = "item.edited";
    ItemId item{};
    std::string title;
    ItemKind item_kind = ItemKind::other;
    std::uint32_t minutes = 0;
    std::string presenter{};
    bool is_closed = false;
};
BOOST_DESCRIBE_STRUCT(ItemEdited, (), (item, title, item_kind, minutes, presenter, is_closed))

/// The items added by as many entries before this one came as one import, which can be taken back as one.
struct AgendaImported {
    static constexpr std::string_view kind = "agenda.imported";
    MeetingId meeting{};
    std::uint32_t items = 0;
};
BOOST_DESCRIBE_STRUCT(AgendaImported, (), (meeting, items))

/// A draft item, without others below it, is no longer there.
struct ItemRemoved {
    static constexpr std::string_view kind = "item.removed";
    MeetingId meeting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(ItemRemoved, (), (meeting, item))

/// Who decided the change of an adopted item that the entry before this one made.
struct ItemChangeDecided {
    static constexpr std::string_view kind = "item.change_decided";
    ItemId item{};
    std::string decision;
};
BOOST_DESCRIBE_STRUCT(ItemChangeDecided, (), (item, decision))

/// `position` as in item.added, counted after the item was taken out.
struct ItemMoved {
    static constexpr std::string_view kind = "item.moved";
    ItemId item{};
    std::optional<ItemId> parent;
    std::uint32_t position = 0;
};
BOOST_DESCRIBE_STRUCT(ItemMoved, (), (item, parent, position))

/// A paper that goes with an item: a public blob, or a private one (protocol/private_value.hpp) for a closed
/// item.
struct DocumentAttached {
    static constexpr std::string_view kind = "document.attached";
    ItemId item{};
    Digest document;
    std::string name;
    std::string media_type; ///< like `application/pdf`
    std::uint64_t bytes = 0;
    bool is_private = false;
};
BOOST_DESCRIBE_STRUCT(DocumentAttached, (), (item, document, name, media_type, bytes, is_private))

/// The paper no longer goes with the item. Its bytes stay, since the record names them.
struct DocumentDetached {
    static constexpr std::string_view kind = "document.detached";
    ItemId item{};
    Digest document;
};
BOOST_DESCRIBE_STRUCT(DocumentDetached, (), (item, document))

/// The body adopted the agenda: every draft item of the meeting is adopted. By the vote named, in its own
/// commit group; without one by nobody having objected.
struct AgendaAdopted {
    static constexpr std::string_view kind = "agenda.adopted";
    SittingId sitting{};
    std::uint32_t items = 0;
    std::optional<VoteId> by{};
};
BOOST_DESCRIBE_STRUCT(AgendaAdopted, (), (sitting, items, by))

/// The item is read: what was active before is no longer.
struct ItemActivated {
    static constexpr std::string_view kind = "item.activated";
    SittingId sitting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(ItemActivated, (), (sitting, item))

/// 审议: reading is over, the body deliberates on the active item.
struct ItemDeliberated {
    static constexpr std::string_view kind = "item.deliberated";
    SittingId sitting{};
    ItemId item{};
};
BOOST_DESCRIBE_STRUCT(ItemDeliberated, (), (sitting, item))

/// The item ends without a vote. `opinion` is the blob with the deliberation opinion, where there is one.
struct ItemConcluded {
    static constexpr std::string_view kind = "item.concluded";
    SittingId sitting{};
    ItemId item{};
    ItemOutcome outcome = ItemOutcome::noted;
    std::optional<Digest> opinion;
};
BOOST_DESCRIBE_STRUCT(ItemConcluded, (), (sitting, item, outcome, opinion))

struct ItemWithdrawn {
    static constexpr std::string_view kind = "item.withdrawn";
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ItemWithdrawn, (), (item, reason))

struct ItemDeferred {
    static constexpr std::string_view kind = "item.deferred";
    ItemId item{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ItemDeferred, (), (item, reason))

} // namespace plenum
