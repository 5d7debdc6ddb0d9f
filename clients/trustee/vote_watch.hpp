#pragma once

#include "protocol/rules/profile.hpp"
#include "protocol/view/secret_vote.hpp"

namespace plenum::trustee {

/// What the server has said of one vote and may not take back: rounds only grow, a list that was called stays
/// as it was, from the opening on no other one comes, and there is one sealed box. A server that shows two is
/// caught before anything is opened, as long as the same program has seen both.
class VoteWatch {
public:
    /// Nothing when this goes on from what was said before; otherwise what was taken back, once and for all.
    std::optional<LocalText> take(const SecretVoteView& view);

private:
    std::optional<LocalText> take_roll(const SecretVoteView& view);
    std::optional<LocalText> take_box(const SealedBoxView& box);

    std::optional<RollView> roll_;
    bool is_opened_ = false; ///< with roll_
    std::optional<SealedBoxView> box_;
};

} // namespace plenum::trustee
