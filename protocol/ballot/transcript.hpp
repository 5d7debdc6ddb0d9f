#pragma once

#include "protocol/ballot/group.hpp"

namespace plenum::ballot {

/// SHA-512 of what a proof speaks of.
using Hash512 = std::array<std::uint8_t, 64>;

/// A number below 2^128: what the hash asks of a prover (docs/ballot_protocol.md 1, chal).
using Challenge = std::array<std::uint8_t, 16>;

/// What a proof or a signature speaks of, as the bytes that are hashed: a domain, then fields in a fixed
/// order. Numbers are little-endian, texts carry their length, everything else has a fixed width, so that no
/// two statements are the same bytes.
class Transcript {
public:
    /// `domain` like `plenum/ballot/v1`; every use has its own.
    explicit Transcript(std::string_view domain) { text(domain); }

    Transcript& text(std::string_view value);
    Transcript& u32(std::uint32_t value);
    Transcript& u64(std::uint64_t value);
    Transcript& raw(ByteView fixed_width);
    Transcript& point(const Point& value) { return raw(value.bytes); }
    Transcript& scalar(const Scalar& value) { return raw(value.bytes); }
    Transcript& digest(const Digest& value) { return raw(value.bytes); }

    /// The bytes themselves, where they are signed rather than hashed.
    ByteView bytes() const { return bytes_.bytes(); }
    /// H: SHA-512 of all of it.
    Hash512 hash() const;
    /// chal: the first 16 bytes of H.
    Challenge challenge() const;
    /// A nonce for a proof over this transcript: hedged, so that neither a bad source nor a repeated
    /// statement alone reveals `secret`.
    SecretScalar nonce(const SecretScalar& secret, Randomness& randomness) const;

private:
    Writer bytes_;
};

} // namespace plenum::ballot
