#include "protocol/rules/provisions.hpp"

#include <set>

namespace plenum {
namespace {

constexpr std::size_t kinds_max = 8;

bool is_first(ListKind kind)
{
    return kind != ListKind::tie_revote && kind != ListKind::separate_election;
}

bool has_majority(ListKind kind)
{
    return kind != ListKind::primary && kind != ListKind::ranked_projects;
}

std::optional<Misfit> check_kinds(const ListProvisions& provisions)
{
    if (!provisions.kinds) return std::nullopt;
    const auto& kinds = *provisions.kinds;
    if (kinds.empty() || kinds.size() > kinds_max) return Misfit{"kinds", "at least one kind of list"};
    std::set<ListKind> seen;
    bool elects = false;
    bool by_majority = false;
    for (const auto kind : kinds) {
        if (!is_first(kind))
            return Misfit{"kinds", "none that follows another vote: it has the rule of that"};
        if (!seen.insert(kind).second) return Misfit{"kinds", "each kind once"};
        elects = elects || others_may_stand(kind);
        by_majority = by_majority || has_majority(kind);
    }
    if (!by_majority && provisions.by == PlacesBy::majority) {
        return Misfit{"by", "highest: a primary and a ranking know no majority"};
    }
    const bool writes_in = provisions.write_in && *provisions.write_in != WriteIn::none;
    if (!elects && writes_in) return Misfit{"write_in", "none: only those on the list stand"};
    return std::nullopt;
}

} // namespace

std::optional<Misfit> check_provisions(const ListProvisions& provisions)
{
    if (auto misfit = check_kinds(provisions)) return misfit;
    const auto seats = provisions.seats.value_or(list_entries_max);
    if (seats == 0 || seats > list_entries_max) return Misfit{"seats", "from 1 to 1000"};
    const auto marks = provisions.marks_max.value_or(1);
    if (marks == 0 || marks > seats) return Misfit{"marks_max", "from 1 to the number of seats"};
    const auto scrutineers = provisions.scrutineers_min.value_or(scrutineers_usual);
    if (scrutineers < scrutineers_usual || scrutineers > scrutineers_most) {
        return Misfit{"scrutineers_min", "from 2 to 200"};
    }
    return std::nullopt;
}

} // namespace plenum
