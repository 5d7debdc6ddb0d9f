#include "server/papers/bundle_writer.hpp"

#include "server/papers/bundle_archive.hpp"
#include "tests/support/bundle_source.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(bundle_writer_test)

using namespace plenum;
using namespace plenum::testing;

namespace {

/// The files of an archive by a reading of its own: ustar headers as POSIX lays them out.
std::vector<std::pair<std::string, std::string>> files_of(std::string_view archive)
{
    std::vector<std::pair<std::string, std::string>> files;
    for (std::size_t at = 0; at + 512 <= archive.size() && archive[at] != '\0';) {
        const auto header = archive.substr(at, 512);
        const std::string name(header.data());
        const auto size = std::stoull(std::string(header.substr(124, 11)), nullptr, 8);
        BOOST_TEST(header.substr(257, 8) == std::string_view("ustar\00000", 8));
        BOOST_TEST(header.substr(100, 7) == "000644 ");
        BOOST_TEST(header.substr(136, 11) == "00000000000");
        files.emplace_back(name, archive.substr(at + 512, size));
        at += 512 + (size + 511) / 512 * 512;
    }
    return files;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_archive_holds_the_bundle_file_by_file)
{
    const auto meeting = full_meeting();
    const ScratchFolder folder;
    const auto written = papers::write_bundle(source_of(meeting), folder / "bundle.plenum");
    BOOST_TEST_REQUIRE(written.has_value());
    const auto archive = content_of(folder / "bundle.plenum");
    const auto files = files_of(archive);
    const auto expected = bundle_of(meeting).files;

    BOOST_TEST(written->entries == meeting.entries.size());
    BOOST_TEST(written->files == files.size());
    BOOST_TEST(written->bytes == archive.size());
    BOOST_TEST(files.back().first == "manifest.json");
    BOOST_TEST(std::ranges::is_sorted(files.begin(), files.end() - 1));
    const std::map<std::string, std::string, std::less<>> by_path(files.begin(), files.end());
    BOOST_TEST((by_path == expected));
    const auto end = archive.size() - 65;
    BOOST_TEST(end % 512 == 0u);
    BOOST_TEST(archive.substr(end) == to_hex(sha256(archive.substr(0, end))) + "\n");
    BOOST_TEST((folder.names() == std::vector<std::string>{"bundle.plenum"}));
}

BOOST_AUTO_TEST_CASE(the_same_record_gives_the_same_bytes)
{
    const ScratchFolder folder;
    auto source = source_of(full_meeting());
    BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "a").has_value());
    std::ranges::reverse(source.history);
    BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "b").has_value());
    BOOST_TEST((content_of(folder / "a") == content_of(folder / "b")));
}

BOOST_AUTO_TEST_CASE(a_log_of_thousands_is_cut_into_tiles_as_protocol_tiles_does)
{
    RecordedMeeting meeting;
    meeting.prelude();
    for (int i = 0; i < 1'500; ++i) {
        meeting.sign_in(meeting.person(8));
        meeting.sign_out(meeting.person(8));
    }
    const ScratchFolder folder;
    BOOST_TEST_REQUIRE(papers::write_bundle(source_of(meeting), folder / "bundle").has_value());
    const auto files = files_of(content_of(folder / "bundle"));
    const std::map<std::string, std::string, std::less<>> by_path(files.begin(), files.end());
    BOOST_TEST((by_path == bundle_of(meeting).files));
    BOOST_TEST(by_path.contains("tile/1/000.p/11"));
}

BOOST_AUTO_TEST_CASE(an_export_of_an_earlier_checkpoint_holds_what_it_covers)
{
    const auto meeting = full_meeting();
    auto earlier = meeting;
    earlier.entries.resize(*meeting.published.begin());
    auto source = source_of(meeting); // the log has grown since
    source.checkpoint = source_of(earlier).checkpoint;
    const ScratchFolder folder;
    BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "bundle").has_value());
    const auto files = files_of(content_of(folder / "bundle"));
    const std::map<std::string, std::string, std::less<>> by_path(files.begin(), files.end());
    BOOST_TEST((by_path == bundle_of(earlier).files));
}

