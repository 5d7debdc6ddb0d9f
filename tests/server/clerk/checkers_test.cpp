#include "server/clerk/checkers.hpp"

#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/roll.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <set>

#include <sodium.h>

// The threads that check ballots and look totals up.

BOOST_AUTO_TEST_SUITE(checkers)

using namespace plenum;
using namespace plenum::clerk;

namespace {

/// A vote of which ballots can be made, without a server.
struct Vote {
    ballot::RepeatableRandomness randomness{3};
    ballot::SecretScalar election = ballot::random_scalar(randomness);
    std::shared_ptr<const ballot::BallotTerms> terms;

    explicit Vote(std::uint8_t name)
    {
        ballot::BallotTerms made;
        made.vote.fill(name);
        made.context.fill(name);
        made.election_key = ballot::times_generator(election);
        made.vote_generator = ballot::times_generator(ballot::random_scalar(randomness));
        made.shape = ballot::motion_shape;
        made.base = 16;
        terms = std::make_shared<const ballot::BallotTerms>(made);
    }
    CheckOrder order(std::uint64_t number, bool holds)
    {
        const ballot::VotingKey key(randomness);
        const auto choice = ballot::choice_of(ballot::ShapeKind::grid, Bytes{1});
        auto bytes = ballot::make_ballot(*terms, choice, key.secret(), 5, randomness).value().bytes;
        if (!holds) bytes.back() ^= 1;
        return {number, ballot::RecordKind::ballot, std::move(bytes), terms};
    }
    CheckOrder spoil(std::uint64_t number, bool holds)
    {
        const ballot::VotingKey key(randomness);
        auto bytes = ballot::encode(ballot::make_spoil(*terms, key.secret(), 5, randomness));
        if (!holds) bytes.back() ^= 1;
        return {number, ballot::RecordKind::spoil, std::move(bytes), terms};
    }
};

/// Waits for what the threads say.
struct Desk {
    std::mutex mutex;
    std::condition_variable came;
    std::map<std::uint64_t, bool> checked;
    std::vector<FoundTotals> found;
    std::size_t batches = 0;

    Checkers::Done done()
    {
        return {[this](std::vector<Checked> checks) {
                    const std::lock_guard lock(mutex);
                    ++batches;
                    for (const auto& one : checks)
                        checked[one.number] = one.holds;
                    came.notify_all();
                },
                [this](FoundTotals totals) {
                    const std::lock_guard lock(mutex);
                    found.push_back(std::move(totals));
                    came.notify_all();
                }};
    }
    template <class Ready>
    bool wait(Ready ready)
    {
        std::unique_lock lock(mutex);
        return came.wait_for(lock, std::chrono::seconds(60), ready);
    }
};

/// Every equation that is looked at draws one factor.
struct CountingRandomness final : ballot::Randomness {
    ballot::RepeatableRandomness drawn{7};
    std::size_t equations = 0;

    void fill(std::span<std::uint8_t> bytes) override
    {
        ++equations;
        drawn.fill(bytes);
    }
};

void system_random(std::span<std::uint8_t> bytes)
{
    randombytes_buf(bytes.data(), bytes.size());
}

} // namespace

BOOST_AUTO_TEST_CASE(ballots_of_two_votes_and_spoils_together)
{
    Vote first(1);
    Vote second(2);
    const std::vector<CheckOrder> orders{first.order(1, true),  second.order(2, true), first.spoil(3, true),
                                         first.order(4, false), first.spoil(5, false), second.order(6, true)};
    const auto checks = check_together(orders, first.randomness);
    BOOST_REQUIRE(checks.size() == orders.size());
    const std::vector<bool> expected{true, true, true, false, false, true};
    for (std::size_t i = 0; i < checks.size(); ++i) {
        BOOST_TEST(checks[i].number == i + 1);
        BOOST_TEST(checks[i].holds == expected[i]);
        BOOST_TEST(checks[i].ballot.has_value() ==
                   (expected[i] && orders[i].kind == ballot::RecordKind::ballot));
    }
    // A ballot of one vote is none of another, whatever the order says.
    auto moved = first.order(7, true);
    moved.terms = second.terms;
    BOOST_TEST(!check_together(std::vector{moved}, first.randomness).front().holds);
}

