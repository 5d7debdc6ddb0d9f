#include "protocol/speaking_times.hpp"

namespace plenum {
namespace {

constexpr std::uint32_t day_ms = 24 * 60 * 60 * 1000;

} // namespace

std::optional<Misfit> check_speaking_times(const SpeakingTimes& times)
{
    if (times.first_ms > day_ms) return Misfit{"speaking.first_ms", "at most 86400000"};
    if (times.second_ms > day_ms) return Misfit{"speaking.second_ms", "at most 86400000"};
    // Without a limit there is no end to warn of, and the default may stand.
    const auto warn_max = times.first_ms == 0 ? day_ms : times.first_ms;
    if (times.warn_ms > warn_max) return Misfit{"speaking.warn_ms", "at most first_ms"};
    return std::nullopt;
}

} // namespace plenum
