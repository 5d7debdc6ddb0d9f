// Property: whatever is typed into the search is looked for, or refused as holding no word; it is never taken
// for a query language.
#include "server/records/records.hpp"
#include "server/records/words.hpp"

#include <cstdlib>

using namespace plenum;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static auto opened = records::Records::open(":memory:", "plenum.test/fuzz");
    if (!opened) std::abort();
    const std::string typed(text_of({data, size}));
    const auto found = opened->search(typed, 5);
    if (!found && found.error() != fault(Fault::malformed)) std::abort();
    if (is_utf8(typed) && !is_utf8(records::spaced(typed))) std::abort();
    return 0;
}
