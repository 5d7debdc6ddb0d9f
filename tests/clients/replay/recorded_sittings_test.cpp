#include "clients/replay/compare.hpp"
#include "tests/support/published_data.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

// Every recorded sitting, counted here without a server: the rules found in the files must lead to the
// published results. Skipped where the data is missing.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(recorded_sittings_test)

namespace {

std::filesystem::path sittings_folder()
{
    return testing::published_data() / "sittings";
}

/// The figures of those members `belongs` picks.
template <class Belongs>
Tally tally_of(const SittingFile& file, const RecordedVote& vote, Belongs belongs)
{
    Tally tally;
    for (std::size_t member = 0; member < file.members.size(); ++member) {
        if (!belongs(file.members[member])) continue;
        switch (vote.marks[member]) {
        case Mark::approve: ++tally.approve; break;
        case Mark::oppose: ++tally.oppose; break;
        case Mark::abstain: ++tally.abstain; break;
        case Mark::not_voting: ++tally.not_pressed; break;
        case Mark::absent: break;
        }
    }
    return tally;
}

Comparison count(const SittingFile& file, const RecordedVote& vote)
{
    const auto rule = rule_of(file, vote);
    ResultView result;
    result.tally = tally_of(file, vote, [](const RecordedMember&) { return true; });
    for (const auto& group : rule.profile.groups) {
        const auto belongs = [&](const RecordedMember& member) { return member.group == group; };
        const auto members = static_cast<std::uint32_t>(std::ranges::count_if(file.members, belongs));
        result.groups.push_back({group, members, tally_of(file, vote, belongs)});
    }
    const auto base = rule.base_members.value_or(static_cast<std::uint32_t>(file.members.size()));
    result.outcome = decide_outcome(rule.profile, base, result.tally, result.groups);
    return compare(file, vote, rule, result);
}

BOOST_AUTO_TEST_CASE(every_recorded_result_follows_from_its_rule_but_the_one_wrong_at_the_source)
{
    if (!std::filesystem::exists(sittings_folder())) {
        BOOST_TEST_MESSAGE("skipped: there are no recorded sittings in " << sittings_folder());
        return;
    }
    std::size_t files = 0;
    std::size_t component_rejections = 0;
    std::vector<std::string> different;
    for (const auto& entry : std::filesystem::directory_iterator(sittings_folder())) {
        const auto name = entry.path().filename().string();
        const auto file = read_sitting_file(entry.path().string());
        BOOST_REQUIRE_MESSAGE(file.has_value(), file.error().sentence);
        ++files;
        for (const auto& vote : file->votes) {
            const auto comparison = count(*file, vote);
            if (!comparison.differences.empty()) different.push_back(name + " " + vote.id);
            // Only the two lists without published results leave something uncompared.
            const bool has_result = vote.official.passed.has_value();
            BOOST_TEST(comparison.not_compared.empty() == has_result, name + " " + vote.id);
            const bool more_for = vote.official.approve > vote.official.oppose;
            const bool european = file->chamber.starts_with("European");
            if (european && has_result && more_for && !*vote.official.passed) ++component_rejections;
        }
    }
    BOOST_TEST(files == 10U);
    BOOST_TEST(component_rejections == 3U);
    const std::vector<std::string> expected = {"hk-legco-2013-05-16.json 636"};
    BOOST_TEST(different == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
