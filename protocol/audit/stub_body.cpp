#include "protocol/audit/record.hpp"

// Placeholder while the chapter is written.

namespace plenum::audit {

void follow(Record&, const PhotoSet&) {}

void follow(Record&, const RecordCorrected&) {}

} // namespace plenum::audit
