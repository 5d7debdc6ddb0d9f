#include "protocol/rules/threshold.hpp"

#include "tests/support/published_data.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

BOOST_AUTO_TEST_SUITE(published_test)

using namespace plenum;

namespace {

namespace json = boost::json;

std::optional<std::uint32_t> figure(const json::value& of, const char* name)
{
    const auto& found = of.at(name);
    if (found.is_null()) return std::nullopt;
    return found.to_number<std::uint32_t>();
}

/// The four figures, when all that were published add up to something.
std::optional<Tally> tally_of(const json::value& official)
{
    const auto approve = figure(official, "for");
    const auto oppose = figure(official, "against");
    const auto abstain = figure(official, "abstain");
    if (!approve || !oppose || !abstain) return std::nullopt;
    // One void paper ballot is there and for nobody, as a member who does not press.
    const auto others = figure(official, "not_pressed").value_or(0) + figure(official, "invalid").value_or(0);
    return Tally{*approve, *oppose, *abstain, others};
}

} // namespace

/// Totals of ballots that were secret: what was decided comes out as it was announced, and figures that do
/// not add up at their source are found, not repaired.
BOOST_AUTO_TEST_CASE(published_totals_decide_what_was_announced)
{
    const auto path = testing::published_data() / "golden" / "cn-totals.json";
    if (!std::filesystem::exists(path)) {
        BOOST_TEST_MESSAGE("skipped: no published totals at " << path);
        return;
    }
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    const auto published = json::parse(content.str());
    std::set<std::string> wrong_at_the_source;
    std::size_t decided = 0;
    for (const auto& vote : published.at("votes").as_array()) {
        const std::string id(vote.at("id").as_string());
        const auto tally = tally_of(vote.at("official"));
        const auto present = figure(vote, "present");
        if (tally && present && tally->present() != *present) wrong_at_the_source.insert(id);
        const auto members = figure(vote, "total_members");
        if (!tally || !members) continue;
        const bool two_thirds = vote.at("rule").as_string() == "two_thirds_of_all";
        const auto threshold =
            two_thirds ? Threshold{2, 3, false, Base::all_members} : Threshold{1, 2, true, Base::all_members};
        const auto outcome = decide_together({{"", tally->approve, *members, threshold}});
        const auto result = vote.at("result").as_string();
        BOOST_TEST((outcome.verdict == Verdict::passed) == (result == "passed" || result == "elected"), id);
        ++decided;
    }
    BOOST_TEST((wrong_at_the_source == std::set<std::string>{"npc-2017-court", "shenyang-2001-court"}));
    BOOST_TEST(decided >= 5U);
}

BOOST_AUTO_TEST_SUITE_END()
