#pragma once

#include "protocol/command.hpp"
#include "tests/sim/random.hpp"

namespace plenum::sim {

/// A rule as the secretariat might write it, for a body with these groups.
RuleProfile draw_profile(Random& random, const std::vector<std::string>& groups);

/// Any command with any content: ids up to `ids`, texts that people really type, figures at the edges.
Command draw_any_command(Random& random, std::uint64_t ids);

/// A text that is no request, or a request bent in one place.
std::string draw_babble(Random& random, std::uint64_t ids);

} // namespace plenum::sim
