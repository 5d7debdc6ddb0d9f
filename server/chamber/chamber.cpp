#include "server/chamber/chamber.hpp"

#include "protocol/private_value.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

/// What is left of the disk belongs to the votes that are open. One needs no new content to finish: its
/// presses, its closing and its result are entries. Only somebody who must press or close may have lost the
/// access code, so a sheet for one person is let through.
std::optional<Refusal> check_disk(const Command& command, const Decision& decision, const Context& context)
{
    if (!context.disk_low || decision.blobs.empty()) return std::nullopt;
    // Without its shares a vote is never decided; they are short.
    if (std::holds_alternative<GiveShare>(command)) return std::nullopt;
    const auto* codes = std::get_if<IssueAccessCodes>(&command);
    if (codes != nullptr && codes->person) return std::nullopt;
    return refuse(RefusalCode::disk_low);
}

} // namespace

Decided decide(const State& state, const Command& command, const Context& context)
{
    if (auto refusal = check_rights(state, command, context.actor)) return *refusal;
    auto settled = context;
    settled.now_ms = std::max(context.now_ms, state.now_ms);
    auto decided = std::visit([&](const auto& one) { return decide_command(state, one, settled); }, command);
    if (!decided) return decided;
    if (auto refusal = check_disk(command, *decided, settled)) return *refusal;
    return decided;
}

void apply(State& state, const Entry& entry, const BlobSource& blobs)
{
    PLENUM_ASSERT(entry.seq == state.entries);
    PLENUM_ASSERT(entry.at_ms.has_value() != std::holds_alternative<BoxFrame>(entry.event));
    const auto at_ms = entry.at_ms.value_or(state.now_ms);
    PLENUM_ASSERT(at_ms >= state.now_ms);

    const Stamp stamp{entry.seq, at_ms, blobs, entry.actor};
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

NewBlob new_salted_blob(std::string content)
{
    const auto digest = sha256(content);
    return {digest, std::move(content), true};
}

NewBlob new_private_blob(const State& state, const Context& context, std::string media_type,
                         std::span<const std::uint8_t> content, std::size_t ahead)
{
    return new_salted_blob(encode_private_value({1,
                                                 derive_salt(context.seed, state.entries + ahead),
                                                 std::move(media_type),
                                                 {content.begin(), content.end()}}));
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
