#include "protocol/bytes.hpp"

#include <sodium.h>

namespace plenum {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string encode_base64(ByteView bytes, int variant)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back(); // the length libsodium names includes the final NUL
    return text;
}

Result<Bytes> decode_base64(std::string_view text, int variant)
{
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const int status = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                                         &length, nullptr, variant);
    if (status != 0) return fault(Fault::malformed);
    bytes.resize(length);
    // Whatever a decoder forgives, the round trip does not: one value, one spelling.
    if (encode_base64(bytes, variant) != text) return fault(Fault::not_canonical);
    return bytes;
}

/// Length of the well-formed UTF-8 sequence at the start of `text` (Unicode table 3-7), or 0.
std::size_t utf8_sequence(std::string_view text)
{
    const auto at = [&](std::size_t i) {
        return static_cast<std::uint8_t>(i < text.size() ? text[i] : '\0');
    };
    const auto within = [](unsigned byte, unsigned low, unsigned high) {
        return byte >= low && byte <= high;
    };
    const unsigned lead = at(0);
    if (lead < 0x80) return 1;
    if (within(lead, 0xC2, 0xDF)) return within(at(1), 0x80, 0xBF) ? 2 : 0;
    if (within(lead, 0xE0, 0xEF)) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;  // below: overlong
        const unsigned high = lead == 0xED ? 0x9F : 0xBF; // above: surrogates
        return within(at(1), low, high) && within(at(2), 0x80, 0xBF) ? 3 : 0;
    }
    if (within(lead, 0xF0, 0xF4)) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;  // below: overlong
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF; // above: beyond U+10FFFF
        return within(at(1), low, high) && within(at(2), 0x80, 0xBF) && within(at(3), 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

} // namespace

void Writer::u8(std::uint8_t value)
{
    bytes_.push_back(value);
}

void Writer::u16_be(std::uint16_t value)
{
    bytes_.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes_.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

void Writer::u32(std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes_.push_back(static_cast<std::uint8_t>(value >> shift & 0xFF));
}

void Writer::u64(std::uint64_t value)
{
    for (int shift = 0; shift < 64; shift += 8)
        bytes_.push_back(static_cast<std::uint8_t>(value >> shift & 0xFF));
}

void Writer::u64_be(std::uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes_.push_back(static_cast<std::uint8_t>(value >> shift & 0xFF));
}

void Writer::raw(ByteView bytes)
{
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void Writer::pad_to(std::size_t alignment)
{
    bytes_.resize((bytes_.size() + alignment - 1) / alignment * alignment);
}

ByteView Reader::raw(std::size_t count)
{
    if (count > rest_.size()) {
        ok_ = false;
        rest_ = {};
        return {};
    }
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

std::uint8_t Reader::u8()
{
    const ByteView taken = raw(1);
    return taken.empty() ? std::uint8_t{0} : taken[0];
}

std::uint16_t Reader::u16_be()
{
    const ByteView taken = raw(2);
    return taken.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(taken[0] << 8 | taken[1]);
}

std::uint32_t Reader::u32()
{
    const ByteView taken = raw(4);
    std::uint32_t value = 0;
    for (std::size_t i = taken.size(); i-- > 0;)
        value = value << 8 | taken[i];
    return value;
}

std::uint64_t Reader::u64()
{
    const ByteView taken = raw(8);
    std::uint64_t value = 0;
    for (std::size_t i = taken.size(); i-- > 0;)
        value = value << 8 | taken[i];
    return value;
}

std::uint64_t Reader::u64_be()
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : raw(8))
        value = value << 8 | byte;
    return value;
}

std::string to_hex(ByteView bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(hex_digits[byte >> 4]);
        text.push_back(hex_digits[byte & 0xF]);
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return fault(Fault::malformed);
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_digits.find(text[i]);
        const auto low = hex_digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return fault(Fault::malformed);
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

std::string to_base64(ByteView bytes)
{
    return encode_base64(bytes, sodium_base64_VARIANT_ORIGINAL);
}

Result<Bytes> from_base64(std::string_view text)
{
    return decode_base64(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string to_base64url(ByteView bytes)
{
    return encode_base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Result<Bytes> from_base64url(std::string_view text)
{
    return decode_base64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8_sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

} // namespace plenum
