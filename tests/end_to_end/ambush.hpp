#pragma once

#include <boost/test/unit_test.hpp>

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>
#include <thread>

namespace plenum::replay {

/// Kills a process, as a power cut would, the moment a file of a folder is touched: between two steps that
/// nobody outside can see.
class Ambush {
public:
    /// Of files whose names begin with `name`; `delay` after the first of them was touched.
    Ambush(const std::string& folder, std::string name, pid_t process,
           std::chrono::microseconds delay = std::chrono::microseconds(0))
        : watch_(inotify_init1(IN_CLOEXEC))
    {
        constexpr std::uint32_t touched = IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO;
        BOOST_REQUIRE(watch_ >= 0);
        BOOST_REQUIRE(inotify_add_watch(watch_, folder.c_str(), touched) >= 0);
        thread_ = std::thread([this, name = std::move(name), process, delay] {
            if (!is_touched(name)) return;
            std::this_thread::sleep_for(delay);
            has_struck_ = ::kill(process, SIGKILL) == 0;
        });
    }
    ~Ambush()
    {
        if (thread_.joinable()) thread_.join();
        ::close(watch_);
    }
    Ambush(const Ambush&) = delete;
    Ambush& operator=(const Ambush&) = delete;

    /// Waits until it has; false when nothing was touched in time.
    bool wait()
    {
        thread_.join();
        return has_struck_;
    }

private:
    bool is_touched(const std::string& name) const
    {
        constexpr int patience_ms = 90'000;
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
        pollfd waits{watch_, POLLIN, 0};
        while (std::chrono::steady_clock::now() < until && ::poll(&waits, 1, patience_ms) > 0) {
            alignas(inotify_event) char events[4096];
            const auto size = ::read(watch_, events, sizeof events);
            for (ssize_t at = 0; at < size;) {
                inotify_event event{};
                std::memcpy(&event, events + at, sizeof event);
                const char* touched = events + at + sizeof event;
                if (event.len > 0 && std::string(touched).starts_with(name)) return true;
                at += static_cast<ssize_t>(sizeof event + event.len);
            }
        }
        return false;
    }

    int watch_;
    std::atomic<bool> has_struck_ = false;
    std::thread thread_;
};

} // namespace plenum::replay
