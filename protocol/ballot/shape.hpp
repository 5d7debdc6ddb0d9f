#pragma once

#include "protocol/json_codec.hpp"
#include "protocol/result.hpp"

namespace plenum::ballot {

/// What a secret ballot can say (docs/ballot_protocol.md 2). NOTE: append only.
enum class ShapeKind {
    grid,   ///< each row one of `options`: a motion (one row), a satisfaction matrix, each project by itself
    choose, ///< from `min` to `max` of `options`
    elect   ///< each of `options` candidates approved, opposed or neither; approvals at most `max`, the seats
};
BOOST_DESCRIBE_ENUM(ShapeKind, grid, choose, elect)

inline constexpr std::uint32_t shape_options_max = 100;
inline constexpr std::uint32_t shape_rows_max = 100;
inline constexpr std::uint32_t grid_options_max = 4;
inline constexpr std::size_t ballot_bytes_max = 65'000;

/// How many ciphertexts a ballot has and what it proves of them. Part of the question, so hashed into every
/// ballot's context; a verifier takes it from there and never from a ballot.
struct BallotShape {
    ShapeKind kind = ShapeKind::grid;
    std::uint32_t options = 3;
    std::uint32_t rows = 1; ///< only of a grid
    std::uint32_t min = 0;  ///< only of choose
    std::uint32_t max = 1;  ///< of choose the most marks, of elect the seats

    bool operator==(const BallotShape&) const = default;
};
BOOST_DESCRIBE_STRUCT(BallotShape, (), (kind, options, rows, min, max))

/// Approve, oppose, abstain in one ciphertext. Option 0 is abstain, 1 approve, 2 oppose.
inline constexpr BallotShape motion_shape{};

/// The sum of the ciphertexts `first`, `first + step`, … (`count` of them) is one of `values`.
struct Statement {
    std::uint32_t first = 0;
    std::uint32_t count = 1;
    std::uint32_t step = 1;
    std::vector<std::uint64_t> values;

    bool operator==(const Statement&) const = default;
};

/// Fault::out_of_range when no vote can have this shape, or a ballot of it would exceed ballot_bytes_max.
Result<void> check_shape(const BallotShape& shape);

/// Smallest power of two above the length of the list: digits of a sum in this base cannot carry.
std::uint32_t packing_base(std::uint32_t list_length);

/// The rest needs a shape check_shape accepts.
std::uint32_t ciphertext_count(const BallotShape& shape);
/// In the order of docs/ballot_protocol.md 2; `base` is packing_base of the list.
std::vector<Statement> statements_of(const BallotShape& shape, std::uint32_t base);
/// Bytes of every ballot of this shape, whatever it says.
std::size_t ballot_size(const BallotShape& shape);

} // namespace plenum::ballot
