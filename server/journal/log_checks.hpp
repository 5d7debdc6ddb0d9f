#pragma once

#include "protocol/frame.hpp"
#include "server/journal/recovery.hpp"

/// What the start-up scan and the reader beside a running server ask of the same bytes, and the words in
/// which both say that something is wrong.
namespace plenum::journal {

/// Whether a segment that says this of itself is number `number` of a log that stands at `head`.
bool continues(const Head& head, const Superblock& superblock, std::uint64_t number);

/// Whether the frame is the next one of a log that stands at `head`; its root is compared by whoever keeps
/// the tree. `epoch_max` is what the segment's superblock says.
bool continues(const Head& head, const Frame& frame, std::uint64_t epoch_max);

/// Where a log stands after a frame that continues it.
Head head_after(const DecodedFrame& decoded);

/// Whether a frame that nobody could have made without the log's key, at `size` or later, begins at one of
/// the aligned places of `rest`: what tells a hole from a torn tail.
bool genuine_frame_follows(ByteView rest, std::uint64_t size, const NoteVerifier& log_key);

/// Whether the checkpoint of `head` is one, of this size and root, signed by the log's key.
bool is_signed(const Head& head, const NoteVerifier& log_key);

/// What can be wrong with a segment.
enum class Damage {
    segment_missing,           ///< though later ones exist
    superblocks_unreadable,    ///< both copies
    segment_of_another_log,    ///< by its origin
    segment_does_not_continue, ///< the one before it
    segment_has_another_length,
    frame_does_not_continue, ///< a whole one
    frame_damaged,           ///< although sound ones follow it
    not_signed,              ///< the last checkpoint, by this log's key
};

/// Fills `report` and answers with the fault to return: from entry `size` on, in segment `number`, something
/// is wrong. Fault::bad_signature for another log or key, else corrupt.
boost::system::error_code damaged(Recovery& report, std::uint64_t size, std::uint64_t number, Damage what);

/// The same: the operating system refused the file or folder `name`, or did not keep what was written to it.
boost::system::error_code unreadable(Recovery& report, std::uint64_t size, const std::string& name,
                                     boost::system::error_code error);

/// The same for a log of `size` entries that is shorter than what was published.
boost::system::error_code rolled_back(Recovery& report, std::uint64_t size, const Checkpoint& published);

/// The same for a log whose root at the published size is another.
boost::system::error_code contradicted(Recovery& report, std::uint64_t size, const Checkpoint& published);

/// The same for a folder of checkpoints of which none is this log's.
boost::system::error_code without_checkpoint(Recovery& report);

} // namespace plenum::journal
