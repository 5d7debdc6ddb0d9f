#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

// Who is there: members in the hall or by video, those who attend without a vote, leave and absence.

namespace plenum {

/// How a member attends. NOTE: append only.
enum class AttendanceMode {
    in_person, ///< votes by console
    remote     ///< 网络视频: present, but votes by hands or named, never by a console ballot (PE-19)
};
BOOST_DESCRIBE_ENUM(AttendanceMode, in_person, remote)

/// Who attends a meeting without being a member. NOTE: append only.
enum class AttendeeKind {
    nonvoting_attendee, ///< 列席: may speak, never votes
    observer,           ///< 旁听: neither speaks nor votes
    staff,              ///< 工作人员
    press               ///< 记者
};
BOOST_DESCRIBE_ENUM(AttendeeKind, nonvoting_attendee, observer, staff, press)

struct SignInOpened {
    static constexpr std::string_view kind = "sign_in.opened";
    SittingId sitting{};
};
BOOST_DESCRIBE_STRUCT(SignInOpened, (), (sitting))

/// A member, or somebody admitted to the meeting, is there.
struct SignedIn {
    static constexpr std::string_view kind = "attendance.signed_in";
    SittingId sitting{};
    PersonId person{};
    AttendanceMode mode = AttendanceMode::in_person;
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (sitting, person, mode))

struct SignedOut {
    static constexpr std::string_view kind = "attendance.signed_out";
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignedOut, (), (sitting, person))

/// Somebody may attend every sitting of this meeting without a vote.
struct AttendeeAdmitted {
    static constexpr std::string_view kind = "attendee.admitted";
    MeetingId meeting{};
    PersonId person{};
    std::string name;
    AttendeeKind attendee_kind = AttendeeKind::nonvoting_attendee;
    std::string unit; ///< organ or post; may be empty
    std::string seat;
};
BOOST_DESCRIBE_STRUCT(AttendeeAdmitted, (), (meeting, person, name, attendee_kind, unit, seat))

struct AttendeeDismissed {
    static constexpr std::string_view kind = "attendee.dismissed";
    MeetingId meeting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(AttendeeDismissed, (), (meeting, person))

/// 请假 was granted for one sitting. Why is nobody's business but the desk's: `reason` is a private blob
/// (protocol/private_value.hpp) that may be erased.
struct LeaveGranted {
    static constexpr std::string_view kind = "leave.granted";
    SittingId sitting{};
    PersonId person{};
    Digest reason;
};
BOOST_DESCRIBE_STRUCT(LeaveGranted, (), (sitting, person, reason))

/// 销假.
struct LeaveCancelled {
    static constexpr std::string_view kind = "leave.cancelled";
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(LeaveCancelled, (), (sitting, person))

/// 未经批准缺席: legally heavy (代表法 62), so a person confirmed it by repeating the member's name; no
/// program ever concludes it.
struct AbsenceRecorded {
    static constexpr std::string_view kind = "absence.recorded";
    SittingId sitting{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(AbsenceRecorded, (), (sitting, person))

struct AbsenceCleared {
    static constexpr std::string_view kind = "absence.cleared";
    SittingId sitting{};
    PersonId person{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AbsenceCleared, (), (sitting, person, reason))

} // namespace plenum
