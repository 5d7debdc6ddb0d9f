#pragma once

#include "protocol/event/meeting.hpp"

namespace plenum {

/// Why these cannot be the speaking times of a meeting, or nothing: a limit above a day, a warning before the
/// speech begins.
std::optional<Misfit> check_speaking_times(const SpeakingTimes& times);

} // namespace plenum
