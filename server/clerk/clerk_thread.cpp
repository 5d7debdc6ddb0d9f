#include "server/clerk/clerk_thread.hpp"

#include <chrono>

namespace plenum::clerk {
namespace {

constexpr auto tick_every = std::chrono::milliseconds(50);

} // namespace

ClerkThread::ClerkThread(Clerk& clerk, Senses senses) : clerk_(clerk), senses_(std::move(senses))
{
    refresh();
}

ClerkThread::~ClerkThread()
{
    stop();
}

void ClerkThread::run()
{
    thread_ = std::thread([this] { loop(); });
}

void ClerkThread::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void ClerkThread::put(Work work)
{
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
}

bool ClerkThread::put_request(Work work)
{
    {
        const std::lock_guard lock(mutex_);
        if (requests_ >= queue_requests_max || stopping_) return false;
        ++requests_;
        queue_.emplace_back([this, work = std::move(work)](const Moment& moment) {
            work(moment);
            const std::lock_guard counting(mutex_);
            --requests_;
        });
    }
    wake_.notify_one();
    return true;
}

bool ClerkThread::requested(SessionId session, Request request)
{
    return put_request([this, session, request = std::move(request)](const Moment& moment) {
        clerk_.requested(session, request, moment);
    });
}

bool ClerkThread::identify(std::string code,
                           std::function<void(std::optional<Actor>, const chamber::State& durable)> then)
{
    return put_request([this, code = std::move(code), then = std::move(then)](const Moment&) {
        then(clerk_.actor_of_code(code), clerk_.durable_state());
    });
}

void ClerkThread::closed(SessionId session)
{
    put([this, session](const Moment&) { clerk_.closed(session); });
}

void ClerkThread::durable(journal::Head head)
{
    put([this, head = std::move(head)](const Moment& moment) { clerk_.durable(head, moment.now_ms); });
}

void ClerkThread::checked(std::vector<Checked> checks)
{
    put([this, checks = std::move(checks)](const Moment& moment) { clerk_.checked(checks, moment); });
}

void ClerkThread::found(FoundTotals totals)
{
    put([this, totals = std::move(totals)](const Moment& moment) { clerk_.found(totals, moment); });
}

void ClerkThread::refresh()
{
    const std::lock_guard lock(mutex_);
    figures_ = clerk_.figures();
    head_ = clerk_.head();
}

void ClerkThread::loop()
{
    for (;;) {
        std::deque<Work> batch;
        bool stopping = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, tick_every, [this] { return !queue_.empty() || stopping_; });
            batch.swap(queue_);
            stopping = stopping_;
        }
        for (const auto& work : batch)
            work({senses_.now_ms(), senses_.seed()});
        clerk_.tick(senses_.now_ms());
        refresh();
        if (stopping && batch.empty()) {
            if (clerk_.idle()) return clerk_.conclude();
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // The journal answers within a sync.
        }
    }
}

Figures ClerkThread::figures() const
{
    const std::lock_guard lock(mutex_);
    return figures_;
}

journal::Head ClerkThread::head() const
{
    const std::lock_guard lock(mutex_);
    return head_;
}

} // namespace plenum::clerk
