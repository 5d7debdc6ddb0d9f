#pragma once

namespace plenum::demo {

/// Which meeting the demonstration plays.
enum class Mode {
    committee, ///< a standing committee of 35, six motions
    congress   ///< a congress of 352 with its delegations and presidium, eleven items
};

} // namespace plenum::demo
