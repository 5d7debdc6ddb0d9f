#include "server/journal/writer.hpp"

#include "protocol/assert.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace plenum::journal {
namespace {

constexpr int realtime_priority = 1;
constexpr int raised_niceness = -10;

/// For the calling thread only: on Linux a niceness, too, belongs to a thread.
Priority ask_for_priority()
{
    const sched_param wanted{.sched_priority = realtime_priority};
    if (::pthread_setschedparam(::pthread_self(), SCHED_RR, &wanted) == 0) return Priority::realtime;
    if (::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), raised_niceness) == 0)
        return Priority::raised;
    return Priority::ordinary;
}

} // namespace

const char* to_text(Priority priority)
{
    switch (priority) {
    case Priority::realtime: return "real-time (SCHED_RR 1)";
    case Priority::raised: return "raised (niceness -10)";
    case Priority::ordinary: return "ordinary";
    }
    return "unknown";
}

Writer::Writer(JournalStore& store, OnDurable on_durable, OnFatal on_fatal)
    : store_(store), on_durable_(std::move(on_durable)), on_fatal_(std::move(on_fatal)),
      thread_([this] { run(); })
{}

Writer::~Writer()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool Writer::idle() const
{
    const std::lock_guard lock(mutex_);
    return !busy_;
}

void Writer::submit(Group group)
{
    {
        const std::lock_guard lock(mutex_);
        PLENUM_ASSERT(!busy_);
        busy_ = true;
        submitted_ = std::move(group);
    }
    changed_.notify_all();
}

Priority Writer::priority() const
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return priority_.has_value(); });
    return *priority_;
}

void Writer::run()
{
    const Priority granted = ask_for_priority();
    std::unique_lock lock(mutex_);
    priority_ = granted;
    changed_.notify_all();
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || submitted_; });
        if (!submitted_) return;
        Group group = std::move(*submitted_);
        submitted_.reset();
        lock.unlock();
        if (!write(std::move(group))) return;
        lock.lock();
    }
}

bool Writer::write(Group group)
{
    auto head = store_.append_group(group);
    if (!head) {
        on_fatal_(head.error());
        return false;
    }
    {
        const std::lock_guard lock(mutex_);
        busy_ = false;
    }
    on_durable_(std::move(*head));
    return true;
}

} // namespace plenum::journal
