#pragma once

#include "protocol/rpc.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::gateway {

/// One WebSocket connection, numbered from 1 for the life of the process.
enum class SessionId : std::uint64_t {};

/// An encoded message shared by every console it goes to.
using Message = std::shared_ptr<const std::string>;

/// Why the server ends a connection; the number is the WebSocket close code (docs/wire_protocol.md).
enum class CloseReason : std::uint16_t {
    going_away = 1001, ///< the server stops
    policy = 1008,     ///< slow consumer, too many failed sign-ins, silence
    too_big = 1009,    ///< message beyond the read limit
    replaced = 4001,   ///< the same person signed in elsewhere
};

/// A GET or HEAD below downloads_prefix. Whoever answers it needs time and does so by Gateway::reply.
struct DownloadRequest {
    std::string path;       ///< as sent, without query
    std::string bearer;     ///< of an `Authorization: Bearer` header; empty without one
    bool head_only = false; ///< a HEAD: no body is wanted, and none is sent
};
inline constexpr std::string_view downloads_prefix = "/export/";

/// What the gateway tells the clerk. Called on a network thread; must return at once and may not call back
/// into the gateway synchronously for the same session except send/close, which only queue.
struct Events {
    std::function<void(SessionId)> opened;
    /// A well-formed request. The session is not read again until an answer to it is queued by `answer`.
    std::function<void(SessionId, Request)> requested;
    std::function<void(SessionId)> closed;
    /// The connection is not read again until Gateway::reply; it must come, however late. Without it such
    /// paths are looked up like others. The session is known by no other event.
    std::function<void(SessionId, DownloadRequest)> downloading;
};

/// What plain HTTP may ask for besides static files.
struct HttpAnswer {
    unsigned status = 200;
    std::string content_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< further ones: name, value
};

/// A file that is sent in place of a body, a piece at a time.
struct StreamedFile {
    std::string path;
    std::shared_ptr<void> keeper; ///< released, on any thread, when the file is closed again
};
/// `path` as sent, without query. Nothing means: not mine, try static files.
using HttpView = std::function<std::optional<HttpAnswer>(std::string_view path)>;

/// Limits and addresses. Every limit has a name and a unit; the defaults are design.md section 7.
struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;       ///< 0: any free port, see Gateway::port()
    std::string certificate_file; ///< PEM; empty: plain HTTP, allowed on loopback only
    std::string key_file;
    std::string static_root; ///< folder of the built pages; empty: none
    std::vector<std::string>
        origins; ///< allowed Origin hosts; empty: same host only. Absent Origin is allowed (not a browser)
    unsigned threads = 1;
    std::size_t read_bytes_max = 16 * 1024;
    std::size_t outbox_messages_max = 64;
    std::size_t outbox_bytes_max = 256 * 1024;
    std::size_t connections_max = 12'000;
    std::chrono::milliseconds handshake_timeout{5'000};
    std::chrono::milliseconds hello_timeout{10'000}; ///< until signed_in() is called for the session
    std::chrono::milliseconds ping_after{10'000};
    std::chrono::milliseconds drop_after{20'000};
    std::chrono::milliseconds close_timeout{2'000};
    std::chrono::milliseconds download_timeout{3'600'000}; ///< for a file on its way, however slow the client
};

/// Counters since the start, for /metrics.
struct Counters {
    std::uint64_t accepted = 0;
    std::uint64_t open = 0;
    std::uint64_t refused = 0;
    std::uint64_t messages_in = 0;
    std::uint64_t messages_out = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t slow_closed = 0;
    std::uint64_t bad_requests = 0;
};

/// The only network of the server: listener, TLS, WebSocket sessions, static files. All public members may be
/// called from any thread. Asio and Beast stay inside.
class Gateway {
public:
    Gateway(Settings settings, Events events, HttpView http_view);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    /// Binds, loads certificate and key, starts the threads. Fault::io_error or Fault::malformed with `why()`
    /// set.
    Result<void> start();
    std::string why() const;
    std::uint16_t port() const;

    /// Queues the answer to the session's pending request and lets it be read again.
    void answer(SessionId session, Message message);

    /// Queues one message for many sessions. Messages with the same non-empty `coalesce` key replace one
    /// another while they wait: only the newest is sent. Overflow closes the slow session with
    /// CloseReason::policy.
    void send(const std::vector<SessionId>& sessions, Message message, std::string_view coalesce = {});

    /// Larger requests for the office (rosters, texts) or an open vote's own shape.
    void set_read_limit(SessionId session, std::size_t bytes_max);

    /// Marks a session as signed in: hello_timeout no longer applies.
    void signed_in(SessionId session);

    /// Answers what Events::downloading told of, with the answer's body or, where given, with a file.
    /// Harmless when the client has gone meanwhile.
    void reply(SessionId session, HttpAnswer answer, std::optional<StreamedFile> file = std::nullopt);

    /// Sends what is queued, then closes.
    void close(SessionId session, CloseReason code, std::string reason);

    Counters counters() const;

    /// Closes the listener and every session, joins the threads.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace plenum::gateway
