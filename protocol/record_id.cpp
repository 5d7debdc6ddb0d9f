#include "protocol/record_id.hpp"

#include "protocol/assert.hpp"
#include "protocol/digest.hpp"

#include <algorithm>

namespace plenum {
namespace {

void write_text(Writer& writer, std::string_view text)
{
    PLENUM_ASSERT(text.size() <= 0xffff);
    writer.u16_be(static_cast<std::uint16_t>(text.size()));
    writer.raw(text);
}

} // namespace

RecordId record_id(std::string_view origin, std::string_view kind, std::uint64_t seq)
{
    Writer writer;
    writer.raw("plenum/id/v1");
    write_text(writer, origin);
    write_text(writer, kind);
    writer.u64_be(seq);
    const auto digest = sha256(writer.bytes());
    RecordId id;
    std::copy_n(digest.bytes.begin(), id.size(), id.begin());
    return id;
}

} // namespace plenum
