#pragma once

#include "protocol/frame.hpp"
#include "server/journal/recovery.hpp"
#include "server/journal/segment_preparer.hpp"
#include "server/journal/store.hpp"

#include <atomic>

namespace plenum::journal {

/// Properties of a log's files. A log keeps the segment length of each file it already has.
struct SegmentOptions {
    std::string
        origin; ///< the log's name in its checkpoints; no spaces, no plus sign, at most origin_bytes_max
    std::uint64_t segment_bytes = segment_bytes_default; ///< a multiple of frame_alignment
    bool prepare_in_background = true; ///< false: inside append_group, for the simulated disk
};

/// The log as segment files below `segments/` of a data directory (docs/journal_format.md).
///
/// Threads: one at a time for everything but room_bytes(), as JournalStore says. With a Writer that is the
/// journal thread from submit() until on_durable returns, and the submitting thread otherwise; Writer hands
/// over between them with a lock, so tree(), head() and read_from() may be used inside on_durable and while
/// the Writer is idle.
class SegmentStore final : public JournalStore {
public:
    /// Locks `data` (which must outlive the store), scans the log against `checkpoints/` and finishes what a
    /// crash left open; makes the first segment of a new log. `report` is filled in either case. Faults:
    /// in_use, corrupt, bad_signature (another log or key), rolled_back, disk_full, io_error, not_durable.
    static Result<std::unique_ptr<SegmentStore>> open(Directory& data, SegmentOptions options, SigningKey key,
                                                      Recovery& report);

    /// Writes an epoch greater than any before into the last segment, durably. Once per store, before
    /// appending.
    Result<Head> claim() override;

    /// Leaf hashes, tree, signed checkpoint, frame, one durable write. Fault::disk_full only when a new
    /// segment was needed and could not be made: nothing has changed and it may be tried again. After any
    /// other fault the store refuses everything with that fault. `group.first` must be the head's size; a
    /// wall time before the head's is raised to it. Fault::out_of_range for a group larger than a whole
    /// segment.
    Result<Head> append_group(const Group& group) override;

    Result<void> read_from(std::uint64_t first,
                           const std::function<bool(std::uint64_t, std::string_view)>& take) override;

    Result<void>
    read_sealed(std::uint64_t first,
                const std::function<bool(std::uint64_t, const std::vector<Bytes>&)>& take) override;

    const Head& head() const override { return head_; }

    /// Rest of the last segment and what the disk can still hold in whole segments. Any thread.
    std::uint64_t room_bytes() const override;

    /// For proofs and tiles; see the note on threads.
    const MerkleTree& tree() const { return tree_; }

private:
    SegmentStore(std::unique_ptr<Lock> lock, std::unique_ptr<Directory> segments, SegmentOptions options,
                 SigningKey key, RecoveredLog log);

    Result<void> begin_segment(std::uint64_t number);
    Result<void> make_room(std::uint64_t frame_bytes);
    Result<Frame> read_frame(const FramePlace& place);
    std::vector<FramePlace>::const_iterator frame_of(std::uint64_t seq) const;
    boost::system::error_code stop(boost::system::error_code error);
    void set_end(std::uint64_t end);

    std::unique_ptr<Lock> lock_;
    std::unique_ptr<Directory> segments_;
    SegmentOptions options_;
    SigningKey key_;
    MerkleTree tree_;
    Head head_;
    std::vector<FramePlace> frames_;
    Superblock segment_; ///< the last one
    std::unique_ptr<File> file_;
    std::uint64_t end_ = 0;
    std::atomic<std::uint64_t> rest_bytes_ = 0; ///< of the last segment, for room_bytes()
    bool claimed_ = false;
    boost::system::error_code stopped_; ///< set by the first fault that is not disk_full
    std::uint64_t open_segment_ = 0;    ///< which segment `reading_` is
    std::unique_ptr<File> reading_;
    SegmentPreparer preparer_; ///< last, so that its thread ends first
};

} // namespace plenum::journal
