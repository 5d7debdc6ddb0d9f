#pragma once

#include "tests/sim/mutation.hpp"
#include "tests/sim/world.hpp"

#include <optional>

namespace plenum::sim {

/// One story: which, with what planted in it, and whether to print what happens.
struct StoryOptions {
    std::uint64_t seed = 0;
    Mutation mutation = Mutation::none;
    bool print = false;
};

/// How it went.
struct Story {
    std::uint64_t trace = 0; ///< the same for the same seed, always
    Census census;
    std::optional<std::string> violation; ///< empty: every invariant held
};

/// Founds a house, lets people work in it while everything around it fails, then lets it come to rest. One
/// seed is one story on one thread: disk, network, clocks and people are simulated, everything of the server
/// but its sockets is real.
Story play(const StoryOptions& options);

} // namespace plenum::sim
