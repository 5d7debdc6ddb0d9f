#pragma once

#include "clients/link/transcript.hpp"
#include "protocol/rpc.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace plenum::link {

/// One connection of a pool, numbered from 1; never used again.
enum class ConnectionId : std::uint64_t {};

/// Where a server listens.
struct Endpoint {
    std::string host = "127.0.0.1"; ///< name or address
    std::uint16_t port = 0;
    bool tls = false;
    std::string ca_file; ///< PEM of the authority to trust, required with tls: no other authority is asked
    std::string server_name; ///< name the certificate must carry; empty: `host`
};

/// The endpoint of `http://host:port` or `https://host:port`, whatever path follows; Fault::malformed for
/// anything else.
Result<Endpoint> endpoint_from_url(std::string_view url);

/// What a connection tells its owner. All are called on the pool's thread and may call the pool; a callback
/// that takes long holds up every connection of that thread.
struct Callbacks {
    std::function<void()> on_open;
    /// Notifications, and errors the server could not attribute to a request.
    std::function<void(ServerMessage)> on_message;
    /// Last call. WebSocket close code, 1006 when the connection broke, never opened or fell silent, with
    /// what is known of the reason. Not called after the pool's destructor has begun.
    std::function<void(std::uint16_t code, std::string reason)> on_close;
};

/// The answer or error to a request; nothing when the connection was lost first. It may have been recorded
/// even so: ask again under the same request id.
using OnAnswer = std::function<void(std::optional<ServerMessage>)>;

/// Limits of a pool.
struct PoolSettings {
    unsigned threads = 1;
    std::size_t handshakes_max = 200; ///< connecting at the same time; the others wait their turn
    std::size_t read_bytes_max = 64 * 1024 * 1024;
    std::chrono::milliseconds connect_timeout{10'000}; ///< TCP, TLS and upgrade together
    std::chrono::milliseconds silence_max{
        30'000}; ///< the server pings after 10 s, so silence means it is gone
    std::chrono::milliseconds close_timeout{2'000};
    std::shared_ptr<Transcript> transcript; ///< null: what passes is not written down
};

/// Counters since the start.
struct PoolCounters {
    std::uint64_t opened = 0;
    std::uint64_t closed = 0;
    std::uint64_t messages_in = 0;
    std::uint64_t messages_out = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

/// Many WebSocket connections in one process: a console, a panel, or a whole hall of simulated consoles. All
/// members may be called from any thread, from callbacks too. Answers pings by itself; does not reconnect by
/// itself.
class Pool {
public:
    explicit Pool(PoolSettings settings = {});
    /// Drops what is still open without telling; not to be called from a callback.
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Starts connecting. Resolves `host` before it returns; every failure is told by `on_close`.
    ConnectionId connect(const Endpoint& endpoint, Callbacks callbacks);

    /// Sends a request, at once or as soon as the connection is open. `request_id` must be new, or the repeat
    /// of the very same request (see fresh_request_id).
    void request(ConnectionId connection, const std::string& request_id, std::string_view method,
                 const boost::json::value& params, OnAnswer on_answer);

    /// Closes politely with code 1000; `on_close` follows.
    void close(ConnectionId connection);

    /// Sends a text frame as it is, for tests of the server.
    void send_text(ConnectionId connection, std::string text);

    PoolCounters counters() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// How long to wait before attempt number `attempt` (0 is the first) to connect again: a random time up to a
/// bound that doubles from 2 s to 30 s, so that a whole hall does not return in the same instant.
std::chrono::milliseconds reconnect_delay(unsigned attempt);

/// A request id nobody else makes: 128 random bits and a counter.
std::string fresh_request_id();

/// Raises the number of descriptors this process may open to the hard limit and returns it.
std::size_t raise_descriptor_limit();

} // namespace plenum::link
