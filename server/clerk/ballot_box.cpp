#include "server/clerk/ballot_box.hpp"

#include "protocol/assert.hpp"

#include <algorithm>
#include <utility>

namespace plenum::clerk {

using ballot::RecordKind;

BallotBox::BallotBox(const RecordId& id, ballot::BallotTerms terms, ballot::BoxKey key,
                     std::vector<ballot::Point> list)
    : id_(id), terms_(std::make_shared<const ballot::BallotTerms>(terms)), key_(std::move(key)),
      list_(std::move(list))
{}

UnsignedReceipt BallotBox::receipt_of(const Place& place, const Kept& kept, ballot::ReceiptKind kind) const
{
    UnsignedReceipt said;
    said.kind = kind;
    said.receipt.vote = terms_->vote;
    said.receipt.context = terms_->context;
    said.receipt.pseudonym = place.first;
    said.receipt.seq = place.second;
    said.receipt.ballot = kept.name;
    said.receipt.box = id_;
    said.receipt.leaf = kind == ballot::ReceiptKind::spoil ? kept.spoiled.value() : kept.leaf;
    return said;
}

boost::system::result<std::optional<UnsignedReceipt>, Refusal> BallotBox::look_at(RecordKind kind,
                                                                                  ByteView record) const
{
    const auto size = kind == RecordKind::ballot ? ballot::ballot_size(terms_->shape) : ballot::spoil_bytes;
    if (record.size() != size) return refuse(RefusalCode::ballot_wrong);
    const auto head = ballot::read_head(record);
    const bool fits =
        head && head->vote == terms_->vote && std::ranges::binary_search(list_, head->pseudonym);
    if (!fits) return refuse(RefusalCode::ballot_wrong);
    const Place place{head->pseudonym, head->seq};
    const auto found = kept_.find(place);
    if (kind == RecordKind::spoil) {
        if (found == kept_.end()) return refuse(RefusalCode::ballot_wrong);
        if (!found->second.spoiled) return std::optional<UnsignedReceipt>();
        return std::optional(receipt_of(place, found->second, ballot::ReceiptKind::spoil));
    }
    if (found == kept_.end()) return std::optional<UnsignedReceipt>();
    if (found->second.name != sha256(record)) return refuse(RefusalCode::seq_reused);
    return std::optional(receipt_of(place, found->second, ballot::ReceiptKind::ballot));
}

bool BallotBox::is_first_reuse(ByteView ballot)
{
    const auto head = ballot::read_head(ballot);
    PLENUM_ASSERT(head.has_value());
    auto& kept = kept_.at({head->pseudonym, head->seq});
    return !std::exchange(kept.reused, true);
}

std::optional<Refusal> BallotBox::check_copies(const ballot::CheckedBallot& ballot)
{
    if (ciphertexts_.add(ballot)) return std::nullopt;
    return refuse(RefusalCode::ballot_wrong);
}

Bytes BallotBox::seal(const ballot::SealedContent& content, const ballot::SealedPlace& place,
                      ballot::Randomness& randomness) const
{
    return ballot::seal(content, place, terms_->shape, key_, randomness);
}

Result<ballot::SealedContent> BallotBox::unseal(ByteView sealed, const ballot::SealedPlace& place) const
{
    auto content = ballot::unseal(sealed, place, terms_->shape, key_);
    if (!content || !ballot::read_head(content->record)) return fault(Fault::corrupt);
    return content;
}

UnsignedReceipt BallotBox::add(RecordKind kind, Bytes record, std::uint64_t leaf)
{
    const auto head = ballot::read_head(record);
    PLENUM_ASSERT(head.has_value());
    const Place place{head->pseudonym, head->seq};
    unsettled_.emplace_back(kind, place);
    if (kind == RecordKind::spoil) {
        auto& spoiled = kept_.at(place);
        spoiled.spoiled = leaf;
        spoils_.push_back(std::move(record));
        return receipt_of(place, spoiled, ballot::ReceiptKind::spoil);
    }
    const auto added = kept_.try_emplace(place, Kept{sha256(record), leaf, std::nullopt, false});
    PLENUM_ASSERT(added.second);
    ballots_.push_back(std::move(record));
    return receipt_of(place, added.first->second, ballot::ReceiptKind::ballot);
}

void BallotBox::settle(std::size_t records)
{
    PLENUM_ASSERT(records <= unsettled_.size());
    for (; records > 0; --records) {
        stand(unsettled_.front().first, unsettled_.front().second);
        unsettled_.pop_front();
    }
}

/// The highest seq is what counts, unless it is spoiled: then nothing does.
void BallotBox::stand(RecordKind kind, const Place& place)
{
    auto& standing = standing_[place.first];
    const bool counted = standing.counts;
    if (kind == RecordKind::spoil) {
        if (standing.seq == place.second) standing.counts = false;
    } else if (place.second >= standing.seq) {
        standing = {place.second, true};
    }
    if (standing.counts && !counted) ++received_;
    if (!standing.counts && counted) --received_;
}

ballot::BoxContent BallotBox::collect() const
{
    auto content = ballot::collect(ballots_, spoils_);
    PLENUM_ASSERT(content.has_value()); // Each was read when it came.
    return std::move(*content);
}

} // namespace plenum::clerk
