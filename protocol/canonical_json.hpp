#pragma once

#include "protocol/result.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace plenum {

/// Limits that hold for every JSON text from outside, so that no input costs more than its length.
inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::int64_t json_integer_max =
    9'007'199'254'740'991; ///< 2^53 - 1, what every language can hold

/// RFC 8785 restricted: members sorted, integers only and within ±json_integer_max, no floats, shortest
/// escapes. Keys must be ASCII, where the UTF-16 order of RFC 8785 and byte order agree. Passing a float is a
/// bug.
std::string canonical_json(const boost::json::value& value);

/// Parses text that somebody else wrote. Refuses: not UTF-8, deeper than json_depth_max, duplicate members,
/// floats and integers out of range, anything after the value.
Result<boost::json::value> parse_json(std::string_view text);

/// As parse_json, and the text must be exactly what canonical_json would write: Fault::not_canonical
/// otherwise.
Result<boost::json::value> parse_canonical_json(std::string_view text);

} // namespace plenum
