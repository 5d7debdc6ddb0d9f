#include "clients/audit/recorded_election.hpp"

#include "clients/audit/vector_reading.hpp"
#include "protocol/rules/list_ballot.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace plenum::audit {
namespace {

namespace json = boost::json;

/// Compares one figure after another; each is one passed or failed.
class Comparison {
public:
    explicit Comparison(VectorReport& report) : report_(report) {}

    void same(const std::string& what, std::uint64_t computed, std::uint64_t published)
    {
        tell(computed == published,
             what + " should be " + std::to_string(published) + ", is " + std::to_string(computed));
    }

    void tell(bool is_same, std::string mismatch)
    {
        ++(is_same ? report_.passed : report_.failed);
        if (!is_same) report_.mismatches.push_back(std::move(mismatch));
    }

private:
    VectorReport& report_;
};

const json::array& list(const json::value& of, std::string_view name)
{
    const auto& found = member(of, name);
    if (!found.is_array()) throw Unreadable{std::string(name) + " is no list"};
    return found.get_array();
}

std::vector<std::string> texts(const json::array& from)
{
    std::vector<std::string> found;
    for (const auto& one : from) {
        if (!one.is_string()) throw Unreadable{"a list of names holds something else"};
        found.emplace_back(one.get_string());
    }
    return found;
}

std::vector<std::string> candidates_of(const json::value& election)
{
    std::vector<std::string> ids;
    for (const auto& candidate : list(election, "candidates"))
        ids.push_back(text(candidate, "id"));
    if (ids.empty() || ids.size() > list_entries_max) throw Unreadable{"candidates should be from 1 to 1000"};
    return ids;
}

PlacesReturn count(const json::value& election, const std::vector<std::string>& candidates)
{
    ListBallotRule rule;
    rule.marks_max = has(election, "max_choices") ? number(election, "max_choices")
                                                  : static_cast<std::uint32_t>(candidates.size());
    ListTally tally(rule, candidates);
    const auto& ballots = list(election, "ballots");
    for (const auto& given : ballots) {
        if (!given.is_array()) throw Unreadable{"a ballot is no list"};
        ListBallot ballot{std::vector<Mark>(candidates.size(), Mark::blank), {}};
        for (const auto& chosen : texts(given.get_array())) {
            const auto found = std::ranges::find(candidates, chosen);
            if (found == candidates.end())
                throw Unreadable{"a ballot names " + chosen + ", who is no candidate"};
            ballot.marks[static_cast<std::size_t>(found - candidates.begin())] = Mark::approve;
        }
        tally.add(ballot);
    }
    auto counted = tally.counted(static_cast<std::uint32_t>(ballots.size()));
    require(check_return(counted));
    return counted;
}

void compare_sums(const json::value& election, const PlacesReturn& counted, Comparison& compare)
{
    if (!has(election, "official")) return;
    for (const auto& line : counted.list)
        compare.same("votes of " + line.name, line.approve, number(member(election, "official"), line.name));
}

/// Over half of the valid ballots, the only majority these elections state.
std::optional<Threshold> majority_of(const json::value& election)
{
    if (!has(election, "majority")) return std::nullopt;
    const auto type = text(member(election, "majority"), "type");
    if (type != "ABSOLUTE_MAJORITY") throw Unreadable{"majority " + type + " is not known"};
    return Threshold{1, 2, true, Base::valid};
}

void compare_winners(const json::value& election, const PlacesReturn& counted, Comparison& compare)
{
    const PlacesRule rule{number(election, "seats"), majority_of(election), TieRule::revote};
    require(check_places(rule));
    const auto outcome = decide_places(rule, counted.valid(), counted);
    if (rule.majority)
        compare.same("votes needed", outcome.need, number(member(election, "majority"), "votes_needed"));
    std::vector<std::string> winners;
    for (const auto line : outcome.elected)
        winners.push_back(counted.list[line].name);
    std::ranges::sort(winners);
    auto published = texts(list(election, "winners"));
    std::ranges::sort(published);
    compare.tell(winners == published, "winners should be " + json::serialize(json::value_from(published)) +
                                           ", are " + json::serialize(json::value_from(winners)));
}

void run(const json::value& election, VectorReport& report)
{
    const auto counted = count(election, candidates_of(election));
    Comparison compare(report);
    compare_sums(election, counted, compare);
    if (has(election, "budget")) {
        report.not_supported.push_back("a budget is spent by the rule " + text(election, "rule") +
                                       "; plenum has no such rule, who won was not computed");
    } else if (has(election, "winners")) {
        compare_winners(election, counted, compare);
    } else if (!has(election, "official")) {
        report.not_supported.emplace_back("neither sums nor winners were published: nothing to compare");
    }
}

} // namespace

VectorReport run_recorded_election(const json::value& election)
{
    VectorReport report;
    try {
        run(election, report);
    } catch (const Unreadable& unreadable) {
        ++report.failed;
        report.mismatches.push_back(unreadable.why);
    }
    return report;
}

} // namespace plenum::audit
