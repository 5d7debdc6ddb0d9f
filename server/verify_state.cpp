#include "server/bundle_replay.hpp"
#include "server/commands.hpp"

#include <memory>

// plenum verify-state: the half of an audit that needs the rules of the house, not only protocol/.

namespace plenum {
namespace {

constexpr auto verify_program = "verify-state";

int compare_states(const BundleReplay& replay)
{
    const auto entries = std::to_string(replay.entries);
    const auto found = to_hex(replay.state);
    if (!replay.state_said) {
        return end_of_program(verify_program, exit_failed,
                              {"清单没有状态摘要；重放" + entries + "条记录得到" + found,
                               "the manifest says no state hash; " + entries + " entries lead to " + found});
    }
    if (!replay.agrees()) {
        const auto said = to_hex(*replay.state_said);
        return end_of_program(
            verify_program, exit_failed,
            {"状态摘要不符：清单为" + said + "，重放" + entries + "条记录得到" + found,
             "another state hash: the manifest says " + said + ", " + entries + " entries lead to " + found});
    }
    std::printf("状态摘要相符 / the same state hash: %s 条记录 / entries, %s\n", entries.c_str(),
                found.c_str());
    return exit_ok;
}

} // namespace

void add_verify_state(CLI::App& app, std::function<int()>& run)
{
    auto bundle = std::make_shared<std::string>();
    auto* command = app.add_subcommand(
        "verify-state", "重放记录包并核对状态摘要 / replay a bundle and compare its state hash");
    command->add_option("bundle", *bundle, "记录包 / bundle")->required();
    command->callback(
        [bundle, &run] { run = [bundle] { return replay_file(verify_program, *bundle, compare_states); }; });
}

} // namespace plenum
