#pragma once

#include <cstdlib>
#include <filesystem>

namespace plenum::testing {

/// The folder of real sittings, elections, rosters and vectors: $PLENUM_DATA, or beside the sources. It need
/// not be there; tests that want it then say that they are skipped.
inline std::filesystem::path published_data()
{
    const char* named = std::getenv("PLENUM_DATA");
    if (named != nullptr) return named;
    return std::filesystem::path(PLENUM_SOURCE_DIR) / ".." / "shared" / "data";
}

} // namespace plenum::testing
