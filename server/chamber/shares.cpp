#include "server/chamber/ceremony.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include "protocol/ballot/statement.hpp"

#include <algorithm>

// Chapter sixteen: key holders give their shares of the sums of a sealed box, each with a signed word on what
// was verified and a cosignature of the record it was verified in. A share that does not hold stands in the
// record all the same: everybody sees whose it was.

namespace plenum::chamber {
namespace {

constexpr std::size_t root_at = 1 + 16; ///< in the bytes of a share: after the version and the vote
constexpr std::size_t share_head_bytes = root_at + Digest::size + 4;
constexpr std::size_t sum_share_bytes = 4 * 32;

/// The holder who gives, with the number the protocol knows the holder by.
struct Giver {
    const KeyHolder* holder = nullptr;
    std::uint32_t number = 0;
};

boost::system::result<Giver, Refusal> giver_of(const Vote& vote, PersonId person)
{
    if (!is_secret(vote) || !vote.secret.sealed) return refuse(RefusalCode::box_not_sealed);
    if (vote.state != VoteState::closed) return wrong_state(vote.state);
    // Of no ballots there is nothing to decrypt.
    if (vote.secret.sealed->ballots == 0) return refuse(RefusalCode::nothing_to_do);
    const auto& keys = vote.secret.roll->keys;
    const auto* holder = find_holder(keys, person);
    if (holder == nullptr) return refuse(RefusalCode::not_key_holder);
    const auto given = vote.secret.shares.find(person);
    if (given != vote.secret.shares.end() && given->second.holds) return refuse(RefusalCode::nothing_to_do);
    return Giver{holder, count(static_cast<std::size_t>(holder - keys.holders.data())) + 1};
}

bool is_of_root(const Bytes& share, const Digest& root)
{
    return std::ranges::equal(ByteView(share).subspan(root_at, Digest::size), root.view());
}

/// Why what the holder says beside the share cannot stand in the record, or nothing.
std::optional<Refusal> check_said(const State& state, const Vote& vote, const Giver& giver,
                                  const GiveShare& command)
{
    const auto sums = vote.secret.sealed->sums.size();
    if (command.share.size() != share_head_bytes + sums * sum_share_bytes)
        return refuse(RefusalCode::signature_wrong);
    if (!is_of_root(command.share, vote.secret.sealed->root)) return refuse(RefusalCode::root_differs);
    if (command.statement.size() != signature_bytes) return refuse(RefusalCode::signature_wrong);
    const ballot::HolderStatement statement{giver.number, command.confirmed, command.overridden,
                                            sha256(command.share)};
    const auto said =
        ballot::check_statement(share_terms(state, command.vote), statement, fixed<32>(giver.holder->key),
                                fixed<signature_bytes>(command.statement));
    if (!said) return refuse(RefusalCode::signature_wrong);
    return std::nullopt;
}

/// Whether what the holder cosigned is this record, as far as the sealed box or beyond.
std::optional<Refusal> check_cosigned(const State& state, const Vote& vote, const Giver& giver,
                                      const Cosignature& cosignature, const std::optional<Digest>& root)
{
    if (cosignature.size <= vote.secret.sealed->entry || cosignature.root != root)
        return refuse(RefusalCode::record_differs);
    if (!check_cosignature(state.origin, cosignature, fixed<32>(giver.holder->key)))
        return refuse(RefusalCode::signature_wrong);
    return std::nullopt;
}

/// Whether the share opens its part of the sums.
bool holds(const State& state, const Vote& vote, const Giver& giver, const GiveShare& command)
{
    const auto& sums = vote.secret.sealed->sums;
    const auto share = ballot::decode_share(command.share, sums.size());
    return share && share->holder == giver.number &&
           ballot::check_share(share_terms(state, command.vote), election_keys_of(state, vote), *share, sums)
               .has_value();
}

/// Those that hold, of consoles of the list, each once.
std::vector<ballot::Confirmation> good_ones(const ballot::BallotTerms& terms, const Vote& vote,
                                            const std::vector<ballot::Confirmation>& all)
{
    const auto devices = devices_of(*vote.secret.roll);
    std::set<ballot::VerifyKey> awaited(devices.begin(), devices.end());
    std::vector<ballot::Confirmation> good;
    for (const auto& one : all) {
        if (!awaited.contains(one.device)) continue;
        if (!ballot::check_confirmation(terms, vote.secret.sealed->root, one)) continue;
        awaited.erase(one.device);
        good.push_back(one);
    }
    return good;
}

/// Two thirds of the list, or the holder decided otherwise at the device; and what the first holder counted
/// must still be there to be written down with the share.
std::optional<Refusal> check_confirmed(const Vote& vote, const GiveShare& command, std::size_t kept)
{
    const std::uint64_t list = vote.electorate.size();
    const bool are_enough = 3 * std::uint64_t{command.confirmed} > 2 * list && command.confirmed <= list;
    if (command.overridden || (are_enough && kept >= command.confirmed)) return std::nullopt;
    const auto have = std::to_string(are_enough ? kept : command.confirmed);
    const auto all = std::to_string(list);
    return no(RefusalCode::roll_incomplete, "名单" + all + "台，已确认票箱" + have + "台",
              have + " of " + all + " confirmed the box");
}

bool has_share(const Vote& vote)
{
    return std::ranges::any_of(vote.secret.shares, [](const auto& given) { return given.second.holds; });
}

} // namespace

ballot::ShareTerms share_terms(const State& state, VoteId id)
{
    const auto& sealed = record_of(state.votes, id).secret.sealed;
    PLENUM_ASSERT(sealed.has_value());
    const auto terms = secret_terms(state, id);
    return {terms.vote, terms.context, sealed->root};
}

Decided decide_command(const State& state, const GiveShare& command, const Context& context)
{
    const auto person = *context.actor.person;
    const auto& vote = record_of(state.votes, command.vote);
    const auto giver = giver_of(vote, person);
    if (!giver) return giver.error();
    if (auto refusal = check_said(state, vote, *giver, command)) return *refusal;
    if (auto refusal = check_cosigned(state, vote, *giver, command.cosignature, context.secret.cosigned_root))
        return *refusal;
    const auto terms = secret_terms(state, command.vote);
    const bool is_first = !has_share(vote);
    auto confirmations =
        is_first ? good_ones(terms, vote, context.secret.confirmations) : std::vector<ballot::Confirmation>{};
    const auto kept = is_first ? confirmations.size() : vote.electorate.size();
    if (auto refusal = check_confirmed(vote, command, kept)) return *refusal;

    auto blob = new_blob(std::string(text_of(command.share)));
    const bool is_good = holds(state, vote, *giver, command);
    Decision decision;
    decision.events.emplace_back(ShareGiven{command.vote, person, command.confirmed, command.overridden,
                                            command.statement, blob.digest, is_good, command.cosignature});
    decision.blobs.push_back(std::move(blob));
    if (!is_good || !is_first) return decision;
    const auto confirmed = count(confirmations.size());
    const auto& root = vote.secret.sealed->root;
    auto file = new_blob(
        std::string(text_of(ballot::encode_confirmations(terms.context, root, std::move(confirmations)))));
    decision.events.emplace_back(BoxConfirmed{command.vote, root, confirmed, file.digest});
    decision.blobs.push_back(std::move(file));
    return decision;
}

void apply_event(State& state, const ShareGiven& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::closed && vote.secret.sealed);
    PLENUM_ASSERT(find_holder(vote.secret.roll->keys, event.holder) != nullptr);
    const auto content = public_blob(stamp, event.share);
    const auto bytes = bytes_of(content);
    vote.secret.shares.insert_or_assign(event.holder,
                                        GivenShare{{bytes.begin(), bytes.end()},
                                                   event.share,
                                                   event.holds,
                                                   event.overridden,
                                                   event.cosignature ? event.cosignature->size : 0});
}

void apply_event(State& state, const BoxConfirmed& event, const Stamp&)
{
    auto& secret = record_of(state.votes, event.vote).secret;
    PLENUM_ASSERT(secret.sealed && secret.sealed->root == event.root && !secret.confirmations);
    secret.confirmations = event.confirmations;
}

} // namespace plenum::chamber
