#include "server/bundle_desk.hpp"

#include "server/bundle_answers.hpp"
#include "server/local_clerk.hpp"
#include "tests/support/bundle_source.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <mutex>

BOOST_AUTO_TEST_SUITE(bundle_desk_test)

using namespace plenum;
using plenum::testing::content_of;
using plenum::testing::ScratchFolder;

namespace {

using namespace std::chrono_literals;

constexpr auto long_enough = 60s;

/// A data directory whose log can be made longer, and a desk beside it.
struct Archive {
    explicit Archive(std::uint64_t keep_free_bytes = 0)
        : data(*create_data_directory(folder / "data", "plenum.test/desk")),
          clerk(data), settings{folder / "exports", keep_free_bytes}
    {
        BOOST_TEST_REQUIRE(clerk.open().has_value());
        desk = std::make_unique<BundleDesk>(*data.root, settings);
    }

    std::uint64_t grow(unsigned bodies)
    {
        for (unsigned n = 0; n < bodies; ++n)
            BOOST_TEST_REQUIRE(clerk.act(CreateBody{BodyKind::congress, "B"}).has_value());
        return clerk.state().entries;
    }

    /// Orders as soon as the desk is free, and waits.
    BundleDesk::Made order(std::uint64_t size, audit::BundleKind kind = audit::BundleKind::public_)
    {
        std::promise<BundleDesk::Made> promise;
        auto made = promise.get_future();
        const auto done = [&](BundleDesk::Made result) { promise.set_value(std::move(result)); };
        const auto until = std::chrono::steady_clock::now() + long_enough;
        while (!desk->order({kind, size}, done)) {
            BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < until));
            std::this_thread::sleep_for(1ms);
        }
        BOOST_TEST_REQUIRE((made.wait_for(long_enough) == std::future_status::ready));
        return made.get();
    }

    /// Waits until the desk has cleared up.
    bool is_clear() const
    {
        for (int tries = 0; tries < 6'000; ++tries) {
            if (!std::filesystem::exists(settings.folder)) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    ScratchFolder folder;
    DataDirectory data;
    LocalClerk clerk;
    BundleDesk::Settings settings;
    std::unique_ptr<BundleDesk> desk;
};

/// The manifest is the last file of the archive: a header of 512 bytes, then its text and zeros.
audit::Manifest manifest_of(const std::string& archive)
{
    const auto begin = archive.rfind(audit::manifest_path) + 512;
    const auto manifest = audit::decode_manifest(archive.c_str() + begin);
    BOOST_TEST_REQUIRE(manifest.has_value());
    return *manifest;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_bundle_holds_the_log_as_it_was_when_ordered)
{
    Archive archive;
    const auto size = archive.grow(20);
    archive.grow(5);
    using enum audit::BundleKind;
    for (const auto kind : {public_, member, auditor}) {
        const auto made = archive.order(size, kind);
        BOOST_TEST_REQUIRE(made.has_value());
        const auto manifest = manifest_of(content_of(made->path));
        BOOST_TEST(manifest.size == size);
        BOOST_TEST((manifest.kind == kind));
        BOOST_TEST(manifest.state_hash.has_value());
    }
    BOOST_TEST(archive.is_clear());
    const auto none = archive.order(archive.grow(1) + 1);
    BOOST_TEST_REQUIRE(!none.has_value());
    BOOST_TEST((none.error().fault == Fault::out_of_range));
}

BOOST_AUTO_TEST_CASE(one_bundle_at_a_time_until_the_last_reader_has_gone)
{
    Archive archive;
    const auto size = archive.grow(3);
    std::optional first = archive.order(size);
    BOOST_TEST_REQUIRE(first->has_value());
    auto reader = (*first)->keeper;
    first.reset();
    const auto never = [](const BundleDesk::Made&) { BOOST_TEST(false, "an order that was refused"); };
    BOOST_TEST(!archive.desk->order({audit::BundleKind::member, size}, never));
    BOOST_TEST(!archive.desk->order({audit::BundleKind::public_, size + 1}, never));
    BOOST_TEST(std::filesystem::exists(archive.settings.folder));
    reader.reset();
    BOOST_TEST(archive.is_clear());
    BOOST_TEST(archive.order(size).has_value());
}

BOOST_AUTO_TEST_CASE(who_asks_for_the_same_bundle_reads_the_same_file)
{
    Archive archive;
    const auto size = archive.grow(50);
    std::mutex mutex;
    std::vector<std::shared_ptr<void>> readers;
    std::vector<std::string> contents;
    const auto read = [&](const BundleDesk::Made& made) {
        const std::lock_guard lock(mutex);
        if (!made) return;
        readers.push_back(made->keeper);
        contents.push_back(content_of(made->path));
    };
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return readers.size();
    };
    const BundleDesk::Order order{audit::BundleKind::member, size};
    std::size_t taken = 0;
    while (archive.desk->order(order, read) && taken < 200)
        ++taken;
    BOOST_TEST((taken > 32U && taken <= 64U), taken << " read at once");
    for (int tries = 0; count() < taken && tries < 6'000; ++tries)
        std::this_thread::sleep_for(10ms);
    BOOST_TEST(count() == taken);
    // Some have read to the end, and another comes: nothing is made anew.
    readers.resize(16);
    BOOST_TEST(archive.desk->order(order, read));
    BOOST_TEST(count() == 17U);
    BOOST_TEST(contents.size() == taken + 1);
    for (const auto& content : contents)
        BOOST_TEST((content == contents.front()));
    readers.clear();
    BOOST_TEST(archive.is_clear());
}

BOOST_AUTO_TEST_CASE(no_bundle_takes_the_room_that_must_be_left)
{
    Archive archive(~std::uint64_t{0} / 2);
    const auto made = archive.order(archive.grow(1));
    BOOST_TEST_REQUIRE(!made.has_value());
    BOOST_TEST((made.error().fault == Fault::disk_full));
    BOOST_TEST(archive.is_clear());
}

BOOST_AUTO_TEST_CASE(a_desk_leaves_nothing_behind_and_finds_nothing_left)
{
    Archive archive;
    const auto size = archive.grow(1);
    std::optional made = archive.order(size);
    BOOST_TEST_REQUIRE(made->has_value());
    archive.desk.reset();
    BOOST_TEST(!std::filesystem::exists(archive.settings.folder));
    made.reset(); // A reader may outlive the desk.

    std::filesystem::create_directory(archive.settings.folder);
    std::ofstream(archive.settings.folder + "/bundle.plenum.tmp") << "of a killed process";
    archive.desk = std::make_unique<BundleDesk>(*archive.data.root, archive.settings);
    BOOST_TEST(!std::filesystem::exists(archive.settings.folder));
}

BOOST_AUTO_TEST_CASE(a_desk_that_closes_gives_up_what_is_under_way)
{
    Archive archive;
    const auto size = archive.grow(200);
    bool called = false;
    BOOST_TEST(archive.desk->order({audit::BundleKind::public_, size},
                                   [&](const BundleDesk::Made&) { called = true; }));
    archive.desk.reset();
    BOOST_TEST_MESSAGE("the bundle was " << (called ? "ready already" : "given up"));
    BOOST_TEST(!std::filesystem::exists(archive.settings.folder));
}

BOOST_AUTO_TEST_CASE(each_role_is_given_the_kind_it_may_have)
{
    using enum audit::BundleKind;
    BOOST_TEST((bundle_for(Role::delegate) == member));
    BOOST_TEST((bundle_for(Role::auditor) == auditor));
    for (const auto role : {Role::secretary, Role::chair, Role::operator_})
        BOOST_TEST((bundle_for(role) == public_));
    for (const auto role : {Role::scrutineer, Role::key_holder, Role::teller, Role::hall, Role::observer})
        BOOST_TEST(!bundle_for(role).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
