#include "tests/sim/world.hpp"

#include <cstdio>

namespace plenum::sim {

void Trace::say(std::uint64_t at_us, std::string_view what, std::uint64_t number, std::string_view text)
{
    constexpr std::size_t shown_bytes = 300;
    std::printf("%10llu us  %-22.*s %llu  %.*s\n", static_cast<unsigned long long>(at_us),
                static_cast<int>(what.size()), what.data(), static_cast<unsigned long long>(number),
                static_cast<int>(std::min(text.size(), shown_bytes)), text.data());
}

Census& Census::operator+=(const Census& other)
{
    constexpr std::size_t figures = sizeof(Census) / sizeof(std::uint64_t);
    auto* mine = reinterpret_cast<std::uint64_t*>(this);
    const auto* theirs = reinterpret_cast<const std::uint64_t*>(&other);
    for (std::size_t at = 0; at < figures; ++at)
        mine[at] += theirs[at];
    return *this;
}

} // namespace plenum::sim
