#pragma once

#include "protocol/command/vote.hpp"
#include "protocol/roster.hpp"
#include "tests/meetings/meeting_template.hpp"

// What the secretariat fills into the votes of a template, and what tellers find in the boxes.

namespace plenum::meetings {

/// So many persons a committee appoints in one afternoon (Bishan, 2024-09-27).
inline constexpr std::size_t appointments = 23;
/// Which of them has too few, counted from 1.
inline constexpr std::size_t appointment_refused = 10;

/// Puts candidates, projects or objects on the ballot, where this form has any.
void fill_ballot(PrepareVote& vote, TemplateForm form, const std::vector<Member>& members);

/// What came out of the boxes of so many present: everybody gave in a valid ballot.
Command count_of(VoteId vote, const std::optional<BallotList>& list, const std::optional<GradesSheet>& grades,
                 std::uint32_t present);

} // namespace plenum::meetings
