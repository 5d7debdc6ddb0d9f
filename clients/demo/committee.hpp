#pragma once

#include "clients/replay/convene.hpp"

namespace plenum::demo {

/// The standing committee the demonstration plays: 35 members who do not exist, the first of them in the
/// chair.
replay::Convening committee();

} // namespace plenum::demo
