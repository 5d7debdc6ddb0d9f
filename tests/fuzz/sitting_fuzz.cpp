// Property: whatever the bytes, a recorded sitting and a list of access codes are read or refused in words.
#include "clients/replay/codes_file.hpp"
#include "clients/replay/sitting_file.hpp"
#include "protocol/bytes.hpp"

#include <cstdlib>

using namespace plenum;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = text_of({data, size});
    const auto sitting = replay::read_sitting(text);
    if (!sitting && sitting.error().sentence.empty()) std::abort();
    const auto codes = replay::read_codes(text);
    if (!codes && codes.error().sentence.empty()) std::abort();
    return 0;
}
