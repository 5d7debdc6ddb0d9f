#pragma once

#include "server/chamber/state.hpp"

namespace plenum::chamber {

/// What the state hash says of suggestions, evaluations and joint signatures: a member for each of them that
/// holds something, so that states from before they existed keep their hash.
boost::json::object render_suggestions(const State& state);

} // namespace plenum::chamber
