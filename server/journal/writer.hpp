#pragma once

#include "server/journal/store.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace plenum::journal {

/// What the operating system granted the journal thread. Without real-time priority a sync on a busy machine
/// waits for the scheduler far longer than for the disk.
enum class Priority {
    realtime, ///< SCHED_RR 1
    raised,   ///< niceness -10
    ordinary, ///< neither was permitted
};

/// For the start-up log, in English.
const char* to_text(Priority priority);

/// The journal thread. One group is in flight at a time; what arrives meanwhile the clerk gathers into the
/// next group, so the sync itself is the batching window and there is no timer.
class Writer {
public:
    /// On the journal thread, once for each submitted group and in their order. idle() is true again before
    /// it is called, so it may submit, or wake somebody who does.
    using OnDurable = std::function<void(Head)>;
    /// On the journal thread, at most once and as the last call: the group in flight is not known to be
    /// durable, nothing more will be written, the process must exit 70. Also for Fault::disk_full: the
    /// chamber has applied the group already and cannot go on without it; room_bytes() is there to keep this
    /// from ever happening.
    using OnFatal = std::function<void(boost::system::error_code)>;

    /// `store` must have been claimed, and outlive the writer.
    Writer(JournalStore& store, OnDurable on_durable, OnFatal on_fatal);
    /// Waits for the group in flight and its callback, then joins.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// False while a group is in flight and for ever after on_fatal.
    bool idle() const;

    /// Hands over a group; idle() must be true. Any thread, one at a time.
    void submit(Group group);

    /// Waits until the thread has asked for its priority.
    Priority priority() const;

private:
    void run();
    bool write(Group group);

    JournalStore& store_;
    const OnDurable on_durable_;
    const OnFatal on_fatal_;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::optional<Group> submitted_;
    std::optional<Priority> priority_;
    bool busy_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace plenum::journal
