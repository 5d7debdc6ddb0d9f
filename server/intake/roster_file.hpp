#pragma once

#include "protocol/command.hpp"

namespace plenum::intake {

/// Why a roster file cannot be taken, in words for the secretariat. Nothing of the file has been used.
struct RosterFault {
    std::size_t row = 0; ///< 1 for the first member; 0 when the file as a whole is wrong
    LocalText reason;
};

/// Reads a roster as the secretariat has it: JSON `{"members":[{"id":…,"name":…,"group":…,"seat":…}]}` (or a
/// list of such members), or CSV whose first line names the columns number,name,group,seat or
/// 证号,姓名,代表团,座位. Either in UTF-8, with or without byte order mark, or in GB18030. Only the shape is
/// checked here; whether the roster makes sense is the chamber's to decide.
boost::system::result<std::vector<RosterRow>, RosterFault> read_roster(std::string_view text);

} // namespace plenum::intake
