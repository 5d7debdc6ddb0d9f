#include "server/commands.hpp"
#include "server/records_answers.hpp"
#include "server/records_update.hpp"

#include <memory>
#include <sys/stat.h>

namespace plenum {
namespace {

constexpr std::size_t hits_default = 50;

struct RecordsOptions {
    std::string data;
    std::string search;
    std::string sql;
    std::size_t limit = hits_default;
    bool votes = false;
    bool attendance = false;
    bool csv = false;
    bool json = false;
    bool anew = false;

    AnswerForm form() const { return json ? AnswerForm::json : csv ? AnswerForm::csv : AnswerForm::text; }
};

/// What was asked; nothing when it was only to be brought up to date.
std::optional<Result<std::string>> answer(const RecordsOptions& options, const records::Records& records)
{
    if (options.votes) return list_votes(records, options.form());
    if (options.attendance) return list_attendance(records, options.form());
    if (!options.search.empty()) return list_found(records, options.search, options.limit, options.form());
    if (!options.sql.empty()) return list_selected(records, options.sql, options.form());
    return std::nullopt;
}

std::string account(const RecordsOptions& options, const UpdatedRecords& updated)
{
    const auto entries = std::to_string(updated.records.entries());
    const auto added = std::to_string(updated.added);
    const auto path = records_path(options.data);
    if (options.json) {
        const boost::json::object object{{"entries", updated.records.entries()},
                                         {"added", updated.added},
                                         {"anew", updated.was_made_anew},
                                         {"path", path}};
        return boost::json::serialize(object) + '\n';
    }
    return std::string(updated.was_made_anew ? "已重建 / made anew" : "已更新 / brought up to date") + ": " +
           entries + " 条记录 / entries, " + added + " 条新记录 / new\n" + path + '\n';
}

int run_records(const RecordsOptions& options)
{
    umask(S_IRWXG | S_IRWXO); // As everything else in a data directory: its owner's only.
    const auto updated = update_records(options.data, options.anew);
    if (!updated) {
        complain("records", updated.error().sentence);
        return exit_failed;
    }
    for (const auto& remark : updated->remarks)
        complain("records", remark);
    const auto answered = answer(options, updated->records);
    if (answered && !*answered) {
        const bool is_wrong = answered->error() == fault(Fault::malformed);
        complain("records",
                 is_wrong ? LocalText{"这不是可以回答的问题", "this is no question that can be answered"}
                          : LocalText{"无法读取查询库", "the read model cannot be read"});
        return is_wrong ? exit_usage : exit_failed;
    }
    std::fputs((answered ? **answered : account(options, *updated)).c_str(), stdout);
    return exit_ok;
}

} // namespace

void add_records(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<RecordsOptions>();
    auto* command = app.add_subcommand(
        "records", "查询记录：表决、出席、全文检索 / ask the record about votes, attendance, words");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    auto* questions = command->add_option_group("问题 / question");
    questions->add_option("--search", options->search, "查找词语 / words to look for");
    questions->add_flag("--votes", options->votes, "全部表决及其票数 / every vote with its figures");
    questions->add_flag("--attendance", options->attendance,
                        "履职档案：出席、请假、发言 / attendance, leave and speeches of each member");
    questions->add_option("--sql", options->sql, "一条SELECT语句 / one SELECT (schemas/records.sql)");
    questions->require_option(0, 1);
    command->add_option("--limit", options->limit, "最多找几条 / how many hits at most")
        ->capture_default_str();
    auto* csv = command->add_flag("--csv", options->csv, "表格，可用Excel打开 / a table that Excel opens");
    command->add_flag("--json", options->json, "供程序读取 / for programs")->excludes(csv);
    command->add_flag("--rebuild", options->anew, "从头重建 / make it again from the beginning");
    command->callback([options, &run] { run = [options] { return run_records(*options); }; });
}

} // namespace plenum
