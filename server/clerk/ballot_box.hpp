#pragma once

#include "protocol/ballot/ciphertext_index.hpp"
#include "protocol/ballot/sealed_record.hpp"
#include "protocol/refusal.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>

namespace plenum::clerk {

/// What a receipt says beside its signature.
struct UnsignedReceipt {
    ballot::ReceiptKind kind = ballot::ReceiptKind::ballot;
    ballot::BallotReceipt receipt;
};

/// The box of a secret vote while ballots come, and until it is sealed: its key, and everything that was
/// recorded, in order. Nothing of it is ever told to anybody but by a receipt to whoever brought the very
/// bytes.
class BallotBox {
public:
    /// `list`: the pseudonyms of the round, sorted.
    BallotBox(const RecordId& id, ballot::BallotTerms terms, ballot::BoxKey key,
              std::vector<ballot::Point> list);

    const RecordId& id() const { return id_; }
    const std::shared_ptr<const ballot::BallotTerms>& terms() const { return terms_; }

    /// What can be said before the proofs are looked at: the receipt of these very bytes, or of a ballot that
    /// is spoiled already; nothing when they are new. Refused: ballot_wrong, seq_reused.
    boost::system::result<std::optional<UnsignedReceipt>, Refusal> look_at(ballot::RecordKind kind,
                                                                           ByteView record) const;
    /// Of a ballot that is refused as seq_reused: true the first time that its number is, since the box was
    /// opened or read again after a restart.
    bool is_first_reuse(ByteView ballot);
    /// Of a new ballot whose proofs hold: ballot_wrong when a ciphertext of it was copied from another.
    std::optional<Refusal> check_copies(const ballot::CheckedBallot& ballot);

    Bytes seal(const ballot::SealedContent& content, const ballot::SealedPlace& place,
               ballot::Randomness& randomness) const;
    /// From the journal, for add() after a restart. Fault::corrupt when it was not sealed for this place.
    Result<ballot::SealedContent> unseal(ByteView sealed, const ballot::SealedPlace& place) const;

    /// Takes a new record in; look_at() answered nothing to it. `leaf` is the entry that commits to it.
    UnsignedReceipt add(ballot::RecordKind kind, Bytes record, std::uint64_t leaf);
    /// The next so many records that were added are durable by now.
    void settle(std::size_t records);
    /// How many pseudonyms have a ballot that counts, by what is durable.
    std::uint32_t received() const { return received_; }

    /// What counts.
    ballot::BoxContent collect() const;

private:
    using Place = std::pair<ballot::Point, std::uint32_t>; ///< P and seq
    struct Kept {
        Digest name; ///< H32 of the ballot
        std::uint64_t leaf = 0;
        std::optional<std::uint64_t> spoiled; ///< by the record with this leaf
        bool reused = false;
    };
    struct Standing {
        std::uint32_t seq = 0;
        bool counts = false;
    };

    UnsignedReceipt receipt_of(const Place& place, const Kept& kept, ballot::ReceiptKind kind) const;
    void stand(ballot::RecordKind kind, const Place& place);

    RecordId id_;
    std::shared_ptr<const ballot::BallotTerms> terms_;
    ballot::BoxKey key_;
    std::vector<ballot::Point> list_;
    std::vector<Bytes> ballots_; ///< in order of record
    std::vector<Bytes> spoils_;
    std::map<Place, Kept> kept_;
    ballot::CiphertextIndex ciphertexts_;
    std::deque<std::pair<ballot::RecordKind, Place>> unsettled_;
    std::map<ballot::Point, Standing> standing_; ///< the highest seq of each, by what is durable
    std::uint32_t received_ = 0;
};

} // namespace plenum::clerk
