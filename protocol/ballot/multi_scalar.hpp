#pragma once

#include "protocol/ballot/group.hpp"

#include <decaf/point_255.h>

#include <optional>

// Arithmetic of ristretto255 on public values through libdecaf, in a time that depends on them: never for a
// key, a choice or randomness. libsodium decodes and encodes a point in every operation; here it stays open.

namespace plenum::ballot {

/// A point between operations.
class OpenPoint {
public:
    /// The identity.
    OpenPoint();
    /// Nothing unless these are 32 bytes in the one spelling of a point; the identity is one.
    static std::optional<OpenPoint> decode(ByteView bytes);
    Point encode() const;

    bool is_identity() const;
    OpenPoint& operator+=(const OpenPoint& other);
    OpenPoint& operator-=(const OpenPoint& other);
    void double_in_place();

private:
    decaf_255_point_s point_;
};

/// A public number modulo q between operations.
class OpenScalar {
public:
    /// Zero.
    OpenScalar();
    explicit OpenScalar(std::uint64_t value);
    /// A challenge or a factor below 2^128, 16 bytes little-endian.
    explicit OpenScalar(std::span<const std::uint8_t, 16> bytes);
    /// Nothing unless these are 32 bytes of a number below q.
    static std::optional<OpenScalar> decode(ByteView bytes);
    Scalar encode() const;

    OpenScalar& operator+=(const OpenScalar& other);
    OpenScalar& operator-=(const OpenScalar& other);
    friend OpenScalar operator*(const OpenScalar& left, const OpenScalar& right);

private:
    decaf_255_scalar_s scalar_;
};

/// scalar·point of a sum. Refers to the point.
struct Term {
    const OpenPoint* point = nullptr;
    OpenScalar scalar;
};

/// Σ scalar·point by Pippenger's buckets: the more terms, the less each costs. The scalars of `short_terms`
/// are below 2^128, which halves their work.
OpenPoint multi_scalar(std::span<const Term> terms, std::span<const Term> short_terms);

} // namespace plenum::ballot
