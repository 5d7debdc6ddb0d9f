#pragma once

#include <cstddef>
#include <string_view>

namespace plenum {

/// Limits of texts people write, in bytes of UTF-8. A name of 60 Chinese characters and a title of 500 fit.
inline constexpr std::size_t name_bytes_max = 300;
inline constexpr std::size_t title_bytes_max = 2'000;
inline constexpr std::size_t reason_bytes_max = 2'000;
inline constexpr std::size_t hall_message_bytes_max = 500;
inline constexpr std::size_t document_bytes_max = 1024 * 1024;

/// Not empty, well-formed UTF-8 of at most `bytes_max`, no control characters, not only spaces: what a screen
/// can show in one line.
bool is_line(std::string_view text, std::size_t bytes_max);

/// As is_line, but may be empty.
bool is_line_or_empty(std::string_view text, std::size_t bytes_max);

/// Not empty, well-formed UTF-8 of at most `bytes_max`, lines and tabs but no other control characters, not
/// only blanks.
bool is_document(std::string_view text, std::size_t bytes_max = document_bytes_max);

/// What a hall screen is named: 1 to 32 small letters, digits, `_` and `-`, since it stands in an address.
bool is_screen_name(std::string_view name);

} // namespace plenum
