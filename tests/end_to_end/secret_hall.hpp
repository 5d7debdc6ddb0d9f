#pragma once

#include "clients/replay/convene.hpp"
#include "clients/replay/stage.hpp"
#include "tests/support/secret_console.hpp"

#include <deque>
#include <functional>
#include <memory>

// A chamber that votes secretly, made of real programs: the server, three `plenum-trustee`, and a console of
// its own for each member over a real socket.

namespace plenum::replay {

/// Waits for what other programs have to do first.
inline constexpr auto secret_patience = std::chrono::seconds(90);

/// One member at a console, and what the server signed for it.
struct SecretVoter {
    testing::SecretConsole console;
    ConsoleId seat{};
    std::optional<Bytes> said{};   ///< by the ballot sent last (ballot/choice.hpp)
    bool spoiled = false;          ///< the ballot sent last
    std::vector<Bytes> receipts{}; ///< of everything that was acknowledged
};

/// Everything up to a sitting in session whose members are there with enrolled consoles and voting keys.
/// Fails the test that uses it when a step fails.
class SecretHall {
public:
    /// `members` of a committee; the chair is the first of them.
    explicit SecretHall(std::size_t members);
    ~SecretHall();

    /// A motion, written down, its roll called and acknowledged by every console, and open.
    VoteId open_vote();
    /// The same of anything that is asked in this sitting.
    VoteId open_vote(PrepareVote prepare);
    SittingId sitting() const { return sitting_; }
    /// Each voter of `who` presses; the answers may be missing when the server is killed meanwhile.
    std::vector<Reply> send(VoteId vote, const std::vector<std::pair<std::size_t, Bytes>>& ballots);
    /// A fresh ballot of this voter, as bytes.
    Bytes ballot(VoteId vote, std::size_t voter, Choice choice);
    Bytes ballot(VoteId vote, std::size_t voter, const Bytes& said);
    /// Makes sure that the newest ballot of this voter never counts, and that the server signed it.
    void spoil(VoteId vote, std::size_t voter);
    /// Notes the receipt of an answered ballot; it must be signed by the log's key.
    void note(VoteId vote, std::size_t voter, const Reply& reply);
    void close(VoteId vote);
    /// Waits until the box is sealed; every console finds what it must in it and signs.
    void confirm(VoteId vote);
    /// Waits until the key holders' programs have opened the totals.
    VoteView decided(VoteId vote);
    /// The figures the voters themselves make out.
    Tally expected() const;

    /// As a power cut would end the server, and as an operator would start it again; everybody comes back.
    void kill();
    void come_back();

    /// Ends the sitting's day: the key holders' programs and the server.
    void stop();

    /// The vote as the secretary's screen has it; right after a restart it first waits for the screen.
    VoteView shown(VoteId vote);
    Stage& stage() { return *stage_; }
    std::deque<SecretVoter>& voters() { return voters_; }
    const std::string& origin() const { return origin_; }
    /// The log's key, which signs the receipts.
    ballot::VerifyKey server_key();

private:
    static constexpr ConsoleId secretary{0};
    static constexpr ConsoleId chair{1};

    void convene_all(std::size_t members);
    void appoint_holders();
    void start_holders();
    void wait_for_key();
    void equip();
    /// Waits until the vote is shown and `holds`.
    VoteView shown_when(VoteId vote, const std::function<bool(const VoteView&)>& holds);
    Receipt act(ConsoleId console, const Command& command);
    template <class Answer>
    std::vector<Answer> ask(const std::vector<Question>& questions);

    std::unique_ptr<Stage> stage_;
    std::unique_ptr<Hall> hall_;
    std::vector<std::string> codes_; ///< in the order of entering
    std::string origin_;
    BodyId body_{};
    MeetingId meeting_{};
    SittingId sitting_{};
    std::vector<PersonId> persons_;
    std::vector<Child> holders_;
    std::deque<SecretVoter> voters_;
};

} // namespace plenum::replay
