#pragma once

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
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
        object_["bench"] = bench;
        object_["row"] = name;
    }
    Row& set(std::string_view name, double value)
    {
        object_[name] = static_cast<double>(static_cast<std::int64_t>(value * 100)) / 100;
        return *this;
    }
    Row& set(std::string_view name, std::string_view value)
    {
        object_[name] = value;
        return *this;
    }
    Row& set(const Samples& samples)
    {
        return set("n", static_cast<double>(samples.size()))
            .set("p50_us", samples.quantile(0.5))
            .set("p99_us", samples.quantile(0.99))
            .set("max_us", samples.quantile(1.0));
    }
    void print() const { std::cout << boost::json::serialize(object_) << std::endl; }

private:
    boost::json::object object_;
};

/// True when ctest runs the program on small input.
inline bool is_smoke(int argc, char** argv)
{
    return std::any_of(argv, argv + argc,
                       [](const char* argument) { return std::string_view(argument) == "--smoke"; });
}

} // namespace plenum::bench
