#include "tests/sim/simulated_house.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>

using namespace plenum::sim;

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise)
{
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

} // namespace

BOOST_AUTO_TEST_CASE(every_story_keeps_every_promise)
{
    const auto seeds = from_environment("PLENUM_SEEDS", 200);
    const auto one = from_environment("PLENUM_SEED", 0);
    if (one != 0) {
        const auto story = play({one, Mutation::none, true});
        BOOST_TEST(!story.violation.has_value(), story.violation.value_or(""));
        return;
    }
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const auto story = play({seed, Mutation::none, false});
        BOOST_TEST(!story.violation.has_value(), "seed " << seed << ": " << story.violation.value_or(""));
    }
}
