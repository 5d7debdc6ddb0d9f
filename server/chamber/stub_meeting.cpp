#include "server/chamber/chapters.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

Decided decide_command(const State&, const NotifyMeeting&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const CloseMeeting&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const ArchiveMeeting&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const SetSchedule&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const MeetingNotified&, const Stamp&) {}

void apply_event(State&, const MeetingClosed&, const Stamp&) {}

void apply_event(State&, const MeetingArchived&, const Stamp&) {}

void apply_event(State&, const ScheduleSet&, const Stamp&) {}

} // namespace plenum::chamber
