#pragma once

#include "protocol/rules/outcome.hpp"

// What every rule does with shares, beside meets() and needed().

namespace plenum {

/// Why this is no share, or nothing: a zero denominator, a fraction above one, terms above a million.
std::optional<Misfit> check_threshold(const std::string& path, const Threshold& threshold);

/// One comparison: whether `have` of `base` meets the threshold, and how many would. `group`: whose figure it
/// is, empty for the whole body.
Finding compare(std::string group, std::uint64_t have, std::uint64_t base, const Threshold& threshold);

/// The same of those who are for something: nothing passes without one of them, whatever the share and
/// however small the base. 三分之二以上 of nobody is nobody.
Finding compare_approvals(std::string group, std::uint64_t have, std::uint64_t base,
                          const Threshold& threshold);

/// `count` of `base` in thousandths, so 714 for 71.4 %; nothing of a base of zero.
std::optional<std::uint64_t> share_per_mille(std::uint64_t count, std::uint64_t base,
                                             Rounding rounding = Rounding::half_up);

/// A figure that has to reach its own share of its own base.
struct Requirement {
    std::string group; ///< whose figure it is, like `deputies`
    std::uint64_t have = 0;
    std::uint64_t base = 0;
    Threshold threshold;
};

/// All must be met: 双门槛 (deputies over half and everybody over two thirds), joint signatures (one figure).
Outcome decide_together(const std::vector<Requirement>& requirements);

/// 联名: whether enough have signed. Counted are those of the `electors` who signed, each once; a signature
/// of anybody else counts for nothing.
Finding decide_signatures(const std::vector<std::uint64_t>& electors,
                          const std::vector<std::uint64_t>& signers, std::uint64_t base_members,
                          const Threshold& threshold);

} // namespace plenum
