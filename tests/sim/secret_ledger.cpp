#include "tests/sim/secret_ledger.hpp"

#include "tests/sim/world.hpp"

#include <algorithm>

namespace plenum::sim {
namespace {

constexpr std::string_view box_domain = "plenum/box/v1";
constexpr std::size_t context_bytes = 64;
constexpr std::size_t spoil_bytes = 117;

ballot::RecordHead head_of(const Bytes& record)
{
    const auto head = ballot::read_head(record);
    claim(head.has_value(), "a ballot or spoil has no head");
    return *head;
}

} // namespace

void SecretLedger::made(VoteId vote, const Bytes& ballot, const Bytes& said)
{
    const auto size = sizes_.try_emplace(vote, ballot.size()).first->second;
    claim(ballot.size() == size, "ballots of one vote have different lengths");
    ballots_[sha256(ballot)] = {vote, head_of(ballot), said, false};
}

void SecretLedger::spoiled(VoteId vote, const Bytes& spoil)
{
    spoils_[sha256(spoil)] = {vote, head_of(spoil), {}, false};
}

void SecretLedger::acknowledged(ballot::ReceiptKind kind, const Bytes& record, const Bytes& receipt)
{
    const bool is_ballot = kind == ballot::ReceiptKind::ballot;
    auto& all = is_ballot ? ballots_ : spoils_;
    const auto hash = sha256(record);
    const auto found = all.find(hash);
    claim(found != all.end(), "a receipt for what nobody made");
    const auto [before, is_first] = receipts_.try_emplace(hash, receipt);
    claim(before->second == receipt, "the same ballot got another receipt");
    found->second.is_acknowledged = true;
    if (is_first) ++(is_ballot ? receipts : spoil_receipts);
}

SecretLedger::Content SecretLedger::read_box(ByteView file, std::size_t ballot_bytes)
{
    Reader reader(file);
    claim(text_of(reader.raw(reader.u32())) == box_domain, "a box file is none");
    reader.raw(context_bytes);
    Content content;
    const std::pair<std::vector<Bytes>*, std::size_t> parts[] = {{&content.ballots, ballot_bytes},
                                                                 {&content.spoils, spoil_bytes}};
    for (const auto& [records, size] : parts) {
        for (auto left = reader.u32(); left > 0 && reader.ok(); --left) {
            const auto bytes = reader.raw(size);
            records->emplace_back(bytes.begin(), bytes.end());
        }
    }
    claim(reader.ok() && reader.at_end(), "a box file has another length");
    return content;
}

std::vector<Bytes> SecretLedger::check_sealed(const BallotBoxSealed& sealed, ByteView file)
{
    const auto size = sizes_.find(sealed.vote);
    const auto content = read_box(file, size == sizes_.end() ? 0 : size->second);
    claim(content.ballots.size() == sealed.ballots && content.spoils.size() == sealed.spoils,
          "the figures of a box are not those of its file");
    std::vector<Bytes> said;
    std::map<ballot::Point, std::uint32_t> counted; // by P: the seq that counts
    std::map<Digest, bool> in_box;
    for (const auto& bytes : content.ballots) {
        const auto found = ballots_.find(sha256(bytes));
        claim(found != ballots_.end() && found->second.vote == sealed.vote,
              "a box holds a ballot nobody made");
        const auto& made = found->second;
        claim(counted.emplace(made.head.pseudonym, made.head.seq).second, "somebody counts twice in a box");
        in_box[found->first] = true;
        said.push_back(made.said);
    }
    for (const auto& bytes : content.spoils) {
        const auto found = spoils_.find(sha256(bytes));
        claim(found != spoils_.end() && found->second.vote == sealed.vote, "a box holds a spoil nobody made");
        in_box[found->first] = true;
    }
    check_receipts(sealed.vote, counted, in_box);
    return said;
}

void SecretLedger::check_receipts(VoteId vote, const std::map<ballot::Point, std::uint32_t>& counted,
                                  const std::map<Digest, bool>& in_box)
{
    const auto spoiled_from = [&](const ballot::RecordHead& head) {
        return std::ranges::any_of(spoils_, [&](const auto& one) {
            const auto& spoil = one.second;
            return spoil.vote == vote && spoil.head.pseudonym == head.pseudonym && spoil.head.seq >= head.seq;
        });
    };
    for (const auto& [hash, made] : ballots_) {
        if (made.vote != vote || !made.is_acknowledged || in_box.contains(hash)) continue;
        const auto other = counted.find(made.head.pseudonym);
        const bool is_superseded = other != counted.end() && other->second > made.head.seq;
        claim(is_superseded || spoiled_from(made.head), "a ballot with a receipt is not in the sealed box");
        ++superseded;
    }
    for (const auto& [hash, spoil] : spoils_) {
        if (spoil.vote != vote || !spoil.is_acknowledged) continue;
        claim(in_box.contains(hash), "a spoil with a receipt is not in the sealed box");
        const auto other = counted.find(spoil.head.pseudonym);
        claim(other == counted.end() || other->second > spoil.head.seq,
              "a spoiled ballot counts, or falls back");
    }
}

} // namespace plenum::sim
