#include "tests/server/clerk/desk.hpp"

#include <boost/test/unit_test.hpp>

// Who is told what, and when: screens end up showing what a fresh snapshot would show.

BOOST_AUTO_TEST_SUITE(herald)

using namespace plenum;
using namespace plenum::clerk;
using namespace plenum::clerk::testing;

namespace {

constexpr SessionId one{1};
constexpr SessionId two{2};
constexpr SessionId three{3};
constexpr SessionId four{4};

std::vector<boost::json::value> views_of(const Desk& desk, SessionId session, VoteId vote)
{
    std::vector<boost::json::value> views;
    for (const auto& message : desk.notifications(session, VoteChanged::method)) {
        const auto& view = message.body.at("vote");
        if (view.at("id").to_number<std::uint64_t>() == number(vote)) views.push_back(view);
    }
    return views;
}

bool shows_result(const Desk& desk, SessionId session, VoteId vote)
{
    const auto views = views_of(desk, session, vote);
    return !views.empty() && !views.back().at("result").is_null();
}

/// The choice in the newest view of its own member a console was told; empty when it was told none.
std::string newest_choice(const Desk& desk, SessionId session)
{
    const auto told = desk.notifications(session, MeChanged::method);
    if (told.empty()) return {};
    const auto& presses = told.back().body.at("me").at("presses").as_array();
    return presses.empty() ? std::string() : std::string(presses.back().at("choice").as_string());
}

ImportRoster roster_of(const Desk& desk, BodyId body)
{
    ImportRoster import{body, {}};
    for (const auto& member : desk.clerk->durable_state().bodies.at(body).members) {
        import.members.push_back({member.number, member.name, member.group, member.seat, member.person});
    }
    return import;
}

} // namespace

