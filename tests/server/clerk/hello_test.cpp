#include "tests/server/clerk/desk.hpp"

#include <boost/test/unit_test.hpp>

// Saying hello: who one is, what one has seen, and how one continues.

BOOST_AUTO_TEST_SUITE(hello)

using namespace plenum;
using namespace plenum::clerk;
using namespace plenum::clerk::testing;

namespace {

constexpr SessionId one{1};
constexpr SessionId two{2};
constexpr SessionId three{3};

/// The number a client continues after: that of the newest notification it got.
std::uint64_t seen_by(const Desk& desk, SessionId session)
{
    std::uint64_t seen = 0;
    for (const auto& message : desk.notifications(session)) {
        seen = std::max(seen, message.body.at("seq").to_number<std::uint64_t>());
    }
    return seen;
}

bool resumed(const ServerMessage& hello)
{
    return !hello.is_error && hello.body.at("resumed").as_bool();
}

std::size_t resumed_with(Desk& desk, SessionId session, const std::string& code, std::uint64_t since)
{
    const auto hello = desk.hello(session, code, since);
    BOOST_TEST(resumed(hello));
    return desk.notifications(session).size();
}

} // namespace

BOOST_AUTO_TEST_CASE(nothing_is_taken_before_hello)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.ask(one, "a", AddItem{chamber.meeting, "议题"});
    BOOST_TEST(desk.refusal(one, "a") == "sign_in_first");
    desk.send(one, "b", ListMembers::method, to_json(ListMembers{chamber.sitting, 0, 10}));
    BOOST_TEST(desk.refusal(one, "b") == "sign_in_first");
    desk.send(one, "c", "no.such.method", boost::json::object());
    BOOST_TEST(desk.refusal(one, "c") == "sign_in_first");
    BOOST_TEST(desk.clerk->idle());
    BOOST_TEST(desk.clerk->figures().sessions == 0U);
}

BOOST_AUTO_TEST_CASE(a_ping_is_answered_at_once_before_and_after_hello_and_leaves_no_trace)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto ping = [&](const std::string& id) {
        desk.send(one, id, Ping::method, boost::json::object());
        const auto answer = desk.answer(one, id);
        BOOST_REQUIRE((answer && !answer->is_error));
        const auto pong = from_json<Pong>(answer->body);
        BOOST_REQUIRE(pong.has_value());
        BOOST_TEST(pong->seq == desk.store.entries.size());
        BOOST_TEST(pong->at_ms >= desk.now_ms);
    };
    ping("before");
    BOOST_TEST(!desk.signed_in.contains(one));
    desk.hello(one, chamber.secretary);
    ping("after");
    desk.ask(one, "a", AddItem{chamber.meeting, "尚未落盘"});
    ping("beside"); // Does not wait for what is under way, and counts only what is durable.
    BOOST_TEST(!desk.answer(one, "a").has_value());
    ping("beside"); // Its id is kept nowhere.
    desk.flush();
    desk.ask(one, "beside", AddItem{chamber.meeting, "议题"});
    desk.flush();
    BOOST_TEST(desk.refusal(one, "beside").empty());
}

