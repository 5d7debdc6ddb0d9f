#pragma once

#include "clients/demo/steps.hpp"

#include <random>
#include <set>

namespace plenum::demo {

/// The people who are simulated while others sit at the screens: members who come and press some seconds
/// after a vote is opened, and a teller who counts the hands they raise.
class Crowd {
public:
    Crowd(Meeting& meeting, const Screen& screen) : meeting_(meeting), screen_(screen), voters_(meeting) {}

    /// Whoever comes makes a voting key: the meeting has an election key.
    void vote_in_secret() { makes_keys_ = true; }
    /// These sign in within some seconds, in no order.
    void come(Consoles members, SittingId sitting);
    /// This teller counts hands, besides the one at a screen.
    void let_count(replay::ConsoleId teller) { teller_ = teller; }

    /// Does what is due; plans presses and counts for votes that have been opened since the last look.
    void look();

private:
    using Clock = std::chrono::steady_clock;
    /// One thing somebody will do.
    struct Plan {
        Clock::time_point due;
        replay::Ask ask;
    };

    /// One ballot somebody will cast.
    struct SecretPress {
        Clock::time_point due;
        replay::ConsoleId member{};
        VoteId vote{};
        Choice choice = Choice::abstain;
    };

    void follow_secret_vote(const VoteView& vote);
    void cast_due(const VoteView& vote);
    void make_keys(const std::vector<replay::ConsoleId>& members);
    Clock::time_point due_within(std::chrono::milliseconds earliest, std::chrono::milliseconds latest);
    void plan(std::chrono::milliseconds earliest, std::chrono::milliseconds latest, replay::Ask ask);
    void plan_vote(const VoteView& vote);
    void plan_presses(const VoteView& vote);
    void raise_hands(const VoteView& vote);
    void act(const std::vector<replay::Ask>& asks);

    Meeting& meeting_;
    const Screen& screen_;
    std::optional<replay::ConsoleId> teller_;
    Voters voters_;
    bool makes_keys_ = false;
    std::vector<SecretPress> secret_presses_;
    std::map<VoteId, std::uint32_t> acknowledged_; ///< by vote, the round
    std::set<VoteId> confirmed_;
    std::mt19937 random_{std::random_device{}()};
    std::vector<Plan> plans_;
    std::set<std::pair<VoteId, VoteMethod>> planned_; ///< after an objection the method is another
};

} // namespace plenum::demo
