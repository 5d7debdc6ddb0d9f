#pragma once

#include "protocol/rules/ballots.hpp"

#include <vector>

// What tellers counted, figure by figure, and on which of them they differ.

namespace plenum::chamber {

/// One figure of a count, with what it is of.
struct Figure {
    LocalText of;
    std::uint64_t value = 0;
};
using Figures = std::vector<Figure>;

/// Every figure a teller writes down, in the order of the form.
Figures figures_of(const BallotsCount& counted);
Figures figures_of(const PlacesReturn& counted);
Figures figures_of(const GradesCount& counted);

/// A count and whose it is.
struct Owner {
    LocalText name;
    Figures figures;
};

/// `；赞成：张三18、李四17` for each figure on which they differ.
LocalText differences(const std::vector<Owner>& owners);

} // namespace plenum::chamber
