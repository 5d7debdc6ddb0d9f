#pragma once

#include "tests/sim/heard.hpp"
#include "tests/sim/network.hpp"

namespace plenum::sim {

/// What a console shows: what it was told last, folded together as docs say a client should.
struct Screen {
    bool drawn = false; ///< a snapshot arrived
    MyView me;
    std::map<MeetingId, AgendaView> agendas;
    std::map<SittingId, SittingView> sittings;
    std::map<SittingId, FloorView> floors;
    std::map<VoteId, VoteView> votes;
    std::map<MeetingId, KeyHoldersView> keys;
    std::uint64_t since = 0; ///< seq of the newest notification
};

/// One client: keeps its screen, asks, asks again under the same id until it is answered, connects again
/// after a cut with what it has seen. Knows nothing of the server but what arrives.
class Console {
public:
    /// What the script wants to know of.
    struct Listeners {
        std::function<void(Console&)> screen_changed;
        std::function<void(Console&, const IssuedCodes&)> codes_issued;
        /// What was asked beside commands, and the answer: of secret votes.
        std::function<void(Console&, const Request& asked, const boost::json::value& answer)> ballot_answered;
    };

    Console(World& world, Network& network, Ear& ear, std::size_t index, Actor actor, std::string code);
    void listen(Listeners listeners) { listeners_ = std::move(listeners); }

    std::size_t index() const { return index_; }
    const Actor& actor() const { return actor_; }
    const std::string& code() const { return code_; }
    const Screen& screen() const { return screen_; }
    /// Of this session, which keys made in it are bound to; empty before the greeting.
    const Bytes& channel() const { return channel_; }
    bool is_retired() const { return retired_; }
    /// Its member has signed in at another console; it waits until somebody takes it up again.
    bool is_set_aside() const { return set_aside_; }
    /// Empty when it is connected, has been told everything and waits for nothing; else what is missing.
    std::string unrest() const;
    bool is_waiting_for(std::string_view method) const;

    /// Tries until it is connected.
    void connect();
    void ask(const Command& command);
    void ask(std::string_view method, const boost::json::value& params);
    /// Sends the same request as `other` did, under the same id: an impatient person at a second console.
    void echo(const Console& other);
    /// Something that is no proper request; whatever comes back is fine.
    void babble(std::string text);
    /// The secretariat handed out a newer code.
    void use_code(std::string code);

    // The line.
    void delivered(const Message& message);
    void cut(bool replaced);

private:
    struct Waiting {
        std::string method;
        std::string text;
    };

    void take_up();
    void greet();
    void greeted(const ServerMessage& message);
    void answered(const ServerMessage& message);
    void pressed(const Waiting& asked, const Receipt& receipt);
    void redraw(const News& news);
    void redraw(const SnapshotView& snapshot);
    void redraw(const ItemChanged& changed);
    void send_again();

    World& world_;
    Network& network_;
    Ear& ear_;
    std::size_t index_;
    Actor actor_;
    std::string code_;
    Listeners listeners_;

    std::optional<SessionId> session_;
    bool connecting_ = false;
    bool greeted_ = false;
    bool retired_ = false;
    bool set_aside_ = false;
    std::string hello_id_;
    Bytes channel_;
    std::uint64_t next_id_ = 1;
    std::map<std::string, Waiting> waiting_;
    std::map<std::string, Waiting> refused_; ///< a repeat still under way may yet be recorded
    Screen screen_;
    std::string checkpoint_; ///< the newest seen, kept for ever
    std::uint64_t checkpoint_size_ = 0;
};

} // namespace plenum::sim
