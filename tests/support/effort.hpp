#pragma once

#include <cstdint>

namespace plenum::testing {

/// Whether a sanitizer watches every instruction.
#ifdef PLENUM_SANITIZED
inline constexpr bool is_watched = true;
#else
inline constexpr bool is_watched = false;
#endif

/// How many random stories a test plays: all of them, or a third where every instruction is watched by a
/// sanitizer and costs several times as much. What must have happened in them is scaled alike.
constexpr std::uint64_t stories(std::uint64_t without_sanitizer)
{
    return is_watched ? without_sanitizer / 3 : without_sanitizer;
}

} // namespace plenum::testing
