#include "protocol/rules/outcome.hpp"

#include "protocol/assert.hpp"
#include "protocol/rules/threshold.hpp"

#include <algorithm>

namespace plenum {

bool is_adopted(Verdict verdict)
{
    return verdict == Verdict::passed || verdict == Verdict::adopted_no_objection;
}

bool is_invalid(Verdict verdict)
{
    return verdict == Verdict::invalid_low_participation || verdict == Verdict::void_more_collected;
}

bool meets(std::uint64_t count, std::uint64_t base, const Threshold& threshold)
{
    // Counts are bounded by the seats of a chamber and fractions by check_profile, so the products cannot
    // overflow.
    const std::uint64_t left = count * threshold.den;
    const std::uint64_t right = base * threshold.num;
    return threshold.strict ? left > right : left >= right;
}

std::uint64_t needed(std::uint64_t base, const Threshold& threshold)
{
    const std::uint64_t product = base * threshold.num;
    if (threshold.strict) return product / threshold.den + 1;
    return (product + threshold.den - 1) / threshold.den;
}

std::uint64_t base_number(Base base, std::uint64_t all_members, const Tally& tally)
{
    switch (base) {
    case Base::all_members: return all_members;
    case Base::present: return tally.present();
    case Base::cast:
    case Base::valid:
    case Base::ballots: return tally.cast();
    case Base::for_and_against: return std::uint64_t{tally.approve} + tally.oppose;
    }
    PLENUM_ASSERT(!"unknown base");
    return 0;
}

bool meets_also(const RuleProfile& profile, const std::vector<GroupTally>& groups,
                std::vector<Finding>& findings)
{
    bool met = true;
    for (const auto& [name, majority] : profile.also_in.value_or(std::vector<GroupMajority>{})) {
        const auto found = std::ranges::find(groups, name, &GroupTally::group);
        PLENUM_ASSERT(found != groups.end());
        const auto base = base_number(majority.base, found->members, found->tally);
        findings.push_back(compare_approvals(name, found->tally.approve, base, majority));
        met = met && findings.back().met;
    }
    return met;
}

Outcome decide_outcome(const RuleProfile& profile, std::uint64_t base_members, const Tally& tally,
                       const std::vector<GroupTally>& groups)
{
    Outcome outcome;
    const auto& majority = profile.majority;
    if (profile.groups.empty()) {
        outcome.findings.push_back(
            compare_approvals("", tally.approve, base_number(majority.base, base_members, tally), majority));
    }
    for (const auto& name : profile.groups) {
        const auto found = std::ranges::find(groups, name, &GroupTally::group);
        PLENUM_ASSERT(found != groups.end());
        const auto base = base_number(majority.base, found->members, found->tally);
        outcome.findings.push_back(compare_approvals(name, found->tally.approve, base, majority));
    }
    meets_also(profile, groups, outcome.findings);
    const bool met = std::ranges::all_of(outcome.findings, &Finding::met);
    outcome.verdict = met ? Verdict::passed : Verdict::not_passed;

    if (profile.min_participation) {
        const auto& least = *profile.min_participation;
        outcome.participation =
            compare("", tally.cast(), base_number(least.base, base_members, tally), least);
        if (!outcome.participation->met) outcome.verdict = Verdict::invalid_low_participation;
    }
    return outcome;
}

Outcome outcome_without_objection()
{
    return {Verdict::adopted_no_objection, {}, std::nullopt};
}

} // namespace plenum
