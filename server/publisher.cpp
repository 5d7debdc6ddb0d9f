#include "server/publisher.hpp"

namespace plenum {

Publisher::Publisher(journal::PublishedCheckpoints& checkpoints, OnFault on_fault)
    : checkpoints_(checkpoints), on_fault_(std::move(on_fault)), thread_([this] { run(); })
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
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return waiting_.has_value() || stopping_; });
        if (!waiting_) return;
        const auto note = std::move(*waiting_);
        waiting_.reset();
        lock.unlock();
        const auto published = checkpoints_.publish(note);
        lock.lock();
        if (!published) {
            on_fault_(published.error());
            return;
        }
        newest_ = note;
    }
}

} // namespace plenum
