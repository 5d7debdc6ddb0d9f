#include "server/journal/store.hpp"

namespace plenum::journal {

Digest sealed_section_digest(const std::vector<Bytes>& sealed)
{
    plenum::Writer section; // The journal has another Writer.
    for (const auto& record : sealed) {
        section.u16_be(static_cast<std::uint16_t>(record.size()));
        section.raw(record);
    }
    return sha256(section.bytes());
}

std::size_t Group::bytes() const
{
    std::size_t bytes = 0;
    for (const auto& entry : entries)
        bytes += entry.size();
    for (const auto& record : sealed)
        bytes += record.size();
    return bytes;
}

} // namespace plenum::journal
