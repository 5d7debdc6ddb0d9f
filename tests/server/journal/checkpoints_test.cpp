#include "server/journal/checkpoints.hpp"
#include "tests/server/journal/log_fixture.hpp"
#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(checkpoints_test)

using namespace plenum;
using namespace plenum::journal;
using namespace plenum::journal::fixture;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

std::string note_for(std::uint64_t size)
{
    return sign_checkpoint({origin, size, sha256(std::to_string(size))}, log_key());
}

} // namespace

BOOST_AUTO_TEST_CASE(published_checkpoints_are_kept_for_ever_and_the_largest_is_the_newest)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
    BOOST_TEST_REQUIRE(checkpoints.has_value());
    BOOST_TEST((*checkpoints->newest() == std::nullopt));
    for (const std::uint64_t size : {3u, 20u, 100u, 100u, 7u})
        BOOST_TEST(checkpoints->publish(note_for(size)).has_value());
    BOOST_TEST((*checkpoints->newest())->size == 100u);
    BOOST_TEST((*checkpoints->sizes() == std::vector<std::uint64_t>{3, 7, 20, 100}));
    BOOST_TEST(*checkpoints->note_of(20) == note_for(20));
    BOOST_TEST(text_of(disk.content("checkpoints/newest")) == note_for(100));
    BOOST_TEST((checkpoints->note_of(21).error() == fault(Fault::not_found)));
}

BOOST_AUTO_TEST_CASE(only_the_logs_own_signed_checkpoints_are_published)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
    std::string changed = note_for(3);
    changed[changed.find("\n3\n") + 1] = '4';
    const std::string foreign =
        sign_checkpoint({origin, 3, Digest{}}, SigningKey{std::array<std::uint8_t, 32>{}});
    for (const auto& note : {std::string(), std::string("text"), changed, foreign})
        BOOST_TEST(checkpoints->publish(note).has_error());
    BOOST_TEST(disk.paths().empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_newest_file_is_replaced_by_the_largest_kept_one)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
    for (const std::uint64_t size : {3u, 20u, 100u})
        BOOST_TEST_REQUIRE(checkpoints->publish(note_for(size)).has_value());
    disk.flip_bit("checkpoints/newest", 25, 0);
    BOOST_TEST((*checkpoints->newest())->size == 100u);
    disk.flip_bit("checkpoints/100", 25, 0);
    BOOST_TEST((*checkpoints->newest())->size == 20u);
    for (const char* name : {"checkpoints/20", "checkpoints/3"})
        disk.flip_bit(name, 25, 0);
    BOOST_TEST((checkpoints->newest().error() == fault(Fault::corrupt)));
}

BOOST_AUTO_TEST_CASE(a_published_checkpoint_survives_every_power_cut)
{
    for (std::uint64_t seed = 0; seed < testing::stories(200); ++seed) {
        SimulatedDisk disk(seed);
        std::uint64_t published = 0;
        {
            const auto data = disk.root();
            auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
            disk.plan(seed % 40, Trouble::power_cut);
            while (checkpoints->publish(note_for(published + 1)))
                ++published;
        }
        disk.forget_plans();
        disk.cut_power();
        const auto data = disk.root();
        const auto newest = PublishedCheckpoints::open(*data, log_verifier())->newest();
        BOOST_TEST_REQUIRE(newest.has_value(), "seed " << seed);
        const std::uint64_t size = *newest ? (*newest)->size : 0;
        BOOST_TEST((size == published || size == published + 1), "seed " << seed);
    }
}

BOOST_AUTO_TEST_SUITE_END()
