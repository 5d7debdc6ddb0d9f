#pragma once

#include "protocol/ballot/fields.hpp"

#include <boost/json.hpp>

namespace plenum::ballot {

/// How schemas/vectors spells things: lower-case hexadecimal for all bytes.
inline boost::json::array hex_of(std::span<const Point> points)
{
    boost::json::array list;
    for (const Point& point : points)
        list.emplace_back(to_hex(point.bytes));
    return list;
}

inline boost::json::array hex_of(std::span<const Digest> digests)
{
    boost::json::array list;
    for (const Digest& digest : digests)
        list.emplace_back(to_hex(digest));
    return list;
}

/// A secret of a test is no secret.
inline std::string hex_of(const SecretScalar& secret)
{
    return to_hex(secret.reveal());
}

/// One bit of one byte changed.
inline Bytes flipped(Bytes bytes, std::size_t at, std::uint8_t bit = 1)
{
    bytes.at(at) ^= bit;
    return bytes;
}

} // namespace plenum::ballot
