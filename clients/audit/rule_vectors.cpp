#include "clients/audit/rule_vectors.hpp"

#include "clients/audit/vector_reading.hpp"
#include "protocol/rules/grades.hpp"
#include "protocol/rules/list_ballot.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <map>
#include <numeric>

namespace plenum::audit {
namespace {

namespace json = boost::json;

std::uint32_t number_or_zero(const json::value& of, std::string_view name)
{
    return has(of, name) ? number(of, name) : 0;
}

/// The comparators of the format.
Threshold threshold_of(const std::string& comparator, Base base = Base::all_members)
{
    static const std::map<std::string, Threshold, std::less<>> known = {
        {"gt_half", {1, 2, true, Base::all_members}},  {"ge_half", {1, 2, false, Base::all_members}},
        {"ge_2_3", {2, 3, false, Base::all_members}},  {"gt_2_3", {2, 3, true, Base::all_members}},
        {"ge_1_3", {1, 3, false, Base::all_members}},  {"ge_1_5", {1, 5, false, Base::all_members}},
        {"ge_1_10", {1, 10, false, Base::all_members}}};
    const auto found = known.find(comparator);
    if (found == known.end()) throw Unreadable{"comparator " + comparator + " is not known"};
    auto threshold = found->second;
    threshold.base = base;
    return threshold;
}

/// The fractions in a text, like `>=1/10` or `+1/10..1/5`.
std::vector<SeatShare> fractions_in(std::string_view rule)
{
    std::vector<SeatShare> found;
    for (std::size_t slash = rule.find('/'); slash != rule.npos; slash = rule.find('/', slash + 1)) {
        auto from = slash;
        while (from > 0 && std::isdigit(static_cast<unsigned char>(rule[from - 1])))
            --from;
        SeatShare share;
        std::from_chars(rule.data() + from, rule.data() + slash, share.num);
        std::from_chars(rule.data() + slash + 1, rule.data() + rule.size(), share.den);
        if (share.den == 0) throw Unreadable{"the rule has no fraction"};
        found.push_back(share);
    }
    return found;
}

json::object motion(const json::value& rule, const json::value& input)
{
    const auto base = number(input, "base");
    const auto present = number(input, "present");
    Tally tally{number(input, "yes"), number(input, "no"), number(input, "abstain"), 0};
    if (tally.cast() > present) throw Unreadable{"more voted than were present"};
    tally.not_pressed = present - tally.cast();
    RuleProfile profile;
    const bool of_present = text(rule, "base_rule") == "present";
    profile.majority = threshold_of(text(rule, "threshold"), of_present ? Base::present : Base::all_members);
    if (flag(rule, "min_participation")) profile.min_participation = threshold_of("gt_half");
    const auto outcome = decide_outcome(profile, base, tally, {});
    const bool quorum_met = meets(present, base, threshold_of(text(rule, "quorum")));
    return {{"quorum_met", quorum_met},
            {"not_pressed", tally.not_pressed},
            {"cast", tally.cast()},
            {"need", outcome.findings.at(0).need},
            {"participation_ok", !outcome.participation || outcome.participation->met},
            {"outcome", quorum_met ? codec::enum_name(outcome.verdict) : "no_quorum"}};
}

json::object threshold(const json::value& rule, const json::value& input)
{
    json::object needs;
    std::string_view left = rule.is_string() ? std::string_view(rule.get_string()) : std::string_view();
    while (!left.empty()) {
        const auto end = std::min(left.find('/'), left.size());
        const std::string comparator(left.substr(0, end));
        needs[comparator] = needed(number(input, "n"), threshold_of(comparator));
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return needs;
}

PlacesReturn return_of(const json::value& input)
{
    PlacesReturn counted;
    counted.collected = number(input, "collected");
    counted.issued = has(input, "issued") ? number(input, "issued") : counted.collected;
    counted.invalid = number_or_zero(input, "invalid");
    if (const auto* votes = input.get_object().if_contains("votes"); votes != nullptr && votes->is_object()) {
        for (const auto& [name, approve] : votes->get_object())
            counted.list.push_back(
                {std::string(name), number(*votes, name), 0, 0, name.starts_with("write:")});
    }
    require(check_return(counted));
    return counted;
}

json::array names_of(const PlacesReturn& counted, const std::vector<std::uint32_t>& lines)
{
    json::array names;
    for (const auto line : lines)
        names.emplace_back(counted.list[line].name);
    return names;
}

/// The rule of an election or of a list of projects. Where the vector says how many are needed, that is one
/// of the figures compared.
PlacesOutcome decide_list(const json::value& rule, const json::value& input, std::uint32_t places,
                          const PlacesReturn& counted)
{
    PlacesRule frozen;
    frozen.places = places;
    const bool needs_majority = !rule.is_object() || flag(rule, "majority_required");
    if (needs_majority) frozen.majority = threshold_of("gt_half");
    require(check_places(frozen));
    const auto outcome = decide_places(frozen, number(input, "base"), counted);
    if (needs_majority && rule.is_object() && number(rule, "need") != outcome.need) {
        throw Unreadable{"needs " + std::to_string(number(rule, "need")) + ", over half is " +
                         std::to_string(outcome.need)};
    }
    return outcome;
}

json::object election(const json::value& rule, const json::value& input)
{
    const auto counted = return_of(input);
    const auto outcome = decide_list(rule, input, number(input, "seats"), counted);
    return {{"status", codec::enum_name(outcome.status)},    {"valid_ballots", counted.valid()},
            {"elected", names_of(counted, outcome.elected)}, {"revote", names_of(counted, outcome.tied)},
            {"revote_seats", outcome.tied_places},           {"shortfall", outcome.unfilled}};
}

json::object project_n_of_m(const json::value& rule, const json::value& input)
{
    const auto counted = return_of(input);
    const auto outcome = decide_list(rule, input, number(rule, "n"), counted);
    return {{"chosen", names_of(counted, outcome.elected)},
            {"revote", names_of(counted, outcome.tied)},
            {"revote_places", outcome.tied_places},
            {"unfilled", outcome.unfilled}};
}

json::object election_ballot(const json::value&, const json::value& input)
{
    const auto approve = number(input, "approve");
    const auto against = number(input, "against");
    const auto listed = number_or_zero(input, "dup_write");
    const auto written = number(input, "write");
    if (std::uint64_t{approve} + against > list_entries_max || written > list_entries_max ||
        listed > std::min(written, against)) {
        throw Unreadable{"no ballot has these marks"};
    }
    ListBallot ballot;
    ballot.marks.assign(approve, Mark::approve);
    ballot.marks.insert(ballot.marks.end(), against, Mark::oppose);
    std::vector<std::string> candidates;
    for (std::size_t at = 0; at < ballot.marks.size(); ++at)
        candidates.push_back("candidate " + std::to_string(at));
    for (std::uint32_t at = 0; at < written; ++at)
        ballot.write_ins.push_back(at < listed ? candidates[approve + at] : "other " + std::to_string(at));
    const ListBallotRule rule{number(input, "seats"), WriteIn::requires_opposition, BlankMark::abstain};
    return {{"validity", codec::enum_name(check_ballot(rule, candidates, ballot))}};
}

/// The comparisons of the format as verdicts: over half and a third, of all members and of valid ballots.
GradesRule grades_rule()
{
    const LocalText name{"-", "-"};
    const auto half = [](Base base) { return threshold_of("gt_half", base); };
    const auto third = [](Base base) { return threshold_of("ge_1_3", base); };
    return {{{"满意", "satisfied"}, {"基本满意", "basic"}, {"不满意", "unsatisfied"}},
            {{"over_half_of_all", name, {0}, half(Base::all_members)},
             {"over_half_of_valid", name, {0}, half(Base::valid)},
             {"sat_basic_over_half_of_all", name, {0, 1}, half(Base::all_members)},
             {"unsat_third_of_all", name, {2}, third(Base::all_members)},
             {"unsat_third_of_valid", name, {2}, third(Base::valid)}},
            Rounding::half_up};
}

json::value percent(std::uint64_t count, std::uint64_t base)
{
    const auto share = share_per_mille(count, base);
    return share ? json::value(static_cast<double>(*share) / 10) : json::value(nullptr);
}

json::object satisfaction(const json::value&, const json::value& input)
{
    const auto& given = member(input, "grades");
    const GradesReturn counted{
        "-",
        {number(given, "satisfied"), number(given, "basic"), number(given, "unsatisfied")},
        number(input, "invalid")};
    const auto rule = grades_rule();
    const auto base = number(input, "base");
    require(check_return(rule, number(input, "present"), counted));
    const auto outcome = decide_grades(rule, base, number(input, "present"), counted);
    const std::uint64_t satisfied = counted.counts[0];
    const auto together = satisfied + counted.counts[1];
    json::object computed{{"valid", outcome.valid},
                          {"sat_pct_valid", percent(satisfied, outcome.valid)},
                          {"sat_basic_pct_valid", percent(together, outcome.valid)},
                          {"sat_pct_all", percent(satisfied, base)},
                          {"sat_basic_pct_all", percent(together, base)}};
    for (const auto& [id, finding] : outcome.findings)
        computed[id] = finding.met;
    return computed;
}

json::object differential_size(const json::value& rule, const json::value& input)
{
    const auto shares = fractions_in(rule.is_string() ? std::string_view(rule.get_string()) : "");
    if (shares.size() != 2) throw Unreadable{"the rule has no two fractions"};
    const auto extra = extra_candidates(number(input, "seats"), shares[0], shares[1]);
    return {{"extra_min", extra.min}, {"extra_max", extra.max}};
}

json::object dual_threshold(const json::value&, const json::value& input)
{
    const auto outcome = decide_together(
        {{"deputies", number(input, "deputy_yes"), number(input, "deputy_total"), threshold_of("gt_half")},
         {"all", number(input, "all_yes"), number(input, "all_total"), threshold_of("gt_2_3")}});
    return {{"passed", outcome.verdict == Verdict::passed}};
}

json::object joint_signature(const json::value& rule, const json::value& input)
{
    const auto shares = fractions_in(rule.is_string() ? std::string_view(rule.get_string()) : "");
    if (shares.size() != 1) throw Unreadable{"the rule has no fraction"};
    const Threshold least{shares[0].num, shares[0].den, false, Base::all_members};
    require(check_threshold("rule", least));
    std::vector<std::uint64_t> electors(number(input, "base"));
    std::iota(electors.begin(), electors.end(), std::uint64_t{1});
    std::vector<std::uint64_t> signers(number(input, "have"));
    std::iota(signers.begin(), signers.end(), std::uint64_t{1});
    const auto finding = decide_signatures(electors, signers, electors.size(), least);
    return {{"need", finding.need}, {"accepted", finding.met}};
}

using Compute = json::object (*)(const json::value& rule, const json::value& input);

json::object compute(const json::value& vector)
{
    static const std::map<std::string, Compute, std::less<>> methods = {
        {"motion", motion},
        {"threshold", threshold},
        {"election", election},
        {"election_ballot", election_ballot},
        {"project_n_of_m", project_n_of_m},
        {"satisfaction", satisfaction},
        {"differential_size", differential_size},
        {"dual_threshold", dual_threshold},
        {"joint_signature", joint_signature},
    };
    const auto name = text(vector, "method");
    const auto method = methods.find(name);
    if (method == methods.end()) throw Unreadable{"method " + name + " is not supported"};
    const auto& input = member(vector, "input");
    if (!input.is_object()) throw Unreadable{"input is no object"};
    return method->second(member(vector, "rule"), input);
}

/// Whole numbers are the same whatever sign type they were read into.
bool is_same(const json::value& one, const json::value& other)
{
    if (one.is_number() && other.is_number()) return one.to_number<double>() == other.to_number<double>();
    return one == other;
}

void compare(const std::string& id, const json::value& vector, VectorReport& report)
{
    const auto computed = compute(vector);
    const auto& expected = member(vector, "expect");
    if (!expected.is_object() || expected.get_object().empty()) throw Unreadable{"expects nothing"};
    bool same = true;
    for (const auto& [name, value] : expected.get_object()) {
        const auto* found = computed.if_contains(name);
        if (found != nullptr && is_same(*found, value)) continue;
        same = false;
        report.mismatches.push_back(id + ": " + std::string(name) + " should be " + json::serialize(value) +
                                    ", is " + (found == nullptr ? "not computed" : json::serialize(*found)));
    }
    ++(same ? report.passed : report.failed);
}

} // namespace

VectorReport run_rule_vectors(const json::value& vectors)
{
    VectorReport report;
    if (!vectors.is_array()) {
        report.mismatches.emplace_back("the file should hold an array of vectors");
        report.failed = 1;
        return report;
    }
    for (const auto& vector : vectors.get_array()) {
        std::string id = "#" + std::to_string(report.passed + report.failed + 1);
        try {
            id = text(vector, "id");
            compare(id, vector, report);
        } catch (const Unreadable& unreadable) {
            ++report.failed;
            report.mismatches.push_back(id + ": " + unreadable.why);
        }
    }
    return report;
}

} // namespace plenum::audit
