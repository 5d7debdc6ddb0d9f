#pragma once

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sched.h>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace plenum::bench {

/// Microseconds since some fixed moment.
inline double now_us()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::micro>(now).count();
}

/// Durations of one kind of operation, in microseconds.
class Samples {
public:
    void add(double us) { values_.push_back(us); }
    std::size_t size() const { return values_.size(); }

    /// The value below which `share` of the samples lie; 0 without samples.
    double quantile(double share) const
    {
        if (values_.empty()) return 0;
        auto sorted = values_;
        std::ranges::sort(sorted);
        const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
        return sorted[at];
    }

private:
    std::vector<double> values_;
};

/// One result as one JSON line. Ratios against something measured in the same run say more than absolute
/// times.
class Row {
public:
    Row(std::string_view bench, std::string_view name)
    {
        set("bench", bench);
        set("row", name);
    }
    /// With two decimals, as people read them.
    Row& set(std::string_view name, double value)
    {
        std::ostringstream text;
        text << std::fixed << std::setprecision(2) << value;
        return add(name, text.str());
    }
    Row& set(std::string_view name, std::size_t value) { return add(name, std::to_string(value)); }
    Row& set(std::string_view name, std::string_view value)
    {
        return add(name, boost::json::serialize(boost::json::string(value)));
    }
    Row& set(const Samples& samples)
    {
        return set("n", samples.size())
            .set("p50_us", samples.quantile(0.5))
            .set("p99_us", samples.quantile(0.99))
            .set("max_us", samples.quantile(1.0));
    }
    void print() const { std::cout << '{' << members_ << '}' << std::endl; }

private:
    Row& add(std::string_view name, const std::string& text)
    {
        if (!members_.empty()) members_ += ',';
        members_ += '"' + std::string(name) + "\":" + text;
        return *this;
    }

    std::string members_;
};

/// Time a process has spent on processors so far, in microseconds, all its threads together
/// (/proc/PID/task/*/schedstat): what the wall clock cannot tell on a busy machine.
inline double cpu_us_of(pid_t process)
{
    double ns = 0;
    const auto tasks = "/proc/" + std::to_string(process) + "/task";
    for (const auto& task : std::filesystem::directory_iterator(tasks)) {
        std::ifstream in(task.path() / "schedstat");
        double task_ns = 0;
        if (in >> task_ns) ns += task_ns;
    }
    return ns / 1'000;
}

/// Asks for one processor for every thread a process has now and starts later; false when there is no such
/// processor.
inline bool pin(pid_t process, unsigned processor)
{
    if (processor >= std::thread::hardware_concurrency()) return false;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    for (const auto& task :
         std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        const auto id = static_cast<pid_t>(std::stol(task.path().filename().string()));
        if (sched_setaffinity(id, sizeof set, &set) != 0) return false;
    }
    return true;
}

/// True when ctest runs the program on small input.
inline bool is_smoke(int argc, char** argv)
{
    return std::any_of(argv, argv + argc,
                       [](const char* argument) { return std::string_view(argument) == "--smoke"; });
}

} // namespace plenum::bench
