#include "protocol/audit/record.hpp"

// Placeholder while the chapter is written.

namespace plenum::audit {

void follow(Record&, const MeetingNotified&) {}

void follow(Record&, const MeetingClosed&) {}

void follow(Record&, const MeetingArchived&) {}

void follow(Record&, const ScheduleSet&) {}

} // namespace plenum::audit
