#pragma once

#include "clients/replay/convene.hpp"

// The chamber these tests call together, and what they put to the vote in it.

namespace plenum::replay {

/// A body of numbered members with one meeting of one sitting.
inline Convening chamber_of(std::size_t members)
{
    Convening convening;
    convening.body = "Chamber";
    for (std::size_t member = 1; member <= members; ++member) {
        const auto number = std::to_string(member);
        convening.members.push_back({number, "M" + number, {}, {}, std::nullopt});
    }
    convening.meeting = convening.sitting = "Meeting";
    convening.quorum = {1, 2, true, Base::all_members};
    return convening;
}

/// A vote that over half of all decide, with neither item, title nor text yet.
inline PrepareVote motion_in(SittingId sitting)
{
    PrepareVote prepare;
    prepare.sitting = sitting;
    prepare.profile.id = "test.motion";
    prepare.profile.name = {"议案", "motion"};
    prepare.profile.quorum = prepare.profile.majority = {1, 2, true, Base::all_members};
    return prepare;
}

} // namespace plenum::replay
