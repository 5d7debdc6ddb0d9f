#include "protocol/ballot/acknowledgement.hpp"

#include <algorithm>
#include <map>

namespace plenum::ballot {

namespace {

constexpr std::string_view acknowledgements_domain = "plenum/acks/v1";
constexpr std::string_view confirmations_domain = "plenum/box-oks/v1";

Hash512 acknowledged(const VoteContext& context, const Digest& build)
{
    return Transcript("plenum/ack/v1")
        .raw(context_hash(context))
        .u32(context.round)
        .digest(context.roll_root)
        .point(context.vote_generator)
        .u32(context.list_length)
        .digest(build)
        .hash();
}

Hash512 confirmed(const BallotTerms& terms, const Digest& box_root)
{
    return Transcript("plenum/box-ok/v1").raw(terms.vote).raw(terms.context).digest(box_root).hash();
}

template <class Signed>
void sort_by_device(std::vector<Signed>& all)
{
    std::ranges::sort(all, {}, &Signed::device);
}

template <class Signed>
bool in_order(const std::vector<Signed>& all)
{
    return std::ranges::adjacent_find(all, std::ranges::greater_equal{}, &Signed::device) == all.end();
}

Result<void> check_signature(const Hash512& hash, const Signature& signature, const VerifyKey& device)
{
    if (!verify_ed25519(hash, signature, device)) return fault(Fault::bad_signature);
    return {};
}

/// `holds(one, found)` says whether a signature counts, and notes in `found` why not.
template <class Signed, class Check>
RollCheck count(std::span<const Signed> all, std::span<const VerifyKey> roll, Check holds)
{
    RollCheck found;
    std::map<VerifyKey, std::uint32_t> seen;
    for (const VerifyKey& device : roll)
        seen[device] = 0;
    for (const Signed& one : all) {
        const auto row = seen.find(one.device);
        if (row == seen.end())
            found.unknown.push_back(one.device);
        else if (row->second > 0)
            found.repeated.push_back(one.device);
        else if (holds(one, found))
            row->second = 1;
    }
    for (const auto& [device, times_seen] : seen) {
        found.good += times_seen;
        if (times_seen == 0) found.missing.push_back(device);
    }
    return found;
}

} // namespace

Acknowledgement acknowledge(const VoteContext& context, const Digest& build, const SigningKey& device)
{
    return {device.public_key(), build, device.sign(acknowledged(context, build))};
}

Result<void> check_acknowledgement(const VoteContext& context, const Acknowledgement& acknowledgement)
{
    const Hash512 hash = acknowledged(context, acknowledgement.build);
    return check_signature(hash, acknowledgement.signature, acknowledgement.device);
}

Bytes encode_acknowledgements(const Hash512& context, std::vector<Acknowledgement> acknowledgements)
{
    sort_by_device(acknowledgements);
    Transcript head(acknowledgements_domain);
    head.raw(context).u32(static_cast<std::uint32_t>(acknowledgements.size()));
    Writer writer;
    writer.raw(head.bytes());
    for (const Acknowledgement& one : acknowledgements) {
        writer.raw(one.device);
        writer.raw(one.build.view());
        writer.raw(one.signature);
    }
    return writer.take();
}

Result<std::vector<Acknowledgement>> decode_acknowledgements(const Hash512& context, ByteView bytes)
{
    FieldReader reader(bytes);
    std::vector<Acknowledgement> all;
    reader.domain(acknowledgements_domain);
    reader.require(reader.array<64>() == context);
    for (std::uint32_t left = reader.u32(); left > 0 && reader.ok(); --left) {
        Acknowledgement& one = all.emplace_back();
        one.device = reader.array<32>();
        one.build = reader.digest();
        one.signature = reader.array<64>();
    }
    reader.require(in_order(all));
    if (const auto end = reader.end(); !end) return end.error();
    return all;
}

Confirmation confirm(const BallotTerms& terms, const Digest& box_root, const SigningKey& device)
{
    return {device.public_key(), device.sign(confirmed(terms, box_root))};
}

Result<void> check_confirmation(const BallotTerms& terms, const Digest& box_root,
                                const Confirmation& confirmation)
{
    return check_signature(confirmed(terms, box_root), confirmation.signature, confirmation.device);
}

Bytes encode_confirmations(const Hash512& context, const Digest& box_root,
                           std::vector<Confirmation> confirmations)
{
    sort_by_device(confirmations);
    Transcript head(confirmations_domain);
    head.raw(context).digest(box_root).u32(static_cast<std::uint32_t>(confirmations.size()));
    Writer writer;
    writer.raw(head.bytes());
    for (const Confirmation& one : confirmations) {
        writer.raw(one.device);
        writer.raw(one.signature);
    }
    return writer.take();
}

Result<std::vector<Confirmation>> decode_confirmations(const Hash512& context, const Digest& box_root,
                                                       ByteView bytes)
{
    FieldReader reader(bytes);
    std::vector<Confirmation> all;
    reader.domain(confirmations_domain);
    reader.require(reader.array<64>() == context);
    reader.require(reader.digest() == box_root);
    for (std::uint32_t left = reader.u32(); left > 0 && reader.ok(); --left) {
        Confirmation& one = all.emplace_back();
        one.device = reader.array<32>();
        one.signature = reader.array<64>();
    }
    reader.require(in_order(all));
    if (const auto end = reader.end(); !end) return end.error();
    return all;
}

bool RollCheck::complete() const
{
    return missing.empty() && unknown.empty() && repeated.empty() && forged.empty() && other_builds.empty() &&
           !other_length;
}

bool RollCheck::two_thirds() const
{
    return 3 * std::uint64_t{good} > 2 * (std::uint64_t{good} + missing.size());
}

RollCheck check_acknowledgements(const VoteContext& context,
                                 std::span<const Acknowledgement> acknowledgements,
                                 std::span<const VerifyKey> roll, std::span<const Digest> builds)
{
    RollCheck found = count(acknowledgements, roll, [&](const Acknowledgement& one, RollCheck& so_far) {
        const bool pinned = std::ranges::find(builds, one.build) != builds.end();
        const bool holds = check_acknowledgement(context, one).has_value();
        if (!pinned) so_far.other_builds.push_back(one.device);
        if (!holds) so_far.forged.push_back(one.device);
        return pinned && holds;
    });
    found.other_length = std::size_t{found.good} + found.missing.size() != context.list_length;
    return found;
}

RollCheck check_confirmations(const BallotTerms& terms, const Digest& box_root,
                              std::span<const Confirmation> confirmations, std::span<const VerifyKey> roll)
{
    return count(confirmations, roll, [&](const Confirmation& one, RollCheck& found) {
        const bool holds = check_confirmation(terms, box_root, one).has_value();
        if (!holds) found.forged.push_back(one.device);
        return holds;
    });
}

} // namespace plenum::ballot
