#pragma once

#include "protocol/ballot/fields.hpp"
#include "protocol/note.hpp"
#include "protocol/record_id.hpp"

#include <string>

namespace plenum::ballot {

/// What a console signs to be enrolled (docs/ballot_protocol.md 3).
struct EnrolmentTerms {
    std::string origin; ///< of the log
    RecordId person{};
    std::array<std::uint8_t, 32> channel{}; ///< chosen by the server for this session
};

/// By the device itself: whoever enrols a key holds it.
Signature prove_device(const EnrolmentTerms& terms, const SigningKey& device);
/// Fault::bad_signature when the holder of `device` did not sign these terms.
Result<void> check_device(const EnrolmentTerms& terms, const VerifyKey& device, const Signature& proof);

} // namespace plenum::ballot