BOOST_AUTO_TEST_CASE(the_third_unknown_code_ends_the_connection)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const std::string wrong[] = {"", "not a code", std::string(chamber.chair.rbegin(), chamber.chair.rend())};
    for (const auto& code : wrong) {
        BOOST_TEST(desk.closed.empty());
        const auto answer = desk.hello(one, code);
        BOOST_TEST(answer.is_error);
        BOOST_TEST(answer.body.at("data").at("refusal").as_string() == "unknown_code");
    }
    BOOST_REQUIRE(desk.closed.size() == 1U);
    BOOST_TEST((desk.closed.front().first == one));
    desk.hello(two, "wrong"); // Another connection begins anew,
    desk.hello(two, "wrong");
    BOOST_TEST(!desk.hello(two, chamber.chair).is_error); // and a right code wipes the slate.
    desk.hello(two, "wrong");
    desk.hello(two, "wrong");
    BOOST_TEST(desk.closed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(hello_says_who_one_is_and_shows_what_is_durable)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.secretary);
    desk.ask(one, "a", AddItem{chamber.meeting, "尚未落盘"});

    const auto answer = desk.hello(two, chamber.codes.front());
    const auto hello = from_json<HelloAnswer>(answer.body);
    BOOST_REQUIRE(hello.has_value());
    BOOST_TEST(hello->protocol == wire_protocol);
    BOOST_TEST(hello->origin == origin);
    BOOST_TEST(hello->seq == desk.store.entries.size());
    BOOST_TEST((hello->me.person == chamber.members.front()));
    BOOST_TEST((hello->me.role == Role::delegate));
    BOOST_TEST(hello->me.present_in.size() == 1U);
    BOOST_TEST(!hello->resumed);
    const auto verifier = verifier_from_vkey(hello->vkey);
    BOOST_REQUIRE(verifier.has_value());
    const auto checkpoint = open_checkpoint(hello->checkpoint, *verifier);
    BOOST_REQUIRE(checkpoint.has_value());
    BOOST_TEST(checkpoint->size == hello->seq);

    const auto shown = desk.notifications(two, "snapshot");
    BOOST_REQUIRE(shown.size() == 1U);
    const auto snapshot = from_json<SnapshotView>(shown.front().body);
    BOOST_REQUIRE(snapshot && snapshot->sittings.size() == 1U);
    BOOST_TEST(snapshot->seq == hello->seq);
    BOOST_REQUIRE(snapshot->agendas.size() == 1U);
    BOOST_TEST(snapshot->agendas.front().items.empty()); // The item is decided, not durable.
    desk.flush();
    BOOST_TEST(desk.notifications(two, AgendaChanged::method).size() == 1U);
    BOOST_TEST(desk.signed_in.contains(two));
    BOOST_TEST(!desk.read_limits.contains(two));
}

BOOST_AUTO_TEST_CASE(a_signed_checkpoint_larger_than_the_log_stops_the_server)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto size = desk.clerk->head().size;
    desk.hello(one, chamber.chair, std::nullopt, desk.clerk->head().checkpoint);
    BOOST_TEST(!desk.stopped.has_value());
    desk.hello(two, "a stranger", std::nullopt, sign_checkpoint({origin, size + 1, Digest{}}, log_key()));
    BOOST_TEST((desk.stopped == Fault::rolled_back));
    BOOST_TEST(!desk.signed_in.contains(two));
}

BOOST_AUTO_TEST_CASE(a_checkpoint_anybody_could_have_made_is_ignored)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    std::array<std::uint8_t, 32> seed{};
    seed.fill(9);
    const auto forged = sign_checkpoint({origin, 1'000'000, Digest{}}, SigningKey{seed});
    const auto other_log = sign_checkpoint({"plenum.test/another", 1'000'000, Digest{}}, log_key());
    auto tampered = sign_checkpoint({origin, 1, Digest{}}, log_key());
    tampered.replace(tampered.find("\n1\n"), 3, "\n999999\n");
    for (const auto& note : {forged, other_log, tampered, std::string("words"), std::string()}) {
        BOOST_TEST(!desk.hello(one, chamber.chair, std::nullopt, note).is_error);
        BOOST_TEST(!desk.stopped.has_value());
    }
}

