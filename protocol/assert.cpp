#include "protocol/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace plenum {

void assertion_failed(const char* claim, const char* file, int line)
{
    std::fprintf(stderr, "plenum: bug: %s (%s:%d)\n", claim, file, line);
    std::abort();
}

} // namespace plenum
