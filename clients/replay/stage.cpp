#include "clients/replay/stage.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <thread>

namespace plenum::replay {
namespace {

constexpr auto start_timeout = std::chrono::seconds(30);
constexpr auto stop_timeout = std::chrono::seconds(30);
constexpr auto tool_timeout = std::chrono::minutes(5);
constexpr auto poll_every = std::chrono::milliseconds(2);

std::string last_lines(const std::string& text)
{
    constexpr std::size_t bytes_max = 2'000;
    return text.size() <= bytes_max ? text : "…" + text.substr(text.size() - bytes_max);
}

} // namespace

Tried<std::string> make_temporary_folder(const std::string& name)
{
    std::error_code error;
    const auto root = std::filesystem::temp_directory_path(error);
    if (error) return trouble("no temporary folder", error.message());
    std::string path = (root / (name + "-XXXXXX")).string();
    if (mkdtemp(path.data()) == nullptr) return trouble(path, std::strerror(errno));
    return path;
}

std::string url_of(const link::Endpoint& endpoint)
{
    return (endpoint.tls ? "https://" : "http://") + endpoint.host + ":" + std::to_string(endpoint.port);
}

Tried<link::Endpoint> endpoint_of(std::string_view url)
{
    auto endpoint = link::endpoint_from_url(url);
    if (!endpoint) return trouble("not the address of a server, http(s)://host:port", std::string(url));
    return std::move(*endpoint);
}

Tried<Stage> Stage::make(StageSettings settings)
{
    const bool is_temporary = settings.folder.empty();
    if (is_temporary) {
        auto folder = make_temporary_folder("plenum-stage");
        if (!folder) return folder.error();
        settings.folder = std::move(*folder);
    } else {
        std::error_code error;
        std::filesystem::create_directories(settings.folder, error);
        if (error) return trouble(settings.folder, error.message());
    }
    Stage stage(std::move(settings), is_temporary);
    const auto codes = stage.folder() + "/officers.csv";
    std::vector<std::string> init{"init",    "--data", stage.data(), "--origin", stage.settings_.origin,
                                  "--codes", codes};
    if (!stage.settings_.host.empty()) init.insert(init.end(), {"--host", stage.settings_.host});
    const auto made = stage.run("plenum", init);
    if (!made) return made.error();
    auto lines = read_codes(read_text(codes));
    if (!lines) return lines.error();
    stage.codes_ = std::move(*lines);
    return stage;
}

Stage::~Stage()
{
    server_.reset();
    std::error_code ignored;
    if (is_temporary_ && !settings_.folder.empty()) std::filesystem::remove_all(settings_.folder, ignored);
}

Tried<std::string> Stage::run(const std::string& program, const std::vector<std::string>& arguments)
{
    std::vector<std::string> command{own_folder() + "/" + program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const auto output = settings_.folder + "/output-" + std::to_string(++outputs_) + ".log";
    auto child = Child::start(command, output);
    if (!child) return child.error();
    const auto code = child->wait(tool_timeout);
    const auto text = read_text(output);
    std::error_code ignored;
    std::filesystem::remove(output, ignored);
    if (!code) return trouble(program, code.error().sentence);
    if (*code != 0) {
        return trouble(program + " " + arguments.front() + " ended with exit code " + std::to_string(*code),
                       last_lines(text));
    }
    return text;
}

Tried<void> Stage::serve()
{
    std::vector<std::string> command{own_folder() + "/plenum",      "serve", "--data", data(), "--port",
                                     std::to_string(settings_.port)};
    if (settings_.host.empty()) command.emplace_back("--plain");
    if (!settings_.address.empty()) command.insert(command.end(), {"--address", settings_.address});
    if (!settings_.pages.empty()) command.insert(command.end(), {"--pages", settings_.pages});
    if (settings_.checkers > 0)
        command.insert(command.end(), {"--checkers", std::to_string(settings_.checkers)});
    auto child = Child::start(command, folder() + "/server.log");
    if (!child) return child.error();
    server_ = std::move(*child);
    return read_port();
}

Tried<void> Stage::read_port()
{
    constexpr std::string_view listening = "listening ";
    const auto until = std::chrono::steady_clock::now() + start_timeout;
    for (;;) {
        const bool runs = server_->is_running();
        const auto text = read_text(folder() + "/server.log");
        const auto found = text.find(listening);
        const auto end = found == std::string::npos ? found : text.find('\n', found);
        if (end != std::string::npos) {
            const auto from = found + listening.size();
            auto endpoint = endpoint_of(std::string_view(text).substr(from, end - from));
            if (!endpoint) return endpoint.error();
            endpoint_ = std::move(*endpoint);
            if (endpoint_.tls) {
                endpoint_.ca_file = data() + "/tls/ca.crt";
                endpoint_.server_name = settings_.host;
            }
            return {};
        }
        if (!runs) return trouble("the server did not start", last_lines(text));
        if (std::chrono::steady_clock::now() > until)
            return trouble("the server does not listen", last_lines(text));
        std::this_thread::sleep_for(poll_every);
    }
}

Tried<void> Stage::stop()
{
    if (!server_) return {};
    server_->signal(SIGTERM);
    const auto code = server_->wait(stop_timeout);
    server_.reset();
    if (!code) return trouble("the server does not stop", code.error().sentence);
    if (*code != 0) {
        return trouble("the server ended with exit code " + std::to_string(*code),
                       last_lines(read_text(folder() + "/server.log")));
    }
    return {};
}

Tried<void> Stage::kill()
{
    if (!server_) return trouble("the server does not run");
    server_->signal(SIGKILL);
    const auto code = server_->wait(stop_timeout);
    server_.reset();
    if (!code) return code.error();
    if (*code != 128 + SIGKILL) {
        return trouble("the server had ended by itself with exit code " + std::to_string(*code),
                       last_lines(read_text(folder() + "/server.log")));
    }
    return {};
}

Tried<int> Stage::wait_for_end(std::chrono::milliseconds timeout)
{
    if (!server_) return trouble("the server was not started");
    const auto code = server_->wait(timeout);
    server_.reset();
    return code;
}

} // namespace plenum::replay
