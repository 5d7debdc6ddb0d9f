#include "server/gateway/worker.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace plenum::gateway {
namespace {

using std::chrono::milliseconds;

/// A second; less when a limit is shorter than a few seconds, so that it is still kept to a quarter.
milliseconds sweep_interval(const Settings& settings)
{
    const auto shortest = std::min({settings.handshake_timeout, settings.hello_timeout, settings.ping_after,
                                    settings.drop_after, settings.close_timeout});
    return std::clamp(shortest / 4, milliseconds(10), milliseconds(1'000));
}

} // namespace

Worker::Worker(Surroundings& around, asio::ssl::context* tls)
    : around_(around), tls_(tls), work_(asio::make_work_guard(context_)), sweep_timer_(context_),
      sweep_every_(sweep_interval(around.settings))
{}

void Worker::run()
{
    sweep();
    context_.run();
}

template <class Action>
void Worker::with(SessionId id, Action action)
{
    asio::post(context_, [this, id, action = std::move(action)]() mutable {
        if (const auto found = sessions_.find(id); found != sessions_.end()) {
            const auto session = found->second; // The action may end the session, which leaves the map.
            action(*session);
        }
    });
}

void Worker::add(SessionId id, Socket socket)
{
    asio::post(context_, [this, id, socket = std::move(socket)]() mutable { begin(id, std::move(socket)); });
}

void Worker::begin(SessionId id, Socket socket)
{
    if (stopping_) {
        around_.counters.open.fetch_sub(1);
        return;
    }
    boost::system::error_code ignored; // The peer may have gone already; the session will notice.
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    // What the kernel may hold for a console that does not read; with the outbox it bounds the memory of
    // each.
    socket.set_option(
        asio::socket_base::send_buffer_size(static_cast<int>(around_.settings.outbox_bytes_max)), ignored);
    const auto on_gone = [this](SessionId which) { gone(which); };
    auto session = tls_ != nullptr ? make_tls_session(std::move(socket), *tls_, id, around_, on_gone)
                                   : make_plain_session(std::move(socket), id, around_, on_gone);
    sessions_.emplace(id, session);
    session->start();
}

void Worker::answer(SessionId id, Message message)
{
    with(id, [message = std::move(message)](Session& session) { session.answer(message); });
}

void Worker::send(std::vector<SessionId> ids, Message message, Message key)
{
    asio::post(context_, [this, ids = std::move(ids), message = std::move(message), key = std::move(key)] {
        for (const auto id : ids) {
            if (const auto found = sessions_.find(id); found != sessions_.end()) {
                const auto session = found->second;
                session->notify(message, key);
            }
        }
    });
}

void Worker::set_read_limit(SessionId id, std::size_t bytes_max)
{
    with(id, [bytes_max](Session& session) { session.set_read_limit(bytes_max); });
}

void Worker::signed_in(SessionId id)
{
    with(id, [](Session& session) { session.signed_in(); });
}

void Worker::close(SessionId id, std::uint16_t code, std::string reason)
{
    with(id, [code, reason = std::move(reason)](Session& session) { session.close(code, reason); });
}

void Worker::reply(SessionId id, HttpAnswer answer, std::optional<StreamedFile> file)
{
    with(id, [answer = std::move(answer), file = std::move(file)](Session& session) mutable {
        session.reply(std::move(answer), std::move(file));
    });
}

void Worker::stop()
{
    asio::post(context_, [this] {
        stopping_ = true;
        stop_by_ = Clock::now() + 2 * around_.settings.close_timeout;
        std::vector<std::shared_ptr<Session>> living;
        for (const auto& [id, session] : sessions_)
            living.push_back(session);
        for (const auto& session : living) {
            session->close(static_cast<std::uint16_t>(CloseReason::going_away), "the server stops");
        }
        leave_if_done();
    });
}

void Worker::sweep()
{
    const auto now = Clock::now();
    for (auto next = sessions_.begin(); next != sessions_.end();) {
        const auto session = (next++)->second; // A swept session may leave the map.
        session->sweep(now);
    }
    if (stopping_ && (sessions_.empty() || now >= stop_by_)) return context_.stop();
    sweep_timer_.expires_after(sweep_every_);
    sweep_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) sweep();
    });
}

void Worker::gone(SessionId id)
{
    around_.counters.open.fetch_sub(1);
    sessions_.erase(id);
    leave_if_done();
}

/// Without sweep and guard the thread runs out of work as soon as the last operations have reported.
void Worker::leave_if_done()
{
    if (!stopping_ || !sessions_.empty()) return;
    work_.reset();
    sweep_timer_.cancel();
}

} // namespace plenum::gateway
