#pragma once

#include "protocol/bytes.hpp"

#include <algorithm>
#include <cstdlib>

// How a fuzz target says that what it claims does not hold.

namespace plenum {

inline void require(bool holds)
{
    if (!holds) std::abort();
}

inline bool same(ByteView left, ByteView right)
{
    return std::ranges::equal(left, right);
}

} // namespace plenum
