#pragma once

#include "protocol/result.hpp"

#include <string>
#include <vector>

namespace plenum {

/// Makes a certificate authority of this chamber's own and a server certificate by it, in `directory`: ca.crt
/// (to be installed on consoles), ca.key, server.crt, server.key; keys readable by their owner only. P-256,
/// valid for `hosts` (names or addresses), the authority for ten years, the server for two. Nothing is
/// replaced: Fault::in_use when there is an authority already.
Result<void> make_certificates(const std::string& directory, const std::vector<std::string>& hosts);

} // namespace plenum
