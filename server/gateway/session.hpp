#pragma once

#include "server/gateway/http.hpp"
#include "server/gateway/outbox.hpp"

#include <atomic>

namespace plenum::gateway {

using Clock = std::chrono::steady_clock;

/// Counters written on every network thread.
struct SharedCounters {
    std::atomic<std::uint64_t> accepted = 0;
    std::atomic<std::uint64_t> open = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> messages_in = 0;
    std::atomic<std::uint64_t> messages_out = 0;
    std::atomic<std::uint64_t> bytes_in = 0;
    std::atomic<std::uint64_t> bytes_out = 0;
    std::atomic<std::uint64_t> slow_closed = 0;
    std::atomic<std::uint64_t> bad_requests = 0;
};

/// What every session needs from its surroundings; outlives all sessions.
struct Surroundings {
    Settings settings;
    Events events;
    HttpSources http;
    SharedCounters counters;
};

/// The conduct of one connection: HTTP first, then requests one at a time, notifications within bounds,
/// liveness, an orderly end. Knows nothing of sockets: what it wants done it asks of the virtual functions,
/// which a transport fulfils and reports back by the functions named after them in the past tense. Lives on
/// one network thread; nothing here is locked.
class Session : public std::enable_shared_from_this<Session> {
public:
    /// `gone` is called once, last, and may drop the session.
    Session(SessionId id, Surroundings& around, std::function<void(SessionId)> gone);
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();
    void answer(Message message);
    void notify(Message message, const Message& coalesce);
    void set_read_limit(std::size_t bytes_max);
    void signed_in() { signed_in_ = true; }
    void reply(HttpAnswer answer, std::optional<StreamedFile> file);
    void close(std::uint16_t code, std::string reason);
    /// Called about once a second: pings the silent, ends what is overdue.
    void sweep(Clock::time_point now);

protected:
    // What a transport does. Each ends in exactly one of the reports below, later, never from within the
    // call, unless abandon() came first. At most one of each is under way.
    virtual void shake_hands() = 0;
    virtual void read_header() = 0;
    virtual void write_reply(HttpReply reply) = 0;
    /// Says goodbye and drops what still comes, until the peer has gone: closing at once could destroy the
    /// reply.
    virtual void linger() = 0;
    virtual void accept_websocket() = 0;
    virtual void read_message() = 0;
    virtual void write_message(Message message) = 0;
    virtual void ping() = 0;
    virtual void close_websocket(std::uint16_t code, const std::string& reason) = 0;
    virtual void limit_message(std::size_t bytes_max) = 0;
    /// Closes the socket at once.
    virtual void abandon() = 0;

    // What a transport reports.
    void hands_shaken(bool ok);
    void header_read(const HttpRequest& request);
    /// The header never came, or was none; `status` says what to answer, 0: nothing.
    void header_failed(unsigned status);
    void reply_progressed();
    void reply_written(bool ok);
    void lingered() { end(); }
    void websocket_accepted(bool ok);
    void message_read(bool ok, bool is_text, std::string_view text);
    void message_written(bool ok);
    void pinged(bool ok);
    void websocket_closed() { end(); }
    /// A ping or pong came in.
    void heard() { last_heard_ = Clock::now(); }
    /// The peer's close frame came in; the transport answers it and the read then fails.
    void peer_closes();

private:
    enum class Phase { hands, header, asking, reply, lingering, accept, open, closing, gone };

    void expect(Phase phase, std::chrono::milliseconds within);
    void next_header();
    void reply_with(HttpReply reply);
    void read_on();
    void write_on();
    void take_request(std::string_view text);
    void cut_slow(std::string_view what);
    void sweep_open(Clock::time_point now);
    void end();

    const SessionId id_;
    Surroundings& around_;
    std::function<void(SessionId)> gone_;
    Phase phase_ = Phase::hands;
    Clock::time_point deadline_; ///< of the phase, where it has one
    bool keep_alive_ = false;    ///< of the HTTP reply being written, or waited for
    DownloadRequest asked_;      ///< what is waited for, while asking
    Clock::time_point reply_by_; ///< when a reply must have reached the client, however it moves
    bool opened_ = false;        ///< the clerk knows of this session

    Outbox outbox_;
    std::size_t writing_bytes_ = 0;
    bool reading_ = false;
    bool writing_ = false;
    bool pinging_ = false;
    bool awaiting_answer_ = false;
    bool close_sent_ = false;
    bool peer_closes_ = false;
    bool signed_in_ = false;
    unsigned bad_requests_ = 0;
    Clock::time_point last_heard_;
    Clock::time_point last_pinged_;
    Clock::time_point write_began_;
    std::uint16_t close_code_ = 0;
    std::string close_reason_;
};

} // namespace plenum::gateway