BOOST_AUTO_TEST_CASE(one_who_was_away_is_told_only_what_has_changed_meanwhile)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto old = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{old});
    as(desk, chamber.chair, CloseVote{old});
    as(desk, chamber.chair, AnnounceVote{old});
    as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"});
    desk.hello(one, chamber.codes.front());
    const auto seen = seen_by(desk, one);
    BOOST_TEST(seen == desk.store.entries.size());
    desk.clerk->closed(one);

    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    const auto answer = desk.hello(two, chamber.codes.front(), seen);
    BOOST_TEST(resumed(answer));
    BOOST_TEST(desk.notifications(two, "snapshot").empty());
    const auto votes = desk.notifications(two, VoteChanged::method);
    BOOST_REQUIRE(votes.size() == 1U);
    BOOST_TEST(votes.front().body.at("vote").at("id").to_number<std::uint64_t>() == number(vote));
    BOOST_TEST(votes.front().body.at("vote").at("state").as_string() == "open");
    BOOST_TEST(desk.notifications(two, SittingChanged::method).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_since_from_the_future_gets_a_snapshot)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    BOOST_TEST(!resumed(desk.hello(one, chamber.chair, desk.store.entries.size() + 1)));
    BOOST_TEST(desk.notifications(one, "snapshot").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_cut_between_two_messages_of_one_group_loses_neither)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto other = chamber;
    other.sitting = make_sitting(desk, chamber.meeting);
    const auto first = make_vote(desk, chamber, simple_majority());
    desk.hello(one, chamber.codes.front());
    desk.hello(two, chamber.secretary);
    desk.hello(three, chamber.chair);
    desk.said.clear();
    // One group with two things to tell: the vote opens, then the other sitting begins to sign in.
    desk.ask(two, "under-way", AddItem{chamber.meeting, "占位"});
    desk.ask(three, "open", OpenVote{first});
    desk.ask(two, "sign-in", OpenSignIn{other.sitting});
    desk.flush();

    const auto told = desk.notifications(one);
    BOOST_REQUIRE(told.size() >= 3U);
    // Whatever the client got before the cut, it ends up with everything.
    for (std::size_t got = 1; got < told.size(); ++got) {
        std::set<std::string> states;
        for (std::size_t at = 0; at < got; ++at)
            states.insert(boost::json::serialize(told[at].body));
        const auto seen = told[got - 1].body.at("seq").to_number<std::uint64_t>();
        const SessionId again{100 + got};
        resumed_with(desk, again, chamber.codes.front(), seen);
        bool opened = false;
        bool signing_in = false;
        auto all = desk.notifications(again);
        all.insert(all.end(), told.begin(), told.begin() + static_cast<std::ptrdiff_t>(got));
        for (const auto& message : all) {
            const auto text = boost::json::serialize(message.body);
            opened = opened || text.find("\"state\":\"open\"") != std::string::npos;
            signing_in = signing_in || text.find("\"state\":\"signing_in\"") != std::string::npos;
        }
        BOOST_TEST(opened, "after " << got << " messages");
        BOOST_TEST(signing_in, "after " << got << " messages");
    }
}

BOOST_AUTO_TEST_CASE(a_cut_while_catching_up_loses_nothing_either)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    std::vector<VoteId> votes;
    for (int at = 0; at < 4; ++at)
        votes.push_back(make_vote(desk, chamber, simple_majority()));
    const auto seen = desk.store.entries.size() - 4; // Only the first of them is known.
    desk.hello(one, chamber.codes.front(), seen);
    const auto told = desk.notifications(one);
    BOOST_REQUIRE(told.size() >= 4U);
    std::uint64_t before = 0;
    for (std::size_t got = 1; got <= told.size(); ++got) {
        const auto seq = told[got - 1].body.at("seq").to_number<std::uint64_t>();
        BOOST_TEST(seq >= before);
        before = seq;
        const SessionId again{100 + got};
        desk.hello(again, chamber.codes.front(), seq);
        std::set<std::uint64_t> known;
        auto all = desk.notifications(again, VoteChanged::method);
        all.insert(all.end(), told.begin(), told.begin() + static_cast<std::ptrdiff_t>(got));
        for (const auto& message : all) {
            if (message.method != VoteChanged::method) continue;
            known.insert(message.body.at("vote").at("id").to_number<std::uint64_t>());
        }
        for (const auto vote : votes)
            BOOST_TEST(known.contains(number(vote)), "after " << got << " messages");
    }
}

