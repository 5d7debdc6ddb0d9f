#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// Hands that tellers count, silence that an objection ends, windows that run longer.

namespace plenum::sim {

std::optional<HandsCount> Recount::agreed(const Ballot& counted)
{
    if (counted.hands.empty() || counted.hands.size() < counted.profile.tellers) return std::nullopt;
    const auto& first = counted.hands.begin()->second;
    for (const auto& [teller, hands] : counted.hands) {
        if (hands != first) return std::nullopt;
    }
    return first;
}

void Recount::operator()(const HandsCounted& event)
{
    auto& counted = ballot(event.vote);
    claim(counted.stage == Stage::open || counted.stage == Stage::held, "hands in a vote that is not open");
    claim(counted.method != VoteMethod::no_objection && !counted.by_hands.empty(), "hands nobody raises");
    claim(event.hands.total() <= counted.by_hands.size(), "more hands than people who raise them");
    claim(actor_.person == event.teller && actor_.role == Role::teller, "somebody else's count");
    claim(!is_suspended(counted.body, event.teller), "somebody suspended counts");
    counted.hands[event.teller] = event.hands;
    ++hands_counted;
}

void Recount::operator()(const VoteObjected& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::open && vote.method == VoteMethod::no_objection,
          "an objection where none is asked for");
    if (event.person) {
        claim(vote.electorate.contains(*event.person), "an objection from outside the electorate");
        claim(vote.objectors.insert(*event.person).second, "somebody objects twice");
    }
    ++vote.objections;
    ++objections;
}

void Recount::operator()(const VoteMethodSwitched& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::open && vote.method == VoteMethod::no_objection && vote.objections > 0,
          "the method is another though nobody objected");
    claim(event.method != VoteMethod::no_objection, "silence after an objection");
    vote.method = event.method;
    if (event.method == VoteMethod::hands) vote.by_hands = vote.electorate;
}

void Recount::operator()(const VoteExtended& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::open && vote.closes_at_ms && event.closes_at_ms > *vote.closes_at_ms,
          "a window does not run longer");
    vote.closes_at_ms = event.closes_at_ms;
}

} // namespace plenum::sim
