#include "protocol/roster.hpp"

namespace plenum {
namespace {

/// A blob is read back only in the exact spelling it was written in, so its digest has one meaning.
template <class T>
Result<T> decode_blob(std::string_view text)
{
    auto value = parse_canonical_json(text);
    if (!value) return value.error();
    auto decoded = from_json<T>(*value);
    if (!decoded) return fault(Fault::malformed);
    if (decoded->v != 1) return fault(Fault::unsupported);
    if (canonical_json(to_json(*decoded)) != text) return fault(Fault::not_canonical);
    return std::move(*decoded);
}

} // namespace

std::string encode_roster(const Roster& roster)
{
    return canonical_json(to_json(roster));
}

Result<Roster> decode_roster(std::string_view text)
{
    return decode_blob<Roster>(text);
}

std::string encode_electorate(const Electorate& electorate)
{
    return canonical_json(to_json(electorate));
}

Result<Electorate> decode_electorate(std::string_view text)
{
    return decode_blob<Electorate>(text);
}

} // namespace plenum