BOOST_AUTO_TEST_CASE(nothing_is_told_before_it_is_durable)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.codes.front());
    desk.hello(two, chamber.secretary);
    desk.said.clear();
    desk.ask(two, "a", AddItem{chamber.meeting, "议题"});
    desk.tick(10'000);
    BOOST_TEST(desk.notifications(one).empty());
    desk.flush();
    BOOST_TEST(desk.notifications(one, AgendaChanged::method).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_delegate_of_another_body_hears_nothing_of_this_one)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3, "甲");
    const auto other = make_chamber(desk, 3, "乙");
    desk.hello(one, other.codes.front());
    desk.hello(two, other.chair);
    desk.hello(three, chamber.codes.front());
    for (const auto session : {one, two}) {
        const auto text = boost::json::serialize(desk.notifications(session, "snapshot").front().body);
        BOOST_TEST(text.find("甲") == std::string::npos);
    }
    desk.tick(1'000);
    desk.said.clear();
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    as(desk, chamber.codes[1], CastVote{vote, Choice::approve});
    as(desk, chamber.codes[2], SignOut{chamber.sitting});
    desk.tick(1'000);
    as(desk, chamber.chair, CloseVote{vote});
    BOOST_TEST(desk.to(one).empty());
    BOOST_TEST(desk.to(two).empty());
    BOOST_TEST(views_of(desk, three, vote).size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_suspension_is_told_to_the_member_and_to_all_who_count_those_present)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.codes.front());
    desk.hello(two, chamber.chair);
    desk.said.clear();
    as(desk, chamber.secretary, SuspendMember{chamber.body, chamber.members.front(), "常委会", "被立案调查"});
    desk.tick(1'000);
    const auto told = desk.notifications(one, MeChanged::method);
    BOOST_TEST_REQUIRE(!told.empty());
    const auto& me = told.back().body.at("me");
    BOOST_TEST(me.at("suspended_in").as_array().size() == 1U);
    BOOST_TEST(me.at("present_in").as_array().empty());
    const auto counts = desk.notifications(two, CountsChanged::method);
    BOOST_TEST_REQUIRE(!counts.empty());
    BOOST_TEST(counts.back().body.at("counts").at("suspended").to_number<int>() == 1);
    const auto members = desk.notifications(two, MembersChanged::method);
    BOOST_TEST_REQUIRE(!members.empty());
    BOOST_TEST(members.back().body.at("persons").at(0).at("presence").as_string() == "suspended");
}

BOOST_AUTO_TEST_CASE(a_suspension_is_told_with_the_signatures_and_suggestions_it_changes)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const PetitionId petition{
        as(desk, chamber.codes[1], OpenPetition{chamber.body, PetitionKind::bill, "议案", "案由"}).seq};
    as(desk, chamber.codes[0], SignPetition{petition});
    RegisterSuggestion made{chamber.body,         "1",     "建议", "案由", {}, chamber.members[0],
                            {chamber.members[1]}, "交通局"};
    made.due_at_ms = desk.now_ms + 1'000;
    const SuggestionId suggestion{as(desk, chamber.secretary, made).seq};
    desk.hello(one, chamber.codes[1]);
    desk.said.clear();
    const auto told = [&](bool suspended) {
        desk.tick(1'000);
        const auto petitions = desk.notifications(one, PetitionChanged::method);
        BOOST_TEST_REQUIRE(!petitions.empty());
        const auto& signatures = petitions.back().body.at("petition").at("signatures");
        BOOST_TEST(signatures.at("have").to_number<int>() == (suspended ? 1 : 2));
        const auto suggestions = desk.notifications(one, SuggestionChanged::method);
        BOOST_TEST_REQUIRE(!suggestions.empty());
        const auto& view = suggestions.back().body.at("suggestion");
        BOOST_TEST(view.at("id").to_number<std::uint64_t>() == number(suggestion));
        BOOST_TEST(view.at("evaluator").to_number<std::uint64_t>() ==
                   number(chamber.members[suspended ? 1 : 0]));
        desk.said.clear();
    };
    as(desk, chamber.secretary, SuspendMember{chamber.body, chamber.members[0], "常委会", "被立案调查"});
    told(true);
    as(desk, chamber.secretary, ReinstateMember{chamber.body, chamber.members[0], "常委会", "不予起诉"});
    told(false);
}

BOOST_AUTO_TEST_CASE(one_confirmation_is_told_of_every_vote_of_the_series)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const PrepareSeries series{chamber.sitting,   std::nullopt, {{"甲", "甲"}, {"乙", "乙"}},
                               simple_majority(), 2U,           "缺额一名"};
    const VoteId first{as(desk, chamber.secretary, series).seq};
    desk.hello(one, chamber.chair);
    desk.said.clear();
    as(desk, chamber.chair, ConfirmBase{first, 2});
    for (const auto id : {first, VoteId{number(first) + 1}}) {
        const auto views = views_of(desk, one, id);
        BOOST_TEST_REQUIRE(views.size() == 1U);
        BOOST_TEST(!views.front().at("base_given").at("confirmed_by").is_null());
    }
}

BOOST_AUTO_TEST_CASE(what_is_taken_out_is_told_with_the_combined_vote)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    PrepareVote together{chamber.sitting, std::nullopt, "任命", "甲、乙", simple_majority(), {}, ""};
    together.combined = {{"甲", {}}, {"乙", {}}};
    const VoteId whole{as(desk, chamber.secretary, together).seq};
    desk.hello(one, chamber.codes.front());
    desk.said.clear();
    const VoteId apart{as(desk, chamber.chair, SplitVote{whole, 1, "甲", "李代表"}).seq};
    BOOST_TEST(views_of(desk, one, apart).size() == 1U);
    const auto views = views_of(desk, one, whole);
    BOOST_TEST_REQUIRE(views.size() == 1U);
    BOOST_TEST(views.front().at("matter").at("taken_out").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_delayed_result_is_the_chairs_until_it_is_announced)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto hall = desk.officer(Role::hall, chamber.body);
    const auto at_the_desk = desk.officer(Role::operator_, chamber.body);
    auto profile = simple_majority();
    profile.result = ResultDisplay::delayed;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, hall);
    desk.hello(two, chamber.chair);
    desk.hello(three, chamber.codes.front());
    desk.hello(four, at_the_desk);
    as(desk, chamber.chair, CloseVote{vote});
    BOOST_TEST(!shows_result(desk, one, vote));
    BOOST_TEST(shows_result(desk, two, vote));
    BOOST_TEST(!shows_result(desk, three, vote));
    BOOST_TEST(!shows_result(desk, four, vote));
    for (const auto session : {one, three, four}) {
        const auto states = views_of(desk, session, vote);
        BOOST_REQUIRE(!states.empty());
        BOOST_TEST(states.back().at("state").as_string() == "decided");
    }
    // Whoever is lent the conduct sees the panel's figures from then on, and no longer when it is taken back.
    as(desk, chamber.chair, LendConduct{chamber.sitting, true});
    BOOST_TEST(shows_result(desk, four, vote));
    as(desk, chamber.chair, LendConduct{chamber.sitting, false});
    BOOST_TEST(!shows_result(desk, four, vote));

    as(desk, chamber.chair, AnnounceVote{vote});
    for (const auto session : {one, two, three, four})
        BOOST_TEST(shows_result(desk, session, vote));
}

