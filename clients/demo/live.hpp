#pragma once

#include "clients/demo/meeting.hpp"
#include "clients/demo/mode.hpp"

namespace plenum::demo {

/// Runs the meeting for people at the screens: the chair's panel, one member's console and the hall's screen
/// are theirs, in a congress a teller's page too; everybody else comes and votes by themselves. Ends with an
/// interrupt; then exports to `bundle` and verifies. SIGINT and SIGTERM must be blocked in every thread.
Tried<void> run_live(replay::Stage& stage, Mode mode, const std::string& bundle, Language language);

} // namespace plenum::demo
