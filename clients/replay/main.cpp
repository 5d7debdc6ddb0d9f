#include "clients/replay/replay.hpp"
#include "clients/replay/stage.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>

// plenum-replay: plays a recorded sitting of a real parliament through a server, one real console a member,
// and sets every total and result the server counts against the published one.

namespace {

using namespace plenum;

constexpr int exit_same = 0;
constexpr int exit_different = 1; // Also when the sitting could not be played: nothing is proved then.
constexpr int exit_usage = 2;

struct Options {
    std::string sitting;
    std::string server;
    std::string codes;
    std::string ca_file;
    std::string keep;
    std::size_t votes_max = 0;
    bool is_quiet = false;
};

int failed(const std::string& sentence)
{
    std::fprintf(stderr, "plenum-replay: %s\n", sentence.c_str());
    return exit_different;
}

replay::Tried<replay::ReplayReport> play_on(const replay::SittingFile& file, const Options& options,
                                            const replay::ReplaySettings& settings)
{
    if (options.server.empty()) {
        replay::StageSettings stage_settings;
        stage_settings.origin = "plenum-replay";
        stage_settings.folder = options.keep;
        auto stage = replay::Stage::make(std::move(stage_settings));
        if (!stage) return stage.error();
        if (auto served = stage->serve(); !served) return served.error();
        const auto code = stage->code(Role::secretary);
        if (!code) return code.error();
        auto report = replay::play(file, stage->endpoint(), *code, settings);
        if (auto stopped = stage->stop(); report && !stopped) return stopped.error();
        return report;
    }
    auto endpoint = replay::endpoint_of(options.server);
    if (!endpoint) return endpoint.error();
    endpoint->ca_file = options.ca_file;
    const auto lines = replay::read_codes(replay::read_text(options.codes));
    if (!lines) return lines.error();
    const auto code = replay::code_of(*lines, Role::secretary);
    if (!code) return code.error();
    return replay::play(file, *endpoint, *code, settings);
}

void print_summary(const replay::SittingFile& file, const replay::ReplayReport& report)
{
    const auto milliseconds = [&](unsigned percent) {
        return static_cast<double>(replay::percentile(report.press_took, percent).count()) / 1000.0;
    };
    std::printf("%zu members, %zu presses in %.1f s; press to durable receipt: p50 %.1f ms, p99 %.1f ms, "
                "last %.1f ms\n",
                file.members.size(), report.press_took.size(),
                static_cast<double>(report.took.count()) / 1000.0, milliseconds(50), milliseconds(99),
                milliseconds(100));
    if (report.checks != 0) std::printf("%zu checks of attendance\n", report.checks);
    if (report.not_compared != 0) std::printf("%zu figures and results not compared\n", report.not_compared);
    if (file.votes_without_list != 0) {
        std::printf("%zu other votes have no member list: not compared\n", file.votes_without_list);
    }
    std::printf("%zu votes, %zu differences\n", report.votes, report.differences);
}

int run(const Options& options)
{
    const auto file = replay::read_sitting_file(options.sitting);
    if (!file) {
        failed(file.error().sentence);
        return exit_usage;
    }
    replay::ReplaySettings settings;
    settings.votes_max = options.votes_max;
    settings.is_quiet = options.is_quiet;
    settings.print = [](const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    };
    const auto report = play_on(*file, options, settings);
    if (!report) return failed(report.error().sentence);
    print_summary(*file, *report);
    return report->differences == 0 ? exit_same : exit_different;
}

int run_program(int argc, char** argv)
{
    CLI::App app{"plenum-replay 重放真实会议并核对结果 / plays a recorded sitting and compares every result"};
    Options options;
    app.add_option("sitting", options.sitting, "会议文件 / sitting, JSON or JSON.gz")->required();
    auto* server = app.add_option("--server", options.server,
                                  "已运行的服务器 / a server that runs already, http(s)://host:port");
    auto* codes = app.add_option("--codes", options.codes,
                                 "其登录码文件，须含秘书处 / its list of access codes, with a secretary");
    server->needs(codes);
    codes->needs(server);
    app.add_option("--ca", options.ca_file, "其证书机构文件 / its certificate authority, PEM")->needs(server);
    app.add_option("--keep", options.keep, "保留服务器数据的目录 / folder that keeps the server's data")
        ->excludes(server);
    app.add_option("--limit", options.votes_max, "只重放前几项表决 / only the first votes");
    app.add_flag("--quiet", options.is_quiet, "只显示差异 / only differences and the summary");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_same : exit_usage;
    }
    return run(options);
}

} // namespace

int main(int argc, char** argv)
{
    // A reader who leaves early must not leave the server's folder behind.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run_program(argc, argv);
    } catch (const std::exception& error) {
        return failed(error.what());
    }
}
