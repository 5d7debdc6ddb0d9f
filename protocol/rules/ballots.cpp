#include "protocol/rules/ballots.hpp"

#include "protocol/assert.hpp"
#include "protocol/rules/threshold.hpp"

#include <algorithm>

namespace plenum {
namespace {

template <class Count>
std::optional<Misfit> check_box(const Count& counted)
{
    if (counted.issued > ballots_max) return Misfit{"issued", "at most 10000000"};
    if (counted.collected > ballots_max) return Misfit{"collected", "at most 10000000"};
    return std::nullopt;
}

std::uint64_t sum_of(const GradesReturn& object)
{
    std::uint64_t sum = object.invalid;
    for (const auto count : object.counts)
        sum += count;
    return sum;
}

/// A base that only paper can tell apart: ballots that came back, and those of them that are valid.
std::uint64_t base_of(Base base, std::uint64_t base_members, const Tally& tally, const BallotsCount& counted)
{
    switch (base) {
    case Base::cast:
    case Base::ballots: return counted.collected;
    case Base::valid: return counted.valid();
    case Base::all_members:
    case Base::present:
    case Base::for_and_against: return base_number(base, base_members, tally);
    }
    PLENUM_ASSERT(!"unknown base");
    return 0;
}

void add_line(PlacesReturn& sum, const ListVotes& line)
{
    const auto found = std::ranges::find(sum.list, line.name, &ListVotes::name);
    if (found == sum.list.end()) {
        sum.list.push_back(line);
        return;
    }
    found->approve += line.approve;
    found->oppose += line.oppose;
    found->abstain += line.abstain;
    if (line.numbers) found->numbers.emplace(found->numbers.value_or(0) + *line.numbers);
}

} // namespace

std::optional<Misfit> check_ballots(const BallotsCount& counted)
{
    if (auto misfit = check_box(counted)) return misfit;
    const auto marked = std::uint64_t{counted.approve} + counted.oppose + counted.abstain + counted.invalid;
    if (marked != counted.collected) {
        return Misfit{"collected", "approve + oppose + abstain + invalid together"};
    }
    return std::nullopt;
}

std::optional<Misfit> check_sheets(const GradesRule& rule, const std::vector<std::string>& objects,
                                   const GradesCount& counted)
{
    if (auto misfit = check_box(counted)) return misfit;
    if (counted.objects.size() != objects.size()) return Misfit{"objects", "every object of the sheet"};
    for (std::size_t at = 0; at < objects.size(); ++at) {
        const auto& object = counted.objects[at];
        const auto path = "objects[" + std::to_string(at) + "]";
        if (object.object != objects[at]) return Misfit{path + ".object", "as on the sheet"};
        if (object.counts.size() != rule.grades.size()) {
            return Misfit{path + ".counts", "one number for each grade"};
        }
        if (sum_of(object) != counted.collected) {
            return Misfit{path, "as many grades and invalid ones as sheets came back"};
        }
    }
    return std::nullopt;
}

PlacesReturn in_order(PlacesReturn counted)
{
    auto& list = counted.list;
    const auto on_ballot = [](const ListVotes& line) { return !line.is_write_in; };
    const auto by_name = [](const ListVotes& a, const ListVotes& b) { return a.name < b.name; };
    std::stable_sort(std::stable_partition(list.begin(), list.end(), on_ballot), list.end(), by_name);
    return counted;
}

BallotsCount sum_of(std::span<const BallotsCount> rooms)
{
    BallotsCount sum;
    for (const auto& room : rooms) {
        sum.issued += room.issued;
        sum.collected += room.collected;
        sum.invalid += room.invalid;
        sum.approve += room.approve;
        sum.oppose += room.oppose;
        sum.abstain += room.abstain;
    }
    return sum;
}

PlacesReturn sum_of(std::span<const PlacesReturn> rooms)
{
    PlacesReturn sum;
    for (const auto& room : rooms) {
        sum.issued += room.issued;
        sum.collected += room.collected;
        sum.invalid += room.invalid;
        for (const auto& line : room.list)
            add_line(sum, line);
    }
    return in_order(std::move(sum));
}

GradesCount sum_of(std::span<const GradesCount> rooms)
{
    GradesCount sum;
    for (const auto& room : rooms) {
        sum.issued += room.issued;
        sum.collected += room.collected;
        if (sum.objects.empty()) {
            sum.objects = room.objects;
            continue;
        }
        for (std::size_t at = 0; at < sum.objects.size(); ++at) {
            auto& object = sum.objects[at];
            object.invalid += room.objects[at].invalid;
            for (std::size_t grade = 0; grade < object.counts.size(); ++grade)
                object.counts[grade] += room.objects[at].counts[grade];
        }
    }
    return sum;
}

Tally tally_of(const BallotsCount& counted, std::uint32_t present)
{
    if (is_void(counted)) return {0, 0, 0, present};
    PLENUM_ASSERT(counted.valid() <= present);
    return {counted.approve, counted.oppose, counted.abstain, present - counted.valid()};
}

std::vector<GroupTally> tallies_of(const std::vector<GroupBallots>& groups, bool is_void)
{
    std::vector<GroupTally> tallies;
    for (const auto& [group, members, electors, counted] : groups) {
        auto tally = is_void ? Tally{0, 0, 0, electors} : tally_of(counted, electors);
        tallies.push_back({group, members, tally});
    }
    return tallies;
}

bool is_void(const BallotsCount& counted, const std::vector<GroupBallots>& groups)
{
    return is_void(counted) ||
           std::ranges::any_of(groups, [](const GroupBallots& one) { return is_void(one.counted); });
}

Outcome decide_ballots(const RuleProfile& profile, std::uint64_t base_members, std::uint32_t present,
                       const BallotsCount& counted, const std::vector<GroupBallots>& groups)
{
    if (is_void(counted, groups)) return {Verdict::void_more_collected, {}, std::nullopt};
    const auto tally = tally_of(counted, present);
    const auto base = base_of(profile.majority.base, base_members, tally, counted);
    Outcome outcome;
    outcome.findings.push_back(compare_approvals("", tally.approve, base, profile.majority));
    const bool also = meets_also(profile, tallies_of(groups, false), outcome.findings);
    outcome.verdict = outcome.findings.front().met && also ? Verdict::passed : Verdict::not_passed;
    if (profile.min_participation) {
        const auto& least = *profile.min_participation;
        outcome.participation =
            compare("", counted.collected, base_of(least.base, base_members, tally, counted), least);
        if (!outcome.participation->met) outcome.verdict = Verdict::invalid_low_participation;
    }
    return outcome;
}

std::vector<GradesOutcome> decide_sheets(const GradesRule& rule, std::uint64_t base_members,
                                         std::uint32_t present, const GradesCount& counted)
{
    std::vector<GradesOutcome> outcomes;
    if (is_void(counted)) return outcomes;
    for (const auto& object : counted.objects)
        outcomes.push_back(decide_grades(rule, base_members, present, object));
    return outcomes;
}

} // namespace plenum
