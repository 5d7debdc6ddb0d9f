#include "protocol/roster.hpp"
#include "server/intake/roster_file.hpp"

#include <cstdint>
#include <cstdlib>

// Property: whatever the bytes, reading a roster answers; a fault is said in both languages, and what is
// accepted has at least one member and no more than the limit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto rows = plenum::intake::read_roster(plenum::text_of({data, size}));
    if (!rows) {
        if (rows.error().reason.zh.empty() || rows.error().reason.en.empty()) std::abort();
        return 0;
    }
    if (rows->empty() || rows->size() > plenum::roster_members_max) std::abort();
    return 0;
}
