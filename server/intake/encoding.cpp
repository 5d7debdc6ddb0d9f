#include "server/intake/encoding.hpp"

#include "protocol/assert.hpp"
#include "protocol/bytes.hpp"

#include <unicode/localpointer.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace plenum::intake {
namespace {

bool is_byte(std::string_view bytes, std::size_t at, unsigned char from, unsigned char to)
{
    if (at >= bytes.size()) return false;
    const auto byte = static_cast<unsigned char>(bytes[at]);
    return from <= byte && byte <= to;
}

/// Whether most bytes beyond ASCII are part of a Chinese character (U+3000 to U+9FFF) in UTF-8.
bool is_mostly_chinese_utf8(std::string_view bytes)
{
    std::size_t beyond_ascii = 0;
    std::size_t chinese = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const bool found = is_byte(bytes, at, 0xE3, 0xE9) && is_byte(bytes, at + 1, 0x80, 0xBF) &&
                           is_byte(bytes, at + 2, 0x80, 0xBF);
        const std::size_t length = found ? 3 : 1;
        if (found || is_byte(bytes, at, 0x80, 0xFF)) beyond_ascii += length;
        if (found) chinese += length;
        at += length;
    }
    return 2 * chinese > beyond_ascii;
}

/// Punctuation, full-width letters, or one of the 6,763 characters of GB 2312.
bool is_everyday(std::string_view bytes, std::size_t at)
{
    const bool letter = is_byte(bytes, at, 0xA1, 0xA1) || is_byte(bytes, at, 0xA3, 0xA3);
    return (letter || is_byte(bytes, at, 0xB0, 0xF7)) && is_byte(bytes, at + 1, 0xA1, 0xFE);
}

bool is_private_use(const icu::UnicodeString& text)
{
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const auto point = text.char32At(at);
        if ((point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000) return true;
    }
    return false;
}

} // namespace

Encoding encoding_of(std::string_view bytes)
{
    return is_utf8(bytes) || is_mostly_chinese_utf8(bytes) ? Encoding::utf8 : Encoding::gb18030;
}

bool reads_like_gb18030(std::string_view bytes)
{
    // So few may stand in any text: rare names are written with them.
    constexpr std::size_t odd_min = 2;
    std::size_t foreign = 0;
    std::size_t odd = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        if (!is_byte(bytes, at, 0x80, 0xFF)) {
            ++at;
            continue;
        }
        ++foreign;
        if (!is_everyday(bytes, at)) ++odd;
        at += is_byte(bytes, at + 1, 0x30, 0x39) ? 4 : 2;
    }
    return odd < odd_min || 2 * odd <= foreign;
}

struct Decoder::Converter {
    icu::LocalUConverterPointer icu;
};

Decoder::Decoder(Encoding encoding)
{
    if (encoding == Encoding::utf8) return;
    UErrorCode status = U_ZERO_ERROR;
    converter_ = std::make_unique<Converter>();
    converter_->icu.adoptInstead(ucnv_open("gb18030", &status));
    ucnv_setToUCallBack(converter_->icu.getAlias(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
    PLENUM_ASSERT(U_SUCCESS(status)); // It is built into ICU.
}

Decoder::~Decoder() = default;

std::optional<std::string> Decoder::decode(std::string_view bytes) const
{
    if (!converter_) return is_utf8(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                  converter_->icu.getAlias(), status);
    if (U_FAILURE(status) || is_private_use(text)) return std::nullopt;
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

} // namespace plenum::intake
