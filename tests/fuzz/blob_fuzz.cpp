// Property: whatever the bytes, reading one of the documents a record names by digest answers, and what is
// accepted is spelled in the one way it is written.
#include "protocol/access_code.hpp"
#include "protocol/private_value.hpp"
#include "protocol/roster.hpp"
#include "protocol/schedule.hpp"

#include <cstdlib>

using namespace plenum;

namespace {

template <class Decoded>
void check(const Decoded& decoded, std::string (*encode)(const typename Decoded::value_type&),
           std::string_view text)
{
    if (decoded && encode(*decoded) != text) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = text_of({data, size});
    check(decode_roster(text), encode_roster, text);
    check(decode_electorate(text), encode_electorate, text);
    check(decode_schedule(text), encode_schedule, text);
    check(decode_private_value(text), encode_private_value, text);
    check(decode_access_codes(text), encode_access_codes, text);
    return 0;
}
