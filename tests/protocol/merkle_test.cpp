#include "protocol/merkle.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(merkle_test)

using namespace plenum;

namespace {

using Digests = std::vector<Digest>;
using DigestView = std::span<const Digest>;

Digest hex(std::string_view text)
{
    return digest_from_hex(text).value();
}

Digests hexes(std::initializer_list<const char*> texts)
{
    Digests digests;
    for (const char* text : texts)
        digests.push_back(hex(text));
    return digests;
}

/// MTH of RFC 6962 section 2.1, written as the RFC has it and with nothing of protocol/merkle but SHA-256.
Digest naive_root(DigestView leaves)
{
    if (leaves.empty()) return sha256("");
    if (leaves.size() == 1) return leaves.front();
    std::size_t split = 1;
    while (split * 2 < leaves.size())
        split *= 2;
    Writer node;
    node.u8(1);
    node.raw(naive_root(leaves.first(split)).view());
    node.raw(naive_root(leaves.subspan(split)).view());
    return sha256(node.bytes());
}

/// PATH of RFC 6962 section 2.1.1.
Digests naive_inclusion(std::size_t index, DigestView leaves)
{
    if (leaves.size() == 1) return {};
    std::size_t split = 1;
    while (split * 2 < leaves.size())
        split *= 2;
    const DigestView left = leaves.first(split);
    const DigestView right = leaves.subspan(split);
    Digests path = index < split ? naive_inclusion(index, left) : naive_inclusion(index - split, right);
    path.push_back(naive_root(index < split ? right : left));
    return path;
}

/// SUBPROOF of RFC 6962 section 2.1.2.
Digests naive_consistency(std::size_t first, DigestView leaves, bool whole = true)
{
    if (first == leaves.size()) return whole ? Digests{} : Digests{naive_root(leaves)};
    std::size_t split = 1;
    while (split * 2 < leaves.size())
        split *= 2;
    const DigestView left = leaves.first(split);
    const DigestView right = leaves.subspan(split);
    Digests path = first <= split ? naive_consistency(first, left, whole)
                                  : naive_consistency(first - split, right, false);
    path.push_back(naive_root(first <= split ? right : left));
    return path;
}

struct Sample {
    Digests leaves;
    MerkleTree tree;
};

Sample sample(std::uint64_t size)
{
    Sample made;
    for (std::uint64_t i = 0; i < size; ++i) {
        made.leaves.push_back(leaf_hash(bytes_of("entry " + std::to_string(i))));
        made.tree.append(made.leaves.back());
    }
    return made;
}

/// The tree of eight leaves that Certificate Transparency implementations share.
MerkleTree published_tree()
{
    MerkleTree tree;
    for (const char* leaf :
         {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
        tree.append(leaf_hash(from_hex(leaf).value()));
    return tree;
}

void flip(Digest& digest, std::size_t bit)
{
    digest.bytes[bit / 8] = static_cast<std::uint8_t>(digest.bytes[bit / 8] ^ 1u << bit % 8);
}

constexpr std::size_t digest_bits = 256;
constexpr std::uint64_t size_max = 130; // one past a level of tiles' half, and well past two powers of two

} // namespace

BOOST_AUTO_TEST_CASE(the_published_tree_has_the_published_roots)
{
    const Digests roots = hexes({
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    });
    const MerkleTree tree = published_tree();
    BOOST_TEST_REQUIRE(tree.size() == 8u);
    for (std::size_t size = 0; size <= 8; ++size)
        BOOST_TEST(to_hex(tree.root(size)) == to_hex(roots[size]));
}

BOOST_AUTO_TEST_CASE(the_published_tree_gives_the_published_proofs)
{
    const char* const n00_01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
    const char* const n02_03 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    const char* const n04_05 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    const char* const n06_07 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    const char* const n00_03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    const char* const n04_07 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    const char* const n00 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    const char* const n01 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    const char* const n04 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    const char* const n06 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";
    const MerkleTree tree = published_tree();

    const struct {
        std::uint64_t index, size;
        Digests proof;
    } inclusions[] = {
        {0, 1, {}},
        {0, 8, hexes({n01, n02_03, n04_07})},
        {5, 8, hexes({n04, n06_07, n00_03})},
        {2, 3, hexes({n00_01})},
        {1, 5, hexes({n00, n02_03, n04})},
    };
    for (const auto& c : inclusions) {
        BOOST_TEST((tree.inclusion_proof(c.index, c.size) == c.proof));
        BOOST_TEST(
            verify_inclusion(tree.node(0, c.index), c.index, c.size, c.proof, tree.root(c.size)).has_value());
    }

    const struct {
        std::uint64_t first, second;
        Digests proof;
    } consistencies[] = {
        {1, 1, {}},
        {1, 8, hexes({n01, n02_03, n04_07})},
        {2, 8, hexes({n02_03, n04_07})},
        {6, 8, hexes({n04_05, n06_07, n00_03})},
        {2, 5, hexes({n02_03, n04})},
        {6, 7, hexes({n04_05, n06, n00_03})},
    };
    for (const auto& c : consistencies) {
        BOOST_TEST((tree.consistency_proof(c.first, c.second) == c.proof));
        BOOST_TEST(verify_consistency(c.first, c.second, c.proof, tree.root(c.first), tree.root(c.second))
                       .has_value());
    }
}

BOOST_AUTO_TEST_CASE(every_size_has_the_root_of_the_definition)
{
    const Sample s = sample(size_max);
    MerkleFrontier frontier;
    for (std::uint64_t size = 0; size <= size_max; ++size) {
        const Digest expected = naive_root(DigestView(s.leaves).first(size));
        BOOST_TEST_REQUIRE((s.tree.root(size) == expected));
        BOOST_TEST_REQUIRE((frontier.root() == expected));
        BOOST_TEST_REQUIRE(frontier.size() == size);
        if (size < size_max) frontier.append(s.leaves[size]);
    }
    BOOST_TEST((s.tree.root() == frontier.root()));
    BOOST_TEST((MerkleTree{}.root() == empty_root()));
}

BOOST_AUTO_TEST_CASE(every_node_is_the_root_of_its_leaves)
{
    const Sample s = sample(size_max);
    for (unsigned level = 0; size_max >> level > 0; ++level)
        for (std::uint64_t index = 0; index < size_max >> level; ++index) {
            const auto leaves = DigestView(s.leaves).subspan(index << level, std::size_t{1} << level);
            BOOST_TEST_REQUIRE((s.tree.node(level, index) == naive_root(leaves)));
        }
}

BOOST_AUTO_TEST_CASE(every_inclusion_proof_verifies_and_no_change_to_it_does)
{
    const Sample s = sample(size_max);
    std::size_t bit = 0;
    const auto refused = [](const Result<void>& result) { return result.error() == Fault::bad_proof; };
    for (std::uint64_t size = 1; size <= size_max; ++size)
        for (std::uint64_t index = 0; index < size; ++index) {
            Digests proof = s.tree.inclusion_proof(index, size);
            Digest leaf = s.leaves[index];
            Digest root = s.tree.root(size);
            BOOST_TEST_REQUIRE((proof == naive_inclusion(index, DigestView(s.leaves).first(size))));
            BOOST_TEST_REQUIRE(verify_inclusion(leaf, index, size, proof, root).has_value());

            // One bit of each hash, another bit each time; all bits where the tree is small.
            for (std::size_t n = 0; n < (size <= 9 ? digest_bits : 1); ++n, bit = (bit + 1) % digest_bits) {
                for (Digest& sibling : proof) {
                    flip(sibling, bit);
                    BOOST_TEST_REQUIRE(refused(verify_inclusion(leaf, index, size, proof, root)));
                    flip(sibling, bit);
                }
                flip(leaf, bit);
                BOOST_TEST_REQUIRE(refused(verify_inclusion(leaf, index, size, proof, root)));
                flip(leaf, bit);
                flip(root, bit);
                BOOST_TEST_REQUIRE(refused(verify_inclusion(leaf, index, size, proof, root)));
                flip(root, bit);
            }
            for (unsigned i = 0; i < 64; ++i) {
                const std::uint64_t other = index ^ std::uint64_t{1} << i;
                BOOST_TEST_REQUIRE(refused(verify_inclusion(leaf, other, size, proof, root)));
            }
            proof.push_back(root);
            BOOST_TEST_REQUIRE(refused(verify_inclusion(leaf, index, size, proof, root)));
            proof.pop_back();
            if (proof.empty()) continue;
            const auto shorter = DigestView(proof);
            BOOST_TEST_REQUIRE(refused(verify_inclusion(leaf, index, size, shorter.subspan(1), root)));
            BOOST_TEST_REQUIRE(
                refused(verify_inclusion(leaf, index, size, shorter.first(proof.size() - 1), root)));
        }
}

BOOST_AUTO_TEST_CASE(every_consistency_proof_verifies_and_no_change_to_it_does)
{
    const Sample s = sample(size_max);
    std::size_t bit = 0;
    const auto refused = [](const Result<void>& result) { return result.error() == Fault::bad_proof; };
    for (std::uint64_t second = 1; second <= size_max; ++second)
        for (std::uint64_t first = 1; first <= second; ++first) {
            Digests proof = s.tree.consistency_proof(first, second);
            Digest before = s.tree.root(first);
            Digest after = s.tree.root(second);
            BOOST_TEST_REQUIRE((proof == naive_consistency(first, DigestView(s.leaves).first(second))));
            BOOST_TEST_REQUIRE(verify_consistency(first, second, proof, before, after).has_value());

            for (std::size_t n = 0; n < (second <= 9 ? digest_bits : 1); ++n, bit = (bit + 1) % digest_bits) {
                for (Digest& sibling : proof) {
                    flip(sibling, bit);
                    BOOST_TEST_REQUIRE(refused(verify_consistency(first, second, proof, before, after)));
                    flip(sibling, bit);
                }
                flip(before, bit);
                BOOST_TEST_REQUIRE(refused(verify_consistency(first, second, proof, before, after)));
                flip(before, bit);
                flip(after, bit);
                BOOST_TEST_REQUIRE(refused(verify_consistency(first, second, proof, before, after)));
                flip(after, bit);
            }
            proof.push_back(after);
            BOOST_TEST_REQUIRE(refused(verify_consistency(first, second, proof, before, after)));
            proof.pop_back();
            if (proof.empty()) continue;
            const auto shorter = DigestView(proof);
            BOOST_TEST_REQUIRE(refused(verify_consistency(first, second, shorter.subspan(1), before, after)));
            BOOST_TEST_REQUIRE(
                refused(verify_consistency(first, second, shorter.first(proof.size() - 1), before, after)));
        }
}

BOOST_AUTO_TEST_CASE(proofs_about_impossible_trees_are_refused)
{
    const Sample s = sample(4);
    const Digest root = s.tree.root();
    const Digest& leaf = s.leaves[0];
    const Digests proof = s.tree.inclusion_proof(0, 4);
    BOOST_TEST(verify_inclusion(leaf, 0, 0, {}, empty_root()).has_error());
    BOOST_TEST(verify_inclusion(leaf, 4, 4, proof, root).has_error());
    BOOST_TEST(verify_inclusion(leaf, UINT64_MAX, UINT64_MAX, proof, root).has_error());
    BOOST_TEST(verify_inclusion(leaf, UINT64_MAX - 1, UINT64_MAX, Digests(100, root), root).has_error());

    BOOST_TEST(verify_consistency(0, 0, {}, empty_root(), empty_root()).has_value());
    BOOST_TEST(verify_consistency(0, 4, {}, empty_root(), root).has_value());
    BOOST_TEST(verify_consistency(0, 4, {}, leaf, root).has_error());
    BOOST_TEST(verify_consistency(0, 4, proof, empty_root(), root).has_error());
    BOOST_TEST(verify_consistency(0, 0, {}, root, root).has_error());
    BOOST_TEST(verify_consistency(4, 3, {}, root, root).has_error());
    BOOST_TEST(verify_consistency(4, 4, proof, root, root).has_error());
    BOOST_TEST(verify_consistency(3, 4, {}, s.tree.root(3), root).has_error());
    BOOST_TEST(verify_consistency(UINT64_MAX - 1, UINT64_MAX, Digests(100, root), root, root).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
