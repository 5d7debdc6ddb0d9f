#include "clients/link/pool.hpp"

#include "protocol/bytes.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <random>

namespace plenum::link {

std::chrono::milliseconds reconnect_delay(unsigned attempt)
{
    constexpr std::int64_t first_bound_ms = 2'000;
    constexpr std::int64_t last_bound_ms = 30'000;
    const auto bound_ms = std::min(last_bound_ms, first_bound_ms << std::min(attempt, 5u));
    thread_local std::mt19937_64 random{std::random_device{}()};
    return std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, bound_ms)(random));
}

std::string fresh_request_id()
{
    static const std::string prefix = [] {
        std::random_device random;
        Bytes bytes;
        for (int i = 0; i < 16; ++i)
            bytes.push_back(static_cast<std::uint8_t>(random()));
        return to_base64url(bytes);
    }();
    static std::atomic<std::uint64_t> counter = 0;
    return prefix + "-" + std::to_string(counter.fetch_add(1));
}

std::size_t raise_descriptor_limit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::getrlimit(RLIMIT_NOFILE, &limit);
    }
    return static_cast<std::size_t>(limit.rlim_cur);
}

} // namespace plenum::link
