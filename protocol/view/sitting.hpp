#pragma once

#include "protocol/event.hpp"

// A sitting, who is there, the floor, and what the hall shows.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class SittingState { draft, signing_in, in_session, recess, closed };
BOOST_DESCRIBE_ENUM(SittingState, draft, signing_in, in_session, recess, closed)

/// Where somebody is. NOTE: names are on the wire; append only.
enum class Presence {
    absent,  ///< not there, nothing said
    present, ///< in the hall
    remote,  ///< by video
    left,    ///< was there and went
    on_leave,
    absent_without_leave,
    suspended ///< may not come
};
BOOST_DESCRIBE_ENUM(Presence, absent, present, remote, left, on_leave, absent_without_leave, suspended)

/// 应到, 实到, 缺席: shown always, on every screen. due = present + absent. Among those present are the
/// remote ones, among the absent those on leave and those who left.
struct Counts {
    std::uint32_t due = 0;
    std::uint32_t present = 0;
    std::uint32_t absent = 0;
    std::uint32_t quorum = 0; ///< how many are needed
    std::uint32_t remote = 0;
    std::uint32_t on_leave = 0;
    std::uint32_t left = 0;
    std::uint32_t absent_without_leave = 0;
    std::uint32_t nonvoting = 0;      ///< 列席 who are there; in no other figure
    Later<std::uint32_t> suspended{}; ///< of those absent, and in no figure between; left out when nobody is

    bool operator==(const Counts&) const = default;
};
BOOST_DESCRIBE_STRUCT(Counts, (),
                      (due, present, absent, quorum, remote, on_leave, left, absent_without_leave, nonvoting,
                       suspended))

/// NOTE: names are on the wire; append only.
enum class SpeechState { waiting, speaking, ended, withdrawn };
BOOST_DESCRIBE_ENUM(SpeechState, waiting, speaking, ended, withdrawn)

/// Somebody who waits for the floor, has it, or had it.
struct SpeechView {
    SpeechId id{};
    PersonId person{};
    std::string name;
    std::string unit; ///< delegation, or organ of a non-voting attendee
    SpeechKind speech_kind = SpeechKind::speech;
    SpeechState state = SpeechState::waiting;
    std::optional<ItemId> item;
    std::optional<SpeechId> answers;
    std::uint32_t earlier = 0; ///< speeches of this person on this item that have ended
    std::optional<std::uint64_t> granted_at_ms;
    std::uint32_t limit_ms = 0; ///< with extensions; 0: none
    std::uint64_t used_ms = 0;  ///< once ended
    std::optional<Digest> minutes;
    bool is_signed = false;

    bool operator==(const SpeechView&) const = default;
};
BOOST_DESCRIBE_STRUCT(SpeechView, (),
                      (id, person, name, unit, speech_kind, state, item, answers, earlier, granted_at_ms,
                       limit_ms, used_ms, minutes, is_signed))

/// Who speaks, who waits in which order, and the newest who have spoken.
struct FloorView {
    SittingId sitting{};
    std::optional<SpeechView> speaking;
    std::vector<SpeechView> queue;
    std::vector<SpeechView> ended; ///< newest last; at most 50
    std::uint32_t warn_ms = 0;     ///< before the end of a speech

    bool operator==(const FloorView&) const = default;
};
BOOST_DESCRIBE_STRUCT(FloorView, (), (sitting, speaking, queue, ended, warn_ms))

/// What one hall screen shows.
struct ScreenView {
    std::string screen;
    HallContent content = HallContent::automatic;
    std::string message;

    bool operator==(const ScreenView&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScreenView, (), (screen, content, message))

/// A sitting with its counts, as every screen shows it. The agenda is its meeting's.
struct SittingView {
    SittingId id{};
    MeetingId meeting{};
    BodyId body{};
    std::string body_name;
    BodyKind body_kind = BodyKind::congress;
    std::string meeting_title;
    std::string title;
    SittingState state = SittingState::draft;
    bool conduct_lent = false;
    Counts counts;
    std::optional<ItemId> active_item;
    std::string recess_reason; ///< while in recess
    std::vector<ScreenView> screens;
    SpeakingTimes speaking; ///< its own, or those of the meeting
    std::string cancelled;  ///< why it was called off; empty otherwise
};
BOOST_DESCRIBE_STRUCT(SittingView, (),
                      (id, meeting, body, body_name, body_kind, meeting_title, title, state, conduct_lent,
                       counts, active_item, recess_reason, screens, speaking, cancelled))

/// One member as the chair's panel and the desk see them.
struct MemberView {
    PersonId person{};
    std::string number;
    std::string name;
    std::string group;
    std::string seat;
    Presence presence = Presence::absent;
    bool has_photo = false;
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (person, number, name, group, seat, presence, has_photo))

/// Somebody admitted to the meeting, as the desk sees them.
struct AttendeeView {
    PersonId person{};
    std::string name;
    AttendeeKind attendee_kind = AttendeeKind::nonvoting_attendee;
    std::string unit;
    std::string seat;
    Presence presence = Presence::absent;
};
BOOST_DESCRIBE_STRUCT(AttendeeView, (), (person, name, attendee_kind, unit, seat, presence))

struct SittingChanged {
    static constexpr std::string_view method = "sitting.changed";
    std::uint64_t seq = 0;
    SittingView sitting;
};
BOOST_DESCRIBE_STRUCT(SittingChanged, (), (seq, sitting))

/// Coalesced: at most ten a second.
struct CountsChanged {
    static constexpr std::string_view method = "counts.changed";
    std::uint64_t seq = 0;
    SittingId sitting{};
    Counts counts;
};
BOOST_DESCRIBE_STRUCT(CountsChanged, (), (seq, sitting, counts))

/// The queue, the speaker or the clock of the floor changed.
struct FloorChanged {
    static constexpr std::string_view method = "floor.changed";
    std::uint64_t seq = 0;
    std::uint64_t at_ms = 0; ///< server clock, for the remaining time
    FloorView floor;
};
BOOST_DESCRIBE_STRUCT(FloorChanged, (), (seq, at_ms, floor))

/// Where one person is now.
struct PersonPresence {
    PersonId person{};
    Presence presence = Presence::absent;
};
BOOST_DESCRIBE_STRUCT(PersonPresence, (), (person, presence))

/// To chair, operator and secretary: whose presence changed since the last one, members and attendees; at
/// most ten times a second.
struct MembersChanged {
    static constexpr std::string_view method = "members.changed";
    std::uint64_t seq = 0;
    SittingId sitting{};
    std::vector<PersonPresence> persons;
};
BOOST_DESCRIBE_STRUCT(MembersChanged, (), (seq, sitting, persons))

} // namespace plenum
