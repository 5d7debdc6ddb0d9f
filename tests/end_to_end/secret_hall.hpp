#pragma once

#include "clients/replay/convene.hpp"
#include "clients/replay/stage.hpp"
#include "tests/end_to_end/lying_line.hpp"
#include "tests/support/secret_console.hpp"

#include <deque>
#include <functional>
#include <memory>

// A chamber that votes secretly, made of real programs: the server, a `plenum-trustee` for each key holder,
// and a console of its own for each member over a real socket.

namespace plenum::replay {

/// Waits for what other programs have to do first.
inline constexpr auto secret_patience = std::chrono::seconds(90);

/// One member at a console, and what the server signed for it.
struct SecretVoter {
    testing::SecretConsole console;
    ConsoleId seat{};
    std::optional<Bytes> said{};   ///< by the ballot sent last (ballot/choice.hpp)
    bool spoiled = false;          ///< the ballot sent last
    bool is_listed = true;         ///< in the newest round
    std::vector<Bytes> receipts{}; ///< of everything that was acknowledged
};

/// What stands between the programs and the server.
enum class Between { nothing, lying_line };

/// How many key holders a meeting has, and how many of them open a box.
struct HolderNumbers {
    int all = 3;
    std::uint32_t needed = 2;
};

/// Everything up to a sitting in session whose members are there with enrolled consoles and voting keys.
/// Fails the test that uses it when a step fails.
class SecretHall {
public:
    /// `members` of a committee; the chair is the first of them.
    explicit SecretHall(std::size_t members, Between between = Between::nothing, HolderNumbers holders = {});
    ~SecretHall();

    /// A motion, written down, its roll called and acknowledged by every console, and open.
    VoteId open_vote();
    /// The same of anything that is asked in this sitting.
    VoteId open_vote(const PrepareVote& command);
    SittingId sitting() const { return sitting_; }
    // The same step by step.
    VoteId prepare();
    VoteId prepare(PrepareVote command);
    /// Draws a round of the list, without those whose consoles are silent; every screen shows it.
    void call_roll(VoteId vote, const std::vector<std::size_t>& without = {});
    /// This console looks for itself in the list it is shown, and signs when it is there.
    Reply acknowledge(VoteId vote, std::size_t voter);
    /// Every console of the list, of which none may be refused.
    void acknowledge_all(VoteId vote);
    void open(VoteId vote);
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
    /// The same for some.
    void confirm(VoteId vote, const std::vector<std::size_t>& voters);
    /// Waits until the box is sealed, as the secretary's screen shows it.
    SealedBoxView sealed(VoteId vote);
    /// The proof this console is given for its own pseudonym.
    BoxProofAnswer proof(VoteId vote, std::size_t voter);
    /// Waits until the key holders' programs have opened the totals.
    VoteView decided(VoteId vote);
    /// The chair sets it aside; whatever was lied about it, another one can be opened.
    void make_void(VoteId vote);
    /// The next attempt at a vote that is void.
    VoteId retry(VoteId vote) { return VoteId{act(chair, RetryVote{vote, {}}).seq}; }
    /// The figures the voters themselves make out.
    Tally expected() const;

    /// As a power cut would end the server, and as an operator would start it again; everybody comes back.
    void kill();
    void come_back();

    /// Ends the sitting's day: the key holders' programs and the server.
    void stop();
    /// After it: what the bundles of the record say to the auditor.
    void check_exports();

    /// One key holder's program, from 1: ended, and started with the key file as it lies there.
    void stop_holder(int holder);
    void start_holder(int holder);
    /// Of its process, while it runs.
    pid_t holder_pid(int holder) const { return holders_.at(holder).pid(); }
    /// A file of this holder: `keys`, `code`, `passphrase`, `said`.
    std::string holder_file(const std::string& name, int holder) const;
    /// Waits until the holder's program has said it, in its English words.
    void wait_for_words(int holder, const std::string& words) const;
    PersonId holder(int holder) const { return holder_persons_.at(static_cast<std::size_t>(holder - 1)); }

    /// The vote as the secretary's screen has it; right after a restart it first waits for the screen.
    VoteView shown(VoteId vote);
    /// Waits until the vote is shown on the secretary's screen and `holds`.
    VoteView shown_when(VoteId vote, const std::function<bool(const VoteView&)>& holds);
    /// The same on a member's own screen.
    VoteView shown_to(
        std::size_t voter, VoteId vote,
        const std::function<bool(const VoteView&)>& holds = [](const VoteView&) { return true; });
    /// A file of a vote and whose consoles are on its list, as an auditor is given them by the true server.
    Bytes file(VoteId vote, SecretFile file);
    RollAnswer people(VoteId vote);
    /// The record as it proves it to the same.
    Checkpoint proven(VoteId vote);

    /// Where the key holders' programs connect.
    link::Endpoint front() const;
    LyingLine& line() { return *line_; }
    /// A command of the chair or of a member, whatever comes of it.
    Reply ask_as_chair(const Command& command) { return hall_->ask(chair, command); }
    Reply ask_as(std::size_t voter, const Command& command);
    /// The channel of this voter's session.
    Bytes channel(std::size_t voter) { return hall_->hello(voters_.at(voter).seat).channel; }
    /// What the office does for a member whose console is lost: a new access code for its person.
    std::string new_code(std::size_t voter);
    MeetingId meeting() const { return meeting_; }
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
    void appoint_auditor();
    void start_holders();
    void wait_for_key();
    void equip();
    VoteView shown_at(ConsoleId console, VoteId vote, const std::function<bool(const VoteView&)>& holds);
    Receipt act(ConsoleId console, const Command& command);
    template <class Answer>
    std::vector<Answer> ask(const std::vector<Question>& questions);

    const HolderNumbers numbers_;
    std::unique_ptr<Stage> stage_;
    std::unique_ptr<LyingLine> line_; ///< null: programs connect to the server itself
    std::unique_ptr<Hall> hall_;
    std::vector<std::string> codes_; ///< in the order of entering
    std::string origin_;
    BodyId body_{};
    MeetingId meeting_{};
    SittingId sitting_{};
    std::vector<PersonId> persons_;
    std::vector<PersonId> holder_persons_;
    std::string auditor_code_;
    std::map<int, Child> holders_; ///< those that run
    unsigned prepared_ = 0;        ///< votes; no two have the same title
    std::deque<SecretVoter> voters_;
};

} // namespace plenum::replay
