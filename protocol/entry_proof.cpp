#include "protocol/entry_proof.hpp"

#include "protocol/merkle.hpp"

#include <charconv>

namespace plenum {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_prefix = "extra ";
constexpr std::string_view index_prefix = "index ";
constexpr std::size_t hashes_max = 64; // of a tree of 2^64 leaves

/// The next line without its newline; nothing at the end.
std::optional<std::string_view> take_line(std::string_view& text)
{
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

/// What stands after `prefix` in the next line.
std::optional<std::string_view> take_after(std::string_view& text, std::string_view prefix)
{
    const auto line = take_line(text);
    if (!line || !line->starts_with(prefix)) return std::nullopt;
    return line->substr(prefix.size());
}

Result<std::vector<Digest>> take_hashes(std::string_view& text)
{
    std::vector<Digest> hashes;
    for (auto line = take_line(text);; line = take_line(text)) {
        if (!line) return fault(Fault::truncated);
        if (line->empty()) return hashes;
        if (hashes.size() == hashes_max) return fault(Fault::out_of_range);
        const auto bytes = from_base64(*line);
        if (!bytes) return bytes.error();
        const auto hash = digest_from_bytes(*bytes);
        if (!hash) return hash.error();
        hashes.push_back(*hash);
    }
}

} // namespace

std::string encode_proof(const EntryProof& proof)
{
    std::string text(first_line);
    text += "\n" + std::string(extra_prefix) + to_base64(bytes_of(proof.entry));
    text += "\n" + std::string(index_prefix) + std::to_string(proof.index) + "\n";
    for (const auto& hash : proof.hashes)
        text += to_base64(hash.view()) + "\n";
    return text + "\n" + proof.checkpoint;
}

Result<EntryProof> decode_proof(std::string_view text)
{
    const auto whole = text;
    if (take_line(text) != first_line) return fault(Fault::unsupported);
    const auto extra = take_after(text, extra_prefix);
    const auto index = take_after(text, index_prefix);
    if (!extra || !index) return fault(Fault::malformed);

    EntryProof proof;
    const auto entry = from_base64(*extra);
    if (!entry) return entry.error();
    proof.entry = text_of(*entry);
    const auto [end, error] = std::from_chars(index->data(), index->data() + index->size(), proof.index);
    if (error != std::errc{} || end != index->data() + index->size()) return fault(Fault::malformed);
    auto hashes = take_hashes(text);
    if (!hashes) return hashes.error();
    proof.hashes = std::move(*hashes);
    proof.checkpoint = text;
    if (encode_proof(proof) != whole) return fault(Fault::not_canonical);
    return proof;
}

Result<Checkpoint> check_proof(const EntryProof& proof, const NoteVerifier& key)
{
    auto checkpoint = open_checkpoint(proof.checkpoint, key);
    if (!checkpoint) return checkpoint.error();
    const auto leaf = leaf_hash(bytes_of(proof.entry));
    const auto included =
        verify_inclusion(leaf, proof.index, checkpoint->size, proof.hashes, checkpoint->root);
    if (!included) return included.error();
    return checkpoint;
}

} // namespace plenum
