#include "tests/sim/world.hpp"

#include "protocol/command.hpp"

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

template <class Use>
void each_method(Use&& use)
{
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Command>>(
        [&]<class C>(boost::mp11::mp_identity<C>) { use(std::string(C::method)); });
}

} // namespace

Census& operator+=(Census& sum, const Census& other)
{
    each_figure([&](auto figure) { sum.*figure.pointer += other.*figure.pointer; });
    for (const auto& [method, count] : other.accepted)
        sum.accepted[method] += count;
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

std::string describe_accepted(const Census& census)
{
    std::string lines;
    each_method([&](const std::string& method) {
        const auto found = census.accepted.find(method);
        lines +=
            "  " + method + " " + std::to_string(found == census.accepted.end() ? 0 : found->second) + "\n";
    });
    return lines;
}

std::string missing(const Census& census)
{
    std::string names;
    each_figure([&](auto figure) {
        if (census.*figure.pointer == 0) names += std::string(figure.name) + ' ';
    });
    each_method([&](const std::string& method) {
        if (!census.accepted.contains(method)) names += method + ' ';
    });
    return names;
}

} // namespace plenum::sim
