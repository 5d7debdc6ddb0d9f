#pragma once

#include "clients/demo/steps.hpp"

#include <array>

namespace plenum::demo {

/// A body inside the congress with the sitting it holds while the plenary is in recess.
struct InnerBody {
    BodyId body{};
    std::string name;
    SittingId sitting{};
    replay::ConsoleId chair{};
    std::vector<replay::ConsoleId> present; ///< the consoles of those who come to its sitting
};

/// What a congress has besides its plenary.
struct CongressHouse {
    replay::ConsoleId chair{}; ///< the executive chair's, watching
    std::array<replay::ConsoleId, 2> tellers{};
    std::array<std::string, 2> teller_codes;
    std::vector<InnerBody> delegations; ///< in the order of the roster
    InnerBody presidium;
    PersonId attendee{}; ///< who attends without a vote, and answers for the budget
    replay::ConsoleId attendee_console{};
};

/// Calls the congress together: delegations, presidium, tellers, agenda, schedule and notice; everybody at a
/// console but member `left_out`, and nothing begun. With `person_counts` the first teller's console is for a
/// person too.
Tried<CongressHouse> seat_congress(Meeting& meeting, const replay::Stage& stage,
                                   std::optional<std::size_t> left_out, bool person_counts);

} // namespace plenum::demo
