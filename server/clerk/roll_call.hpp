#pragma once

#include "protocol/ballot/acknowledgement.hpp"
#include "server/chamber/chamber.hpp"

namespace plenum::clerk {

/// The list of one round with the path of everybody in it, and the consoles that have signed that they stand
/// there. Who is which pseudonym it does not know.
class RollCall {
public:
    /// The newest round of a vote, from the record; nothing when none was called.
    static std::optional<RollCall> of(const chamber::State& state, VoteId vote,
                                      const chamber::BlobSource& blobs);

    std::uint32_t round() const { return context_.round; }
    /// What every signature and ballot of this round is bound to.
    const ballot::VoteContext& context() const { return context_; }
    const std::vector<ballot::Point>& pseudonyms() const { return pseudonyms_; }

    /// Nothing when this pseudonym is not on the list.
    std::optional<ballot::ListPath> path_of(const ballot::Point& pseudonym) const;

    /// The key of this member's console as it was when the roll was drawn; nothing for whoever is not on it.
    const ballot::VerifyKey* device_of(PersonId person) const;
    /// Keeps the signature of this member's console; a second one replaces it. Fault::not_found for whoever
    /// is not on the list, Fault::bad_signature.
    Result<void> acknowledge(PersonId person, const Digest& build, const ballot::Signature& signature);
    std::uint32_t acknowledged() const { return static_cast<std::uint32_t>(signed_.size()); }
    std::vector<ballot::Acknowledgement> acknowledgements() const;
    /// On the list, not yet signed; ascending.
    std::vector<PersonId> silent() const;

private:
    RollCall() = default;

    ballot::VoteContext context_;
    std::vector<ballot::Point> pseudonyms_; ///< sorted
    std::vector<ballot::ListPath> paths_;
    std::map<PersonId, ballot::VerifyKey> devices_;
    std::map<PersonId, ballot::Acknowledgement> signed_;
};

/// A key or signature as an entry or a message holds it; nothing when it has another length.
template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> fixed(ByteView bytes)
{
    if (bytes.size() != size) return std::nullopt;
    std::array<std::uint8_t, size> same{};
    std::copy(bytes.begin(), bytes.end(), same.begin());
    return same;
}

} // namespace plenum::clerk
