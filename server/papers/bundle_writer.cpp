#include "server/papers/bundle_writer.hpp"

#include "protocol/entry.hpp"
#include "protocol/frame.hpp"
#include "protocol/note.hpp"
#include "protocol/tiles.hpp"

#include <map>
#include <set>

namespace plenum::papers {
namespace {

constexpr std::uint64_t bundle_entries = 256; // of tlog-tiles: entries in one full entry bundle
constexpr std::string_view entries_folder = "tile/entries/";

/// What the first reading of the entries leaves behind.
struct Contents {
    MerkleTree tree;
    std::set<Digest> blobs;
};

Result<Contents> read_contents(const BundleSource& source, const Checkpoint& checkpoint)
{
    Contents contents;
    Result<void> read_well;
    if (checkpoint.size > 0) {
        const auto read = source.read_from(0, [&](std::uint64_t, std::string_view bytes) {
            const auto entry = decode_entry(bytes);
            if (!entry || bytes.size() > entry_bytes_max) {
                read_well = fault(Fault::corrupt);
                return false;
            }
            contents.tree.append(leaf_hash(bytes_of(bytes)));
            const auto blobs = audit::blobs_in(source.kind, entry->event);
            contents.blobs.insert(blobs.begin(), blobs.end());
            return contents.tree.size() < checkpoint.size;
        });
        if (!read) return read.error();
    }
    if (!read_well) return read_well.error();
    const bool whole = contents.tree.size() == checkpoint.size && contents.tree.root() == checkpoint.root;
    if (!whole) return fault(Fault::corrupt);
    return contents;
}

Result<void> add_blobs(BundleArchive& archive, const BundleSource& source, const std::set<Digest>& digests)
{
    for (const auto& digest : digests) {
        const auto content = source.blob(digest);
        if (!content) return content.error();
        if (sha256(*content) != digest) return fault(Fault::bad_digest);
        if (auto added = archive.add(audit::blob_path(digest), *content); !added) return added.error();
    }
    return {};
}

/// The newest checkpoint and the earlier ones, whose paths ascend as text.
Result<void> add_checkpoints(BundleArchive& archive, const BundleSource& source, const NoteVerifier& key,
                             const Checkpoint& newest)
{
    if (auto added = archive.add(std::string(audit::checkpoint_path), source.checkpoint); !added) {
        return added.error();
    }
    std::map<std::string, std::string_view> history;
    for (const auto& note : source.history) {
        const auto checkpoint = open_checkpoint(note, key);
        if (!checkpoint) return checkpoint.error();
        if (checkpoint->size <= newest.size) history.emplace(audit::history_path(checkpoint->size), note);
    }
    for (const auto& [path, note] : history) {
        if (auto added = archive.add(path, note); !added) return added.error();
    }
    return {};
}

Result<void> add_hash_tiles(BundleArchive& archive, const MerkleTree& tree)
{
    Result<void> added;
    const auto nothing = [](std::uint64_t) { return std::string_view(); };
    each_tile(tree, nothing, [&](const TileFile& tile) {
        if (added && !tile.path.starts_with(entries_folder)) added = archive.add(tile.path, tile.content);
    });
    return added;
}

/// The entries once more, this time into the archive: one entry bundle is all that is held of them.
Result<void> add_entries(BundleArchive& archive, const BundleSource& source, const MerkleTree& tree)
{
    Result<void> added;
    std::string bundle;
    std::uint64_t taken = 0;
    if (tree.size() == 0) return added;
    const auto read = source.read_from(0, [&](std::uint64_t, std::string_view entry) {
        // What was read the first time is what was signed.
        if (leaf_hash(bytes_of(entry)) != tree.node(0, taken)) {
            added = fault(Fault::corrupt);
            return false;
        }
        append_to_entry_bundle(bundle, entry);
        ++taken;
        if (taken % bundle_entries != 0 && taken < tree.size()) return true;
        const auto width = static_cast<unsigned>((taken - 1) % bundle_entries + 1);
        added = archive.add(entries_path((taken - 1) / bundle_entries, width), bundle);
        bundle.clear();
        return added && taken < tree.size();
    });
    if (!read) return read.error();
    if (added && taken < tree.size()) return fault(Fault::truncated);
    return added;
}

Result<void> add_manifest(BundleArchive& archive, const BundleSource& source, const Checkpoint& checkpoint)
{
    audit::Manifest manifest;
    manifest.kind = source.kind;
    manifest.origin = checkpoint.origin;
    manifest.vkey = source.vkey;
    manifest.size = checkpoint.size;
    manifest.root = checkpoint.root;
    manifest.checkpoint = audit::checkpoint_path;
    manifest.state_hash = source.state_hash;
    manifest.files = archive.files();
    manifest.created_by = source.created_by;
    return archive.add(std::string(audit::manifest_path), encode_manifest(manifest));
}

} // namespace

Result<WrittenBundle> write_bundle(const BundleSource& source, const std::string& path)
{
    return write_bundle(source, BundleTarget{path});
}

Result<WrittenBundle> write_bundle(const BundleSource& source, const BundleTarget& target)
{
    const auto key = verifier_from_vkey(source.vkey);
    if (!key) return key.error();
    const auto checkpoint = open_checkpoint(source.checkpoint, *key);
    if (!checkpoint) return checkpoint.error();
    const auto contents = read_contents(source, *checkpoint);
    if (!contents) return contents.error();

    auto archive = BundleArchive::create(target);
    if (!archive) return archive.error();
    if (auto added = add_blobs(*archive, source, contents->blobs); !added) return added.error();
    if (auto added = add_checkpoints(*archive, source, *key, *checkpoint); !added) return added.error();
    if (auto added = archive->add(std::string(audit::key_path), source.vkey + "\n"); !added)
        return added.error();
    if (auto added = add_hash_tiles(*archive, contents->tree); !added) return added.error();
    if (auto added = add_entries(*archive, source, contents->tree); !added) return added.error();
    if (auto added = add_manifest(*archive, source, *checkpoint); !added) return added.error();
    const auto bytes = archive->finish();
    if (!bytes) return bytes.error();
    return WrittenBundle{checkpoint->size, archive->files().size(), *bytes};
}

} // namespace plenum::papers
