#pragma once

#include "server/journal/checkpoints.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace plenum {

/// Keeps published checkpoints on disk beside the clerk's work: three syncs would otherwise stand in the way
/// of the next press. Only the newest of several waiting ones is kept, and it is served only once it is
/// durable. On a full disk the newest one waits and is tried again: outsiders then see a newer checkpoint
/// later, and nothing else stops.
class Publisher {
public:
    using OnFault = std::function<void(boost::system::error_code)>;

    /// `on_fault` is called once, on the publisher's thread, for any fault but Fault::disk_full; nothing is
    /// published after it. `retry_every`: the pause while the disk is full.
    Publisher(journal::PublishedCheckpoints& checkpoints, OnFault on_fault,
              std::chrono::milliseconds retry_every = std::chrono::seconds(1));
    /// Tries a last time to keep what still waits.
    ~Publisher();
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

    void publish(std::string note);
    /// The newest note that is durable; empty before the first.
    std::string newest() const;

private:
    void run();

    journal::PublishedCheckpoints& checkpoints_;
    OnFault on_fault_;
    std::chrono::milliseconds retry_every_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<std::string> waiting_;
    std::string newest_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace plenum
