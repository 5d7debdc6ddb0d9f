#include "protocol/audit/record.hpp"

// Placeholder while the chapter is written.

namespace plenum::audit {

void follow(Record&, const SpeechRequested&) {}

void follow(Record&, const SpeechWithdrawn&) {}

void follow(Record&, const FloorOrdered&) {}

void follow(Record&, const FloorGranted&) {}

void follow(Record&, const FloorExtended&) {}

void follow(Record&, const SpeechEnded&) {}

void follow(Record&, const SpeechMinuted&) {}

void follow(Record&, const SpeechSigned&) {}

} // namespace plenum::audit
