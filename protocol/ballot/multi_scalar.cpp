#include "protocol/ballot/multi_scalar.hpp"

#include <algorithm>

namespace plenum::ballot {

namespace {

constexpr std::size_t scalar_bits = 253;
constexpr std::size_t short_scalar_bits = 128;
constexpr std::size_t window_bits_min = 2;
constexpr std::size_t window_bits_max = 12;

/// Windows of signed digits; the carry may need one bit more than the number has.
std::size_t window_count(std::size_t number_bits, std::size_t window_bits)
{
    return number_bits / window_bits + 1;
}

/// Additions for windows of this width: a term goes into a bucket once a window, and every bucket is added up
/// twice.
std::size_t additions(std::size_t term_count, std::size_t short_term_count, std::size_t window_bits)
{
    const std::size_t windows = window_count(scalar_bits, window_bits);
    return windows * term_count + window_count(short_scalar_bits, window_bits) * short_term_count +
           windows * (std::size_t{1} << window_bits);
}

std::size_t cheapest_window_bits(std::size_t term_count, std::size_t short_term_count)
{
    std::size_t best = window_bits_min;
    for (std::size_t bits = window_bits_min; bits <= window_bits_max; ++bits)
        if (additions(term_count, short_term_count, bits) < additions(term_count, short_term_count, best))
            best = bits;
    return best;
}

/// Bits [first, first + count) of a number, `count` at most 16.
std::uint32_t bits_of(const Scalar& number, std::size_t first, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 3 && first / 8 + i < number.bytes.size(); ++i)
        value |= static_cast<std::uint32_t>(number.bytes[first / 8 + i]) << (8 * i);
    return (value >> (first % 8)) & ((1U << count) - 1);
}

/// The digits of many scalars in a signed base 2^w: each from −2^(w−1) to 2^(w−1), so that half the buckets
/// do.
class Digits {
public:
    Digits(std::span<const Term> terms, std::size_t number_bits, std::size_t window_bits)
        : term_count_(terms.size()), windows_(window_count(number_bits, window_bits)),
          digits_(term_count_ * windows_)
    {
        const std::int32_t base = std::int32_t{1} << window_bits;
        for (std::size_t term = 0; term < terms.size(); ++term) {
            const Scalar number = terms[term].scalar.encode();
            std::int32_t carry = 0;
            for (std::size_t window = 0; window < windows_; ++window) {
                std::int32_t digit =
                    carry + static_cast<std::int32_t>(bits_of(number, window * window_bits, window_bits));
                carry = digit > base / 2 ? 1 : 0;
                digit -= carry * base;
                digits_[window * term_count_ + term] = static_cast<std::int16_t>(digit);
            }
        }
    }

    std::size_t windows() const { return windows_; }
    std::span<const std::int16_t> of_window(std::size_t window) const
    {
        return std::span(digits_).subspan(window * term_count_, term_count_);
    }

private:
    std::size_t term_count_;
    std::size_t windows_;
    std::vector<std::int16_t> digits_;
};

/// Bucket d − 1 holds the sum of the points whose digit is d, less those whose digit is −d.
class Buckets {
public:
    explicit Buckets(std::size_t window_bits)
        : sums_(std::size_t{1} << (window_bits - 1)), is_used_(sums_.size())
    {}

    void clear() { std::ranges::fill(is_used_, std::uint8_t{0}); }

    void add(std::span<const Term> terms, std::span<const std::int16_t> digits)
    {
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (digits[i] == 0) continue;
            const bool negative = digits[i] < 0;
            const auto at = static_cast<std::size_t>(negative ? -digits[i] : digits[i]) - 1;
            if (!is_used_[at]) {
                is_used_[at] = 1;
                sums_[at] = negative ? OpenPoint() : *terms[i].point;
                if (negative) sums_[at] -= *terms[i].point;
            } else if (negative) {
                sums_[at] -= *terms[i].point;
            } else {
                sums_[at] += *terms[i].point;
            }
        }
    }

