#pragma once

#include <cstdint>

namespace plenum::testing {

/// How many random stories a test plays: all of them, or a third where every instruction is watched by a
/// sanitizer and costs several times as much. What must have happened in them is scaled alike.
constexpr std::uint64_t stories(std::uint64_t without_sanitizer)
{
#ifdef PLENUM_SANITIZED
    return without_sanitizer / 3;
#else
    return without_sanitizer;
#endif
}

} // namespace plenum::testing
