#include "server/publisher.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace plenum {

Publisher::Publisher(journal::PublishedCheckpoints& checkpoints, OnFault on_fault,
                     std::chrono::milliseconds retry_every)
    : checkpoints_(checkpoints), on_fault_(std::move(on_fault)), retry_every_(retry_every),
      thread_([this] { run(); })
{}

Publisher::~Publisher()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Publisher::publish(std::string note)
{
    {
        const std::lock_guard lock(mutex_);
        waiting_ = std::move(note);
    }
    wake_.notify_all();
}

std::string Publisher::newest() const
{
    const std::lock_guard lock(mutex_);
    return newest_;
}

void Publisher::run()
{
    bool was_full = false;
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return waiting_.has_value() || stopping_; });
        if (!waiting_) return;
        auto note = std::move(*waiting_);
        waiting_.reset();
        lock.unlock();
        const auto published = checkpoints_.publish(note);
        lock.lock();
        if (published) {
            newest_ = std::move(note);
            was_full = false;
            continue;
        }
        if (published.error() != make_error_code(Fault::disk_full)) {
            on_fault_(published.error());
            return;
        }
        if (!std::exchange(was_full, true))
            spdlog::warn("the disk is full: checkpoints wait to be published");
        if (stopping_) return;
        if (!waiting_) waiting_ = std::move(note);
        wake_.wait_for(lock, retry_every_, [this] { return stopping_; });
    }
}

} // namespace plenum
