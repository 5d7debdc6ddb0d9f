#pragma once

#include <string>
#include <vector>

namespace plenum::papers {

/// In front of a table: by it Excel knows that what follows is UTF-8.
inline constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

/// One line of a table after RFC 4180, with its line feed; what intake::parse_csv reads back the same.
std::string csv_line(const std::vector<std::string>& cells);

} // namespace plenum::papers
