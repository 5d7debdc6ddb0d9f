#pragma once

#include "clients/demo/mode.hpp"
#include "clients/demo/screen.hpp"
#include "clients/replay/stage.hpp"

namespace plenum::demo {

/// Plays the whole meeting without anybody at the keyboard, on a stage of its own, checking every figure;
/// exports the record to `bundle` and verifies it. What the consoles and the server said is written down in
/// `transcript`, unless it is null.
replay::Tried<void> run_once(replay::Stage& stage, Mode mode, const std::string& bundle, Language language,
                             const std::shared_ptr<link::Transcript>& transcript);

} // namespace plenum::demo
