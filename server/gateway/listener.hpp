#pragma once

#include "server/gateway/sockets.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace plenum::gateway {

/// Accepts connections and hands them out. It stays up when the process has no descriptors left: the spare
/// one is given up for a moment to take the waiting connection and close it, so that neither a busy loop nor
/// a mute server results.
class Listener {
public:
    /// Whose io_context the next connection belongs to, and what becomes of it; called in turns.
    struct Sink {
        std::function<asio::io_context&()> next_context;
        std::function<void(Socket)> accepted;
        std::function<void()> refused; ///< turned away for want of a descriptor
    };

    Listener(asio::io_context& home, Sink sink);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Fault::io_error with `why`.
    Result<void> open(const asio::ip::address& address, std::uint16_t port, std::string& why);
    std::uint16_t port() const { return port_; }

    /// Starts accepting; before the thread of `home` runs, or on it.
    void start() { accept(); }
    /// May be called from any thread.
    void close();

private:
    void accept();
    void turn_one_away();
    void pause();

    asio::io_context& home_;
    Sink sink_;
    asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type> acceptor_;
    asio::steady_timer pause_timer_;
    Clock::time_point warn_again_at_{};
    std::uint16_t port_ = 0;
    int spare_;
};

} // namespace plenum::gateway
