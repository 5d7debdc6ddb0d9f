#include "server/chamber/chamber.hpp"

#include "protocol/private_value.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

namespace plenum::chamber {

Decided decide(const State& state, const Command& command, const Context& context)
{
    if (auto refusal = check_rights(state, command, context.actor)) return *refusal;
    auto settled = context;
    settled.now_ms = std::max(context.now_ms, state.now_ms);
    return std::visit([&](const auto& one) { return decide_command(state, one, settled); }, command);
}

void apply(State& state, const Entry& entry, const BlobSource& blobs)
{
    PLENUM_ASSERT(entry.seq == state.entries);
    PLENUM_ASSERT(entry.at_ms.has_value() != std::holds_alternative<BoxFrame>(entry.event));
    const auto at_ms = entry.at_ms.value_or(state.now_ms);
    PLENUM_ASSERT(at_ms >= state.now_ms);

    const Stamp stamp{entry.seq, at_ms, blobs};
    std::visit([&](const auto& event) { apply_event(state, event, stamp); }, entry.event);
    state.now_ms = at_ms;
    ++state.entries;
}

std::string public_blob(const Stamp& stamp, const Digest& digest)
{
    auto content = stamp.blobs(digest);
    PLENUM_ASSERT(content.has_value());
    return std::move(*content);
}

NewBlob new_blob(std::string content)
{
    const auto digest = sha256(content);
    return {digest, std::move(content), false};
}

NewBlob new_private_blob(const State& state, const Context& context, std::string media_type,
                         std::span<const std::uint8_t> content)
{
    auto value = encode_private_value({1,
                                       derive_salt(context.seed, state.entries),
                                       std::move(media_type),
                                       {content.begin(), content.end()}});
    const auto digest = sha256(value);
    return {digest, std::move(value), true};
}

void apply_event(State& state, const LogCreated& event, const Stamp& stamp)
{
    PLENUM_ASSERT(stamp.seq == 0);
    state.origin = event.origin;
}

void apply_event(State&, const ServerStarted&, const Stamp&) {}

void apply_event(State&, const JournalRecovered&, const Stamp&) {}

void apply_event(State&, const BoxFrame&, const Stamp&) {}

} // namespace plenum::chamber
