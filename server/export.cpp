#include "server/bundle_export.hpp"
#include "server/commands.hpp"
#include "server/journal/posix_file.hpp"

#include <memory>

namespace plenum {
namespace {

struct ExportOptions {
    std::string data;
    std::string out;
    bool is_auditors = false;
    bool is_members = false;
};

int run_export(const ExportOptions& options)
{
    auto root = journal::open_posix_directory(options.data);
    if (!root) {
        complain("export",
                 {"无法打开数据目录", "cannot open " + options.data + ": " + root.error().message()});
        return exit_failed;
    }
    BundleOrder order;
    if (options.is_auditors) order.kind = audit::BundleKind::auditor;
    if (options.is_members) order.kind = audit::BundleKind::member;
    order.target.path = options.out;
    const auto exported = export_bundle(**root, order);
    if (!exported) {
        complain("export", exported.error().sentence);
        return exit_failed;
    }
    for (const auto& remark : exported->remarks)
        complain("export", remark);
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
    auto* auditor = command->add_flag("--auditor", options->is_auditors,
                                      "审计版：含票箱、名单、确认和登记 / an auditor's: with the boxes, "
                                      "lists, confirmations, registrations");
    command
        ->add_flag("--member", options->is_members,
                   "成员版：含票箱，可查追踪码 / a member's: with the boxes, to find a tracker in")
        ->excludes(auditor);
    command->callback([options, &run] { run = [options] { return run_export(*options); }; });
}

} // namespace plenum
