#include "protocol/roster.hpp"
#include "server/intake/roster_file.hpp"

#include <cstdint>
#include <cstdlib>

// Property: whatever the bytes, in UTF-8, GB18030 or neither, reading a roster answers; a fault is said in
// both languages, and what is accepted has at least one member, no more than the limit, and only UTF-8 in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto rows = plenum::intake::read_roster(plenum::text_of({data, size}));
    if (!rows) {
        if (rows.error().reason.zh.empty() || rows.error().reason.en.empty()) std::abort();
        return 0;
    }
    if (rows->empty() || rows->size() > plenum::roster_members_max) std::abort();
    for (const auto& row : *rows) {
        for (const auto* cell : {&row.number, &row.name, &row.group, &row.seat})
            if (!plenum::is_utf8(*cell)) std::abort();
    }
    return 0;
}
