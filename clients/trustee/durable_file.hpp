#pragma once

#include "protocol/bytes.hpp"

#include <string>

// Small files of which nothing may be lost; only their owner may read them.

namespace plenum::trustee {

/// Fault::in_use when it is there already, Fault::not_durable when it could not be made to last.
Result<void> create_file(const std::string& path, ByteView content);

/// Written beside, synced and renamed: a crash leaves the old content or the new one. Fault::not_durable.
Result<void> replace_file(const std::string& path, ByteView content);

/// Fault::not_found, Fault::io_error, or Fault::malformed when it is larger than `bytes_max`.
Result<Bytes> read_file(const std::string& path, std::size_t bytes_max);

} // namespace plenum::trustee
