#include "protocol/ballot/totals.hpp"

#include "protocol/assert.hpp"

#include <algorithm>
#include <numeric>

namespace plenum::ballot {

namespace {

Scalar signed_difference(std::uint32_t left, std::uint32_t right)
{
    return subtract(scalar_of(left), scalar_of(right));
}

std::uint64_t sum_of(std::span<const std::uint32_t> counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// The digits of v in base B are the counts of options 1…K−1; option 0 is what is left of m.
Result<std::vector<std::uint32_t>> decode_row(const BallotTerms& terms, std::uint32_t ballots,
                                              std::uint64_t value)
{
    std::vector<std::uint32_t> counts(terms.shape.options);
    for (std::uint32_t option = 1; option < terms.shape.options; ++option) {
        counts[option] = static_cast<std::uint32_t>(value % terms.base);
        value /= terms.base;
    }
    const std::uint64_t marked = sum_of(counts);
    if (value != 0 || marked > ballots) return fault(Fault::out_of_range);
    counts[0] = static_cast<std::uint32_t>(ballots - marked);
    return counts;
}

Result<SecretTotals> decode_grid(const BallotTerms& terms, std::uint32_t ballots,
                                 std::span<const std::uint64_t> values)
{
    SecretTotals totals{ballots, {}};
    for (const std::uint64_t value : values) {
        auto row = decode_row(terms, ballots, value);
        if (!row) return row.error();
        totals.rows.push_back(std::move(*row));
    }
    return totals;
}

Result<SecretTotals> decode_choose(const BallotTerms& terms, std::uint32_t ballots,
                                   std::span<const std::uint64_t> values)
{
    std::vector<std::uint32_t> counts;
    for (const std::uint64_t value : values)
        counts.push_back(static_cast<std::uint32_t>(value));
    const std::uint64_t m = ballots;
    const std::uint64_t marks = sum_of(counts);
    if (marks < m * terms.shape.min || marks > m * terms.shape.max) return fault(Fault::out_of_range);
    return SecretTotals{ballots, {std::move(counts)}};
}

Result<SecretTotals> decode_elect(const BallotTerms& terms, std::uint32_t ballots,
                                  std::span<const std::uint64_t> values)
{
    SecretTotals totals{ballots, {}};
    std::uint64_t approvals = 0;
    for (std::size_t t = 0; t < values.size(); t += 2) {
        const std::uint64_t marked = values[t] + values[t + 1];
        if (marked > ballots) return fault(Fault::out_of_range);
        approvals += values[t];
        totals.rows.push_back({static_cast<std::uint32_t>(ballots - marked),
                               static_cast<std::uint32_t>(values[t]),
                               static_cast<std::uint32_t>(values[t + 1])});
    }
    if (approvals > std::uint64_t{ballots} * terms.shape.max) return fault(Fault::out_of_range);
    return totals;
}

} // namespace

SortedShares sort_shares(const ShareTerms& terms, const ElectionKeys& keys,
                         std::span<const EncryptedSum> sums, std::span<const DecryptionShare> shares)
{
    std::map<std::uint32_t, const DecryptionShare*> good;
    std::vector<std::uint32_t> wrong;
    for (const DecryptionShare& share : shares) {
        if (good.contains(share.holder)) continue;
        if (check_share(terms, keys, share, sums))
            good[share.holder] = &share;
        else
            wrong.push_back(share.holder);
    }
    SortedShares sorted;
    for (const auto& [holder, share] : good)
        sorted.good.push_back(*share);
    std::ranges::sort(wrong);
    std::ranges::unique_copy(wrong, std::back_inserter(sorted.wrong));
    return sorted;
}

std::vector<Scalar> lagrange(std::span<const std::uint32_t> holders)
{
    std::vector<Scalar> coefficients;
    for (const std::uint32_t i : holders) {
        Scalar numerator = scalar_of(1);
        Scalar denominator = scalar_of(1);
        for (const std::uint32_t j : holders) {
            if (j == i) continue;
            numerator = multiply(numerator, scalar_of(j));
            denominator = multiply(denominator, signed_difference(j, i));
        }
        coefficients.push_back(multiply(numerator, invert(denominator)));
    }
    return coefficients;
}

Result<std::vector<Point>> combine(const ElectionKeys& keys, std::span<const EncryptedSum> sums,
                                   std::span<const DecryptionShare> good)
{
    if (good.size() < keys.threshold) return fault(Fault::truncated);
    const auto used = good.first(keys.threshold);
    std::vector<std::uint32_t> holders;
    for (const DecryptionShare& share : used)
        holders.push_back(share.holder);
    const std::vector<Scalar> coefficients = lagrange(holders);
    std::vector<Point> messages;
    for (std::size_t t = 0; t < sums.size(); ++t) {
        Point message = sums[t].beta;
        for (std::size_t i = 0; i < used.size(); ++i)
            message = subtract(message, times(coefficients[i], used[i].sums[t].factor));
        messages.push_back(message);
    }
    return messages;
}

std::uint64_t sum_bound(const BallotTerms& terms, std::uint32_t ballots)
{
    std::uint64_t largest = 1; // what one ballot adds at most
    if (terms.shape.kind == ShapeKind::grid)
        for (std::uint32_t option = 2; option < terms.shape.options; ++option)
            largest *= terms.base;
    return largest * ballots;
}

Result<std::vector<std::uint64_t>> find_totals(const BallotTerms& terms, std::uint32_t ballots,
                                               std::span<const Point> messages, const DiscreteLogTable& table)
{
    std::vector<std::uint64_t> values;
    for (const Point& message : messages) {
        const auto value = table.find(message, sum_bound(terms, ballots));
        if (!value) return fault(Fault::bad_proof);
        values.push_back(*value);
    }
    return values;
}

Result<void> check_totals(std::span<const Point> messages, std::span<const std::uint64_t> values)
{
    if (messages.size() != values.size()) return fault(Fault::malformed);
    for (std::size_t t = 0; t < values.size(); ++t)
        if (times_generator(scalar_of(values[t])) != messages[t]) return fault(Fault::bad_proof);
    return {};
}

Result<SecretTotals> decode_totals(const BallotTerms& terms, std::uint32_t ballots,
                                   std::span<const std::uint64_t> values)
{
    if (values.size() != ciphertext_count(terms.shape) || ballots >= terms.base)
        return fault(Fault::malformed);
    const std::uint64_t bound = sum_bound(terms, ballots);
    if (std::ranges::any_of(values, [&](std::uint64_t value) { return value > bound; }))
        return fault(Fault::out_of_range);
    switch (terms.shape.kind) {
    case ShapeKind::grid: return decode_grid(terms, ballots, values);
    case ShapeKind::choose: return decode_choose(terms, ballots, values);
    case ShapeKind::elect: return decode_elect(terms, ballots, values);
    }
    return fault(Fault::unsupported);
}

} // namespace plenum::ballot
