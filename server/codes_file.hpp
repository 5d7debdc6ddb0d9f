#pragma once

#include "protocol/query.hpp"

namespace plenum {

/// Writes freshly made access codes as CSV (number,name,role,code) for printing. The file is readable by its
/// owner only and must not exist yet: codes are shown once and a list of them must not be overwritten unseen.
Result<void> write_codes(const std::string& path, const std::vector<IssuedCode>& codes);

/// The same lines on standard output.
void print_codes(const std::vector<IssuedCode>& codes);

} // namespace plenum
