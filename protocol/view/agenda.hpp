#pragma once

#include "protocol/event.hpp"
#include "protocol/schedule.hpp"

// The agenda of a meeting as screens show it.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class ItemState { draft, adopted, reading, put_to_vote, decided, withdrawn, deferred, deliberating };
BOOST_DESCRIBE_ENUM(ItemState, draft, adopted, reading, put_to_vote, decided, withdrawn, deferred,
                    deliberating)

/// NOTE: names are on the wire; append only.
enum class MeetingState { draft, notified, signing_in, in_session, recess, closed, archived, cancelled };
BOOST_DESCRIBE_ENUM(MeetingState, draft, notified, signing_in, in_session, recess, closed, archived,
                    cancelled)

/// A paper that goes with an item. Public ones are fetched from /documents/<hex>, private ones by
/// document.read.
struct DocumentView {
    Digest document;
    std::string name;
    std::string media_type;
    std::uint64_t bytes = 0;
    bool is_private = false;

    bool operator==(const DocumentView&) const = default;
};
BOOST_DESCRIBE_STRUCT(DocumentView, (), (document, name, media_type, bytes, is_private))

/// One item, in the order of the tree. Of a closed item observers, the hall and the public see only number,
/// state and that it is closed.
struct ItemView {
    ItemId id{};
    std::optional<ItemId> parent;
    std::string number; ///< 一、（一）1. as it stands now
    std::string title;
    ItemState state = ItemState::draft;
    ItemKind item_kind = ItemKind::other;
    ItemOutcome outcome = ItemOutcome::none;
    std::uint32_t minutes = 0;
    std::string presenter;
    bool is_closed = false;
    std::vector<DocumentView> documents;
    std::optional<Digest> opinion; ///< the deliberation opinion: fetch from /documents/<hex>

    bool operator==(const ItemView&) const = default;
};
BOOST_DESCRIBE_STRUCT(ItemView, (),
                      (id, parent, number, title, state, item_kind, outcome, minutes, presenter, is_closed,
                       documents, opinion))

/// A meeting with its whole agenda and schedule.
struct AgendaView {
    MeetingId meeting{};
    BodyId body{};
    std::string title;
    MeetingKind meeting_kind = MeetingKind::other;
    MeetingState state = MeetingState::draft;
    std::uint32_t term_no = 0;
    std::uint32_t session_no = 0;
    SpeakingTimes speaking;
    std::vector<ItemView> items;
    std::vector<ScheduleRow> schedule;
    std::string made_from{}; ///< the id of its template; empty without one
};
BOOST_DESCRIBE_STRUCT(AgendaView, (),
                      (meeting, body, title, meeting_kind, state, term_no, session_no, speaking, items,
                       schedule, made_from))

/// The agenda or schedule changed as a whole: items came, went or moved.
struct AgendaChanged {
    static constexpr std::string_view method = "agenda.changed";
    std::uint64_t seq = 0;
    AgendaView agenda;
};
BOOST_DESCRIBE_STRUCT(AgendaChanged, (), (seq, agenda))

/// One item changed and nothing else: long agendas do not travel with every vote.
struct ItemChanged {
    static constexpr std::string_view method = "item.changed";
    std::uint64_t seq = 0;
    MeetingId meeting{};
    ItemView item;
};
BOOST_DESCRIBE_STRUCT(ItemChanged, (), (seq, meeting, item))

} // namespace plenum
