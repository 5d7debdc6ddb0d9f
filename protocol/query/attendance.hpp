#pragma once

#include "protocol/view.hpp"

// What may be asked about attendance: who was admitted, who came and went when, how often, and why somebody
// is on leave.

namespace plenum {

/// Those admitted to the meeting of a sitting. Chair, operator and secretary.
struct ListAttendees {
    static constexpr std::string_view method = "attendees.list";
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(ListAttendees, (), (sitting))

/// Everybody admitted to the meeting, in the order of their numbers.
struct AttendeesAnswer {
    std::uint64_t seq = 0;
    std::vector<AttendeeView> attendees;
};
BOOST_DESCRIBE_STRUCT(AttendeesAnswer, (), (seq, attendees))

/// Who came and went when, oldest first: of one person, or of everybody. Chair, operator and secretary.
struct ReadAttendance {
    static constexpr std::string_view method = "attendance.read";
    SittingId sitting{};
    std::optional<PersonId> person;
    std::uint32_t from = 0;
    std::uint32_t limit = 500;
};
BOOST_DESCRIBE_STRUCT(ReadAttendance, (), (sitting, person, from, limit))

/// One fact of the attendance history.
struct AttendanceLine {
    PersonId person{};
    std::string name;
    Presence presence = Presence::absent;
    std::uint64_t at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(AttendanceLine, (), (person, name, presence, at_ms))

/// One page of attendance.read.
struct AttendancePage {
    std::uint64_t seq = 0;
    std::uint32_t total = 0;
    std::vector<AttendanceLine> lines;
};
BOOST_DESCRIBE_STRUCT(AttendancePage, (), (seq, total, lines))

/// How often whom was due, came, came late, left, was on leave or absent: by sitting of a meeting, and by
/// member over all its sittings. Sittings that have not opened are left out. Chair, operator and secretary.
struct ReadStatistics {
    static constexpr std::string_view method = "attendance.statistics";
    MeetingId meeting{};
    std::uint32_t from = 0; ///< of the members
    std::uint32_t limit = 1'000;
};
BOOST_DESCRIBE_STRUCT(ReadStatistics, (), (meeting, from, limit))

/// due = present + on_leave + absent + suspended. Whoever came is present, whatever became of it later.
struct AttendanceTally {
    std::uint32_t due = 0;
    std::uint32_t present = 0;              ///< 出席: was there
    std::uint32_t late = 0;                 ///< 迟到: of those present, came after the opening
    std::uint32_t left = 0;                 ///< 早退: of those present, was not there at the end
    std::uint32_t on_leave = 0;             ///< 请假
    std::uint32_t absent = 0;               ///< 缺席, without leave on record
    std::uint32_t absent_without_leave = 0; ///< 未经批准缺席: of those absent, confirmed by a person
    std::uint32_t suspended = 0;            ///< 暂停职务: might not come

    bool operator==(const AttendanceTally&) const = default;
};
BOOST_DESCRIBE_STRUCT(AttendanceTally, (),
                      (due, present, late, left, on_leave, absent, absent_without_leave, suspended))

/// One sitting that has opened.
struct SittingAttendance {
    SittingId sitting{};
    std::string title;
    std::string body_name;
    std::uint64_t opened_at_ms = 0;
    AttendanceTally tally; ///< of its members
};
BOOST_DESCRIBE_STRUCT(SittingAttendance, (), (sitting, title, body_name, opened_at_ms, tally))

/// One member over the sittings the member was due in.
struct MemberAttendance {
    PersonId person{};
    std::string number;
    std::string name;
    std::string group;
    AttendanceTally tally; ///< of sittings
};
BOOST_DESCRIBE_STRUCT(MemberAttendance, (), (person, number, name, group, tally))

/// The sittings in order, and one page of the members, in the order of their numbers in the log.
struct AttendanceStatistics {
    std::uint64_t seq = 0;
    std::vector<SittingAttendance> sittings;
    std::uint32_t total = 0; ///< members
    std::vector<MemberAttendance> members;
};
BOOST_DESCRIBE_STRUCT(AttendanceStatistics, (), (seq, sittings, total, members))

/// Why leave was granted, as long as it has not been erased. Secretary and operator.
struct ReadLeaveReason {
    static constexpr std::string_view method = "leave.read";
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(ReadLeaveReason, (), (sitting, person))

} // namespace plenum
