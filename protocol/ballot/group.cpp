#include "protocol/ballot/group.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

namespace {

static_assert(crypto_core_ristretto255_BYTES == 32 && crypto_core_ristretto255_SCALARBYTES == 32);
static_assert(crypto_core_ristretto255_NONREDUCEDSCALARBYTES == 64);

/// Points that came through parse_point or through this file are valid, so libsodium can only refuse a bug.
void must_hold(int code)
{
    PLENUM_ASSERT(code == 0);
}

/// libsodium before 1.0.20 ignores the highest bit of an encoding, which would give every point a second
/// spelling (RFC 9496 4.3.1 refuses it).
bool has_high_bit(ByteView bytes)
{
    return (bytes.back() & 0x80) != 0;
}

/// libsodium reports a product that is the identity as an error and leaves zeros, the spelling of the
/// identity.
Point product(const std::uint8_t* scalar, const Point& point)
{
    Point result;
    if (crypto_scalarmult_ristretto255(result.bytes.data(), scalar, point.bytes.data()) != 0)
        PLENUM_ASSERT(sodium_is_zero(result.bytes.data(), result.bytes.size()));
    return result;
}

Point product_of_generator(const std::uint8_t* scalar)
{
    Point result;
    if (crypto_scalarmult_ristretto255_base(result.bytes.data(), scalar) != 0)
        PLENUM_ASSERT(sodium_is_zero(result.bytes.data(), result.bytes.size()));
    return result;
}

void put_number(std::span<std::uint8_t> out, std::uint64_t value)
{
    for (std::size_t i = 0; i < sizeof value; ++i)
        out[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

} // namespace

void wipe(std::span<std::uint8_t> bytes) noexcept
{
    sodium_memzero(bytes.data(), bytes.size());
}

Result<Point> parse_point(ByteView bytes)
{
    Point point;
    if (bytes.size() != point.bytes.size() || has_high_bit(bytes) ||
        crypto_core_ristretto255_is_valid_point(bytes.data()) != 1)
        return fault(Fault::not_canonical);
    std::ranges::copy(bytes, point.bytes.begin());
    return point;
}

Result<Scalar> parse_scalar(ByteView bytes)
{
    Scalar scalar;
    if (bytes.size() != scalar.bytes.size()) return fault(Fault::not_canonical);
    std::array<std::uint8_t, 64> wide{};
    std::ranges::copy(bytes, wide.begin());
    crypto_core_ristretto255_scalar_reduce(scalar.bytes.data(), wide.data());
    if (!std::ranges::equal(bytes, scalar.bytes)) return fault(Fault::not_canonical);
    return scalar;
}

Scalar scalar_of(std::uint64_t value)
{
    Scalar scalar;
    put_number(scalar.bytes, value);
    return scalar;
}

Scalar scalar_of(std::span<const std::uint8_t, 16> challenge)
{
    Scalar scalar;
    std::ranges::copy(challenge, scalar.bytes.begin());
    return scalar;
}

const Point& generator()
{
    static const Point point = times_generator(scalar_of(1));
    return point;
}

SecretScalar random_scalar(Randomness& randomness)
{
    Secret<64> wide;
    randomness.fill(wide.fill());
    return reduce(wide.reveal());
}

SecretScalar reduce(std::span<const std::uint8_t, 64> wide)
{
    SecretScalar scalar;
    crypto_core_ristretto255_scalar_reduce(scalar.fill().data(), wide.data());
    return scalar;
}

SecretScalar secret_scalar_of(std::uint64_t value)
{
    SecretScalar scalar;
    put_number(scalar.fill(), value);
    return scalar;
}

SecretScalar add(const SecretScalar& left, const SecretScalar& right)
{
    SecretScalar sum;
    crypto_core_ristretto255_scalar_add(sum.fill().data(), left.reveal().data(), right.reveal().data());
    return sum;
}

SecretScalar subtract(const SecretScalar& left, const SecretScalar& right)
{
    SecretScalar difference;
    crypto_core_ristretto255_scalar_sub(difference.fill().data(), left.reveal().data(),
                                        right.reveal().data());
    return difference;
}

SecretScalar multiply(const SecretScalar& left, const SecretScalar& right)
{
    SecretScalar result;
    crypto_core_ristretto255_scalar_mul(result.fill().data(), left.reveal().data(), right.reveal().data());
    return result;
}

SecretScalar multiply(const SecretScalar& left, const Scalar& right)
{
    SecretScalar result;
    crypto_core_ristretto255_scalar_mul(result.fill().data(), left.reveal().data(), right.bytes.data());
    return result;
}

Scalar answer(const SecretScalar& nonce, const Scalar& challenge, const SecretScalar& secret)
{
    const SecretScalar told = subtract(nonce, multiply(secret, challenge));
    Scalar scalar;
    std::ranges::copy(told.reveal(), scalar.bytes.begin());
    return scalar;
}

Point times_generator(const SecretScalar& secret)
{
    return product_of_generator(secret.reveal().data());
}

Point times(const SecretScalar& secret, const Point& point)
{
    return product(secret.reveal().data(), point);
}

Point add(const Point& left, const Point& right)
{
    Point sum;
    must_hold(crypto_core_ristretto255_add(sum.bytes.data(), left.bytes.data(), right.bytes.data()));
    return sum;
}

Point subtract(const Point& left, const Point& right)
{
    Point difference;
    must_hold(crypto_core_ristretto255_sub(difference.bytes.data(), left.bytes.data(), right.bytes.data()));
    return difference;
}

Point times(const Scalar& scalar, const Point& point)
{
    return product(scalar.bytes.data(), point);
}

Point times_generator(const Scalar& scalar)
{
    return product_of_generator(scalar.bytes.data());
}

Scalar add(const Scalar& left, const Scalar& right)
{
    Scalar sum;
    crypto_core_ristretto255_scalar_add(sum.bytes.data(), left.bytes.data(), right.bytes.data());
    return sum;
}

Scalar subtract(const Scalar& left, const Scalar& right)
{
    Scalar difference;
    crypto_core_ristretto255_scalar_sub(difference.bytes.data(), left.bytes.data(), right.bytes.data());
    return difference;
}

Scalar multiply(const Scalar& left, const Scalar& right)
{
    Scalar result;
    crypto_core_ristretto255_scalar_mul(result.bytes.data(), left.bytes.data(), right.bytes.data());
    return result;
}

Scalar invert(const Scalar& scalar)
{
    Scalar inverse;
    must_hold(crypto_core_ristretto255_scalar_invert(inverse.bytes.data(), scalar.bytes.data()));
    return inverse;
}

} // namespace plenum::ballot
