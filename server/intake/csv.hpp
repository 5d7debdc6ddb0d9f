#pragma once

#include "protocol/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace plenum::intake {

/// RFC 4180: commas, quoted cells with doubled quotes, CRLF or LF; blank lines are skipped. Fault::malformed
/// for a quoted cell that never ends or is followed by anything but a comma or the line's end.
Result<std::vector<std::vector<std::string>>> parse_csv(std::string_view text);

} // namespace plenum::intake
