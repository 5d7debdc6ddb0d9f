#include "protocol/rules/ballot_list.hpp"

#include "protocol/rules/ranking.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <set>

namespace plenum {
namespace {

// An entry holds 65,535 bytes: of a decision the figures take most, of a vote prepared its rule 16,384.
constexpr std::size_t figures_bytes_max = 40 * 1024;
constexpr std::size_t on_ballot_bytes_max = 32 * 1024;

template <class T>
std::size_t bytes_of_json(const T& value)
{
    return canonical_json(to_json(value)).size();
}

std::optional<Misfit> check_candidates(const std::vector<Candidate>& candidates)
{
    if (candidates.empty() || candidates.size() > list_entries_max) {
        return Misfit{"candidates", "from 1 to 1000"};
    }
    std::set<std::string_view> names;
    std::set<PersonId> persons;
    PlacesReturn largest{ballots_max, ballots_max, ballots_max, {}};
    for (std::size_t at = 0; at < candidates.size(); ++at) {
        const auto& [name, person] = candidates[at];
        const auto path = "candidates[" + std::to_string(at) + "]";
        if (!is_line(name, title_bytes_max)) return Misfit{path + ".name", "a name of one line"};
        if (!names.insert(name).second) return Misfit{path + ".name", "each name once"};
        if (person && !persons.insert(*person).second) return Misfit{path + ".person", "each person once"};
        largest.list.push_back({name, ballots_max, ballots_max, ballots_max, false});
    }
    if (bytes_of_json(largest) > on_ballot_bytes_max) return Misfit{"candidates", "fewer, or shorter names"};
    return std::nullopt;
}

bool may_follow(ListKind kind)
{
    return kind == ListKind::tie_revote || kind == ListKind::separate_election;
}

bool is_differential(ListKind kind)
{
    return kind == ListKind::differential_election || kind == ListKind::deputy_election;
}

std::optional<Misfit> check_equal_by(const BallotList& list)
{
    if (!list.equal_by) return std::nullopt;
    const bool of_one_seat = list.list_kind == ListKind::separate_election && list.places.places == 1;
    if (!of_one_seat || list.extra) {
        return Misfit{"equal_by", "null: only a separate election for one seat, without extra candidates"};
    }
    const auto& basis = *list.equal_by;
    if (!is_line(basis.law, title_bytes_max) || !is_line(basis.article, title_bytes_max) ||
        !is_line_or_empty(basis.version_date, name_bytes_max)) {
        return Misfit{"equal_by", "the law and its article"};
    }
    return std::nullopt;
}

std::optional<Misfit> check_extra(const BallotList& list)
{
    if (auto misfit = check_equal_by(list)) return misfit;
    const auto& extra = list.extra;
    if (!extra) {
        if (is_differential(list.list_kind)) return Misfit{"extra", "how many candidates more than seats"};
        return std::nullopt;
    }
    if (!is_differential(list.list_kind) && list.list_kind != ListKind::separate_election) {
        return Misfit{"extra", "null: only differential and separate elections have more candidates"};
    }
    if (extra->min == 0 || extra->min > extra->max || extra->max > list_entries_max) {
        return Misfit{"extra", "from at least 1 to at most 1000"};
    }
    const auto& basis = extra->basis;
    if (!is_line(basis.law, title_bytes_max) || !is_line(basis.article, title_bytes_max) ||
        !is_line_or_empty(basis.version_date, name_bytes_max)) {
        return Misfit{"extra.basis", "the law or method and its article"};
    }
    return std::nullopt;
}

std::uint64_t sum_of(const std::vector<ListVotes>& list, std::uint32_t ListVotes::*figure, bool written_in)
{
    std::uint64_t sum = 0;
    for (const auto& line : list)
        sum += line.is_write_in == written_in ? line.*figure : 0;
    return sum;
}

std::optional<Misfit> check_write_ins(const BallotList& list, const PlacesReturn& counted)
{
    const auto written_in = sum_of(counted.list, &ListVotes::approve, true);
    for (const auto& line : counted.list) {
        if (!line.is_write_in) continue;
        if (list.ballot.write_in == WriteIn::none)
            return Misfit{"list", "no other name: none may be written in"};
        if (line.approve == 0 || line.oppose > 0 || line.abstain > 0) {
            return Misfit{"list", "approvals of a name written in, and nothing else"};
        }
    }
    // PE-11: each of them stands on a ballot that opposes somebody.
    if (list.ballot.write_in == WriteIn::requires_opposition &&
        written_in > sum_of(counted.list, &ListVotes::oppose, false)) {
        return Misfit{"list", "at most as many written in as candidates were opposed"};
    }
    return std::nullopt;
}

/// Every valid ballot gives the numbers 1 to n, each once. So all sums together are what the ballots hold,
/// and the least k of them cannot be less than 1 + … + k on each.
std::optional<Misfit> check_numbers(const BallotList& list, const PlacesReturn& counted)
{
    const bool is_ranking = list.list_kind == ListKind::ranked_projects;
    std::vector<std::uint64_t> sums;
    for (const auto& line : counted.list) {
        if (line.numbers.has_value() != is_ranking) {
            return Misfit{"list.numbers", "the sum of numbers of every line of a ranking, and of no other"};
        }
        if (!is_ranking) continue;
        if (line.approve > 0 || line.oppose > 0 || line.abstain > 0) {
            return Misfit{"list", "numbers, and neither approvals nor oppositions"};
        }
        sums.push_back(*line.numbers);
    }
    if (!is_ranking) return std::nullopt;
    std::ranges::sort(sums);
    const std::uint64_t valid = counted.valid();
    const std::uint64_t most = valid * sums.size() * (sums.size() + 1) / 2;
    std::uint64_t least = 0;
    std::uint64_t sum = 0;
    for (std::size_t k = 1; k <= sums.size(); ++k) {
        if (sums[k - 1] > most) return Misfit{"list.numbers", "at most what all ballots hold"};
        sum += sums[k - 1];
        least += valid * k;
        if (sum < least) return Misfit{"list.numbers", "no less than ballots with each number once hold"};
    }
    if (sum == most) return std::nullopt;
    return Misfit{"list.numbers", "together " + std::to_string(most) + ": valid ballots times 1 + … + n"};
}

} // namespace

std::optional<Misfit> check_list(const BallotList& list)
{
    if (auto misfit = check_candidates(list.candidates)) return misfit;
    if (const auto misfit = check_places(list.places)) {
        return Misfit{"places." + misfit->path, misfit->expected};
    }
    if (list.ballot.marks_max == 0 || list.ballot.marks_max > list.places.places) {
        return Misfit{"ballot.marks_max", "from 1 to the number of places"};
    }
    if (list.follows.has_value() != may_follow(list.list_kind)) {
        return Misfit{"follows", "the vote before a separate election or re-vote, of others null"};
    }
    const auto kind = list.list_kind;
    if (kind == ListKind::primary && list.places.majority) {
        return Misfit{"places.majority", "null: a primary ranks by votes"};
    }
    if (kind == ListKind::ranked_projects && list.places.majority) {
        return Misfit{"places.majority", "null: in a ranking the lowest sums win"};
    }
    if (!others_may_stand(kind) && list.ballot.write_in != WriteIn::none) {
        return Misfit{"ballot.write_in", "none: only those on the list stand"};
    }
    return check_extra(list);
}

bool has_right_number(const BallotList& list)
{
    const auto candidates = list.candidates.size();
    const std::size_t places = list.places.places;
    if (list.extra) {
        return candidates >= places + list.extra->min && candidates <= places + list.extra->max;
    }
    switch (list.list_kind) {
    case ListKind::equal_election: return candidates == places;
    case ListKind::separate_election:
    case ListKind::projects: return candidates >= places;
    case ListKind::ranked_projects:
    case ListKind::differential_election:
    case ListKind::deputy_election:
    case ListKind::tie_revote:
    case ListKind::primary: return candidates > places;
    }
    return false;
}

std::optional<Misfit> check_sheet(const GradesSheet& sheet)
{
    if (const auto misfit = check_grades(sheet.rule)) {
        return Misfit{"rule." + misfit->path, misfit->expected};
    }
    if (sheet.objects.empty() || sheet.objects.size() > list_entries_max) {
        return Misfit{"objects", "from 1 to 1000"};
    }
    std::set<std::string_view> names;
    GradesDecided largest;
    for (const auto& object : sheet.objects) {
        if (!is_line(object, title_bytes_max) || !names.insert(object).second) {
            return Misfit{"objects", "names of one line, each once"};
        }
        std::vector<std::uint32_t> counts(sheet.rule.grades.size(), ballots_max);
        largest.counted.objects.push_back({object, std::move(counts), ballots_max});
        largest.outcomes.push_back(
            decide_grades(sheet.rule, ballots_max, ballots_max, largest.counted.objects.back()));
    }
    if (bytes_of_json(sheet) > on_ballot_bytes_max || bytes_of_json(largest) > figures_bytes_max) {
        return Misfit{"objects", "fewer, shorter names, or fewer verdicts"};
    }
    return std::nullopt;
}

std::optional<Misfit> check_rooms(const std::vector<std::string>& rooms)
{
    if (rooms.size() < 2 || rooms.size() > rooms_max) return Misfit{"rooms", "from 2 to 100"};
    std::set<std::string_view> names;
    for (const auto& room : rooms) {
        if (!is_line(room, name_bytes_max) || !names.insert(room).second) {
            return Misfit{"rooms", "names of one line, each once"};
        }
    }
    return std::nullopt;
}

bool is_room_of_group(const RuleProfile& profile, const std::string& room)
{
    return profile.also_in &&
           std::ranges::find(*profile.also_in, room, &GroupMajority::group) != profile.also_in->end();
}

bool has_rooms_of_groups(const RuleProfile& profile, const std::vector<std::string>& rooms)
{
    if (!profile.also_in || profile.method != VoteMethod::paper) return true;
    return std::ranges::all_of(*profile.also_in, [&](const GroupMajority& one) {
        return std::ranges::find(rooms, one.group) != rooms.end();
    });
}

PlacesOutcome decide_list(const BallotList& list, std::uint64_t base_members, const PlacesReturn& counted)
{
    if (list.list_kind == ListKind::ranked_projects) return decide_ranking(list.places, counted);
    return decide_places(list.places, base_members, counted);
}

std::optional<Misfit> check_return(const BallotList& list, const PlacesReturn& counted)
{
    if (auto misfit = check_return(counted)) return misfit;
    const auto& candidates = list.candidates;
    if (counted.list.size() < candidates.size()) return Misfit{"list", "every candidate of the ballot"};
    for (std::size_t at = 0; at < counted.list.size(); ++at) {
        const auto& line = counted.list[at];
        const auto path = "list[" + std::to_string(at) + "]";
        const bool written_in = at >= candidates.size();
        if (line.is_write_in != written_in || (!written_in && line.name != candidates[at].name)) {
            return Misfit{path, "the candidates as on the ballot, then those written in"};
        }
    }
    if (in_order(counted) != counted) return Misfit{"list", "the names written in, in order"};
    if (auto misfit = check_numbers(list, counted)) return misfit;
    const auto chosen =
        sum_of(counted.list, &ListVotes::approve, false) + sum_of(counted.list, &ListVotes::approve, true);
    if (chosen > std::uint64_t{counted.valid()} * list.ballot.marks_max) {
        return Misfit{"list", "at most as many chosen as the valid ballots have places"};
    }
    return check_write_ins(list, counted);
}

bool fits_entry(const PlacesReturn& counted)
{
    return counted.list.size() <= list_entries_max && bytes_of_json(counted) <= figures_bytes_max;
}

} // namespace plenum
