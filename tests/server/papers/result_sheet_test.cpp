#include "server/papers/result_sheet.hpp"

#include "server/papers/page.hpp"
#include "server/papers/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(result_sheet)

using namespace plenum;
using namespace plenum::papers;

// The sheet a chair signs: what stands on it, whatever the method, and that nothing in a title can become
// part of the page.

namespace {

ResultSheet a_sheet()
{
    ResultSheet sheet;
    sheet.origin = "chamber.example";
    sheet.body = "大足区人大常委会";
    sheet.meeting = "第二十二次会议";
    sheet.sitting = "第一次全体会议";
    sheet.item = "三、任免案";
    sheet.vote.id = VoteId{41};
    sheet.vote.title = "任命王某某为副局长";
    sheet.vote.state = VoteState::announced;
    sheet.vote.base_members = 35;
    sheet.vote.present = 31;
    sheet.vote.quorum = 18;
    sheet.vote.opened_at_ms = 1'700'000'000'000;
    sheet.vote.rule = {"全体组成人员35人，赞成过半数", "of all 35 members, more than half"};
    sheet.profile.legal_basis = {{"任免条例", "22", "2022-06-10"}};
    ResultView result;
    result.tally = {17, 9, 5, 0};
    result.outcome = {Verdict::not_passed, {{"", 35, 18, 17, false}}, std::nullopt};
    sheet.vote.result = result;
    sheet.identities = {{{"赞成＋反对＋弃权＋未表决＝出席", "sum = present"}, 31, 31, false}};
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

PlacesDecided some_places()
{
    PlacesDecided places;
    places.counted = {
        331, 330, 2, {{"甲", 200, 100, 28, false}, {"乙", 170, 100, 58, false}, {"丙", 3, 0, 0, true}}};
    places.outcome = {PlacesStatus::shortfall_separate_election, 352, 177, {0}, {}, 0, 1};
    return places;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_console_vote_has_its_four_figures_the_rule_and_what_must_hold)
{
    const auto html = result_sheet_html(a_sheet());
    expect(html, {"任命王某某为副局长", "三、任免案", "<td>17</td>", "<td>9</td>", "<td>5</td>", "<td>0</td>",
                  "未通过", "未按表决器", "18", "《任免条例》第22条（2022-06-10）", "31 = 31 ✓",
                  "chamber.example #41"});
    expect_none(html, {"<script", "http", "各次表决", "发出"});
}

BOOST_AUTO_TEST_CASE(figures_that_do_not_add_up_are_marked_and_not_repaired)
{
    auto sheet = a_sheet();
    sheet.identities = {
        {{"和", "sum"}, 30, 31, false}, {{"至多", "at most"}, 30, 31, true}, {{"至多", "x"}, 32, 31, true}};
    expect(result_sheet_html(sheet), {"30 = 31 ✗", "30 ≤ 31 ✓", "32 ≤ 31 ✗"});
}

BOOST_AUTO_TEST_CASE(hands_paper_lists_and_grades_each_have_their_own_form)
{
    auto sheet = a_sheet();
    sheet.vote.vote_method = VoteMethod::hands;
    expect(result_sheet_html(sheet), {"未举手"});

    sheet.vote.vote_method = VoteMethod::paper;
    sheet.vote.result->ballots = BallotsCount{33, 33, 2, 17, 9, 5};
    expect(result_sheet_html(sheet), {"发出", "收回", "未投有效票"});

    sheet.vote.result->outcome.verdict = Verdict::void_more_collected;
    sheet.vote.result->ballots = BallotsCount{33, 34, 0, 18, 12, 4};
    const auto voided = result_sheet_html(sheet);
    expect(voided, {"33", "34", "收回多于发出，无效"});
    expect_none(voided, {"<td>17</td>", "未投有效票"});

    auto election = a_sheet();
    election.vote.vote_method = VoteMethod::paper;
    election.vote.list = BallotList{};
    election.vote.list->places.places = 2;
    election.vote.result->outcome = {Verdict::counted, {}, std::nullopt};
    election.vote.result->places = some_places();
    expect(result_sheet_html(election),
           {"当选", "名额未满，另行选举", "（另选他人）", "空缺名额", "177", "<td class=\"n\">170</td>"});
    election.vote.list->list_kind = ListKind::projects;
    election.vote.list_of = ListOf::projects;
    const auto chosen = result_sheet_html(election);
    expect(chosen, {"入选", "项目", "得票", "<td class=\"n\">170</td>"});
    expect_none(chosen, {"class=\"n\">反对", "class=\"n\">弃权"}); // Projects are only marked.

    auto evaluation = a_sheet();
    evaluation.vote.grades = GradesSheet{{"财政局"},
                                         {{{"满意", "satisfied"}, {"不满意", "not"}},
                                          {{"s", {"满意", "satisfied"}, {0}, {1, 2, true, Base::valid}}},
                                          Rounding::half_up}};
    evaluation.vote.result->outcome = {Verdict::counted, {}, std::nullopt};
    evaluation.vote.result->grades =
        GradesDecided{{21, 21, {{"财政局", {15, 6}, 0}}}, {{"财政局", 21, {714, 286}, {}, "s"}}};
    expect(result_sheet_html(evaluation), {"财政局", "71.4%", "28.6%", "满意"});
}

BOOST_AUTO_TEST_CASE(attempts_and_a_departure_from_the_rules_stay_on_the_sheet)
{
    auto sheet = a_sheet();
    sheet.attempts = {
        {VoteId{40}, 1, VoteMethod::console, VoteState::voided, std::nullopt, VoidReason::equipment_failure,
         "断电"},
        {VoteId{41}, 2, VoteMethod::hands, VoteState::announced, Verdict::not_passed, std::nullopt, ""}};
    sheet.vote.deviation = RuleDeviation{"主任会议", "另有规定"};
    expect(result_sheet_html(sheet), {"各次表决", "设备故障", "断电", "主任会议", "另有规定"});
    sheet.vote.result.reset();
    sheet.vote.state = VoteState::voided;
    expect(result_sheet_html(sheet), {"作废"});
}

BOOST_AUTO_TEST_CASE(what_is_put_together_who_stands_for_the_base_and_the_paper_are_on_the_sheet)
{
    auto sheet = a_sheet();
    expect_none(result_sheet_html(sheet), {"合并表决", "单独表决", "付表决文件", "程序性动议", "确认人"});
    sheet.base_reason = "一名代表资格终止";
    sheet.vote.base_given = BaseGiven{sheet.base_reason, PersonId{1}, NamedPerson{PersonId{2}, "主任某"}};
    sheet.vote.matter.combined = std::vector<CombinedMatter>{{"任命甲", {}}, {"任命乙", {}}, {"任命丙", {}}};
    sheet.vote.matter.taken_out = std::vector<TakenOut>{{2, VoteId{42}, "李代表"}};
    sheet.vote.matter.draft = sha256(std::string("草案"));
    sheet.draft = "决议草案";
    sheet.off_the_agenda = true;
    expect(result_sheet_html(sheet),
           {"一名代表资格终止", "确认人", "主任某", "任命甲、任命丙", "任命乙 #42（李代表）", "决议草案",
            "程序性动议", to_hex(*sheet.vote.matter.draft).c_str()});
    auto apart = a_sheet();
    apart.vote.matter.split = SplitFrom{VoteId{41}, 2, "李代表"};
    expect(result_sheet_html(apart), {"从合并表决中提出", "#41", "李代表"});
}

BOOST_AUTO_TEST_CASE(what_people_wrote_never_becomes_part_of_the_page)
{
    auto sheet = a_sheet();
    const std::string evil = "<img src=x onerror=alert(1)>&\"'";
    sheet.vote.title = sheet.body = sheet.item = sheet.base_reason = sheet.sitting = evil;
    sheet.vote.void_note = evil;
    sheet.profile.legal_basis = {{evil, evil, evil}};
    sheet.vote.deviation = RuleDeviation{evil, evil};
    sheet.vote.result->groups = {{evil, 1, {}}};
    sheet.attempts.resize(2);
    sheet.attempts[0].void_note = evil;
    sheet.tellers = {evil};
    sheet.draft = evil;
    sheet.vote.base_given = BaseGiven{evil, PersonId{1}, NamedPerson{PersonId{2}, evil}};
    sheet.vote.matter.combined = std::vector<CombinedMatter>{{evil, {}}, {evil, {}}};
    sheet.vote.matter.taken_out = std::vector<TakenOut>{{2, VoteId{42}, evil}};
    sheet.vote.matter.split = SplitFrom{VoteId{41}, 2, evil};
    sheet.related = {{VoteRelation::follows, VoteId{1}, evil, ListKind::tie_revote}};
    sheet.identities = {{{evil, evil}, 1, 2, false}};
    const auto html = result_sheet_html(sheet);
    expect_none(html, {"<img", "onerror=alert(1)>"});
    expect(html, {"&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;"});
}

BOOST_AUTO_TEST_CASE(an_election_says_how_many_ballots_there_were_who_counted_and_what_it_follows)
{
    auto sheet = a_sheet();
    sheet.vote.vote_method = VoteMethod::paper;
    sheet.vote.present = 333;
    sheet.vote.list = BallotList{};
    sheet.vote.result->outcome = {Verdict::counted, {}, std::nullopt};
    sheet.vote.result->places = some_places();
    sheet.tellers = {"张三", "李四"};
    sheet.related = {{VoteRelation::follows, VoteId{40}, "选举副主任", ListKind::separate_election},
                     {VoteRelation::followed_by, VoteId{44}, "再次投票", ListKind::tie_revote}};
    expect(result_sheet_html(sheet),
           {"<dd>333</dd>", "<dd>331</dd>", "<dd>330</dd>", "<dd>328</dd>", "<dd>2</dd>", "张三、李四",
            "本次是对前次表决的后续", "选举副主任 #40", "另行选举", "后续表决", "再次投票 #44"});
}

BOOST_AUTO_TEST_CASE(many_candidates_are_set_smaller_and_side_by_side)
{
    auto sheet = a_sheet();
    sheet.vote.list = BallotList{};
    sheet.vote.result->places = some_places();
    auto& list = sheet.vote.result->places->counted.list;
    const auto tables = [&](std::size_t lines) {
        list.assign(lines, {"候选人", 1, 1, 1, false});
        const auto html = result_sheet_html(sheet);
        std::size_t found = 0;
        for (auto at = html.find("<thead>"); at != html.npos; at = html.find("<thead>", at + 1))
            ++found;
        return found;
    };
    BOOST_TEST((tables(4) == 1U && tables(12) == 1U && tables(13) == 2U && tables(42) == 2U));
    BOOST_TEST((tables(72) == 2U && tables(73) == 3U));
    sheet.vote.list->list_kind = ListKind::projects;
    sheet.vote.list_of = ListOf::projects;
    BOOST_TEST((tables(24) == 1U && tables(25) == 2U && tables(100) == 2U));
    list.resize(3);
    expect(result_sheet_html(sheet), {"<main class=\"plain\">"});
    list.resize(100);
    expect(result_sheet_html(sheet), {"<main class=\"tiny\">"});
}

BOOST_AUTO_TEST_SUITE_END()
