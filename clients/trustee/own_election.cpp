#include "clients/trustee/own_election.hpp"

#include <algorithm>

namespace plenum::trustee {
namespace {

using ballot::CeremonyMessage;
using MessageOf = std::optional<Bytes> KeyHolderView::*;

/// The messages of one step in order of holders; nothing when one is missing or is no message.
std::optional<std::vector<CeremonyMessage>> messages_of(const KeyHoldersView& view, MessageOf step)
{
    std::vector<CeremonyMessage> messages;
    for (const auto& holder : view.holders) {
        const auto& bytes = holder.*step;
        if (!bytes) return std::nullopt;
        auto message = ballot::decode_message(*bytes);
        if (!message) return std::nullopt;
        messages.push_back(std::move(*message));
    }
    return messages;
}

} // namespace

std::optional<ballot::CeremonyTerms> ceremony_terms(const KeyHoldersView& view, const std::string& origin)
{
    ballot::CeremonyTerms terms;
    terms.origin = origin;
    if (view.meeting_id.size() != terms.meeting.size()) return std::nullopt;
    std::ranges::copy(view.meeting_id, terms.meeting.begin());
    terms.attempt = view.attempt;
    terms.threshold = view.threshold;
    for (const auto& holder : view.holders) {
        auto& one = terms.holders.emplace_back();
        one.name = holder.name;
        if (!holder.key || holder.key->size() != one.key.size()) return std::nullopt;
        std::ranges::copy(*holder.key, one.key.begin());
    }
    if (!ballot::check_terms(terms)) return std::nullopt;
    return terms;
}

Result<OwnElection> own_election(const HeldShare& share, const ballot::VerifyKey& own,
                                 const KeyHoldersView& view)
{
    const auto terms = ceremony_terms(view, share.origin);
    auto commits = messages_of(view, &KeyHolderView::commit);
    auto opens = messages_of(view, &KeyHolderView::open);
    auto agrees = messages_of(view, &KeyHolderView::agree);
    if (!terms || terms->meeting != share.meeting || !commits || !opens || !agrees)
        return fault(Fault::bad_proof);
    auto keys = ballot::check_transcript(*terms, {*commits, *opens, *agrees});
    if (!keys || keys->key_holders != share.key_holders) return fault(Fault::bad_proof);
    const auto mine = std::ranges::find(terms->holders, own, &ballot::KeyHolder::key);
    if (mine == terms->holders.end()) return fault(Fault::bad_proof);
    OwnElection election;
    election.origin = share.origin;
    election.meeting = share.meeting;
    election.number = static_cast<std::uint32_t>(mine - terms->holders.begin()) + 1;
    election.keys = std::move(*keys);
    if (ballot::times_generator(share.share) != election.keys.share_keys[election.number - 1])
        return fault(Fault::bad_proof);
    return election;
}

} // namespace plenum::trustee
