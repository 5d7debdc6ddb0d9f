#include "server/clerk/checkers.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace plenum::clerk {
namespace {

class GivenRandomness final : public ballot::Randomness {
public:
    explicit GivenRandomness(const Checkers::Random& random) : random_(random) {}
    void fill(std::span<std::uint8_t> bytes) override { random_(bytes); }

private:
    const Checkers::Random& random_;
};

void check_ballots(std::span<const CheckOrder> orders, const std::vector<std::size_t>& which,
                   ballot::Randomness& randomness, std::vector<Checked>& found)
{
    std::vector<ByteView> ballots;
    ballots.reserve(which.size());
    for (const auto at : which)
        ballots.emplace_back(orders[at].record);
    auto verdicts = ballot::verify_ballots(ballots, *orders[which.front()].terms, randomness);
    for (std::size_t i = 0; i < which.size(); ++i) {
        if (!verdicts[i]) continue;
        found[which[i]].holds = true;
        found[which[i]].ballot = std::move(*verdicts[i]);
    }
}

} // namespace

std::vector<Checked> check_together(std::span<const CheckOrder> orders, ballot::Randomness& randomness)
{
    std::vector<Checked> found;
    std::map<ballot::Hash512, std::vector<std::size_t>> ballots; // by context
    for (std::size_t at = 0; at < orders.size(); ++at) {
        const auto& order = orders[at];
        found.push_back({order.number, false, std::nullopt});
        if (order.kind == ballot::RecordKind::ballot) {
            ballots[order.terms->context].push_back(at);
        } else {
            const auto spoil = ballot::decode_spoil(order.record);
            found.back().holds = spoil && ballot::check_spoil(*order.terms, *spoil);
        }
    }
    for (const auto& entry : ballots)
        check_ballots(orders, entry.second, randomness, found);
    return found;
}

unsigned bits_for(const SearchOrder& order)
{
    return ballot::table_bits(ballot::sum_bound(order.terms, order.ballots), order.messages.size());
}

FoundTotals search(const SearchOrder& order)
{
    return search(order, ballot::DiscreteLogTable(bits_for(order)));
}

FoundTotals search(const SearchOrder& order, const ballot::DiscreteLogTable& table)
{
    auto values = ballot::find_totals(order.terms, order.ballots, order.messages, table);
    if (!values) return {order.vote, std::nullopt};
    return {order.vote, std::move(*values)};
}

Checkers::Checkers(unsigned threads, Random random, Done done)
    : random_(std::move(random)), done_(std::move(done))
{
    for (unsigned i = 0; i < std::max(1u, threads); ++i)
        threads_.emplace_back([this] { run_checks(); });
    threads_.emplace_back([this] { run_searches(); });
}

Checkers::~Checkers()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    orders_came_.notify_all();
    search_came_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

void Checkers::check(CheckOrder order)
{
    {
        const std::lock_guard lock(mutex_);
        orders_.push_back(std::move(order));
    }
    orders_came_.notify_one();
}

void Checkers::search(SearchOrder order)
{
    {
        const std::lock_guard lock(mutex_);
        searches_.push_back(std::move(order));
    }
    search_came_.notify_one();
}

void Checkers::run_checks()
{
    GivenRandomness randomness(random_);
    std::unique_lock lock(mutex_);
    for (;;) {
        orders_came_.wait(lock, [this] { return stopping_ || !orders_.empty(); });
        orders_came_.wait_for(lock, std::chrono::milliseconds(check_wait_ms),
                              [this] { return stopping_ || orders_.size() >= check_batch_max; });
        if (stopping_) return;
        const auto count = std::min(orders_.size(), check_batch_max);
        if (count == 0) continue; // Another checker took them.
        const auto end = orders_.begin() + static_cast<std::ptrdiff_t>(count);
        const std::vector<CheckOrder> batch(std::make_move_iterator(orders_.begin()),
                                            std::make_move_iterator(end));
        orders_.erase(orders_.begin(), end);
        lock.unlock();
        done_.checked(check_together(batch, randomness));
        lock.lock();
    }
}

void Checkers::run_searches()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        search_came_.wait(lock, [this] { return stopping_ || !searches_.empty(); });
        if (stopping_) return;
        const auto order = std::move(searches_.front());
        searches_.pop_front();
        lock.unlock();
        const auto table = table_.find(bits_for(order));
        done_.found(table ? plenum::clerk::search(order, *table) : plenum::clerk::search(order));
        lock.lock();
    }
}

} // namespace plenum::clerk
