#pragma once

#include "protocol/ballot/group.hpp"

#include <functional>
#include <optional>

namespace plenum::ballot {

/// Finds small v with v·G = M by baby steps and giant steps: a table of 2^bits multiples of G, built once and
/// then read by any number of threads. Public values only; the time taken depends on v. A table of 2^20 takes
/// about 12 MB and six seconds to build.
class DiscreteLogTable {
public:
    /// `bits` from 1 to 24.
    explicit DiscreteLogTable(unsigned bits);
    /// The same, for as long as `goes_on` says so, which is asked every few milliseconds; nothing once it
    /// does not.
    static std::optional<DiscreteLogTable> build(unsigned bits, const std::function<bool()>& goes_on);

    unsigned bits() const { return bits_; }

    /// v from 0 to `bound` with v·G = point, checked by that equation; nothing when there is none. Takes up
    /// to bound / 2^bits steps of about 6 µs.
    std::optional<std::uint64_t> find(const Point& point, std::uint64_t bound) const;

private:
    DiscreteLogTable() = default;
    bool fill(const std::function<bool()>& goes_on);

    struct Row {
        std::uint32_t high = 0; ///< eight bytes of the multiple's encoding, in two halves to leave no gap
        std::uint32_t low = 0;
        std::uint32_t multiple = 0;
    };
    std::optional<std::uint64_t> look_up(const std::array<std::uint8_t, 32>& encoding) const;

    unsigned bits_ = 0;
    std::vector<Row> rows_; ///< sorted by (high, low)
};

/// The table for which building it and searching `searches` numbers up to `bound` cost about the same.
unsigned table_bits(std::uint64_t bound, std::size_t searches);

} // namespace plenum::ballot
