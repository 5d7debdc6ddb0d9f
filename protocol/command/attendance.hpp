#pragma once

#include "protocol/event/attendance.hpp"
#include "protocol/role.hpp"

// What may be asked for about attendance, by members themselves and by the desk.

namespace plenum {

struct OpenSignIn {
    static constexpr std::string_view method = "sign_in.open";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(OpenSignIn, (), (sitting))

/// A member signs in by the console.
struct SignIn {
    static constexpr std::string_view method = "attendance.sign_in";
    static constexpr Right right = Right::attend;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (sitting))

struct SignOut {
    static constexpr std::string_view method = "attendance.sign_out";
    static constexpr Right right = Right::attend;
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SignOut, (), (sitting))

/// The desk signs somebody in (补签到): a member, in person or by video, or somebody admitted to the meeting.
/// A member who is there already may be signed in the other way.
struct SignInFor {
    static constexpr std::string_view method = "attendance.sign_in_for";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
    AttendanceMode mode = AttendanceMode::in_person;
};
BOOST_DESCRIBE_STRUCT(SignInFor, (), (sitting, person, mode))

struct SignOutFor {
    static constexpr std::string_view method = "attendance.sign_out_for";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignOutFor, (), (sitting, person))

/// Admits somebody who is no member to a meeting: a known person, or a new one when only a name is given.
struct AdmitAttendee {
    static constexpr std::string_view method = "attendee.admit";
    static constexpr Right right = Right::keep_attendance;
    MeetingId meeting{};
    std::optional<PersonId> person;
    std::string name;
    AttendeeKind attendee_kind = AttendeeKind::nonvoting_attendee;
    std::string unit;
    std::string seat;
};
BOOST_DESCRIBE_STRUCT(AdmitAttendee, (), (meeting, person, name, attendee_kind, unit, seat))

struct DismissAttendee {
    static constexpr std::string_view method = "attendee.dismiss";
    static constexpr Right right = Right::keep_attendance;
    MeetingId meeting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(DismissAttendee, (), (meeting, person))

/// `reason` goes to the private store.
struct GrantLeave {
    static constexpr std::string_view method = "leave.grant";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(GrantLeave, (), (sitting, person, reason))

struct CancelLeave {
    static constexpr std::string_view method = "leave.cancel";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(CancelLeave, (), (sitting, person))

/// 未经批准缺席. `confirm` repeats the member's name: nobody gets this by a slip of the hand.
struct RecordAbsence {
    static constexpr std::string_view method = "absence.record";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
    std::string confirm;
};
BOOST_DESCRIBE_STRUCT(RecordAbsence, (), (sitting, person, confirm))

struct ClearAbsence {
    static constexpr std::string_view method = "absence.clear";
    static constexpr Right right = Right::keep_attendance;
    SittingId sitting{};
    PersonId person{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ClearAbsence, (), (sitting, person, reason))

} // namespace plenum
