#pragma once

#include "protocol/ballot/group.hpp"
#include "protocol/ballot/shape.hpp"

#include <variant>

namespace plenum::ballot {

// What a voter chose, while it is still a secret: one byte a row, option or candidate, the rest zero.

/// Of each row the option, counted from 0. Of a motion: 0 abstain, 1 approve, 2 oppose.
struct GridChoice {
    Secret<shape_rows_max> options;
};

/// Of each option 1 when it is marked.
struct ChooseChoice {
    Secret<shape_options_max> marks;
};

/// Of each candidate 1 approved, 2 opposed, 0 neither.
struct ElectChoice {
    Secret<shape_options_max> stances;
};

using BallotChoice = std::variant<GridChoice, ChooseChoice, ElectChoice>;

/// The choice of a shape of this kind from at most 100 bytes; the caller wipes its own copy.
BallotChoice choice_of(ShapeKind kind, ByteView bytes);

/// The numbers m_j that are encrypted (docs/ballot_protocol.md 2), in a time that does not depend on them.
/// Fault::out_of_range for a choice the shape does not allow, such as one mark too many: a console says so
/// before anything is made of it.
Result<std::vector<SecretScalar>> plaintexts_of(const BallotChoice& choice, const BallotShape& shape,
                                                std::uint32_t base);

/// The bytes of the choice the numbers m_j stand for, of a ballot that was opened and is secret no longer.
/// Fault::out_of_range when no choice of this shape is encrypted as these numbers.
Result<Bytes> choice_from(std::span<const std::uint64_t> plaintexts, const BallotShape& shape,
                          std::uint32_t base);

} // namespace plenum::ballot
