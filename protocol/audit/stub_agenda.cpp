#include "protocol/audit/record.hpp"

// Placeholder while the chapter is written.

namespace plenum::audit {

void follow(Record&, const ItemMoved&) {}

void follow(Record&, const DocumentAttached&) {}

void follow(Record&, const DocumentDetached&) {}

void follow(Record&, const ItemDeliberated&) {}

void follow(Record&, const ItemConcluded&) {}

} // namespace plenum::audit
