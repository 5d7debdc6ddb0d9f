#pragma once

#include "clients/demo/meeting.hpp"

namespace plenum::demo {

/// Plays the whole meeting without a person: signing in, the agenda, six motions, adjournment; then export
/// and verification to `bundle`. Trouble: something did not come out as it must.
Tried<void> run_once(replay::Stage& stage, const std::string& bundle, Language language);

} // namespace plenum::demo
