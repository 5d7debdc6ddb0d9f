#include "clients/audit/archive.hpp"
#include "clients/audit/tracker.hpp"
#include "protocol/ballot/receipt.hpp"
#include "tests/support/bundle_source.hpp"
#include "tests/support/secret_record.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

// A meeting with secret votes as an auditor's bundle, written once and read for ever by two programs. With
// PLENUM_WRITE_VECTORS=1 in the environment it is written anew, before the first release only.

BOOST_AUTO_TEST_SUITE(secret_bundles)

using namespace plenum;
using namespace plenum::testing;

namespace {

const std::string golden = std::string(PLENUM_SOURCE_DIR) + "/schemas/vectors/bundle_secret_v1.plenum";

papers::BundleSource source_for(audit::BundleKind kind, const RecordedMeeting& meeting)
{
    auto source = source_of(meeting);
    source.kind = kind;
    return source;
}

papers::BundleSource auditors_source(const RecordedMeeting& meeting)
{
    return source_for(audit::BundleKind::auditor, meeting);
}

struct Run {
    int code = -1;
    std::string out;
};

Run audit_program(const std::string& arguments)
{
    const auto command = "LANG=zh_CN.UTF-8 " PLENUM_BIN_DIR "/plenum-audit " + arguments + " 2>&1";
    Run result;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    BOOST_TEST_REQUIRE((pipe != nullptr));
    std::array<char, 4096> buffer{};
    for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        result.out.append(buffer.data(), count);
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
}

bool says(const Run& run, const std::string& words)
{
    return run.out.find(words) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_golden_bundle_of_secret_votes_is_written_where_one_asks_for_it)
{
    if (std::getenv("PLENUM_WRITE_VECTORS") != nullptr) {
        std::filesystem::remove(golden);
        BOOST_TEST_REQUIRE(papers::write_bundle(auditors_source(secret_meeting()), golden).has_value());
    }
    BOOST_TEST(std::filesystem::exists(golden));
}

BOOST_AUTO_TEST_CASE(the_golden_bundle_of_secret_votes_verifies_and_says_what_it_said)
{
    const auto bundle = audit::read_archive_file(golden);
    BOOST_TEST_REQUIRE(bundle.has_value());
    const auto report = audit::verify(*bundle);
    BOOST_TEST(report.ok);
    BOOST_TEST_REQUIRE(report.votes.size() == 4u);
    BOOST_TEST((report.votes[0].tally == Tally{5, 1, 0, 1}));
    BOOST_TEST((report.votes[0].outcome->verdict == Verdict::passed));
    BOOST_TEST(report.votes[0].secret->proofs_checked);
    BOOST_TEST((report.votes[1].tally == Tally{4, 1, 0, 1}));
    BOOST_TEST(report.votes[1].secret->spoils == 1u);
    BOOST_TEST(report.votes[1].secret->contested == 1u);
    BOOST_TEST(report.votes[1].secret->confirmed == 3u);
    BOOST_TEST(report.votes[1].left == 1u);
    BOOST_TEST(!report.votes[2].secret.has_value());
    BOOST_TEST((report.votes[3].void_reason == VoidReason::ballot_key_lost));
    BOOST_TEST(report.trackers.size() == 11u);
}

BOOST_AUTO_TEST_CASE(the_same_meeting_written_again_is_the_same_file)
{
    const ScratchFolder folder;
    const auto again = folder / "again.plenum";
    BOOST_TEST_REQUIRE(papers::write_bundle(auditors_source(secret_meeting()), again).has_value());
    BOOST_TEST((content_of(again) == content_of(golden)));
}

BOOST_AUTO_TEST_CASE(the_program_says_whether_a_ballot_was_counted)
{
    const auto bundle = audit::read_archive_file(golden);
    BOOST_TEST_REQUIRE(bundle.has_value());
    const auto tracker = audit::verify(*bundle).trackers.begin()->first;
    const auto counted = audit_program("verify " + golden + " --tracker " + tracker);
    BOOST_TEST(counted.code == 0, counted.out);
    BOOST_TEST(says(counted, "并已计入结果"), counted.out);
    BOOST_TEST(says(counted, "每张票的证明成立"), counted.out);
    const auto nowhere = audit_program("verify " + golden + " --lang en --tracker 0000-0000-0000-0000");
    BOOST_TEST(nowhere.code == 1, nowhere.out);
    BOOST_TEST(says(nowhere, "in no box of this bundle"), nowhere.out);
    BOOST_TEST(audit_program("verify " + golden + " --tracker abc").code == 2);
    const auto json = audit_program("verify --json " + golden + " --tracker " + tracker);
    BOOST_TEST(says(json, R"("counted":true)"), json.out);
    BOOST_TEST(says(json, R"("proofs_checked":true)"), json.out);
}

BOOST_AUTO_TEST_CASE(a_public_bundle_has_no_boxes_to_look_in)
{
    const ScratchFolder folder;
    const auto path = folder / "public.plenum";
    BOOST_TEST_REQUIRE(papers::write_bundle(source_of(secret_meeting()), path).has_value());
    const auto told = audit_program("verify " + path + " --tracker 0000-0000-0000-0000");
    BOOST_TEST(told.code == 1, told.out);
    BOOST_TEST(says(told, "不含票箱"), told.out);
    BOOST_TEST(says(told, "secret_unseen"), told.out);
    BOOST_TEST(audit_program("verify " + path).code == 0);
}

BOOST_AUTO_TEST_CASE(a_member_finds_a_ballot_in_a_bundle_without_lists)
{
    const ScratchFolder folder;
    const auto path = folder / "member.plenum";
    const auto source = source_for(audit::BundleKind::member, secret_meeting());
    BOOST_TEST_REQUIRE(papers::write_bundle(source, path).has_value());
    const auto bundle = audit::read_archive_file(path);
    BOOST_TEST_REQUIRE(bundle.has_value());
    const auto trackers = audit::verify(*bundle).trackers;
    BOOST_TEST((trackers == audit::verify(*audit::read_archive_file(golden)).trackers));
    const auto found = audit_program("verify " + path + " --tracker " + trackers.begin()->first);
    BOOST_TEST(found.code == 0, found.out);
    BOOST_TEST(says(found, "并已计入结果"), found.out);
    BOOST_TEST(says(found, "每张票的证明成立"), found.out);
    BOOST_TEST(says(found, "lists_unseen"), found.out);
    BOOST_TEST(audit_program("verify " + path + " --tracker 0000-0000-0000-0000").code == 1);

    auto content = content_of(path);
    for (std::size_t at = 100; at < content.size(); at += content.size() / 9) {
        auto changed = content;
        changed[at] ^= 1;
        std::ofstream(path, std::ios::binary | std::ios::trunc) << changed;
        const auto told = audit_program("verify " + path);
        BOOST_TEST(told.code == 1, at << told.out);
        BOOST_TEST(says(told, "archive_damaged"), at << told.out);
    }
}

BOOST_AUTO_TEST_CASE(trackers_are_read_as_people_type_them)
{
    for (const auto* typed : {"01AB-CDEF-GHJK-MNPQ", "01abcdefghjkmnpq", "oiab cdef ghjk mnpq"})
        BOOST_TEST(audit::read_tracker(typed).value_or("") == "01AB-CDEF-GHJK-MNPQ");
    for (const auto* typed : {"", "01AB", "01AB-CDEF-GHJK-MNPU", "01AB-CDEF-GHJK-MNPQ-0"})
        BOOST_TEST(!audit::read_tracker(typed).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
