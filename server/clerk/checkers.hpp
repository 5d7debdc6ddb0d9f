#pragma once

#include "protocol/ballot/box.hpp"
#include "protocol/ballot/totals.hpp"
#include "protocol/ballot/verify.hpp"
#include "protocol/ids.hpp"
#include "server/clerk/shared_table.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

// The arithmetic of secret votes, which takes too long for the clerk's own thread: proofs of ballots, and the
// numbers behind the totals.

namespace plenum::clerk {

/// A ballot or spoil whose proofs are to be checked.
struct CheckOrder {
    std::uint64_t number = 0; ///< the clerk's, to know it again
    ballot::RecordKind kind = ballot::RecordKind::ballot;
    Bytes record;
    std::shared_ptr<const ballot::BallotTerms> terms;
};

/// What was found.
struct Checked {
    std::uint64_t number = 0;
    bool holds = false;
    std::optional<ballot::CheckedBallot> ballot; ///< of a ballot that holds
};

/// All of them, ballots of one vote together; in the order of the orders. `randomness` must be unpredictable
/// to whoever made the ballots.
std::vector<Checked> check_together(std::span<const CheckOrder> orders, ballot::Randomness& randomness);

/// The totals of an opened box, to be looked up.
struct SearchOrder {
    VoteId vote{};
    ballot::BallotTerms terms;
    std::uint32_t ballots = 0;
    std::vector<ballot::Point> messages; ///< M_t
};

struct FoundTotals {
    VoteId vote{};
    std::optional<std::vector<std::uint64_t>> values; ///< nothing: these are no totals of so many ballots
};

/// Looks every total up, in a table of multiples made for it.
FoundTotals search(const SearchOrder& order);
/// The same in a table that is there already.
FoundTotals search(const SearchOrder& order, const ballot::DiscreteLogTable& table);
/// Of how many bits a table for it is worth its making.
unsigned bits_for(const SearchOrder& order);

/// Threads that do both. Ballots are gathered for a few milliseconds, because many cost less together; a
/// search has a thread of its own, so that no ballot of another vote waits for it, and reads the shared table
/// once that is large enough.
class Checkers {
public:
    /// Both are called on threads of the checkers.
    struct Done {
        std::function<void(std::vector<Checked>)> checked;
        std::function<void(FoundTotals)> found;
    };
    using Random = std::function<void(std::span<std::uint8_t>)>;

    /// `random` is unpredictable and may be called by several threads.
    Checkers(unsigned threads, Random random, Done done);
    /// What was not begun is left; whoever sent it sends it again.
    ~Checkers();
    Checkers(const Checkers&) = delete;
    Checkers& operator=(const Checkers&) = delete;

    void check(CheckOrder order);
    void search(SearchOrder order);

private:
    void run_checks();
    void run_searches();

    const Random random_;
    const Done done_;
    std::mutex mutex_;
    std::condition_variable orders_came_;
    std::condition_variable search_came_;
    std::deque<CheckOrder> orders_;
    std::deque<SearchOrder> searches_;
    const SharedTable table_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

/// As many ballots as are checked together, and how long the first of them waits for others.
inline constexpr std::size_t check_batch_max = 64;
inline constexpr unsigned check_wait_ms = 5;

} // namespace plenum::clerk
