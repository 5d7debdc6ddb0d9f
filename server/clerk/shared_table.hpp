#pragma once

#include "protocol/ballot/discrete_log.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace plenum::clerk {

/// The tables that all searches for totals read: built once, in the background and at low priority, from the
/// start of the server on. A small one stands after some ten milliseconds and is enough for motions and
/// lists; the large one, for sheets of grades in a large hall, after some seconds in which nobody waits for
/// it.
class SharedTable {
public:
    static constexpr unsigned small_bits = 12;
    static constexpr unsigned large_bits = 20;

    SharedTable();
    /// Leaves what is not built.
    ~SharedTable();
    SharedTable(const SharedTable&) = delete;
    SharedTable& operator=(const SharedTable&) = delete;

    /// The largest there is, when it has at least so many bits; nothing before that.
    std::shared_ptr<const ballot::DiscreteLogTable> find(unsigned bits) const;
    /// The same, and waits for it; for whoever measures.
    std::shared_ptr<const ballot::DiscreteLogTable> wait_for(unsigned bits,
                                                             std::chrono::milliseconds timeout) const;

private:
    void run();

    mutable std::mutex mutex_;
    mutable std::condition_variable built_;
    std::shared_ptr<const ballot::DiscreteLogTable> table_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

} // namespace plenum::clerk
