#pragma once

#include "clients/link/pool.hpp"
#include "protocol/query.hpp"

namespace plenum::link {

/// How a connection ended.
struct Closed {
    std::uint16_t code = 0;
    std::string reason;
};

/// One connection driven step by step by the calling thread, for tools and tests. Not for callbacks of the
/// same pool: it waits for them.
class Console {
public:
    /// `pool` must outlive the console.
    explicit Console(Pool& pool);
    /// Closes the connection without waiting.
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// Connects and waits. Fault::io_error with `closed()` set when it did not come about.
    Result<void> open(const Endpoint& endpoint, std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// Signs in with an access code. Fault::io_error when the connection is lost or the time is over; a
    /// refusal comes back as a message with is_error.
    Result<ServerMessage> hello(const std::string& code,
                                std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// Sends a request under a fresh id and waits for its answer or error.
    Result<ServerMessage> request(std::string_view method, const boost::json::value& params,
                                  std::chrono::milliseconds timeout = std::chrono::seconds(10));
    /// The same under a given id: to repeat a request whose answer was lost.
    Result<ServerMessage> request_as(const std::string& request_id, std::string_view method,
                                     const boost::json::value& params,
                                     std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// The oldest notification not yet taken; waits for one. Nothing when the time is over or the connection
    /// closed.
    std::optional<ServerMessage> next_message(std::chrono::milliseconds timeout);
    /// Skips notifications until one of `method`.
    std::optional<ServerMessage> next_message(std::string_view method, std::chrono::milliseconds timeout);

    void send_text(std::string text);
    void close();

    /// How the connection ended; nothing while it is open.
    std::optional<Closed> closed() const;
    std::optional<Closed> wait_closed(std::chrono::milliseconds timeout);

private:
    struct Shared;
    Pool& pool_;
    std::shared_ptr<Shared> shared_;
    ConnectionId connection_{};
};

} // namespace plenum::link
