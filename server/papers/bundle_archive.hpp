#pragma once

#include "protocol/audit/bundle.hpp"

#include <memory>

namespace plenum::papers {

/// Where a bundle is written.
struct BundleTarget {
    std::string path;
    bool durable = true;               ///< false for a passing copy: nothing waits for the disk
    std::uint64_t keep_free_bytes = 0; ///< room on the disk that must be left; below it writing is given up
};

/// A ustar archive being written to a file: all metadata fixed, paths ascending, the digest of everything on
/// the last line. Until finish() the file stands under `<path>.tmp`; destroyed before that, it is removed.
class BundleArchive {
public:
    /// Fault::io_error when the file cannot be made.
    static Result<BundleArchive> create(const BundleTarget& target);
    BundleArchive(BundleArchive&&) noexcept;
    BundleArchive& operator=(BundleArchive&&) noexcept;
    ~BundleArchive();

    /// Adds one file. Fault::out_of_range when its path does not come after the one before, or a limit is
    /// passed, Fault::disk_full when the disk has no more room than it may have to keep.
    Result<void> add(const std::string& path, std::string_view content);

    /// What was added so far, for the manifest.
    const std::vector<audit::ManifestFile>& files() const;

    /// Ends the archive and makes it whole, and durable if wanted, under its own name. Its length in bytes.
    Result<std::uint64_t> finish();

private:
    struct Output;
    explicit BundleArchive(std::unique_ptr<Output> output);
    std::unique_ptr<Output> output_;
};

} // namespace plenum::papers
