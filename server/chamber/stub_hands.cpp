#include "server/chamber/chapters.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

std::optional<HandsCount> agreed_hands(const Vote&)
{
    return std::nullopt;
}

Decided decide_command(const State&, const CountHands&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const ObjectToVote&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const RecordObjection&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const SwitchVoteMethod&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const ExtendVote&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const HandsCounted&, const Stamp&) {}

void apply_event(State&, const VoteObjected&, const Stamp&) {}

void apply_event(State&, const VoteMethodSwitched&, const Stamp&) {}

void apply_event(State&, const VoteExtended&, const Stamp&) {}

} // namespace plenum::chamber
