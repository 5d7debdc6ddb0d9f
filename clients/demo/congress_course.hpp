#pragma once

#include "clients/demo/meeting.hpp"

namespace plenum::demo {

/// Plays the congress from the sign-in to the end of its session: the plenary, its delegations and presidium
/// while it is in recess, and the plenary again.
Tried<void> play_congress(Meeting& meeting, const replay::Stage& stage, const Screen& screen);

} // namespace plenum::demo
