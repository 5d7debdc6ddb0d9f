#pragma once

#include "protocol/ballot/possession.hpp"
#include "protocol/note.hpp"
#include "protocol/record_id.hpp"

#include <optional>

// The messages of the key ceremony and what everybody recomputes from them (docs/ballot_protocol.md 7). What
// a key holder does with its secrets is in key_holder.hpp.

namespace plenum::ballot {

inline constexpr std::uint32_t key_holders_max = 15;
inline constexpr std::size_t key_holder_name_max = 200; ///< bytes of UTF-8

/// One of those who together can decrypt a total.
struct KeyHolder {
    std::string name;
    VerifyKey key{};

    bool operator==(const KeyHolder&) const = default;
};

/// What the body decided before the ceremony: who holds, and how many of them decrypt.
struct CeremonyTerms {
    std::string origin; ///< of the log
    RecordId meeting{};
    std::uint32_t attempt = 1;   ///< of the meeting: what was said in a ceremony that failed fits no other
    std::uint32_t threshold = 2; ///< k
    std::vector<KeyHolder> holders;

    std::uint32_t count() const { return static_cast<std::uint32_t>(holders.size()); }
    bool operator==(const CeremonyTerms&) const = default;
};

/// Fault::out_of_range unless 2 ≤ k ≤ n ≤ key_holders_max and 2k > n; Fault::malformed for two equal names or
/// keys, or a name that is empty, too long or not text.
Result<void> check_terms(const CeremonyTerms& terms);
/// sid.
Hash512 ceremony_id(const CeremonyTerms& terms);

/// NOTE: numbers are append only; they stand in signed bytes.
enum class CeremonyStep : std::uint32_t { commit = 1, open = 2, agree = 3, complain = 4 };

/// One signed message. `fields` are those of its step.
struct CeremonyMessage {
    CeremonyStep step = CeremonyStep::commit;
    std::uint32_t holder = 1; ///< i, counted from 1
    Bytes fields;
    Signature signature{};

    bool operator==(const CeremonyMessage&) const = default;
};

/// `fields` as the encode function of the step makes them; `key` is that of `holder`.
CeremonyMessage sign_message(const CeremonyTerms& terms, CeremonyStep step, std::uint32_t holder,
                             Bytes fields, const SigningKey& key);
/// Fault::out_of_range when there is no such holder, Fault::bad_signature when it did not sign this.
Result<void> check_message(const CeremonyTerms& terms, const CeremonyMessage& message);
/// u8 1 | u32 step | u32 i | fields | signature.
Bytes encode(const CeremonyMessage& message);
Result<CeremonyMessage> decode_message(ByteView bytes);

/// An X25519 public key for one ceremony.
using ExchangeKey = std::array<std::uint8_t, 32>;
/// Nonce and crypto_box of one f_i(j).
using SealedShare = std::array<std::uint8_t, 72>;

/// Step 1.
struct CeremonyCommit {
    Hash512 commitment{}; ///< h_i
    ExchangeKey exchange_key{};

    bool operator==(const CeremonyCommit&) const = default;
};

/// Step 2. The sealed shares themselves go to their owners only.
struct CeremonyOpen {
    std::vector<Point> coefficients; ///< A_i0 … A_i,k−1
    Possession possession;           ///< of a_i0
    std::vector<Digest> share_names; ///< H32 of box_ij for each j ≠ i, in order

    bool operator==(const CeremonyOpen&) const = default;
};

/// Step 3.
struct CeremonyAgree {
    Hash512 agreed{};

    bool operator==(const CeremonyAgree&) const = default;
};

/// Step 4: what j received from i, and the key that opens it. After this the ceremony is worth nothing, so
/// its secrets may be told.
struct CeremonyComplaint {
    std::uint32_t accused = 0; ///< i
    SealedShare share{};
    std::array<std::uint8_t, 32> exchange_secret{}; ///< of the one who complains

    bool operator==(const CeremonyComplaint&) const = default;
};

// Fields of each step and back, strict. An identity among A_i0 and an X25519 key of small order are refused.

Bytes encode(const CeremonyCommit& commit);
Result<CeremonyCommit> decode_commit(ByteView fields);
Bytes encode(const CeremonyOpen& open);
Result<CeremonyOpen> decode_open(const CeremonyTerms& terms, ByteView fields);
Bytes encode(const CeremonyAgree& agree);
Result<CeremonyAgree> decode_agree(ByteView fields);
Bytes encode(const CeremonyComplaint& complaint);
Result<CeremonyComplaint> decode_complaint(ByteView fields);

/// What A_i0 … are proved with: everything before the proof of possession's K.
Transcript possession_statement(const Hash512& sid, std::uint32_t holder,
                                std::span<const Point> coefficients);
/// h_i.
Hash512 commitment_of(const Hash512& sid, std::uint32_t holder, std::span<const Point> coefficients,
                      const Possession& possession);
/// What j signs in step 3 when `opens` are those of all holders in order.
Hash512 agreement_of(const Hash512& sid, std::uint32_t holder, std::span<const CeremonyOpen> opens);
/// Where in `share_names` of holder `from` the name of the share for `to` stands; they differ.
std::size_t share_index(std::uint32_t from, std::uint32_t to);
/// Σ_l x^l·A_l: what f(x)·G must be.
Point evaluate(std::span<const Point> coefficients, std::uint32_t x);

} // namespace plenum::ballot
