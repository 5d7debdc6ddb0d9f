#pragma once

#include "clients/link/pool.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <deque>
#include <map>
#include <vector>

namespace plenum::link {

namespace asio = boost::asio;

/// The socket of a connection, on a concrete executor.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using Clock = std::chrono::steady_clock;

/// Counters written on every thread of a pool.
struct SharedCounters {
    std::atomic<std::uint64_t> opened = 0;
    std::atomic<std::uint64_t> closed = 0;
    std::atomic<std::uint64_t> messages_in = 0;
    std::atomic<std::uint64_t> messages_out = 0;
    std::atomic<std::uint64_t> bytes_in = 0;
    std::atomic<std::uint64_t> bytes_out = 0;
};

/// An endpoint after its name was resolved.
struct Target {
    std::vector<asio::ip::tcp::endpoint> addresses; ///< tried in this order
    std::string host_header;
    std::string server_name;                 ///< the certificate must be for it
    std::shared_ptr<asio::ssl::context> tls; ///< null: plain
};

/// What a connection tells the loop it lives on.
struct LoopHooks {
    std::function<void()> settled;          ///< what start() began is over, one way or the other; called once
    std::function<void(ConnectionId)> gone; ///< called once, last; may drop the connection
};

/// The conduct of one connection: what is sent waits until it is open, answers find their requests, the end
/// is told once. What is to be done with sockets it asks of the virtual functions. Lives on one thread.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(ConnectionId id, Callbacks callbacks, const PoolSettings& settings, SharedCounters& counters,
               LoopHooks hooks);
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    void request(const std::string& request_id, std::string text, OnAnswer on_answer);
    void send_text(std::string text);
    void close();
    void fail(std::string reason) { end(code_lost, std::move(reason)); }
    void sweep(Clock::time_point now);

protected:
    // What a transport does; each ends in one of the reports below, never from within the call.
    virtual void connect() = 0;
    virtual void read_message() = 0;
    virtual void write_message(const std::string& text) = 0;
    virtual void close_websocket() = 0;
    virtual void abandon() = 0;

    // What a transport reports.
    void connected();
    void connect_failed(std::string reason);
    void message_read(std::string_view text);
    void read_failed(std::uint16_t code, std::string reason);
    void message_written(bool ok);
    void websocket_closed(std::uint16_t code, std::string reason) { end(code, std::move(reason)); }
    /// A ping or pong came in.
    void heard() { last_heard_ = Clock::now(); }

    static constexpr std::uint16_t code_lost = 1006; // RFC 6455 7.4.1: no close frame was received.
    const PoolSettings& settings() const { return settings_; }

private:
    enum class Phase { connecting, open, closing, gone };

    void write_on();
    void settle();
    void write_down(Transcript::Speaker speaker, std::string_view text);
    void end(std::uint16_t code, std::string reason);

    const ConnectionId id_;
    Callbacks callbacks_;
    const PoolSettings& settings_;
    SharedCounters& counters_;
    LoopHooks hooks_;
    Phase phase_ = Phase::connecting;
    Clock::time_point deadline_;
    Clock::time_point last_heard_;
    bool started_ = false;
    bool writing_ = false;
    bool close_sent_ = false;
    std::deque<std::string> outbox_; ///< the front is being written while writing_
    std::multimap<std::string, OnAnswer, std::less<>> pending_;
};

/// Connections over the two transports, each compiled in a file of its own.
std::shared_ptr<Connection> make_plain_connection(asio::io_context& context, Target target, ConnectionId id,
                                                  Callbacks callbacks, const PoolSettings& settings,
                                                  SharedCounters& counters, LoopHooks hooks);
std::shared_ptr<Connection> make_tls_connection(asio::io_context& context, Target target, ConnectionId id,
                                                Callbacks callbacks, const PoolSettings& settings,
                                                SharedCounters& counters, LoopHooks hooks);

} // namespace plenum::link
