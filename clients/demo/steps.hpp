#pragma once

#include "clients/demo/meeting.hpp"
#include "clients/demo/motions.hpp"
#include "clients/demo/voters.hpp"

#include <span>

namespace plenum::demo {

/// Does one thing after another until one goes wrong.
template <class... Things>
Tried<void> in_turn(Things&&... things)
{
    Tried<void> done;
    static_cast<void>((... && (done = things()).has_value()));
    return done;
}

using Consoles = std::span<const replay::ConsoleId>;

/// The steps a sitting is made of, one after another as its chair takes them. Each is done over the wire,
/// checks what came back against what must come, and says on the terminal what has happened.
class Steps {
public:
    /// With `voters` members make voting keys when they sign in, and secret votes can be held.
    Steps(Meeting& meeting, const Screen& screen, SittingId sitting, replay::ConsoleId chair,
          Voters* voters = nullptr)
        : meeting_(meeting), screen_(screen), sitting_(sitting), chair_(chair), voters_(voters)
    {}

    SittingId sitting() const { return sitting_; }
    replay::ConsoleId chair() const { return chair_; }
    /// The votes that were announced or void, as the hall was shown them.
    const std::vector<VoteView>& shown() const { return shown_; }

    /// A command that must be accepted, of anybody or of the chair.
    Tried<void> act(replay::ConsoleId console, const Command& command);
    Tried<void> conduct(const Command& command) { return act(chair_, command); }
    /// A command that must be refused for this reason; `attempt` says what was tried.
    Tried<void> refused(replay::ConsoleId console, const Command& command, RefusalCode expected,
                        const LocalText& attempt);

    Tried<void> sign_in(Consoles members);
    Tried<void> sign_out(Consoles members);
    /// Waits until the hall's screen counts this many, and shows it.
    Tried<void> show_attendance(std::uint32_t present);
    /// Waits until the hall's screen shows the sitting in this state.
    Tried<void> reach(SittingState state);

    /// Calls an item up; `number` counts from 1.
    Tried<void> read_item(ItemId item, std::size_t number, const LocalText& title);
    /// Of a secret vote the roll is called first, and every console signs that it stands in it.
    Tried<void> open(VoteId vote);
    /// The members press all at the same time: those who approve first, then the others.
    Tried<void> press(VoteId vote, Consoles members, const Tally& presses);
    Tried<void> count(VoteId vote, replay::ConsoleId teller, const HandsCount& hands);
    /// Closes, and checks every figure against what was pressed or raised. Of a secret vote every console
    /// looks in the sealed box, and the key holders' programs open the totals.
    Tried<void> close(VoteId vote, const Motion& motion);
    /// Announces, and checks what the hall is then shown.
    Tried<void> announce(VoteId vote, const Motion& motion);
    /// Stops an open vote, which then counts for nothing and stays on record.
    Tried<void> stop(VoteId vote, VoidReason reason, const std::string& note);
    /// A further attempt at a vote that is void.
    Tried<VoteId> retry(VoteId vote, std::optional<VoteMethod> by = {});

private:
    Tried<VoteView> wait_for_phase(VoteId vote, SecretPhase phase);
    Tried<void> call_roll(VoteId vote);
    /// The vote as the hall's screen shows it, as soon as it does.
    VoteView shown_now(VoteId vote);
    bool is_secret(VoteId vote) { return voters_ != nullptr && shown_now(vote).secret.has_value(); }

    Meeting& meeting_;
    const Screen& screen_;
    SittingId sitting_;
    replay::ConsoleId chair_;
    Voters* voters_;
    std::vector<VoteView> shown_;
};

} // namespace plenum::demo
