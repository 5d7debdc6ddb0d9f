#pragma once

#include "protocol/ballot/box.hpp"

namespace plenum::ballot {

/// The key of one ballot box. When it is destroyed, the order in which ballots came is gone with it.
using BoxKey = Secret<32>;

/// Where a sealed record stands in the journal; nobody can put it elsewhere.
struct SealedPlace {
    RecordId box{};
    std::uint64_t first_entry = 0; ///< of the frame
    std::uint32_t number = 0;      ///< of the record within its frame

    bool operator==(const SealedPlace&) const = default;
};

/// What is inside.
struct SealedContent {
    RecordKind kind = RecordKind::ballot;
    std::uint64_t leaves_before = 0; ///< of the journal when it was sealed
    Bytes record;                    ///< a ballot or a spoil

    bool operator==(const SealedContent&) const = default;
};

/// Bytes of every sealed record of a vote of this shape, whatever it holds.
std::size_t sealed_size(const BallotShape& shape);
/// nonce | XChaCha20-Poly1305 of the content, padded to the length of a ballot. The record is not longer than
/// a ballot of the shape.
Bytes seal(const SealedContent& content, const SealedPlace& place, const BallotShape& shape,
           const BoxKey& key, Randomness& randomness);
/// Fault::bad_digest when key, place or a byte is not the one it was sealed with; Fault::malformed when what
/// is inside was not made by seal.
Result<SealedContent> unseal(ByteView sealed, const SealedPlace& place, const BallotShape& shape,
                             const BoxKey& key);

} // namespace plenum::ballot
