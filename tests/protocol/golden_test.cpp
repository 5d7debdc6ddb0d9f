// Our own vectors in schemas/vectors: for the web checker, for other implementations, and for every later
// release.
#include "protocol/frame.hpp"
#include "protocol/note.hpp"
#include "protocol/tiles.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>

BOOST_AUTO_TEST_SUITE(golden_test)

using namespace plenum;
namespace json = boost::json;

namespace {

const std::vector<std::string> sample_entries{
    R"({"at":1700000000000,"kind":"log.opened","origin":"plenum.example/npc"})",
    R"({"at":1700000000001,"kind":"meeting.created","name":"全国人民代表大会会议"})",
    "",
    R"({"at":1700000000050,"choice":"approve","kind":"ballot.cast","member":12,"vote":2})",
    R"({"at":1700000000050,"choice":"oppose","kind":"ballot.cast","member":13,"vote":2})",
    R"({"at":1700000000051,"choice":"abstain","kind":"ballot.cast","member":14,"vote":2})",
    R"({"digest":"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0","kind":"box.frame"})",
    "{}",
    R"({"at":1700000000052,"kind":"vote.closed","vote":2})",
    R"({"at":1700000000060,"kind":"person.named","name":"𠮷田"})",
    R"({"at":1700000000061,"kind":"sitting.closed"})",
};

json::array hex_list(std::span<const Digest> digests)
{
    json::array list;
    for (const Digest& digest : digests)
        list.emplace_back(to_hex(digest));
    return list;
}

Digest with_flipped_bit(Digest digest)
{
    digest.bytes[17] ^= 0x04;
    return digest;
}

json::object inclusion(std::uint64_t index, std::uint64_t size, std::span<const Digest> proof)
{
    return {{"index", index}, {"size", size}, {"proof", hex_list(proof)}};
}

json::array inclusions(const MerkleTree& tree)
{
    json::array list;
    for (std::uint64_t size = 1; size <= tree.size(); ++size)
        for (std::uint64_t index = 0; index < size; ++index)
            list.push_back(inclusion(index, size, tree.inclusion_proof(index, size)));
    return list;
}

json::array consistencies(const MerkleTree& tree)
{
    json::array list;
    for (std::uint64_t second = 1; second <= tree.size(); ++second)
        for (std::uint64_t first = 1; first <= second; ++first)
            list.push_back({{"first", first},
                            {"second", second},
                            {"proof", hex_list(tree.consistency_proof(first, second))}});
    return list;
}

json::array rejected_inclusions(const MerkleTree& tree)
{
    json::array list;
    const auto reject = [&](const char* why, Digest leaf, std::uint64_t index, std::uint64_t size,
                            std::vector<Digest> proof, Digest root) {
        BOOST_TEST(verify_inclusion(leaf, index, size, proof, root).has_error(), why);
        json::object row = inclusion(index, size, proof);
        row["why"] = why;
        row["leaf_hash"] = to_hex(leaf);
        row["root"] = to_hex(root);
        list.push_back(row);
    };
    const Digest leaf = tree.node(0, 6);
    const Digest root = tree.root(11);
    const auto proof = tree.inclusion_proof(6, 11);
    auto changed = proof;
    changed[1] = with_flipped_bit(changed[1]);
    auto longer = proof;
    longer.push_back(root);
    reject("another leaf", tree.node(0, 7), 6, 11, proof, root);
    reject("another index", leaf, 7, 11, proof, root);
    reject("index beyond the size", leaf, 11, 11, proof, root);
    reject("a size with a longer path", leaf, 6, 17, proof, root);
    reject("one bit of the path", leaf, 6, 11, changed, root);
    reject("a hash too many", leaf, 6, 11, longer, root);
    reject("a hash too few", leaf, 6, 11, {proof.begin(), proof.end() - 1}, root);
    reject("one bit of the root", leaf, 6, 11, proof, with_flipped_bit(root));
    reject("the root of an earlier size", leaf, 6, 11, proof, tree.root(10));
    return list;
}

json::array rejected_consistencies(const MerkleTree& tree)
{
    json::array list;
    const auto reject = [&](const char* why, std::uint64_t first, std::uint64_t second,
                            std::vector<Digest> proof, Digest first_root, Digest second_root) {
        BOOST_TEST(verify_consistency(first, second, proof, first_root, second_root).has_error(), why);
        list.push_back({{"why", why},
                        {"first", first},
                        {"second", second},
                        {"proof", hex_list(proof)},
                        {"first_root", to_hex(first_root)},
                        {"second_root", to_hex(second_root)}});
    };
    const auto proof = tree.consistency_proof(6, 11);
    const Digest before = tree.root(6);
    const Digest after = tree.root(11);
    auto changed = proof;
    changed[0] = with_flipped_bit(changed[0]);
    reject("a log that shrinks", 11, 6, proof, after, before);
    reject("another first root", 6, 11, proof, tree.root(5), after);
    reject("another second root", 6, 11, proof, before, tree.root(10));
    reject("one bit of the proof", 6, 11, changed, before, after);
    reject("a hash too few", 6, 11, {proof.begin(), proof.end() - 1}, before, after);
    reject("no proof", 6, 11, {}, before, after);
    reject("equal sizes, different roots", 6, 6, {}, before, after);
    return list;
}

json::object tile_digests(std::uint64_t size)
{
    MerkleTree tree;
    std::vector<std::string> entries;
    for (std::uint64_t i = 0; i < size; ++i) {
        entries.push_back("entry " + std::to_string(i));
        tree.append(leaf_hash(bytes_of(entries.back())));
    }
    json::object files;
    each_tile(
        tree, [&](std::uint64_t i) { return std::string_view(entries[i]); },
        [&](const TileFile& file) { files[file.path] = to_hex(sha256(file.content)); });
    return {{"entry", "the text `entry ` and the index in decimal"},
            {"size", size},
            {"root", to_hex(tree.root())},
            {"sha256_of_files", files}};
}

json::object frame_fields(const Frame& frame)
{
    json::array entries(frame.entries.begin(), frame.entries.end());
    json::array sealed;
    for (const Bytes& record : frame.sealed)
        sealed.emplace_back(to_hex(record));
    return {{"first", frame.first},       {"epoch", frame.epoch},
            {"wall_ms", frame.wall_ms},   {"previous", to_hex(frame.previous)},
            {"entries", entries},         {"sealed", sealed},
            {"root", to_hex(frame.root)}, {"note", frame.note}};
}

/// Everything up to the trailing hash; what follows is zeros.
std::size_t unpadded(const Bytes& bytes, const Digest& hash)
{
    const auto found = std::search(bytes.begin(), bytes.end(), hash.bytes.begin(), hash.bytes.end());
    BOOST_TEST_REQUIRE((found != bytes.end()));
    return static_cast<std::size_t>(found - bytes.begin()) + Digest::size;
}

std::array<std::uint8_t, 32> counting_seed()
{
    std::array<std::uint8_t, 32> seed;
    for (std::size_t i = 0; i < seed.size(); ++i)
        seed[i] = static_cast<std::uint8_t>(i);
    return seed;
}

std::vector<Frame> sample_frames(const SigningKey& key)
{
    std::vector<Frame> frames;
    MerkleFrontier log;
    Digest previous;
    const auto add = [&](std::vector<std::string> entries, std::vector<Bytes> sealed) {
        Frame frame;
        frame.first = log.size();
        frame.epoch = 1;
        frame.wall_ms = 1'700'000'000'000 + log.size();
        frame.previous = previous;
        for (const auto& entry : entries)
            log.append(leaf_hash(bytes_of(entry)));
        frame.entries = std::move(entries);
        frame.sealed = std::move(sealed);
        frame.root = log.root();
        frame.note = sign_checkpoint({"plenum.example/npc", log.size(), frame.root}, key);
        previous = encode_frame(frame).hash;
        frames.push_back(std::move(frame));
    };
    add({sample_entries[0]}, {});
    add({sample_entries.begin() + 1, sample_entries.begin() + 6}, {});
    add({sample_entries[6]}, {Bytes(48, 0xA5), Bytes(48, 0x5A)});
    add({std::string(4100, 'x')}, {});
    return frames;
}

json::object rejected_frame(const char* why, const Frame& frame, bool hash_again,
                            const std::function<void(Bytes&)>& change)
{
    auto [bytes, hash] = encode_frame(frame);
    const std::size_t size = unpadded(bytes, hash);
    change(bytes);
    if (hash_again) {
        const Digest forged = blake2b256(ByteView(bytes).first(size - Digest::size));
        std::copy(forged.bytes.begin(), forged.bytes.end(),
                  bytes.begin() + static_cast<std::ptrdiff_t>(size - Digest::size));
    }
    const auto decoded = decode_frame(bytes);
    BOOST_TEST_REQUIRE(decoded.has_error(), why);
    const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](std::uint8_t byte) { return byte != 0; });
    const auto length = static_cast<std::size_t>(bytes.rend() - last);
    return {{"why", why},
            {"fault", decoded.error().value()},
            {"bytes", to_hex(ByteView(bytes).first(length))},
            {"aligned_bytes", bytes.size()}};
}

