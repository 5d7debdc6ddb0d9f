#include "clients/audit/archive.hpp"
#include "tests/support/bundle_source.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

BOOST_AUTO_TEST_SUITE(bundle_schema_test)

using namespace plenum;
using namespace plenum::testing;

namespace {

const std::string root = PLENUM_SOURCE_DIR;

/// Whether the schema of bundles takes this manifest.
bool fits(const std::string& manifest)
{
    const ScratchFolder folder;
    std::ofstream(folder / "manifest.json") << manifest;
    const auto command = "python3 " + root + "/tests/clients/audit/validate_manifest.py " + root +
                         "/schemas/audit_bundle.schema.json " + (folder / "manifest.json");
    return std::system(command.c_str()) == 0;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_schema_takes_the_manifests_we_write_and_no_others)
{
    if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
        BOOST_TEST_MESSAGE("skipped: python3-jsonschema is not installed");
        return;
    }
    const auto bundle = audit::read_archive_file(root + "/schemas/vectors/bundle_v1.plenum");
    BOOST_TEST_REQUIRE(bundle.has_value());
    BOOST_TEST(fits(bundle->files.at("manifest.json")));
    const auto good = *audit::decode_manifest(bundle->files.at("manifest.json"));
    auto with_state = good;
    with_state.kind = audit::BundleKind::auditor;
    with_state.state_hash = sha256("state");
    BOOST_TEST(fits(audit::encode_manifest(with_state)));
    with_state.kind = audit::BundleKind::member;
    BOOST_TEST(fits(audit::encode_manifest(with_state)));

    const std::function<void(audit::Manifest&)> damages[] = {
        [](audit::Manifest& manifest) { manifest.v = 2; },
        [](audit::Manifest& manifest) { manifest.format = "plenum-bundle/2"; },
        [](audit::Manifest& manifest) { manifest.checkpoint = "checkpoints/1"; },
        [](audit::Manifest& manifest) { manifest.files[0].path = "a/../b"; },
        [](audit::Manifest& manifest) { manifest.files[0].path = "/a"; },
        [](audit::Manifest& manifest) { manifest.files[0].path = "manifest.json"; },
        [](audit::Manifest& manifest) { manifest.files[0].sha256 = "0F"; },
        [](audit::Manifest& manifest) { manifest.files[0].bytes = audit::bundle_file_bytes_max + 1; },
    };
    for (const auto& damage : damages) {
        auto damaged = good;
        damage(damaged);
        BOOST_TEST(!fits(audit::encode_manifest(damaged)), audit::encode_manifest(damaged).substr(0, 300));
    }
}

BOOST_AUTO_TEST_SUITE_END()
