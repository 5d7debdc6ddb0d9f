#include "server/certificates.hpp"
#include "server/codes_file.hpp"
#include "server/commands.hpp"
#include "server/local_clerk.hpp"

#include <memory>

namespace plenum {
namespace {

struct InitOptions {
    std::string data;
    std::string origin;
    std::vector<std::string> hosts;
    std::string codes;
};

/// The offices every chamber needs before anything else can be done from a screen.
struct FirstOffice {
    const char* name;
    Role role;
};
constexpr FirstOffice first_offices[] = {
    {"秘书处", Role::secretary}, {"操作员", Role::operator_}, {"大屏幕", Role::hall}};

int failed(const DataFault& fault)
{
    std::fprintf(stderr, "plenum init: %s\n", fault.sentence.c_str());
    return exit_code_of(fault.fault);
}

/// Appoints the first officers; an empty list and a message when the chamber refused.
std::vector<IssuedCode> appoint_first(LocalClerk& clerk)
{
    std::vector<IssuedCode> codes;
    for (const auto& [name, role] : first_offices) {
        AppointOfficer appoint;
        appoint.name = name;
        appoint.role = role;
        const auto appointed = clerk.act(appoint);
        if (!appointed) return {};
        IssueAccessCodes issue;
        issue.person = clerk.state().offices.back().person;
        auto issued = clerk.act(issue);
        if (!issued) return {};
        codes.insert(codes.end(), issued->codes.begin(), issued->codes.end());
    }
    return codes;
}

int init(const InitOptions& options)
{
    auto data = create_data_directory(options.data, options.origin);
    if (!data) return failed(data.error());
    LocalClerk clerk(*data);
    if (auto opened = clerk.open(); !opened) return failed(opened.error());
    const auto codes = appoint_first(clerk);
    if (codes.empty()) return failed({Fault::malformed, "the first officers could not be appointed"});

    auto hosts = options.hosts;
    for (const auto* local : {"localhost", "127.0.0.1"})
        hosts.emplace_back(local);
    if (const auto made = make_certificates(options.data + "/tls", hosts); !made) {
        return failed({Fault::io_error, "certificates could not be made: " + made.error().message()});
    }
    std::printf("已建立 / created: %s\n", options.data.c_str());
    std::printf("记录名 / origin: %s\n公钥 / verifier key: %s\n", options.origin.c_str(),
                to_vkey(data->verifier).c_str());
    std::printf("请在各终端安装 / install on every console: %s/tls/ca.crt\n", options.data.c_str());
    if (options.codes.empty()) {
        std::printf("登录码只显示这一次 / access codes, shown only now:\n");
        print_codes(codes);
    } else if (const auto written = write_codes(options.codes, codes); !written) {
        return failed({Fault::io_error, "the codes could not be written to " + options.codes});
    }
    return exit_ok;
}

} // namespace

void add_init(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<InitOptions>();
    auto* command =
        app.add_subcommand("init", "建立新的记录 / make a new, empty record with its key and certificates");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    command->add_option("--origin", options->origin, "记录名，永不更改 / name of the record, for ever")
        ->required();
    command->add_option("--host", options->hosts,
                        "服务器的主机名或地址 / host names or addresses of the server");
    command->add_option("--codes", options->codes,
                        "登录码写入此文件 / write the access codes to this new file");
    command->callback([options, &run] { run = [options] { return init(*options); }; });
}

} // namespace plenum
