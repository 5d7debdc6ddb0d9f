#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace plenum {

/// What a subcommand answers with; the codes are part of the interface (design: 0 all well, 1 found
/// differences, 2 usage, 70 durability failure).
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_durability = 70;

/// Each adds one subcommand to `app` and sets `run` to what main calls when it was chosen.
void add_init(CLI::App& app, std::function<int()>& run);
void add_serve(CLI::App& app, std::function<int()>& run);
void add_import(CLI::App& app, std::function<int()>& run);
void add_export(CLI::App& app, std::function<int()>& run);
void add_records(CLI::App& app, std::function<int()>& run);
void add_verify_state(CLI::App& app, std::function<int()>& run);

} // namespace plenum
