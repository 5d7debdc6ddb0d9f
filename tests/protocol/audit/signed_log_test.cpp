#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(signed_log_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;
using audit::AuditCode;
using audit::Bundle;

namespace {

/// The manifest of the files as they are now, so that only what they say can be wrong.
void list_again(Bundle& bundle)
{
    auto manifest = *audit::decode_manifest(*bundle.find(audit::manifest_path));
    manifest.files.clear();
    for (const auto& [path, content] : bundle.files)
        if (path != audit::manifest_path) manifest.files.push_back(audit::describe_file(path, content));
    bundle.files[std::string(audit::manifest_path)] = audit::encode_manifest(manifest);
}

std::string& file(Bundle& bundle, const std::string& path)
{
    BOOST_TEST_REQUIRE(bundle.files.contains(path), path);
    return bundle.files.at(path);
}

/// A meeting long enough for a full entry bundle and a second level of tiles.
RecordedMeeting long_meeting()
{
    RecordedMeeting m;
    m.prelude();
    for (int i = 0; i < 150; ++i) {
        m.sign_in(m.person(8));
        m.sign_out(m.person(8));
        if (i % 50 == 0) m.publish();
    }
    return m;
}

std::string checkpoint_of(const RecordedMeeting& m, std::size_t size, std::uint8_t key = 7)
{
    MerkleTree tree;
    for (std::size_t i = 0; i < size; ++i)
        tree.append(leaf_hash(bytes_of(encode_entry(m.entries[i]))));
    return sign_checkpoint({m.origin, size, tree.root()}, log_key(key));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_bundle_of_several_tiles_verifies)
{
    const auto bundle = bundle_of(long_meeting());
    BOOST_TEST(bundle.files.contains("tile/0/000"));
    BOOST_TEST(bundle.files.contains("tile/entries/000"));
    BOOST_TEST(bundle.files.contains("tile/1/000.p/1"));
    const auto report = audit::verify(bundle);
    BOOST_TEST(report.ok, sentences_of(report));
}

BOOST_AUTO_TEST_CASE(files_that_are_not_what_the_manifest_lists_are_noticed)
{
    const auto honest = bundle_of(full_meeting());
    const std::string key(audit::key_path);
    const struct {
        const char* what;
        std::function<void(Bundle&)> change;
        AuditCode expected;
    } cases[] = {
        {"no manifest", [](Bundle& b) { b.files.erase("manifest.json"); }, manifest_missing},
        {"a manifest cut short", [](Bundle& b) { file(b, "manifest.json").pop_back(); }, manifest_malformed},
        {"a manifest with a space", [](Bundle& b) { file(b, "manifest.json") += " "; }, manifest_malformed},
        {"a changed file", [](Bundle& b) { file(b, "key.vkey") += "x"; }, file_changed},
        {"a file removed", [](Bundle& b) { b.files.erase("checkpoint"); }, file_missing},
        {"a file added", [](Bundle& b) { b.files["blobs/extra"] = "x"; }, file_unlisted},
    };
    for (const auto& c : cases) {
        auto bundle = honest;
        c.change(bundle);
        const auto report = audit::verify(bundle);
        BOOST_TEST((errors_of(report) == std::set{c.expected}), c.what << sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(keys_and_checkpoints_that_are_not_what_was_signed_are_noticed)
{
    const auto honest = bundle_of(long_meeting());
    const auto meeting = long_meeting();
    const struct {
        const char* what;
        std::function<void(Bundle&)> change;
        std::set<AuditCode> expected;
    } cases[] = {
        {"no key", [](Bundle& b) { b.files.erase("key.vkey"); }, {file_missing}},
        {"a key that is none", [](Bundle& b) { file(b, "key.vkey") = "key\n"; }, {key_malformed}},
        {"a key of two lines", [](Bundle& b) { file(b, "key.vkey") += "\n"; }, {key_malformed}},
        {"a key without its line end", [](Bundle& b) { file(b, "key.vkey").pop_back(); }, {key_malformed}},
        {"the key of another log",
         [&](Bundle& b) {
             file(b, "key.vkey") = to_vkey(note_verifier(meeting.origin, log_key(8).public_key())) + "\n";
         },
         {checkpoint_unsigned}},
        {"no checkpoint", [](Bundle& b) { b.files.erase("checkpoint"); }, {file_missing}},
        {"a checkpoint of another size",
         [](Bundle& b) { file(b, "checkpoint").replace(file(b, "checkpoint").find('\n') + 1, 1, "1"); },
         {checkpoint_unsigned}},
        {"a checkpoint by another key",
         [&](Bundle& b) { file(b, "checkpoint") = checkpoint_of(meeting, 10, 8); },
         {checkpoint_unsigned}},
        {"an earlier checkpoint by another key",
         [&](Bundle& b) { b.files["checkpoints/20"] = checkpoint_of(meeting, 20, 8); },
         {history_unsigned}},
        {"an earlier checkpoint under a wrong name",
         [&](Bundle& b) { b.files["checkpoints/11"] = checkpoint_of(meeting, 10); },
         {history_misnamed}},
        {"a name that is no size",
         [&](Bundle& b) { b.files["checkpoints/010"] = checkpoint_of(meeting, 10); },
         {history_misnamed}},
        {"an earlier checkpoint of a log that was rewritten",
         [&](Bundle& b) {
             auto rewritten = meeting;
             rewritten.entries[3].id = "another";
             b.files["checkpoints/10"] = checkpoint_of(rewritten, 10);
         },
         {history_contradicted}},
        {"a later checkpoint than the newest",
         [&](Bundle& b) {
             auto longer = meeting;
             longer.sign_in(longer.person(8));
             const auto size = longer.entries.size();
             b.files[audit::history_path(size)] = checkpoint_of(longer, size);
         },
         {history_contradicted}},
    };
    for (const auto& c : cases) {
        auto bundle = honest;
        c.change(bundle);
        list_again(bundle);
        const auto report = audit::verify(bundle);
        BOOST_TEST((errors_of(report) == c.expected), c.what << sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(tiles_and_files_that_are_not_what_the_log_asks_for_are_noticed)
{
    const auto honest = bundle_of(long_meeting());
    const struct {
        const char* what;
        std::function<void(Bundle&)> change;
        std::set<AuditCode> expected;
    } cases[] = {
        {"a hash tile changed", [](Bundle& b) { file(b, "tile/0/000")[100] ^= 1; }, {tile_changed}},
        {"a hash tile missing", [](Bundle& b) { b.files.erase("tile/1/000.p/1"); }, {file_missing}},
        {"an entry bundle missing", [](Bundle& b) { b.files.erase("tile/entries/000"); }, {file_missing}},
        {"an entry bundle cut short",
         [](Bundle& b) { file(b, "tile/entries/000").pop_back(); },
         {tile_malformed}},
        {"an entry bundle with one entry too many",
         [](Bundle& b) { file(b, "tile/entries/000") += std::string("\0\1x", 3); },
         {tile_malformed}},
        {"an entry in other words",
         [](Bundle& b) {
             auto& entries = file(b, "tile/entries/000");
             entries.replace(entries.find("\"r3\""), 4, "\"R3\"");
         },
         {checkpoint_contradicted, tile_changed, history_contradicted}},
        {"a partial tile of an earlier size",
         [](Bundle& b) { b.files["tile/0/000.p/7"] = "old"; },
         {file_unexpected}},
        {"a document nobody asked for",
         [](Bundle& b) { b.files[audit::blob_path(sha256("x"))] = "x"; },
         {file_unexpected}},
        {"a private value",
         [](Bundle& b) { b.files["private/" + to_hex(sha256("x"))] = "x"; },
         {file_unexpected}},
    };
    for (const auto& c : cases) {
        auto bundle = honest;
        c.change(bundle);
        list_again(bundle);
        const auto report = audit::verify(bundle);
        BOOST_TEST((errors_of(report) == c.expected), c.what << sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(every_claim_of_the_manifest_is_held_against_the_checkpoint)
{
    const std::function<void(audit::Manifest&)> lies[] = {
        [](audit::Manifest& manifest) { manifest.origin += "x"; },
        [](audit::Manifest& manifest) { manifest.size += 1; },
        [](audit::Manifest& manifest) { manifest.root.bytes[0] ^= 1; },
        [](audit::Manifest& manifest) { manifest.vkey += "x"; },
        [](audit::Manifest& manifest) { manifest.checkpoint = "checkpoints/18"; },
    };
    for (const auto& lie : lies) {
        const auto report = audit::verify(bundle_of(full_meeting(), log_key(), lie));
        BOOST_TEST((errors_of(report) == std::set{manifest_differs}), sentences_of(report));
    }
}

BOOST_AUTO_TEST_CASE(an_entry_that_is_not_canonical_is_named)
{
    auto meeting = full_meeting();
    auto bundle = bundle_of(meeting);
    // Signed as it is: the tree is right, the entry is not.
    MerkleTree tree;
    std::vector<std::string> leaves;
    for (const auto& entry : meeting.entries)
        leaves.push_back(encode_entry(entry));
    leaves[5] = " " + leaves[5];
    for (const auto& leaf : leaves)
        tree.append(leaf_hash(bytes_of(leaf)));
    const auto key = log_key();
    std::erase_if(bundle.files, [](const auto& entry) { return entry.first.starts_with("checkpoints/"); });
    file(bundle, "checkpoint") = sign_checkpoint({meeting.origin, tree.size(), tree.root()}, key);
    each_tile(
        tree, [&](std::uint64_t seq) { return std::string_view(leaves[seq]); },
        [&](TileFile tile) { bundle.files[tile.path] = std::move(tile.content); });
    list_again(bundle);
    const auto report = audit::verify(bundle);
    const auto found = std::ranges::find(report.findings, entry_malformed, &audit::AuditFinding::code);
    BOOST_TEST_REQUIRE((found != report.findings.end()));
    BOOST_TEST(found->seq.value_or(0) == 5u);
    BOOST_TEST(!report.ok);
}

BOOST_AUTO_TEST_CASE(what_the_auditor_brings_along_is_held_against_the_bundle)
{
    const auto meeting = long_meeting();
    const auto bundle = bundle_of(meeting);
    const auto vkey = [&](std::uint8_t key) {
        return to_vkey(note_verifier(meeting.origin, log_key(key).public_key()));
    };
    auto forked = meeting;
    forked.entries[3].id = "another";
    auto longer = meeting;
    longer.sign_in(longer.person(8));
    const struct {
        const char* what;
        audit::Trust trust;
        std::set<AuditCode> expected;
    } cases[] = {
        {"the right key", {vkey(7), std::nullopt}, {}},
        {"another key", {vkey(8), std::nullopt}, {key_not_expected}},
        {"a checkpoint seen before", {std::nullopt, checkpoint_of(meeting, 33)}, {}},
        {"the newest checkpoint", {vkey(7), checkpoint_of(meeting, meeting.entries.size())}, {}},
        {"a checkpoint of a fork", {std::nullopt, checkpoint_of(forked, 33)}, {seen_contradicted}},
        {"a checkpoint of a longer log",
         {std::nullopt, checkpoint_of(longer, longer.entries.size())},
         {seen_contradicted}},
        {"no checkpoint at all", {std::nullopt, "a note"}, {seen_contradicted}},
    };
    for (const auto& c : cases) {
        const auto report = audit::verify(bundle, c.trust);
        BOOST_TEST((errors_of(report) == c.expected), c.what << sentences_of(report));
    }
}

BOOST_AUTO_TEST_SUITE_END()
