#include "protocol/access_code.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace plenum {
namespace {

// Crockford's base 32: no I, L, O, U. 128 bits are 26 letters, the last of which carries three bits.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t letters = 26;
constexpr std::size_t group_letters = 4;

int letter_value(char c)
{
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

AccessCode::AccessCode(std::span<const std::uint8_t, size> bytes)
{
    std::ranges::copy(bytes, bytes_.begin());
}

AccessCode::AccessCode(AccessCode&& other) noexcept : bytes_(other.bytes_)
{
    sodium_memzero(other.bytes_.data(), size);
}

AccessCode& AccessCode::operator=(AccessCode&& other) noexcept
{
    if (this != &other) {
        bytes_ = other.bytes_;
        sodium_memzero(other.bytes_.data(), size);
    }
    return *this;
}

AccessCode::~AccessCode()
{
    sodium_memzero(bytes_.data(), size);
}

Digest AccessCode::hash() const
{
    Writer writer;
    writer.raw("plenum/code/v1");
    writer.raw(bytes_);
    auto bytes = writer.take();
    const auto digest = sha256(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return digest;
}

std::string AccessCode::reveal() const
{
    std::string text;
    unsigned bits = 0;
    unsigned pending = 0;
    std::size_t written = 0;
    const auto put = [&](unsigned value) {
        if (written != 0 && written % group_letters == 0) text += '-';
        text += alphabet[value & 31U];
        ++written;
    };
    for (const auto byte : bytes_) {
        pending = (pending << 8U) | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            put(pending >> (bits - 5));
        pending &= (1U << bits) - 1;
    }
    put(pending << (5 - bits));
    return text;
}

Result<AccessCode> access_code_from_text(std::string_view text)
{
    std::array<std::uint8_t, AccessCode::size> bytes{};
    std::size_t filled = 0;
    std::size_t read = 0;
    unsigned bits = 0;
    unsigned pending = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const int value = letter_value(c);
        if (value < 0 || read == letters) return fault(Fault::malformed);
        ++read;
        pending = (pending << 5U) | static_cast<unsigned>(value);
        bits += 5;
        if (bits >= 8 && filled < bytes.size()) {
            bits -= 8;
            bytes[filled++] = static_cast<std::uint8_t>(pending >> bits);
            pending &= (1U << bits) - 1;
        }
    }
    if (read != letters || pending != 0) return fault(Fault::malformed);
    AccessCode code(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return code;
}

AccessCode derive_access_code(const Seed& seed, PersonId person, Role role)
{
    Writer writer;
    writer.raw("plenum/code-seed/v1");
    writer.raw(seed);
    writer.u64(number(person));
    writer.u8(static_cast<std::uint8_t>(role));
    auto bytes = writer.take();
    auto digest = sha256(bytes);
    AccessCode code(std::span<const std::uint8_t, AccessCode::size>(digest.bytes.data(), AccessCode::size));
    sodium_memzero(bytes.data(), bytes.size());
    sodium_memzero(digest.bytes.data(), digest.bytes.size());
    return code;
}

std::string encode_access_codes(const AccessCodeSheet& sheet)
{
    return canonical_json(to_json(sheet));
}

Result<AccessCodeSheet> decode_access_codes(std::string_view text)
{
    auto value = parse_canonical_json(text);
    if (!value) return value.error();
    auto sheet = from_json<AccessCodeSheet>(*value);
    if (!sheet) return fault(Fault::malformed);
    if (sheet->v != 1) return fault(Fault::unsupported);
    return std::move(*sheet);
}

} // namespace plenum
