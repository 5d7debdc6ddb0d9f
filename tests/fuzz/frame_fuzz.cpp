// Property: whatever the bytes, decoding answers; what it accepts, it gives back byte for byte.
#include "protocol/frame.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

using namespace plenum;

namespace {

void check(ByteView bytes)
{
    const auto decoded = decode_frame(bytes);
    if (!decoded) return;
    const EncodedFrame encoded = encode_frame(decoded->frame);
    if (decoded->aligned_bytes > bytes.size() || encoded.hash != decoded->hash) std::abort();
    if (!std::ranges::equal(encoded.bytes, bytes.first(decoded->aligned_bytes))) std::abort();
}

/// The same bytes with the right hash and padding after what the header says is hashed. Without this a fuzzer
/// never gets past the hash to the sections.
std::optional<Bytes> with_right_hash(ByteView bytes)
{
    if (bytes.size() < frame_header_bytes) return std::nullopt;
    std::uint64_t hashed_bytes = frame_header_bytes + Digest::size;
    for (const std::size_t length_at : {20u, 28u, 80u})
        hashed_bytes += Reader(bytes.subspan(length_at)).u32();
    if (hashed_bytes > bytes.size()) return std::nullopt;
    Writer repaired;
    repaired.raw(bytes.first(hashed_bytes));
    repaired.raw(blake2b256(bytes.first(hashed_bytes)).view());
    repaired.pad_to(frame_alignment);
    return repaired.take();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    check(bytes);
    if (const auto repaired = with_right_hash(bytes)) check(*repaired);
    return 0;
}
