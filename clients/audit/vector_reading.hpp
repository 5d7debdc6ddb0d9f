#pragma once

#include "protocol/json_codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Members of a file of vectors. What does not fit is thrown as Unreadable and caught where vectors are gone
// through; nothing of it leaves this folder.

namespace plenum::audit {

/// Why a vector or an election cannot be computed.
struct Unreadable {
    std::string why;
};

/// Throws what does not fit, if anything.
void require(const std::optional<Misfit>& misfit);

/// The member of this name; there must be one.
const boost::json::value& member(const boost::json::value& of, std::string_view name);

/// Whether there is such a member and it is not null.
bool has(const boost::json::value& of, std::string_view name);

/// A count from 0 to ballots_max.
std::uint32_t number(const boost::json::value& of, std::string_view name);

/// True or false.
bool flag(const boost::json::value& of, std::string_view name);

/// A string.
std::string text(const boost::json::value& of, std::string_view name);

} // namespace plenum::audit
