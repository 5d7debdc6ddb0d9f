#pragma once

#include "server/gateway/sockets.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include <unordered_map>

namespace plenum::gateway {

/// One network thread's share: its io_context, the sessions that live on it, and the sweep that looks after
/// them. The public members may be called from any thread; they only queue.
class Worker {
public:
    /// `tls` is null for plain HTTP; it and `around` outlive the worker.
    Worker(Surroundings& around, asio::ssl::context* tls);

    asio::io_context& context() { return context_; }

    /// The body of the thread: returns after stop(), when the last session has gone.
    void run();

    /// Takes over an accepted connection, already counted as open.
    void add(SessionId id, Socket socket);
    void answer(SessionId id, Message message);
    /// `key` as in Gateway::send, null for none; shared by all workers.
    void send(std::vector<SessionId> ids, Message message, Message key);
    void set_read_limit(SessionId id, std::size_t bytes_max);
    void signed_in(SessionId id);
    void close(SessionId id, std::uint16_t code, std::string reason);
    void reply(SessionId id, HttpAnswer answer, std::optional<StreamedFile> file);

    /// Closes every session; run() returns within about twice the close timeout.
    void stop();

private:
    void begin(SessionId id, Socket socket);
    void sweep();
    void gone(SessionId id);
    void leave_if_done();

    /// Runs `action` on the session, if it still lives, on the worker's thread.
    template <class Action>
    void with(SessionId id, Action action);

    Surroundings& around_;
    asio::ssl::context* tls_;
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    asio::steady_timer sweep_timer_;
    Clock::duration sweep_every_;
    Clock::time_point stop_by_{};
    bool stopping_ = false;
    std::unordered_map<SessionId, std::shared_ptr<Session>> sessions_;
};

} // namespace plenum::gateway
