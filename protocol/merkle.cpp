#include "protocol/merkle.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>

namespace plenum {
namespace {

/// RFC 6962: the largest power of two smaller than `leaves`, which is at least 2.
std::uint64_t left_leaves(std::uint64_t leaves)
{
    return std::bit_floor(leaves - 1);
}

Result<void> claim(bool holds)
{
    if (!holds) return fault(Fault::bad_proof);
    return {};
}

} // namespace

Digest leaf_hash(ByteView entry)
{
    const std::uint8_t prefix = 0x00;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &prefix, 1);
    crypto_hash_sha256_update(&state, entry.data(), entry.size());
    Digest digest;
    crypto_hash_sha256_final(&state, digest.bytes.data());
    return digest;
}

Digest node_hash(const Digest& left, const Digest& right)
{
    std::array<std::uint8_t, 1 + 2 * Digest::size> bytes{0x01};
    const auto middle = std::copy(left.bytes.begin(), left.bytes.end(), bytes.begin() + 1);
    std::copy(right.bytes.begin(), right.bytes.end(), middle);
    return sha256(bytes);
}

Digest empty_root()
{
    return sha256(ByteView{});
}

void MerkleTree::append(const Digest& leaf)
{
    Digest carry = leaf;
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        auto& nodes = levels_[level];
        nodes.push_back(carry);
        if (nodes.size() % 2 != 0) return;
        carry = node_hash(nodes[nodes.size() - 2], nodes.back());
    }
}

std::uint64_t MerkleTree::size() const
{
    return levels_.empty() ? 0 : levels_.front().size();
}

Digest MerkleTree::root(std::uint64_t size) const
{
    PLENUM_ASSERT(size <= this->size());
    return size == 0 ? empty_root() : range_root(0, size);
}

/// A range as the recursion of RFC 6962 makes them: not empty, and aligned to its own size where that is a
/// power of two, in which case the node already exists.
Digest MerkleTree::range_root(std::uint64_t begin, std::uint64_t end) const
{
    const std::uint64_t leaves = end - begin;
    if (std::has_single_bit(leaves)) {
        const auto level = static_cast<unsigned>(std::countr_zero(leaves));
        return node(level, begin >> level);
    }
    const std::uint64_t middle = begin + left_leaves(leaves);
    return node_hash(range_root(begin, middle), range_root(middle, end));
}

std::vector<Digest> MerkleTree::inclusion_proof(std::uint64_t index, std::uint64_t size) const
{
    PLENUM_ASSERT(index < size && size <= this->size());
    std::vector<Digest> proof;
    for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
        const std::uint64_t middle = begin + left_leaves(end - begin);
        if (index < middle) {
            proof.push_back(range_root(middle, end));
            end = middle;
        } else {
            proof.push_back(range_root(begin, middle));
            begin = middle;
        }
    }
    std::reverse(proof.begin(), proof.end()); // found from the root downwards
    return proof;
}

std::vector<Digest> MerkleTree::consistency_proof(std::uint64_t first, std::uint64_t second) const
{
    PLENUM_ASSERT(first <= second && second <= size());
    std::vector<Digest> proof;
    if (first == 0 || first == second) return proof;
    std::uint64_t begin = 0;
    std::uint64_t end = second;
    while (first != end) {
        const std::uint64_t middle = begin + left_leaves(end - begin);
        if (first <= middle) {
            proof.push_back(range_root(middle, end));
            end = middle;
        } else {
            proof.push_back(range_root(begin, middle));
            begin = middle;
        }
    }
    // A range that starts at 0 is the first tree itself, whose root the verifier holds already.
    if (begin != 0) proof.push_back(range_root(begin, end));
    std::reverse(proof.begin(), proof.end());
    return proof;
}

const Digest& MerkleTree::node(unsigned level, std::uint64_t index) const
{
    PLENUM_ASSERT(level < levels_.size() && index < levels_[level].size());
    return levels_[level][index];
}

void MerkleFrontier::append(const Digest& leaf)
{
    Digest carry = leaf;
    for (std::uint64_t bits = size_; bits & 1; bits >>= 1) {
        carry = node_hash(peaks_.back(), carry);
        peaks_.pop_back();
    }
    peaks_.push_back(carry);
    ++size_;
}

Digest MerkleFrontier::root() const
{
    if (peaks_.empty()) return empty_root();
    Digest root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;)
        root = node_hash(peaks_[i], root);
    return root;
}

/// RFC 9162 section 2.1.3.2, step by step.
Result<void> verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                              std::span<const Digest> proof, const Digest& root)
{
    if (index >= size) return fault(Fault::bad_proof);
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Digest computed = leaf;
    for (const Digest& sibling : proof) {
        if (last == 0) return fault(Fault::bad_proof);
        if (node % 2 == 1 || node == last) {
            computed = node_hash(sibling, computed);
            while (node % 2 == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            computed = node_hash(computed, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return claim(last == 0 && computed == root);
}

/// RFC 9162 section 2.1.4.2, step by step; the first tree may also be empty, and then proves nothing.
Result<void> verify_consistency(std::uint64_t first, std::uint64_t second, std::span<const Digest> proof,
                                const Digest& first_root, const Digest& second_root)
{
    if (first > second) return fault(Fault::bad_proof);
    if (first == 0 && first_root != empty_root()) return fault(Fault::bad_proof);
    if (first == second) return claim(proof.empty() && first_root == second_root);
    if (first == 0) return claim(proof.empty());

    std::uint64_t node = first - 1;
    std::uint64_t last = second - 1;
    while (node % 2 == 1) {
        node >>= 1;
        last >>= 1;
    }
    // Where the first tree is perfect its root is the node to start from, and the proof leaves it out.
    const bool starts_at_first_root = std::has_single_bit(first);
    if (!starts_at_first_root && proof.empty()) return fault(Fault::bad_proof);
    Digest first_computed = starts_at_first_root ? first_root : proof.front();
    Digest second_computed = first_computed;
    for (const Digest& sibling : proof.subspan(starts_at_first_root ? 0 : 1)) {
        if (last == 0) return fault(Fault::bad_proof);
        if (node % 2 == 1 || node == last) {
            first_computed = node_hash(sibling, first_computed);
            second_computed = node_hash(sibling, second_computed);
            while (node % 2 == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            second_computed = node_hash(second_computed, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return claim(last == 0 && first_computed == first_root && second_computed == second_root);
}

} // namespace plenum
