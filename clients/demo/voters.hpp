#pragma once

#include "clients/demo/meeting.hpp"
#include "clients/link/voter.hpp"

#include <map>
#include <span>

namespace plenum::demo {

/// The operating system's.
class SystemRandomness final : public ballot::Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

/// What these consoles say they run. The demo pins it, beside the page people open, as a body would pin its
/// consoles.
Digest build_of_the_demo();

/// The simulated members as they vote in secret: a console with keys of its own for each. Everything over the
/// wire and all at once, as in a hall; every receipt and proof is checked.
class Voters {
public:
    explicit Voters(Meeting& meeting) : meeting_(meeting) {}

    /// These have signed in: their consoles are enrolled, once, and make voting keys.
    Tried<void> make_keys(std::span<const replay::ConsoleId> members, SittingId sitting);
    /// These have signed out.
    void forget_keys(std::span<const replay::ConsoleId> members);

    /// Everybody with a key looks for himself or herself in the list that was called, and signs. How many
    /// did.
    std::size_t acknowledge(const VoteView& vote);
    /// One ballot from each; `choices` in the order of the members.
    Tried<void> cast(const VoteView& vote, std::span<const replay::ConsoleId> members,
                     std::span<const Choice> choices);
    /// The same in two steps, for whoever times what lies between: the ballots as they are sent,
    Tried<std::vector<replay::Question>> make_ballots(const VoteView& vote,
                                                      std::span<const replay::ConsoleId> members,
                                                      std::span<const Choice> choices);
    /// and the receipts in the same order; trouble unless every one of them holds.
    Tried<void> take_receipts(const VoteView& vote, std::span<const replay::ConsoleId> members,
                              std::span<const replay::Reply> receipts);
    /// Everybody with a key looks in the sealed box, and signs when it holds what it must. How many did.
    std::size_t confirm(const VoteView& vote);

    /// Of some ballot that has a receipt.
    const std::string& tracker() const { return tracker_; }

private:
    using Sent = std::vector<std::pair<replay::ConsoleId, link::Voter*>>;

    link::Voter& voter(replay::ConsoleId member);
    Sent keyed();
    template <class Answer, class Sign>
    std::size_t sign(const std::vector<replay::Question>& questions, Sign signed_by);

    Meeting& meeting_;
    SystemRandomness randomness_;
    std::map<replay::ConsoleId, std::unique_ptr<link::Voter>> voters_;
    std::map<replay::ConsoleId, bool> enrolled_;
    std::string tracker_;
};

} // namespace plenum::demo
