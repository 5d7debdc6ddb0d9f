#include "protocol/rules/grades.hpp"

#include "protocol/assert.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace plenum {
namespace {

std::uint64_t sum(const std::vector<std::uint32_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::uint64_t base_of(Base base, std::uint64_t base_members, std::uint32_t present, std::uint64_t valid)
{
    switch (base) {
    case Base::all_members: return base_members;
    case Base::present: return present;
    case Base::valid: return valid;
    case Base::cast:
    case Base::ballots:
    case Base::for_and_against: break;
    }
    PLENUM_ASSERT(!"check_grades lets no other base pass");
    return 0;
}

std::optional<Misfit> check_verdict(const std::string& path, const GradeVerdict& verdict, std::size_t grades)
{
    if (!is_line(verdict.id, name_bytes_max)) return Misfit{path + ".id", "a name of one line"};
    if (verdict.grades.empty()) return Misfit{path + ".grades", "at least one grade"};
    const std::set<std::uint32_t> distinct(verdict.grades.begin(), verdict.grades.end());
    if (distinct.size() != verdict.grades.size() || *distinct.rbegin() >= grades) {
        return Misfit{path + ".grades", "places of grades, each once"};
    }
    const auto base = verdict.threshold.base;
    if (base != Base::all_members && base != Base::present && base != Base::valid) {
        return Misfit{path + ".threshold.base", "all_members, present or valid"};
    }
    return check_threshold(path + ".threshold", verdict.threshold);
}

} // namespace

std::optional<Misfit> check_grades(const GradesRule& rule)
{
    if (rule.grades.size() < 2 || rule.grades.size() > grades_max) {
        return Misfit{"grades", "from 2 to 10 grades"};
    }
    std::set<std::string_view> names;
    for (const auto& grade : rule.grades) {
        const bool is_good = is_line(grade.zh, name_bytes_max) && is_line(grade.en, name_bytes_max);
        if (!is_good || !names.insert(grade.zh).second)
            return Misfit{"grades", "names of one line, each once"};
    }
    if (rule.verdicts.size() > grades_max) return Misfit{"verdicts", "at most 10"};
    std::set<std::string_view> ids;
    for (std::size_t at = 0; at < rule.verdicts.size(); ++at) {
        const auto path = "verdicts[" + std::to_string(at) + "]";
        if (auto misfit = check_verdict(path, rule.verdicts[at], rule.grades.size())) return misfit;
        if (!ids.insert(rule.verdicts[at].id).second) return Misfit{path + ".id", "each id once"};
    }
    return std::nullopt;
}

std::optional<Misfit> check_return(const GradesRule& rule, std::uint32_t present, const GradesReturn& counted)
{
    if (!is_line(counted.object, title_bytes_max)) return Misfit{"object", "a name of one line"};
    if (counted.counts.size() != rule.grades.size()) return Misfit{"counts", "one number for each grade"};
    if (sum(counted.counts) + counted.invalid > present) {
        return Misfit{"counts", "at most as many as were present"};
    }
    return std::nullopt;
}

GradesOutcome decide_grades(const GradesRule& rule, std::uint64_t base_members, std::uint32_t present,
                            const GradesReturn& counted)
{
    GradesOutcome outcome;
    outcome.object = counted.object;
    outcome.valid = sum(counted.counts);
    for (const auto count : counted.counts) {
        if (const auto share = share_per_mille(count, outcome.valid, rule.rounding))
            outcome.per_mille.push_back(*share);
    }
    for (const auto& verdict : rule.verdicts) {
        std::uint64_t have = 0;
        for (const auto grade : verdict.grades)
            have += counted.counts[grade];
        const auto base = base_of(verdict.threshold.base, base_members, present, outcome.valid);
        auto finding = compare("", have, base, verdict.threshold);
        finding.met = finding.met && base > 0;
        if (finding.met && outcome.verdict.empty()) outcome.verdict = verdict.id;
        outcome.findings.push_back({verdict.id, std::move(finding)});
    }
    return outcome;
}

} // namespace plenum