json::array rejected_frames(const Frame& frame)
{
    json::array list;
    const auto reject = [&](const char* why, bool hash_again, const std::function<void(Bytes&)>& change) {
        list.push_back(rejected_frame(why, frame, hash_again, change));
    };
    reject("another magic", true, [](Bytes& b) { b[0] = 'p'; });
    reject("version 2", true, [](Bytes& b) { b[4] = 2; });
    reject("one byte of an entry", false, [](Bytes& b) { b[100] ^= 1; });
    reject("one entry too many in the count", true, [](Bytes& b) { ++b[16]; });
    reject("one sealed record too few in the count", true, [](Bytes& b) { --b[24]; });
    reject("entry longer than its section", true, [](Bytes& b) { ++b[97]; });
    reject("note longer than the bytes", true, [](Bytes& b) { b[83] = 0x80; });
    reject("a reserved byte", true, [](Bytes& b) { b[84] = 1; });
    reject("a byte of the header's padding", true, [](Bytes& b) { b[95] = 1; });
    reject("a byte of the frame's padding", false, [](Bytes& b) { b.back() = 1; });
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_merkle_vectors_are_what_they_were)
{
    MerkleTree tree;
    json::array leaf_hashes;
    for (const auto& entry : sample_entries) {
        tree.append(leaf_hash(bytes_of(entry)));
        leaf_hashes.emplace_back(to_hex(tree.node(0, tree.size() - 1)));
    }
    json::array roots;
    for (std::uint64_t size = 0; size <= tree.size(); ++size)
        roots.emplace_back(to_hex(tree.root(size)));
    check_golden("merkle.json", {{"format", "plenum/vectors/merkle/1"},
                                 {"entries", json::array(sample_entries.begin(), sample_entries.end())},
                                 {"leaf_hashes", leaf_hashes},
                                 {"roots", roots},
                                 {"inclusion", inclusions(tree)},
                                 {"consistency", consistencies(tree)},
                                 {"rejected_inclusion", rejected_inclusions(tree)},
                                 {"rejected_consistency", rejected_consistencies(tree)},
                                 {"tiles", {tile_digests(1), tile_digests(256), tile_digests(600)}}});
}

