#include "server/chamber/agenda_tree.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// A whole agenda at once, as the secretariat has it. One reader for both uses: an import refuses with the
// first thing that is wrong, a check lists all.

namespace plenum::chamber {
namespace {

constexpr std::size_t rows_per_import_max = 400;

/// Turns rows into items, one after the other, below what stands on the agenda already.
class AgendaReader {
public:
    AgendaReader(const State& state, MeetingId meeting) : state_(state), meeting_(meeting) {}

    void read(const AgendaRow& row)
    {
        ++row_;
        check_texts(row);
        const auto level = level_in_tree(row.level);
        path_.resize(level - 1);
        const auto parent = path_.empty() ? std::nullopt : std::optional(path_.back());
        if (const auto known = find_known(parent, row.title)) {
            ++present;
            path_.push_back(*known);
        } else {
            path_.push_back(add(row, parent));
        }
    }

    std::vector<ItemAdded> added;
    std::uint32_t present = 0; ///< rows that stand there already
    std::vector<RowFinding> errors;

private:
    void fail(const char* zh, const char* en) { errors.push_back({row_, RowSeverity::error, {zh, en}}); }

    void check_texts(const AgendaRow& row)
    {
        if (!is_line(row.title, title_bytes_max))
            fail("标题为空或不合格式", "the title is empty or not one line");
        if (!is_line_or_empty(row.presenter, name_bytes_max))
            fail("报告人不合格式", "the presenter is not one short line");
    }

    /// The level of the row; after a complaint the nearest that is possible, so that one mistake is told
    /// once.
    std::size_t level_in_tree(std::size_t level)
    {
        const auto deepest = std::min(path_.size() + 1, agenda_depth_max);
        if (level == 0 || level > agenda_depth_max) {
            fail("级别须为1至4", "the level is from 1 to 4");
        } else if (level > deepest) {
            fail(row_ == 1 ? "第一行须为1级" : "级别比上一行深了不止一级",
                 row_ == 1 ? "the first row is of level 1"
                           : "the level is more than one deeper than the row before");
        }
        return std::clamp<std::size_t>(level, 1, deepest);
    }

    const std::vector<ItemId>& standing_below(std::optional<ItemId> parent) const
    {
        static const std::vector<ItemId> none;
        return is_new(parent) ? none : children_of(state_, meeting_, parent);
    }

    /// Of several items with one title each stands for one row.
    std::optional<ItemId> find_known(std::optional<ItemId> parent, const std::string& title)
    {
        for (const auto id : standing_below(parent)) {
            if (record_of(state_.items, id).title == title && taken_.insert(id).second) return id;
        }
        return std::nullopt;
    }

    ItemId add(const AgendaRow& row, std::optional<ItemId> parent)
    {
        if (parent && !is_new(parent) && record_of(state_.items, *parent).state == ItemState::withdrawn)
            fail("上级议题已经撤回", "the item above is withdrawn");
        const auto position = standing_below(parent).size() + added_below_[parent]++;
        added.push_back({meeting_, row.title, parent, count(position), row.item_kind, row.minutes,
                         row.presenter, row.is_closed});
        return ItemId{state_.entries + added.size() - 1};
    }

    /// One of this import: its entry is still to be written.
    bool is_new(std::optional<ItemId> id) const { return id && number(*id) >= state_.entries; }

    const State& state_;
    MeetingId meeting_;
    std::uint32_t row_ = 0;
    std::vector<ItemId> path_; ///< the last item on each level
    std::set<ItemId> taken_;   ///< items that stood there and have their row
    std::map<std::optional<ItemId>, std::size_t> added_below_;
};

std::optional<Refusal> check_size(std::size_t rows)
{
    if (rows == 0) return no(RefusalCode::invalid_text, "没有任何行", "there are no rows");
    if (rows <= rows_per_import_max) return std::nullopt;
    const auto limit = std::to_string(rows_per_import_max);
    return no(RefusalCode::too_many, "一次最多导入" + limit + "行", "at most " + limit + " rows at a time");
}

std::optional<Refusal> check_total(std::size_t items)
{
    if (items <= items_per_meeting_max) return std::nullopt;
    const auto limit = std::to_string(items_per_meeting_max);
    return no(RefusalCode::too_many, "一次会议最多" + limit + "项议题",
              "a meeting has at most " + limit + " items");
}

} // namespace

Decided decide_command(const State& state, const ImportAgenda& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    if (auto refusal = check_agenda_still(state, command.meeting)) return *refusal;
    if (auto refusal = check_size(command.items.size())) return *refusal;
    AgendaReader reader(state, command.meeting);
    for (const auto& row : command.items)
        reader.read(row);
    if (!reader.errors.empty()) {
        const auto& first = reader.errors.front();
        const auto row = std::to_string(first.row);
        return no(RefusalCode::invalid_text, "第" + row + "行：" + first.words.zh,
                  "row " + row + ": " + first.words.en);
    }
    if (auto refusal = check_total(items_of(state, command.meeting) + reader.added.size())) return *refusal;
    if (reader.added.empty()) {
        return no(RefusalCode::nothing_to_do, "各行均已列入议程", "every row stands on the agenda already");
    }
    Decision decision{{reader.added.begin(), reader.added.end()}, {}};
    decision.events.emplace_back(AgendaImported{command.meeting, count(reader.added.size())});
    return decision;
}

Answer<AgendaCheck> ask(const State& state, const Actor& actor, const CheckAgenda& question,
                        const BlobSource&)
{
    const auto meeting = state.meetings.find(question.meeting);
    if (meeting == state.meetings.end()) return refuse(RefusalCode::no_such_record);
    if (!prepares(state, actor, meeting->second.body)) return refuse(RefusalCode::not_allowed);
    AgendaCheck check;
    check.seq = state.entries;
    if (const auto refusal = check_size(question.items.size())) {
        check.findings.push_back(about_all_rows(*refusal));
        return check;
    }
    AgendaReader reader(state, question.meeting);
    for (const auto& row : question.items)
        reader.read(row);
    check.added = count(reader.added.size());
    check.present = reader.present;
    if (const auto refusal = check_total(items_of(state, question.meeting) + reader.added.size()))
        reader.errors.insert(reader.errors.begin(), about_all_rows(*refusal));
    check.findings = most_important(std::move(reader.errors));
    return check;
}

} // namespace plenum::chamber
