#include "server/chamber/chapters.hpp"

// Chapter eight: adoption without objection. Silence decides; the first objection ends it, and the same vote
// goes on by console or by hands with the members who were there when it opened.

namespace plenum::chamber {
namespace {

std::optional<Refusal> check_silence(const Vote& vote, std::uint64_t now_ms)
{
    if (auto refusal = check_vote_open(vote, now_ms)) return refusal;
    if (vote.method == VoteMethod::no_objection) return std::nullopt;
    return no(RefusalCode::wrong_state, "本次表决须逐人表决，不征求异议",
              "this is voted on; objections are not asked for");
}

} // namespace

Decided decide_command(const State& state, const ObjectToVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    const auto person = *context.actor.person;
    if (auto refusal = check_silence(vote, context.now_ms)) return *refusal;
    if (auto refusal = check_elector(state, vote, person)) return *refusal;
    if (vote.objectors.contains(person)) {
        return no(RefusalCode::nothing_to_do, "您已提出异议", "you have objected already");
    }
    return Decision{{VoteObjected{command.vote, person}}, {}};
}

Decided decide_command(const State& state, const RecordObjection& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_silence(vote, context.now_ms)) return *refusal;
    return Decision{{VoteObjected{command.vote, std::nullopt}}, {}};
}

Decided decide_command(const State& state, const SwitchVoteMethod& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_silence(vote, context.now_ms)) return *refusal;
    if (command.to == VoteMethod::no_objection) return refuse(RefusalCode::nothing_to_do);
    if (command.to == VoteMethod::paper) {
        return no(RefusalCode::wrong_state, "改为投票的，请另行准备表决",
                  "to vote on paper, prepare another vote");
    }
    if (vote.objections == 0) return refuse(RefusalCode::no_objection_yet);
    return Decision{{VoteMethodSwitched{command.vote, command.to}}, {}};
}

void apply_event(State& state, const VoteObjected& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open && vote.method == VoteMethod::no_objection);
    if (event.person) {
        const bool first = vote.objectors.insert(*event.person).second;
        PLENUM_ASSERT(first);
    }
    ++vote.objections;
}

void apply_event(State& state, const VoteMethodSwitched& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open && vote.method == VoteMethod::no_objection);
    PLENUM_ASSERT(vote.objections > 0);
    PLENUM_ASSERT(event.method == VoteMethod::console || event.method == VoteMethod::hands);
    vote.method = event.method;
    // By console those raise a hand who attended by video when it opened; they stand in by_hands since then.
    if (event.method == VoteMethod::hands) vote.by_hands = vote.electorate;
}

} // namespace plenum::chamber
