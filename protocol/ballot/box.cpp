#include "protocol/ballot/box.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace plenum::ballot {

namespace {

constexpr std::string_view box_domain = "plenum/box/v1";
constexpr std::size_t neighbours_max = 2;
constexpr std::size_t path_max = 32; ///< of a tree with fewer than 2^32 leaves

using Key = std::pair<Point, std::uint32_t>; ///< P and seq

Result<std::vector<Key>> keys_of(std::span<const Bytes> records)
{
    std::vector<Key> keys;
    for (const Bytes& record : records) {
        const auto head = read_head(record);
        if (!head) return fault(Fault::malformed);
        keys.emplace_back(head->pseudonym, head->seq);
    }
    return keys;
}

auto place_of(const BoxLeaf& leaf)
{
    return std::tuple(leaf.pseudonym, leaf.kind, leaf.seq);
}

void write_leaf(Writer& writer, const BoxLeaf& leaf)
{
    writer.u8(static_cast<std::uint8_t>(leaf.kind));
    writer.raw(leaf.pseudonym.bytes);
    writer.u32(leaf.seq);
    writer.raw(leaf.record.view());
}

BoxLeaf read_leaf(FieldReader& reader)
{
    BoxLeaf leaf;
    const std::uint8_t kind = reader.u8();
    reader.require(kind == 1 || kind == 2, Fault::unsupported);
    leaf.kind = static_cast<RecordKind>(kind);
    leaf.pseudonym = reader.point();
    leaf.seq = reader.u32();
    leaf.record = reader.digest();
    return leaf;
}

Digest hash_of(const BoxLeaf& leaf)
{
    Writer writer;
    write_leaf(writer, leaf);
    return leaf_hash(writer.bytes());
}

void add_leaves(std::vector<BoxLeaf>& leaves, RecordKind kind, std::span<const Bytes> records)
{
    for (const Bytes& record : records) {
        const RecordHead head = read_head(record).value();
        leaves.push_back({kind, head.pseudonym, head.seq, sha256(record)});
    }
}

Result<std::vector<Bytes>> read_records(FieldReader& reader, std::size_t size, const RecordId& vote)
{
    std::vector<Bytes> records;
    for (std::uint32_t left = reader.u32(); left > 0 && reader.ok(); --left) {
        const ByteView taken = reader.raw(size);
        if (!reader.ok()) break;
        const auto head = read_head(taken);
        if (!head) return head.error();
        reader.require(head->vote == vote);
        records.emplace_back(taken.begin(), taken.end());
    }
    return records;
}

/// Sorted, one ballot for each P, and none whose seq is spoiled.
bool in_order(const std::vector<Key>& ballots, const std::vector<Key>& spoils)
{
    const auto unsorted = [](const std::vector<Key>& keys, auto projection) {
        return std::ranges::adjacent_find(keys, std::ranges::greater_equal{}, projection) != keys.end();
    };
    if (unsorted(ballots, &Key::first) || unsorted(spoils, std::identity{})) return false;
    return std::ranges::none_of(ballots,
                                [&](const Key& key) { return std::ranges::binary_search(spoils, key); });
}

} // namespace

Result<BoxContent> collect(std::span<const Bytes> ballots, std::span<const Bytes> spoils)
{
    const auto ballot_keys = keys_of(ballots);
    if (!ballot_keys) return ballot_keys.error();
    const auto spoil_keys = keys_of(spoils);
    if (!spoil_keys) return spoil_keys.error();
    std::map<Point, std::pair<std::uint32_t, const Bytes*>> highest; // by P: seq and ballot
    for (std::size_t i = 0; i < ballots.size(); ++i) {
        const auto& [pseudonym, seq] = (*ballot_keys)[i];
        const auto [at, is_first] = highest.try_emplace(pseudonym, seq, &ballots[i]);
        if (!is_first && seq > at->second.first) at->second = {seq, &ballots[i]};
    }
    std::map<Key, const Bytes*> spoiled;
    for (std::size_t i = 0; i < spoils.size(); ++i)
        spoiled.try_emplace((*spoil_keys)[i], &spoils[i]);

    BoxContent box;
    for (const auto& [pseudonym, top] : highest)
        if (!spoiled.contains({pseudonym, top.first})) box.ballots.push_back(*top.second);
    for (const auto& [key, spoil] : spoiled)
        box.spoils.push_back(*spoil);
    return box;
}

Bytes encode(const BallotTerms& terms, const BoxContent& box)
{
    Transcript head(box_domain);
    head.raw(terms.context);
    Writer writer;
    writer.raw(head.bytes());
    for (const auto* records : {&box.ballots, &box.spoils}) {
        writer.u32(static_cast<std::uint32_t>(records->size()));
        for (const Bytes& record : *records)
            writer.raw(record);
    }
    return writer.take();
}

