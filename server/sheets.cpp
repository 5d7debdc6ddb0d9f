#include "server/bundle_replay.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"
#include "server/commands.hpp"
#include "server/papers/result_sheet.hpp"
#include "server/papers/series_sheet.hpp"

#include <filesystem>
#include <fstream>
#include <memory>

// plenum sheets: the result sheets of every vote in a bundle, from nothing but the bundle.

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr auto sheets_program = "sheets";

bool write(const fs::path& file, const std::string& text)
{
    std::ofstream out(file, std::ios::binary);
    out << text;
    return static_cast<bool>(out.flush());
}

std::string id_text(VoteId id)
{
    return std::to_string(static_cast<std::uint64_t>(id));
}

struct Written {
    std::size_t sheets = 0;
    std::size_t tables = 0;
};

template <class Sheet>
bool write_both(const fs::path& stem, const Sheet& sheet, std::string (*html)(const Sheet&))
{
    return write(stem.string() + ".html", html(sheet)) &&
           write(stem.string() + ".json", canonical_json(to_json(sheet)) + '\n');
}

/// Every sheet, and a table for each series; nothing when the disk refused.
std::optional<Written> write_all(const chamber::State& state, const fs::path& folder)
{
    const Actor reader{PersonId{}, Role::auditor};
    Written written;
    for (const auto& [id, vote] : state.votes) {
        if (chamber::may_have_sheet(state, reader, id)) {
            const auto sheet = chamber::result_sheet(state, id, reader.role);
            if (!write_both(folder / ("sheet-" + id_text(id)), sheet, papers::result_sheet_html))
                return std::nullopt;
            ++written.sheets;
        }
        if (chamber::may_have_series_sheet(state, reader, id)) {
            const auto sheet = chamber::series_sheet(state, id, reader.role);
            if (!write_both(folder / ("series-" + id_text(id)), sheet, papers::series_sheet_html))
                return std::nullopt;
            ++written.tables;
        }
    }
    return written;
}

int write_sheets(const chamber::State& state, const std::string& out)
{
    std::error_code error;
    fs::create_directories(out, error);
    const auto written = error ? std::nullopt : write_all(state, out);
    if (!written)
        return end_of_program(sheets_program, exit_failed, {"无法写入 " + out, "cannot write to " + out});
    std::printf("已生成 / written: %zu 张结果单 / sheets, %zu 张汇总表 / tables\n%s\n", written->sheets,
                written->tables, out.c_str());
    return exit_ok;
}

int run_sheets(const std::string& path, const std::string& out)
{
    return replay_file(sheets_program, path,
                       [&](const BundleReplay& replay) { return write_sheets(replay.reached, out); });
}

} // namespace

void add_sheets(CLI::App& app, std::function<int()>& run)
{
    struct Options {
        std::string bundle;
        std::string out;
    };
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "sheets", "由记录包生成表决结果单 / the result sheets of every vote in a bundle, HTML and JSON");
    command->add_option("bundle", options->bundle, "记录包 / bundle")->required();
    command->add_option("--out", options->out, "存放的目录 / folder to write them to")->required();
    command->callback(
        [options, &run] { run = [options] { return run_sheets(options->bundle, options->out); }; });
}

} // namespace plenum
