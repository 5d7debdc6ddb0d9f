#include "server/journal/blob_store.hpp"
#include "server/journal/posix_file.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/simulated_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <thread>

BOOST_AUTO_TEST_SUITE(blob_store_test)

using namespace plenum;
using namespace plenum::journal;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

Bytes blob_of(std::string_view text)
{
    const auto view = bytes_of(text);
    return {view.begin(), view.end()};
}

std::string path_of(const std::string& store, const Digest& digest)
{
    const std::string hex = to_hex(digest);
    return store + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_blob_is_found_by_its_digest_and_by_nothing_else)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto blobs = BlobStore::open(*data);
    BOOST_TEST_REQUIRE(blobs.has_value());
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{100'000}}) {
        const Bytes content(size, 42);
        const auto digest = blobs->put(content);
        BOOST_TEST_REQUIRE(digest.has_value());
        BOOST_TEST((*digest == sha256(content)));
        BOOST_TEST((*blobs->put(content) == *digest)); // Again is harmless.
        BOOST_TEST((*blobs->get(*digest) == content));
        BOOST_TEST(blobs->contains(*digest));
        BOOST_TEST((disk.content(path_of("blobs", *digest)) == content));
    }
    const Digest absent = sha256("absent");
    BOOST_TEST((blobs->get(absent).error() == fault(Fault::not_found)));
    BOOST_TEST(!blobs->contains(absent));
}

BOOST_AUTO_TEST_CASE(a_blob_beyond_the_limit_is_refused)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto blobs = BlobStore::open(*data);
    BOOST_TEST((blobs->put(Bytes(blob_bytes_max + 1)).error() == fault(Fault::out_of_range)));
    BOOST_TEST(disk.paths().empty());
}

BOOST_AUTO_TEST_CASE(a_changed_blob_is_noticed_and_repaired_by_putting_it_again)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto blobs = BlobStore::open(*data);
    const auto digest = blobs->put(blob_of("the text put to the vote"));
    disk.flip_bit(path_of("blobs", *digest), 4, 1);
    BOOST_TEST((blobs->get(*digest).error() == fault(Fault::bad_digest)));
    BOOST_TEST(blobs->put(blob_of("the text put to the vote")).has_value());
    BOOST_TEST(blobs->get(*digest).has_value());
}

