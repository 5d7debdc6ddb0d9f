#include "clients/replay/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace plenum::replay {
namespace {

constexpr auto poll_every = std::chrono::milliseconds(2);
constexpr int exec_failed = 127; // As a shell says it.

/// What runs in the new process until it becomes the other program: only calls that are safe after fork.
[[noreturn]] void become(char* const* arguments, int output, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(exec_failed);
    setpgid(0, 0); // An interrupt at the keyboard is for this program to pass on.
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execv(arguments[0], arguments);
    _exit(exec_failed);
}

} // namespace

Tried<Child> Child::start(const std::vector<std::string>& arguments, const std::string& output)
{
    const int file =
        open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return trouble(output, std::strerror(errno));
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (const auto& argument : arguments)
        pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) become(pointers.data(), file, parent);
    const int error = errno;
    close(file);
    if (pid < 0) return trouble(arguments.front(), std::strerror(error));
    return Child(pid);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_), ended_(other.ended_)
{}

Child& Child::operator=(Child&& other) noexcept
{
    std::swap(pid_, other.pid_);
    std::swap(status_, other.status_);
    std::swap(ended_, other.ended_);
    return *this;
}

Child::~Child()
{
    if (pid_ < 0 || ended_) return;
    ::kill(pid_, SIGKILL);
    waitpid(pid_, &status_, 0);
}

bool Child::is_running()
{
    if (!ended_ && pid_ > 0) ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
    return pid_ > 0 && !ended_;
}

void Child::signal(int number)
{
    if (is_running()) ::kill(pid_, number);
}

Tried<int> Child::wait(std::chrono::milliseconds timeout)
{
    const auto until = std::chrono::steady_clock::now() + timeout;
    while (is_running()) {
        if (std::chrono::steady_clock::now() > until) return trouble("a program did not end in time");
        std::this_thread::sleep_for(poll_every);
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

std::string own_folder()
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path().string();
}

std::string read_text(const std::string& path)
{
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    return text.str();
}

} // namespace plenum::replay
