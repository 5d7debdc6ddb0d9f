#include "protocol/ballot/choice.hpp"

#include "protocol/assert.hpp"

#include <algorithm>

namespace plenum::ballot {

namespace {

// No branch and no index below depends on a choice; only whether it is allowed is told.

/// All bits when the two are equal, else none.
std::uint64_t equal_mask(std::uint64_t left, std::uint64_t right)
{
    const std::uint64_t difference = left ^ right;
    return ((difference | (0 - difference)) >> 63) - 1;
}

/// 1 when left < right; both below 2^63.
std::uint64_t is_less(std::uint64_t left, std::uint64_t right)
{
    return (left - right) >> 63;
}

/// 1 unless every byte is below `bound` and those from `count` on are zero.
std::uint64_t has_wrong_byte(ByteView bytes, std::size_t count, std::uint64_t bound)
{
    std::uint64_t wrong = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        wrong |= 1 - is_less(bytes[i], i < count ? bound : 1);
    return wrong;
}

std::uint64_t sum_of_ones(ByteView bytes)
{
    std::uint64_t sum = 0;
    for (const std::uint8_t byte : bytes)
        sum += equal_mask(byte, 1) & 1;
    return sum;
}

using Plaintexts = Result<std::vector<SecretScalar>>;

/// Row i: 0, 1, B or B².
Plaintexts encode(const GridChoice& choice, const BallotShape& shape, std::uint32_t base)
{
    const ByteView options = choice.options.reveal();
    if (has_wrong_byte(options, shape.rows, shape.options)) return fault(Fault::out_of_range);
    std::vector<SecretScalar> plaintexts;
    for (const Statement& row : statements_of(shape, base)) {
        std::uint64_t chosen = 0;
        for (std::size_t option = 0; option < row.values.size(); ++option)
            chosen |= row.values[option] & equal_mask(options[row.first], option);
        plaintexts.push_back(secret_scalar_of(chosen));
    }
    return plaintexts;
}

Plaintexts encode(const ChooseChoice& choice, const BallotShape& shape, std::uint32_t)
{
    const ByteView marks = choice.marks.reveal();
    const std::uint64_t marked = sum_of_ones(marks);
    if (has_wrong_byte(marks, shape.options, 2) | is_less(marked, shape.min) | is_less(shape.max, marked))
        return fault(Fault::out_of_range);
    std::vector<SecretScalar> plaintexts;
    for (std::uint32_t option = 0; option < shape.options; ++option)
        plaintexts.push_back(secret_scalar_of(marks[option]));
    return plaintexts;
}

/// Approval and opposition of each candidate, in turn.
Plaintexts encode(const ElectChoice& choice, const BallotShape& shape, std::uint32_t)
{
    const ByteView stances = choice.stances.reveal();
    if (has_wrong_byte(stances, shape.options, 3) | is_less(shape.max, sum_of_ones(stances)))
        return fault(Fault::out_of_range);
    std::vector<SecretScalar> plaintexts;
    for (std::uint32_t candidate = 0; candidate < shape.options; ++candidate) {
        plaintexts.push_back(secret_scalar_of(stances[candidate] & 1U));
        plaintexts.push_back(secret_scalar_of(stances[candidate] >> 1U));
    }
    return plaintexts;
}

bool is_kind_of(const BallotChoice& choice, ShapeKind kind)
{
    switch (kind) {
    case ShapeKind::grid: return std::holds_alternative<GridChoice>(choice);
    case ShapeKind::choose: return std::holds_alternative<ChooseChoice>(choice);
    case ShapeKind::elect: return std::holds_alternative<ElectChoice>(choice);
    }
    return false;
}

/// Of numbers that are public by now.
bool is_true_of(const Statement& statement, std::span<const std::uint64_t> plaintexts)
{
    std::uint64_t rest = statement.values.back();
    for (std::uint32_t i = 0; i < statement.count; ++i) {
        const std::uint64_t plaintext = plaintexts[statement.first + i * statement.step];
        if (plaintext > rest) return false;
        rest -= plaintext;
    }
    return std::ranges::count(statement.values, statement.values.back() - rest) == 1;
}

template <std::size_t size>
void copy_into(Secret<size>& secret, ByteView bytes)
{
    PLENUM_ASSERT(bytes.size() <= size);
    std::ranges::copy(bytes, secret.fill().begin());
}

} // namespace

BallotChoice choice_of(ShapeKind kind, ByteView bytes)
{
    switch (kind) {
    case ShapeKind::grid: {
        GridChoice choice;
        copy_into(choice.options, bytes);
        return choice;
    }
    case ShapeKind::choose: {
        ChooseChoice choice;
        copy_into(choice.marks, bytes);
        return choice;
    }
    case ShapeKind::elect: {
        ElectChoice choice;
        copy_into(choice.stances, bytes);
        return choice;
    }
    }
    PLENUM_ASSERT(false);
    return GridChoice{};
}

Plaintexts plaintexts_of(const BallotChoice& choice, const BallotShape& shape, std::uint32_t base)
{
    if (!is_kind_of(choice, shape.kind)) return fault(Fault::out_of_range);
    return std::visit([&](const auto& of_kind) { return encode(of_kind, shape, base); }, choice);
}

Result<Bytes> choice_from(std::span<const std::uint64_t> plaintexts, const BallotShape& shape,
                          std::uint32_t base)
{
    const auto statements = statements_of(shape, base);
    if (plaintexts.size() != ciphertext_count(shape)) return fault(Fault::out_of_range);
    for (const Statement& statement : statements)
        if (!is_true_of(statement, plaintexts)) return fault(Fault::out_of_range);
    Bytes choice;
    for (std::size_t i = 0; i < plaintexts.size(); ++i) {
        std::uint64_t byte = plaintexts[i];
        if (shape.kind == ShapeKind::grid)
            byte = static_cast<std::uint64_t>(std::ranges::find(statements[i].values, plaintexts[i]) -
                                              statements[i].values.begin());
        if (shape.kind == ShapeKind::elect) byte += 2 * plaintexts[++i];
        choice.push_back(static_cast<std::uint8_t>(byte));
    }
    return choice;
}

} // namespace plenum::ballot
