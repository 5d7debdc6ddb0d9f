#include "server/records/words.hpp"

#include "protocol/bytes.hpp"

#include <algorithm>
#include <cstdint>

namespace plenum::records {
namespace {

constexpr std::uint32_t first_spaced = 0x0590; ///< after Latin, Greek and Cyrillic

/// How many bytes the character at the beginning takes; 0 when it is none, or the NUL that ends texts in C.
std::size_t length_of(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return lead != 0 && length <= text.size() && is_utf8(text.substr(0, length)) ? length : 0;
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

std::vector<std::string> pieces_of(std::string_view typed)
{
    constexpr std::string_view wide_space = "\u3000"; // of Chinese keyboards
    std::vector<std::string> pieces;
    while (!typed.empty()) {
        const auto wide = typed.find(wide_space);
        const auto end = std::min({typed.find(' '), wide, typed.size()});
        if (end > 0) pieces.emplace_back(typed.substr(0, end));
        typed.remove_prefix(std::min(end + (end == wide ? wide_space.size() : 1), typed.size()));
    }
    return pieces;
}

std::string query_of(std::string_view typed)
{
    std::string query;
    for (const auto& piece : pieces_of(typed)) {
        std::string phrase = spaced(piece);
        std::erase(phrase, '"');
        if (phrase.find_first_not_of(' ') == std::string::npos) continue;
        if (!query.empty()) query += ' ';
        query += '"' + phrase + '"';
    }
    return query;
}

} // namespace plenum::records
