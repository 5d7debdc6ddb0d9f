#include "clients/link/loop.hpp"

#include <algorithm>

namespace plenum::link {

Loop::Loop(const PoolSettings& settings, SharedCounters& counters)
    : settings_(settings), counters_(counters),
      connecting_max_(std::max<std::size_t>(1, settings.handshakes_max / std::max(1u, settings.threads))),
      work_(asio::make_work_guard(context_)), sweep_timer_(context_)
{}

void Loop::run()
{
    sweep();
    context_.run();
}

void Loop::add(ConnectionId id, Target target, Callbacks callbacks, std::string failure)
{
    asio::post(context_, [this, id, target = std::move(target), callbacks = std::move(callbacks),
                          failure = std::move(failure)]() mutable {
        const LoopHooks hooks{
            [this] {
                --connecting_;
                asio::post(context_, [this] { start_some(); });
            },
            [this](ConnectionId which) { connections_.erase(which); },
        };
        const auto make = target.tls ? make_tls_connection : make_plain_connection;
        const auto connection =
            make(context_, std::move(target), id, std::move(callbacks), settings_, counters_, hooks);
        connections_.emplace(id, connection);
        if (!failure.empty()) return connection->fail(failure);
        waiting_.push_back(id);
        start_some();
    });
}

void Loop::start_some()
{
    while (connecting_ < connecting_max_ && !waiting_.empty()) {
        const auto found = connections_.find(waiting_.front());
        waiting_.pop_front();
        if (found == connections_.end()) continue; // Closed while it waited.
        ++connecting_;
        const auto connection = found->second;
        connection->start();
    }
}

void Loop::sweep()
{
    const auto now = Clock::now();
    for (auto next = connections_.begin(); next != connections_.end();) {
        const auto connection = (next++)->second; // A swept connection may leave the map.
        connection->sweep(now);
    }
    const auto shortest =
        std::min({settings_.connect_timeout, settings_.silence_max, settings_.close_timeout});
    sweep_timer_.expires_after(
        std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(1'000)));
    sweep_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) sweep();
    });
}

} // namespace plenum::link
