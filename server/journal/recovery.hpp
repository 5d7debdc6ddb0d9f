#pragma once

#include "protocol/merkle.hpp"
#include "protocol/note.hpp"
#include "server/journal/segment.hpp"
#include "server/journal/store.hpp"

#include <optional>

/// The start-up scan: reads every segment, checks every byte of it that carries meaning, and either says
/// where the log stands or why it must not be used. It changes the disk only after everything has been
/// checked, and then only to finish what a crash left open: it cuts a torn tail and repairs one damaged
/// superblock copy.
namespace plenum::journal {

/// What the scan found, for the operator, the start-up log and the `journal.recovered` entry.
struct Recovery {
    enum class Finding {
        fresh,       ///< no segment yet
        sound,       ///< everything in order
        torn_tail,   ///< the last write was never finished, hence never acknowledged; it was cut off
        damaged,     ///< something in the middle is wrong: Fault::corrupt
        foreign,     ///< another log, or signed by another key: Fault::bad_signature
        rolled_back, ///< a published checkpoint is larger than the log: Fault::rolled_back
        in_use,      ///< another process holds the directory: Fault::in_use
        unreadable,  ///< the operating system refused: Fault::io_error or disk_full
        unwritable,  ///< a write of the last step was not kept: Fault::not_durable
    };

    Finding finding = Finding::fresh;
    std::uint64_t entries =
        0; ///< sound ones from the start; when damaged, the sequence number of the first bad one
    std::uint64_t kept_bytes =
        0; ///< torn_tail: length of the last segment's frames with superblocks, after the cut
    std::uint64_t cut_bytes = 0;      ///< torn_tail: what was cut after them, in whole frame_alignment units
    std::string english;              ///< one sentence for a person, with the file and entry concerned
    std::string chinese;              ///< the same
    std::vector<std::string> remarks; ///< noticed and harmless to every entry, in English, for the log
};

/// Where each frame stands, so that entries can be read back.
struct FramePlace {
    std::uint64_t first = 0;
    std::uint64_t segment = 0;
    std::uint64_t offset = 0;
    std::uint64_t aligned_bytes = 0;
};

/// A log as the scan left it, ready to be continued.
struct RecoveredLog {
    MerkleTree tree;
    Head head; ///< epoch: the newest claim found; checkpoint: empty while there is no frame
    std::vector<FramePlace> frames;
    std::optional<Superblock> last_segment; ///< empty for a fresh log
    std::uint64_t end = 0;                  ///< offset in the last segment where the next frame goes
};

/// Scans `segments`, the directory of the log that `log_key` (name = origin) signs. `published` is the
/// largest checkpoint anybody may have seen. On a fault nothing was changed and `report` says why.
Result<RecoveredLog> recover(Directory& segments, const NoteVerifier& log_key,
                             const std::optional<Checkpoint>& published, Recovery& report);

} // namespace plenum::journal