BOOST_AUTO_TEST_CASE(a_blob_whose_put_returned_survives_every_power_cut_and_no_half_one_is_ever_served)
{
    std::uint64_t cut_before = 0;
    for (std::uint64_t seed = 0; seed < testing::stories(200); ++seed) {
        SimulatedDisk disk(seed);
        const Bytes kept(3'000, 1);
        const Bytes content(5'000, static_cast<std::uint8_t>(seed));
        bool returned = false;
        {
            const auto data = disk.root();
            auto blobs = BlobStore::open(*data);
            BOOST_TEST_REQUIRE(blobs->put(kept).has_value());
            disk.plan(seed % 12, Trouble::power_cut);
            returned = blobs->put(content).has_value();
            cut_before += returned ? 0 : 1;
        }
        disk.forget_plans();
        disk.cut_power();
        const auto data = disk.root();
        auto blobs = BlobStore::open(*data);
        BOOST_TEST_REQUIRE(blobs.has_value());
        BOOST_TEST((*blobs->get(sha256(kept)) == kept), "seed " << seed);
        const auto found = blobs->get(sha256(content));
        if (returned) BOOST_TEST(found.has_value(), "seed " << seed);
        if (!returned && !found) BOOST_TEST((found.error() == fault(Fault::not_found)), "seed " << seed);
        for (const auto& path : disk.paths())
            BOOST_TEST((path.find(temporary_prefix) == std::string::npos));
    }
    BOOST_TEST(cut_before > testing::stories(50));
}

// Simulator seed 178: wiping the left-over wiped the document.
BOOST_AUTO_TEST_CASE(a_left_over_name_of_a_blob_takes_nothing_with_it)
{
    SimulatedDisk disk;
    const Bytes content(3'000, 1);
    const Digest digest = sha256(content);
    const auto data = disk.root();
    BOOST_TEST_REQUIRE(BlobStore::open(*data)->put(content).has_value());
    const auto path = disk.paths().front();
    const auto slash = path.rfind('/') + 1;
    disk.link(path, path.substr(0, slash) + std::string(temporary_prefix) + "12-" + path.substr(slash));
    BOOST_TEST_REQUIRE(disk.paths().size() == 2U);
    const auto blobs = BlobStore::open(*data);
    BOOST_TEST_REQUIRE(blobs.has_value());
    const auto found = blobs->get(digest);
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST((*found == content));
    BOOST_TEST(disk.paths().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_blob_left_by_a_killed_process_is_durable_once_put_returns)
{
    for (std::uint64_t nth = 0; nth < 8; ++nth) {
        SimulatedDisk disk(nth);
        const Bytes content(5'000, 9);
        {
            const auto data = disk.root();
            auto blobs = BlobStore::open(*data);
            disk.plan(nth, Trouble::io_error);
            (void)blobs->put(content);
        }
        disk.forget_plans();
        disk.kill_process();
        {
            const auto data = disk.root();
            BOOST_TEST_REQUIRE(BlobStore::open(*data)->put(content).has_value());
        }
        disk.cut_power();
        const auto data = disk.root();
        BOOST_TEST((*BlobStore::open(*data)->get(sha256(content)) == content), "operation " << nth);
    }
}

BOOST_AUTO_TEST_CASE(an_erased_private_value_is_gone_from_the_disk_and_erasing_again_is_fine)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto values = PrivateStore::open(*data);
    BOOST_TEST_REQUIRE(values.has_value());
    const auto other = values->put(blob_of("salt+another value"));
    const auto digest = values->put(blob_of("salt+telephone"));
    BOOST_TEST(disk.paths().size() == 2u);
    BOOST_TEST(values->erase(*digest).has_value());
    BOOST_TEST((values->get(*digest).error() == fault(Fault::not_found)));
    BOOST_TEST(values->erase(*digest).has_value());
    BOOST_TEST(values->erase(sha256("never there")).has_value());
    BOOST_TEST((disk.paths() == std::vector<std::string>{path_of("private", *other)}));
    disk.cut_power();
    const auto again = disk.root();
    BOOST_TEST((PrivateStore::open(*again)->get(*digest).error() == fault(Fault::not_found)));
}

BOOST_AUTO_TEST_CASE(a_private_value_is_overwritten_before_its_name_is_removed)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    auto values = PrivateStore::open(*data);
    const auto digest = values->put(Bytes(2'000, 5));
    disk.plan(4, Trouble::io_error); // Opening the folder and the file, zeros, sync, and then the removal.
    BOOST_TEST((values->erase(*digest).error() == fault(Fault::not_durable)));
    BOOST_TEST((disk.content(path_of("private", *digest)) == Bytes(2'000, 0)));
    BOOST_TEST((values->get(*digest).error() == fault(Fault::bad_digest)));
    BOOST_TEST(values->erase(*digest).has_value());
    BOOST_TEST(disk.paths().empty());
}

BOOST_AUTO_TEST_CASE(an_erasure_interrupted_anywhere_never_leaves_the_value_once_it_is_repeated)
{
    for (std::uint64_t nth = 0; nth < 8; ++nth) {
        SimulatedDisk disk(nth);
        Digest digest;
        {
            const auto data = disk.root();
            auto values = PrivateStore::open(*data);
            digest = *values->put(Bytes(2'000, 5));
            disk.plan(nth, Trouble::power_cut);
            (void)values->erase(digest);
        }
        disk.forget_plans();
        disk.cut_power();
        {
            const auto data = disk.root();
            BOOST_TEST(PrivateStore::open(*data)->erase(digest).has_value());
        }
        disk.cut_power();
        BOOST_TEST(disk.paths().empty(), "operation " << nth);
    }
}

BOOST_AUTO_TEST_CASE(many_threads_may_put_the_same_content_on_the_real_disk)
{
    std::string path = (std::filesystem::temp_directory_path() / "plenum-blobs-XXXXXX").string();
    BOOST_TEST_REQUIRE((::mkdtemp(path.data()) != nullptr));
    const auto data = open_posix_directory(path);
    BOOST_TEST_REQUIRE(data.has_value());
    auto blobs = BlobStore::open(**data);
    const Bytes content(70'000, 3);
    std::atomic<int> stored = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int round = 0; round < 5; ++round)
                    if (auto digest = blobs->put(content); digest && blobs->get(*digest)) ++stored;
            });
    }
    BOOST_TEST(stored == 20);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
        files += entry.is_regular_file() ? 1 : 0;
    BOOST_TEST(files == 1u);
    std::filesystem::remove_all(path);
}

BOOST_AUTO_TEST_SUITE_END()
