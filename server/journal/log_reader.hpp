#pragma once

#include "server/journal/recovery.hpp"

namespace plenum::journal {

/// Takes one entry; false ends the reading with the frame it stands in.
using TakeEntry = std::function<bool(std::uint64_t seq, std::string_view entry)>;

/// Reads a log without locking or changing anything, also while a server is writing it: frames are followed
/// from the start as long as each continues the one before, and what looks wrong is looked at again before it
/// counts, since it may have been written meanwhile. The head that comes back was signed by `log_key` and,
/// read to its end, is on the disk: everything before it is what was acknowledged, or was just about to be.
///
/// `published` is the newest checkpoint, looked up before the call, as a running server publishes further
/// ones; what is read must be at least as long and agree with it. When `take` ends the reading early, only
/// what was read is compared.
///
/// Faults, with `report` in sentences for a person: not_found without any entry, corrupt for damage that
/// cannot be a write under way and for what contradicts `published`, rolled_back when the log ends before
/// `published`, bad_signature for another log or key, io_error. An unfinished write at the end is left out
/// and stands in the report's remarks.
Result<Head> read_log(Directory& segments, const NoteVerifier& log_key,
                      const std::optional<Checkpoint>& published, Recovery& report, const TakeEntry& take);

} // namespace plenum::journal
