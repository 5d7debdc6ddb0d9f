#include "protocol/ballot/shape.hpp"

#include "protocol/assert.hpp"

#include <bit>
#include <numeric>

namespace plenum::ballot {

namespace {

constexpr std::size_t ballot_head_bytes = 1 + 16 + 32 + 4; ///< version, vote, pseudonym, seq
constexpr std::size_t ciphertext_bytes = 64;
constexpr std::size_t credential_bytes = 64;
constexpr std::size_t branch_bytes = 64 + 32; ///< commitments and answer
constexpr std::size_t challenge_bytes = 16;

bool fits(const BallotShape& shape)
{
    switch (shape.kind) {
    case ShapeKind::grid:
        return shape.options >= 2 && shape.options <= grid_options_max && shape.rows >= 1 &&
               shape.rows <= shape_rows_max && shape.min == 0 && shape.max == 1;
    case ShapeKind::choose:
        return shape.options >= 2 && shape.options <= shape_options_max && shape.rows == 1 &&
               shape.max >= 1 && shape.max <= shape.options && shape.min <= shape.max;
    case ShapeKind::elect:
        return shape.options >= 1 && shape.options <= shape_options_max && shape.rows == 1 &&
               shape.min == 0 && shape.max >= 1 && shape.max <= shape.options;
    }
    return false;
}

std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last)
{
    std::vector<std::uint64_t> values(static_cast<std::size_t>(last - first + 1));
    std::iota(values.begin(), values.end(), first);
    return values;
}

std::vector<std::uint64_t> packed(std::uint32_t options, std::uint64_t base)
{
    std::vector<std::uint64_t> values{0};
    for (std::uint64_t value = 1; values.size() < options; value *= base)
        values.push_back(value);
    return values;
}

std::vector<Statement> of_grid(const BallotShape& shape, std::uint32_t base)
{
    std::vector<Statement> all;
    for (std::uint32_t row = 0; row < shape.rows; ++row)
        all.push_back({row, 1, 1, packed(shape.options, base)});
    return all;
}

std::vector<Statement> of_choose(const BallotShape& shape)
{
    std::vector<Statement> all;
    for (std::uint32_t option = 0; option < shape.options; ++option)
        all.push_back({option, 1, 1, {0, 1}});
    if (shape.min > 0 || shape.max < shape.options)
        all.push_back({0, shape.options, 1, range(shape.min, shape.max)});
    return all;
}

std::vector<Statement> of_elect(const BallotShape& shape)
{
    std::vector<Statement> all;
    for (std::uint32_t candidate = 0; candidate < shape.options; ++candidate) {
        all.push_back({2 * candidate, 1, 1, {0, 1}});
        all.push_back({2 * candidate + 1, 1, 1, {0, 1}});
        all.push_back({2 * candidate, 2, 1, {0, 1}});
    }
    if (shape.max < shape.options) all.push_back({0, shape.options, 2, range(0, shape.max)});
    return all;
}

} // namespace

Result<void> check_shape(const BallotShape& shape)
{
    if (!fits(shape) || ballot_size(shape) > ballot_bytes_max) return fault(Fault::out_of_range);
    return {};
}

std::uint32_t packing_base(std::uint32_t list_length)
{
    PLENUM_ASSERT(list_length < (1U << 31));
    return std::bit_ceil(list_length + 1);
}

std::uint32_t ciphertext_count(const BallotShape& shape)
{
    switch (shape.kind) {
    case ShapeKind::grid: return shape.rows;
    case ShapeKind::choose: return shape.options;
    case ShapeKind::elect: return 2 * shape.options;
    }
    PLENUM_ASSERT(false);
    return 0;
}

std::vector<Statement> statements_of(const BallotShape& shape, std::uint32_t base)
{
    switch (shape.kind) {
    case ShapeKind::grid: return of_grid(shape, base);
    case ShapeKind::choose: return of_choose(shape);
    case ShapeKind::elect: return of_elect(shape);
    }
    PLENUM_ASSERT(false);
    return {};
}

std::size_t ballot_size(const BallotShape& shape)
{
    std::size_t size = ballot_head_bytes + ciphertext_count(shape) * ciphertext_bytes + credential_bytes;
    for (const Statement& statement : statements_of(shape, packing_base(0)))
        size += statement.values.size() * branch_bytes + (statement.values.size() - 1) * challenge_bytes;
    return size;
}

} // namespace plenum::ballot
