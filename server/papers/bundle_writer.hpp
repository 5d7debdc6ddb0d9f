#pragma once

#include "server/papers/bundle_archive.hpp"

#include <functional>

namespace plenum::papers {

/// Where a bundle's contents come from. All functions are called on the caller's thread while write_bundle
/// runs; the entries are read twice, in order, so that none have to be held in memory.
struct BundleSource {
    audit::BundleKind kind = audit::BundleKind::public_;
    std::string vkey;                 ///< verifier key of the log, one line
    std::string checkpoint;           ///< published signed note: the bundle holds exactly its entries
    std::vector<std::string> history; ///< all published notes, in any order; larger ones are left out
    std::optional<Digest> state_hash; ///< of the state after exactly these entries, when it is known
    std::string created_by;           ///< program and version

    /// Hands out entries from `first` on, in order, until the end or until `take` answers false.
    std::function<Result<void>(std::uint64_t first,
                               const std::function<bool(std::uint64_t seq, std::string_view entry)>& take)>
        read_from;
    /// The content of a public or auditors' digest; Fault::not_found when it is missing.
    std::function<Result<std::string>(const Digest& digest)> blob;
};

/// What was written.
struct WrittenBundle {
    std::uint64_t entries = 0;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0; ///< of the archive
};

/// Writes the bundle to its place (docs/audit_bundle.md): first beside it, then renamed, so that under this
/// name there is never half a bundle. The same source gives the same bytes. Fault::bad_signature when the
/// checkpoint is not signed by the key, Fault::corrupt when the entries do not lead to it, and the faults of
/// the source and of the disk.
Result<WrittenBundle> write_bundle(const BundleSource& source, const BundleTarget& target);
/// The same, durable and without regard to room.
Result<WrittenBundle> write_bundle(const BundleSource& source, const std::string& path);

} // namespace plenum::papers
