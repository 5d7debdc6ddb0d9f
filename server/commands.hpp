#pragma once

#include "protocol/local_text.hpp"
#include "protocol/result.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace plenum {

/// What a subcommand answers with; the codes are part of the interface (design: 0 all well, 1 found
/// differences, 2 usage, 70 durability failure).
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_durability = 70;

/// The exit code after a data directory could not be used: a history that is shorter than somebody has seen
/// and a write that did not reach the disk are failures of durability, everything else is not.
constexpr int exit_code_of(Fault fault)
{
    return fault == Fault::rolled_back || fault == Fault::not_durable ? exit_durability : exit_failed;
}

/// Tells the operator a sentence, by the name of the subcommand.
void complain(const char* program, const LocalText& text);
/// The same of why it ends here; answers `code`.
int end_of_program(const char* program, int code, const LocalText& why);

/// Each adds one subcommand to `app` and sets `run` to what main calls when it was chosen.
void add_init(CLI::App& app, std::function<int()>& run);
void add_serve(CLI::App& app, std::function<int()>& run);
void add_import(CLI::App& app, std::function<int()>& run);
void add_erase(CLI::App& app, std::function<int()>& run);
void add_export(CLI::App& app, std::function<int()>& run);
void add_records(CLI::App& app, std::function<int()>& run);
void add_sheets(CLI::App& app, std::function<int()>& run);
void add_verify_state(CLI::App& app, std::function<int()>& run);

} // namespace plenum
