#pragma once

#include "protocol/json_codec.hpp"

namespace plenum {

/// Reads back the blob of a described structure with a version `v` of 1. Only the exact spelling it was
/// written in is accepted, so that its digest has one meaning.
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

} // namespace plenum
