#include "protocol/audit/record.hpp"

// Placeholder while the chapter is written.

namespace plenum::audit {

void follow(Record&, const HandsCounted&) {}

void follow(Record&, const VoteObjected&) {}

void follow(Record&, const VoteMethodSwitched&) {}

void follow(Record&, const VoteExtended&) {}

} // namespace plenum::audit
