#pragma once

#include "clients/replay/hall.hpp"

namespace plenum::replay {

/// What a secretary has to know to call a body together.
struct Convening {
    BodyKind body_kind = BodyKind::assembly;
    std::string body;
    std::vector<RosterRow> members;
    std::size_t chair = 0; ///< which of the members presides
    std::string meeting;
    std::uint32_t term_no = 0;
    std::uint32_t session_no = 0;
    Threshold quorum;
    std::string sitting;
    MeetingKind meeting_kind = MeetingKind::other;
};

/// A body with a meeting and one sitting, and the access codes of everybody in it.
struct Convened {
    BodyId body{};
    MeetingId meeting{};
    SittingId sitting{};
    std::vector<std::string> member_codes; ///< in the order of the members
    std::vector<PersonId> persons;         ///< in the same order
    std::string chair_code;
};

/// Makes access codes and answers them.
Tried<std::vector<IssuedCode>> issue_codes(Hall& hall, ConsoleId secretary, const IssueAccessCodes& command);

/// Makes the body, imports its roster, appoints the chair, issues the codes, makes meeting and sitting: all
/// as a secretary does it, over the wire.
Tried<Convened> convene(Hall& hall, ConsoleId secretary, const Convening& convening);

} // namespace plenum::replay
