#include "server/journal/keys.hpp"
#include "tests/support/simulated_disk.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(keys_test)

using namespace plenum;
using namespace plenum::journal;
using plenum::testing::SimulatedDisk;

namespace {

const std::string origin = "plenum.test/chamber-1";

void set_text(SimulatedDisk& disk, const std::string& path, std::string_view text)
{
    const auto view = bytes_of(text);
    disk.set_content(path, Bytes(view.begin(), view.end()));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_created_key_is_loaded_again_and_never_replaced)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    BOOST_TEST((load_log_key(*data, origin).error() == fault(Fault::not_found)));
    const auto created = create_log_key(*data, origin);
    BOOST_TEST_REQUIRE(created.has_value());
    const auto loaded = load_log_key(*data, origin);
    BOOST_TEST_REQUIRE(loaded.has_value());
    BOOST_TEST((created->public_key() == loaded->public_key()));
    BOOST_TEST((*load_log_vkey(*data) == note_verifier(origin, created->public_key())));
    BOOST_TEST((create_log_key(*data, origin).error() == fault(Fault::in_use)));
    BOOST_TEST((load_log_key(*data, origin)->public_key() == created->public_key()));
    disk.cut_power();
    const auto again = disk.root();
    BOOST_TEST((load_log_key(*again, origin)->public_key() == created->public_key()));
}

BOOST_AUTO_TEST_CASE(two_created_keys_differ)
{
    SimulatedDisk one;
    SimulatedDisk other;
    BOOST_TEST((create_log_key(*one.root(), origin)->public_key() !=
                create_log_key(*other.root(), origin)->public_key()));
}

BOOST_AUTO_TEST_CASE(a_missing_vkey_file_is_written_again)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    BOOST_TEST_REQUIRE(create_log_key(*data, origin).has_value());
    const Bytes vkey = disk.content("keys/log.vkey");
    disk.remove("keys/log.vkey");
    BOOST_TEST(load_log_key(*data, origin).has_value());
    BOOST_TEST((disk.content("keys/log.vkey") == vkey));
}

BOOST_AUTO_TEST_CASE(key_files_are_refused_for_exactly_these_reasons)
{
    const std::string seed = to_base64(Bytes(32, 1));
    const struct {
        const char* name;
        std::string text;
        Fault expected;
    } cases[] = {
        {"empty", "", Fault::malformed},
        {"no newline", seed, Fault::malformed},
        {"not base64", "###\n", Fault::malformed},
        {"too short", to_base64(Bytes(31, 1)) + "\n", Fault::malformed},
        {"too long", to_base64(Bytes(33, 1)) + "\n", Fault::malformed},
        {"another key than log.vkey says", seed + "\n", Fault::bad_signature},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            SimulatedDisk disk;
            const auto data = disk.root();
            BOOST_TEST_REQUIRE(create_log_key(*data, origin).has_value());
            set_text(disk, "keys/log.key", c.text);
            BOOST_TEST((load_log_key(*data, origin).error() == fault(c.expected)));
        }
    SimulatedDisk disk;
    const auto data = disk.root();
    BOOST_TEST_REQUIRE(create_log_key(*data, origin).has_value());
    BOOST_TEST((load_log_key(*data, "plenum.test/chamber-2").error() == fault(Fault::bad_signature)));
}

BOOST_AUTO_TEST_SUITE_END()
