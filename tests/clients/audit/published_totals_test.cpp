#include "clients/audit/published_totals.hpp"

#include "tests/support/published_data.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

BOOST_AUTO_TEST_SUITE(published_totals)

using namespace plenum;
using namespace plenum::audit;

// plenum-audit rules of totals that were published: decided where that is possible, reported where the source
// is wrong, left alone where it says too little.

namespace {

VectorReport report_of(const std::string& votes)
{
    const auto file = boost::json::parse(R"({"votes": [)" + votes + "]}");
    BOOST_TEST_REQUIRE(is_published_totals(file));
    return run_published_totals(file);
}

constexpr const char* constitution =
    R"({"id": "amendment", "rule": "two_thirds_of_all", "total_members": 2980,
    "present": 2964, "result": "passed",
    "official": {"for": 2958, "against": 2, "abstain": 3, "not_pressed": null, "invalid": 1}})";

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const auto at = text.find(what);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_decided_comes_out_again)
{
    const auto right = report_of(constitution);
    BOOST_TEST((right.passed == 1U && right.failed == 0U));
    BOOST_TEST((right.mismatches.empty() && right.not_supported.empty()));

    // Two thirds of 2,980 are 1,987.
    const auto least = replaced(replaced(constitution, "2958", "1987"), "2964", "1993");
    BOOST_TEST(report_of(least).passed == 1U);
    const auto too_few = report_of(replaced(replaced(constitution, "2958", "1986"), "2964", "1992"));
    BOOST_TEST(too_few.failed == 1U);
    BOOST_TEST(too_few.mismatches.at(0) ==
               "amendment: result should be passed, but 1986 of 2980 are for it and 1987 are needed");
}

BOOST_AUTO_TEST_CASE(figures_that_do_not_add_up_are_reported_and_not_repaired)
{
    const auto wrong = report_of(replaced(constitution, "\"abstain\": 3", "\"abstain\": 5"));
    BOOST_TEST(wrong.failed == 1U);
    BOOST_TEST_REQUIRE(wrong.mismatches.size() == 1U);
    BOOST_TEST(wrong.mismatches[0] ==
               "amendment: the figures add up to 2966, not to the 2964 present, in what was published");
}

BOOST_AUTO_TEST_CASE(without_a_total_nothing_is_decided)
{
    const auto sum_alone = report_of(replaced(constitution, "2980", "null"));
    BOOST_TEST((sum_alone.passed == 1U && sum_alone.not_supported.size() == 1U));
    const auto nothing = report_of(replaced(replaced(constitution, "2980", "null"), "2964", "null"));
    BOOST_TEST((nothing.passed == 0U && nothing.failed == 0U && nothing.not_supported.size() == 1U));
    BOOST_TEST(report_of(replaced(constitution, "two_thirds_of_all", "lot")).not_supported.size() == 1U);
    BOOST_TEST(report_of(replaced(constitution, "2958", "null")).not_supported.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_has_failed)
{
    for (const auto* figure : {"-1", "2.5", "\"many\"", "99999999999"})
        BOOST_TEST(report_of(replaced(constitution, "2958", figure)).failed == 1U);
    BOOST_TEST(report_of(replaced(constitution, "\"passed\"", "\"postponed\"")).failed == 1U);
    BOOST_TEST(report_of(R"({"official": {}, "rule": "half_of_all"}, 5)").failed == 2U);
    for (const auto* other : {"[]", "5", "{}", R"({"votes": []})", R"({"votes": [{"official": {}}]})"})
        BOOST_TEST(!is_published_totals(boost::json::parse(other)));
}

BOOST_AUTO_TEST_CASE(the_two_errors_in_the_published_file_are_found)
{
    const auto path = testing::published_data() / "golden" / "cn-totals.json";
    if (!std::filesystem::exists(path)) {
        BOOST_TEST_MESSAGE("skipped: no published totals at " << path);
        return;
    }
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    const auto published = boost::json::parse(content.str());
    BOOST_TEST_REQUIRE(is_published_totals(published));
    const auto report = run_published_totals(published);
    BOOST_TEST(report.failed == 2U);
    BOOST_TEST_REQUIRE(report.mismatches.size() == 2U);
    BOOST_TEST(report.mismatches[0].starts_with("npc-2017-court: "));
    BOOST_TEST(report.mismatches[1].starts_with("shenyang-2001-court: "));
    BOOST_TEST(report.passed >= 6U);
    BOOST_TEST(!report.not_supported.empty());
}

BOOST_AUTO_TEST_SUITE_END()
