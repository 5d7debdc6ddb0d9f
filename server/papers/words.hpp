#pragma once

#include "protocol/event.hpp"

namespace plenum::papers {

/// What papers call a name of the record: a verdict, a reason for voiding, a method, a kind of entry. The
/// name itself when it has no other.
LocalText words_for(const std::string& name);

/// A moment by the machine's own clock setting, to the minute: `2026-11-27 09:30`.
std::string local_moment(std::uint64_t at_ms);

} // namespace plenum::papers
