#pragma once

#include "protocol/audit/bundle.hpp"

namespace plenum::audit {

/// A bundle, or the finding that keeps it from being read: AuditCode::archive_unreadable, archive_damaged or
/// archive_malformed.
using ReadBundle = boost::system::result<Bundle, AuditFinding>;

/// Takes an archive apart. Accepts only what the server writes: ustar, regular files with fixed metadata,
/// safe paths in ascending order with the manifest last, nothing before or after, and the digest of all of it
/// on the last line. Whether the files are those of the manifest is for read_signed_log to say.
ReadBundle read_archive(ByteView archive);

/// The same from a file, which is read once from front to back.
ReadBundle read_archive_file(const std::string& path);

} // namespace plenum::audit
