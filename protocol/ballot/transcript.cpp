#include "protocol/ballot/transcript.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>
#include <limits>

namespace plenum::ballot {

Transcript& Transcript::text(std::string_view value)
{
    PLENUM_ASSERT(value.size() <= std::numeric_limits<std::uint32_t>::max());
    bytes_.u32(static_cast<std::uint32_t>(value.size()));
    bytes_.raw(value);
    return *this;
}

Transcript& Transcript::u32(std::uint32_t value)
{
    bytes_.u32(value);
    return *this;
}

Transcript& Transcript::u64(std::uint64_t value)
{
    bytes_.u64(value);
    return *this;
}

Transcript& Transcript::raw(ByteView fixed_width)
{
    bytes_.raw(fixed_width);
    return *this;
}

Hash512 Transcript::hash() const
{
    Hash512 hash;
    crypto_hash_sha512(hash.data(), bytes_.bytes().data(), bytes_.size());
    return hash;
}

Challenge Transcript::challenge() const
{
    const Hash512 whole = hash();
    Challenge challenge;
    std::copy_n(whole.begin(), challenge.size(), challenge.begin());
    return challenge;
}

SecretScalar Transcript::nonce(const SecretScalar& secret, Randomness& randomness) const
{
    Secret<64> fresh;
    randomness.fill(fresh.fill());
    Transcript domain("plenum/nonce/v1");
    crypto_hash_sha512_state state;
    crypto_hash_sha512_init(&state);
    for (const ByteView part : {domain.bytes(), ByteView(fresh.reveal()), ByteView(secret.reveal()), bytes()})
        crypto_hash_sha512_update(&state, part.data(), part.size());
    Secret<64> wide;
    crypto_hash_sha512_final(&state, wide.fill().data());
    sodium_memzero(&state, sizeof state);
    return reduce(wide.reveal());
}

} // namespace plenum::ballot