Result<BoxContent> decode_box(const BallotTerms& terms, ByteView bytes)
{
    FieldReader reader(bytes);
    reader.domain(box_domain);
    reader.require(reader.array<64>() == terms.context);
    if (!reader.ok()) return fault(Fault::malformed);
    auto ballots = read_records(reader, ballot_size(terms.shape), terms.vote);
    if (!ballots) return ballots.error();
    auto spoils = read_records(reader, spoil_bytes, terms.vote);
    if (!spoils) return spoils.error();
    if (const auto end = reader.end(); !end) return end.error();
    for (const Bytes& spoil : *spoils)
        if (const auto sound = decode_spoil(spoil); !sound) return sound.error();
    if (!in_order(keys_of(*ballots).value(), keys_of(*spoils).value())) return fault(Fault::malformed);
    return BoxContent{std::move(*ballots), std::move(*spoils)};
}

BoxTree::BoxTree(const BoxContent& box)
{
    add_leaves(leaves_, RecordKind::ballot, box.ballots);
    add_leaves(leaves_, RecordKind::spoil, box.spoils);
    std::ranges::sort(leaves_, {}, place_of);
    for (const BoxLeaf& leaf : leaves_)
        tree_.append(hash_of(leaf));
}

BoxNeighbour BoxTree::neighbour(std::size_t index) const
{
    return {static_cast<std::uint32_t>(index), leaves_[index], tree_.inclusion_proof(index, tree_.size())};
}

BoxProof BoxTree::prove(const Point& pseudonym) const
{
    const std::tuple wanted(pseudonym, RecordKind::ballot, std::uint32_t{0});
    const auto at =
        static_cast<std::size_t>(std::ranges::lower_bound(leaves_, wanted, {}, place_of) - leaves_.begin());
    BoxProof proof{static_cast<std::uint32_t>(leaves_.size()), {}};
    const bool present =
        at < leaves_.size() && leaves_[at].pseudonym == pseudonym && leaves_[at].kind == RecordKind::ballot;
    if (!present && at > 0) proof.neighbours.push_back(neighbour(at - 1));
    if (at < leaves_.size()) proof.neighbours.push_back(neighbour(at));
    return proof;
}

namespace {

/// Before every ballot of `pseudonym`, or after.
bool stands_before(const BoxLeaf& leaf, const Point& pseudonym)
{
    return leaf.pseudonym < pseudonym;
}
bool stands_after(const BoxLeaf& leaf, const Point& pseudonym)
{
    return leaf.pseudonym > pseudonym || (leaf.pseudonym == pseudonym && leaf.kind == RecordKind::spoil);
}

/// That no leaf stands between the neighbours, or beyond the only one, where a ballot of `pseudonym` would.
bool shows_absence(const BoxProof& proof, const Point& pseudonym)
{
    const auto& all = proof.neighbours;
    if (all.size() == 2)
        return std::uint64_t{all[0].index} + 1 == all[1].index && stands_before(all[0].leaf, pseudonym) &&
               stands_after(all[1].leaf, pseudonym);
    const BoxNeighbour& only = all.front();
    if (stands_after(only.leaf, pseudonym)) return only.index == 0;
    return stands_before(only.leaf, pseudonym) && std::uint64_t{only.index} + 1 == proof.leaves;
}

} // namespace

Result<std::optional<BoxLeaf>> check_proof(const BoxProof& proof, const Point& pseudonym,
                                           const Digest& box_root)
{
    const std::optional<BoxLeaf> none;
    if (proof.neighbours.empty() && proof.leaves == 0 && box_root == empty_root()) return none;
    if (proof.neighbours.empty() || proof.neighbours.size() > neighbours_max) return fault(Fault::bad_proof);
    for (const BoxNeighbour& one : proof.neighbours)
        if (const auto included =
                verify_inclusion(hash_of(one.leaf), one.index, proof.leaves, one.path, box_root);
            !included)
            return included.error();
    const BoxLeaf& first = proof.neighbours.front().leaf;
    if (proof.neighbours.size() == 1 && first.kind == RecordKind::ballot && first.pseudonym == pseudonym)
        return std::optional<BoxLeaf>(first);
    if (!shows_absence(proof, pseudonym)) return fault(Fault::bad_proof);
    return none;
}

Bytes encode(const BoxProof& proof)
{
    Writer writer;
    writer.u32(proof.leaves);
    writer.u8(static_cast<std::uint8_t>(proof.neighbours.size()));
    for (const BoxNeighbour& one : proof.neighbours) {
        writer.u32(one.index);
        write_leaf(writer, one.leaf);
        writer.u8(static_cast<std::uint8_t>(one.path.size()));
        for (const Digest& hash : one.path)
            writer.raw(hash.view());
    }
    return writer.take();
}

Result<BoxProof> decode_proof(ByteView bytes)
{
    FieldReader reader(bytes);
    BoxProof proof{reader.u32(), {}};
    const std::uint8_t count = reader.u8();
    reader.require(count <= neighbours_max, Fault::out_of_range);
    for (std::uint8_t i = 0; i < count && reader.ok(); ++i) {
        BoxNeighbour& one = proof.neighbours.emplace_back();
        one.index = reader.u32();
        one.leaf = read_leaf(reader);
        const std::uint8_t hashes = reader.u8();
        reader.require(hashes <= path_max, Fault::out_of_range);
        while (one.path.size() < hashes && reader.ok())
            one.path.push_back(reader.digest());
    }
    if (const auto end = reader.end(); !end) return end.error();
    return proof;
}

} // namespace plenum::ballot
