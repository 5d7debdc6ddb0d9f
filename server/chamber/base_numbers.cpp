#include "server/chamber/chapters.hpp"

#include <algorithm>

// The base number of a vote where it is not the roster: somebody says why, and a second person confirms it
// before the vote is opened (PE-23, domain 2.1).

namespace plenum::chamber {
namespace {

/// Whether this waits with the same number, written down in one breath with it.
bool waits_with(const Vote& other, const Vote& vote)
{
    const bool same_series = vote.series && other.series && other.series->first == vote.series->first;
    return same_series && other.sitting == vote.sitting && other.state == VoteState::prepared &&
           other.base_reason == vote.base_reason && other.base_members == vote.base_members &&
           other.base_by == vote.base_by && !other.base_confirmed_by;
}

} // namespace

std::optional<Refusal> check_base(std::size_t roster_size, const PrepareVote& command)
{
    if (roster_size == 0) return no(RefusalCode::wrong_state, "尚未导入名册", "the body has no roster yet");
    if (!command.base_members || *command.base_members == roster_size) return std::nullopt;
    if (*command.base_members == 0) {
        return no(RefusalCode::base_needs_reason, "基数至少为1", "the base is at least 1");
    }
    if (!is_line(command.base_reason, reason_bytes_max)) {
        return no(RefusalCode::base_needs_reason,
                  "名册" + std::to_string(roster_size) + "人，基数" + std::to_string(*command.base_members),
                  "roster " + std::to_string(roster_size) + ", base " +
                      std::to_string(*command.base_members));
    }
    return std::nullopt;
}

std::optional<Refusal> check_base_confirmed(const Vote& vote)
{
    if (vote.base_reason.empty() || vote.base_confirmed_by) return std::nullopt;
    const auto base = std::to_string(vote.base_members);
    return no(RefusalCode::base_not_confirmed, "基数" + base + "，理由：" + vote.base_reason,
              "base " + base + ", because: " + vote.base_reason);
}

void settle_base(const State& state, const VotePrepared& event, const Vote* before, const Stamp& stamp,
                 Vote& vote)
{
    if (vote.base_reason.empty()) return;
    if (before == nullptr && event.split) before = &record_of(state.votes, event.split->vote);
    vote.base_by = before != nullptr ? before->base_by : stamp.actor.person;
    if (before != nullptr) vote.base_confirmed_by = before->base_confirmed_by;
}

void view_base(const State& state, const Vote& vote, VoteView& view)
{
    if (vote.base_reason.empty()) return;
    BaseGiven given{vote.base_reason, vote.base_by, std::nullopt};
    if (const auto& person = vote.base_confirmed_by)
        given.confirmed_by = NamedPerson{*person, record_of(state.persons, *person).name};
    view.base_given = std::move(given);
}

Decided decide_command(const State& state, const ConfirmBase& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::prepared) return wrong_state(vote.state);
    if (vote.base_reason.empty()) {
        return no(RefusalCode::nothing_to_do, "基数与名册一致", "the base is that of the roster");
    }
    if (vote.base_confirmed_by) return refuse(RefusalCode::nothing_to_do);
    if (vote.base_by == context.actor.person) {
        return no(RefusalCode::base_not_confirmed, "填写基数的人不能自行确认",
                  "who wrote it down cannot confirm it");
    }
    if (command.base_members != vote.base_members) {
        const auto base = std::to_string(vote.base_members);
        return no(RefusalCode::base_not_confirmed, "待确认的基数是" + base, "the base to confirm is " + base);
    }
    return Decision{{BaseConfirmed{command.vote, *context.actor.person, vote.base_members}}, {}};
}

void apply_event(State& state, const BaseConfirmed& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::prepared && !vote.base_reason.empty());
    PLENUM_ASSERT(!vote.base_confirmed_by && vote.base_by != event.person);
    for (const auto id : record_of(state.sittings, vote.sitting).votes) {
        auto& other = record_of(state.votes, id);
        if (id != event.vote && waits_with(other, vote)) other.base_confirmed_by = event.person;
    }
    vote.base_confirmed_by = event.person;
}

} // namespace plenum::chamber
