#include "protocol/digest.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum {
namespace {

// Lets libsodium choose its fastest BLAKE2b for this processor; without it the slow one answers the same.
[[maybe_unused]] const int sodium_ready = sodium_init();

} // namespace

Digest sha256(ByteView bytes)
{
    Digest digest;
    crypto_hash_sha256(digest.bytes.data(), bytes.data(), bytes.size());
    return digest;
}

Digest blake2b256(ByteView bytes)
{
    Digest digest;
    crypto_generichash_blake2b(digest.bytes.data(), Digest::size, bytes.data(), bytes.size(), nullptr, 0);
    return digest;
}

std::string to_hex(const Digest& digest)
{
    return to_hex(digest.view());
}

std::string to_text(const Digest& digest)
{
    return to_base64url(digest.view());
}

Result<Digest> digest_from_hex(std::string_view text)
{
    const auto bytes = from_hex(text);
    if (!bytes) return bytes.error();
    return digest_from_bytes(*bytes);
}

Result<Digest> digest_from_text(std::string_view text)
{
    const auto bytes = from_base64url(text);
    if (!bytes) return bytes.error();
    return digest_from_bytes(*bytes);
}

Result<Digest> digest_from_bytes(ByteView bytes)
{
    if (bytes.size() != Digest::size) return fault(Fault::malformed);
    Digest digest;
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    return digest;
}

} // namespace plenum
