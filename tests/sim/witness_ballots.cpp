#include "server/journal/store.hpp"
#include "tests/sim/ballot_requests.hpp"
#include "tests/sim/witness.hpp"

// Secret ballots: each group of sealed records has its leaf, and each receipt is true.

namespace plenum::sim {
namespace {

template <class Question>
Question question_of(const boost::json::value& params)
{
    auto question = from_json<Question>(params);
    claim(question.has_value(), "an improper ballot was answered");
    return std::move(*question);
}

} // namespace

/// A group with sealed records has one leaf that commits to them, and no other group has one.
void Witness::check_sealed_section(const journal::Group& group) const
{
    std::size_t leaves = 0;
    for (const auto& bytes : group.entries) {
        const auto entry = decode_entry(bytes);
        const auto* frame = entry ? std::get_if<BoxFrame>(&entry->event) : nullptr;
        if (frame == nullptr) continue;
        ++leaves;
        claim(frame->sealed == journal::sealed_section_digest(group.sealed),
              "a leaf does not commit to the ballots of its group");
    }
    claim(leaves == (group.sealed.empty() ? 0U : 1U), "sealed ballots without a leaf, or with two");
}

void Witness::check_ballot_answer(const Asked& asked, const boost::json::value& result)
{
    const bool is_ballot = asked.method == CastBallot::method;
    if (!is_ballot && asked.method != SpoilBallot::method) return; // Whoever asked checks it.
    const auto kind = is_ballot ? ballot::ReceiptKind::ballot : ballot::ReceiptKind::spoil;
    const auto answer = from_json<BallotAnswer>(result);
    claim(answer.has_value(), "a receipt cannot be read");
    const auto receipt = ballot::decode_receipt(answer->receipt);
    claim(receipt && ballot::check_receipt(kind, *receipt, verifier_.public_key),
          "a receipt is not signed by this log");
    const auto record = is_ballot ? question_of<CastBallot>(asked.params).ballot
                                  : question_of<SpoilBallot>(asked.params).spoil;
    const auto head = ballot::read_head(record);
    claim(head && head->pseudonym == receipt->pseudonym && head->seq == receipt->seq,
          "a receipt speaks of another ballot");
    claim(!is_ballot || receipt->ballot == sha256(record), "a receipt names other bytes");
    claim(receipt->leaf < shown_.entries, "a receipt for a leaf that is not durable");
    const auto* frame = std::get_if<BoxFrame>(&entries_[static_cast<std::size_t>(receipt->leaf)].event);
    claim(frame != nullptr && frame->box == to_hex(ByteView(receipt->box)),
          "a receipt names a leaf that is not of its box");
    ledger().acknowledged(kind, record, answer->receipt);
}

} // namespace plenum::sim
