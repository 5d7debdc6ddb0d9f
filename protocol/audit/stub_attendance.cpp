#include "protocol/audit/record.hpp"

// Placeholder while the chapter is written.

namespace plenum::audit {

void follow(Record&, const AttendeeAdmitted&) {}

void follow(Record&, const AttendeeDismissed&) {}

void follow(Record&, const LeaveGranted&) {}

void follow(Record&, const LeaveCancelled&) {}

void follow(Record&, const AbsenceRecorded&) {}

void follow(Record&, const AbsenceCleared&) {}

} // namespace plenum::audit
