#include "protocol/ballot/share.hpp"

#include "protocol/assert.hpp"
#include "protocol/merkle.hpp"

#include <algorithm>

namespace plenum::ballot {

namespace {

/// What one proof speaks of, up to its commitments.
Transcript statement_of(const ShareTerms& terms, std::uint32_t holder, const Point& share_key,
                        std::uint32_t index, const Point& alpha, const Point& factor)
{
    Transcript statement("plenum/share/v1");
    statement.raw(terms.context)
        .digest(terms.box_root)
        .u32(holder)
        .point(share_key)
        .u32(index)
        .point(alpha)
        .point(factor);
    return statement;
}

Scalar challenge_of(Transcript statement, const Point& key_commitment, const Point& sum_commitment)
{
    return scalar_of(statement.point(key_commitment).point(sum_commitment).challenge());
}

/// t1 = z·G + e·X_i and t2 = z·a + e·D.
bool holds(const Transcript& statement, const Point& share_key, const Point& alpha, const SumShare& sum)
{
    const Scalar e = challenge_of(statement, sum.key_commitment, sum.sum_commitment);
    return sum.key_commitment == add(times_generator(sum.answer), times(e, share_key)) &&
           sum.sum_commitment == add(times(sum.answer, alpha), times(e, sum.factor));
}

} // namespace

DecryptionShare make_share(const ShareTerms& terms, std::uint32_t holder, const SecretScalar& share,
                           std::span<const EncryptedSum> sums, Randomness& randomness)
{
    DecryptionShare made{terms.vote, terms.box_root, holder, {}};
    const Point share_key = times_generator(share);
    for (std::uint32_t index = 0; index < sums.size(); ++index) {
        const Point& alpha = sums[index].alpha;
        SumShare& sum = made.sums.emplace_back();
        sum.factor = times(share, alpha);
        const Transcript statement = statement_of(terms, holder, share_key, index, alpha, sum.factor);
        const SecretScalar nonce = statement.nonce(share, randomness);
        sum.key_commitment = times_generator(nonce);
        sum.sum_commitment = times(nonce, alpha);
        sum.answer = answer(nonce, challenge_of(statement, sum.key_commitment, sum.sum_commitment), share);
    }
    return made;
}

Result<void> check_share(const ShareTerms& terms, const ElectionKeys& keys, const DecryptionShare& share,
                         std::span<const EncryptedSum> sums)
{
    if (share.vote != terms.vote || share.box_root != terms.box_root || share.sums.size() != sums.size())
        return fault(Fault::malformed);
    if (share.holder < 1 || share.holder > keys.share_keys.size()) return fault(Fault::out_of_range);
    const Point& share_key = keys.share_keys[share.holder - 1];
    for (std::uint32_t index = 0; index < sums.size(); ++index) {
        const SumShare& sum = share.sums[index];
        const Point& alpha = sums[index].alpha;
        if (sum.factor.is_identity()) return fault(Fault::out_of_range);
        const Transcript statement = statement_of(terms, share.holder, share_key, index, alpha, sum.factor);
        if (!holds(statement, share_key, alpha, sum)) return fault(Fault::bad_proof);
    }
    return {};
}

Bytes encode(const DecryptionShare& share)
{
    Writer writer;
    writer.u8(1);
    writer.raw(share.vote);
    writer.raw(share.box_root.view());
    writer.u32(share.holder);
    for (const SumShare& sum : share.sums) {
        writer.raw(sum.factor.bytes);
        writer.raw(sum.key_commitment.bytes);
        writer.raw(sum.sum_commitment.bytes);
        writer.raw(sum.answer.bytes);
    }
    return writer.take();
}

Result<DecryptionShare> decode_share(ByteView bytes, std::size_t sums)
{
    FieldReader reader(bytes);
    DecryptionShare share;
    reader.version();
    share.vote = reader.array<16>();
    share.box_root = reader.digest();
    share.holder = reader.u32();
    while (share.sums.size() < sums && reader.ok()) {
        SumShare& sum = share.sums.emplace_back();
        sum.factor = reader.point();
        sum.key_commitment = reader.any_point();
        sum.sum_commitment = reader.any_point();
        sum.answer = reader.scalar();
    }
    if (const auto end = reader.end(); !end) return end.error();
    return share;
}

Result<std::optional<Bytes>> DecryptionLedger::find(const RecordId& vote, const Digest& box_root) const
{
    const auto found = entries_.find(vote);
    if (found == entries_.end()) return std::optional<Bytes>{};
    if (found->second.box_root != box_root) return fault(Fault::in_use);
    return std::optional<Bytes>(found->second.share);
}

bool DecryptionLedger::has_another(const RecordId& vote, const RecordId& first, const Digest& question) const
{
    return std::ranges::any_of(entries_, [&](const auto& one) {
        const auto& [id, entry] = one;
        if (id == vote) return false;
        return id == first || entry.first == first || entry.question == question;
    });
}

Checkpoint DecryptionLedger::cosigned(const std::string& origin) const
{
    Checkpoint newest{origin, 0, empty_root()};
    for (const auto& [id, entry] : entries_) {
        const auto& [size, root, time, signature] = entry.cosignature;
        if (entry.origin == origin && size > newest.size) newest = {origin, size, root};
    }
    return newest;
}

Result<void> DecryptionLedger::add(Entry entry)
{
    const auto [at, is_new] = entries_.try_emplace(entry.vote, entry);
    if (!is_new && at->second != entry) return fault(Fault::in_use);
    return {};
}

} // namespace plenum::ballot
