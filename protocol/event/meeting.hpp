#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"
#include "protocol/rules/profile.hpp"

// Meetings, their schedule and their sittings.

namespace plenum {

/// What a meeting is in law. NOTE: append only.
enum class MeetingKind {
    congress_session,    ///< 人代会
    standing_committee,  ///< 常委会会议
    council_of_chairs,   ///< 主任会议
    mid_year,            ///< 年中会议 as a report meeting: evaluations only
    town_congress,       ///< 乡镇人代会, 季会
    street_deliberation, ///< 议事代表会议
    other
};
BOOST_DESCRIBE_ENUM(MeetingKind, congress_session, standing_committee, council_of_chairs, mid_year,
                    town_congress, street_deliberation, other)

/// How long one may speak on one matter, by body and kind of meeting (domain 2.9). Milliseconds; 0 in a limit
/// means that there is none.
struct SpeakingTimes {
    std::uint32_t first_ms = 600'000;
    std::uint32_t second_ms = 300'000; ///< speaking again on the same item
    std::uint32_t warn_ms = 60'000;    ///< before the end
    std::uint32_t speeches_max = 2;    ///< on the same item; 0: no limit

    bool operator==(const SpeakingTimes&) const = default;
};
BOOST_DESCRIBE_STRUCT(SpeakingTimes, (), (first_ms, second_ms, warn_ms, speeches_max))

struct MeetingCreated {
    static constexpr std::string_view kind = "meeting.created";
    BodyId body{};
    std::string title;
    std::uint32_t term_no = 0;    ///< 届
    std::uint32_t session_no = 0; ///< 次
    Threshold quorum;             ///< of the members due
    MeetingKind meeting_kind = MeetingKind::other;
    SpeakingTimes speaking{};
    Later<std::string> made_from{}; ///< 会议模板: the id of the template (schemas/meetings), where it has one
};
BOOST_DESCRIBE_STRUCT(MeetingCreated, (),
                      (body, title, term_no, session_no, quorum, meeting_kind, speaking, made_from))

/// 会议通知 went out, with the agenda as it stood.
struct MeetingNotified {
    static constexpr std::string_view kind = "meeting.notified";
    MeetingId meeting{};
    std::string note; ///< to whom and how
};
BOOST_DESCRIBE_STRUCT(MeetingNotified, (), (meeting, note))

/// 闭会: every sitting is closed and no further one begins.
struct MeetingClosed {
    static constexpr std::string_view kind = "meeting.closed";
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(MeetingClosed, (), (meeting))

/// The meeting was called off before any sitting of it began; its sittings are closed with it.
struct MeetingCancelled {
    static constexpr std::string_view kind = "meeting.cancelled";
    MeetingId meeting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MeetingCancelled, (), (meeting, reason))

/// 归档: nothing of the meeting changes any more, except by correction.
struct MeetingArchived {
    static constexpr std::string_view kind = "meeting.archived";
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(MeetingArchived, (), (meeting))

/// 日程: when what happens. The blob is a Schedule (protocol/schedule.hpp) and replaces the one before.
struct ScheduleSet {
    static constexpr std::string_view kind = "schedule.set";
    MeetingId meeting{};
    Digest schedule;
    std::uint32_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(ScheduleSet, (), (meeting, schedule, rows))

/// `body` is empty for a sitting of the meeting's own body, or names the presidium or delegation that sits
/// during the meeting; then `quorum` is that body's.
struct SittingCreated {
    static constexpr std::string_view kind = "sitting.created";
    MeetingId meeting{};
    std::string title;
    std::optional<BodyId> body{};
    std::optional<Threshold> quorum{};
};
BOOST_DESCRIBE_STRUCT(SittingCreated, (), (meeting, title, body, quorum))

/// How long one may speak in this sitting from now on, instead of the times of the meeting.
struct SpeakingTimesSet {
    static constexpr std::string_view kind = "speaking_times.set";
    SittingId sitting{};
    SpeakingTimes speaking{};
};
BOOST_DESCRIBE_STRUCT(SpeakingTimesSet, (), (sitting, speaking))

/// 现在开会: due and present as announced, with the quorum that was needed.
struct SittingOpened {
    static constexpr std::string_view kind = "sitting.opened";
    SittingId sitting{};
    std::uint32_t due = 0;
    std::uint32_t present = 0;
    std::uint32_t quorum = 0;
};
BOOST_DESCRIBE_STRUCT(SittingOpened, (), (sitting, due, present, quorum))

struct SittingRecessed {
    static constexpr std::string_view kind = "sitting.recessed";
    SittingId sitting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SittingRecessed, (), (sitting, reason))

struct SittingResumed {
    static constexpr std::string_view kind = "sitting.resumed";
    SittingId sitting{};
    std::uint32_t present = 0;
    std::uint32_t quorum = 0;
};
BOOST_DESCRIBE_STRUCT(SittingResumed, (), (sitting, present, quorum))

struct SittingClosed {
    static constexpr std::string_view kind = "sitting.closed";
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SittingClosed, (), (sitting))

/// A sitting that nobody had come to will not be held; it is closed with its reason.
struct SittingCancelled {
    static constexpr std::string_view kind = "sitting.cancelled";
    SittingId sitting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SittingCancelled, (), (sitting, reason))

/// The chair lent `conduct` (open, hold, close) to the operator, or took it back.
struct ConductLent {
    static constexpr std::string_view kind = "conduct.lent";
    SittingId sitting{};
    bool lent = false;
};
BOOST_DESCRIBE_STRUCT(ConductLent, (), (sitting, lent))

/// What a hall screen shows. NOTE: append only.
enum class HallContent {
    automatic,  ///< whatever is going on: the vote, the speaker, the item, the recess
    attendance, ///< due, present, absent
    agenda,
    item,
    vote,
    speaker,
    message,
    blank
};
BOOST_DESCRIBE_ENUM(HallContent, automatic, attendance, agenda, item, vote, speaker, message, blank)

/// What the screen of this name shows from now on in this sitting.
struct HallShown {
    static constexpr std::string_view kind = "hall.shown";
    SittingId sitting{};
    std::string screen; ///< like `main` or `podium`
    HallContent content = HallContent::automatic;
    std::string message; ///< empty unless content is message
};
BOOST_DESCRIBE_STRUCT(HallShown, (), (sitting, screen, content, message))

} // namespace plenum
