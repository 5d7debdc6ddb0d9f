#include "protocol/text.hpp"

#include "protocol/bytes.hpp"

#include <algorithm>

namespace plenum {

bool is_line(std::string_view text, std::size_t bytes_max)
{
    const bool blank = std::ranges::all_of(text, [](char c) { return c == ' '; });
    return !blank && is_line_or_empty(text, bytes_max);
}

bool is_line_or_empty(std::string_view text, std::size_t bytes_max)
{
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return text.size() <= bytes_max && std::ranges::none_of(text, is_control) && is_utf8(text);
}

bool is_document(std::string_view text, std::size_t bytes_max)
{
    const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    const auto is_control = [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\t' && c != '\r' && c != '\n') || code == 0x7f;
    };
    return !blank && text.size() <= bytes_max && std::ranges::none_of(text, is_control) && is_utf8(text);
}

bool is_screen_name(std::string_view name)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    return !name.empty() && name.size() <= 32 && name.find_first_not_of(letters) == std::string_view::npos;
}

} // namespace plenum