// What a flood costs those whose ballots are checked with it: who sends one that does not hold makes the
// batch be halved, and may do it four times in a vote.
BOOST_AUTO_TEST_CASE(a_ballot_that_does_not_hold_costs_the_others_little)
{
    Vote vote(1);
    const auto cost = [&](const std::vector<CheckOrder>& orders) {
        CountingRandomness counting;
        for (const auto& one : check_together(orders, counting))
            BOOST_TEST(one.holds == (one.number < 1'000));
        return counting.equations;
    };
    std::vector<CheckOrder> orders;
    for (std::uint64_t number = 0; number < check_batch_max; ++number)
        orders.push_back(vote.order(number, true));
    const auto alone = cost({orders.front()});
    const auto honest = cost(orders);
    BOOST_TEST(honest == alone * check_batch_max);
    for (std::size_t bad = 0; bad < check_batch_max; bad += 7) {
        auto flooded = orders;
        flooded[bad] = vote.order(1'000 + bad, false);
        // Whole, its two halves, and of each half that fails both halves: n + n + n/2 + …, and why it fails.
        BOOST_TEST(cost(flooded) <= 3 * honest + alone);
        BOOST_TEST(cost(flooded) > honest);
    }
    // Whatever stands in a batch: each of its ballots is looked at once on every level.
    for (auto& one : orders)
        one = vote.order(1'000 + one.number, false);
    constexpr std::size_t levels = 7;
    static_assert(check_batch_max == 1U << (levels - 1));
    BOOST_TEST(cost(orders) <= levels * honest + honest);
}

BOOST_AUTO_TEST_CASE(threads_check_in_batches_and_answer_each_once)
{
    constexpr std::uint64_t count = 200;
    Vote vote(1);
    Desk desk;
    {
        Checkers checkers(2, system_random, desk.done());
        for (std::uint64_t number = 1; number <= count; ++number)
            checkers.check(vote.order(number, number % 10 != 0));
        BOOST_TEST(desk.wait([&] { return desk.checked.size() == count; }));
    }
    for (const auto& [number, holds] : desk.checked)
        BOOST_TEST(holds == (number % 10 != 0));
    BOOST_TEST(desk.batches >= (count + check_batch_max - 1) / check_batch_max);
    BOOST_TEST(desk.batches <= count);
}

BOOST_AUTO_TEST_CASE(totals_are_looked_up_or_there_are_none)
{
    Vote vote(1);
    Desk desk;
    // 3 approve and 2 oppose in base 16.
    const auto good = ballot::times_generator(ballot::scalar_of(3 * 1 + 2 * 16));
    const auto bad = ballot::times_generator(ballot::random_scalar(vote.randomness));
    const auto value = [&](ballot::Point message) {
        Checkers checkers(1, system_random, desk.done());
        checkers.search({VoteId{9}, *vote.terms, 5, {message}});
        BOOST_TEST_REQUIRE(desk.wait([&] { return !desk.found.empty(); }));
        const auto found = std::exchange(desk.found, {}).front();
        BOOST_TEST((found.vote == VoteId{9}));
        return found.values;
    };
    BOOST_TEST((value(good) != std::nullopt));
    BOOST_TEST((value(bad) == std::nullopt));
    // Nobody voted.
    const auto nothing = search({VoteId{9}, *vote.terms, 0, {ballot::Point{}}});
    BOOST_TEST((nothing.values == std::vector<std::uint64_t>{0}));
}

BOOST_AUTO_TEST_CASE(all_searches_read_one_table_that_is_built_in_the_background)
{
    Vote vote(1);
    const auto total = ballot::times_generator(ballot::scalar_of(3 * 1 + 2 * 16));
    const SearchOrder order{VoteId{9}, *vote.terms, 5, {total}};
    BOOST_TEST(bits_for(order) <= SharedTable::small_bits);
    std::shared_ptr<const ballot::DiscreteLogTable> kept;
    {
        const SharedTable shared;
        kept = shared.wait_for(SharedTable::small_bits, std::chrono::seconds(60));
        BOOST_TEST_REQUIRE(kept != nullptr);
        BOOST_TEST((search(order, *kept).values == search(order).values));
        BOOST_TEST((search(order, *kept).values == std::vector<std::uint64_t>{35}));
        BOOST_TEST(shared.find(SharedTable::large_bits + 1) == nullptr);
        // Nobody waits at the end for what is not built yet.
    }
    BOOST_TEST((search(order, *kept).values == std::vector<std::uint64_t>{35}));
    BOOST_TEST(!ballot::DiscreteLogTable::build(12, [] { return false; }).has_value());
}

BOOST_AUTO_TEST_CASE(what_was_not_begun_is_left_at_the_end)
{
    Vote vote(1);
    Desk desk;
    {
        Checkers checkers(1, system_random, desk.done());
        for (std::uint64_t number = 1; number <= 3 * check_batch_max; ++number)
            checkers.check(vote.order(number, true));
    }
    BOOST_TEST(desk.checked.size() <= 3 * check_batch_max); // No thread is left, and none answered twice.
}

BOOST_AUTO_TEST_SUITE_END()
