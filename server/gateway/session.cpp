#include "server/gateway/session.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace plenum::gateway {
namespace {

constexpr unsigned bad_requests_max = 20;
constexpr std::size_t close_reason_bytes_max =
    123; // RFC 6455 5.5: a control frame holds 125 bytes, 2 are the code.

enum CloseCode : std::uint16_t { not_text = 1003 };

void count(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1)
{
    counter.fetch_add(by, std::memory_order_relaxed);
}

/// Cut between characters: a close reason must be UTF-8.
std::string shortened(std::string reason)
{
    if (reason.size() <= close_reason_bytes_max) return reason;
    auto end = close_reason_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0) == 0x80)
        --end;
    reason.resize(end);
    return reason;
}

} // namespace

Session::Session(SessionId id, Surroundings& around, std::function<void(SessionId)> gone)
    : id_(id), around_(around), gone_(std::move(gone)),
      outbox_(around.settings.outbox_messages_max, around.settings.outbox_bytes_max)
{}

void Session::expect(Phase phase, std::chrono::milliseconds within)
{
    phase_ = phase;
    deadline_ = Clock::now() + within;
}

void Session::start()
{
    expect(Phase::hands, around_.settings.handshake_timeout);
    shake_hands();
}

void Session::hands_shaken(bool ok)
{
    if (phase_ == Phase::gone) return;
    if (!ok) {
        count(around_.counters.refused);
        return end();
    }
    next_header();
}

void Session::next_header()
{
    expect(Phase::header, around_.settings.handshake_timeout);
    read_header();
}

void Session::header_read(const HttpRequest& request)
{
    if (phase_ == Phase::gone) return;
    if (auto asked = around_.events.downloading ? download_of(request) : std::nullopt) {
        // No deadline: an answer always comes, and what it takes to make it is not the client's doing.
        phase_ = Phase::asking;
        keep_alive_ = request.keep_alive;
        asked_ = std::move(*asked);
        return around_.events.downloading(id_, asked_);
    }
    if (!request.is_upgrade) return reply_with(answer_http(around_.http, request));
    if (auto refusal = refuse_upgrade(around_.http, request)) {
        count(around_.counters.refused);
        return reply_with(std::move(*refusal));
    }
    expect(Phase::accept, around_.settings.handshake_timeout);
    accept_websocket();
}

void Session::header_failed(unsigned status)
{
    if (phase_ == Phase::gone) return;
    if (status == 0) return end();
    count(around_.counters.refused);
    reply_with(plain_reply(around_.http, status, "not a request this server reads"));
}

void Session::reply(HttpAnswer answer, std::optional<StreamedFile> file)
{
    if (phase_ != Phase::asking) return;
    reply_with(answer_download(around_.http, asked_, keep_alive_, std::move(answer), file));
}

void Session::reply_with(HttpReply reply)
{
    keep_alive_ = reply.keep_alive;
    expect(Phase::reply, around_.settings.drop_after);
    reply_by_ = reply.file ? Clock::now() + around_.settings.download_timeout : Clock::time_point::max();
    write_reply(std::move(reply));
}

/// A large download may take as long as it likes while it moves.
void Session::reply_progressed()
{
    if (phase_ == Phase::reply) deadline_ = std::min(Clock::now() + around_.settings.drop_after, reply_by_);
}

void Session::reply_written(bool ok)
{
    if (phase_ == Phase::gone) return;
    if (!ok) return end();
    if (keep_alive_) return next_header();
    expect(Phase::lingering, around_.settings.close_timeout);
    linger();
}

void Session::websocket_accepted(bool ok)
{
    if (phase_ == Phase::gone) return;
    if (!ok) return end();
    expect(Phase::open, around_.settings.hello_timeout);
    last_heard_ = last_pinged_ = Clock::now();
    limit_message(around_.settings.read_bytes_max);
    opened_ = true;
    around_.events.opened(id_);
    read_on();
}

/// Not reading is how a console is held back: while its request is unanswered, and while it does not take
/// what it is sent.
void Session::read_on()
{
    if (phase_ != Phase::open || reading_ || awaiting_answer_ || outbox_.over_full()) return;
    reading_ = true;
    read_message();
}

void Session::message_read(bool ok, bool is_text, std::string_view text)
{
    reading_ = false;
    if (phase_ == Phase::gone) return;
    if (!ok) {
        // Once our close frame is under way its completion tells the end; the read just sees the connection
        // go.
        if (!close_sent_) end();
        return;
    }
    heard();
    if (phase_ != Phase::open) return;
    if (!is_text) return close(CloseCode::not_text, "text frames only");
    count(around_.counters.messages_in);
    count(around_.counters.bytes_in, text.size());
    take_request(text);
    read_on();
}

