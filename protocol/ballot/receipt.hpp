#pragma once

#include "protocol/ballot/possession.hpp"
#include "protocol/ballot/terms.hpp"
#include "protocol/note.hpp"

// What a voter holds after a press (docs/ballot_protocol.md 5).

namespace plenum::ballot {

/// What every ballot and spoil begins with; the rest of a ballot is for its proofs.
struct RecordHead {
    RecordId vote{};
    Point pseudonym; ///< P
    std::uint32_t seq = 0;

    bool operator==(const RecordHead&) const = default;
};
/// u8 1 | vote_id | P | u32 seq and whatever follows. Fault::out_of_range when P is the identity.
Result<RecordHead> read_head(ByteView record);

/// What a receipt says. NOTE: append only.
enum class ReceiptKind {
    ballot, ///< durable in the box, counts unless a higher seq or a spoil comes
    spoil,  ///< durable in the box, so that this ballot never counts: now it may be opened
};

/// The server's word on one record, which it cannot take back: with the box it shows a lost ballot.
struct Receipt {
    RecordId vote{};
    Hash512 context{};
    Point pseudonym; ///< P
    std::uint32_t seq = 0;
    Digest ballot; ///< H32 of the ballot; with ReceiptKind::spoil of the one that no longer counts
    RecordId box{};
    std::uint64_t leaf = 0; ///< of the `box.frame` entry with the record
    Signature signature{};

    bool operator==(const Receipt&) const = default;
};

/// Signs all fields but the signature, which it replaces.
Receipt sign_receipt(ReceiptKind kind, Receipt receipt, const SigningKey& server);
/// Fault::bad_signature when `server` did not sign this as a receipt of this kind.
Result<void> check_receipt(ReceiptKind kind, const Receipt& receipt, const VerifyKey& server);
/// That it speaks of this ballot in this vote: Fault::malformed when it does not.
Result<void> check_receipt_of(const Receipt& receipt, const BallotTerms& terms, ByteView ballot);
/// u8 1 | vote_id | ctx | P | u32 seq | H32 | box_id | u64 leaf | signature.
Bytes encode(const Receipt& receipt);
Result<Receipt> decode_receipt(ByteView bytes);

/// 16 characters in four groups, by which a voter finds a ballot afterwards: `0J5K-…`.
std::string tracker(ByteView ballot);

/// "This ballot of mine shall never count": proved by whoever holds x.
struct Spoil {
    RecordHead head;
    Possession possession; ///< of x over Gv

    bool operator==(const Spoil&) const = default;
};

/// Of the ballot with this seq.
Spoil make_spoil(const BallotTerms& terms, const SecretScalar& voting_key, std::uint32_t seq,
                 Randomness& randomness);
/// Fault::malformed for another vote, Fault::bad_proof when P's owner did not make it.
Result<void> check_spoil(const BallotTerms& terms, const Spoil& spoil);
/// u8 1 | vote_id | P | u32 seq | K | z.
Bytes encode(const Spoil& spoil);
Result<Spoil> decode_spoil(ByteView bytes);
inline constexpr std::size_t spoil_bytes = 1 + 16 + 32 + 4 + 64;

} // namespace plenum::ballot
