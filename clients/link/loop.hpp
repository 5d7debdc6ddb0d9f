#pragma once

#include "clients/link/connection.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <unordered_map>

namespace plenum::link {

/// One thread of a pool: its io_context, its connections, the queue of those that wait for their turn to
/// connect. Public members may be called from any thread.
class Loop {
public:
    Loop(const PoolSettings& settings, SharedCounters& counters);

    /// The body of the thread.
    void run();
    void stop() { context_.stop(); }

    /// With `failure` not empty the connection fails at once, by its on_close.
    void add(ConnectionId id, Target target, Callbacks callbacks, std::string failure);

    /// Runs `action` with the connection, null when it is gone, on the thread.
    template <class Action>
    void with(ConnectionId id, Action action)
    {
        asio::post(context_, [this, id, action = std::move(action)]() mutable {
            const auto found = connections_.find(id);
            const auto connection = found == connections_.end() ? nullptr : found->second;
            action(connection.get());
        });
    }

private:
    void start_some();
    void sweep();

    const PoolSettings& settings_;
    SharedCounters& counters_;
    std::size_t connecting_max_;
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::steady_timer sweep_timer_;
    std::size_t connecting_ = 0;
    std::deque<ConnectionId> waiting_;
    std::unordered_map<ConnectionId, std::shared_ptr<Connection>> connections_;
};

} // namespace plenum::link
