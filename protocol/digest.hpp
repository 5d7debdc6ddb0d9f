#pragma once

#include "protocol/bytes.hpp"

#include <array>
#include <compare>

namespace plenum {

/// A SHA-256 value: of a blob, a leaf, a root, an access code.
struct Digest {
    static constexpr std::size_t size = 32;
    std::array<std::uint8_t, size> bytes{};

    ByteView view() const { return bytes; }
    auto operator<=>(const Digest&) const = default;
};

/// FIPS 180-4: the hash of everything that outsiders check.
Digest sha256(ByteView bytes);
/// The same of a text's bytes.
inline Digest sha256(std::string_view text)
{
    return sha256(bytes_of(text));
}

/// BLAKE2b-256, used only inside frames where nobody outside needs to recompute it.
Digest blake2b256(ByteView bytes);

/// 64 lower-case digits, for people and logs.
std::string to_hex(const Digest& digest);
/// base64url without padding: 43 characters, the spelling used in entries and on the wire.
std::string to_text(const Digest& digest);
Result<Digest> digest_from_hex(std::string_view text);
Result<Digest> digest_from_text(std::string_view text);

/// The digest in a container of exactly 32 bytes; anything else is Fault::malformed.
Result<Digest> digest_from_bytes(ByteView bytes);

} // namespace plenum
