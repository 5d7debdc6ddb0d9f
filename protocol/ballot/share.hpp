#pragma once

#include "protocol/ballot/election_key.hpp"
#include "protocol/ballot/terms.hpp"
#include "protocol/cosignature.hpp"

#include <map>

// A key holder's part of a decryption, with its proof (docs/ballot_protocol.md 7). Only sums are decrypted.

namespace plenum::ballot {

/// The sum of one ciphertext over all ballots of a box: (a,b) = Σ (alpha,beta).
struct EncryptedSum {
    Point alpha;
    Point beta;

    bool operator==(const EncryptedSum&) const = default;
};

/// What shares are given for: one root of one vote.
struct ShareTerms {
    RecordId vote{};
    Hash512 context{};
    Digest box_root;
};

/// D = x_i·a, and that log_G X_i = log_a D.
struct SumShare {
    Point factor;         ///< D
    Point key_commitment; ///< t1 = w·G
    Point sum_commitment; ///< t2 = w·a
    Scalar answer;        ///< z = w − e·x_i

    bool operator==(const SumShare&) const = default;
};

/// One key holder's shares of all sums of a vote, in their order.
struct DecryptionShare {
    RecordId vote{};
    Digest box_root;
    std::uint32_t holder = 0; ///< i, from 1
    std::vector<SumShare> sums;

    bool operator==(const DecryptionShare&) const = default;
};

/// `share` is the x_i of `holder`. For a box the holder has verified itself, and once: see DecryptionLedger.
DecryptionShare make_share(const ShareTerms& terms, std::uint32_t holder, const SecretScalar& share,
                           std::span<const EncryptedSum> sums, Randomness& randomness);
/// Fault::malformed for another vote, root, or number of sums, Fault::out_of_range for a holder there is not
/// or a D that is the identity, Fault::bad_proof when one proof does not hold.
Result<void> check_share(const ShareTerms& terms, const ElectionKeys& keys, const DecryptionShare& share,
                         std::span<const EncryptedSum> sums);

/// u8 1 | vote_id | box_root | u32 i | (D | t1 | t2 | z)·n.
Bytes encode(const DecryptionShare& share);
/// Strict; the number of sums comes from the shape of the vote.
Result<DecryptionShare> decode_share(ByteView bytes, std::size_t sums);

/// What a key holder has decrypted: one root for each vote, for ever, and the very bytes it gave. Two roots
/// of one vote, or one root with fewer ballots, would let the server take totals apart. Whoever owns it makes
/// an entry durable before the share leaves.
class DecryptionLedger {
public:
    struct Entry {
        RecordId vote{};
        Digest box_root;
        Bytes share;
        std::uint32_t confirmed = 0; ///< consoles that had confirmed the root, by the statement beside it
        bool overridden = false;     ///< and whether the holder went on without enough of them
        Bytes statement{};           ///< the signature over both
        Digest question{};           ///< what was asked; zeros: written down before this was
        RecordId first{};            ///< the first attempt of the same vote, as the server called it
        std::string origin{};        ///< of the log that was cosigned with it; empty: before that was done
        Cosignature cosignature{};

        bool operator==(const Entry&) const = default;
    };

    /// The share given for this root; nothing when the vote was never decrypted. Fault::in_use when another
    /// root was.
    Result<std::optional<Bytes>> find(const RecordId& vote, const Digest& box_root) const;
    /// Remembers a share; the same entry again changes nothing. Fault::in_use when the vote has another
    /// entry.
    Result<void> add(Entry entry);
    /// Whether another vote was decrypted that asked the same, or that had the same first attempt: the
    /// difference of two totals may say who voted how, and a server that hides a repeat still has to ask.
    bool has_another(const RecordId& vote, const RecordId& first, const Digest& question) const;
    /// The largest checkpoint of this log that was cosigned: every later one must hold what it held. Of size
    /// 0 when there is none.
    Checkpoint cosigned(const std::string& origin) const;
    std::size_t size() const { return entries_.size(); }
    /// What was given for which vote, for whoever writes it down.
    const std::map<RecordId, Entry>& entries() const { return entries_; }

private:
    std::map<RecordId, Entry> entries_;
};

} // namespace plenum::ballot
