#include "server/clerk/roll_call.hpp"

#include "protocol/assert.hpp"
#include "server/chamber/secret_votes.hpp"

#include <algorithm>

namespace plenum::clerk {

std::optional<RollCall> RollCall::of(const chamber::State& state, VoteId vote,
                                     const chamber::BlobSource& blobs)
{
    const auto context = chamber::secret_context(state, vote);
    if (!context) return std::nullopt;
    const auto& called = *state.votes.at(vote).secret.roll;
    const auto content = blobs(called.list);
    if (!content) return std::nullopt;
    auto pseudonyms = ballot::decode_list(bytes_of(*content));
    PLENUM_ASSERT(pseudonyms.has_value()); // It was encoded here, and its digest is what was asked for.
    RollCall roll;
    roll.context_ = *context;
    roll.pseudonyms_ = std::move(*pseudonyms);
    roll.paths_ = ballot::list_paths(roll.pseudonyms_);
    for (const auto& [person, device] : called.devices) {
        const auto key = fixed<32>(device);
        if (key) roll.devices_.emplace(person, *key);
    }
    return roll;
}

std::optional<ballot::ListPath> RollCall::path_of(const ballot::Point& pseudonym) const
{
    const auto found = std::ranges::lower_bound(pseudonyms_, pseudonym);
    if (found == pseudonyms_.end() || *found != pseudonym) return std::nullopt;
    return paths_[static_cast<std::size_t>(found - pseudonyms_.begin())];
}

const ballot::VerifyKey* RollCall::device_of(PersonId person) const
{
    const auto found = devices_.find(person);
    return found == devices_.end() ? nullptr : &found->second;
}

Result<void> RollCall::acknowledge(PersonId person, const Digest& build, const ballot::Signature& signature)
{
    const auto* device = device_of(person);
    if (device == nullptr) return fault(Fault::not_found);
    const ballot::Acknowledgement acknowledgement{*device, build, signature};
    if (auto held = ballot::check_acknowledgement(context_, acknowledgement); !held) return held;
    signed_.insert_or_assign(person, acknowledgement);
    return {};
}

std::vector<ballot::Acknowledgement> RollCall::acknowledgements() const
{
    std::vector<ballot::Acknowledgement> all;
    for (const auto& entry : signed_)
        all.push_back(entry.second);
    return all;
}

std::vector<PersonId> RollCall::silent() const
{
    std::vector<PersonId> persons;
    for (const auto& entry : devices_) {
        if (!signed_.contains(entry.first)) persons.push_back(entry.first);
    }
    return persons;
}

} // namespace plenum::clerk
