#pragma once

namespace plenum {

/// Prints the broken claim and where it stands, then aborts. A bug must not be survived: the journal is
/// replayed after the restart, so stopping loses nothing that was acknowledged.
[[noreturn]] void assertion_failed(const char* claim, const char* file, int line);

} // namespace plenum

/// A claim that is always checked, in every build. For bugs only: what a person or a disk can cause is a
/// refusal or a fault instead.
#define PLENUM_ASSERT(claim) ((claim) ? void(0) : ::plenum::assertion_failed(#claim, __FILE__, __LINE__))
