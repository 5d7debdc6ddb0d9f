// plenum-trustee: the agent of a key holder. Keeps the holder's secrets in a file under a passphrase and
// takes part in making the election key of a meeting; verifies the sealed box of every secret vote of it and
// gives the holder's share, once. Exit codes: 0 done, 1 it could not be, 2 called wrongly.
#include "clients/trustee/keeper.hpp"
#include "clients/trustee/session.hpp"

#include <CLI/CLI.hpp>

#include <sodium.h>

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>

namespace {

using namespace plenum;

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;
constexpr std::size_t passphrase_bytes_min = 8;

struct Options {
    std::string key_file;
    std::string passphrase_file;
    std::string server;
    std::string ca_file;
    std::string code_file;
    std::string marks_folder = trustee::default_marks_folder();
    std::vector<std::string> builds;
    std::vector<std::string> accepted;
    bool is_until_made = false;
};

void say(const LocalText& text)
{
    std::printf("%s / %s\n", text.zh.c_str(), text.en.c_str());
    std::fflush(stdout);
}

int failed(const LocalText& text)
{
    std::fprintf(stderr, "plenum-trustee: %s / %s\n", text.zh.c_str(), text.en.c_str());
    return exit_failed;
}

/// A passphrase or code as somebody typed it or a file holds it: wiped when it is over.
class Typed {
public:
    Typed() = default;
    Typed(const Typed&) = delete;
    Typed& operator=(const Typed&) = delete;
    ~Typed() { sodium_memzero(text_.data(), text_.size()); }

    bool read_file(const std::string& path)
    {
        std::ifstream file(path);
        return static_cast<bool>(std::getline(file, text_));
    }

    /// From the terminal, which does not show it.
    bool ask(const LocalText& prompt)
    {
        termios before{};
        const bool is_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
        std::fprintf(stderr, "%s / %s: ", prompt.zh.c_str(), prompt.en.c_str());
        if (is_terminal) {
            auto quiet = before;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
        }
        const bool got = static_cast<bool>(std::getline(std::cin, text_));
        if (is_terminal) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::fprintf(stderr, "\n");
        return got;
    }

    bool take(const std::string& file, const LocalText& prompt)
    {
        return file.empty() ? ask(prompt) : read_file(file);
    }

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

LocalText words_of(const boost::system::error_code& error, const std::string& path)
{
    if (error == make_error_code(Fault::in_use))
        return {path + " 已存在，不覆盖密钥", path + " is there already; a key is never overwritten"};
    if (error == make_error_code(Fault::bad_proof)) return {"口令不符", "this is not its passphrase"};
    if (error == make_error_code(Fault::not_found)) return {"没有此文件：" + path, "no such file: " + path};
    if (error == make_error_code(Fault::malformed))
        return {path + " 不是密钥文件", path + " is not a key file"};
    return {path + "：" + error.message(), path + ": " + error.message()};
}

int init(const Options& options)
{
    Typed passphrase;
    if (!passphrase.take(options.passphrase_file, {"新口令", "new passphrase"}))
        return failed({"没有口令", "there is no passphrase"});
    if (passphrase.text().size() < passphrase_bytes_min)
        return failed({"口令至少8个字符", "a passphrase has at least eight characters"});
    const trustee::Keeper keeper(trustee::KeyFile(options.key_file), passphrase.text(), options.marks_folder);
    if (const auto created = keeper.create(); !created)
        return failed(words_of(created.error(), options.key_file));
    say({"密钥已存入 " + options.key_file, "the keys are in " + options.key_file});
    return exit_done;
}

/// What the holder decided beforehand; nothing when an option says no such thing.
std::optional<trustee::HolderChoices> choices_of(const Options& options)
{
    trustee::HolderChoices choices;
    for (const auto& text : options.builds) {
        const auto build = digest_from_hex(text);
        if (!build) return std::nullopt;
        choices.builds.push_back(*build);
    }
    for (const auto& text : options.accepted) {
        auto accepted = trustee::acceptance_of(text);
        if (!accepted) return std::nullopt;
        choices.accepted.push_back(std::move(*accepted));
    }
    return choices;
}

int hold(const Options& options)
{
    auto choices = choices_of(options);
    if (!choices) {
        failed({"--build 为64位十六进制，--accept 为 表决号、冒号和根的前8位",
                "--build is 64 hexadecimal digits, --accept is VOTE:ROOT8"});
        return exit_usage;
    }
    auto endpoint = link::endpoint_from_url(options.server);
    if (!endpoint)
        return failed({"不是服务器地址：" + options.server, "no address of a server: " + options.server});
    endpoint->ca_file = options.ca_file;
    Typed passphrase;
    if (!passphrase.take(options.passphrase_file, {"口令", "passphrase"}))
        return failed({"没有口令", "there is no passphrase"});
    const trustee::Keeper keeper(trustee::KeyFile(options.key_file), passphrase.text(), options.marks_folder);
    auto keys = keeper.open();
    if (!keys) return failed(words_of(keys.error(), options.key_file));
    Typed code;
    if (!code.take(options.code_file, {"登录码", "access code"}))
        return failed({"没有登录码", "there is no access code"});
    trustee::SessionSettings settings;
    settings.endpoint = *endpoint;
    settings.is_until_made = options.is_until_made;
    settings.choices = std::move(*choices);
    settings.keep = [&](trustee::HeldKeys& held) { return keeper.keep(held); };
    settings.say = say;
    const auto ended = trustee::run_session(*keys, code.text(), settings);
    if (!ended) return failed(ended.error());
    return exit_done;
}

int run_program(int argc, char** argv)
{
    CLI::App app{"plenum-trustee 密钥持有人程序 / the agent of a key holder"};
    app.require_subcommand(1);
    Options options;
    auto* make = app.add_subcommand("init", "生成密钥文件 / make a key file");
    auto* keep =
        app.add_subcommand("hold", "连接会场，参加密钥生成和解密 / take part in the ceremony, open totals");
    for (auto* command : {make, keep}) {
        command->add_option("key_file", options.key_file, "密钥文件 / key file")->required();
        command->add_option(
            "--passphrase-file", options.passphrase_file,
            "口令文件，首行有效；缺省时询问 / file whose first line is the passphrase; asked for without");
        command->add_option(
            "--marks", options.marks_folder,
            "本设备的记号文件夹 / folder in which this device remembers how often the file was written");
    }
    keep->add_option("--server", options.server, "服务器地址 / address of the server, http(s)://host:port")
        ->required();
    keep->add_option("--ca", options.ca_file, "其证书机构文件 / its certificate authority, PEM");
    keep->add_option(
        "--code-file", options.code_file,
        "登录码文件，首行有效；缺省时询问 / file whose first line is the access code; asked for without");
    keep->add_option(
        "--build", options.builds,
        "许可的表决器程序（SHA-256），可多次 / a program consoles may run, by SHA-256; may be repeated");
    keep->add_option(
        "--accept", options.accepted,
        "仍予解密的票箱，表决号、冒号和根的前8位 / a box to open all the same, VOTE:ROOT8; may be repeated");
    keep->add_flag("--until-made", options.is_until_made, "密钥生成后即结束 / end once the key is made");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_usage;
    }
    return make->parsed() ? init(options) : hold(options);
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    if (sodium_init() < 0) return exit_failed;
    try {
        return run_program(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "plenum-trustee: %s\n", error.what());
        return exit_failed;
    }
}
