#pragma once

#include "protocol/ballot/fields.hpp"
#include "protocol/note.hpp"
#include "protocol/record_id.hpp"

#include <string>

namespace plenum::ballot {

/// Whose share of which election key a statement of erasure is about (docs/ballot_protocol.md 7).
struct ErasureTerms {
    std::string origin; ///< of the log
    RecordId meeting{};
    Digest key_holders;       ///< names the election key and all who hold shares of it
    std::uint32_t holder = 0; ///< i, from 1
};

/// "The share is erased", by the key the holder's ceremony messages are signed with. The same terms give the
/// same bytes, so that it can be said again after an interruption.
Signature sign_erasure(const ErasureTerms& terms, const SigningKey& holder);
/// Fault::bad_signature when `holder` did not say this.
Result<void> check_erasure(const ErasureTerms& terms, const VerifyKey& holder, const Signature& signature);

} // namespace plenum::ballot
