#pragma once

#include "clients/demo/meeting.hpp"

namespace plenum::demo {

/// Calls the committee together and writes its agenda down; the console of member `left_out` is for a person.
Tried<void> seat_committee(Meeting& meeting, const replay::Stage& stage, std::optional<std::size_t> left_out);

/// One of the six motions as a vote on its item.
Tried<VoteId> prepare_motion(Meeting& meeting, std::size_t motion);

/// Plays the committee's meeting from the sign-in to the end, voting in secret. Answers the tracker of some
/// ballot that counted in the last vote.
Tried<std::string> play_committee(Meeting& meeting, const replay::Stage& stage, const Screen& screen);

} // namespace plenum::demo
