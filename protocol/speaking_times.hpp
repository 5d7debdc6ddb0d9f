#pragma once

#include "protocol/event/meeting.hpp"

namespace plenum {

/// By how much a speech is extended at a time; milliseconds.
inline constexpr std::uint32_t speech_extension_ms_max = 3'600'000;

/// Why these cannot be the speaking times of a meeting, or nothing: a limit above a day, a warning before the
/// speech begins.
std::optional<Misfit> check_speaking_times(const SpeakingTimes& times);

} // namespace plenum
