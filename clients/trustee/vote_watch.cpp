#include "clients/trustee/vote_watch.hpp"

namespace plenum::trustee {
namespace {

bool same(const RollView& left, const RollView& right)
{
    return left.round == right.round && left.question == right.question && left.rule == right.rule &&
           left.roll_root == right.roll_root && left.list_length == right.list_length &&
           left.vote_generator == right.vote_generator;
}

bool same(const SealedBoxView& left, const SealedBoxView& right)
{
    return left.root == right.root && left.file == right.file && left.ballots == right.ballots &&
           left.spoils == right.spoils;
}

bool is_opened(SecretPhase phase)
{
    return phase == SecretPhase::open || phase == SecretPhase::closed || phase == SecretPhase::sealed ||
           phase == SecretPhase::opened;
}

} // namespace

std::optional<LocalText> VoteWatch::take_roll(const SecretVoteView& view)
{
    const auto& roll = *view.roll;
    if (roll_ && roll.round < roll_->round)
        return LocalText{"服务器重新使用了先前的名单",
                         "the server goes back to the list of an earlier round"};
    const bool is_other = roll_ && !same(roll, *roll_);
    if (is_other && is_opened_)
        return LocalText{"开始表决后名单被更换", "the list was changed after the vote was opened"};
    if (is_other && roll.round == roll_->round)
        return LocalText{"同一轮有两份名单", "there are two lists of one round"};
    roll_ = roll;
    is_opened_ = is_opened_ || is_opened(view.phase);
    return std::nullopt;
}

std::optional<LocalText> VoteWatch::take_box(const SealedBoxView& box)
{
    if (box_ && !same(*box_, box))
        return LocalText{"服务器先后公布了两个票箱", "the server has shown two boxes of one vote"};
    box_ = box;
    return std::nullopt;
}

std::optional<LocalText> VoteWatch::take(const SecretVoteView& view)
{
    if (view.roll) {
        if (auto lie = take_roll(view)) return lie;
    }
    if (view.box) return take_box(*view.box);
    return std::nullopt;
}

} // namespace plenum::trustee
