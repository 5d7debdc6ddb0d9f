#pragma once

#include "protocol/note.hpp"
#include "server/journal/file.hpp"

namespace plenum::journal {

/// The log's signing key: `keys/log.key` holds the base64 of the 32-byte Ed25519 seed and a newline, readable
/// by its owner only; `keys/log.vkey` holds the verifier key that everybody may have. Seeds are wiped from
/// memory after use.

/// Makes a new key and both files. Fault::in_use when there is a key already: a log's key is never replaced.
Result<SigningKey> create_log_key(Directory& data, const std::string& origin);

/// Fault::not_found without a key file, malformed when it is no seed, bad_signature when log.vkey belongs to
/// another key or origin. A missing log.vkey is written again.
Result<SigningKey> load_log_key(Directory& data, const std::string& origin);

/// What log.vkey says, for tools that only check.
Result<NoteVerifier> load_log_vkey(Directory& data);

} // namespace plenum::journal
