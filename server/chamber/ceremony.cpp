#include "server/chamber/ceremony.hpp"

#include "protocol/ballot/election_key.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

constexpr auto part_bytes = std::tuple_size_v<ballot::SealedShare>;

const KeyHolders& keys_of(const State& state, MeetingId meeting)
{
    const auto& keys = record_of(state.meetings, meeting).keys;
    PLENUM_ASSERT(keys.has_value());
    return *keys;
}

/// As every message of this attempt speaks of it. Every holder has joined.
ballot::CeremonyTerms terms_of(const State& state, MeetingId meeting, const KeyHolders& keys)
{
    ballot::CeremonyTerms terms;
    terms.origin = state.origin;
    terms.meeting = record_id(state.origin, MeetingCreated::kind, number(meeting));
    terms.attempt = keys.attempt;
    terms.threshold = keys.threshold;
    for (const auto& holder : keys.holders) {
        auto& named = terms.holders.emplace_back();
        named.name = holder.name;
        PLENUM_ASSERT(holder.key.size() == named.key.size());
        std::ranges::copy(holder.key, named.key.begin());
    }
    return terms;
}

ballot::CeremonyTerms terms_of(const State& state, MeetingId meeting)
{
    return terms_of(state, meeting, keys_of(state, meeting));
}

std::uint32_t number_of(const State& state, MeetingId meeting, const KeyHolder& holder)
{
    return count(static_cast<std::size_t>(&holder - keys_of(state, meeting).holders.data())) + 1;
}

/// The message, when this holder signed it for this step of this attempt.
std::optional<ballot::CeremonyMessage> message_of(const ballot::CeremonyTerms& terms,
                                                  ballot::CeremonyStep step, std::uint32_t holder,
                                                  const Bytes& bytes)
{
    auto message = ballot::decode_message(bytes);
    const bool fits = message && message->step == step && message->holder == holder;
    if (!fits || !ballot::check_message(terms, *message)) return std::nullopt;
    return std::move(*message);
}

/// One that was taken before.
ballot::CeremonyMessage taken(const Bytes& bytes)
{
    auto message = ballot::decode_message(bytes);
    PLENUM_ASSERT(message.has_value());
    return std::move(*message);
}

std::vector<ballot::CeremonyOpen> opens_of(const ballot::CeremonyTerms& terms, const KeyHolders& keys)
{
    std::vector<ballot::CeremonyOpen> opens;
    for (const auto& holder : keys.holders) {
        auto open = ballot::decode_open(terms, taken(holder.open).fields);
        PLENUM_ASSERT(open.has_value());
        opens.push_back(std::move(*open));
    }
    return opens;
}

} // namespace

CeremonyPhase phase_of(const KeyHolders& keys)
{
    const auto everybody = [&](Bytes KeyHolder::*said) {
        return std::ranges::all_of(keys.holders, [&](const KeyHolder& one) { return !(one.*said).empty(); });
    };
    if (!keys.election_key.empty()) return CeremonyPhase::made;
    if (!everybody(&KeyHolder::key)) return CeremonyPhase::joining;
    if (!everybody(&KeyHolder::commit)) return CeremonyPhase::committing;
    return everybody(&KeyHolder::open) ? CeremonyPhase::agreeing : CeremonyPhase::opening;
}

const KeyHolder* find_holder(const KeyHolders& keys, PersonId person)
{
    const auto found = std::ranges::find(keys.holders, person, &KeyHolder::person);
    return found == keys.holders.end() ? nullptr : &*found;
}

KeyHolder* find_holder(KeyHolders& keys, PersonId person)
{
    return const_cast<KeyHolder*>(find_holder(std::as_const(keys), person));
}

bool is_commit(const State& state, MeetingId meeting, const KeyHolder& holder, const Bytes& message)
{
    const auto terms = terms_of(state, meeting);
    const auto said =
        message_of(terms, ballot::CeremonyStep::commit, number_of(state, meeting, holder), message);
    return said && ballot::decode_commit(said->fields);
}

bool is_open(const State& state, MeetingId meeting, const KeyHolder& holder, const Bytes& message)
{
    const auto terms = terms_of(state, meeting);
    const auto said =
        message_of(terms, ballot::CeremonyStep::open, number_of(state, meeting, holder), message);
    return said && !ballot::find_open_fault(terms, taken(holder.commit), *said);
}

bool is_agree(const State& state, MeetingId meeting, const KeyHolder& holder, const Bytes& message)
{
    const auto terms = terms_of(state, meeting);
    const auto at = number_of(state, meeting, holder);
    const auto said = message_of(terms, ballot::CeremonyStep::agree, at, message);
    if (!said) return false;
    const auto agree = ballot::decode_agree(said->fields);
    const auto opens = opens_of(terms, keys_of(state, meeting));
    return agree && agree->agreed == ballot::agreement_of(ballot::ceremony_id(terms), at, opens);
}

std::optional<Bytes> part_for(const Bytes& parts, std::size_t from, std::size_t to)
{
    PLENUM_ASSERT(from != to);
    const auto begin = (to < from ? to : to - 1) * part_bytes;
    if (begin + part_bytes > parts.size()) return std::nullopt;
    const auto first = parts.begin() + static_cast<std::ptrdiff_t>(begin);
    return Bytes(first, first + part_bytes);
}

bool are_parts_of(const State& state, MeetingId meeting, const Bytes& message, const Bytes& parts)
{
    const auto terms = terms_of(state, meeting);
    const auto open = ballot::decode_open(terms, taken(message).fields);
    PLENUM_ASSERT(open.has_value());
    if (parts.size() != open->share_names.size() * part_bytes) return false;
    ByteView rest = parts;
    for (const auto& name : open->share_names) {
        if (sha256(rest.first(part_bytes)) != name) return false;
        rest = rest.subspan(part_bytes);
    }
    return true;
}

std::optional<PersonId> judge(const State& state, MeetingId meeting, const KeyHolder& holder,
                              const Bytes& message)
{
    const auto terms = terms_of(state, meeting);
    const auto& keys = keys_of(state, meeting);
    const auto said =
        message_of(terms, ballot::CeremonyStep::complain, number_of(state, meeting, holder), message);
    if (!said) return std::nullopt;
    const auto complaint = ballot::decode_complaint(said->fields);
    if (!complaint || complaint->accused == 0 || complaint->accused > keys.holders.size())
        return std::nullopt;
    const auto& accused = keys.holders[complaint->accused - 1];
    const auto found =
        ballot::judge(terms, {taken(accused.commit), taken(accused.open), taken(holder.commit)}, *said);
    if (!found) return std::nullopt;
    return keys.holders.at(found->holder - 1).person;
}

ballot::ElectionKeys made_keys(const State& state, MeetingId meeting, const KeyHolders& keys)
{
    const auto terms = terms_of(state, meeting, keys);
    auto made = ballot::election_keys(terms, opens_of(terms, keys));
    // Each opening proved its secret, so that the sum is the identity has no more chance than guessing a key.
    PLENUM_ASSERT(made.has_value());
    return std::move(*made);
}

MadeKey made_key(const State& state, MeetingId meeting)
{
    const auto made = made_keys(state, meeting, keys_of(state, meeting));
    return {{made.election_key.bytes.begin(), made.election_key.bytes.end()}, made.key_holders};
}

std::string words_of(const KeyHolders& keys)
{
    return ballot::four_words(keys.hash);
}

} // namespace plenum::chamber
