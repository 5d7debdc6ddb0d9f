#pragma once

#include "protocol/ballot/secret.hpp"
#include "protocol/digest.hpp"

namespace plenum::ballot {

/// A point of ristretto255 as its 32 canonical bytes (RFC 9496). Only parse_point makes one from bytes that
/// come from outside; the zero value is the identity.
struct Point {
    std::array<std::uint8_t, 32> bytes{};

    bool is_identity() const { return bytes == std::array<std::uint8_t, 32>{}; }
    auto operator<=>(const Point&) const = default;
};

/// A public number modulo the order q, 32 bytes little-endian below q.
struct Scalar {
    std::array<std::uint8_t, 32> bytes{};

    auto operator<=>(const Scalar&) const = default;
};

/// A number modulo q nobody else may learn.
using SecretScalar = Secret<32>;

/// Fault::not_canonical unless these are 32 bytes in the one spelling of a point. The identity is a point;
/// whether it is allowed is for the caller (docs/ballot_protocol.md 1).
Result<Point> parse_point(ByteView bytes);
/// Fault::not_canonical unless these are 32 bytes of a number below q.
Result<Scalar> parse_scalar(ByteView bytes);

/// A public number as a scalar.
Scalar scalar_of(std::uint64_t value);
/// A challenge, 16 bytes little-endian, as a scalar.
Scalar scalar_of(std::span<const std::uint8_t, 16> challenge);

/// The generator G.
const Point& generator();

// Arithmetic on secrets: libsodium only, in constant time.

/// Uniform below q, from 64 bytes of `randomness`.
SecretScalar random_scalar(Randomness& randomness);
/// 64 bytes reduced modulo q.
SecretScalar reduce(std::span<const std::uint8_t, 64> wide);
/// A small secret number, such as a choice.
SecretScalar secret_scalar_of(std::uint64_t value);
SecretScalar add(const SecretScalar& left, const SecretScalar& right);
SecretScalar subtract(const SecretScalar& left, const SecretScalar& right);
SecretScalar multiply(const SecretScalar& left, const SecretScalar& right);
SecretScalar multiply(const SecretScalar& left, const Scalar& right);
/// The answer of a proof may be told: nonce − challenge·secret.
Scalar answer(const SecretScalar& nonce, const Scalar& challenge, const SecretScalar& secret);
/// secret·G.
Point times_generator(const SecretScalar& secret);
/// secret·point.
Point times(const SecretScalar& secret, const Point& point);

// Arithmetic on public values, by libsodium: the reference. Fast paths are in multi_scalar.hpp.

Point add(const Point& left, const Point& right);
Point subtract(const Point& left, const Point& right);
Point times(const Scalar& scalar, const Point& point);
Point times_generator(const Scalar& scalar);
Scalar add(const Scalar& left, const Scalar& right);
Scalar subtract(const Scalar& left, const Scalar& right);
Scalar multiply(const Scalar& left, const Scalar& right);
/// 1/scalar; `scalar` is not zero.
Scalar invert(const Scalar& scalar);

} // namespace plenum::ballot
