#include "protocol/ballot/sealed_record.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t record_head_bytes = 1 + 8 + 4; ///< kind, leaves before it, length
static_assert(BoxKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

Bytes associated_data(const SealedPlace& place)
{
    Writer writer;
    writer.raw(place.box);
    writer.u64(place.first_entry);
    writer.u32(place.number);
    return writer.take();
}

} // namespace

std::size_t sealed_size(const BallotShape& shape)
{
    return nonce_bytes + record_head_bytes + ballot_size(shape) + tag_bytes;
}

Bytes seal(const SealedContent& content, const SealedPlace& place, const BallotShape& shape,
           const BoxKey& key, Randomness& randomness)
{
    PLENUM_ASSERT(content.record.size() <= ballot_size(shape));
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(content.kind));
    writer.u64(content.leaves_before);
    writer.u32(static_cast<std::uint32_t>(content.record.size()));
    writer.raw(content.record);
    Bytes plain = writer.take();
    plain.resize(record_head_bytes + ballot_size(shape));

    Bytes sealed(sealed_size(shape));
    const auto nonce = std::span(sealed).first<nonce_bytes>();
    randomness.fill(nonce);
    const Bytes place_bytes = associated_data(place);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_bytes, nullptr, plain.data(),
                                               plain.size(), place_bytes.data(), place_bytes.size(), nullptr,
                                               nonce.data(), key.reveal().data());
    return sealed;
}

Result<SealedContent> unseal(ByteView sealed, const SealedPlace& place, const BallotShape& shape,
                             const BoxKey& key)
{
    if (sealed.size() != sealed_size(shape)) return fault(Fault::malformed);
    Bytes plain(sealed.size() - nonce_bytes - tag_bytes);
    const Bytes place_bytes = associated_data(place);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain.data(), nullptr, nullptr, sealed.data() + nonce_bytes, sealed.size() - nonce_bytes,
            place_bytes.data(), place_bytes.size(), sealed.data(), key.reveal().data()) != 0)
        return fault(Fault::bad_digest);

    Reader reader(plain);
    const std::uint8_t kind = reader.u8();
    const std::uint64_t leaves_before = reader.u64();
    const ByteView record = reader.raw(reader.u32());
    const bool padded = std::ranges::all_of(reader.rest(), [](std::uint8_t byte) { return byte == 0; });
    if ((kind != 1 && kind != 2) || !reader.ok() || !padded) return fault(Fault::malformed);
    return SealedContent{static_cast<RecordKind>(kind), leaves_before, {record.begin(), record.end()}};
}

} // namespace plenum::ballot
