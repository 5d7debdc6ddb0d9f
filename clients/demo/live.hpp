#pragma once

#include "clients/demo/meeting.hpp"

namespace plenum::demo {

/// Runs the meeting for people at the screens: the chair's panel and one member's console are theirs, all
/// other members sign in and press by themselves. Ends with an interrupt; then exports to `bundle` and
/// verifies. SIGINT and SIGTERM must be blocked in every thread.
Tried<void> run_live(replay::Stage& stage, const std::string& bundle, Language language);

} // namespace plenum::demo
