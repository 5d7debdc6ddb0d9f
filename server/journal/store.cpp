#include "server/journal/store.hpp"

namespace plenum::journal {

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
