#pragma once

#include "server/journal/file.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace plenum::journal {

/// Keeps the next segment ready as a zero-filled file `segments/next`, because writing into prewritten space
/// costs half of what appending to a growing file costs. The file is filled by a thread of the lowest useful
/// priority, or inside want() when there is to be no thread (simulated disk). All members may be called from
/// any one thread; the byte count from every thread.
class SegmentPreparer {
public:
    /// `segments` must outlive the preparer. What an earlier process left half prepared goes with the first
    /// want().
    SegmentPreparer(Directory& segments, std::uint64_t segment_bytes, bool in_background);
    /// Stops a fill under way and joins the thread.
    ~SegmentPreparer();
    SegmentPreparer(const SegmentPreparer&) = delete;
    SegmentPreparer& operator=(const SegmentPreparer&) = delete;

    /// Asks for a prepared file unless there is one, one is under way, or the last attempt found the disk
    /// full.
    void want();

    /// The prepared file, still under prepared_name; waits for the one under way and prepares one now when
    /// there is none. Fault::disk_full leaves nothing behind and may be tried again; any other fault is
    /// final.
    Result<std::unique_ptr<File>> take();

    /// True when a fill met anything but a full disk: the disk cannot be trusted any more.
    bool has_failed() const;

    /// Bytes of the prepared file that stand on the disk already.
    std::uint64_t filled_bytes() const { return filled_bytes_.load(); }

    static constexpr const char* prepared_name = "next";

private:
    enum class Stage { none, wanted, filling, ready, full, failed };

    void run();
    void prepare();
    Result<std::unique_ptr<File>> fill();

    Directory& segments_;
    const std::uint64_t segment_bytes_;
    std::atomic<std::uint64_t> filled_bytes_ = 0;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Stage stage_ = Stage::none;
    bool stopping_ = false;
    boost::system::error_code fault_;
    std::unique_ptr<File> file_;
    std::thread thread_; ///< not joinable when there is no background thread
};

} // namespace plenum::journal
