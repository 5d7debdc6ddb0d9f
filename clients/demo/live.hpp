#pragma once

#include "clients/demo/meeting.hpp"
#include "clients/demo/mode.hpp"

namespace plenum::demo {

/// What is run for people at the screens.
struct LiveSettings {
    Mode mode = Mode::committee;
    std::string bundle; ///< the file the members' record goes to
    Language language = Language::both;
};

/// Runs the meeting for people at the screens: the chair's panel, one member's console and the hall's screen
/// are theirs, in a congress a teller's page too; everybody else comes and votes by themselves. When the
/// sitting is closed, or at the first interrupt, exports the record as members are given it, verifies it and
/// says where it is checked; ends with the next. SIGINT and SIGTERM must be blocked in every thread.
Tried<void> run_live(replay::Stage& stage, const LiveSettings& settings);

} // namespace plenum::demo