BOOST_AUTO_TEST_CASE(counts_and_progress_that_went_out_during_a_cut_are_made_up_for)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 5);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    as(desk, chamber.codes[1], CastVote{vote, Choice::approve});
    as(desk, chamber.codes[4], SignOut{chamber.sitting});
    as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"}); // Told at once, under the newest number.
    const auto seen = seen_by(desk, one);
    BOOST_TEST(seen == desk.store.entries.size());
    desk.clerk->closed(one);
    desk.tick(1'000); // Counts and progress go out now.

    desk.hello(two, chamber.codes.front(), seen);
    const auto votes = desk.notifications(two, VoteChanged::method);
    BOOST_REQUIRE(votes.size() == 1U);
    BOOST_TEST(votes.front().body.at("vote").at("received").as_int64() == 1);
    const auto sittings = desk.notifications(two, SittingChanged::method);
    BOOST_REQUIRE(sittings.size() == 1U);
    BOOST_TEST(sittings.front().body.at("sitting").at("counts").at("present").as_int64() == 4);
}

BOOST_AUTO_TEST_CASE(an_officer_dismissed_is_shown_the_door_and_the_code_opens_it_no_more)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto clerk = desk.officer(Role::operator_, chamber.body);
    const PersonId person{desk.clerk->durable_state().persons_known};
    desk.act(AppointOfficer{person, "", Role::operator_, std::nullopt});
    desk.hello(one, chamber.secretary);
    desk.hello(two, clerk);
    // As long as one office of the role is left, the screen stays.
    desk.act(DismissOfficer{person, Role::operator_, std::nullopt, "不再需要"});
    BOOST_TEST(desk.closed.empty());
    desk.ask(one, "b", DismissOfficer{person, Role::operator_, chamber.body, "工作调动"});
    BOOST_TEST(desk.closed.empty()); // Not before it is durable.
    desk.flush();
    BOOST_TEST(desk.refusal(one, "b").empty());
    BOOST_REQUIRE(desk.closed.size() == 1U);
    BOOST_TEST((desk.closed.front().first == two));
    desk.said.clear();
    desk.ask(one, "c", AddItem{chamber.meeting, "议题"});
    desk.flush();
    BOOST_TEST(desk.to(two).empty());
    desk.hello(two, clerk);
    BOOST_TEST(desk.to(two).back().is_error);
    BOOST_TEST(desk.to(two).back().body.at("data").at("refusal").as_string() == "unknown_code");
}

// Simulator seed 9.
BOOST_AUTO_TEST_CASE(an_officer_dismissed_in_the_same_group_as_something_to_tell_is_told_nothing)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto person = chamber.members.front();
    desk.act(AppointOfficer{person, "", Role::operator_, chamber.body});
    const auto clerk = desk.code_for(person, Role::operator_);
    desk.hello(one, chamber.secretary);
    desk.hello(two, clerk);
    desk.ask(one, "a", AddItem{chamber.meeting, "议题"});
    desk.ask(one, "b", SignOutFor{chamber.sitting, person}); // Changes what the page says of oneself.
    desk.ask(one, "c", DismissOfficer{person, Role::operator_, chamber.body, "工作调动"});
    desk.write_one();
    desk.said.clear();
    desk.flush();
    BOOST_TEST(desk.refusal(one, "c").empty());
    BOOST_REQUIRE(desk.closed.size() == 1U);
    BOOST_TEST(desk.to(two).empty());
}

