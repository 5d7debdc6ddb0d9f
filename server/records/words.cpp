#include "server/records/words.hpp"

#include <cstdint>

namespace plenum::records {
namespace {

constexpr std::uint32_t first_spaced = 0x0590; ///< after Latin, Greek and Cyrillic

/// How many bytes the character at the beginning takes; 0 when it is none.
std::size_t length_of(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return length <= text.size() ? length : 0;
}

std::uint32_t code_point(std::string_view character)
{
    if (character.size() == 1) return static_cast<unsigned char>(character.front());
    auto code = static_cast<unsigned char>(character.front()) & (0x7fU >> character.size());
    for (const char byte : character.substr(1))
        code = (code << 6U) | (static_cast<unsigned char>(byte) & 0x3fU);
    return code;
}

} // namespace

std::string spaced(std::string_view text)
{
    std::string words;
    while (!text.empty()) {
        const auto length = length_of(text);
        if (length == 0) {
            text.remove_prefix(1);
            continue;
        }
        const auto character = text.substr(0, length);
        const bool alone = code_point(character) >= first_spaced;
        if (alone) words += ' ';
        words += character;
        if (alone) words += ' ';
        text.remove_prefix(length);
    }
    return words;
}

std::string query_of(std::string_view typed)
{
    std::string query;
    while (!typed.empty()) {
        const auto end = std::min(typed.find(' '), typed.size());
        std::string piece = spaced(typed.substr(0, end));
        typed.remove_prefix(std::min(end + 1, typed.size()));
        std::erase(piece, '"');
        if (piece.find_first_not_of(' ') == std::string::npos) continue;
        if (!query.empty()) query += ' ';
        query += '"' + piece + '"';
    }
    return query;
}

} // namespace plenum::records
