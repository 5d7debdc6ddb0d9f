#include "clients/audit/archive.hpp"

#include "protocol/audit/verify.hpp"
#include "tests/support/bundle_source.hpp"
#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <cstring>

BOOST_AUTO_TEST_SUITE(archive_test)

using namespace plenum;
using namespace plenum::testing;
using audit::AuditCode;

namespace {

/// A lawful record of a few entries and one vote: small, so that every byte can be tried.
RecordedMeeting small_meeting()
{
    RecordedMeeting m;
    m.prelude(3, 2);
    m.whole_vote(simple_rule(), "议程", {Choice::approve});
    return m;
}

std::string archive_of(const RecordedMeeting& meeting)
{
    const ScratchFolder folder;
    const auto written = papers::write_bundle(source_of(meeting), folder / "bundle");
    BOOST_TEST_REQUIRE(written.has_value());
    return content_of(folder / "bundle");
}

/// The archive with its last line made right again, as somebody would who knows the format.
std::string with_right_digest(std::string archive)
{
    archive.resize(archive.size() - audit::ArchiveDigest::line_bytes);
    return archive + to_hex(sha256(archive)) + "\n";
}

/// One file as a tar archive holds it; a test changes its header.
struct TarFile {
    std::string name;
    std::string content = "x";
    char type = '0';
    std::string mode = "000644 ";
    std::string owner = "000000 ";
    std::string time = "00000000000";
    std::string user = "";
    std::string magic = std::string("ustar\00000", 8);
    std::optional<std::size_t> claimed_size = {};
};

std::string tar_of(const TarFile& file)
{
    std::string header(512, '\0');
    const auto put = [&](std::size_t at, std::string_view text) {
        std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at));
    };
    char size[12];
    std::snprintf(size, sizeof size, "%011zo", file.claimed_size.value_or(file.content.size()));
    put(0, file.name);
    put(100, file.mode);
    put(108, file.owner);
    put(116, "000000 ");
    put(124, size);
    put(135, " ");
    put(136, file.time);
    put(147, " ");
    header[156] = file.type;
    if (file.type == '2') put(157, "manifest.json");
    put(257, file.magic);
    put(265, file.user);
    put(148, "        ");
    unsigned sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    char checksum[8];
    std::snprintf(checksum, sizeof checksum, "%06o", sum);
    put(148, std::string_view(checksum, 7));
    auto content = file.content;
    content.resize((content.size() + 511) / 512 * 512, '\0');
    return header + content;
}

std::string archive_of(const std::vector<TarFile>& files, std::string_view end = std::string_view())
{
    std::string archive;
    for (const auto& file : files)
        archive += tar_of(file);
    archive += end.data() == nullptr ? std::string(1024, '\0') : std::string(end);
    return archive + to_hex(sha256(archive)) + "\n";
}

TarFile changed(std::string name, const std::function<void(TarFile&)>& change)
{
    TarFile file{std::move(name)};
    change(file);
    return file;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_the_server_writes_is_read_back_and_verifies)
{
    const ScratchFolder folder;
    BOOST_TEST_REQUIRE(papers::write_bundle(source_of(full_meeting()), folder / "bundle").has_value());
    const auto from_file = audit::read_archive_file(folder / "bundle");
    BOOST_TEST_REQUIRE(from_file.has_value());
    BOOST_TEST((from_file->files == bundle_of(full_meeting()).files));
    const auto bytes = content_of(folder / "bundle");
    const auto from_bytes = audit::read_archive(bytes_of(bytes));
    BOOST_TEST_REQUIRE(from_bytes.has_value());
    BOOST_TEST((from_bytes->files == from_file->files));
    BOOST_TEST(audit::verify(*from_file).ok);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_told_apart_from_a_damaged_one)
{
    const ScratchFolder folder;
    BOOST_TEST((audit::read_archive_file(folder / "nothing").error().code == AuditCode::archive_unreadable));
    BOOST_TEST((audit::read_archive_file(folder / "").error().code == AuditCode::archive_unreadable));
    std::ofstream(folder / "empty").flush();
    BOOST_TEST((audit::read_archive_file(folder / "empty").error().code == AuditCode::archive_damaged));
}

BOOST_AUTO_TEST_CASE(no_changed_byte_of_a_bundle_goes_unnoticed)
{
    const auto honest = archive_of(small_meeting());
    BOOST_TEST_REQUIRE(audit::verify(*audit::read_archive(bytes_of(honest))).ok);
    auto archive = honest;
    for (std::size_t i = 0; i < archive.size(); ++i) {
        for (const char flip : {'\x01', '\x20', '\x80'}) {
            archive[i] = static_cast<char>(honest[i] ^ flip);
            const auto bundle = audit::read_archive(bytes_of(archive));
            BOOST_TEST_REQUIRE(!bundle.has_value(), "byte " << i);
            BOOST_TEST_REQUIRE((bundle.error().code == AuditCode::archive_damaged), "byte " << i);
        }
        archive[i] = honest[i];
    }
    BOOST_TEST_MESSAGE(honest.size() << " bytes tried, three ways each");
}

