#include "clients/audit/archive.hpp"
#include "protocol/audit/signed_log.hpp"
#include "protocol/audit/verify.hpp"
#include "tests/support/bundle_source.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

// A bundle as the first version wrote it. It must verify for ever, and its record must give the same bytes
// for ever. Before the first release PLENUM_WRITE_VECTORS=1 in the environment writes it anew.

BOOST_AUTO_TEST_SUITE(golden_bundle_test)

using namespace plenum;
using namespace plenum::testing;

namespace {

const std::string golden = std::string(PLENUM_SOURCE_DIR) + "/schemas/vectors/bundle_v1.plenum";
const std::string golden_vkey =
    "plenum.example/assembly-2026+a398f3d3+AaL6L0o1W6LpB6UwCenjfK3fesfmagi6B2MfVTBys/JM";

} // namespace

BOOST_AUTO_TEST_CASE(the_golden_bundle_is_written_where_one_asks_for_it)
{
    if (std::getenv("PLENUM_WRITE_VECTORS") == nullptr) {
        BOOST_TEST(std::filesystem::exists(golden));
        return;
    }
    std::filesystem::remove(golden);
    BOOST_TEST_REQUIRE(papers::write_bundle(source_of(full_meeting()), golden).has_value());
    const auto report = audit::verify(*audit::read_archive_file(golden));
    BOOST_TEST_MESSAGE("wrote " << golden << ": " << report.size << " entries, root "
                                << to_base64(report.root.value_or(Digest{}).view()));
}

BOOST_AUTO_TEST_CASE(the_golden_bundle_verifies_and_says_what_it_said)
{
    const auto bundle = audit::read_archive_file(golden);
    BOOST_TEST_REQUIRE(bundle.has_value());
    const auto report = audit::verify(*bundle, {golden_vkey, std::nullopt});
    BOOST_TEST(report.ok);
    // Votes on no item were no finding then, and are no error now.
    for (const auto& found : report.findings)
        BOOST_TEST((found.code == audit::AuditCode::off_the_agenda));
    BOOST_TEST(report.size == 149u);
    BOOST_TEST(to_base64(report.root.value_or(Digest{}).view()) ==
               "JzwYLsjFJzEY3fw0xukZxML85u7uk6QnRDXI1VnScHs=");
    BOOST_TEST_REQUIRE(report.votes.size() == 13u);
    BOOST_TEST((report.votes[1].tally == Tally{4, 4, 0, 0}));
    BOOST_TEST((report.votes[1].outcome->verdict == Verdict::not_passed));
    BOOST_TEST((report.votes[5].outcome == outcome_without_objection()));
    BOOST_TEST((report.votes[7].hands == HandsCount{1, 0, 0}));
    BOOST_TEST((report.votes[10].void_reason == VoidReason::lost_quorum));
}

BOOST_AUTO_TEST_CASE(the_golden_bundle_written_again_is_the_same_file)
{
    const auto bundle = audit::read_archive_file(golden);
    BOOST_TEST_REQUIRE(bundle.has_value());
    audit::Findings findings;
    const auto log = audit::read_signed_log(*bundle, {}, findings);
    BOOST_TEST_REQUIRE(log.has_value());

    papers::BundleSource source;
    source.kind = log->manifest.kind;
    source.vkey = log->manifest.vkey;
    source.checkpoint = log->note;
    source.state_hash = log->manifest.state_hash;
    source.created_by = log->manifest.created_by;
    for (const auto& [path, content] : bundle->files)
        if (path.starts_with(audit::history_folder)) source.history.push_back(content);
    source.read_from = [&](std::uint64_t first, const auto& take) -> Result<void> {
        for (auto seq = first; seq < log->entries.size(); ++seq)
            if (!take(seq, log->entries[seq])) break;
        return {};
    };
    source.blob = [&](const Digest& digest) -> Result<std::string> {
        return *bundle->find(audit::blob_path(digest));
    };
    const ScratchFolder folder;
    BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "again").has_value());
    BOOST_TEST((content_of(folder / "again") == content_of(golden)));
}

BOOST_AUTO_TEST_SUITE_END()
