#pragma once

#include "protocol/ballot/receipt.hpp"
#include "protocol/merkle.hpp"

#include <optional>

// The ballot box: what counts, how it is written down, and how a console finds its own in it
// (docs/ballot_protocol.md 6). A ballot is opaque here beyond its head; its proofs are checked elsewhere.

namespace plenum::ballot {

/// NOTE: numbers are for ever.
enum class RecordKind : std::uint8_t { ballot = 1, spoil = 2 };

/// What counts of a vote after its close: at most one ballot for each P, and all spoils.
struct BoxContent {
    std::vector<Bytes> ballots; ///< sorted by P
    std::vector<Bytes> spoils;  ///< sorted by P and seq

    bool operator==(const BoxContent&) const = default;
};

/// From everything that was recorded while the vote was open, in order of record; every ballot and spoil was
/// checked before it was recorded. Of each P the ballot with the highest seq, unless that seq is spoiled:
/// then none, and no earlier one instead. Fault::malformed when a record has no head.
Result<BoxContent> collect(std::span<const Bytes> ballots, std::span<const Bytes> spoils);

/// str("plenum/box/v1") | ctx | u32 m | ballots | u32 s | spoils.
Bytes encode(const BallotTerms& terms, const BoxContent& box);
/// Strict: another context or vote, ballots of another length, out of order, two of one P or one whose seq is
/// spoiled are refused. Fault::malformed, truncated, not_canonical or out_of_range.
Result<BoxContent> decode_box(const BallotTerms& terms, ByteView bytes);

/// A leaf of the tree over a box.
struct BoxLeaf {
    RecordKind kind = RecordKind::ballot;
    Point pseudonym;
    std::uint32_t seq = 0;
    Digest record; ///< H32 of the ballot or spoil

    bool operator==(const BoxLeaf&) const = default;
};
inline constexpr std::size_t box_leaf_bytes = 1 + 32 + 4 + 32;

/// A leaf, where it stands, and the way from it to the root.
struct BoxNeighbour {
    std::uint32_t index = 0;
    BoxLeaf leaf;
    std::vector<Digest> path;

    bool operator==(const BoxNeighbour&) const = default;
};

/// That a ballot of some P stands in the box, by one leaf; or that none does, by the leaves between which it
/// would stand: two, or one at either end, or none when the box is empty.
struct BoxProof {
    std::uint32_t leaves = 0;
    std::vector<BoxNeighbour> neighbours;

    bool operator==(const BoxProof&) const = default;
};

/// The tree over a box, for its root and for the proofs of all consoles.
class BoxTree {
public:
    /// Of a box as collect or decode_box make it.
    explicit BoxTree(const BoxContent& box);

    Digest root() const { return tree_.root(); }
    /// Of presence when there is a ballot of this P, of absence when there is none.
    BoxProof prove(const Point& pseudonym) const;

private:
    BoxNeighbour neighbour(std::size_t index) const;

    std::vector<BoxLeaf> leaves_; ///< sorted by (P, kind, seq)
    MerkleTree tree_;
};

/// The ballot of `pseudonym` that the proof shows in the box with this root; nothing when it shows that there
/// is none. Fault::bad_proof when it shows neither.
Result<std::optional<BoxLeaf>> check_proof(const BoxProof& proof, const Point& pseudonym,
                                           const Digest& box_root);
/// u32 leaves | u8 neighbours | for each: u32 index | leaf | u8 hashes | path.
Bytes encode(const BoxProof& proof);
Result<BoxProof> decode_proof(ByteView bytes);

} // namespace plenum::ballot