BOOST_AUTO_TEST_CASE(kind_and_state_hash_stand_in_the_manifest)
{
    auto source = source_of(full_meeting());
    source.kind = audit::BundleKind::auditor;
    source.state_hash = sha256("state");
    const ScratchFolder folder;
    BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "bundle").has_value());
    const auto files = files_of(content_of(folder / "bundle"));
    const auto manifest = audit::decode_manifest(files.back().second);
    BOOST_TEST_REQUIRE(manifest.has_value());
    BOOST_TEST((manifest->kind == audit::BundleKind::auditor));
    BOOST_TEST((manifest->state_hash == sha256("state")));
    BOOST_TEST(files.back().second.find("\"kind\":\"auditor\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_box_is_in_members_and_auditors_bundles_and_a_list_in_auditors_alone)
{
    auto meeting = full_meeting();
    const std::string content = "the box of a secret vote";
    const auto digest = sha256(content);
    meeting.blobs[digest] = content;
    meeting.write(Actor{}, BallotBoxSealed{VoteId{1}, Digest{}, 0, 0, digest});
    const std::string list = "who confirmed it";
    meeting.blobs[sha256(list)] = list;
    meeting.write(Actor{}, BoxConfirmed{VoteId{1}, Digest{}, 0, sha256(list)});
    auto source = source_of(meeting);
    const ScratchFolder folder;
    using enum audit::BundleKind;
    for (const auto kind : {public_, member, auditor}) {
        source.kind = kind;
        BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "bundle").has_value());
        const auto files = files_of(content_of(folder / "bundle"));
        const auto boxes = std::ranges::count(files, std::pair(audit::blob_path(digest), content));
        BOOST_TEST(boxes == (kind == public_ ? 0 : 1));
        const auto lists = std::ranges::count(files, std::pair(audit::blob_path(sha256(list)), list));
        BOOST_TEST(lists == (kind == auditor ? 1 : 0));
    }
    // One that is missing is missed.
    source.blob = source_of(full_meeting()).blob;
    const auto without = papers::write_bundle(source, folder / "bundle");
    BOOST_TEST((without.has_error() && without.error() == fault(Fault::not_found)));
}

BOOST_AUTO_TEST_CASE(room_that_must_be_left_is_left)
{
    const auto source = source_of(full_meeting());
    const ScratchFolder folder;
    const auto most = std::filesystem::space(folder / "").available;
    const auto crowded = papers::write_bundle(source, papers::BundleTarget{folder / "a", false, most});
    BOOST_TEST_REQUIRE(!crowded.has_value());
    BOOST_TEST((crowded.error() == fault(Fault::disk_full)));
    BOOST_TEST(folder.names().empty());
    BOOST_TEST(papers::write_bundle(source, papers::BundleTarget{folder / "a", false, 1}).has_value());
    BOOST_TEST(papers::write_bundle(source, folder / "b").has_value());
    BOOST_TEST((content_of(folder / "a") == content_of(folder / "b")));
}

