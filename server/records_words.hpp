#pragma once

#include "protocol/event.hpp"

namespace plenum {

/// What the secretariat calls a name the read model holds: a verdict, a reason for voiding, a method, a kind
/// of entry. The name itself when it has no other.
LocalText words_for(const std::string& name);

} // namespace plenum