void Session::take_request(std::string_view text)
{
    auto request = decode_request(text);
    if (request) {
        awaiting_answer_ = true;
        return around_.events.requested(id_, std::move(*request));
    }
    count(around_.counters.bad_requests);
    outbox_.add_answer(std::make_shared<const std::string>(encode_bad_request(request.error())));
    write_on();
    if (++bad_requests_ > bad_requests_max) {
        close(static_cast<std::uint16_t>(CloseReason::policy), "too many bad requests");
    }
}

void Session::answer(Message message)
{
    if (phase_ != Phase::open) return;
    outbox_.add_answer(std::move(message));
    if (awaiting_answer_) {
        awaiting_answer_ = false;
        heard(); // It could not be heard while it was not read.
    }
    write_on();
    read_on();
}

void Session::notify(Message message, const Message& coalesce)
{
    if (phase_ != Phase::open) return;
    if (!outbox_.add(std::move(message), coalesce)) return cut_slow("more waits for it than it may");
    write_on();
}

void Session::set_read_limit(std::size_t bytes_max)
{
    if (phase_ == Phase::open) limit_message(bytes_max);
}

void Session::write_on()
{
    if (writing_ || close_sent_ || peer_closes_ || (phase_ != Phase::open && phase_ != Phase::closing))
        return;
    if (!outbox_.empty()) {
        auto message = outbox_.take();
        writing_ = true;
        writing_bytes_ = message->size();
        write_began_ = Clock::now();
        write_message(std::move(message));
    } else if (phase_ == Phase::closing) {
        close_sent_ = true;
        close_websocket(close_code_, close_reason_);
    }
}

void Session::peer_closes()
{
    if (phase_ != Phase::open) return;
    peer_closes_ = true;
    expect(Phase::closing, around_.settings.close_timeout);
}

void Session::message_written(bool ok)
{
    writing_ = false;
    if (phase_ == Phase::gone) return;
    if (!ok) {
        // A peer that closes makes our write fail while the read still says goodbye; the read, or the sweep,
        // ends it.
        if (reading_ || close_sent_) {
            if (phase_ == Phase::open) expect(Phase::closing, around_.settings.close_timeout);
            return;
        }
        return end();
    }
    count(around_.counters.messages_out);
    count(around_.counters.bytes_out, writing_bytes_);
    write_on();
    read_on();
}

void Session::pinged(bool ok)
{
    pinging_ = false;
    if (!ok && phase_ == Phase::open) expect(Phase::closing, around_.settings.close_timeout);
}

void Session::close(std::uint16_t code, std::string reason)
{
    if (phase_ == Phase::gone || phase_ == Phase::closing) return;
    if (phase_ != Phase::open) return end();
    close_code_ = code;
    close_reason_ = shortened(std::move(reason));
    expect(Phase::closing, around_.settings.close_timeout);
    write_on();
}

void Session::cut_slow(std::string_view what)
{
    count(around_.counters.slow_closed);
    spdlog::info("session {}: slow consumer: {}", static_cast<std::uint64_t>(id_), what);
    outbox_.clear();
    close(static_cast<std::uint16_t>(CloseReason::policy), "slow consumer");
}

void Session::sweep(Clock::time_point now)
{
    switch (phase_) {
    case Phase::gone: return;
    case Phase::asking: return;
    case Phase::open: return sweep_open(now);
    case Phase::hands:
    case Phase::header:
    case Phase::accept:
        if (now >= deadline_) {
            if (phase_ != Phase::header) count(around_.counters.refused);
            end();
        }
        return;
    case Phase::reply:
    case Phase::lingering:
    case Phase::closing:
        if (now >= deadline_) end();
        return;
    }
}

void Session::sweep_open(Clock::time_point now)
{
    const auto& settings = around_.settings;
    if (writing_ && now - write_began_ >= settings.drop_after) return cut_slow("one message took too long");
    if (!awaiting_answer_) {
        if (!signed_in_ && now >= deadline_) {
            return close(static_cast<std::uint16_t>(CloseReason::policy), "no hello in time");
        }
        // Whoever is held back by his own outbox is not read, so his silence says nothing.
        if (reading_ && now - last_heard_ >= settings.drop_after) return end();
    }
    const auto quiet = now - std::max(last_heard_, last_pinged_);
    if (quiet >= settings.ping_after && !pinging_) {
        pinging_ = true;
        last_pinged_ = now;
        ping();
    }
}

void Session::end()
{
    if (phase_ == Phase::gone) return;
    const auto self = shared_from_this(); // gone_ may drop the last other owner.
    phase_ = Phase::gone;
    outbox_.clear();
    abandon();
    if (opened_) around_.events.closed(id_);
    gone_(id_);
}

} // namespace plenum::gateway
