#pragma once

#include "clients/demo/congress_house.hpp"

namespace plenum::demo {

/// While the plenary is in recess all delegations sit at the same time and vote by hands at the same time;
/// after them the presidium does.
Tried<void> hold_inner_sittings(Meeting& meeting, const Screen& screen, const CongressHouse& house);

} // namespace plenum::demo
