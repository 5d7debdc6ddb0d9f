#pragma once

#include "protocol/note.hpp"
#include "server/journal/file.hpp"
#include "server/journal/store.hpp"

namespace plenum::journal {

/// Reads a log without locking or changing anything, also while a server is writing it: frames are followed
/// from the start as long as each continues the one before; a write in progress at the end is simply not
/// there yet. The head that comes back was signed by `log_key`, so everything before it is what was
/// acknowledged. Faults: not_found without a log, corrupt when a segment does not continue the one before,
/// bad_signature when the last note is not by this key.
Result<Head> read_log(Directory& segments, const NoteVerifier& log_key,
                      const std::function<void(std::uint64_t seq, std::string_view entry)>& take);

} // namespace plenum::journal
