#pragma once

#include "clients/link/pool.hpp"
#include "clients/replay/trouble.hpp"
#include "protocol/query.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <vector>

namespace plenum::replay {

/// One signed-in connection of a hall, numbered from 0.
enum class ConsoleId : std::size_t {};

/// One request of many.
struct Ask {
    ConsoleId console{};
    Command command;
    std::string request_id; ///< empty: a fresh one
};

/// One question of many: what is no command.
struct Question {
    ConsoleId console{};
    std::string_view method;
    boost::json::value params;
};

/// What came back.
struct Reply {
    std::optional<ServerMessage> message; ///< nothing: the connection was lost, or no answer came in time
    std::chrono::microseconds took{0};    ///< from sending to the answer, which comes only after durability

    bool is_done() const { return message && !message->is_error; }
    /// The refusal's code, when it was one.
    std::optional<RefusalCode> refusal() const;
    /// Why it was not done; empty when it was.
    LocalText reason() const;
    /// The same in both languages on one line.
    std::string words() const;
};

/// What one console is shown: kept up to date from the snapshot and the notifications after it.
struct Shown {
    std::map<MeetingId, AgendaView> agendas;
    std::map<SittingId, SittingView> sittings;
    std::map<SittingId, FloorView> floors;
    std::map<VoteId, VoteView> votes;
    std::map<MeetingId, KeyHoldersView> keys;
};

/// Many real consoles at once: each is a WebSocket connection of its own, signed in with its own access code.
/// For one thread that waits for what it asked.
class Hall {
public:
    /// `show` is called on the network's thread after anything shown to a watching console has changed.
    explicit Hall(link::Endpoint endpoint, std::function<void()> show = {}, link::PoolSettings network = {});
    ~Hall();
    Hall(const Hall&) = delete;
    Hall& operator=(const Hall&) = delete;

    /// Connects and signs in with each code, all at the same time. Watching consoles keep what they are
    /// shown; the others only read it.
    Tried<std::vector<ConsoleId>> enter(const std::vector<std::string>& codes, bool watching = false);

    /// Sends all requests at once and waits for the answers, in the order of `asks`. At most one for each
    /// console.
    std::vector<Reply> ask_all(const std::vector<Ask>& asks);
    /// The same for questions, which are not commands.
    Reply question(ConsoleId console, std::string_view method, const boost::json::value& params);
    /// Many questions, all at once or evenly `over` this time; the answers in their order. At most one for
    /// each console.
    std::vector<Reply> question_all(const std::vector<Question>& questions,
                                    std::chrono::microseconds over = std::chrono::microseconds(0));

    Reply ask(ConsoleId console, const Command& command);
    /// A command that must succeed.
    Tried<Receipt> act(ConsoleId console, const Command& command);
    /// The same for many; the trouble names the first that was refused.
    Tried<void> act_all(const std::vector<Ask>& asks);

    /// What the server answered to the console's hello.
    const HelloAnswer& hello(ConsoleId console) const;
    /// A copy of what a watching console is shown now.
    Shown shown(ConsoleId console) const;
    /// Waits until a watching console shows what `holds` looks for; false when it did not come in time.
    bool wait_until(ConsoleId console, const std::function<bool(const Shown&)>& holds,
                    std::chrono::milliseconds timeout = std::chrono::seconds(30));
    /// The vote as soon as it is in this state on a watching console.
    Tried<VoteView> wait_for(ConsoleId console, VoteId vote, VoteState state);

    /// Connections that were lost since they entered.
    std::size_t lost() const;

private:
    struct Console;
    struct Post;

    std::vector<Reply> send(const std::vector<Post>& posts,
                            std::chrono::microseconds over = std::chrono::microseconds(0));
    /// Why a console got no answer, or why not the one it wanted.
    std::string why_not(ConsoleId console, const Reply& reply) const;

    link::Endpoint endpoint_;
    std::function<void()> show_;
    std::vector<std::shared_ptr<Console>> consoles_;
    link::Pool pool_; ///< first in death: its callbacks use the consoles
};

/// The value at `percent` of the sorted times; zero when there are none.
std::chrono::microseconds percentile(std::vector<std::chrono::microseconds> times, unsigned percent);

} // namespace plenum::replay