// Simulator seed 122.
BOOST_AUTO_TEST_CASE(an_absence_recorded_after_the_end_and_during_a_cut_is_made_up_for)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    ImportRoster roster{chamber.body, {}};
    for (const auto& member : desk.clerk->durable_state().bodies.at(chamber.body).members)
        roster.members.push_back({member.number, member.name, member.group, member.seat, member.person});
    roster.members.push_back({"新证", "缺席者", "", "", std::nullopt});
    desk.act(roster);
    const PersonId absent{desk.clerk->durable_state().persons_known};
    as(desk, chamber.chair, CloseSitting{chamber.sitting});
    desk.hello(one, chamber.codes.front());
    const auto since = desk.clerk->durable_state().entries;
    desk.clerk->closed(one);
    as(desk, chamber.secretary, RecordAbsence{chamber.sitting, absent, "缺席者"});
    desk.said.clear();
    desk.hello(one, chamber.codes.front(), since);
    const auto told = desk.notifications(one, SittingChanged::method);
    BOOST_REQUIRE(told.size() == 1U);
    const auto& counts = told.front().body.at("sitting").at("counts");
    BOOST_TEST(counts.at("absent_without_leave").to_number<int>() == 1);
}

BOOST_AUTO_TEST_CASE(one_who_missed_too_much_gets_a_snapshot_instead)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto seen = desk.store.entries.size();
    for (std::size_t at = 0; at < missed_messages_max + 1; ++at)
        make_vote(desk, chamber, simple_majority());
    BOOST_TEST(!resumed(desk.hello(one, chamber.codes.front(), seen)));
    const auto shown = desk.notifications(one);
    BOOST_REQUIRE(shown.size() == 1U);
    BOOST_TEST(shown.front().method == "snapshot");
}

BOOST_AUTO_TEST_CASE(one_whose_rights_may_have_changed_meanwhile_gets_a_snapshot)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto seen = desk.store.entries.size();
    desk.act(AppointOfficer{std::nullopt, "新任", Role::observer, chamber.body});
    BOOST_TEST(!resumed(desk.hello(one, chamber.codes.front(), seen)));
    // The notification that told him may have been cut off as well.
    BOOST_TEST(!resumed(desk.hello(two, chamber.codes.front(), desk.store.entries.size())));
    as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"});
    BOOST_TEST(resumed(desk.hello(three, chamber.codes.front(), desk.store.entries.size())));
}

BOOST_AUTO_TEST_CASE(a_restart_does_not_lose_anybody_his_place)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    // Far enough from the appointments that no group can have held both.
    const ItemId item{as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"}).seq};
    desk.hello(one, chamber.secretary);
    for (std::size_t at = 0; at < journal::group_entries_max; ++at) {
        desk.ask(one, "edit-" + std::to_string(at), EditItem{item, "议题"});
    }
    desk.flush();
    const auto vote = make_vote(desk, chamber, simple_majority());
    const auto seen = desk.store.entries.size();
    as(desk, chamber.chair, OpenVote{vote});
    desk.restart();
    BOOST_TEST(resumed(desk.hello(two, chamber.codes.front(), seen)));
    const auto votes = desk.notifications(two, VoteChanged::method);
    BOOST_REQUIRE(votes.size() == 1U);
    BOOST_TEST(votes.front().body.at("vote").at("state").as_string() == "open");
}

BOOST_AUTO_TEST_CASE(a_member_votes_at_the_console_signed_in_at_last)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.codes.front());
    desk.hello(one, chamber.codes.front()); // Once more on the same line is nothing new.
    BOOST_TEST(desk.replaced.empty());
    desk.hello(two, chamber.codes.front());
    BOOST_TEST((desk.replaced == std::vector{one}));
    desk.ask(one, "late", SignOut{chamber.sitting});
    BOOST_TEST(desk.refusal(one, "late") == "sign_in_first");
    desk.said.clear();
    as(desk, chamber.secretary, AddItem{chamber.meeting, "议题"});
    BOOST_TEST(desk.to(one).empty());
    BOOST_TEST(!desk.to(two).empty());
    // Back at the first one.
    desk.hello(one, chamber.codes.front());
    BOOST_TEST((desk.replaced == std::vector{one, two}));
}

