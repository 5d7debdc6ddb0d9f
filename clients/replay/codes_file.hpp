#pragma once

#include "clients/replay/trouble.hpp"
#include "protocol/role.hpp"

#include <string_view>
#include <vector>

namespace plenum::replay {

/// One line of the list of access codes that `plenum init` and `plenum import` write.
struct CodeLine {
    std::string number;
    std::string name;
    Role role = Role::observer;
    std::string code;
};

/// Reads CSV with the heading number,name,role,code.
Tried<std::vector<CodeLine>> read_codes(std::string_view text);

/// The first code of a role.
Tried<std::string> code_of(const std::vector<CodeLine>& lines, Role role);

} // namespace plenum::replay
