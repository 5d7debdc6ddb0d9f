#pragma once

#include "clients/demo/congress_house.hpp"

namespace plenum::demo {

/// Three deputies ask for the floor on the active item: the first speaks, for longer than allowed at first,
/// and signs the minutes; the second asks a question, which the attendee answers; the third takes the request
/// back.
Tried<void> hear_speeches(Meeting& meeting, const Screen& screen, Steps& steps, const CongressHouse& house,
                          const std::array<replay::ConsoleId, 3>& deputies);

} // namespace plenum::demo
