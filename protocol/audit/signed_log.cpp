#include "protocol/audit/signed_log.hpp"

#include "protocol/tiles.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

constexpr std::uint64_t bundle_entries = 256; // of tlog-tiles: entries in one full entry bundle

std::optional<NoteVerifier> read_key(const Bundle& bundle, const Trust& trust, Findings& findings)
{
    const auto* text = bundle.find(key_path);
    if (text == nullptr) {
        findings.add(finding(AuditCode::file_missing, {}, std::string(key_path)));
        return std::nullopt;
    }
    const auto key = verifier_from_vkey(std::string_view(*text).substr(0, text->find('\n')));
    if (!key || *text != to_vkey(*key) + "\n") {
        findings.add(finding(AuditCode::key_malformed));
        return std::nullopt;
    }
    if (trust.vkey && *trust.vkey != to_vkey(*key)) {
        findings.add(finding(AuditCode::key_not_expected, {}, to_vkey(*key)));
    }
    return *key;
}

std::optional<Checkpoint> read_checkpoint(const Bundle& bundle, SignedLog& log, Findings& findings)
{
    const auto* note = bundle.find(checkpoint_path);
    if (note == nullptr) {
        findings.add(finding(AuditCode::file_missing, {}, std::string(checkpoint_path)));
        return std::nullopt;
    }
    const auto checkpoint = open_checkpoint(*note, log.key);
    if (!checkpoint) {
        findings.add(finding(AuditCode::checkpoint_unsigned, {}, checkpoint.error().message()));
        return std::nullopt;
    }
    log.note = *note;
    const auto& said = log.manifest;
    const bool same = said.origin == checkpoint->origin && said.size == checkpoint->size &&
                      said.root == checkpoint->root && said.vkey == to_vkey(log.key) &&
                      said.checkpoint == checkpoint_path;
    if (!same) findings.add(finding(AuditCode::manifest_differs));
    return *checkpoint;
}

/// Fills `entries` and `tree`; false when the entries are not all there.
bool read_entries(const Bundle& bundle, SignedLog& log, Findings& findings)
{
    const auto size = log.checkpoint.size;
    for (std::uint64_t index = 0; index * bundle_entries < size; ++index) {
        const auto width = std::min(bundle_entries, size - index * bundle_entries);
        const auto path = entries_path(index, static_cast<unsigned>(width));
        const auto* content = bundle.find(path);
        if (content == nullptr) {
            findings.add(finding(AuditCode::file_missing, index * bundle_entries, path));
            return false;
        }
        const auto entries = split_entry_bundle(*content);
        if (!entries || entries->size() != width) {
            findings.add(finding(AuditCode::tile_malformed, index * bundle_entries, path));
            return false;
        }
        for (const auto entry : *entries) {
            log.entries.push_back(entry);
            log.tree.append(leaf_hash(bytes_of(entry)));
        }
    }
    if (log.tree.root() != log.checkpoint.root) findings.add(finding(AuditCode::checkpoint_contradicted));
    return true;
}

void check_tiles(const Bundle& bundle, const SignedLog& log, Findings& findings)
{
    const auto entry = [&](std::uint64_t seq) { return log.entries[seq]; };
    each_tile(log.tree, entry, [&](const TileFile& tile) {
        const auto* content = bundle.find(tile.path);
        if (content == nullptr) {
            findings.add(finding(AuditCode::file_missing, {}, tile.path));
        } else if (*content != tile.content) {
            findings.add(finding(AuditCode::tile_changed, {}, tile.path));
        }
    });
}

/// Whether the log had this root when it had this size.
bool is_part(const SignedLog& log, const Checkpoint& earlier)
{
    return earlier.size <= log.tree.size() && log.tree.root(earlier.size) == earlier.root;
}

void check_history(const Bundle& bundle, const SignedLog& log, Findings& findings)
{
    for (auto file = bundle.files.lower_bound(history_folder); file != bundle.files.end(); ++file) {
        const auto& [path, note] = *file;
        if (!path.starts_with(history_folder)) return;
        const auto checkpoint = open_checkpoint(note, log.key);
        if (!checkpoint) {
            findings.add(finding(AuditCode::history_unsigned, {}, path));
        } else if (history_path(checkpoint->size) != path) {
            findings.add(finding(AuditCode::history_misnamed, {}, path));
        } else if (!is_part(log, *checkpoint)) {
            findings.add(finding(AuditCode::history_contradicted, {}, path));
        }
    }
}

void check_seen(const SignedLog& log, const std::string& note, Findings& findings)
{
    const auto seen = open_checkpoint(note, log.key);
    if (!seen || !is_part(log, *seen)) findings.add(finding(AuditCode::seen_contradicted));
}

} // namespace

std::optional<SignedLog> read_signed_log(const Bundle& bundle, const Trust& trust, Findings& findings)
{
    SignedLog log;
    auto manifest = check_manifest(bundle);
    if (!manifest) {
        findings.add(manifest.error());
        return std::nullopt;
    }
    log.manifest = std::move(*manifest);
    const auto key = read_key(bundle, trust, findings);
    if (!key) return std::nullopt;
    log.key = *key;
    const auto checkpoint = read_checkpoint(bundle, log, findings);
    if (!checkpoint) return std::nullopt;
    log.checkpoint = *checkpoint;
    if (!read_entries(bundle, log, findings)) return std::nullopt;
    check_tiles(bundle, log, findings);
    check_history(bundle, log, findings);
    if (trust.seen) check_seen(log, *trust.seen, findings);
    return log;
}

void check_nothing_else(const Bundle& bundle, const SignedLog& log, const std::set<Digest>& blobs,
                        Findings& findings)
{
    std::set<std::string, std::less<>> expected{std::string(manifest_path), std::string(key_path),
                                                std::string(checkpoint_path)};
    const auto nothing = [](std::uint64_t) { return std::string_view(); };
    each_tile(log.tree, nothing, [&](const TileFile& tile) { expected.insert(tile.path); });
    for (const auto& digest : blobs)
        expected.insert(blob_path(digest));
    for (const auto& [path, content] : bundle.files) {
        if (path.starts_with(history_folder) || expected.contains(path)) continue;
        findings.add(finding(AuditCode::file_unexpected, {}, path));
    }
}

} // namespace plenum::audit
