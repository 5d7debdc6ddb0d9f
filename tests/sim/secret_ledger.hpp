#pragma once

#include "protocol/ballot/receipt.hpp"
#include "protocol/event.hpp"
#include "protocol/rules/outcome.hpp"

#include <map>
#include <vector>

namespace plenum::sim {

/// What the voters of a story know of their secret ballots: what each says, and which receipts they hold. The
/// server knows none of the former; of the latter none may be broken. Throws a Violation.
class SecretLedger {
public:
    /// `said`: a byte a row, option or candidate (ballot/choice.hpp).
    void made(VoteId vote, const Bytes& ballot, const Bytes& said);
    void spoiled(VoteId vote, const Bytes& spoil);
    /// A receipt reached somebody, or could have: the same bytes have one receipt for ever.
    void acknowledged(ballot::ReceiptKind kind, const Bytes& record, const Bytes& receipt);

    /// The box as it was sealed holds every acknowledged ballot, unless its own voter pressed again or
    /// spoiled it, and nothing nobody made. What its ballots say, by what their voters know.
    std::vector<Bytes> check_sealed(const BallotBoxSealed& sealed, ByteView file);

    std::uint64_t receipts = 0;
    std::uint64_t spoil_receipts = 0;
    std::uint64_t superseded = 0; ///< ballots with a receipt that do not count, as their voters decided

private:
    struct Made {
        VoteId vote{};
        ballot::RecordHead head;
        Bytes said{};
        bool is_acknowledged = false;
    };
    /// The ballots and spoils in a box file, by a reading of its own.
    struct Content {
        std::vector<Bytes> ballots;
        std::vector<Bytes> spoils;
    };
    static Content read_box(ByteView file, std::size_t ballot_bytes);
    void check_receipts(VoteId vote, const std::map<ballot::Point, std::uint32_t>& counted,
                        const std::map<Digest, bool>& in_box);

    std::map<Digest, Made> ballots_; ///< by the hash of their bytes
    std::map<Digest, Made> spoils_;
    std::map<VoteId, std::size_t> sizes_; ///< of every ballot of a vote
    std::map<Digest, Bytes> receipts_;    ///< by the same
};

} // namespace plenum::sim
