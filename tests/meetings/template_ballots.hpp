#pragma once

#include "protocol/command.hpp"
#include "protocol/roster.hpp"
#include "tests/meetings/meeting_template.hpp"

// What the secretariat fills into the votes of a template, and what tellers find in the boxes.

namespace plenum::meetings {

/// So many persons a committee appoints in one afternoon (Bishan, 2024-09-27).
inline constexpr std::size_t appointments = 23;
/// Which of them has too few, counted from 1.
inline constexpr std::size_t appointment_refused = 10;

/// So many objects are graded on one sheet: the projects of a year.
inline constexpr std::size_t objects_graded = 10;

/// How the elections of a meeting come out at the first ballot.
enum class FirstBallot {
    settles,    ///< every place is filled
    leaves_open ///< of several places the last is a tie, and one that stands alone stays empty
};

/// What has to come of an object of a sheet, counted from 0: every verdict there is, in turn.
const char* verdict_of(std::size_t object);

/// Puts candidates, projects or objects on the ballot, where this form has any.
void fill_ballot(PrepareVote& vote, TemplateForm form, const std::vector<Member>& members);

/// What came out of the boxes of so many present: everybody gave in a valid ballot.
Command count_of(VoteId vote, const std::optional<BallotList>& list, const std::optional<GradesSheet>& grades,
                 std::uint32_t present);

/// What came out of the boxes when the first ballot leaves something open; `need` approvals elect.
PlacesReturn open_return(const BallotList& list, std::uint32_t present, std::uint32_t need);

/// The list of the vote that settles what this one left open: those who are tied, or whoever is left for the
/// empty places. Nothing when every place is filled.
std::optional<BallotList> list_after(VoteId vote, const BallotList& list, const PlacesDecided& decided);

} // namespace plenum::meetings
