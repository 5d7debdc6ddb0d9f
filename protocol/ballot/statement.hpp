#pragma once

#include "protocol/ballot/fields.hpp"
#include "protocol/ballot/share.hpp"
#include "protocol/note.hpp"

namespace plenum::ballot {

/// What a key holder says beside a share: that the list, the acknowledgements, the box and this many
/// confirmations of its root were verified on the holder's own device (docs/ballot_protocol.md 7).
struct HolderStatement {
    std::uint32_t holder = 0;    ///< i, from 1
    std::uint32_t confirmed = 0; ///< consoles that confirmed the root
    bool overridden = false;     ///< not enough of them, and the holder decided to go on
    Digest share;                ///< H32 of the share's bytes
};

/// By the key the holder's ceremony messages are signed with.
Signature sign_statement(const ShareTerms& terms, const HolderStatement& statement, const SigningKey& holder);
/// Fault::bad_signature when `holder` did not say this.
Result<void> check_statement(const ShareTerms& terms, const HolderStatement& statement,
                             const VerifyKey& holder, const Signature& signature);

} // namespace plenum::ballot
