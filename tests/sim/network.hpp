#pragma once

#include "server/clerk/ports.hpp"
#include "server/gateway/outbox.hpp"
#include "tests/sim/world.hpp"

#include <deque>
#include <map>
#include <set>

namespace plenum::sim {

using clerk::Message;
using clerk::SessionId;

/// What TCP and the gateway do between consoles and clerk: each connection keeps its order and loses nothing
/// until it is cut; then either side may notice late and whatever was under way is gone. Waiting
/// notifications coalesce and overflow as in the gateway, whose outbox is used as it is.
class Network {
public:
    /// Where the ends of the lines are.
    struct Ends {
        std::function<bool()> listening;
        std::function<void(SessionId, const std::string&)> arrived; ///< a request, at the server
        std::function<void(SessionId)> closed;                      ///< the server notices
        std::function<void(std::size_t console, const Message&)> delivered;
        /// The console notices; `replaced` when the server said that its member is at another one now.
        std::function<void(std::size_t console, bool replaced)> cut;
    };

    explicit Network(World& world) : world_(world) {}
    void connect_ends(Ends ends) { ends_ = std::move(ends); }

    /// A new connection; nothing when no server listens.
    std::optional<SessionId> connect(std::size_t console);

    // Console side.
    void send(SessionId session, std::string text);
    void hang_up(SessionId session);

    // Server side.
    void answer(SessionId session, const Message& message);
    void notify(SessionId session, const Message& message, std::string_view key);
    void close(SessionId session);
    /// As close, and says that the member has signed in at another console.
    void replace(SessionId session);
    /// The process has ended: all its connections are gone.
    void drop_all();

    // Trouble.
    void cut_one();

private:
    struct Connection {
        std::size_t console = 0;
        bool console_holds = true; ///< the console thinks it is connected
        bool server_holds = true;
        bool whole = true; ///< bytes still flow
        bool console_will_notice = false;
        bool server_will_notice = false;
        bool replaced = false;
        bool slow = false;
        gateway::Outbox outbox{64, 256 * 1024};
        std::deque<std::string> inbox;
        bool awaiting_answer = false;
        bool writing = false;
        std::uint64_t last_in_us = 0;
        std::uint64_t last_out_us = 0;
    };

    Connection* find(SessionId session);
    std::uint64_t latency();
    std::uint64_t in_order(std::uint64_t& last_us, std::uint64_t least_us);
    void serve_next(SessionId session);
    void write_next(SessionId session);
    void cut(SessionId session, bool by_server);
    void let_server_notice(SessionId session, Connection& connection, std::uint64_t late_us);
    void let_console_notice(SessionId session, Connection& connection);
    void forget_if_done(SessionId session);

    World& world_;
    Ends ends_;
    std::uint64_t last_session_ = 0;
    std::map<SessionId, Connection> connections_;
};

} // namespace plenum::sim
