#include "protocol/audit/verify.hpp"
#include "tests/meetings/template_meeting.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

// Every template that ships is made into a meeting and held to its end, with every vote decided; what each
// leaves behind is signed as a bundle and audited. What they hold is the business of real meetings: a
// district congress of three days, a committee's afternoon, a mid-year meeting in both legal shapes, a town
// congress with its quarterly session, a street.

namespace plenum::meetings {

BOOST_AUTO_TEST_SUITE(meeting_templates)

namespace {

struct Case {
    const char* id;
    BodyKind kind;
    House house;
    std::size_t votes; ///< decided in all its sittings together
};

void require_whole(const MeetingTemplate& from)
{
    std::set<std::string> titles;
    std::uint32_t above = 0;
    for (const auto& item : from.items) {
        BOOST_TEST(titles.insert(item.title).second, item.title);
        BOOST_TEST((item.level >= 1 && item.level <= above + 1), item.title);
        above = item.level;
    }
    std::set<std::string> dealt_with;
    std::set<std::pair<std::string, std::string>> voted;
    bool adopts_agenda = false;
    for (const auto& sitting : from.sittings) {
        for (const auto& item : sitting.items) {
            BOOST_TEST(titles.contains(item), item);
            BOOST_TEST(dealt_with.insert(item).second, item);
            BOOST_TEST((adopts_agenda || !sitting.votes.empty()), "before the agenda is adopted: " << item);
        }
        for (const auto& vote : sitting.votes) {
            adopts_agenda = adopts_agenda || vote.form == TemplateForm::agenda;
            BOOST_TEST(voted.emplace(sitting.title, vote.title).second, vote.title);
            if (vote.item)
                BOOST_TEST((std::ranges::find(sitting.items, *vote.item) != sitting.items.end()), vote.title);
            if (sitting.of) BOOST_TEST(!vote.item.has_value(), vote.title);
        }
    }
    BOOST_TEST(adopts_agenda);
    for (std::size_t i = 0; i < from.items.size(); ++i)
        BOOST_TEST(dealt_with.contains(from.items[i].title) != is_heading(from.items, i),
                   from.items[i].title);
    BOOST_TEST(from.checklist.size() > 3U);
}

std::string sentences_of(const audit::Report& report)
{
    std::string sentences;
    for (const auto& found : report.findings)
        sentences += "\n  " + found.sentence.en;
    return sentences;
}

void hold(const Case& example)
{
    const auto templates = shipped_templates();
    const auto found = std::ranges::find(templates, example.id, &MeetingTemplate::id);
    BOOST_TEST_REQUIRE((found != templates.end()));
    TemplateMeeting meeting(*found, example.kind, example.house);
    meeting.hold();

    const auto agenda = meeting.agenda();
    BOOST_TEST(agenda.made_from == found->id);
    BOOST_TEST((agenda.state == MeetingState::archived));
    BOOST_TEST_REQUIRE(agenda.items.size() == found->items.size());
    for (std::size_t i = 0; i < agenda.items.size(); ++i) {
        const bool is_done = agenda.items[i].state == ItemState::decided;
        BOOST_TEST((is_done || is_heading(found->items, i)), agenda.items[i].title);
    }
    BOOST_TEST(meeting.state.votes.size() == example.votes);
    for (const auto& [id, vote] : meeting.state.votes)
        BOOST_TEST((vote.state == VoteState::announced), vote.title);

    const auto report = audit::verify(testing::bundle_of(meeting.record));
    BOOST_TEST(report.ok, sentences_of(report));
    // A template may put what belongs to no item of the agenda, and the auditor says so; nothing else.
    for (const auto& finding : report.findings)
        BOOST_TEST((finding.code == audit::AuditCode::off_the_agenda), finding.sentence.en);
    BOOST_TEST_REQUIRE(report.votes.size() == example.votes);
    for (const auto& vote : report.votes)
        BOOST_TEST((*vote.outcome == meeting.state.votes.at(vote.id).result->outcome));
}

} // namespace

BOOST_AUTO_TEST_CASE(every_template_is_whole)
{
    const auto templates = shipped_templates();
    BOOST_TEST(templates.size() == 8U);
    for (const auto& one : templates)
        BOOST_TEST_CONTEXT(one.id)
        {
            require_whole(one);
        }
}

BOOST_AUTO_TEST_CASE(a_district_congress_of_three_days)
{
    hold({"congress_session", BodyKind::congress, {352, 331, 8, 37}, 8 + 3 + 5 + 1 + 8 + 2 + 2 + 3 + 9});
}

// The chair of the committee has one vote too few and is elected separately; of its members two are tied at
// the last place and voted on again; six resolutions follow.
BOOST_AUTO_TEST_CASE(a_district_congress_whose_elections_leave_places_open)
{
    const House house{352, 331, 8, 37, FirstBallot::leaves_open};
    hold({"congress_session", BodyKind::congress, house, 8 + 3 + 5 + 1 + 8 + 2 + 2 + 3 + 9 + 2});
}

BOOST_AUTO_TEST_CASE(a_town_whose_elections_leave_places_open)
{
    const House house{52, 48, 1, 9, FirstBallot::leaves_open};
    hold({"town_congress", BodyKind::town_congress, house, 2 + 3 + 3 + 5 + 8 + 1});
}

// 23 appointed by person, one of them refused, and ten reports on duties graded on one sheet.
BOOST_AUTO_TEST_CASE(an_afternoon_of_a_standing_committee)
{
    hold({"standing_committee", BodyKind::standing_committee, {35, 31}, 1 + 2 + 23 + 1});
}

BOOST_AUTO_TEST_CASE(a_council_of_chairs)
{
    hold({"council_of_chairs", BodyKind::council_of_chairs, {9, 8}, 4});
}

// Two thirds would be 235: a report meeting is no session.
BOOST_AUTO_TEST_CASE(a_mid_year_meeting_that_only_hears_and_evaluates)
{
    hold({"mid_year_report", BodyKind::congress, {352, 220}, 3});
    hold({"mid_year_report", BodyKind::town_congress, {52, 30}, 3});
}

BOOST_AUTO_TEST_CASE(a_mid_year_meeting_that_is_a_session)
{
    hold({"mid_year_session", BodyKind::congress, {273, 241, 1, 29}, 2 + 5 + 6});
    hold({"mid_year_session", BodyKind::town_congress, {52, 48, 1, 9}, 2 + 5 + 6});
}

BOOST_AUTO_TEST_CASE(a_town_congress)
{
    hold({"town_congress", BodyKind::town_congress, {52, 48, 1, 9}, 2 + 3 + 3 + 5 + 8});
}

BOOST_AUTO_TEST_CASE(a_quarterly_session_of_a_town_congress)
{
    hold({"quarterly_session", BodyKind::town_congress, {52, 40, 1, 9}, 2 + 3});
}

BOOST_AUTO_TEST_CASE(a_street_deliberation)
{
    hold({"street_deliberation", BodyKind::street_deliberation, {36, 30}, 3});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::meetings
