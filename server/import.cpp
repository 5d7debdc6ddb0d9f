#include "server/codes_file.hpp"
#include "server/commands.hpp"
#include "server/intake/roster_file.hpp"
#include "server/local_clerk.hpp"
#include "server/papers/stroke_order.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

namespace plenum {
namespace {

struct ImportOptions {
    std::string data;
    std::string roster;
    std::string body;
    std::string kind = "standing_committee";
    std::string chair;
    std::string codes;
    std::uint64_t reserve_mib = disk_reserve_mib_default;
};

int refused(const std::string& zh, const std::string& en)
{
    return end_of_program("import", exit_failed, {zh, en});
}

int refused(const Refusal& refusal)
{
    return refused(refusal.reason.zh + "。" + refusal.next.zh, refusal.reason.en + "; " + refusal.next.en);
}

std::optional<BodyId> body_named(const chamber::State& state, const std::string& name)
{
    for (const auto& [id, body] : state.bodies) {
        if (body.name == name) return id;
    }
    return std::nullopt;
}

boost::system::result<BodyId, Refusal> find_or_create(LocalClerk& clerk, const ImportOptions& options)
{
    if (const auto found = body_named(clerk.state(), options.body)) return *found;
    const auto kind = codec::enum_from<BodyKind>(options.kind);
    if (!kind)
        return refuse(RefusalCode::no_such_record, {"没有这种机构：" + options.kind, "kind " + options.kind});
    const auto created = clerk.act(CreateBody{*kind, options.body});
    if (!created) return created.error();
    return BodyId{created->receipt.seq};
}

/// Makes the member with this number chair of the body.
std::optional<Refusal> appoint_chair(LocalClerk& clerk, BodyId body, const std::string& member_number)
{
    const auto& members = clerk.state().bodies.at(body).members;
    const auto found = std::ranges::find(members, member_number, &Member::number);
    if (found == members.end()) {
        return refuse(RefusalCode::no_such_record, {"证号 " + member_number, "number " + member_number});
    }
    const bool presides = std::ranges::any_of(clerk.state().offices, [&](const chamber::Office& office) {
        return office.person == found->person && office.role == Role::chair && office.body == body;
    });
    if (presides) return std::nullopt;
    AppointOfficer appoint;
    appoint.person = found->person;
    appoint.role = Role::chair;
    appoint.body = body;
    const auto done = clerk.act(appoint);
    if (!done) return done.error();
    return std::nullopt;
}

/// Codes for every member without one; with a chair appointed, the chair's codes of both roles.
boost::system::result<std::vector<IssuedCode>, Refusal> issue(LocalClerk& clerk, BodyId body,
                                                              const ImportOptions& options)
{
    std::vector<IssuedCode> codes;
    auto members = clerk.act(IssueAccessCodes{body, std::nullopt});
    if (members) codes = std::move(members->codes);
    if (!members && members.error().code != RefusalCode::wrong_state) return members.error();
    if (options.chair.empty()) return codes;
    const auto& roster = clerk.state().bodies.at(body).members;
    const auto chair = std::ranges::find(roster, options.chair, &Member::number);
    auto both = clerk.act(IssueAccessCodes{std::nullopt, chair->person});
    if (!both) return both.error();
    std::erase_if(codes, [&](const IssuedCode& code) { return code.person == chair->person; });
    codes.insert(codes.end(), both->codes.begin(), both->codes.end());
    return codes;
}

/// 按姓氏笔画: as every other list of the members of a chamber. Somebody's two roles stay together.
void order_by_strokes(std::vector<IssuedCode>& codes)
{
    const papers::StrokeOrder strokes;
    std::ranges::stable_sort(
        codes, [&](const IssuedCode& a, const IssuedCode& b) { return strokes.before(a.name, b.name); });
}

int import_roster(const ImportOptions& options)
{
    std::ifstream file(options.roster, std::ios::binary);
    if (!file) return refused("无法打开名册文件", "cannot open the roster file " + options.roster);
    std::ostringstream text;
    text << file.rdbuf();
    auto rows = intake::read_roster(text.str());
    if (!rows) {
        const auto& fault = rows.error();
        const auto where = fault.row == 0 ? std::string() : std::to_string(fault.row);
        return refused(where.empty() ? fault.reason.zh : "第" + where + "行：" + fault.reason.zh,
                       where.empty() ? fault.reason.en : "row " + where + ": " + fault.reason.en);
    }
    auto data = open_data_directory(options.data);
    if (!data) {
        refused("无法打开数据目录", data.error().sentence);
        return exit_code_of(data.error().fault);
    }
    const auto reserve_bytes = options.reserve_mib * mib_bytes;
    LocalClerk clerk(*data, reserve_bytes);
    if (auto opened = clerk.open(); !opened) return refused("无法读取记录", opened.error().sentence);
    // Asked before the first command: half an import would be refused at its rows.
    if (data->is_low(reserve_bytes)) return refused(refuse(RefusalCode::disk_low));

    const auto body = find_or_create(clerk, options);
    if (!body) return refused(body.error());
    const auto imported = clerk.act(ImportRoster{*body, std::move(*rows)});
    if (!imported) return refused(imported.error());
    if (!options.chair.empty()) {
        if (const auto refusal = appoint_chair(clerk, *body, options.chair)) return refused(*refusal);
    }
    auto codes = issue(clerk, *body, options);
    if (!codes) return refused(codes.error());
    order_by_strokes(*codes);
    std::printf("已导入 / imported: %s, %zu 人 / members, %zu 个新登录码 / new access codes\n",
                options.body.c_str(), clerk.state().bodies.at(*body).members.size(), codes->size());
    if (options.codes.empty()) {
        print_codes(*codes);
    } else if (const auto written = write_codes(options.codes, *codes); !written) {
        return refused("登录码文件无法写入", "the codes could not be written to " + options.codes);
    }
    return exit_ok;
}

} // namespace

void add_import(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<ImportOptions>();
    auto* command =
        app.add_subcommand("import", "导入名册 / put a roster into the record (the server must be stopped)");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    command->add_option("--body", options->body, "机构名称 / name of the body")->required();
    command->add_option("--kind", options->kind, "机构种类（新机构） / kind of a new body")
        ->capture_default_str();
    command->add_option("--chair", options->chair, "主持人的证号 / number of the member who presides");
    command->add_option("--codes", options->codes,
                        "登录码写入此文件 / write the access codes to this new file");
    command->add_option("--reserve-mib", options->reserve_mib, "磁盘预留 / disk reserve in MiB")
        ->capture_default_str();
    command
        ->add_option("roster", options->roster,
                     "名册：JSON 或 CSV，UTF-8 或 GB18030 / roster: JSON or CSV, UTF-8 or GB18030")
        ->required();
    command->callback([options, &run] { run = [options] { return import_roster(*options); }; });
}

} // namespace plenum
