#include "clients/replay/codes_file.hpp"

#include <algorithm>

namespace plenum::replay {
namespace {

/// The cells of one line; `rest` then begins at the next. Cells with a comma or a quotation mark are quoted.
std::vector<std::string> take_line(std::string_view& rest)
{
    std::vector<std::string> cells(1);
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest.size() && (quoted || rest[at] != '\n'); ++at) {
        const char c = rest[at];
        const bool doubled = quoted && c == '"' && at + 1 < rest.size() && rest[at + 1] == '"';
        if (doubled) {
            cells.back() += c;
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else if (c != '\r' || quoted) {
            cells.back() += c;
        }
    }
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return cells;
}

} // namespace

Tried<std::vector<CodeLine>> read_codes(std::string_view text)
{
    std::vector<CodeLine> lines;
    if (take_line(text) != std::vector<std::string>{"number", "name", "role", "code"}) {
        return trouble("not a list of access codes", "the heading must be number,name,role,code");
    }
    while (!text.empty()) {
        auto cells = take_line(text);
        if (cells.size() == 1 && cells.front().empty()) continue;
        const auto role = cells.size() == 4 ? codec::enum_from<Role>(cells[2]) : std::nullopt;
        if (!role)
            return trouble("list of access codes",
                           "line " + std::to_string(lines.size() + 2) + " does not fit");
        lines.push_back({std::move(cells[0]), std::move(cells[1]), *role, std::move(cells[3])});
    }
    return lines;
}

Tried<std::string> code_of(const std::vector<CodeLine>& lines, Role role)
{
    const auto found = std::ranges::find(lines, role, &CodeLine::role);
    if (found == lines.end())
        return trouble("no access code for the role " + std::string(codec::enum_name(role)));
    return found->code;
}

} // namespace plenum::replay
