#include "server/commands.hpp"
#include "server/house.hpp"

#include <spdlog/spdlog.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace plenum {
namespace {

struct ServeOptions {
    std::string data;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8443;
    bool plain = false;
    std::string pages;
    std::vector<std::string> origins;
    unsigned threads = 1;
    std::uint64_t reserve_mib = disk_reserve_mib_default;
    std::string box_keys;
    unsigned checkers = 1;
};

/// No core dumps and no debugger: the process holds the log's key and keys of ballot boxes.
void harden()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/// Three thousand consoles need more descriptors than a shell's default.
void raise_descriptors()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

House::Options house_options(const ServeOptions& options)
{
    House::Options house;
    house.disk_reserve_bytes = options.reserve_mib * mib_bytes;
    house.box_keys = options.box_keys;
    house.checkers = options.checkers;
    house.gateway.address = options.address;
    house.gateway.port = options.port;
    house.gateway.static_root = options.pages;
    house.gateway.origins = options.origins;
    house.gateway.threads = options.threads;
    if (!options.plain) {
        house.gateway.certificate_file = options.data + "/tls/server.crt";
        house.gateway.key_file = options.data + "/tls/server.key";
    }
    return house;
}

int serve(const ServeOptions& options)
{
    harden();
    raise_descriptors();
    // Blocked before any thread starts, so that only sigwait below sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    auto data = open_data_directory(options.data);
    if (!data) {
        spdlog::critical("{}", data.error().sentence);
        return exit_code_of(data.error().fault);
    }
    House house(std::move(*data), house_options(options));
    if (const auto opened = house.open(); !opened) {
        spdlog::critical("{}", opened.error().sentence);
        house.close();
        return exit_code_of(opened.error().fault);
    }
    // One line a script can wait for and read the port from.
    std::printf("listening %s://%s:%u\n", options.plain ? "http" : "https", options.address.c_str(),
                house.port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("closing");
    house.close();
    return exit_ok;
}

} // namespace

void add_serve(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<ServeOptions>();
    auto* command = app.add_subcommand("serve", "运行服务器 / run the server");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    command->add_option("--address", options->address, "监听地址 / address to listen on")
        ->capture_default_str();
    command->add_option("--port", options->port, "端口，0为任意 / port, 0 for any")->capture_default_str();
    command->add_flag("--plain", options->plain, "不加密，仅限本机 / no TLS, on loopback only");
    command->add_option("--pages", options->pages, "网页目录 / folder of the built pages");
    command->add_option("--allow-origin", options->origins,
                        "另外允许的网页来源 / further allowed Origin hosts");
    command->add_option("--threads", options->threads, "网络线程 / network threads")->capture_default_str();
    command->add_option("--reserve-mib", options->reserve_mib, "磁盘预留 / disk reserve in MiB")
        ->capture_default_str();
    command->add_option(
        "--box-keys", options->box_keys,
        "票箱密钥第二份的目录，应在另一设备上 / folder for the second copy of ballot box keys, "
        "on another device");
    command->add_option("--checkers", options->checkers, "核验选票的线程 / threads that check ballots")
        ->capture_default_str();
    command->callback([options, &run] { run = [options] { return serve(*options); }; });
}

} // namespace plenum