namespace {

struct BadSource {
    const char* what;
    std::function<void(papers::BundleSource&)> change;
    Fault expected;
};

/// Writing from a source that was changed fails, and leaves nothing behind.
void check(const RecordedMeeting& meeting, const BadSource& bad)
{
    auto source = source_of(meeting);
    bad.change(source);
    const ScratchFolder folder;
    const auto written = papers::write_bundle(source, folder / "bundle");
    BOOST_TEST_REQUIRE(!written.has_value(), bad.what);
    BOOST_TEST((written.error() == fault(bad.expected)), bad.what << ": " << written.error().message());
    BOOST_TEST(folder.names().empty(), bad.what);
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_checkpoints_and_blobs_that_do_not_fit_are_refused)
{
    const auto meeting = full_meeting();
    const auto good = source_of(meeting);
    const auto lost = meeting.votes.begin()->second.prepared.text;
    const BadSource cases[] = {
        {"no key", [](auto& s) { s.vkey = "key"; }, Fault::malformed},
        {"another key",
         [&](auto& s) { s.vkey = to_vkey(note_verifier(meeting.origin, log_key(9).public_key())); },
         Fault::bad_signature},
        {"no checkpoint", [](auto& s) { s.checkpoint.clear(); }, Fault::malformed},
        {"a history note by nobody", [](auto& s) { s.history.push_back("note\n"); }, Fault::malformed},
        {"a blob missing",
         [&](auto& s) {
             s.blob = [&](const Digest& digest) -> Result<std::string> {
                 if (digest == lost) return fault(Fault::not_found);
                 return good.blob(digest);
             };
         },
         Fault::not_found},
        {"a blob changed",
         [&](auto& s) {
             s.blob = [&](const Digest& digest) -> Result<std::string> {
                 return digest == lost ? std::string("other words") : *good.blob(digest);
             };
         },
         Fault::bad_digest},
    };
    for (const auto& bad : cases)
        check(meeting, bad);
}

BOOST_AUTO_TEST_CASE(entries_that_are_not_what_was_signed_are_refused)
{
    const auto meeting = full_meeting();
    const auto good = source_of(meeting);
    const BadSource cases[] = {
        {"entries missing at the end",
         [&](auto& s) {
             s.read_from = [&](std::uint64_t first, const auto& take) {
                 return good.read_from(first, [&](std::uint64_t seq, std::string_view entry) {
                     return seq + 1 < meeting.entries.size() && take(seq, entry);
                 });
             };
         },
         Fault::corrupt},
        {"an entry changed",
         [&](auto& s) {
             s.read_from = [&](std::uint64_t first, const auto& take) {
                 return good.read_from(first, [&](std::uint64_t seq, std::string_view entry) {
                     auto changed = *decode_entry(entry);
                     if (seq == 7) changed.id += "x";
                     return take(seq, encode_entry(changed));
                 });
             };
         },
         Fault::corrupt},
        {"an entry changed between the two readings",
         [&](auto& s) {
             s.read_from = [&, again = std::make_shared<bool>(false)](std::uint64_t first, const auto& take) {
                 const bool change = std::exchange(*again, true);
                 return good.read_from(first, [&](std::uint64_t seq, std::string_view entry) {
                     return take(seq, change && seq == 7 ? entry.substr(1) : entry);
                 });
             };
         },
         Fault::corrupt},
        {"a store that cannot be read",
         [](auto& s) {
             s.read_from = [](std::uint64_t, const auto&) -> Result<void> { return fault(Fault::io_error); };
         },
         Fault::io_error},
    };
    for (const auto& bad : cases)
        check(meeting, bad);
}

BOOST_AUTO_TEST_CASE(a_failed_export_leaves_the_earlier_one_alone)
{
    const ScratchFolder folder;
    auto source = source_of(full_meeting());
    BOOST_TEST_REQUIRE(papers::write_bundle(source, folder / "bundle").has_value());
    const auto before = content_of(folder / "bundle");
    source.blob = [](const Digest&) -> Result<std::string> { return fault(Fault::not_found); };
    BOOST_TEST(!papers::write_bundle(source, folder / "bundle").has_value());
    BOOST_TEST((content_of(folder / "bundle") == before));
    BOOST_TEST((folder.names() == std::vector<std::string>{"bundle"}));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_and_a_full_disk_are_faults)
{
    const ScratchFolder folder;
    const auto source = source_of(full_meeting());
    BOOST_TEST((papers::write_bundle(source, folder / "nowhere/bundle").error() == fault(Fault::io_error)));
    // The writer goes through <path>.tmp, so a link there stands for the device.
    std::filesystem::create_symlink("/dev/full", folder / "bundle.tmp");
    BOOST_TEST((papers::write_bundle(source, folder / "bundle").error() == fault(Fault::disk_full)));
    BOOST_TEST(folder.names().empty());
}

BOOST_AUTO_TEST_CASE(an_archive_takes_files_in_order_and_only_safe_paths)
{
    const ScratchFolder folder;
    auto archive = papers::BundleArchive::create({folder / "archive"});
    BOOST_TEST_REQUIRE(archive.has_value());
    BOOST_TEST(archive->add("blobs/b", "x").has_value());
    for (const auto* path : {"blobs/b", "blobs/a", "../x", "/x", "", "Z"})
        BOOST_TEST((archive->add(path, "x").error() == fault(Fault::out_of_range)), path);
    const std::string too_large(audit::bundle_file_bytes_max + 1, 'x');
    BOOST_TEST((archive->add("tile/0", too_large).error() == fault(Fault::out_of_range)));
    BOOST_TEST(archive->files().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
