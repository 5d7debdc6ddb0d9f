#pragma once

#include <string_view>

namespace plenum {

/// What a file is by its own bytes, among the few kinds a browser may show: application/pdf, image/png,
/// image/jpeg, image/webp, text/plain; charset=utf-8. Everything else is application/octet-stream, whatever
/// its name or sender says.
std::string_view media_type_of(std::string_view content);

inline constexpr std::string_view media_type_unknown = "application/octet-stream";

} // namespace plenum
