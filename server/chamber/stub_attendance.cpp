#include "server/chamber/chapters.hpp"
#include "server/chamber/questions.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

Decided decide_command(const State&, const AdmitAttendee&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const DismissAttendee&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const GrantLeave&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const CancelLeave&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const RecordAbsence&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const ClearAbsence&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const AttendeeAdmitted&, const Stamp&) {}

void apply_event(State&, const AttendeeDismissed&, const Stamp&) {}

void apply_event(State&, const LeaveGranted&, const Stamp&) {}

void apply_event(State&, const LeaveCancelled&, const Stamp&) {}

void apply_event(State&, const AbsenceRecorded&, const Stamp&) {}

void apply_event(State&, const AbsenceCleared&, const Stamp&) {}

Answer<AttendeesAnswer> ask(const State&, const Actor&, const ListAttendees&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

Answer<AttendancePage> ask(const State&, const Actor&, const ReadAttendance&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

Answer<PrivateAnswer> ask(const State&, const Actor&, const ReadLeaveReason&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

} // namespace plenum::chamber