BOOST_AUTO_TEST_CASE(no_shortened_or_lengthened_bundle_goes_unnoticed)
{
    const auto honest = archive_of(small_meeting());
    for (std::size_t size = 0; size < honest.size(); size += size < 1'000 ? 1 : 97)
        BOOST_TEST_REQUIRE(!audit::read_archive(bytes_of(honest.substr(0, size))).has_value(),
                           "cut at " << size);
    for (const auto* tail : {"\n", "x", " "})
        BOOST_TEST(!audit::read_archive(bytes_of(honest + tail)).has_value());
    BOOST_TEST(!audit::read_archive(bytes_of(honest + honest)).has_value());
}

BOOST_AUTO_TEST_CASE(a_changed_byte_under_a_digest_made_right_again_changes_nothing_that_was_signed)
{
    // Only what nobody signed can change: padding, and what the manifest says of who made it and which state
    // it leads to.
    const auto honest = archive_of(small_meeting());
    const auto files = audit::read_archive(bytes_of(honest))->files;
    const auto manifest = *audit::decode_manifest(files.at("manifest.json"));
    std::size_t verified = 0;
    // Every byte; under a sanitizer one in five, which meets every header and file all the same.
    constexpr std::size_t every = testing::is_watched ? 5 : 1;
    for (std::size_t i = 0; i + audit::ArchiveDigest::line_bytes < honest.size(); i += every) {
        auto archive = honest;
        archive[i] ^= 1;
        const auto bundle = audit::read_archive(bytes_of(with_right_digest(archive)));
        if (!bundle || !audit::verify(*bundle).ok) continue;
        ++verified;
        auto claims = *audit::decode_manifest(bundle->files.at("manifest.json"));
        claims.created_by = manifest.created_by;
        auto same = bundle->files;
        same["manifest.json"] = audit::encode_manifest(claims);
        BOOST_TEST_REQUIRE((same == files), "byte " << i);
    }
    BOOST_TEST_MESSAGE(verified << " changes were to padding or to the name of the program");
    BOOST_TEST(verified > 0u);
}

BOOST_AUTO_TEST_CASE(only_the_one_form_of_archive_is_read)
{
    const TarFile a{"a"};
    const TarFile manifest{"manifest.json"};
    BOOST_TEST_REQUIRE(audit::read_archive(bytes_of(archive_of({a, manifest}))).has_value());
    const struct {
        const char* what;
        std::string archive;
    } cases[] = {
        {"no files at all", archive_of(std::vector<TarFile>{})},
        {"no manifest", archive_of({a})},
        {"the manifest first", archive_of({manifest, TarFile{"tile"}})},
        {"two manifests", archive_of({manifest, manifest})},
        {"a file twice", archive_of({a, a, manifest})},
        {"out of order", archive_of({TarFile{"b"}, a, manifest})},
        {"a path upwards", archive_of({TarFile{"../a"}, manifest})},
        {"an absolute path", archive_of({TarFile{"/a"}, manifest})},
        {"a path of other letters", archive_of({TarFile{"议程"}, manifest})},
        {"a folder", archive_of({changed("a", [](TarFile& f) { f.type = '5'; }), manifest})},
        {"a symbolic link", archive_of({changed("a", [](TarFile& f) { f.type = '2'; }), manifest})},
        {"a hard link", archive_of({changed("a", [](TarFile& f) { f.type = '1'; }), manifest})},
        {"a device", archive_of({changed("a", [](TarFile& f) { f.type = '3'; }), manifest})},
        {"a pipe", archive_of({changed("a", [](TarFile& f) { f.type = '6'; }), manifest})},
        {"a GNU long name", archive_of({changed("a", [](TarFile& f) { f.type = 'L'; }), manifest})},
        {"a pax header", archive_of({changed("a",
                                             [](TarFile& f) {
                                                 f.type = 'x';
                                                 f.content = "10 path=b\n";
                                             }),
                                     a, manifest})},
        {"the old tar",
         archive_of({changed("a", [](TarFile& f) { f.magic = std::string(8, '\0'); }), manifest})},
        {"the tar of GNU",
         archive_of({changed("a", [](TarFile& f) { f.magic = std::string("ustar  \0", 8); }), manifest})},
        {"an executable", archive_of({changed("a", [](TarFile& f) { f.mode = "000755 "; }), manifest})},
        {"an owner", archive_of({changed("a", [](TarFile& f) { f.owner = "000001 "; }), manifest})},
        {"an owner's name", archive_of({changed("a", [](TarFile& f) { f.user = "root"; }), manifest})},
        {"a time", archive_of({changed("a", [](TarFile& f) { f.time = "00000000001"; }), manifest})},
        {"a size beyond the end",
         archive_of({a, changed("manifest.json", [](TarFile& f) { f.claimed_size = 100'000; })})},
        {"a size beyond all limits",
         archive_of({changed("a", [](TarFile& f) { f.claimed_size = audit::bundle_file_bytes_max + 1; }),
                     manifest})},
        {"no end", archive_of({a, manifest}, "")},
        {"half an end", archive_of({a, manifest}, std::string(512, '\0'))},
        {"more than an end", archive_of({a, manifest}, std::string(2048, '\0'))},
        {"something after the end", archive_of({a, manifest}, std::string(1024, '\0') + tar_of(a))},
        {"no archive", with_right_digest("plain words" + std::string(65, ' '))},
        {"nothing", with_right_digest(std::string(65, ' '))},
    };
    for (const auto& c : cases) {
        const auto bundle = audit::read_archive(bytes_of(c.archive));
        BOOST_TEST_REQUIRE(!bundle.has_value(), c.what);
        BOOST_TEST((bundle.error().code == AuditCode::archive_malformed),
                   c.what << ": " << bundle.error().sentence.en);
    }
}

BOOST_AUTO_TEST_SUITE_END()
