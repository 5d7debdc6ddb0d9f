#include "server/chamber/chapters.hpp"

#include <algorithm>

// The agenda itself put to the vote: the first vote of a meeting. When it passes, the adoption follows in the
// same breath (casting.cpp).

namespace plenum::chamber {

bool agenda_is_under_vote(const State& state, MeetingId meeting)
{
    return std::ranges::any_of(state.votes, [&](const auto& entry) {
        const auto& vote = entry.second;
        return vote.adopts_agenda && is_undecided(vote) &&
               record_of(state.sittings, vote.sitting).meeting == meeting;
    });
}

std::optional<Refusal> check_agenda_vote(const State& state, MeetingId meeting)
{
    if (agenda_is_under_vote(state, meeting)) return refuse(RefusalCode::another_vote_open);
    if (draft_items(state, meeting) > 0) return std::nullopt;
    return no(RefusalCode::wrong_state, "没有待通过的议题", "no item waits to be adopted");
}

} // namespace plenum::chamber
