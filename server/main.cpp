#include "server/commands.hpp"

#include <sodium.h>

#include <csignal>
#include <cstdio>
#include <exception>

// plenum: the server of a chamber. init makes a data directory, import puts rosters in, erase takes a private
// value out, serve runs it, export writes the bundle a stranger can check with plenum-audit, records answers
// what was decided and who came, sheets prints every vote of a bundle, verify-state replays a bundle through
// the rules of the house.

namespace {

int run_program(int argc, char** argv)
{
    // A limit on the size of files is then a write that fails, and no death without a word.
    std::signal(SIGXFSZ, SIG_IGN);
    if (sodium_init() < 0) return plenum::exit_failed;
    CLI::App app{"plenum 会议表决服务器 / voting and meeting server of a chamber"};
    app.require_subcommand(1);
    std::function<int()> run;
    plenum::add_init(app, run);
    plenum::add_serve(app, run);
    plenum::add_import(app, run);
    plenum::add_erase(app, run);
    plenum::add_export(app, run);
    plenum::add_records(app, run);
    plenum::add_sheets(app, run);
    plenum::add_verify_state(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? plenum::exit_ok : plenum::exit_usage;
    }
    return run();
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run_program(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "plenum: %s\n", error.what());
        return plenum::exit_failed;
    }
}
