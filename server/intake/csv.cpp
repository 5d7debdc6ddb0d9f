#include "server/intake/csv.hpp"

namespace plenum::intake {
namespace {

/// Takes one cell from the front of `rest`, without the comma or line end after it.
Result<std::string> take_cell(std::string_view& rest)
{
    std::string cell;
    if (!rest.starts_with('"')) {
        const auto end = std::min(rest.find_first_of(",\r\n"), rest.size());
        cell = std::string(rest.substr(0, end));
        rest.remove_prefix(end);
        return cell;
    }
    rest.remove_prefix(1);
    for (;;) {
        const auto quote = rest.find('"');
        if (quote == std::string_view::npos) return fault(Fault::malformed);
        cell += rest.substr(0, quote);
        rest.remove_prefix(quote + 1);
        if (!rest.starts_with('"')) break;
        cell += '"';
        rest.remove_prefix(1);
    }
    if (!rest.empty() && rest.find_first_of(",\r\n") != 0) return fault(Fault::malformed);
    return cell;
}

} // namespace

Result<std::vector<std::vector<std::string>>> parse_csv(std::string_view text)
{
    std::vector<std::vector<std::string>> table;
    while (!text.empty()) {
        std::vector<std::string> row;
        for (;;) {
            auto cell = take_cell(text);
            if (!cell) return cell.error();
            row.push_back(std::move(*cell));
            if (!text.starts_with(',')) break;
            text.remove_prefix(1);
        }
        if (text.starts_with('\r')) text.remove_prefix(1);
        if (text.starts_with('\n')) text.remove_prefix(1);
        const bool blank = row.size() == 1 && row.front().empty();
        if (!blank) table.push_back(std::move(row));
    }
    return table;
}

} // namespace plenum::intake
