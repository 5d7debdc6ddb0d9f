#pragma once

#include "clients/trustee/key_file.hpp"
#include "protocol/ballot/election_key.hpp"
#include "protocol/view/key_holders.hpp"

namespace plenum::trustee {

/// What the body decided, as the server tells it. Nothing when these terms cannot be.
std::optional<ballot::CeremonyTerms> ceremony_terms(const KeyHoldersView& view, const std::string& origin);

/// The election key of a meeting as this device itself made it, and the holder's place in it.
struct OwnElection {
    std::string origin; ///< of the log
    RecordId meeting{};
    std::uint32_t number = 0; ///< of this holder, from 1
    ballot::ElectionKeys keys;
};

/// Recomputes it from the messages of the ceremony, which the server only passes on, and holds it against the
/// hash this device agreed to and the share it keeps. Fault::bad_proof when they are not the same: the server
/// shows another key, or the messages of another ceremony.
Result<OwnElection> own_election(const HeldShare& share, const ballot::VerifyKey& own,
                                 const KeyHoldersView& view);

} // namespace plenum::trustee
