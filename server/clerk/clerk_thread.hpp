#pragma once

#include "server/clerk/clerk.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace plenum::clerk {

/// Requests waiting for the clerk beyond which new ones are answered busy at the door.
inline constexpr std::size_t queue_requests_max = 20'000;

/// Runs the clerk on its own thread behind a bounded queue. Other threads only put work in; the clock and the
/// randomness of each step are read here.
class ClerkThread {
public:
    /// Reads the wall clock (milliseconds UTC) and draws 32 random bytes; replaceable for tests.
    struct Senses {
        std::function<std::uint64_t()> now_ms;
        std::function<Seed()> seed;
    };

    /// `clerk` must have been loaded and started, and outlive the thread. Work put in before run() waits.
    ClerkThread(Clerk& clerk, Senses senses);
    ~ClerkThread();
    ClerkThread(const ClerkThread&) = delete;
    ClerkThread& operator=(const ClerkThread&) = delete;

    void run();
    /// Finishes what is queued, waits until everything decided is durable, joins.
    void stop();

    /// False when the queue is full: the caller answers busy.
    bool requested(SessionId session, Request request);
    void closed(SessionId session);
    /// Asks who a code signs in, for doors other than hello. `then` is called on the clerk's thread, with
    /// nobody for an unknown code and the durable state, to be read before it returns, at once. False when
    /// the queue is full.
    bool identify(std::string code,
                  std::function<void(std::optional<Actor>, const chamber::State& durable)> then);
    void durable(journal::Head head);
    void checked(std::vector<Checked> checks);
    void found(FoundTotals totals);

    /// A copy of the figures as of the last step.
    Figures figures() const;
    /// The newest durable head, for /healthz and /checkpoint.
    journal::Head head() const;

private:
    using Work = std::function<void(const Moment&)>;

    void put(Work work);
    bool put_request(Work work);
    void loop();
    void refresh();

    Clerk& clerk_;
    Senses senses_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    std::size_t requests_ = 0;
    bool stopping_ = false;
    Figures figures_;
    journal::Head head_;
    std::thread thread_;
};

} // namespace plenum::clerk
