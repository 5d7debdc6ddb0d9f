#include "server/papers/series_sheet.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(series_sheets)

using namespace plenum;
using namespace plenum::papers;

// The sheet of votes that were put one after another: base, need, rule, hashes, and those who swear.

namespace {

SeriesLine a_line(std::uint32_t position, const char* title, const Tally& tally)
{
    SeriesLine line;
    line.vote.id = VoteId{40 + position};
    line.vote.title = title;
    line.vote.state = VoteState::announced;
    line.vote.base_members = 35;
    line.vote.quorum = 18;
    line.vote.present = tally.present();
    line.vote.opened_at_ms = 1'700'000'000'000;
    line.vote.series = SeriesPlace{VoteId{41}, position, 2};
    ResultView result;
    result.tally = tally;
    const bool passed = tally.approve >= 18;
    result.outcome = {
        passed ? Verdict::passed : Verdict::not_passed, {{"", 35, 18, tally.approve, passed}}, std::nullopt};
    line.vote.result = result;
    return line;
}

SeriesSheet a_series()
{
    SeriesSheet sheet;
    sheet.origin = "chamber.example";
    sheet.body = "大足区人大常委会";
    sheet.meeting = "第二十二次会议";
    sheet.sitting = "第一次全体会议";
    sheet.item = "三、任免案";
    sheet.series = VoteId{41};
    SeriesRule rule;
    rule.rule = {"全体组成人员35人，赞成过半数", "of all 35 members, more than half"};
    rule.profile.legal_basis = {{"任免条例", "22", "2022-06-10"}};
    sheet.rules = {rule};
    sheet.lines = {a_line(1, "任命王某某为副局长", {17, 9, 5, 0}), a_line(2, "任命李某某", {31, 0, 0, 0})};
    sheet.identities = {{{"合计", "together"}, 62, 62, false}};
    sheet.tellers = {"张三"};
    return sheet;
}

void expect(const std::string& html, std::initializer_list<const char*> wanted)
{
    for (const auto* text : wanted)
        BOOST_TEST(html.find(text) != std::string::npos, "nowhere on the sheet: " << text);
}

void expect_none(const std::string& html, std::initializer_list<const char*> unwanted)
{
    for (const auto* text : unwanted)
        BOOST_TEST(html.find(text) == std::string::npos, "on the sheet: " << text);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_series_is_one_table_with_base_need_rule_and_hashes)
{
    const auto html = series_sheet_html(a_series());
    expect(html, {"表决结果汇总", "三、任免案", "任命王某某为副局长", "任命李某某", "未通过", "<dd>35</dd>",
                  "<td class=\"n\">18</td>", "赞成过半数", "《任免条例》第22条（2022-06-10）", "62 = 62 ✓",
                  "张三", "chamber.example #41", "<code>00000000 00000000</code>"});
    expect_none(html, {"<script", "http", "发出"});
    const auto oath = html.substr(html.find("通过 <small lang=\"en\">passed</small> 1</h3>"));
    expect(oath.substr(0, oath.find("</p>")), {"任命李某某"});
    expect_none(oath, {"任命王某某"});
}

BOOST_AUTO_TEST_CASE(what_was_not_decided_has_a_state_and_no_figures)
{
    auto sheet = a_series();
    auto& vote = sheet.lines[0].vote;
    vote.result.reset();
    vote.state = VoteState::prepared;
    vote.attempt = 2;
    expect(series_sheet_html(sheet), {"待表决", "第2次"});
    vote.state = VoteState::voided;
    vote.void_reason = VoidReason::equipment_failure;
    const auto html = series_sheet_html(sheet);
    expect(html, {"作废：设备故障"});
    expect_none(html, {"<td class=\"n\">17</td>"});
}

BOOST_AUTO_TEST_CASE(ballots_have_their_columns)
{
    auto sheet = a_series();
    sheet.lines[1].vote.result->ballots = BallotsCount{31, 30, 4, 26, 0, 0};
    expect(series_sheet_html(sheet), {"发出", "收回", "<td class=\"n\">30</td><td class=\"n\">4</td>"});
}

BOOST_AUTO_TEST_CASE(long_series_are_set_smaller)
{
    auto sheet = a_series();
    expect(series_sheet_html(sheet), {"<main class=\"plain\">"});
    sheet.lines.resize(51, sheet.lines[0]);
    expect(series_sheet_html(sheet), {"<main class=\"tiny\">"});
}

BOOST_AUTO_TEST_CASE(what_people_wrote_never_becomes_part_of_the_page)
{
    auto sheet = a_series();
    const std::string evil = "<img src=x onerror=alert(1)>&\"'";
    sheet.body = sheet.item = sheet.sitting = evil;
    sheet.lines[1].vote.title = sheet.lines[1].base_reason = evil;
    sheet.rules[0].profile.legal_basis = {{evil, evil, evil}};
    sheet.tellers = {evil};
    const auto html = series_sheet_html(sheet);
    expect_none(html, {"<img", "onerror=alert(1)>"});
    expect(html, {"&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;"});
}

BOOST_AUTO_TEST_SUITE_END()
