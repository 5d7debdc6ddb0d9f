#pragma once

#include "server/chamber/chamber.hpp"
#include "server/gateway/gateway.hpp"

namespace plenum {

/// Where result sheets are fetched: /export/sheet/<vote>.html, and .json for programs; of a series of votes
/// /export/sheet/series/<first vote>.html and .json.
inline constexpr std::string_view sheets_prefix = "/export/sheet/";

/// The sheet of the vote or series that a path below sheets_prefix names, for this actor; a refusal in JSON
/// otherwise: 404 for another path or no such vote, 403 for whom it is not.
gateway::HttpAnswer sheet_answer(const chamber::State& state, const Actor& actor, std::string_view path);

} // namespace plenum
