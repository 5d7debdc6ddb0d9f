#include "protocol/rules/threshold.hpp"

#include <algorithm>
#include <set>

namespace plenum {
namespace {

constexpr std::uint32_t fraction_max = 1'000'000;

} // namespace

Finding compare(std::string group, std::uint64_t have, std::uint64_t base, const Threshold& threshold)
{
    return {std::move(group), base, needed(base, threshold), have, meets(have, base, threshold)};
}

Finding compare_approvals(std::string group, std::uint64_t have, std::uint64_t base,
                          const Threshold& threshold)
{
    auto finding = compare(std::move(group), have, base, threshold);
    finding.need = std::max<std::uint64_t>(finding.need, 1);
    finding.met = finding.met && have >= finding.need;
    return finding;
}

std::optional<Misfit> check_threshold(const std::string& path, const Threshold& threshold)
{
    if (threshold.den == 0 || threshold.den > fraction_max) {
        return Misfit{path + ".den", "from 1 to 1000000"};
    }
    if (threshold.num > threshold.den) return Misfit{path + ".num", "at most the denominator"};
    return std::nullopt;
}

std::optional<std::uint64_t> share_per_mille(std::uint64_t count, std::uint64_t base, Rounding rounding)
{
    if (base == 0) return std::nullopt;
    return rounding == Rounding::half_up ? (2'000 * count + base) / (2 * base) : 1'000 * count / base;
}

Outcome decide_together(const std::vector<Requirement>& requirements)
{
    Outcome outcome;
    for (const auto& [group, have, base, threshold] : requirements)
        outcome.findings.push_back(compare_approvals(group, have, base, threshold));
    const bool met = !requirements.empty() && std::ranges::all_of(outcome.findings, &Finding::met);
    outcome.verdict = met ? Verdict::passed : Verdict::not_passed;
    return outcome;
}

Finding decide_signatures(const std::vector<std::uint64_t>& electors,
                          const std::vector<std::uint64_t>& signers, std::uint64_t base_members,
                          const Threshold& threshold)
{
    const std::set<std::uint64_t> may_sign(electors.begin(), electors.end());
    std::set<std::uint64_t> signed_by;
    for (const auto signer : signers) {
        if (may_sign.contains(signer)) signed_by.insert(signer);
    }
    return compare_approvals("", signed_by.size(), base_members, threshold);
}

} // namespace plenum