BOOST_AUTO_TEST_CASE(a_new_code_ends_sessions_of_the_old_one_but_not_the_one_that_shows_it)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto secretary = desk.officer(Role::secretary, std::nullopt);
    desk.hello(one, secretary);
    desk.hello(two, secretary);
    desk.hello(SessionId{3}, chamber.codes.front());
    const auto person = desk.clerk->actor_of_code(secretary)->person;
    desk.ask(one, "own", IssueAccessCodes{std::nullopt, person});
    BOOST_TEST(desk.closed.empty()); // Not before it is durable.
    desk.flush();
    BOOST_TEST_REQUIRE(desk.closed.size() == 1U);
    BOOST_TEST((desk.closed.front().first == two));
    BOOST_TEST(desk.closed.front().second == "a new access code was issued");
    // Codes of others end nobody else's session.
    desk.ask(one, "other", IssueAccessCodes{std::nullopt, chamber.members.back()});
    desk.flush();
    BOOST_TEST(desk.refusal(one, "other").empty());
    BOOST_TEST(desk.closed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(officers_and_screens_may_be_signed_in_several_times)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    for (const auto& code : {chamber.chair, chamber.secretary, desk.officer(Role::hall, std::nullopt)}) {
        desk.hello(one, code);
        desk.hello(two, code);
        BOOST_TEST(desk.replaced.empty());
    }
}

BOOST_AUTO_TEST_CASE(lists_are_for_the_officers_of_the_body)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto other = make_body(desk, 2, "乙");
    const auto elsewhere = desk.officer(Role::secretary, other);
    const auto desk_operator = desk.officer(Role::operator_, std::nullopt);
    const auto observer = desk.officer(Role::observer, chamber.body);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    as(desk, chamber.codes.front(), CastVote{vote, Choice::oppose});

    const struct {
        const char* name;
        std::string code;
        bool allowed;
    } cases[] = {{"chair", chamber.chair, true},    {"secretary", chamber.secretary, true},
                 {"operator", desk_operator, true}, {"delegate", chamber.codes.front(), false},
                 {"observer", observer, false},     {"secretary of another body", elsewhere, false}};
    std::uint64_t session = 10;
    for (const auto& who : cases) {
        BOOST_TEST_CONTEXT(who.name)
        {
            const SessionId asking{++session};
            desk.hello(asking, who.code);
            desk.send(asking, "m", ListMembers::method, to_json(ListMembers{chamber.sitting, 1, 10}));
            desk.send(asking, "n", ListNotPressed::method, to_json(ListNotPressed{vote}));
            BOOST_TEST(desk.refusal(asking, "m") == (who.allowed ? "" : "not_allowed"));
            BOOST_TEST(desk.refusal(asking, "n") == (who.allowed ? "" : "not_allowed"));
            if (!who.allowed) continue;
            const auto page = from_json<MembersPage>(desk.answer(asking, "m")->body);
            BOOST_REQUIRE(page.has_value());
            BOOST_TEST(page->total == 3U);
            BOOST_TEST(page->members.size() == 2U);
            const auto waiting = from_json<NotPressedAnswer>(desk.answer(asking, "n")->body);
            BOOST_REQUIRE(waiting.has_value());
            BOOST_TEST(waiting->total == 2U);
        }
    }
    desk.hello(one, chamber.chair);
    desk.send(one, "nothing", ListMembers::method, to_json(ListMembers{SittingId{9'999}, 0, 10}));
    BOOST_TEST(desk.refusal(one, "nothing") == "no_such_record");
    desk.send(one, "no-vote", ListNotPressed::method, to_json(ListNotPressed{VoteId{9'999}}));
    BOOST_TEST(desk.refusal(one, "no-vote") == "no_such_record");
}

BOOST_AUTO_TEST_SUITE_END()
