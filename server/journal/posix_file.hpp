#pragma once

#include "server/journal/file.hpp"

namespace plenum::journal {

/// The real disk. `path` must exist; open it before anything below it is changed.
Result<std::unique_ptr<Directory>> open_posix_directory(const std::string& path);

/// The same, with the directory and its parents made when missing.
Result<std::unique_ptr<Directory>> make_posix_directory(const std::string& path);

} // namespace plenum::journal
