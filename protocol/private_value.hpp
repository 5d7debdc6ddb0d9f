#pragma once

#include "protocol/access_code.hpp"

namespace plenum {

/// What the public record may not hold in words: a reason for leave, a photo, a paper of a closed item. The
/// record names its SHA-256; the salt makes that digest say nothing once the value is erased from the private
/// store (design: privacy).
struct PrivateValue {
    std::uint32_t v = 1;
    Bytes salt; ///< 16 bytes
    std::string media_type;
    Bytes content;

    bool operator==(const PrivateValue&) const = default;
};
BOOST_DESCRIBE_STRUCT(PrivateValue, (), (v, salt, media_type, content))

/// The salt of the value the entry with sequence number `seq` names: SHA-256("plenum/private-salt/v1" | seed
/// | seq), cut to 16 bytes.
Bytes derive_salt(const Seed& seed, std::uint64_t seq);

/// Canonical JSON, the content of the private blob.
std::string encode_private_value(const PrivateValue& value);
/// Reads it back; refuses other versions and spellings.
Result<PrivateValue> decode_private_value(std::string_view text);

} // namespace plenum
