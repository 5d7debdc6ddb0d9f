#include "tests/sim/network.hpp"

namespace plenum::sim {
namespace {

constexpr std::uint64_t slow_write_us_max = 3'000'000;
constexpr std::uint64_t notice_us_max = 200'000;

} // namespace

Network::Connection* Network::find(SessionId session)
{
    const auto found = connections_.find(session);
    return found == connections_.end() ? nullptr : &found->second;
}

std::uint64_t Network::latency()
{
    const auto limit = world_.calm ? 2'000 : world_.faults.latency_us_max;
    return world_.random.between(50, limit);
}

/// A delay from now, at least `least_us`, that never overtakes what was sent before on the same line.
std::uint64_t Network::in_order(std::uint64_t& last_us, std::uint64_t least_us)
{
    last_us = std::max(last_us + 1, world_.schedule.now_us() + least_us + latency());
    return last_us - world_.schedule.now_us();
}

std::optional<SessionId> Network::connect(std::size_t console)
{
    if (!ends_.listening()) return std::nullopt;
    const SessionId session{++last_session_};
    auto& connection = connections_[session];
    connection.console = console;
    connection.slow = !world_.calm && world_.random.chance(world_.faults.slow_reader_permille);
    world_.note("connected", last_session_);
    return session;
}

void Network::send(SessionId session, std::string text)
{
    auto* connection = find(session);
    if (connection == nullptr) return;
    world_.schedule.after(in_order(connection->last_in_us, 0), [this, session, text = std::move(text)] {
        auto* arrived_at = find(session);
        if (arrived_at == nullptr || !arrived_at->whole || !arrived_at->server_holds) return;
        arrived_at->inbox.push_back(text);
        serve_next(session);
    });
}

void Network::serve_next(SessionId session)
{
    auto* connection = find(session);
    if (connection == nullptr || !connection->server_holds || connection->inbox.empty()) return;
    if (connection->awaiting_answer && !world_.faults.pipelined) return;
    const auto text = std::move(connection->inbox.front());
    connection->inbox.pop_front();
    connection->awaiting_answer = true;
    world_.note("arrived", static_cast<std::uint64_t>(session), text);
    ends_.arrived(session, text);
}

void Network::answer(SessionId session, const Message& message)
{
    auto* connection = find(session);
    if (connection == nullptr || !connection->server_holds) return;
    connection->outbox.add_answer(message);
    connection->awaiting_answer = false;
    world_.schedule.after(0, [this, session] { serve_next(session); });
    write_next(session);
}

void Network::notify(SessionId session, const Message& message, std::string_view key)
{
    auto* connection = find(session);
    if (connection == nullptr || !connection->server_holds) return;
    if (connection->outbox.add(message, std::make_shared<const std::string>(key))) return write_next(session);
    ++world_.census.slow_cuts;
    cut(session, true);
}

/// One write under way at a time; a slow reader makes the next one wait.
void Network::write_next(SessionId session)
{
    auto* connection = find(session);
    if (connection == nullptr || connection->writing || connection->outbox.empty()) return;
    connection->writing = true;
    const auto message = connection->outbox.take();
    const bool slow = connection->slow && !world_.calm;
    const auto write_us = slow ? world_.random.below(slow_write_us_max) : world_.random.between(1, 200);
    world_.schedule.after(write_us, [this, session] {
        auto* written = find(session);
        if (written == nullptr) return;
        written->writing = false;
        if (written->server_holds) write_next(session);
    });
    world_.schedule.after(in_order(connection->last_out_us, write_us), [this, session, message] {
        const auto* line = find(session);
        if (line == nullptr || !line->whole || !line->console_holds) return;
        world_.note("delivered", line->console, *message);
        ends_.delivered(line->console, message);
    });
}

void Network::hang_up(SessionId session)
{
    auto* connection = find(session);
    if (connection == nullptr) return;
    connection->console_holds = false;
    connection->console_will_notice = true;
    cut(session, false);
}

void Network::close(SessionId session)
{
    cut(session, true);
}

void Network::replace(SessionId session)
{
    if (auto* connection = find(session)) {
        connection->replaced = connection->whole;
        world_.census.seats_moved += connection->whole ? 1 : 0;
    }
    cut(session, true);
}

/// The line is gone. A server that did it knows at once; otherwise either side notices later.
void Network::cut(SessionId session, bool by_server)
{
    auto* connection = find(session);
    if (connection == nullptr) return;
    connection->whole = false;
    if (by_server) connection->server_holds = false;
    const auto late_us = world_.calm ? notice_us_max : world_.faults.half_open_us_max;
    let_server_notice(session, *connection, by_server ? 0 : world_.random.below(1 + late_us));
    let_console_notice(session, *connection);
}

void Network::let_server_notice(SessionId session, Connection& connection, std::uint64_t late_us)
{
    if (connection.server_will_notice) return;
    connection.server_will_notice = true;
    world_.schedule.after(late_us, [this, session] {
        auto* noticed = find(session);
        if (noticed == nullptr) return; // The process that held it has ended.
        noticed->server_holds = false;
        noticed->outbox.clear();
        ends_.closed(session);
        forget_if_done(session);
    });
}

void Network::let_console_notice(SessionId session, Connection& connection)
{
    if (connection.console_will_notice) return;
    connection.console_will_notice = true;
    world_.schedule.after(world_.random.below(notice_us_max), [this, session] {
        auto* noticed = find(session);
        if (noticed == nullptr) return;
        noticed->console_holds = false;
        ends_.cut(noticed->console, noticed->replaced);
        forget_if_done(session);
    });
}

void Network::forget_if_done(SessionId session)
{
    const auto* connection = find(session);
    if (connection == nullptr || connection->console_holds || connection->server_holds) return;
    connections_.erase(session);
}

void Network::drop_all()
{
    auto gone = std::exchange(connections_, {});
    for (auto& [session, connection] : gone) {
        if (!connection.console_holds) continue;
        world_.schedule.after(world_.random.below(notice_us_max),
                              [this, console = connection.console] { ends_.cut(console, false); });
    }
}

void Network::cut_one()
{
    if (connections_.empty()) return;
    auto place = connections_.begin();
    std::advance(place, static_cast<std::ptrdiff_t>(world_.random.below(connections_.size())));
    world_.note("cut", static_cast<std::uint64_t>(place->first));
    ++world_.census.cuts;
    cut(place->first, false);
}

} // namespace plenum::sim