BOOST_AUTO_TEST_CASE(progress_is_collected_and_says_neither_who_nor_how)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 5);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.tick(1'000);
    desk.said.clear();
    for (std::size_t at = 1; at < 4; ++at)
        as(desk, chamber.codes[at], CastVote{vote, Choice::oppose});
    BOOST_TEST(desk.notifications(one).empty());
    desk.tick(1'000);
    const auto told = desk.notifications(one);
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(told.front().method == VoteProgress::method);
    BOOST_TEST(told.front().body.as_object().size() == 4U);
    BOOST_TEST(told.front().body.at("received").as_int64() == 3);
    BOOST_TEST(told.front().body.at("present").as_int64() == 5);
    desk.tick(1'000);
    BOOST_TEST(desk.notifications(one).size() == 1U); // Nothing changed, nothing is told.
}

BOOST_AUTO_TEST_CASE(where_the_rule_shows_no_progress_only_the_panel_sees_it)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.progress = ProgressDisplay::none;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.hello(two, chamber.chair);
    as(desk, chamber.codes[1], CastVote{vote, Choice::approve});
    desk.tick(1'000);
    BOOST_TEST(desk.notifications(one, VoteProgress::method).empty());
    BOOST_TEST(desk.notifications(two, VoteProgress::method).size() == 1U);
}

BOOST_AUTO_TEST_CASE(counts_go_out_although_the_clock_was_set_back)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.codes.front());
    desk.tick(1'000);
    desk.now_ms -= 86'400'000;
    desk.said.clear();
    as(desk, chamber.codes[1], SignOut{chamber.sitting});
    desk.tick(200);
    desk.tick(200);
    BOOST_TEST(desk.notifications(one, CountsChanged::method).size() == 1U);
    as(desk, chamber.codes[2], SignOut{chamber.sitting});
    desk.tick(200);
    BOOST_TEST(desk.notifications(one, CountsChanged::method).size() == 2U);
    desk.published.clear();
    desk.tick(1'200);
    BOOST_TEST(desk.published.size() == 1U); // Checkpoints as well.
}

/// A long agenda does not travel with every vote: its one item does, and whoever was away gets the whole.
BOOST_AUTO_TEST_CASE(an_item_is_told_by_itself_and_to_all_sittings_of_its_meeting)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const ItemId item{as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"}).seq};
    as(desk, chamber.chair, AdoptAgenda{chamber.sitting});
    const auto vote = make_vote(desk, chamber, simple_majority(), item);
    desk.hello(one, chamber.codes.front());
    desk.said.clear();
    const auto last_state = [&] {
        std::string state;
        for (const auto& message : desk.notifications(one, ItemChanged::method)) {
            const auto& view = message.body.at("item");
            if (view.at("id").to_number<std::uint64_t>() == number(item))
                state = std::string(view.at("state").as_string());
        }
        return state;
    };
    as(desk, chamber.chair, ActivateItem{chamber.sitting, item});
    BOOST_TEST(last_state() == "reading");
    as(desk, chamber.chair, OpenVote{vote});
    BOOST_TEST(last_state() == "put_to_vote");
    const auto since = desk.clerk->durable_state().entries;
    as(desk, chamber.chair, CloseVote{vote});
    BOOST_TEST(last_state() == "decided");
    as(desk, chamber.chair, VoidVote{vote, VoidReason::wrong_text, ""});
    BOOST_TEST(last_state() == "reading");
    BOOST_TEST(desk.notifications(one, AgendaChanged::method).empty());

    desk.said.clear();
    desk.hello(two, chamber.codes[1], since);
    const auto caught_up = desk.notifications(two, AgendaChanged::method);
    BOOST_REQUIRE(caught_up.size() == 1U);
    BOOST_TEST(caught_up.front().body.at("agenda").at("items").at(0).at("state").as_string() == "reading");
}

BOOST_AUTO_TEST_CASE(whoever_leaves_or_joins_a_roster_gets_the_screen_that_goes_with_it)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3, "甲");
    const auto other = make_chamber(desk, 3, "乙");
    const auto vote = make_vote(desk, chamber, simple_majority());
    desk.hello(one, chamber.codes.back());
    desk.hello(two, other.codes.front());
    desk.hello(three, chamber.codes.front());
    desk.said.clear();

    auto roster = roster_of(desk, chamber.body);
    roster.members.pop_back();
    roster.members.front().seat = "贵宾席";
    roster.members.push_back({"新证", "来人", "", "", other.members.front()});
    desk.act(roster);

    const auto gone = desk.notifications(one, "snapshot");
    BOOST_REQUIRE(gone.size() == 1U);
    BOOST_TEST(gone.front().body.at("sittings").as_array().empty());
    const auto come = desk.notifications(two, "snapshot");
    BOOST_REQUIRE(come.size() == 1U);
    BOOST_TEST(come.front().body.at("sittings").as_array().size() == 2U);
    BOOST_TEST(come.front().body.at("votes").at(0).at("id").to_number<std::uint64_t>() == number(vote));
    // Who stays needs no snapshot, but sits elsewhere now.
    BOOST_TEST(desk.notifications(three, "snapshot").empty());
    const auto me = desk.notifications(three, MeChanged::method);
    BOOST_REQUIRE(me.size() == 1U);
    BOOST_TEST(me.front().body.at("me").at("seat").as_string() == "贵宾席");
}

