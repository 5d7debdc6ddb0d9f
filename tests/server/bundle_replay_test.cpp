#include "server/bundle_replay.hpp"

#include "clients/audit/archive.hpp"
#include "protocol/audit/signed_log.hpp"
#include "server/bundle_export.hpp"
#include "server/local_clerk.hpp"
#include "tests/support/bundle_source.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(bundle_replay_test)

using namespace plenum;
using namespace plenum::testing;

namespace {

constexpr const char* golden = PLENUM_SOURCE_DIR "/schemas/vectors/bundle_v1.plenum";

audit::Bundle bundle_in(const std::string& path)
{
    auto bundle = audit::read_archive_file(path);
    BOOST_TEST_REQUIRE(bundle.has_value());
    return std::move(*bundle);
}

/// The same bundle with something else in its manifest, which nobody signs.
audit::Bundle with_state(audit::Bundle bundle, const std::optional<Digest>& state)
{
    auto& text = bundle.files[std::string(audit::manifest_path)];
    auto manifest = *audit::decode_manifest(text);
    manifest.state_hash = state;
    text = audit::encode_manifest(manifest);
    return bundle;
}

/// What the server exports of a log with three bodies in it.
audit::Bundle exported()
{
    const ScratchFolder folder;
    auto data = create_data_directory(folder / "data", "plenum.test/replay");
    BOOST_TEST_REQUIRE(data.has_value());
    {
        LocalClerk clerk(*data);
        BOOST_TEST_REQUIRE(clerk.open().has_value());
        for (const auto* name : {"甲", "乙", "丙"})
            BOOST_TEST_REQUIRE(clerk.act(CreateBody{BodyKind::congress, name}).has_value());
    }
    BundleOrder order;
    order.kind = audit::BundleKind::auditor;
    order.target.path = folder / "bundle";
    BOOST_TEST_REQUIRE(export_bundle(*data->root, order).has_value());
    return bundle_in(order.target.path);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_golden_bundle_leads_to_the_state_it_led_to)
{
    const auto replay = replay_bundle(bundle_in(golden));
    BOOST_TEST_REQUIRE(replay.has_value(), (replay ? "" : replay.error().en));
    BOOST_TEST(replay->entries == 149u);
    BOOST_TEST(to_hex(replay->state) == "9966eb1d72fbbd7e3ac73d333ce47a8085d8c117f61a1bfe1d4ea45ea21167c7");
}

BOOST_AUTO_TEST_CASE(an_exported_bundle_replays_to_the_state_its_manifest_says)
{
    const auto bundle = exported();
    const auto replay = replay_bundle(bundle);
    BOOST_TEST_REQUIRE(replay.has_value(), (replay ? "" : replay.error().en));
    BOOST_TEST(replay->entries > 3u);
    BOOST_TEST(replay->agrees());

    const auto lie = replay_bundle(with_state(bundle, sha256("state")));
    BOOST_TEST_REQUIRE(lie.has_value());
    BOOST_TEST(!lie->agrees());
    BOOST_TEST((lie->state == replay->state));

    const auto silent = replay_bundle(with_state(bundle, std::nullopt));
    BOOST_TEST_REQUIRE(silent.has_value());
    BOOST_TEST((!silent->state_said && !silent->agrees()));
}

BOOST_AUTO_TEST_CASE(a_bundle_that_does_not_verify_is_not_replayed)
{
    auto bundle = bundle_in(golden);
    bundle.files.erase(std::string(audit::checkpoint_path));
    const auto replay = replay_bundle(bundle);
    BOOST_TEST_REQUIRE(replay.has_error());
    BOOST_TEST(replay.error().en.starts_with("the bundle does not verify, so it is not replayed: "));
    BOOST_TEST(replay.error().zh.starts_with("记录包未通过核验，不予重放："));
}

BOOST_AUTO_TEST_SUITE_END()
