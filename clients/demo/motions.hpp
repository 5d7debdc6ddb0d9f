#pragma once

#include "protocol/rules/outcome.hpp"

#include <span>

namespace plenum::demo {

/// Something put to the vote in the demonstration, and how the members vote on it.
struct Motion {
    LocalText title;
    Tally presses;
    Verdict verdict = Verdict::passed; ///< what must come out
};

/// 过半数 of all members by console, with this quorum.
RuleProfile majority_rule(std::string id, const LocalText& name, Threshold quorum);

} // namespace plenum::demo
