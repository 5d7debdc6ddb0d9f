#include "server/intake/roster_file.hpp"

#include "protocol/roster.hpp"
#include "server/intake/csv.hpp"
#include "server/intake/encoding.hpp"

#include <algorithm>
#include <array>

namespace plenum::intake {
namespace {

namespace json = boost::json;
using Rows = boost::system::result<std::vector<RosterRow>, RosterFault>;

RosterFault whole(std::string zh, std::string en)
{
    return {0, {std::move(zh), std::move(en)}};
}

RosterFault not_decoded(std::size_t row, Encoding encoding)
{
    if (encoding == Encoding::utf8)
        return {row, {"有不是UTF-8编码的字符", "there is a character that is not UTF-8"}};
    return {row,
            {"有既不是UTF-8也不是GB18030编码的字符，或自造字",
             "there is a character that is neither UTF-8 nor GB18030, or of somebody's own making"}};
}

RosterFault misread(std::size_t row)
{
    return {
        row,
        {"按GB18030读出的不像中文，文件可能是其他编码（如Big5），请另存为UTF-8",
         "read as GB18030 this is hardly Chinese: the file may be in another encoding, such as Big5; save it "
         "as UTF-8"}};
}

/// A cell of a JSON roster: text, or a whole number such as a seat.
std::optional<std::string> cell(const json::object& member, std::string_view name)
{
    const auto* value = member.if_contains(name);
    if (value == nullptr || value->is_null()) return std::string();
    if (const auto* text = value->if_string()) return std::string(*text);
    if (const auto* number = value->if_int64()) return std::to_string(*number);
    return std::nullopt;
}

Rows read_json(std::string_view text, Encoding encoding)
{
    const auto decoded = Decoder(encoding).decode(text);
    if (!decoded) return not_decoded(0, encoding);
    if (encoding == Encoding::gb18030 && !reads_like_gb18030(text)) return misread(0);
    const auto value = parse_json(*decoded);
    if (!value) return whole("不是有效的JSON文件", "not a valid JSON file");
    const json::value* list = &*value;
    if (const auto* object = value->if_object()) list = object->if_contains("members");
    if (list == nullptr || !list->is_array()) {
        return whole("找不到成员列表（members）", "there is no list called members");
    }
    std::vector<RosterRow> rows;
    for (const auto& element : list->get_array()) {
        const auto row = rows.size() + 1;
        const auto* member = element.if_object();
        if (member == nullptr) return RosterFault{row, {"该行不是成员", "this row is not a member"}};
        const auto number = cell(*member, member->contains("number") ? "number" : "id");
        const auto name = cell(*member, "name");
        const auto group = cell(*member, "group");
        const auto seat = cell(*member, "seat");
        if (!number || !name || !group || !seat) {
            return RosterFault{row, {"单元格必须是文字或整数", "a cell must be text or a whole number"}};
        }
        rows.push_back({*number, *name, *group, *seat, std::nullopt});
    }
    return rows;
}

struct Column {
    const char* english;
    const char* chinese;
    std::string RosterRow::*member;
};

constexpr std::array columns = {
    Column{"number", "证号", &RosterRow::number},
    Column{"name", "姓名", &RosterRow::name},
    Column{"group", "代表团", &RosterRow::group},
    Column{"seat", "座位", &RosterRow::seat},
};

/// Commas, quotation marks and line ends are never part of another character in either encoding, so the table
/// is taken apart first, and what cannot be decoded is known by its row.
std::optional<RosterFault> decode(std::vector<std::vector<std::string>>& table, Encoding encoding)
{
    const Decoder decoder(encoding);
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string whole_row;
        for (const auto& cell : table[row])
            whole_row += cell + ' ';
        if (encoding == Encoding::gb18030 && !reads_like_gb18030(whole_row)) return misread(row);
        for (auto& cell : table[row]) {
            auto text = decoder.decode(cell);
            if (!text) return not_decoded(row, encoding);
            cell = std::move(*text);
        }
    }
    return std::nullopt;
}

Rows read_csv(std::string_view text, Encoding encoding)
{
    auto table = parse_csv(text);
    if (!table) return whole("表格中的引号不成对", "a quotation mark in the table is not closed");
    if (table->empty()) return whole("文件为空", "the file is empty");
    if (auto wrong = decode(*table, encoding)) return std::move(*wrong);
    std::vector<std::string RosterRow::*> meaning;
    for (const auto& heading : table->front()) {
        const auto found = std::ranges::find_if(
            columns, [&](const Column& c) { return heading == c.english || heading == c.chinese; });
        meaning.push_back(found == columns.end() ? nullptr : found->member);
    }
    for (const auto* needed : {&columns[0], &columns[1]}) {
        if (std::ranges::find(meaning, needed->member) == meaning.end()) {
            return whole(std::string("缺少列：") + needed->chinese,
                         std::string("missing column: ") + needed->english);
        }
    }
    std::vector<RosterRow> rows;
    for (std::size_t line = 1; line < table->size(); ++line) {
        const auto& cells = (*table)[line];
        if (cells.size() > meaning.size()) {
            return RosterFault{line, {"单元格多于表头", "more cells than the heading has"}};
        }
        RosterRow row;
        for (std::size_t at = 0; at < cells.size(); ++at) {
            if (meaning[at] != nullptr) row.*meaning[at] = cells[at];
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

Rows read_roster(std::string_view text)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return whole("文件是UTF-16编码，请另存为“CSV UTF-8”", "the file is UTF-16: save it as CSV UTF-8");
    }
    const bool is_marked = text.starts_with("\xEF\xBB\xBF");
    if (is_marked) text.remove_prefix(3);
    const auto encoding = is_marked ? Encoding::utf8 : encoding_of(text);
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return whole("文件为空", "the file is empty");
    const bool is_json = text[first] == '{' || text[first] == '[';
    auto rows = is_json ? read_json(text, encoding) : read_csv(text, encoding);
    if (rows && rows->empty()) return whole("名册中没有成员", "the roster has no members");
    if (rows && rows->size() > roster_members_max)
        return whole("成员超过10000人", "more than 10,000 members");
    return rows;
}

} // namespace plenum::intake