BOOST_AUTO_TEST_CASE(the_frame_vectors_are_what_they_were)
{
    const SigningKey key(counting_seed());
    const auto frames = sample_frames(key);
    json::array list;
    for (const Frame& frame : frames) {
        const auto [bytes, hash] = encode_frame(frame);
        json::object row = frame_fields(frame);
        row["hash"] = to_hex(hash);
        row["bytes"] = to_hex(ByteView(bytes).first(unpadded(bytes, hash)));
        row["aligned_bytes"] = bytes.size();
        list.push_back(row);
    }
    check_golden("frame.json", {{"format", "plenum/vectors/frame/1"},
                                {"note", "bytes are followed by zeros up to aligned_bytes"},
                                {"frames", list},
                                {"rejected", rejected_frames(frames[2])}});
}

BOOST_AUTO_TEST_CASE(the_checkpoint_vectors_are_what_they_were)
{
    const auto seed = counting_seed();
    const SigningKey key(seed);
    const std::string origin = "plenum.example/npc";
    const NoteVerifier verifier = note_verifier(origin, key.public_key());
    json::array accepted;
    const auto accept = [&](const char* name, const Checkpoint& checkpoint, const std::string& note) {
        const auto opened = open_checkpoint(note, verifier);
        BOOST_TEST_REQUIRE(opened.has_value(), name);
        BOOST_TEST((*opened == checkpoint), name);
        accepted.push_back({{"name", name},
                            {"size", std::to_string(checkpoint.size)},
                            {"root", to_hex(checkpoint.root)},
                            {"note", note}});
    };
    const Checkpoint empty{origin, 0, empty_root()};
    const Checkpoint usual{origin, 70'000, sha256("root")};
    const Checkpoint largest{origin, INT64_MAX, sha256("largest")};
    const std::string note = sign_checkpoint(usual, key);
    const SigningKey witness(std::array<std::uint8_t, 32>{9});
    const std::string by_witness = sign_note(to_text(usual), "witness.example", witness);
    const std::string witness_line = by_witness.substr(to_text(usual).size() + 1);
    accept("empty log", empty, sign_checkpoint(empty, key));
    accept("usual", usual, note);
    accept("as large as every reader can take", largest, sign_checkpoint(largest, key));
    accept("with a witness we do not know", usual, note + witness_line);

    json::array rejected;
    const auto reject = [&](const char* why, const std::string& bad) {
        const auto opened = open_checkpoint(bad, verifier);
        BOOST_TEST_REQUIRE(opened.has_error(), why);
        rejected.push_back({{"why", why}, {"fault", opened.error().value()}, {"note", bad}});
    };
    const auto with = [&](std::string_view from, std::string_view to) {
        return std::string(note).replace(note.find(from), from.size(), to);
    };
    const std::string text = to_text(usual);
    reject("another size", with("70000", "70001"));
    reject("another origin", with("npc\n7", "npd\n7"));
    reject("signature cut off", text + "\n");
    reject("only a witness", by_witness);
    reject("another key under our name", sign_checkpoint(usual, witness));
    reject("no last newline", note.substr(0, note.size() - 1));
    reject("carriage returns", with("70000\n", "70000\r\n"));
    reject("size with a leading zero",
           sign_note(with("70000", "070000").substr(0, text.size() + 1), origin, key));
    reject("an extension line", sign_note(text + "extension\n", origin, key));
    reject("the key signs another origin",
           sign_note("other\n" + text.substr(origin.size() + 1), origin, key));
    std::string last_bits = note; // the final base64 quantum ends in two bits that mean nothing
    ++last_bits[last_bits.size() - 3];
    reject("another spelling of the same signature", last_bits);

    Writer key_id;
    key_id.u16_be(static_cast<std::uint16_t>(verifier.key_id >> 16));
    key_id.u16_be(static_cast<std::uint16_t>(verifier.key_id & 0xFFFF));
    check_golden("checkpoint.json", {{"format", "plenum/vectors/checkpoint/1"},
                                     {"seed", to_hex(seed)},
                                     {"public_key", to_hex(key.public_key())},
                                     {"origin", origin},
                                     {"key_id", to_hex(key_id.bytes())},
                                     {"vkey", to_vkey(verifier)},
                                     {"accepted", accepted},
                                     {"rejected", rejected}});
}

BOOST_AUTO_TEST_SUITE_END()
