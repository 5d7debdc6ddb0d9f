#pragma once

#include "protocol/audit/finding.hpp"
#include "protocol/event.hpp"

#include <sodium.h>

#include <map>

// Bundle v1: everything a stranger needs to check a log, as one set of files (docs/audit_bundle.md). The pure
// part: what stands in it and how it hangs together. The archive around it is written by server/papers and
// read by clients/audit.

namespace plenum::audit {

inline constexpr std::string_view bundle_format = "plenum-bundle/1";

inline constexpr std::string_view manifest_path = "manifest.json";
inline constexpr std::string_view key_path = "key.vkey";
inline constexpr std::string_view checkpoint_path = "checkpoint";
inline constexpr std::string_view history_folder = "checkpoints/";
inline constexpr std::string_view tile_folder = "tile/";
inline constexpr std::string_view blob_folder = "blobs/";

/// Limits of what a reader takes in, so that no archive costs more than it is worth.
inline constexpr std::uint64_t bundle_file_bytes_max = std::uint64_t{64} * 1024 * 1024;
inline constexpr std::uint64_t bundle_bytes_max = std::uint64_t{8} * 1024 * 1024 * 1024;
inline constexpr std::uint64_t bundle_files_max = 1'000'000;
inline constexpr std::size_t bundle_path_bytes_max = 100; ///< fits the name field of a ustar header

/// Who a bundle is meant for. Members' bundles also hold the sealed boxes of secret votes, by which every
/// ballot, the shares and the opening of the totals are checked and a tracker is found; auditors' hold the
/// lists, acknowledgements, confirmations and registrations besides; public ones prove everything else.
/// Private values are in none: nothing in the record can be checked by them (docs/audit_bundle.md).
enum class BundleKind { public_, auditor, member };
BOOST_DESCRIBE_ENUM(BundleKind, public_, auditor, member)

/// Whether bundles of this kind hold the boxes of secret votes.
bool has_boxes(BundleKind kind);

/// Which of the blobs an event names stand in bundles of this kind.
std::vector<Digest> blobs_in(BundleKind kind, const Event& event);

/// One file of the bundle; the digest in hexadecimal, as `sha256sum` prints it.
struct ManifestFile {
    std::string path;
    std::uint64_t bytes = 0;
    std::string sha256;

    bool operator==(const ManifestFile&) const = default;
};
BOOST_DESCRIBE_STRUCT(ManifestFile, (), (path, bytes, sha256))

/// What a bundle says about itself. Not signed: every claim in it is checked against the signed checkpoint or
/// against the files, but for `created_by` and `state_hash`.
struct Manifest {
    std::uint32_t v = 1;
    std::string format = std::string(bundle_format);
    BundleKind kind = BundleKind::public_;
    std::string origin;
    std::string vkey;
    std::uint64_t size = 0;           ///< entries
    Digest root;                      ///< of the Merkle tree over them
    std::string checkpoint;           ///< path of the newest signed note
    std::optional<Digest> state_hash; ///< what a replay of the entries leads to, when the server knew it
    std::vector<ManifestFile> files;  ///< all but the manifest, ascending by path
    std::string created_by;           ///< program and version

    bool operator==(const Manifest&) const = default;
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (v, format, kind, origin, vkey, size, root, checkpoint, state_hash, files, created_by))

/// Canonical JSON.
std::string encode_manifest(const Manifest& manifest);

/// Refuses what encode_manifest would not have written byte for byte, other versions, unsafe or unordered
/// paths.
Result<Manifest> decode_manifest(std::string_view text);

/// The row of the manifest for one file.
ManifestFile describe_file(std::string path, std::string_view content);

/// A bundle in memory: the content of each file by its path.
struct Bundle {
    std::map<std::string, std::string, std::less<>> files;

    /// Nothing when there is no such file.
    const std::string* find(std::string_view path) const;
};

/// A relative path of plain characters without empty, `.` or `..` steps: safe to create below any folder.
bool is_bundle_path(std::string_view path);

/// `blobs/<hexadecimal>`.
std::string blob_path(const Digest& digest);
/// `checkpoints/<size>`.
std::string history_path(std::uint64_t size);

/// The manifest, when it reads and every file is listed, and listed as it is; otherwise the first thing that
/// is wrong.
boost::system::result<Manifest, AuditFinding> check_manifest(const Bundle& bundle);

/// The last line of an archive: the SHA-256 of all bytes before it, so that no byte can change unnoticed.
class ArchiveDigest {
public:
    static constexpr std::size_t line_bytes = 65; ///< 64 hexadecimal digits and a newline

    ArchiveDigest();
    void update(ByteView bytes);
    /// The line; call it once, at the end.
    std::string line();

private:
    crypto_hash_sha256_state state_;
};

} // namespace plenum::audit
