#include "protocol/ballot/fields.hpp"

namespace plenum::ballot {

namespace {

constexpr std::uint8_t format_version = 1;

} // namespace

void FieldReader::remember(const boost::system::error_code& fault)
{
    if (!fault_ && reader_.ok()) fault_ = fault;
}

void FieldReader::require(bool holds, Fault otherwise)
{
    if (!holds) remember(fault(otherwise));
}

void FieldReader::version()
{
    require(u8() == format_version, Fault::unsupported);
}

void FieldReader::domain(std::string_view expected)
{
    require(u32() == expected.size());
    if (ok()) require(text_of(raw(expected.size())) == expected);
}

Digest FieldReader::digest()
{
    return {array<Digest::size>()};
}

Point FieldReader::any_point()
{
    const ByteView taken = raw(sizeof Point::bytes);
    const auto point = parse_point(taken);
    if (point) return *point;
    remember(point.error());
    return {};
}

Point FieldReader::point()
{
    const Point point = any_point();
    require(!point.is_identity(), Fault::out_of_range);
    return point;
}

Scalar FieldReader::scalar()
{
    const ByteView taken = raw(sizeof Scalar::bytes);
    const auto scalar = parse_scalar(taken);
    if (scalar) return *scalar;
    remember(scalar.error());
    return {};
}

Result<void> FieldReader::end() const
{
    if (fault_) return fault_;
    if (!reader_.ok()) return fault(Fault::truncated);
    if (!reader_.at_end()) return fault(Fault::malformed);
    return {};
}

} // namespace plenum::ballot
