#pragma once

#include "protocol/audit/bundle.hpp"

#include <memory>

namespace plenum::papers {

/// A ustar archive being written to a file: all metadata fixed, paths ascending, the digest of everything on
/// the last line. Until finish() the file stands under `<path>.tmp`; destroyed before that, it is removed.
class BundleArchive {
public:
    /// Fault::io_error when the file cannot be made.
    static Result<BundleArchive> create(const std::string& path);
    BundleArchive(BundleArchive&&) noexcept;
    BundleArchive& operator=(BundleArchive&&) noexcept;
    ~BundleArchive();

    /// Adds one file. Fault::out_of_range when its path does not come after the one before, or a limit is
    /// passed.
    Result<void> add(const std::string& path, std::string_view content);

    /// What was added so far, for the manifest.
    const std::vector<audit::ManifestFile>& files() const;

    /// Ends the archive and makes it durable under its own name. Its length in bytes.
    Result<std::uint64_t> finish();

private:
    struct Output;
    explicit BundleArchive(std::unique_ptr<Output> output);
    std::unique_ptr<Output> output_;
};

} // namespace plenum::papers
