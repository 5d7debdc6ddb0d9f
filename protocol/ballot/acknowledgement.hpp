#pragma once

#include "protocol/ballot/roll.hpp"

// What every console of the list signs: that it stands in the list, and that it found what it expected in the
// box. Both are counted against the same roll of device keys (docs/ballot_protocol.md 3, 6).

namespace plenum::ballot {

/// "I stand in this list": signed by the device before the vote is opened.
struct Acknowledgement {
    VerifyKey device{};
    Digest build; ///< SHA-256 of the console's program
    Signature signature{};

    bool operator==(const Acknowledgement&) const = default;
};

/// By the device of `device`, once it found itself in the list.
Acknowledgement acknowledge(const VoteContext& context, const Digest& build, const SigningKey& device);
/// Fault::bad_signature when the device did not sign this context and build.
Result<void> check_acknowledgement(const VoteContext& context, const Acknowledgement& acknowledgement);

/// All acknowledgements of a vote, as the blob whose hash stands in the record: sorted by device key.
Bytes encode_acknowledgements(const Hash512& context, std::vector<Acknowledgement> acknowledgements);
/// Strict: another context, a device twice or out of order is refused.
Result<std::vector<Acknowledgement>> decode_acknowledgements(const Hash512& context, ByteView bytes);

/// "I found my ballot, or that there is none": signed by the device after the box is sealed, whether its
/// member voted or not, and never for two roots.
struct Confirmation {
    VerifyKey device{};
    Signature signature{};

    bool operator==(const Confirmation&) const = default;
};

/// By the device of `device`, once it checked the proof for its own P.
Confirmation confirm(const BallotTerms& terms, const Digest& box_root, const SigningKey& device);
/// Fault::bad_signature when the device did not sign this root of this vote.
Result<void> check_confirmation(const BallotTerms& terms, const Digest& box_root,
                                const Confirmation& confirmation);

/// All confirmations of one root, as a blob: sorted by device key.
Bytes encode_confirmations(const Hash512& context, const Digest& box_root,
                           std::vector<Confirmation> confirmations);
/// Strict: another context or root, a device twice or out of order is refused.
Result<std::vector<Confirmation>> decode_confirmations(const Hash512& context, const Digest& box_root,
                                                       ByteView bytes);

/// Signatures held against the roll of N device keys: who is missing, and what should not be there.
struct RollCheck {
    std::uint32_t good = 0;              ///< devices of the roll with a signature that holds
    std::vector<VerifyKey> missing;      ///< of the roll, without one
    std::vector<VerifyKey> unknown;      ///< not of the roll
    std::vector<VerifyKey> repeated;     ///< more than one by this device
    std::vector<VerifyKey> forged;       ///< the signature does not hold
    std::vector<VerifyKey> other_builds; ///< a program that was not pinned
    bool other_length = false;           ///< the roll does not have as many devices as the list has entries

    /// All of the roll, each once, and nothing else.
    bool complete() const;
    /// More than two thirds of the roll: what key holders ask of confirmations before they decrypt.
    bool two_thirds() const;

    bool operator==(const RollCheck&) const = default;
};

/// N acknowledgements of one context by exactly the N keys of `roll` under builds that are pinned: by
/// counting, nothing in the list belongs to anybody else.
RollCheck check_acknowledgements(const VoteContext& context,
                                 std::span<const Acknowledgement> acknowledgements,
                                 std::span<const VerifyKey> roll, std::span<const Digest> builds);
/// Of confirmations, some may be missing.
RollCheck check_confirmations(const BallotTerms& terms, const Digest& box_root,
                              std::span<const Confirmation> confirmations, std::span<const VerifyKey> roll);

} // namespace plenum::ballot
