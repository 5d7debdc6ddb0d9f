#pragma once

#include "protocol/rules/outcome.hpp"

#include <span>

namespace plenum::demo {

/// One motion of the demonstration and how the members press on it.
struct Motion {
    LocalText title;
    Tally presses;
    Verdict verdict = Verdict::passed; ///< what must come out
};

/// The six motions, in the order of the agenda.
std::span<const Motion> motions();

/// 过半数 of all members, with a quorum of more than half.
RuleProfile motion_rule();

} // namespace plenum::demo
