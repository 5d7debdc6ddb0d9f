#include "clients/demo/live.hpp"
#include "clients/demo/once.hpp"

#include <CLI/CLI.hpp>

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>

// plenum-demo: a meeting of a standing committee, or of a congress, on this machine, with simulated members
// over real sockets.

namespace {

using namespace plenum;

constexpr int exit_held = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

struct Options {
    bool is_once = false;
    std::string meeting = "committee";
    std::string language = "both";
    std::string pages;
    std::string bundle;
    std::string transcript;
    std::string host;
    std::uint16_t port = 0;
};

int failed(const std::string& sentence)
{
    std::fprintf(stderr, "plenum-demo: %s\n", sentence.c_str());
    return exit_failed;
}

demo::Language language_of(const std::string& name)
{
    if (name == "zh") return demo::Language::zh;
    return name == "en" ? demo::Language::en : demo::Language::both;
}

/// The built pages of the source tree this program was built in; empty when they have not been built.
std::string built_pages()
{
    std::error_code error;
    const auto pages =
        std::filesystem::weakly_canonical(replay::own_folder() + "/../../../clients/web/dist", error);
    return !error && std::filesystem::exists(pages / "chair.html", error) ? pages.string() : std::string();
}

/// One of IPv4 that a phone can be sent to.
bool is_address(const std::string& host)
{
    in_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1 && address.s_addr != INADDR_ANY;
}

int run(const Options& options)
{
    if (!options.host.empty() && !is_address(options.host))
        return failed("--host 须为本机在该网络中的 IPv4 地址 / --host takes the IPv4 address this machine "
                      "has in that network: " +
                      options.host);
    const auto mode = options.meeting == "congress" ? demo::Mode::congress : demo::Mode::committee;
    // Before any thread starts, so that an interrupt waits until it is asked for.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (!options.is_once) pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    replay::StageSettings settings;
    settings.origin = "plenum-demo";
    settings.pages = options.pages.empty() ? built_pages() : options.pages;
    settings.port = options.port;
    settings.host = settings.address = options.host;
    if (!options.is_once && settings.pages.empty())
        return failed("网页尚未构建 / the pages have not been built");
    auto bundle = options.bundle;
    if (bundle.empty()) {
        const auto folder = replay::make_temporary_folder("plenum-demo");
        if (!folder) return failed(folder.error().sentence);
        bundle = *folder + (mode == demo::Mode::congress ? "/congress.tar" : "/standing-committee.tar");
    }
    std::shared_ptr<link::Transcript> transcript;
    if (!options.transcript.empty()) {
        auto made = link::Transcript::make(options.transcript);
        if (!made) return failed("无法新建此文件 / this file cannot be made: " + options.transcript);
        transcript = std::move(*made);
    }
    auto stage = replay::Stage::make(std::move(settings));
    if (!stage) return failed(stage.error().sentence);
    const auto language = language_of(options.language);
    const auto done = options.is_once ? demo::run_once(*stage, mode, bundle, language, transcript)
                                      : demo::run_live(*stage, {mode, bundle, language});
    if (!done) return failed(done.error().sentence);
    std::printf("%s\n", bundle.c_str());
    return exit_held;
}

int run_program(int argc, char** argv)
{
    CLI::App app{"plenum-demo 会议演示，其余人员由程序模拟 / a meeting with simulated members"};
    Options options;
    app.add_option(
           "meeting", options.meeting,
           "committee：35人的常委会会议（默认）；congress：352人的人代会，十一项议程，含代表团和主席团 / "
           "committee: a standing committee of 35 (default); congress: a congress of 352 with eleven "
           "items, delegations and presidium")
        ->check(CLI::IsMember({"committee", "congress"}));
    auto* once =
        app.add_flag("--once", options.is_once, "无人值守，完整进行一次 / without screens, to the end");
    app.add_option("--lang", options.language, "语言 / language")->check(CLI::IsMember({"both", "zh", "en"}));
    app.add_option("--pages", options.pages, "网页目录 / folder of the built pages");
    app.add_option("--out", options.bundle, "存证包写入此文件 / file to write the bundle to");
    app.add_option("--transcript", options.transcript,
                   "往来报文逐条写入此新文件 / write every message sent and received to this new file")
        ->needs(once);
    app.add_option("--host", options.host,
                   "本机地址，供同一网络中的手机打开，改用 TLS / address of this machine, so that a phone on "
                   "the same network can open the pages; then with TLS")
        ->excludes(once);
    app.add_option("--port", options.port, "端口，0为任意 / port, 0 for any");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_held : exit_usage;
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
