#include "clients/audit/published_totals.hpp"

#include "clients/audit/vector_reading.hpp"
#include "protocol/rules/threshold.hpp"

#include <boost/json.hpp>

namespace plenum::audit {
namespace {

namespace json = boost::json;

std::optional<std::uint64_t> figure(const json::value& of, std::string_view name)
{
    if (!has(of, name)) return std::nullopt;
    return number(of, name);
}

/// What became of one vote in the report.
struct Reading {
    std::string id;
    VectorReport& report;
    std::size_t compared = 0;
    bool is_same = true;

    void tell(bool same, const std::string& what)
    {
        ++compared;
        if (same) return;
        is_same = false;
        report.mismatches.push_back(id + ": " + what);
    }

    void leave_open(const std::string& why) { report.not_supported.push_back(id + ": " + why); }
};

/// Everybody present is in one of the figures: for, against, abstaining, not pressed, or on a void ballot.
/// What was not published is none.
void check_sum(const json::value& vote, Reading& reading)
{
    const auto& official = member(vote, "official");
    const auto present = figure(vote, "present");
    std::uint64_t sum = 0;
    for (const auto* name : {"for", "against", "abstain"}) {
        const auto one = figure(official, name);
        if (!one || !present) return;
        sum += *one;
    }
    sum += figure(official, "not_pressed").value_or(0) + figure(official, "invalid").value_or(0);
    reading.tell(sum == *present, "the figures add up to " + std::to_string(sum) + ", not to the " +
                                      std::to_string(*present) + " present, in what was published");
}

std::optional<Threshold> share_of(const std::string& rule)
{
    if (rule == "half_of_all") return Threshold{1, 2, true, Base::all_members};
    if (rule == "two_thirds_of_all") return Threshold{2, 3, false, Base::all_members};
    return std::nullopt;
}

bool was_passed(const std::string& result)
{
    if (result == "passed" || result == "elected") return true;
    if (result == "rejected" || result == "not_passed") return false;
    throw Unreadable{"result " + result + " is not known"};
}

void decide(const json::value& vote, Reading& reading)
{
    const auto rule = text(vote, "rule");
    const auto share = share_of(rule);
    const auto members = figure(vote, "total_members");
    const auto approve = figure(member(vote, "official"), "for");
    if (!share) return reading.leave_open("there is no rule " + rule);
    if (!members) return reading.leave_open("no total of members was published, so nothing can be decided");
    if (!approve) return reading.leave_open("how many were for it was not published");
    const auto outcome = decide_together({{"", *approve, *members, *share}});
    const auto& finding = outcome.findings.front();
    const bool passed = outcome.verdict == Verdict::passed;
    reading.tell(passed == was_passed(text(vote, "result")),
                 "result should be " + text(vote, "result") + ", but " + std::to_string(finding.have) +
                     " of " + std::to_string(finding.base) + " are for it and " +
                     std::to_string(finding.need) + " are needed");
}

void read(const json::value& vote, VectorReport& report)
{
    Reading reading{text(vote, "id"), report};
    try {
        check_sum(vote, reading);
        decide(vote, reading);
    } catch (const Unreadable& unreadable) {
        reading.tell(false, unreadable.why);
    }
    if (reading.compared > 0) ++(reading.is_same ? report.passed : report.failed);
}

} // namespace

bool is_published_totals(const json::value& file)
{
    const auto* votes = file.is_object() ? file.get_object().if_contains("votes") : nullptr;
    if (votes == nullptr || !votes->is_array() || votes->get_array().empty()) return false;
    const auto& first = votes->get_array().front();
    return has(first, "official") && has(first, "rule");
}

VectorReport run_published_totals(const json::value& file)
{
    VectorReport report;
    for (const auto& vote : member(file, "votes").get_array()) {
        try {
            read(vote, report);
        } catch (const Unreadable& unreadable) {
            ++report.failed;
            report.mismatches.push_back("a vote: " + unreadable.why);
        }
    }
    return report;
}

} // namespace plenum::audit
