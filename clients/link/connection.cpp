#include "clients/link/connection.hpp"

namespace plenum::link {
namespace {

void count(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1)
{
    counter.fetch_add(by, std::memory_order_relaxed);
}

} // namespace

Connection::Connection(ConnectionId id, Callbacks callbacks, const PoolSettings& settings,
                       SharedCounters& counters, LoopHooks hooks)
    : id_(id), callbacks_(std::move(callbacks)), settings_(settings), counters_(counters),
      hooks_(std::move(hooks))
{}

void Connection::start()
{
    started_ = true;
    deadline_ = Clock::now() + settings_.connect_timeout;
    connect();
}

void Connection::connected()
{
    if (phase_ != Phase::connecting) return;
    phase_ = Phase::open;
    heard();
    count(counters_.opened);
    settle();
    if (callbacks_.on_open) callbacks_.on_open();
    read_message();
    write_on();
}

void Connection::connect_failed(std::string reason)
{
    if (phase_ == Phase::connecting) end(code_lost, std::move(reason));
}

void Connection::settle()
{
    if (!std::exchange(started_, false)) return;
    hooks_.settled();
}

void Connection::request(const std::string& request_id, std::string text, OnAnswer on_answer)
{
    if (phase_ != Phase::connecting && phase_ != Phase::open) return on_answer(std::nullopt);
    pending_.emplace(request_id, std::move(on_answer));
    send_text(std::move(text));
}

void Connection::send_text(std::string text)
{
    if (phase_ != Phase::connecting && phase_ != Phase::open) return;
    outbox_.push_back(std::move(text));
    write_on();
}

void Connection::write_on()
{
    if (writing_ || close_sent_ || (phase_ != Phase::open && phase_ != Phase::closing)) return;
    if (!outbox_.empty()) {
        writing_ = true;
        write_down(Transcript::Speaker::console, outbox_.front());
        write_message(outbox_.front());
    } else if (phase_ == Phase::closing) {
        close_sent_ = true;
        close_websocket();
    }
}

void Connection::write_down(Transcript::Speaker speaker, std::string_view text)
{
    if (settings_.transcript) settings_.transcript->note(static_cast<std::uint64_t>(id_), speaker, text);
}

void Connection::message_written(bool ok)
{
    writing_ = false;
    if (phase_ == Phase::gone || !ok) return; // The read that is always under way tells the end.
    count(counters_.messages_out);
    count(counters_.bytes_out, outbox_.front().size());
    outbox_.pop_front();
    write_on();
}

void Connection::message_read(std::string_view text)
{
    if (phase_ == Phase::gone) return;
    heard();
    count(counters_.messages_in);
    count(counters_.bytes_in, text.size());
    write_down(Transcript::Speaker::server, text);
    auto message = decode_server_message(text);
    if (!message) return end(code_lost, "the server sent what is no message");
    const auto found = message->id ? pending_.find(*message->id) : pending_.end();
    if (found != pending_.end()) {
        const auto on_answer = std::move(found->second);
        pending_.erase(found);
        on_answer(std::move(*message));
    } else if (callbacks_.on_message) {
        callbacks_.on_message(std::move(*message));
    }
    if (phase_ != Phase::gone && !close_sent_) read_message();
}

void Connection::read_failed(std::uint16_t code, std::string reason)
{
    // Once our close frame is under way its completion tells the end.
    if (!close_sent_) end(code, std::move(reason));
}

void Connection::close()
{
    if (phase_ == Phase::connecting) return end(code_lost, "closed before it opened");
    if (phase_ != Phase::open) return;
    phase_ = Phase::closing;
    deadline_ = Clock::now() + settings_.close_timeout;
    write_on();
}

void Connection::sweep(Clock::time_point now)
{
    switch (phase_) {
    case Phase::gone: return;
    case Phase::connecting:
        if (started_ && now >= deadline_) end(code_lost, "connecting took too long");
        return;
    case Phase::closing:
        if (now >= deadline_) end(code_lost, "the server did not close in time");
        return;
    case Phase::open:
        if (now - last_heard_ >= settings_.silence_max) end(code_lost, "the server fell silent");
        return;
    }
}

void Connection::end(std::uint16_t code, std::string reason)
{
    if (phase_ == Phase::gone) return;
    const auto self = shared_from_this(); // The hook may drop the last other owner.
    const bool was_open = phase_ != Phase::connecting;
    phase_ = Phase::gone;
    abandon();
    if (was_open) count(counters_.closed);
    settle();
    const auto lost = std::move(pending_);
    for (const auto& [request_id, on_answer] : lost)
        on_answer(std::nullopt);
    if (callbacks_.on_close) callbacks_.on_close(code, std::move(reason));
    callbacks_ = {}; // They may hold their owner, who may hold the pool.
    hooks_.gone(id_);
}

} // namespace plenum::link
