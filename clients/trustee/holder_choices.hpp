#pragma once

#include "protocol/digest.hpp"
#include "protocol/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::trustee {

/// A box the holder decided at the device to open although the program would not by itself: it holds fewer
/// than five ballots, too few consoles confirmed it, or an earlier attempt of the same vote was opened.
struct Acceptance {
    static constexpr std::size_t root_digits = 8;

    VoteId vote{};
    std::string root; ///< the first eight hexadecimal digits of the box root

    bool operator==(const Acceptance&) const = default;
};
/// From `VOTE:ROOT8`; nothing when it is no such thing.
std::optional<Acceptance> acceptance_of(std::string_view text);

/// What the holder decided beforehand.
struct HolderChoices {
    std::vector<Digest> builds; ///< programs consoles may run; none: any, but all the same
    std::vector<Acceptance> accepted;
};

} // namespace plenum::trustee
