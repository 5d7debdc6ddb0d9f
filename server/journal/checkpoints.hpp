#pragma once

#include "protocol/note.hpp"
#include "server/journal/file.hpp"

#include <optional>

namespace plenum::journal {

/// Checkpoints that somebody outside may have seen: `checkpoints/<size>` kept for ever and
/// `checkpoints/newest` replaced atomically. What stands here must never be contradicted, so start-up
/// compares the log with it. Each publish() costs three syncs: call it beside the clerk's work, from one
/// thread at a time.
class PublishedCheckpoints {
public:
    /// Makes the directory when missing. `data` is only used here.
    static Result<PublishedCheckpoints> open(Directory& data, NoteVerifier verifier);
    /// The same for reading only, beside the process that holds the lock: nothing is removed.
    static Result<PublishedCheckpoints> look_at(Directory& data, NoteVerifier verifier);

    /// Durable when it returns; only then may the note leave the process. `note` must be the log's own signed
    /// checkpoint (else the fault of open_checkpoint). Publishing the same one again is harmless; one smaller
    /// than newest is kept without becoming newest.
    Result<void> publish(std::string_view note);

    /// The largest checkpoint that can be read, looked for in `newest` and, should that be damaged, among the
    /// kept ones. Empty when none was ever published; Fault::corrupt when there are files but none is a
    /// checkpoint of this log.
    Result<std::optional<Checkpoint>> newest() const;

    /// The note published for exactly this size; Fault::not_found when there is none.
    Result<std::string> note_of(std::uint64_t size) const;

    /// Sizes of all kept checkpoints, ascending.
    Result<std::vector<std::uint64_t>> sizes() const;

private:
    PublishedCheckpoints(std::unique_ptr<Directory> directory, NoteVerifier verifier);

    std::unique_ptr<Directory> directory_;
    NoteVerifier verifier_;
};

} // namespace plenum::journal
