// plenum-foreign-logs FOLDER: writes logs of several sizes for verifiers that share no code with us.
//
// Each log is FOLDER/<size>/ with checkpoint, key.vkey, tile/... as C2SP tlog-tiles has it, and two files of
// proofs made by our own tree: `inclusion` (index, then the path in base64) and `consistency` (an earlier
// size, then the proof), one a line, both for the size of the checkpoint.
#include "protocol/note.hpp"
#include "protocol/tiles.hpp"

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::uint64_t log_sizes[] = {1, 2, 255, 256, 257, 70'000};
constexpr std::uint64_t proofs_max = 300; // of either kind; all there are when the log is small
constexpr std::uint64_t opened_at_ms = 1'678'000'000'000;
const std::string origin = "plenum.example/十四届全国人大一次会议";

void write_file(const fs::path& path, std::string_view content)
{
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

/// Entry `index` of a sitting: canonical JSON, keys in order, mostly ballots.
std::string entry_at(std::uint64_t index)
{
    const std::uint64_t at = opened_at_ms + index * 7;
    json::object entry{{"at", at}};
    if (index == 0) {
        entry["kind"] = "log.opened";
        entry["origin"] = origin;
    } else if (index % 3000 == 1) {
        entry["electorate"] = plenum::to_text(plenum::sha256("electorate " + std::to_string(index)));
        entry["kind"] = "vote.opened";
        entry["text"] = plenum::to_text(plenum::sha256("text " + std::to_string(index)));
        entry["title"] = "关于政府工作报告的决议（草案）";
        entry["vote"] = index / 3000 + 1;
    } else if (index % 997 == 0) {
        entry.clear(); // the one kind that carries no time
        entry["digest"] = plenum::to_text(plenum::sha256("frame " + std::to_string(index)));
        entry["kind"] = "box.frame";
    } else {
        entry["choice"] = index % 11 == 0 ? "abstain" : index % 7 == 0 ? "oppose" : "approve";
        entry["kind"] = "ballot.cast";
        entry["member"] = index % 2977;
        entry["request"] = plenum::to_text(plenum::sha256(std::to_string(index))).substr(0, 22);
        entry["vote"] = index / 3000 + 1;
    }
    return json::serialize(entry);
}

std::string proof_line(std::uint64_t number, const std::vector<plenum::Digest>& proof)
{
    std::string line = std::to_string(number);
    for (const auto& digest : proof)
        line += " " + plenum::to_base64(digest.view());
    return line + "\n";
}

/// `begin` to `end`, or a sample of it (seeded; first and last always) when there are too many.
std::vector<std::uint64_t> sample(std::uint64_t begin, std::uint64_t end)
{
    std::vector<std::uint64_t> numbers;
    if (end - begin <= proofs_max) {
        for (std::uint64_t number = begin; number < end; ++number)
            numbers.push_back(number);
        return numbers;
    }
    std::mt19937_64 random(end);
    numbers = {begin, end - 1};
    while (numbers.size() < proofs_max)
        numbers.push_back(begin + random() % (end - begin));
    return numbers;
}

void write_log(const fs::path& folder, std::uint64_t size, const plenum::SigningKey& key)
{
    plenum::MerkleTree tree;
    std::vector<std::string> entries;
    for (std::uint64_t index = 0; index < size; ++index) {
        entries.push_back(entry_at(index));
        tree.append(plenum::leaf_hash(plenum::bytes_of(entries.back())));
    }
    const auto entry = [&](std::uint64_t index) { return std::string_view(entries[index]); };
    plenum::each_tile(tree, entry,
                      [&](plenum::TileFile file) { write_file(folder / file.path, file.content); });
    write_file(folder / "checkpoint", plenum::sign_checkpoint({origin, size, tree.root()}, key));
    write_file(folder / "key.vkey", plenum::to_vkey(plenum::note_verifier(origin, key.public_key())) + "\n");

    std::string inclusions;
    for (const std::uint64_t index : sample(0, size))
        inclusions += proof_line(index, tree.inclusion_proof(index, size));
    write_file(folder / "inclusion", inclusions);
    std::string consistencies;
    for (const std::uint64_t first : sample(1, size + 1))
        consistencies += proof_line(first, tree.consistency_proof(first, size));
    write_file(folder / "consistency", consistencies);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: plenum-foreign-logs FOLDER\n";
        return 2;
    }
    try {
        const plenum::Digest seed = plenum::sha256("the key of a log that exists only in tests");
        const plenum::SigningKey key(seed.bytes);
        for (const std::uint64_t size : log_sizes)
            write_log(fs::path(argv[1]) / std::to_string(size), size, key);
    } catch (const std::exception& error) {
        std::cerr << "plenum-foreign-logs: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
