// What a ballot costs: to make it on a console, and to check it through libsodium (the reference), alone as
// it comes first, in the small batches of a vote that is open, and in the large ones of an audit. And what it
// costs to find the totals of a hall of 3,000, in a table made for the vote and in the one all votes share.
// Processor time of the thread, not of the wall clock; the ways of checking take turns, so that the ratios
// hold on a busy machine too.

#include "bench/ballots.hpp"
#include "bench/harness.hpp"
#include "protocol/ballot/totals.hpp"

#include <time.h>

namespace plenum::bench {
namespace {

using namespace plenum::ballot;

double thread_cpu_us()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

struct Case {
    const char* name;
    BallotShape shape;
    Bytes choice;
};

/// Marks on the first `marked` options.
Bytes marks(std::size_t options, std::size_t marked)
{
    Bytes bytes(options);
    std::fill_n(bytes.begin(), marked, std::uint8_t{1});
    return bytes;
}

std::vector<Case> cases()
{
    return {
        {"motion", motion_shape, {1}},
        {"one of 8", {ShapeKind::choose, 8, 1, 1, 1}, marks(8, 1)},
        {"20 rows of 4 grades", {ShapeKind::grid, 4, 20, 0, 1}, Bytes(20, 2)},
        {"up to 15 of 30", {ShapeKind::choose, 30, 1, 0, 15}, marks(30, 15)},
        {"30 candidates, 15 seats", {ShapeKind::elect, 30, 1, 0, 15}, marks(30, 15)},
    };
}

struct Measured {
    Samples make;
    Samples reference;
    Samples alone;
    Samples small_batch;
    Samples large_batch;
};

constexpr auto refused = "an honest ballot was refused";

std::vector<Bytes> make_ballots(const Case& what, const BallotTerms& terms, std::size_t count,
                                Samples& samples)
{
    SystemRandomness randomness;
    std::vector<Bytes> ballots;
    for (std::uint32_t seq = 0; seq < count; ++seq) {
        const SecretScalar key = random_scalar(randomness);
        const auto choice = choice_of(what.shape.kind, what.choice);
        const double begin = thread_cpu_us();
        auto made = make_ballot(terms, choice, key, seq, randomness);
        samples.add(thread_cpu_us() - begin);
        must(made.has_value(), refused);
        ballots.push_back(std::move(made->bytes));
    }
    return ballots;
}

double batch_us_a_ballot(std::span<const ByteView> batch, const BallotTerms& terms, Randomness& randomness)
{
    const double begin = thread_cpu_us();
    const auto results = verify_ballots(batch, terms, randomness);
    const double took = thread_cpu_us() - begin;
    for (const auto& result : results)
        must(result.has_value(), refused);
    return took / static_cast<double>(batch.size());
}

double reference_us(ByteView ballot, const BallotTerms& terms)
{
    const double begin = thread_cpu_us();
    const auto result = verify_ballot(ballot, terms);
    const double took = thread_cpu_us() - begin;
    must(result.has_value(), refused);
    return took;
}

Measured measure(const Case& what, bool smoke)
{
    SystemRandomness randomness;
    const BallotTerms terms = terms_for(what.shape, randomness);
    Measured measured;
    const auto ballots = make_ballots(what, terms, smoke ? 2 : 50, measured.make);
    const auto small = batch_of(ballots, smoke ? 2 : 20);
    const auto large = batch_of(ballots, smoke ? 4 : 1'000);
    for (std::size_t round = 0; round < (smoke ? 1U : 9U); ++round) {
        for (std::size_t i = 0; i < (smoke ? 1U : 5U); ++i) {
            const ByteView one = ballots[(round * 5 + i) % ballots.size()];
            measured.reference.add(reference_us(one, terms));
            measured.alone.add(batch_us_a_ballot(std::span(&one, 1), terms, randomness));
            measured.small_batch.add(batch_us_a_ballot(small, terms, randomness));
        }
        measured.large_batch.add(batch_us_a_ballot(large, terms, randomness));
    }
    return measured;
}

void print(const Case& what, const Measured& measured)
{
    const double reference = measured.reference.quantile(0.5);
    const double small = measured.small_batch.quantile(0.5);
    const double large = measured.large_batch.quantile(0.5);
    const auto row = [&](const char* way) { return Row("ballot", std::string(what.name) + ": " + way); };
    row("make").set(measured.make).set("ballot_bytes", ballot_size(what.shape)).print();
    row("check, reference").set(measured.reference).print();
    row("check, alone")
        .set(measured.alone)
        .set("reference_over_batch", reference / measured.alone.quantile(0.5))
        .print();
    row("check, batches of 20")
        .set(measured.small_batch)
        .set("reference_over_batch", reference / small)
        .set("batch_of_20_over_1000", small / large)
        .print();
    row("check, batches of 1000")
        .set(measured.large_batch)
        .set("reference_over_batch", reference / large)
        .print();
}

/// The largest total there can be, as often as there are sums: the worst case of a search.
void print_totals(const Case& what, bool smoke)
{
    const std::uint32_t ballots = smoke ? 30 : 3'000;
    SystemRandomness randomness;
    auto terms = terms_for(what.shape, randomness);
    terms.base = packing_base(ballots);
    const auto bound = sum_bound(terms, ballots);
    const std::vector<Point> messages(ciphertext_count(what.shape), times_generator(scalar_of(bound)));
    const auto bits = table_bits(bound, messages.size());
    const auto print_search = [&](const char* way, const DiscreteLogTable& table, double table_us) {
        const auto begin = thread_cpu_us();
        const auto values = plenum::ballot::find_totals(terms, ballots, messages, table);
        const auto search_us = thread_cpu_us() - begin;
        must(values && values->front() == bound, "a total was not found");
        Row("ballot", std::string(what.name) + ": totals, " + way)
            .set("table_bits", std::size_t{table.bits()})
            .set("table_us", table_us)
            .set("search_us", search_us)
            .print();
    };
    const auto begin = thread_cpu_us();
    const DiscreteLogTable own(bits);
    print_search("own table", own, thread_cpu_us() - begin);
    if (smoke) return;
    static const DiscreteLogTable shared(20);
    print_search("shared table", shared, 0);
}

} // namespace
} // namespace plenum::bench

int main(int argc, char** argv)
{
    using namespace plenum::bench;
    if (sodium_init() < 0) return 1;
    for (const auto& what : cases())
        print(what, measure(what, is_smoke(argc, argv)));
    for (const auto& what : cases())
        print_totals(what, is_smoke(argc, argv));
    return 0;
}
