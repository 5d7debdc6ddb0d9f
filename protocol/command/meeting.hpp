#pragma once

#include "protocol/event/meeting.hpp"
#include "protocol/role.hpp"
#include "protocol/schedule.hpp"

// Meetings, their schedule, their sittings, and what the hall shows.

namespace plenum {

struct CreateMeeting {
    static constexpr std::string_view method = "meeting.create";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::string title;
    std::uint32_t term_no = 0;
    std::uint32_t session_no = 0;
    Threshold quorum;
    MeetingKind meeting_kind = MeetingKind::other;
    SpeakingTimes speaking{};
    std::optional<std::string> made_from{}; ///< the id of the template it is made from
};
BOOST_DESCRIBE_STRUCT(CreateMeeting, (),
                      (body, title, term_no, session_no, quorum, meeting_kind, speaking, made_from))

struct NotifyMeeting {
    static constexpr std::string_view method = "meeting.notify";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string note;
};
BOOST_DESCRIBE_STRUCT(NotifyMeeting, (), (meeting, note))

struct CloseMeeting {
    static constexpr std::string_view method = "meeting.close";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(CloseMeeting, (), (meeting))

/// Calls off a meeting of which no sitting has begun, with all its sittings. It stays in the record.
struct CancelMeeting {
    static constexpr std::string_view method = "meeting.cancel";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CancelMeeting, (), (meeting, reason))

struct ArchiveMeeting {
    static constexpr std::string_view method = "meeting.archive";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
};
BOOST_DESCRIBE_STRUCT(ArchiveMeeting, (), (meeting))

/// Replaces the schedule of a meeting.
struct SetSchedule {
    static constexpr std::string_view method = "schedule.set";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::vector<ScheduleRow> rows;
};
BOOST_DESCRIBE_STRUCT(SetSchedule, (), (meeting, rows))

/// A sitting of the meeting's own body; or of a presidium or delegation of it, with that body's quorum.
struct CreateSitting {
    static constexpr std::string_view method = "sitting.create";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string title;
    std::optional<BodyId> body{};
    std::optional<Threshold> quorum{};
};
BOOST_DESCRIBE_STRUCT(CreateSitting, (), (meeting, title, body, quorum))

/// Calls off a sitting that nobody has come to: of a presidium or delegation that was not needed, say. It
/// stays in the record as closed.
struct CancelSitting {
    static constexpr std::string_view method = "sitting.cancel";
    static constexpr Right right = Right::prepare;
    SittingId sitting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CancelSitting, (), (sitting, reason))

/// Sets how long one may speak in this sitting, from the next speech on; without it the times of the meeting
/// hold.
struct SetSpeakingTimes {
    static constexpr std::string_view method = "speaking_times.set";
    static constexpr Right right = Right::prepare;
    SittingId sitting{};
    SpeakingTimes speaking{};
};
BOOST_DESCRIBE_STRUCT(SetSpeakingTimes, (), (sitting, speaking))

struct OpenSitting {
    static constexpr std::string_view method = "sitting.open";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(OpenSitting, (), (sitting))

struct RecessSitting {
    static constexpr std::string_view method = "sitting.recess";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecessSitting, (), (sitting, reason))

struct ResumeSitting {
    static constexpr std::string_view method = "sitting.resume";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(ResumeSitting, (), (sitting))

struct CloseSitting {
    static constexpr std::string_view method = "sitting.close";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(CloseSitting, (), (sitting))

struct LendConduct {
    static constexpr std::string_view method = "conduct.lend";
    static constexpr Right right = Right::chair;
    SittingId sitting{};
    bool lent = false;
};
BOOST_DESCRIBE_STRUCT(LendConduct, (), (sitting, lent))

/// Sets what one hall screen shows; a screen is known by its name from the first time it is set.
struct ShowInHall {
    static constexpr std::string_view method = "hall.show";
    static constexpr Right right = Right::show;
    SittingId sitting{};
    std::string screen;
    HallContent content = HallContent::automatic;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(ShowInHall, (), (sitting, screen, content, message))

} // namespace plenum
