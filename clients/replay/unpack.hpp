#pragma once

#include "clients/replay/trouble.hpp"

namespace plenum::replay {

/// The content of a file, unpacked when it is gzip, at most 256 MiB.
Tried<std::string> unpack_file(const std::string& path);

} // namespace plenum::replay
