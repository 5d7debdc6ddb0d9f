// libdecaf against libsodium: whatever one says of a point or a number, the other must say too.
#include "protocol/ballot/multi_scalar.hpp"

#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <boost/test/unit_test.hpp>

#include <sodium.h>

BOOST_AUTO_TEST_SUITE(multi_scalar_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

using Half = std::array<std::uint8_t, 16>;

class Source {
public:
    explicit Source(std::uint64_t seed) : randomness_(seed) {}

    Scalar scalar()
    {
        Scalar scalar;
        std::ranges::copy(random_scalar(randomness_).reveal(), scalar.bytes.begin());
        return scalar;
    }
    Half half()
    {
        Half half;
        randomness_.fill(half);
        return half;
    }
    Point point()
    {
        std::array<std::uint8_t, 64> hash;
        randomness_.fill(hash);
        Point point;
        crypto_core_ristretto255_from_hash(point.bytes.data(), hash.data());
        return point;
    }
    Bytes bytes()
    {
        Bytes bytes(32);
        randomness_.fill(bytes);
        return bytes;
    }

private:
    RepeatableRandomness randomness_;
};

OpenPoint opened(const Point& point)
{
    const auto open = OpenPoint::decode(point.bytes);
    BOOST_TEST_REQUIRE(open.has_value());
    return *open;
}

OpenScalar opened(const Scalar& scalar)
{
    const auto open = OpenScalar::decode(scalar.bytes);
    BOOST_TEST_REQUIRE(open.has_value());
    return *open;
}

/// Σ scalar·point by libsodium.
Point naive_sum(const std::vector<Point>& points, const std::vector<Scalar>& scalars)
{
    Point sum;
    for (std::size_t i = 0; i < points.size(); ++i)
        sum = add(sum, times(scalars[i], points[i]));
    return sum;
}

} // namespace

BOOST_AUTO_TEST_CASE(both_libraries_accept_the_same_strings_as_points_and_scalars)
{
    Source source(41);
    std::size_t points = 0;
    std::size_t scalars = 0;
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes = source.bytes();
        if (i % 2 == 0) bytes.back() &= 0x1f; // so that scalars are not rare
        const bool is_point = parse_point(bytes).has_value();
        const bool is_scalar = parse_scalar(bytes).has_value();
        BOOST_TEST_REQUIRE(OpenPoint::decode(bytes).has_value() == is_point, to_hex(bytes));
        BOOST_TEST_REQUIRE(OpenScalar::decode(bytes).has_value() == is_scalar, to_hex(bytes));
        points += is_point;
        scalars += is_scalar;
    }
    BOOST_TEST(points > 500U);
    BOOST_TEST(scalars > 500U);
}

BOOST_AUTO_TEST_CASE(both_libraries_agree_next_to_a_valid_encoding)
{
    Source source(42);
    for (int i = 0; i < 40; ++i) {
        const Point point = source.point();
        const Scalar scalar = source.scalar();
        for (std::size_t bit = 0; bit < 256; ++bit) {
            Point near = point;
            near.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            BOOST_TEST_REQUIRE(OpenPoint::decode(near.bytes).has_value() ==
                               parse_point(near.bytes).has_value());
            Scalar other = scalar;
            other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            BOOST_TEST_REQUIRE(OpenScalar::decode(other.bytes).has_value() ==
                               parse_scalar(other.bytes).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(both_libraries_add_subtract_and_double_alike)
{
    Source source(43);
    for (int i = 0; i < 300; ++i) {
        const Point left = source.point();
        const Point right = i % 10 == 0 ? left : source.point();
        OpenPoint sum = opened(left);
        sum += opened(right);
        BOOST_TEST_REQUIRE((sum.encode() == add(left, right)));
        OpenPoint difference = opened(left);
        difference -= opened(right);
        BOOST_TEST_REQUIRE((difference.encode() == subtract(left, right)));
        BOOST_TEST_REQUIRE(difference.is_identity() == (i % 10 == 0));
        OpenPoint twice = opened(left);
        twice.double_in_place();
        BOOST_TEST_REQUIRE((twice.encode() == add(left, left)));
    }
}

BOOST_AUTO_TEST_CASE(both_libraries_reckon_with_scalars_alike)
{
    Source source(44);
    for (int i = 0; i < 300; ++i) {
        const Scalar left = source.scalar();
        const Scalar right = source.scalar();
        OpenScalar sum = opened(left);
        sum += opened(right);
        BOOST_TEST_REQUIRE((sum.encode() == add(left, right)));
        OpenScalar difference = opened(left);
        difference -= opened(right);
        BOOST_TEST_REQUIRE((difference.encode() == subtract(left, right)));
        BOOST_TEST_REQUIRE(((opened(left) * opened(right)).encode() == multiply(left, right)));
        const auto half = source.half();
        BOOST_TEST_REQUIRE((OpenScalar(half).encode() == scalar_of(half)));
    }
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX})
        BOOST_TEST((OpenScalar(number).encode() == scalar_of(number)));
}

BOOST_AUTO_TEST_CASE(a_sum_of_any_size_is_the_sum_term_by_term)
{
    Source source(45);
    for (const std::size_t count : {0U, 1U, 2U, 3U, 7U, 20U, 100U, 700U}) {
        for (const std::size_t short_count : {std::size_t{0}, std::size_t{1}, count}) {
            std::vector<Point> points;
            std::vector<Scalar> scalars;
            for (std::size_t i = 0; i < count + short_count; ++i) {
                points.push_back(source.point());
                scalars.push_back(i < count ? source.scalar() : scalar_of(source.half()));
            }
            std::vector<OpenPoint> open;
            for (const Point& point : points)
                open.push_back(opened(point));
            std::vector<Term> terms;
            for (std::size_t i = 0; i < open.size(); ++i)
                terms.push_back({&open[i], opened(scalars[i])});
            const OpenPoint sum =
                multi_scalar(std::span(terms).first(count), std::span(terms).subspan(count));
            BOOST_TEST((sum.encode() == naive_sum(points, scalars)), count << " and " << short_count);
        }
    }
}

/// Where digits carry: 0, 1, q − 1, numbers of ones, the largest short one.
BOOST_AUTO_TEST_CASE(a_sum_with_numbers_at_the_edges_is_right)
{
    Source source(46);
    const Scalar minus_one = subtract(Scalar{}, scalar_of(1));
    Half ones;
    ones.fill(0xff);
    std::vector<Scalar> edges{Scalar{},        scalar_of(1),
                              minus_one,       subtract(minus_one, scalar_of(1)),
                              scalar_of(ones), scalar_of(UINT64_MAX)};
    for (std::size_t bit = 0; bit < 252; ++bit) {
        Scalar power;
        power.bytes[bit / 8] = static_cast<std::uint8_t>(1U << (bit % 8));
        edges.push_back(power);
        edges.push_back(subtract(power, scalar_of(1)));
    }
    const Point point = source.point();
    const OpenPoint open = opened(point);
    for (const Scalar& edge : edges) {
        const Term term{&open, opened(edge)};
        BOOST_TEST_REQUIRE((multi_scalar(std::span(&term, 1), {}).encode() == times(edge, point)));
    }
    for (const Scalar& edge : {Scalar{}, scalar_of(1), scalar_of(ones), scalar_of(UINT64_MAX)}) {
        const Term term{&open, opened(edge)};
        BOOST_TEST_REQUIRE((multi_scalar({}, std::span(&term, 1)).encode() == times(edge, point)));
    }
}

BOOST_AUTO_TEST_SUITE_END()
