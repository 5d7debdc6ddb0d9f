#include "server/bundle_export.hpp"
#include "server/commands.hpp"
#include "server/journal/posix_file.hpp"

#include <memory>

namespace plenum {
namespace {

struct ExportOptions {
    std::string data;
    std::string out;
    bool auditor = false;
};

void complain_of_export(const LocalText& text)
{
    std::fprintf(stderr, "plenum export: %s / %s\n", text.zh.c_str(), text.en.c_str());
}

int run_export(const ExportOptions& options)
{
    auto root = journal::open_posix_directory(options.data);
    if (!root) {
        complain_of_export(
            {"无法打开数据目录", "cannot open " + options.data + ": " + root.error().message()});
        return exit_failed;
    }
    const auto kind = options.auditor ? audit::BundleKind::auditor : audit::BundleKind::public_;
    BundleOrder order;
    order.kind = kind;
    order.target.path = options.out;
    const auto exported = export_bundle(**root, order);
    if (!exported) {
        complain_of_export(exported.error().sentence);
        return exit_failed;
    }
    for (const auto& remark : exported->remarks)
        complain_of_export(remark);
    const auto& written = exported->written;
    std::printf("已导出 / exported: %llu 条记录 / entries, %llu 个文件 / files, %llu 字节 / bytes\n%s\n",
                static_cast<unsigned long long>(written.entries),
                static_cast<unsigned long long>(written.files),
                static_cast<unsigned long long>(written.bytes), options.out.c_str());
    return exit_ok;
}

} // namespace

void add_export(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<ExportOptions>();
    auto* command =
        app.add_subcommand("export", "导出可核验的记录包 / write the bundle that plenum-audit verifies");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    command->add_option("--out", options->out, "输出文件 / file to write")->required();
    command->add_flag("--auditor", options->auditor, "审计版 / mark it as an auditor's bundle");
    command->callback([options, &run] { run = [options] { return run_export(*options); }; });
}

} // namespace plenum
