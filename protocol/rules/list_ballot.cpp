#include "protocol/rules/list_ballot.hpp"

#include "protocol/assert.hpp"

#include <algorithm>

namespace plenum {
namespace {

std::size_t count_of(const ListBallot& ballot, Mark mark)
{
    return static_cast<std::size_t>(std::ranges::count(ballot.marks, mark));
}

bool is_listed(std::span<const std::string> candidates, const std::string& name)
{
    return std::ranges::find(candidates, name) != candidates.end();
}

/// The names written in that count: other than those listed, each once, not more than were opposed where that
/// is asked for. Which of too many is meant cannot be told, so none of them counts then.
std::vector<std::string> good_write_ins(const ListBallotRule& rule, std::span<const std::string> candidates,
                                        const ListBallot& ballot)
{
    std::vector<std::string> good;
    if (rule.write_in == WriteIn::none) return good;
    if (rule.write_in == WriteIn::requires_opposition &&
        ballot.write_ins.size() > count_of(ballot, Mark::oppose)) {
        return good;
    }
    for (const auto& name : ballot.write_ins) {
        const bool again = std::ranges::find(good, name) != good.end();
        if (!name.empty() && !again && !is_listed(candidates, name)) good.push_back(name);
    }
    return good;
}

} // namespace

BallotValidity check_ballot(const ListBallotRule& rule, std::span<const std::string> candidates,
                            const ListBallot& ballot)
{
    PLENUM_ASSERT(ballot.marks.size() == candidates.size());
    auto chosen = count_of(ballot, Mark::approve) + ballot.write_ins.size();
    if (rule.blank == BlankMark::approve) chosen += count_of(ballot, Mark::blank);
    if (chosen > rule.marks_max) return BallotValidity::void_overvote;
    const auto good = good_write_ins(rule, candidates, ballot);
    return good.size() == ballot.write_ins.size() ? BallotValidity::valid
                                                  : BallotValidity::write_in_void_rest_valid;
}

ListTally::ListTally(ListBallotRule rule, std::vector<std::string> candidates)
    : rule_(rule), candidates_(std::move(candidates))
{
    for (const auto& name : candidates_)
        sums_.list.push_back({name, 0, 0, 0, false});
}

BallotValidity ListTally::add(const ListBallot& ballot)
{
    const auto validity = check_ballot(rule_, candidates_, ballot);
    ++sums_.collected;
    if (validity == BallotValidity::void_overvote) {
        ++sums_.invalid;
        return validity;
    }
    for (std::size_t at = 0; at < candidates_.size(); ++at) {
        auto mark = ballot.marks[at];
        if (mark == Mark::blank) mark = rule_.blank == BlankMark::approve ? Mark::approve : Mark::abstain;
        auto& line = sums_.list[at];
        if (mark == Mark::approve) ++line.approve;
        if (mark == Mark::oppose) ++line.oppose;
        if (mark == Mark::abstain) ++line.abstain;
    }
    add_write_ins(ballot);
    return validity;
}

void ListTally::add_write_ins(const ListBallot& ballot)
{
    for (const auto& name : good_write_ins(rule_, candidates_, ballot)) {
        auto line = std::ranges::find(sums_.list, name, &ListVotes::name);
        if (line == sums_.list.end()) line = sums_.list.insert(line, {name, 0, 0, 0, true});
        ++line->approve;
    }
}

PlacesReturn ListTally::counted(std::uint32_t issued) const
{
    auto counted = sums_;
    counted.issued = issued;
    return counted;
}

} // namespace plenum
