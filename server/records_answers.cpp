#include "server/records_answers.hpp"

#include "protocol/event.hpp"
#include "protocol/rules/outcome.hpp"
#include "server/papers/csv_line.hpp"
#include "server/papers/stroke_order.hpp"
#include "server/papers/words.hpp"
#include "server/records/words.hpp"

#include <algorithm>

namespace plenum {
namespace {

namespace json = boost::json;
using records::Records;
using records::Table;

constexpr std::size_t rows_max = 1'000'000;
constexpr const char* nothing_found = "没有找到 / nothing found\n";

/// What a column holds, to show it by.
enum class Holds { text, moment, duration, word };

/// A column as people read it; `name` is that of the view.
struct Column {
    const char* name;
    const char* zh;
    const char* en;
    Holds holds = Holds::text;
};

std::string moment(const std::string& at_ms)
{
    return at_ms.empty() ? std::string() : papers::local_moment(std::stoull(at_ms));
}

/// Minutes and seconds.
std::string duration(const std::string& ms)
{
    if (ms.empty()) return {};
    const auto seconds = std::stoull(ms) / 1000;
    const auto rest = std::to_string(seconds % 60);
    return std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

std::string shown(const Column& column, const std::string& value, AnswerForm form)
{
    switch (column.holds) {
    case Holds::text: return value;
    case Holds::moment: return moment(value);
    case Holds::duration: return duration(value);
    case Holds::word: break;
    }
    const auto words = papers::words_for(value);
    return form == AnswerForm::csv || value.empty() ? words.zh : words.zh + ' ' + words.en;
}

std::string as_csv(const Table& table, const std::vector<Column>& columns)
{
    std::vector<std::string> headings;
    for (const auto& column : columns)
        headings.emplace_back(column.zh);
    std::string out = papers::byte_order_mark + papers::csv_line(headings);
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (std::size_t at = 0; at < row.size(); ++at)
            cells.push_back(shown(columns[at], row[at], AnswerForm::csv));
        out += papers::csv_line(cells);
    }
    return out;
}

/// The first `leading` columns make a line of their own, the others one below it, each with its names; what
/// is empty is left out.
std::string as_text(const Table& table, const std::vector<Column>& columns, std::size_t leading)
{
    std::string out;
    for (const auto& row : table.rows) {
        std::string lead;
        std::string figures;
        for (std::size_t at = 0; at < row.size(); ++at) {
            const auto text = shown(columns[at], row[at], AnswerForm::text);
            if (text.empty()) continue;
            if (at < leading) lead += (lead.empty() ? "" : "  ") + text;
            if (at >= leading)
                figures += std::string("  ") + columns[at].zh + ' ' + columns[at].en + ' ' + text;
        }
        out += lead + "\n  " + figures + '\n';
    }
    return out.empty() ? nothing_found : out;
}

/// SQLite itself writes each row as an object, since it knows what is a number.
Result<std::string> as_json(const Records& records, const std::string& question)
{
    const auto named = records.select("SELECT * FROM (" + question + ")", 1);
    if (!named) return named.error();
    std::string members;
    for (const auto& column : named->columns) {
        std::string escaped;
        for (const char c : column)
            escaped += c == '\'' || c == '"' ? std::string(2, c) : std::string(1, c);
        members += (members.empty() ? "'" : ", '") + escaped + "', \"" + escaped + '"';
    }
    const auto rows = records.select("SELECT json_object(" + members + ") FROM (" + question + ")", rows_max);
    if (!rows) return rows.error();
    std::string out = "[";
    for (const auto& row : rows->rows)
        out += (out.size() == 1 ? "\n" : ",\n") + row.front();
    return out + "\n]\n";
}

std::string question_of(const char* view, const std::vector<Column>& columns)
{
    std::string names;
    for (const auto& column : columns)
        names += (names.empty() ? "" : ", ") + std::string(column.name);
    return "SELECT " + names + " FROM " + view;
}

/// The text around the first word looked for, on one line.
std::string excerpt(std::string text, const std::string& typed)
{
    constexpr std::size_t around_bytes = 120;
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    const auto pieces = records::pieces_of(typed);
    const auto word = pieces.empty() ? std::string() : pieces.front();
    const auto found = word.empty() ? std::string::npos : text.find(word);
    const auto place = found == std::string::npos ? 0 : found;
    const auto is_inside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    auto from = place > around_bytes ? place - around_bytes : 0;
    auto to = std::min(place + word.size() + around_bytes, text.size());
    while (is_inside(from))
        ++from;
    while (is_inside(to))
        ++to;
    return (from > 0 ? "…" : "") + text.substr(from, to - from) + (to < text.size() ? "…" : "");
}

std::string found_as_json(const std::vector<records::Found>& hits)
{
    std::string out = "[";
    for (const auto& hit : hits) {
        const json::object one{{"seq", hit.seq}, {"kind", hit.kind}, {"at", hit.at_ms}, {"text", hit.text}};
        out += (out.size() == 1 ? "\n" : ",\n") + json::serialize(one);
    }
    return out + "\n]\n";
}

} // namespace

Result<std::string> list_votes(const Records& records, AnswerForm form)
{
    static const std::vector<Column> columns{{"at", "时间", "at", Holds::moment},
                                             {"title", "表决事项", "vote"},
                                             {"meeting", "会议", "meeting"},
                                             {"sitting", "会次", "sitting"},
                                             {"attempt", "第几次", "attempt"},
                                             {"method", "方式", "method", Holds::word},
                                             {"base", "应到", "due"},
                                             {"present", "到会", "present"},
                                             {"approve", "赞成", "approve"},
                                             {"oppose", "反对", "oppose"},
                                             {"abstain", "弃权", "abstain"},
                                             {"not_pressed", "未按", "not pressed"},
                                             {"verdict", "结果", "result", Holds::word},
                                             {"void_reason", "作废原因", "void", Holds::word},
                                             {"approval", "上级批准", "approval", Holds::word},
                                             {"annulled", "撤销", "annulled"}};
    if (form == AnswerForm::json) return as_json(records, "SELECT * FROM vote_list");
    const auto table = records.select(question_of("vote_list", columns), rows_max);
    if (!table) return table.error();
    return form == AnswerForm::csv ? as_csv(*table, columns) : as_text(*table, columns, 2);
}

Result<std::string> list_attendance(const Records& records, AnswerForm form)
{
    static const std::vector<Column> columns{{"name", "姓名", "name"},
                                             {"body", "机构", "body"},
                                             {"number", "证号", "number"},
                                             {"grp", "代表团", "delegation"},
                                             {"due", "应到次数", "due"},
                                             {"came", "出席次数", "came"},
                                             {"remote", "远程出席", "by video"},
                                             {"on_leave", "请假", "on leave"},
                                             {"absent_without_leave", "未经批准缺席", "absent without leave"},
                                             {"speeches", "发言次数", "speeches"},
                                             {"spoken_ms", "发言时长", "spoken", Holds::duration}};
    if (form == AnswerForm::json) return as_json(records, "SELECT * FROM attendance_list");
    auto table = records.select(question_of("attendance_list", columns), rows_max);
    if (!table) return table.error();
    const papers::StrokeOrder strokes;
    // The view keeps each body together.
    for (auto first = table->rows.begin(); first != table->rows.end();) {
        const auto last =
            std::find_if(first, table->rows.end(), [&](const auto& row) { return row[1] != (*first)[1]; });
        std::stable_sort(first, last,
                         [&](const auto& a, const auto& b) { return strokes.before(a[0], b[0]); });
        first = last;
    }
    return form == AnswerForm::csv ? as_csv(*table, columns) : as_text(*table, columns, 1);
}

Result<std::string> list_found(const Records& records, const std::string& typed, std::size_t limit,
                               AnswerForm form)
{
    const auto hits = records.search(typed, limit);
    if (!hits) return hits.error();
    if (form == AnswerForm::json) return found_as_json(*hits);
    Table table;
    const std::vector<Column> columns{{"at", "时间", "at", Holds::moment},
                                      {"kind", "种类", "kind", Holds::word},
                                      {"text", "内容", "text"},
                                      {"seq", "记录号", "entry"}};
    for (const auto& hit : *hits) {
        auto text = form == AnswerForm::csv ? hit.text : excerpt(hit.text, typed);
        table.rows.push_back({std::to_string(hit.at_ms), hit.kind, std::move(text), std::to_string(hit.seq)});
    }
    return form == AnswerForm::csv ? as_csv(table, columns) : as_text(table, columns, 3);
}

Result<std::string> list_selected(const Records& records, const std::string& sql, AnswerForm form)
{
    if (form == AnswerForm::json) return as_json(records, sql);
    const auto table = records.select(sql, rows_max);
    if (!table) return table.error();
    std::string out = papers::byte_order_mark + papers::csv_line(table->columns);
    for (const auto& row : table->rows)
        out += papers::csv_line(row);
    return out;
}

} // namespace plenum