// Simulator seeds: names in the floor and in the tellers' counts come from rosters.
BOOST_AUTO_TEST_CASE(a_speaker_whom_a_roster_gives_another_name_and_group_is_shown_with_them)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3, "甲");
    const auto other = make_chamber(desk, 3, "乙");
    const auto person = chamber.members.front();
    as(desk, chamber.secretary, RequestFloorFor{chamber.sitting, person, SpeechKind::speech, {}, {}});
    desk.hello(one, chamber.codes.back());
    const auto newest = [&] {
        const auto told = desk.notifications(one, FloorChanged::method);
        BOOST_REQUIRE(!told.empty());
        return told.back().body.at("floor").at("queue").at(0);
    };
    auto roster = roster_of(desk, chamber.body);
    roster.members.front().group = "第九代表团";
    desk.act(roster);
    BOOST_TEST(newest().at("unit").as_string() == "第九代表团");
    // A name is the person's, whichever body's roster brings it.
    auto elsewhere = roster_of(desk, other.body);
    elsewhere.members.push_back({"新证", "改名", "", "", person});
    desk.act(elsewhere);
    BOOST_TEST(newest().at("name").as_string() == "改名");
}

// A simulator seed: whoever confirmed a base number is named with the vote.
BOOST_AUTO_TEST_CASE(who_confirmed_a_base_is_shown_by_the_name_a_roster_of_another_body_gives)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3, "甲");
    const auto other = make_chamber(desk, 3, "乙");
    PrepareVote prepare{chamber.sitting, std::nullopt, "议程", "同意本次会议议程", simple_majority(), {}, ""};
    prepare.base_members = 2;
    prepare.base_reason = "缺额一名";
    const VoteId vote{as(desk, chamber.secretary, prepare).seq};
    as(desk, chamber.chair, ConfirmBase{vote, 2});
    desk.hello(one, chamber.codes.back());
    desk.said.clear();
    auto elsewhere = roster_of(desk, other.body);
    const auto person = *desk.clerk->actor_of_code(chamber.chair)->person;
    elsewhere.members.push_back({"新证", "改名", "", "", person});
    desk.act(elsewhere);
    const auto views = views_of(desk, one, vote);
    BOOST_TEST_REQUIRE(!views.empty());
    BOOST_TEST(views.back().at("base_given").at("confirmed_by").at("name").as_string() == "改名");
}

