#pragma once

#include "clients/demo/motions.hpp"
#include "clients/replay/convene.hpp"

namespace plenum::demo {

/// The standing committee the demonstration plays: 35 members who do not exist, the first of them in the
/// chair.
replay::Convening committee();

/// Its six motions, in the order of the agenda.
std::span<const Motion> committee_motions();

/// 过半数 of all members, with a quorum of more than half.
RuleProfile committee_rule();

} // namespace plenum::demo
