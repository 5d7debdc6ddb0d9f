#include "clients/replay/compare.hpp"

#include <algorithm>

namespace plenum::replay {
namespace {

const char* word_of(bool passed)
{
    return passed ? "passed" : "rejected";
}

/// Collects what differs under one heading.
class Ledger {
public:
    explicit Ledger(Comparison& comparison) : comparison_(comparison) {}

    void set(const std::string& what, std::optional<std::uint64_t> published, std::uint64_t counted)
    {
        if (published && *published != counted) {
            differ(what, std::to_string(*published), std::to_string(counted));
        }
    }

    void set(const std::string& what, std::optional<bool> published, bool counted)
    {
        if (published && *published != counted) differ(what, word_of(*published), word_of(counted));
    }

private:
    void differ(const std::string& what, const std::string& published, const std::string& counted)
    {
        comparison_.differences.push_back(what + ": published " + published + ", counted " + counted);
    }

    Comparison& comparison_;
};

/// Widens a published figure so that it can be set against any count.
std::optional<std::uint64_t> wide(const std::optional<std::uint32_t>& figure)
{
    if (!figure) return std::nullopt;
    return *figure;
}

/// The tally of one group, counted by the server when the rule names the group; nothing when it does not.
const GroupTally* find_group(const ResultView& result, const std::string& group)
{
    const auto found = std::ranges::find(result.groups, group, &GroupTally::group);
    return found == result.groups.end() ? nullptr : &*found;
}

void compare_group(const OfficialGroup& official, const ResultView& result, Comparison& comparison)
{
    const auto* counted = find_group(result, official.group);
    if (counted == nullptr) {
        comparison.not_compared.push_back("group " + official.group + ": the rule does not count by group");
        return;
    }
    Ledger ledger(comparison);
    const auto& tally = counted->tally;
    const std::string heading = official.group + " ";
    ledger.set(heading + "for", wide(official.approve), tally.approve);
    ledger.set(heading + "against", wide(official.oppose), tally.oppose);
    ledger.set(heading + "abstain", wide(official.abstain), tally.abstain);
    ledger.set(heading + "present", wide(official.present), tally.present());
    ledger.set(heading + "voted", wide(official.cast), tally.cast());
    const auto finding = std::ranges::find(result.outcome.findings, official.group, &Finding::group);
    if (finding != result.outcome.findings.end())
        ledger.set(heading + "result", official.passed, finding->met);
}

void compare_result(const RecordedVote& vote, const VoteRule& rule, const ResultView& result,
                    Comparison& comparison)
{
    if (!vote.official.passed) {
        comparison.not_compared.emplace_back("result: none is published");
    } else if (!rule.is_stated) {
        comparison.not_compared.emplace_back("result: the file does not say which majority was required");
    } else {
        Ledger(comparison).set("result", vote.official.passed, is_adopted(result.outcome.verdict));
    }
}

} // namespace

Comparison compare(const SittingFile& file, const RecordedVote& vote, const VoteRule& rule,
                   const ResultView& result)
{
    Comparison comparison;
    Ledger ledger(comparison);
    const auto& official = vote.official;
    const auto& tally = result.tally;
    ledger.set("for", wide(official.approve), tally.approve);
    ledger.set("against", wide(official.oppose), tally.oppose);
    ledger.set("abstain", wide(official.abstain), tally.abstain);
    const std::uint64_t absent = file.members.size() - tally.present();
    ledger.set("not voting", wide(official.not_voting),
               tally.not_pressed + (counts_absent_as_not_voting(file) ? absent : 0));
    for (const auto& group : official.groups)
        compare_group(group, result, comparison);
    if (vote.majority && vote.majority->votes_needed) {
        if (const auto needed = votes_needed(*vote.majority, result)) {
            ledger.set("votes needed", wide(vote.majority->votes_needed), *needed);
        } else {
            comparison.not_compared.push_back("votes needed: unknown majority " + vote.majority->type);
        }
    }
    compare_result(vote, rule, result, comparison);
    return comparison;
}

Comparison compare(const AttendanceCheck& check, const Counts& counts)
{
    Comparison comparison;
    Ledger ledger(comparison);
    ledger.set("present", wide(check.official_present), counts.present);
    ledger.set("not participating", wide(check.official_absent), counts.absent);
    return comparison;
}

} // namespace plenum::replay
