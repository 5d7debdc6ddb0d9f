#pragma once

#include "server/papers/bundle_writer.hpp"
#include "server/shelf.hpp"

namespace plenum {

/// Which bundle is wanted, and where.
struct BundleOrder {
    audit::BundleKind kind = audit::BundleKind::public_;
    papers::BundleTarget target;
    std::optional<std::uint64_t>
        size;                        ///< entries it shall hold: those of a durable head; empty: all there are
    std::function<bool()> abandoned; ///< asked again and again; true gives up. Empty: never
};

/// A bundle that was written, and what the operator should hear about the log besides.
struct ExportedBundle {
    papers::WrittenBundle written;
    std::vector<LocalText> remarks;
};

/// Writes the audit bundle of the data directory `root`. Nothing in it is locked or changed, so a running
/// server is not disturbed. A log that is damaged, shorter than its newest published checkpoint or in
/// contradiction to it is refused, since the signature in a bundle would speak for it.
boost::system::result<ExportedBundle, LocalFault> export_bundle(journal::Directory& root,
                                                                const BundleOrder& order);

} // namespace plenum
