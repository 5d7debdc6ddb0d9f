#include "protocol/audit/bundle.hpp"

#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(bundle_test)

using namespace plenum;
using namespace plenum::testing;
using audit::Manifest;

namespace {

Manifest some_manifest()
{
    return *audit::decode_manifest(*bundle_of(full_meeting()).find(audit::manifest_path));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_manifest_comes_back_as_it_was_written)
{
    std::mt19937_64 random(11);
    for (int round = 0; round < 200; ++round) {
        Manifest manifest;
        manifest.kind = static_cast<audit::BundleKind>(random() % 3);
        manifest.origin = "log/" + std::to_string(random() % 100);
        manifest.vkey = "key";
        manifest.size = random() % json_integer_max;
        manifest.root = sha256(std::to_string(random()));
        if (random() % 2 == 0) manifest.state_hash = sha256(std::to_string(random()));
        manifest.checkpoint = "checkpoint";
        std::set<std::string> paths;
        for (auto count = random() % 20; count > 0; --count)
            paths.insert("blobs/" + std::to_string(random() % 50));
        for (const auto& path : paths)
            manifest.files.push_back(audit::describe_file(path, std::string(random() % 9, 'x')));
        const auto text = audit::encode_manifest(manifest);
        const auto decoded = audit::decode_manifest(text);
        BOOST_TEST_REQUIRE(decoded.has_value());
        BOOST_TEST((*decoded == manifest));
        BOOST_TEST(audit::encode_manifest(*decoded) == text);
    }
}

BOOST_AUTO_TEST_CASE(a_manifest_is_refused_in_any_other_spelling)
{
    const auto good = some_manifest();
    const auto text = audit::encode_manifest(good);
    const auto with = [&](const std::function<void(Manifest&)>& change) {
        auto changed = good;
        change(changed);
        return audit::encode_manifest(changed);
    };
    auto extended = parse_json(text)->as_object();
    extended["extra"] = 1;
    const struct {
        const char* what;
        std::string text;
        Fault expected;
    } cases[] = {
        {"empty", "", Fault::malformed},
        {"a list", "[]", Fault::malformed},
        {"a space", " " + text, Fault::not_canonical},
        {"an unknown member", canonical_json(extended), Fault::not_canonical},
        {"another version", with([](Manifest& m) { m.v = 2; }), Fault::unsupported},
        {"another format", with([](Manifest& m) { m.format = "plenum-bundle/2"; }), Fault::unsupported},
        {"out of order", with([](Manifest& m) { std::swap(m.files[0], m.files[1]); }), Fault::not_canonical},
        {"listed twice", with([](Manifest& m) { m.files.insert(m.files.begin(), m.files[0]); }),
         Fault::not_canonical},
        {"an unsafe path", with([](Manifest& m) { m.files.front().path = "../x"; }), Fault::malformed},
        {"itself", with([](Manifest& m) { m.files.front().path = "manifest.json"; }), Fault::malformed},
    };
    BOOST_TEST(audit::decode_manifest(text).has_value());
    for (const auto& c : cases) {
        const auto decoded = audit::decode_manifest(c.text);
        BOOST_TEST_REQUIRE(!decoded.has_value(), c.what);
        BOOST_TEST((decoded.error() == fault(c.expected)), c.what << ": " << decoded.error().message());
    }
}

BOOST_AUTO_TEST_CASE(only_safe_paths_are_paths_of_a_bundle)
{
    for (const auto* path : {"a", "manifest.json", "tile/0/x001/x234/067.p/12", "blobs/0f", "a.b_c-d/..e"})
        BOOST_TEST(audit::is_bundle_path(path), path);
    const std::string bad[] = {"",
                               "/a",
                               "a/",
                               "a//b",
                               ".",
                               "..",
                               "a/./b",
                               "a/..",
                               "../a",
                               "a\\b",
                               "A",
                               "a b",
                               "\xe4\xb8",
                               std::string("a\0b", 3),
                               "~",
                               "a\n",
                               "C:x",
                               "a/../b",
                               std::string(101, 'a')};
    for (const auto& path : bad)
        BOOST_TEST(!audit::is_bundle_path(path), path);
    BOOST_TEST(audit::is_bundle_path(std::string(100, 'a')));
}

BOOST_AUTO_TEST_CASE(the_last_line_is_the_digest_of_everything_before)
{
    audit::ArchiveDigest digest;
    digest.update(bytes_of("ab"));
    digest.update({});
    digest.update(bytes_of("c"));
    // FIPS 180-4, the digest of "abc".
    BOOST_TEST(digest.line() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
}

BOOST_AUTO_TEST_CASE(events_name_their_public_content_and_never_a_sheet_of_codes)
{
    const auto digest = sha256("x");
    VoteOpened opened;
    opened.text = sha256("text");
    opened.electorate = sha256("electorate");
    VotePrepared prepared;
    prepared.text = digest;
    BOOST_TEST((public_blobs_of(RosterAdopted{BodyId{1}, digest, 0, 0, 0}) == std::vector{digest}));
    BOOST_TEST((public_blobs_of(prepared) == std::vector{digest}));
    BOOST_TEST((public_blobs_of(opened) == std::vector{sha256("electorate")}));
    BOOST_TEST(private_blobs_of(prepared).empty());
    prepared.text_is_private = true;
    BOOST_TEST(public_blobs_of(prepared).empty());
    BOOST_TEST((private_blobs_of(prepared) == std::vector{digest}));
    BOOST_TEST(public_blobs_of(AccessCodesIssued{digest, 3}).empty());
    BOOST_TEST(public_blobs_of(LogCreated{"log", 1}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