BOOST_AUTO_TEST_CASE(who_is_lent_the_conduct_is_shown_who_counted_what_in_votes_that_are_over)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto rule = simple_majority();
    rule.method = VoteMethod::hands;
    const auto vote = make_vote(desk, chamber, rule);
    as(desk, chamber.chair, OpenVote{vote});
    as(desk, desk.officer(Role::teller, std::nullopt), CountHands{vote, {2, 1, 0}});
    as(desk, chamber.chair, VoidVote{vote, VoidReason::disorder, ""});
    desk.hello(one, desk.officer(Role::operator_, chamber.body));
    const auto counted = [&] {
        const auto views = views_of(desk, one, vote);
        BOOST_REQUIRE(!views.empty());
        return views.back().at("hands").at("counted").as_array().size();
    };
    as(desk, chamber.chair, LendConduct{chamber.sitting, true});
    BOOST_TEST(counted() == 1U);
    as(desk, chamber.chair, LendConduct{chamber.sitting, false});
    BOOST_TEST(counted() == 0U);
}

BOOST_AUTO_TEST_CASE(a_vote_loses_its_title_on_the_wall_when_its_item_is_closed)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const ItemId item{as(desk, chamber.secretary, AddItem{chamber.meeting, "人事"}).seq};
    as(desk, chamber.secretary, EditItem{item, "人事", {}, 0, "", true, "全体会议决定"});
    const auto vote = make_vote(desk, chamber, simple_majority(), item);
    desk.hello(one, desk.officer(Role::hall, chamber.body));
    const auto title = [&] {
        const auto views = views_of(desk, one, vote);
        BOOST_REQUIRE(!views.empty());
        return std::string(views.back().at("title").as_string());
    };
    as(desk, chamber.secretary, EditItem{item, "人事", {}, 0, "", false, "全体会议决定"});
    BOOST_TEST(!title().empty());
    as(desk, chamber.secretary, EditItem{item, "人事", {}, 0, "", true, "全体会议决定"});
    BOOST_TEST(title().empty());
}

BOOST_AUTO_TEST_CASE(a_new_office_shows_at_once)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3, "甲");
    const auto other = make_chamber(desk, 3, "乙");
    desk.hello(one, chamber.chair);
    desk.said.clear();
    const auto chair =
        desk.clerk->durable_state().codes.at(access_code_from_text(chamber.chair)->hash()).person;
    desk.act(AppointOfficer{chair, {}, Role::chair, other.body});
    const auto shown = desk.notifications(one, "snapshot");
    BOOST_REQUIRE(shown.size() == 1U);
    BOOST_TEST(shown.front().body.at("sittings").as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_member_hears_of_the_own_presence_and_of_a_press_left_behind_at_another_console)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.hello(three, chamber.codes.back());
    desk.said.clear();
    desk.ask(one, "press", CastVote{vote, Choice::abstain});
    desk.hello(two, chamber.codes.front());
    desk.flush();
    const auto told = desk.notifications(two, MeChanged::method);
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(told.front().body.at("me").at("presses").at(0).at("choice").as_string() == "abstain");
    BOOST_TEST(desk.notifications(three, MeChanged::method).empty());
    desk.ask(three, "press", CastVote{vote, Choice::abstain});
    desk.flush();
    BOOST_TEST(desk.notifications(three, MeChanged::method).empty()); // The receipt tells the only console.

    as(desk, chamber.secretary, SignOutFor{chamber.sitting, chamber.members.front()});
    BOOST_TEST(desk.notifications(one, MeChanged::method).empty()); // It is not the member's any more.
    BOOST_TEST(desk.notifications(two, MeChanged::method).size() == 2U);
    BOOST_TEST(
        desk.notifications(two, MeChanged::method).back().body.at("me").at("present_in").as_array().empty());
}

// The next three: simulator seed 59 and others.
BOOST_AUTO_TEST_CASE(a_console_hears_of_a_press_whose_receipt_went_to_a_line_that_is_gone)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.ask(one, "press", CastVote{vote, Choice::oppose});
    desk.clerk->closed(one);
    // The page is loaded anew: it knows nothing of the request, and hello shows only what is durable.
    const auto answer = desk.hello(three, chamber.codes.front());
    BOOST_TEST(answer.body.at("me").at("presses").as_array().empty());
    desk.said.clear();
    desk.flush();
    BOOST_TEST(newest_choice(desk, three) == "oppose");
}

