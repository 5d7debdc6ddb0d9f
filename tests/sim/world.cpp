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

namespace {

template <class Use>
void each_figure(Use&& use)
{
    boost::mp11::mp_for_each<boost::describe::describe_members<Census, boost::describe::mod_public>>(use);
}

} // namespace

Census& operator+=(Census& sum, const Census& other)
{
    each_figure([&](auto figure) { sum.*figure.pointer += other.*figure.pointer; });
    return sum;
}

std::string describe(const Census& census)
{
    std::string line;
    each_figure([&](auto figure) {
        line += std::string(figure.name) + ' ' + std::to_string(census.*figure.pointer) + ", ";
    });
    return line.substr(0, line.size() - 2);
}

std::string missing(const Census& census)
{
    std::string names;
    each_figure([&](auto figure) {
        if (census.*figure.pointer == 0) names += std::string(figure.name) + ' ';
    });
    return names;
}

} // namespace plenum::sim
