#include "protocol/rules/places.hpp"

#include "protocol/assert.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace plenum {
namespace {

std::uint64_t base_of(Base base, std::uint64_t base_members, const PlacesReturn& counted)
{
    switch (base) {
    case Base::all_members: return base_members;
    case Base::ballots:
    case Base::cast: return counted.collected;
    case Base::valid: return counted.valid();
    case Base::present:
    case Base::for_and_against: break;
    }
    PLENUM_ASSERT(!"check_places lets no other base pass");
    return 0;
}

/// Lines with at least `need` votes, highest first, equal ones as they are listed.
std::vector<std::uint32_t> ranked(std::span<const std::uint64_t> votes, std::uint64_t need)
{
    std::vector<std::uint32_t> lines(votes.size());
    std::iota(lines.begin(), lines.end(), 0U);
    std::erase_if(lines, [&](std::uint32_t line) { return votes[line] < need; });
    std::ranges::stable_sort(lines, std::greater{}, [&](std::uint32_t line) { return votes[line]; });
    return lines;
}

PlacesStatus status_of_tie(TieRule tie)
{
    switch (tie) {
    case TieRule::revote: return PlacesStatus::tie_revote_needed;
    case TieRule::presidium: return PlacesStatus::tie_for_presidium;
    case TieRule::none: return PlacesStatus::shortfall_separate_election;
    }
    PLENUM_ASSERT(!"unknown tie rule");
    return PlacesStatus::tie_revote_needed;
}

} // namespace

PlacesOutcome fill_places(std::span<const std::uint64_t> votes, std::uint32_t places, std::uint64_t need,
                          TieRule tie)
{
    PlacesOutcome outcome;
    outcome.need = std::max<std::uint64_t>(need, 1);
    auto lines = ranked(votes, outcome.need);
    if (lines.size() <= places) {
        outcome.unfilled = places - static_cast<std::uint32_t>(lines.size());
        outcome.elected = std::move(lines);
        if (outcome.unfilled > 0) outcome.status = PlacesStatus::shortfall_separate_election;
        return outcome;
    }
    if (places == 0) return outcome;
    const auto last = votes[lines[places - 1]];
    if (votes[lines[places]] < last) {
        lines.resize(places);
        outcome.elected = std::move(lines);
        return outcome;
    }
    for (const auto line : lines) {
        if (votes[line] > last) outcome.elected.push_back(line);
        if (votes[line] == last) outcome.tied.push_back(line);
    }
    outcome.tied_places = places - static_cast<std::uint32_t>(outcome.elected.size());
    outcome.status = status_of_tie(tie);
    if (tie == TieRule::none) outcome.unfilled = std::exchange(outcome.tied_places, 0);
    return outcome;
}

std::optional<Misfit> check_places(const PlacesRule& rule)
{
    if (rule.places == 0 || rule.places > list_entries_max) return Misfit{"places", "from 1 to 1000"};
    if (!rule.majority) return std::nullopt;
    if (auto misfit = check_threshold("majority", *rule.majority)) return misfit;
    const auto base = rule.majority->base;
    if (base == Base::present || base == Base::for_and_against) {
        return Misfit{"majority.base", "all_members, cast, valid or ballots"};
    }
    return std::nullopt;
}

std::optional<Misfit> check_return(const PlacesReturn& counted)
{
    if (counted.issued > ballots_max) return Misfit{"issued", "at most 10000000"};
    if (counted.collected > ballots_max) return Misfit{"collected", "at most 10000000"};
    if (counted.invalid > counted.collected) return Misfit{"invalid", "at most as many as were collected"};
    if (counted.list.size() > list_entries_max) return Misfit{"list", "at most 1000 lines"};
    std::set<std::string_view> names;
    for (std::size_t at = 0; at < counted.list.size(); ++at) {
        const auto& line = counted.list[at];
        const auto path = "list[" + std::to_string(at) + "]";
        if (!is_line(line.name, title_bytes_max)) return Misfit{path + ".name", "a name of one line"};
        if (!names.insert(line.name).second) return Misfit{path + ".name", "each name once"};
        const auto marks = std::uint64_t{line.approve} + line.oppose + line.abstain;
        if (marks > counted.valid()) return Misfit{path, "at most as many votes as valid ballots"};
    }
    return std::nullopt;
}

void settle_shortfall(const PlacesRule& rule, PlacesOutcome& outcome)
{
    const bool is_short = outcome.status == PlacesStatus::shortfall_separate_election;
    if (is_short && rule.shortfall == Shortfall::left_empty)
        outcome.status = PlacesStatus::shortfall_left_empty;
}

PlacesOutcome decide_places(const PlacesRule& rule, std::uint64_t base_members, const PlacesReturn& counted)
{
    std::uint64_t base = 0;
    std::uint64_t need = 1;
    if (rule.majority) {
        base = base_of(rule.majority->base, base_members, counted);
        need = needed(base, *rule.majority);
    }
    PlacesOutcome outcome;
    if (counted.collected > counted.issued) {
        outcome.status = PlacesStatus::void_more_collected_than_issued;
        outcome.need = std::max<std::uint64_t>(need, 1);
        outcome.unfilled = rule.places;
    } else {
        std::vector<std::uint64_t> votes;
        for (const auto& line : counted.list)
            votes.push_back(line.approve);
        outcome = fill_places(votes, rule.places, need, rule.tie);
        settle_shortfall(rule, outcome);
    }
    outcome.base = base;
    return outcome;
}

ExtraCandidates extra_candidates(std::uint32_t seats, SeatShare least, SeatShare most)
{
    PLENUM_ASSERT(least.den > 0 && most.den > 0);
    const std::uint64_t min = (std::uint64_t{seats} * least.num + least.den - 1) / least.den;
    const std::uint64_t max = std::uint64_t{seats} * most.num / most.den;
    return {static_cast<std::uint32_t>(std::max<std::uint64_t>(min, 1)), static_cast<std::uint32_t>(max)};
}

} // namespace plenum
