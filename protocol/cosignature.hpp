#pragma once

#include "protocol/bytes.hpp"
#include "protocol/json_codec.hpp"
#include "protocol/note.hpp"

namespace plenum {

/// C2SP tlog-cosignature, by Ed25519 (type 0x04): whoever signs it has seen the log of this origin up to
/// `size` with this root at `time_s`, and nothing of the log that contradicts it.
struct Cosignature {
    std::uint64_t size = 0;
    Digest root;
    std::uint64_t time_s = 0; ///< seconds UTC, by the clock of whoever signs
    Bytes signature;          ///< 64 bytes, over cosigned_text

    bool operator==(const Cosignature&) const = default;
};
BOOST_DESCRIBE_STRUCT(Cosignature, (), (size, root, time_s, signature))

/// What is signed: `cosignature/v1`, `time N`, and the three lines of the checkpoint.
std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t time_s);

/// The caller has verified that the log holds what it must and that nothing seen before contradicts it.
Cosignature cosign(const Checkpoint& checkpoint, std::uint64_t time_s, const SigningKey& key);

/// Fault::bad_signature when `key` did not sign this of the log named `origin`.
Result<void> check_cosignature(const std::string& origin, const Cosignature& cosignature,
                               std::span<const std::uint8_t, 32> key);

} // namespace plenum
