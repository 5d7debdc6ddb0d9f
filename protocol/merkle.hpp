#pragma once

#include "protocol/digest.hpp"

namespace plenum {

/// RFC 6962 section 2.1: SHA-256(0x00 | entry) and SHA-256(0x01 | left | right).
Digest leaf_hash(ByteView entry);
Digest node_hash(const Digest& left, const Digest& right);

/// The root of no leaves: SHA-256 of nothing.
Digest empty_root();

/// The whole tree in memory, by level, so that any root, proof or tile of any earlier size can be made.
/// 600,000 leaves take about 38 MB. Grows only; owned by one thread.
class MerkleTree {
public:
    void append(const Digest& leaf);
    std::uint64_t size() const;

    /// Root of the first `size` leaves; size() must be at least that.
    Digest root(std::uint64_t size) const;
    Digest root() const { return root(size()); }

    /// RFC 6962 2.1.1: siblings from the leaf upwards; `index` < `size` <= size().
    std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size) const;
    /// RFC 6962 2.1.2: `first` <= `second` <= size(); empty when first is 0 or equal to second.
    std::vector<Digest> consistency_proof(std::uint64_t first, std::uint64_t second) const;

    /// The hash at (level, index) when its whole subtree exists, as a tile needs it.
    const Digest& node(unsigned level, std::uint64_t index) const;

private:
    Digest range_root(std::uint64_t begin, std::uint64_t end) const;
    std::vector<std::vector<Digest>> levels_;
};

/// Only the right edge of the tree: appends and roots, in logarithmic space. For verifiers that read a log
/// once.
class MerkleFrontier {
public:
    void append(const Digest& leaf);
    std::uint64_t size() const { return size_; }
    Digest root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> peaks_; ///< roots of the perfect subtrees, largest first
};

/// Checks of proofs somebody else made. Fault::bad_proof when they do not lead to the root.
Result<void> verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                              std::span<const Digest> proof, const Digest& root);
Result<void> verify_consistency(std::uint64_t first, std::uint64_t second, std::span<const Digest> proof,
                                const Digest& first_root, const Digest& second_root);

} // namespace plenum
