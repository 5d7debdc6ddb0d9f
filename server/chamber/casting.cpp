#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter six: pressing, holding, and closing. Closing decides the figures and the outcome in the same
// breath, and the identity approve + oppose + abstain + not_pressed = N is claimed wherever the figures pass.

namespace plenum::chamber {
namespace {

bool ran_out(const Vote& vote, std::uint64_t now_ms)
{
    return vote.profile.close == ClosePolicy::timer && vote.closes_at_ms && now_ms > *vote.closes_at_ms;
}

/// Why nobody can press, or hold it, now.
std::optional<Refusal> check_open(const Vote& vote, std::uint64_t now_ms)
{
    if (vote.state == VoteState::held) return refuse(RefusalCode::vote_held);
    if (vote.state != VoteState::open) return refuse(RefusalCode::vote_not_open);
    if (ran_out(vote, now_ms)) {
        return no(RefusalCode::vote_not_open, "表决时间已到", "the time to vote has run out");
    }
    return std::nullopt;
}

void add(Tally& tally, const Vote& vote, PersonId person)
{
    const auto press = vote.presses.find(person);
    if (press == vote.presses.end()) {
        ++tally.not_pressed;
        return;
    }
    switch (press->second.choice) {
    case Choice::approve: ++tally.approve; break;
    case Choice::oppose: ++tally.oppose; break;
    case Choice::abstain: ++tally.abstain; break;
    }
}

/// The figures within the groups the rule names.
std::vector<GroupTally> group_tallies(const Body& body, const Vote& vote)
{
    std::vector<GroupTally> groups;
    for (const auto& name : vote.profile.groups) {
        GroupTally group{name, 0, {}};
        for (const auto& member : body.members) {
            if (member.group != name) continue;
            ++group.members;
            if (std::ranges::binary_search(vote.electorate, member.person))
                add(group.tally, vote, member.person);
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

Decision closing(const State& state, VoteId id, ClosedBy by)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    VoteDecided decided;
    decided.vote = id;
    decided.tally = tally_of(vote);
    decided.groups = group_tallies(record_of(state.bodies, sitting.body), vote);
    decided.left = count(static_cast<std::size_t>(std::ranges::count_if(
        vote.electorate, [&](PersonId person) { return !sitting.present.contains(person); })));
    decided.outcome = decide_outcome(vote.profile, vote.base_members, decided.tally, decided.groups);
    return Decision{{VoteClosed{id, by}, std::move(decided)}, {}};
}

} // namespace

Tally tally_of(const Vote& vote)
{
    Tally tally;
    for (const auto person : vote.electorate)
        add(tally, vote, person);
    PLENUM_ASSERT(tally.present() == vote.electorate.size() && tally.cast() == vote.presses.size());
    return tally;
}

Decided decide_command(const State& state, const CastVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    const auto person = *context.actor.person;
    if (auto refusal = check_open(vote, context.now_ms)) return *refusal;
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (find_member(record_of(state.bodies, sitting.body), person) == nullptr) {
        return refuse(RefusalCode::not_a_member);
    }
    if (!sitting.present.contains(person)) return refuse(RefusalCode::not_signed_in);
    if (!std::ranges::binary_search(vote.electorate, person)) return refuse(RefusalCode::not_in_electorate);
    if (vote.profile.press == PressPolicy::first && vote.presses.contains(person)) {
        return refuse(RefusalCode::already_pressed);
    }
    return Decision{{VoteCast{command.vote, person, command.choice}}, {}};
}

Decided decide_command(const State& state, const HoldVote& command, const Context& context)
{
    if (auto refusal = check_open(record_of(state.votes, command.vote), context.now_ms)) return *refusal;
    if (!is_line_or_empty(command.reason, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{VoteHeld{command.vote, command.reason}}, {}};
}

Decided decide_command(const State& state, const ResumeVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state == VoteState::open) return wrong_state(vote.state);
    if (vote.state != VoteState::held) return refuse(RefusalCode::vote_not_open);
    VoteResumed resumed{command.vote, std::nullopt};
    if (vote.profile.close != ClosePolicy::chair)
        resumed.closes_at_ms = context.now_ms + vote.held_remaining_ms;
    return Decision{{resumed}, {}};
}

Decided decide_command(const State& state, const CloseVote& command, const Context&)
{
    const auto vote = record_of(state.votes, command.vote).state;
    if (vote != VoteState::open && vote != VoteState::held) return refuse(RefusalCode::vote_not_open);
    return closing(state, command.vote, ClosedBy::chair);
}

Decided decide_timeout(const State& state, VoteId id, std::uint64_t now_ms)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end()) return refuse(RefusalCode::no_such_record);
    const auto& vote = found->second;
    if (vote.state == VoteState::held) return refuse(RefusalCode::vote_held);
    if (vote.state != VoteState::open) return refuse(RefusalCode::vote_not_open);
    if (!ran_out(vote, std::max(now_ms, state.now_ms))) return wrong_state(vote.state);
    return closing(state, id, ClosedBy::timer);
}

std::optional<NextTimeout> next_timeout(const State& state)
{
    std::optional<NextTimeout> next;
    for (const auto& [sitting_id, sitting] : state.sittings) {
        if (!sitting.open_vote) continue;
        const auto& vote = record_of(state.votes, *sitting.open_vote);
        if (vote.profile.close != ClosePolicy::timer || vote.state != VoteState::open) continue;
        if (!next || *vote.closes_at_ms < next->at_ms)
            next = NextTimeout{*sitting.open_vote, *vote.closes_at_ms};
    }
    return next;
}

void apply_event(State& state, const VoteCast& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open);
    PLENUM_ASSERT(std::ranges::binary_search(vote.electorate, event.person));
    const bool again = !vote.presses.insert_or_assign(event.person, Press{event.choice, stamp.seq}).second;
    PLENUM_ASSERT(!again || vote.profile.press == PressPolicy::last);
}

void apply_event(State& state, const VoteHeld& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open);
    vote.state = VoteState::held;
    if (!vote.closes_at_ms) return;
    vote.held_remaining_ms = *vote.closes_at_ms > stamp.at_ms ? *vote.closes_at_ms - stamp.at_ms : 0;
    vote.closes_at_ms.reset();
}

void apply_event(State& state, const VoteResumed& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::held);
    PLENUM_ASSERT(event.closes_at_ms.has_value() == (vote.profile.close != ClosePolicy::chair));
    vote.state = VoteState::open;
    vote.closes_at_ms = event.closes_at_ms;
    vote.held_remaining_ms = 0;
}

void apply_event(State& state, const VoteClosed& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    auto& sitting = record_of(state.sittings, vote.sitting);
    PLENUM_ASSERT(sitting.open_vote == event.vote);
    vote.state = VoteState::closed;
    vote.closes_at_ms.reset();
    sitting.open_vote.reset();
}

void apply_event(State& state, const VoteDecided& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::closed);
    PLENUM_ASSERT(event.tally == tally_of(vote));
    PLENUM_ASSERT(event.outcome ==
                  decide_outcome(vote.profile, vote.base_members, event.tally, event.groups));
    vote.state = VoteState::decided;
    vote.result = ResultView{event.tally, event.groups, event.left, event.outcome};
    if (vote.item && event.outcome.verdict != Verdict::invalid_low_participation) {
        auto& item = record_of(state.items, *vote.item);
        item.state = ItemState::decided;
        item.outcome = ItemOutcome::by_vote;
    }
}

} // namespace plenum::chamber