BOOST_AUTO_TEST_CASE(a_console_hears_of_a_press_of_its_member_in_the_same_group_as_its_own)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.press = PressPolicy::last;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.hello(three, chamber.codes.back());
    desk.said.clear();
    desk.ask(three, "first", CastVote{vote, Choice::approve}); // Under way while the other presses twice.
    desk.ask(one, "press", CastVote{vote, Choice::oppose});
    desk.hello(two, chamber.codes.front());
    desk.ask(two, "other", CastVote{vote, Choice::abstain});
    desk.flush();
    BOOST_TEST(newest_choice(desk, two) == "abstain");
}

BOOST_AUTO_TEST_CASE(a_console_that_has_all_the_receipts_is_told_nothing_more)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.press = PressPolicy::last;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.hello(three, chamber.codes.back());
    desk.said.clear();
    desk.ask(three, "first", CastVote{vote, Choice::approve});
    desk.ask(one, "press", CastVote{vote, Choice::oppose});
    desk.ask(one, "again", CastVote{vote, Choice::approve});
    desk.ask(one, "again", CastVote{vote, Choice::approve});
    desk.flush();
    BOOST_TEST(desk.receipt(one, "again").seq > desk.receipt(one, "press").seq);
    BOOST_TEST(desk.notifications(one, MeChanged::method).empty());
}

BOOST_AUTO_TEST_CASE(who_comes_and_goes_is_told_to_the_officers_only)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.chair);
    desk.hello(two, chamber.secretary);
    desk.hello(three, chamber.codes.front());
    desk.hello(four, desk.officer(Role::observer, chamber.body));
    desk.tick(1'000);
    desk.said.clear();
    as(desk, chamber.codes[1], SignOut{chamber.sitting});
    desk.tick(1'000);
    for (const auto session : {one, two}) {
        const auto told = desk.notifications(session, MembersChanged::method);
        BOOST_REQUIRE(told.size() == 1U);
        const auto& changed = told.front().body.at("persons").at(0);
        BOOST_TEST(changed.at("person").to_number<std::uint64_t>() == number(chamber.members[1]));
        BOOST_TEST(changed.at("presence").as_string() == "left");
    }
    BOOST_TEST(desk.notifications(three, MembersChanged::method).empty());
    BOOST_TEST(desk.notifications(four, MembersChanged::method).empty());
}

// Found by the simulator: whoever waited for the floor was shown under the old delegation.
BOOST_AUTO_TEST_CASE(a_new_roster_is_told_to_the_floor)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    as(desk, chamber.codes[1], RequestFloor{chamber.sitting, SpeechKind::speech, {}, {}});
    desk.hello(one, chamber.chair);
    desk.said.clear();
    auto roster = roster_of(desk, chamber.body);
    roster.members[1].group = "第一代表团";
    as(desk, chamber.secretary, roster);
    const auto told = desk.notifications(one, FloorChanged::method);
    BOOST_REQUIRE(!told.empty());
    const auto& waiting = told.back().body.at("floor").at("queue").at(0);
    BOOST_TEST(waiting.at("unit").as_string() == "第一代表团");
}