    /// Σ d·bucket(d), as the sum of all running sums from the last bucket down.
    OpenPoint weighted_sum() const
    {
        OpenPoint running;
        OpenPoint total;
        bool is_empty = true;
        for (std::size_t at = sums_.size(); at-- > 0;) {
            if (is_used_[at]) running += sums_[at];
            is_empty = is_empty && !is_used_[at];
            if (!is_empty) total += running;
        }
        return total;
    }

private:
    std::vector<OpenPoint> sums_;
    std::vector<std::uint8_t> is_used_;
};

} // namespace

OpenPoint::OpenPoint() : point_(*decaf_255_point_identity) {}

std::optional<OpenPoint> OpenPoint::decode(ByteView bytes)
{
    OpenPoint point;
    if (bytes.size() != DECAF_255_SER_BYTES) return std::nullopt;
    if (decaf_255_point_decode(&point.point_, bytes.data(), DECAF_TRUE) != DECAF_SUCCESS) return std::nullopt;
    return point;
}

Point OpenPoint::encode() const
{
    Point point;
    decaf_255_point_encode(point.bytes.data(), &point_);
    return point;
}

bool OpenPoint::is_identity() const
{
    return decaf_255_point_eq(&point_, decaf_255_point_identity) == DECAF_TRUE;
}

OpenPoint& OpenPoint::operator+=(const OpenPoint& other)
{
    decaf_255_point_add(&point_, &point_, &other.point_);
    return *this;
}

OpenPoint& OpenPoint::operator-=(const OpenPoint& other)
{
    decaf_255_point_sub(&point_, &point_, &other.point_);
    return *this;
}

void OpenPoint::double_in_place()
{
    decaf_255_point_double(&point_, &point_);
}

OpenScalar::OpenScalar() : scalar_(*decaf_255_scalar_zero) {}

OpenScalar::OpenScalar(std::uint64_t value)
{
    decaf_255_scalar_set_unsigned(&scalar_, value);
}

OpenScalar::OpenScalar(std::span<const std::uint8_t, 16> bytes)
{
    decaf_255_scalar_decode_long(&scalar_, bytes.data(), bytes.size());
}

std::optional<OpenScalar> OpenScalar::decode(ByteView bytes)
{
    OpenScalar scalar;
    if (bytes.size() != DECAF_255_SCALAR_BYTES) return std::nullopt;
    if (decaf_255_scalar_decode(&scalar.scalar_, bytes.data()) != DECAF_SUCCESS) return std::nullopt;
    return scalar;
}

Scalar OpenScalar::encode() const
{
    Scalar scalar;
    decaf_255_scalar_encode(scalar.bytes.data(), &scalar_);
    return scalar;
}

OpenScalar& OpenScalar::operator+=(const OpenScalar& other)
{
    decaf_255_scalar_add(&scalar_, &scalar_, &other.scalar_);
    return *this;
}

OpenScalar& OpenScalar::operator-=(const OpenScalar& other)
{
    decaf_255_scalar_sub(&scalar_, &scalar_, &other.scalar_);
    return *this;
}

OpenScalar operator*(const OpenScalar& left, const OpenScalar& right)
{
    OpenScalar product;
    decaf_255_scalar_mul(&product.scalar_, &left.scalar_, &right.scalar_);
    return product;
}

OpenPoint multi_scalar(std::span<const Term> terms, std::span<const Term> short_terms)
{
    const std::size_t window_bits = cheapest_window_bits(terms.size(), short_terms.size());
    const Digits digits(terms, scalar_bits, window_bits);
    const Digits short_digits(short_terms, short_scalar_bits, window_bits);
    Buckets buckets(window_bits);
    OpenPoint sum;
    for (std::size_t window = digits.windows(); window-- > 0;) {
        for (std::size_t bit = 0; bit < window_bits; ++bit)
            sum.double_in_place();
        buckets.clear();
        buckets.add(terms, digits.of_window(window));
        if (window < short_digits.windows()) buckets.add(short_terms, short_digits.of_window(window));
        sum += buckets.weighted_sum();
    }
    return sum;
}

} // namespace plenum::ballot
