#include "protocol/rules/profile.hpp"

#include "protocol/rules/grades.hpp"
#include "protocol/text.hpp"

#include <set>

namespace plenum {
namespace {

constexpr std::size_t groups_max = 64;
// With the figures of every group a vote.decided entry still fits in entry_bytes_max.
constexpr std::size_t profile_bytes_max = 16 * 1024;
constexpr std::uint32_t tellers_max = 10;
constexpr std::uint32_t papers_days_max = 365;
constexpr std::uint32_t failures_most = 10;
constexpr std::uint32_t kept_days_max = 36'500;

std::optional<Misfit> check_groups(const RuleProfile& profile)
{
    if (profile.groups.size() > groups_max) return Misfit{"groups", "at most 64 groups"};
    std::set<std::string> seen;
    for (const auto& group : profile.groups) {
        if (!is_line(group, name_bytes_max)) return Misfit{"groups", "group names of one line"};
        if (!seen.insert(group).second) return Misfit{"groups", "each group named once"};
    }
    return std::nullopt;
}

std::optional<Misfit> check_also_in(const RuleProfile& profile)
{
    if (!profile.also_in) return std::nullopt;
    const auto& majorities = *profile.also_in;
    if (majorities.empty() || majorities.size() > groups_max || !profile.groups.empty()) {
        return Misfit{"also_in", "from 1 to 64 groups, and none in groups"};
    }
    std::set<std::string> seen;
    for (const auto& [group, majority] : majorities) {
        if (!is_line(group, name_bytes_max) || !seen.insert(group).second) {
            return Misfit{"also_in.group", "names of one line, each once"};
        }
        if (auto misfit = check_threshold("also_in.majority", majority)) return misfit;
    }
    if (profile.method != VoteMethod::console && profile.method != VoteMethod::paper) {
        return Misfit{"also_in", "none: hands and silence do not tell who is of which group"};
    }
    return std::nullopt;
}

/// Hands and ballots are counted by people and without names, silence is not counted at all.
std::optional<Misfit> check_method(const RuleProfile& profile)
{
    if (profile.tellers == 0 || profile.tellers > tellers_max) return Misfit{"tellers", "from 1 to 10"};
    if (profile.method == VoteMethod::console) return std::nullopt;
    if (!profile.groups.empty()) return Misfit{"groups", "none: only a console knows who is of which group"};
    if (profile.secrecy == Secrecy::secret && profile.method != VoteMethod::paper) {
        return Misfit{"secrecy", "named: raised hands are seen"};
    }
    if (profile.close == ClosePolicy::timer) {
        return Misfit{"close",
                      "chair or timer_then_chair: no timer counts hands or ballots or hears objections"};
    }
    return std::nullopt;
}

bool is_secret_at_consoles(const RuleProfile& profile)
{
    return profile.method == VoteMethod::console && profile.secrecy == Secrecy::secret;
}

/// Lists and grades stand on ballots, and are not voted on as a whole.
std::optional<Misfit> check_ballots_of(const RuleProfile& profile)
{
    if (!profile.list && !profile.grades) return std::nullopt;
    if (profile.list && profile.grades) return Misfit{"grades", "none: a list or grades, not both"};
    const auto* path = profile.list ? "list" : "grades";
    if (profile.method != VoteMethod::paper && !is_secret_at_consoles(profile)) {
        return Misfit{path, "none: only ballots on paper or secret ones at consoles hold them"};
    }
    if (profile.min_participation || profile.also_in || !profile.groups.empty()) {
        return Misfit{path, "none: a list or grades are not decided by participation or groups"};
    }
    auto misfit = profile.list ? check_provisions(*profile.list) : check_grades(*profile.grades);
    if (misfit) codec::prepend_path(*misfit, path);
    return misfit;
}

std::optional<Misfit> check_means(const RuleProfile& profile)
{
    const bool at_consoles = profile.method == VoteMethod::console;
    if (profile.fallback) {
        const auto by = *profile.fallback;
        const bool counted =
            by == VoteMethod::paper || (by == VoteMethod::hands && profile.secrecy == Secrecy::named);
        if (!at_consoles || !counted)
            return Misfit{"fallback", "paper, or of a named vote hands, where consoles may fail"};
    }
    if (profile.ballots_kept_days.value_or(1) == 0 || profile.ballots_kept_days.value_or(1) > kept_days_max) {
        return Misfit{"ballots_kept_days", "from 1 to 36500"};
    }
    if (profile.suite && !is_secret_at_consoles(profile)) {
        return Misfit{"suite", "null: only secret votes at consoles encrypt"};
    }
    return std::nullopt;
}

} // namespace

std::string LegalBasis::article_words() const
{
    const bool is_number = !article.empty() && article.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? "第" + article + "条" : article;
}

std::optional<Misfit> check_quorum(const Threshold& quorum)
{
    if (auto misfit = check_threshold("quorum", quorum)) return misfit;
    if (quorum.base != Base::all_members) return Misfit{"quorum.base", "all_members"};
    return std::nullopt;
}

std::optional<Misfit> check_profile(const RuleProfile& profile)
{
    if (!is_line(profile.id, name_bytes_max)) return Misfit{"id", "a name of one line"};
    if (!is_line(profile.name.zh, title_bytes_max) || !is_line(profile.name.en, title_bytes_max)) {
        return Misfit{"name", "a Chinese and an English name"};
    }
    if (auto misfit = check_quorum(profile.quorum)) return misfit;
    if (auto misfit = check_threshold("majority", profile.majority)) return misfit;
    if (profile.min_participation) {
        if (auto misfit = check_threshold("min_participation", *profile.min_participation)) return misfit;
    }
    if (auto misfit = check_groups(profile)) return misfit;
    if (auto misfit = check_also_in(profile)) return misfit;
    if (auto misfit = check_method(profile)) return misfit;
    if (auto misfit = check_ballots_of(profile)) return misfit;
    if (auto misfit = check_means(profile)) return misfit;
    if (profile.close != ClosePolicy::chair &&
        (profile.window_ms == 0 || profile.window_ms > window_ms_max)) {
        return Misfit{"window_ms", "from 1 to 86400000"};
    }
    if (profile.appointment && (profile.appointment->papers_days > papers_days_max ||
                                profile.appointment->failures_max > failures_most)) {
        return Misfit{"appointment", "at most 365 days and 10 failures"};
    }
    if (profile.legal_basis.size() > 20) return Misfit{"legal_basis", "at most 20 articles"};
    for (const auto& basis : profile.legal_basis) {
        if (!is_line(basis.law, title_bytes_max) || basis.article.size() > title_bytes_max ||
            basis.version_date.size() > name_bytes_max) {
            return Misfit{"legal_basis", "law, article and version date of moderate length"};
        }
    }
    if (canonical_json(to_json(profile)).size() > profile_bytes_max) {
        return Misfit{"", "a profile of at most 16384 bytes"};
    }
    return std::nullopt;
}

std::vector<std::string> groups_counted(const RuleProfile& profile)
{
    auto groups = profile.groups;
    for (const auto& one : profile.also_in.value_or(std::vector<GroupMajority>{}))
        groups.push_back(one.group);
    return groups;
}

Digest hash_of(const RuleProfile& profile)
{
    return sha256(canonical_json(to_json(profile)));
}

} // namespace plenum