// A console's queue holds 64 messages: three thousand who come in as many groups once cut the chair's panel
// as a slow one.
BOOST_AUTO_TEST_CASE(however_many_come_and_go_a_panel_is_told_once_in_a_while)
{
    constexpr std::size_t members = 100;
    Desk desk;
    const auto chamber = make_chamber(desk, members);
    desk.hello(one, chamber.chair);
    desk.tick(1'000);
    desk.said.clear();
    for (const auto& code : chamber.codes)
        as(desk, code, SignOut{chamber.sitting});
    BOOST_TEST(desk.to(one).empty());
    desk.tick(1'000);
    const auto told = desk.notifications(one, MembersChanged::method);
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(told.front().body.at("persons").as_array().size() == members);
    BOOST_TEST(desk.notifications(one, CountsChanged::method).size() == 1U);
    desk.tick(1'000);
    BOOST_TEST(desk.notifications(one, MembersChanged::method).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_closed_session_is_told_nothing_more)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.chair);
    BOOST_TEST(desk.clerk->figures().sessions == 1U);
    desk.clerk->closed(one);
    desk.clerk->closed(one); // Twice is once.
    BOOST_TEST(desk.clerk->figures().sessions == 0U);
    desk.said.clear();
    as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"});
    BOOST_TEST(desk.to(one).empty());
}

BOOST_AUTO_TEST_CASE(the_clerk_closes_a_vote_whose_window_has_run_out)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.close = ClosePolicy::timer;
    profile.window_ms = 5'000;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    const auto state = [&] { return desk.clerk->durable_state().votes.at(vote).state; };
    desk.tick(5'000); // The very moment is still in time.
    desk.flush();
    BOOST_TEST((state() == VoteState::open));
    as(desk, chamber.codes.front(), CastVote{vote, Choice::approve});
    desk.tick(1);
    desk.flush();
    BOOST_TEST((state() == VoteState::decided));
    const auto closed = decode_entry(desk.store.entries.at(desk.store.entries.size() - 2));
    BOOST_REQUIRE(closed.has_value());
    BOOST_TEST(closed->actor.is_server());
    BOOST_TEST((std::get<VoteClosed>(closed->event).by == ClosedBy::timer));
}

BOOST_AUTO_TEST_CASE(a_press_behind_the_window_closes_the_vote_before_it_is_refused)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.close = ClosePolicy::timer;
    profile.window_ms = 5'000;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.now_ms += 5'001;
    desk.ask(one, "late", CastVote{vote, Choice::approve});
    desk.flush();
    BOOST_TEST(desk.refusal(one, "late") == "vote_not_open");
    BOOST_TEST((desk.clerk->durable_state().votes.at(vote).state == VoteState::decided));
    BOOST_TEST(desk.clerk->durable_state().votes.at(vote).presses.empty());
}

BOOST_AUTO_TEST_CASE(a_window_ends_once_however_the_clock_jumps)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.close = ClosePolicy::timer;
    profile.window_ms = 5'000;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.now_ms -= 3'600'000;
    desk.tick(4'000);
    as(desk, chamber.codes.front(), CastVote{vote, Choice::approve});
    desk.now_ms += 86'400'000;
    desk.tick(0);
    desk.flush();
    desk.now_ms -= 86'400'000;
    desk.tick(10'000);
    desk.flush();
    BOOST_TEST((desk.clerk->durable_state().votes.at(vote).state == VoteState::decided));
    std::uint64_t before = 0;
    for (const auto& text : desk.store.entries) {
        const auto entry = decode_entry(text);
        BOOST_REQUIRE(entry && entry->at_ms);
        BOOST_TEST(*entry->at_ms >= before);
        before = *entry->at_ms;
    }
}

BOOST_AUTO_TEST_CASE(checkpoints_go_out_at_milestones_and_else_once_a_second)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    desk.tick(2'000);
    const auto published = [&](const std::string& code, const Command& command) {
        const auto before = desk.published.size();
        as(desk, code, command);
        return desk.published.size() - before;
    };
    BOOST_TEST(published(chamber.chair, OpenVote{vote}) == 1U);
    BOOST_TEST(desk.published.back() == desk.store.entries.size());
    BOOST_TEST(published(chamber.codes.front(), CastVote{vote, Choice::approve}) == 0U);
    BOOST_TEST(published(chamber.chair, CloseVote{vote}) == 1U);
    BOOST_TEST(published(chamber.chair, AnnounceVote{vote}) == 1U);
    BOOST_TEST(published(chamber.chair, RecessSitting{chamber.sitting, "午休"}) == 1U);
    BOOST_TEST(published(chamber.secretary, AddItem{chamber.meeting, "议题"}) == 0U);
    desk.tick(500);
    BOOST_TEST(desk.published.back() < desk.store.entries.size());
    desk.tick(600);
    BOOST_TEST(desk.published.back() == desk.store.entries.size());
    const auto quiet = desk.published.size();
    desk.tick(60'000);
    BOOST_TEST(desk.published.size() == quiet); // The same head is not published twice.
    BOOST_TEST(published(chamber.chair, CloseSitting{chamber.sitting}) == 1U);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_that_cannot_be_kept_stops_the_server)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.publish_fault = Fault::io_error;
    as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"});
    BOOST_TEST(!desk.stopped.has_value());
    desk.tick(2'000);
    BOOST_TEST((desk.stopped == Fault::io_error));
}

BOOST_AUTO_TEST_SUITE_END()
