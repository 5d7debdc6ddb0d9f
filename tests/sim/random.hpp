#pragma once

#include "protocol/access_code.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>

namespace plenum::sim {

/// splitmix64: small, fast, and the same on every machine, so that a seed names one story for ever.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
        return mixed ^ (mixed >> 31);
    }
    /// From 0 to `limit` - 1.
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    /// Both ends included.
    std::uint64_t between(std::uint64_t low, std::uint64_t high) { return low + below(high - low + 1); }
    bool chance(std::uint64_t permille) { return below(1000) < permille; }
    /// One of the elements of something that is not empty.
    template <class Container>
    auto& pick(Container& container)
    {
        return container[static_cast<std::size_t>(below(std::size(container)))];
    }
    template <class T>
    T pick(std::initializer_list<T> values)
    {
        return values.begin()[below(values.size())];
    }
    Seed seed()
    {
        Seed bytes{};
        for (std::size_t at = 0; at < bytes.size(); ++at)
            bytes[at] = static_cast<std::uint8_t>(next() >> 32);
        return bytes;
    }

private:
    std::uint64_t state_;
};

} // namespace plenum::sim
