#include "server/journal/box_keys.hpp"

#include "tests/support/simulated_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

// Keys of ballot boxes on their disks: durable before anybody speaks of them, whole or lost, gone when
// destroyed.

BOOST_AUTO_TEST_SUITE(box_keys)

using namespace plenum;
using namespace plenum::journal;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

ballot::BoxKey key_of(std::uint8_t first)
{
    ballot::BoxKey key;
    std::ranges::fill(key.fill(), std::uint8_t{9});
    key.fill()[0] = first;
    return key;
}

/// Two disks, of which one may fail.
struct Disks {
    SimulatedDisk own{1};
    SimulatedDisk other{2};
    std::unique_ptr<Directory> data = own.root();

    BoxKeys open(bool with_second = true)
    {
        data = own.root();
        auto keys = BoxKeys::open(*data, with_second ? other.root() : nullptr);
        BOOST_REQUIRE(keys.has_value());
        return std::move(*keys);
    }
};

bool same(const ballot::BoxKey& left, const ballot::BoxKey& right)
{
    return std::ranges::equal(left.reveal(), right.reveal());
}

} // namespace

BOOST_AUTO_TEST_CASE(kept_found_destroyed)
{
    Disks disks;
    auto keys = disks.open();
    BOOST_TEST(keys.copies() == 2U);
    const auto key = key_of(1);
    BOOST_TEST(keys.keep(key).has_value());
    disks.own.cut_power();
    disks.other.cut_power();
    auto later = disks.open();
    const auto found = later.find(hash_of(key));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(same(*found, key));
    BOOST_TEST(later.find(hash_of(key_of(2))).error() == fault(Fault::not_found));

    BOOST_TEST(later.destroy(hash_of(key)).has_value());
    BOOST_TEST(later.destroy(hash_of(key)).has_value());
    disks.own.cut_power();
    disks.other.cut_power();
    BOOST_TEST(disks.open().find(hash_of(key)).error() == fault(Fault::not_found));
    for (const auto* disk : {&disks.own, &disks.other}) {
        for (const auto& path : disk->paths())
            BOOST_TEST(path.find(to_hex(hash_of(key))) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(one_copy_is_enough)
{
    Disks disks;
    const auto key = key_of(1);
    const auto name = to_hex(hash_of(key));
    BOOST_TEST(disks.open().keep(key).has_value());
    disks.own.remove("box_keys/" + name);
    BOOST_TEST(same(*disks.open().find(hash_of(key)), key));
    BOOST_TEST(disks.open(false).find(hash_of(key)).error() == fault(Fault::not_found));
    // A copy of which one bit is another is none, and the other one is taken.
    BOOST_TEST(disks.open().keep(key).has_value());
    disks.own.flip_bit("box_keys/" + name, 5, 1);
    BOOST_TEST(same(*disks.open().find(hash_of(key)), key));
    disks.other.flip_bit(name, 5, 1);
    BOOST_TEST(disks.open().find(hash_of(key)).error() == fault(Fault::not_found));
}

BOOST_AUTO_TEST_CASE(a_disk_that_fails_is_not_a_lost_key)
{
    Disks disks;
    auto keys = disks.open();
    const auto key = key_of(1);
    BOOST_TEST(keys.keep(key).has_value());
    disks.other.remove(to_hex(hash_of(key)));
    disks.own.plan(0, Trouble::io_error);
    const auto found = keys.find(hash_of(key));
    BOOST_REQUIRE(found.has_error());
    BOOST_TEST(found.error() != fault(Fault::not_found));
}

BOOST_AUTO_TEST_CASE(only_what_nobody_wants_is_destroyed)
{
    Disks disks;
    auto keys = disks.open();
    const auto wanted = key_of(1);
    const auto left = key_of(2);
    BOOST_TEST(keys.keep(wanted).has_value());
    BOOST_TEST(keys.keep(left).has_value());
    disks.other.set_content("notes.txt", Bytes{1, 2, 3});
    BOOST_TEST(keys.destroy_others({hash_of(wanted)}).has_value());
    BOOST_TEST(keys.find(hash_of(wanted)).has_value());
    BOOST_TEST(keys.find(hash_of(left)).error() == fault(Fault::not_found));
    BOOST_TEST((disks.other.content("notes.txt") == Bytes{1, 2, 3}));
}

/// The power goes at every operation of keeping a key: what was said to be kept is there, and nothing half
/// written is taken for a key.
BOOST_AUTO_TEST_CASE(power_cut_while_keeping)
{
    for (std::uint64_t at = 0;; ++at) {
        Disks disks;
        auto keys = disks.open(false);
        const auto key = key_of(1);
        disks.own.plan(at, Trouble::power_cut);
        const bool kept = keys.keep(key).has_value();
        const bool is_dark = disks.own.is_dark();
        disks.own.forget_plans();
        disks.own.cut_power();
        auto later = disks.open(false);
        const auto found = later.find(hash_of(key));
        if (kept) BOOST_TEST(found.has_value());
        if (found) BOOST_TEST(same(*found, key));
        BOOST_TEST(later.destroy_others({}).has_value());
        BOOST_TEST(later.find(hash_of(key)).error() == fault(Fault::not_found));
        if (!is_dark) break;
    }
}

BOOST_AUTO_TEST_SUITE_END()
