#pragma once

#include "clients/replay/trouble.hpp"

#include <chrono>
#include <sys/types.h>
#include <vector>

namespace plenum::replay {

/// A program started by this one, with its output in a file. Killed when it is destroyed while it still runs,
/// and by the kernel when this program dies.
class Child {
public:
    /// `output` receives what it prints, on both streams; replaced when it exists.
    static Tried<Child> start(const std::vector<std::string>& arguments, const std::string& output);

    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    bool is_running();
    /// Of the process, also after its end.
    pid_t pid() const { return pid_; }
    /// Sends a signal; nothing happens when it has ended.
    void signal(int number);
    /// Waits for its end: the exit code, or 128 + the signal that ended it. Trouble when it does not end in
    /// time.
    Tried<int> wait(std::chrono::milliseconds timeout);

private:
    explicit Child(pid_t pid) : pid_(pid) {}

    pid_t pid_ = -1;
    int status_ = 0;
    bool ended_ = false;
};

/// The folder this executable stands in; the other programs stand beside it.
std::string own_folder();

/// The content of a file, or an empty string.
std::string read_text(const std::string& path);

} // namespace plenum::replay
