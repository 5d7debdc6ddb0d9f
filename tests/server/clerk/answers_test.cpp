#include "tests/server/clerk/desk.hpp"

#include "protocol/merkle.hpp"

#include <boost/test/unit_test.hpp>

// What a console is answered, and when: nothing before it is durable, the same to the same request for ever.

BOOST_AUTO_TEST_SUITE(answers)

using namespace plenum;
using namespace plenum::clerk;
using namespace plenum::clerk::testing;

namespace {

constexpr SessionId one{1};
constexpr SessionId two{2};
constexpr SessionId three{3};

std::size_t answers_to(const Desk& desk, SessionId session, const std::string& id)
{
    const auto all = desk.to(session);
    return static_cast<std::size_t>(std::ranges::count(all, std::optional(id), &ServerMessage::id));
}

std::string text_of_answer(const Desk& desk, SessionId session, const std::string& id)
{
    const auto found = desk.answer(session, id);
    return found ? boost::json::serialize(found->body) : std::string();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_receipt_leaves_only_when_its_entry_is_durable)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.secretary);
    const auto before = desk.store.entries.size();

    desk.ask(one, "a", AddItem{chamber.meeting, "议题"});
    BOOST_TEST(!desk.answer(one, "a").has_value());
    BOOST_TEST(desk.clerk->ahead_state().items.size() == 1U);
    BOOST_TEST(desk.clerk->durable_state().items.empty());
    desk.tick(60'000);
    BOOST_TEST(!desk.answer(one, "a").has_value());

    desk.flush();
    const auto receipt = desk.receipt(one, "a");
    BOOST_TEST(receipt.seq == before);
    BOOST_TEST((receipt.leaf == leaf_hash(bytes_of(desk.store.entries.at(before)))));
    BOOST_TEST(desk.clerk->durable_state().items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_arrives_while_a_group_is_under_way_waits_for_the_next)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.secretary);
    desk.ask(one, "a", AddItem{chamber.meeting, "一"});
    desk.ask(one, "b", AddItem{chamber.meeting, "二"});
    desk.ask(one, "c", AddItem{chamber.meeting, "三"});

    BOOST_TEST(desk.write_one());
    BOOST_TEST(desk.answer(one, "a").has_value());
    BOOST_TEST(!desk.answer(one, "b").has_value());
    BOOST_TEST(desk.write_one());
    BOOST_TEST(desk.answer(one, "b").has_value());
    BOOST_TEST(desk.answer(one, "c").has_value());
    BOOST_TEST(!desk.write_one());
    BOOST_TEST(desk.store.groups.back() == 2U);
}

BOOST_AUTO_TEST_CASE(a_repeat_gets_the_same_receipt_before_and_after_it_is_durable_and_after_a_restart)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    const auto& code = chamber.codes.front();
    desk.hello(one, code);
    desk.ask(one, "press-1", CastVote{vote, Choice::approve});
    desk.hello(two, code); // After a cut, before the first line is noticed to be gone.
    desk.ask(two, "press-1", CastVote{vote, Choice::approve});
    BOOST_TEST(!desk.answer(two, "press-1").has_value());
    desk.flush();
    const auto first = text_of_answer(desk, one, "press-1");
    BOOST_TEST(!first.empty());
    BOOST_TEST(text_of_answer(desk, two, "press-1") == first);

    const auto size = desk.store.entries.size();
    desk.ask(two, "press-1", CastVote{vote, Choice::approve});
    BOOST_TEST(answers_to(desk, two, "press-1") == 2U);
    BOOST_TEST(text_of_answer(desk, two, "press-1") == first);

    desk.restart();
    desk.hello(three, code);
    desk.ask(three, "press-1", CastVote{vote, Choice::approve});
    desk.flush();
    BOOST_TEST(text_of_answer(desk, three, "press-1") == first);
    BOOST_TEST(desk.store.entries.size() == size + 1); // server.started, and no second press
    BOOST_TEST(desk.clerk->figures().repeats == 1U);
}

BOOST_AUTO_TEST_CASE(an_id_used_for_something_else_is_refused)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());
    desk.hello(two, chamber.codes.back());

    desk.ask(one, "x", CastVote{vote, Choice::approve});
    desk.ask(one, "x", CastVote{vote, Choice::oppose});
    BOOST_TEST(!desk.answer(one, "x").has_value());
    desk.flush();
    BOOST_TEST(desk.refusal(one, "x") == "id_reused");
    desk.ask(one, "x", SignOut{chamber.sitting});
    BOOST_TEST(desk.refusal(one, "x") == "id_reused");
    desk.ask(two, "x", CastVote{vote, Choice::oppose}); // Somebody else's ids are his own.
    desk.flush();
    BOOST_TEST(desk.refusal(two, "x").empty());
    const auto& presses = desk.clerk->durable_state().votes.at(vote).presses;
    BOOST_TEST((presses.at(chamber.members.front()).choice == Choice::approve));
    BOOST_TEST(presses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_refusal_that_speaks_of_a_press_waits_until_the_press_is_durable)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    auto profile = simple_majority();
    profile.press = PressPolicy::first;
    const auto vote = make_vote(desk, chamber, profile);
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(one, chamber.codes.front());

    desk.ask(one, "first", CastVote{vote, Choice::approve});
    desk.ask(one, "second", CastVote{vote, Choice::approve});
    // Were the power to go now, nobody may have been told that he has pressed.
    BOOST_TEST(desk.to(one).size() == 2U); // hello and its snapshot
    desk.flush();
    BOOST_TEST(desk.refusal(one, "second") == "already_pressed");
    BOOST_TEST(desk.refusal(one, "first").empty());
    desk.ask(one, "third", CastVote{vote, Choice::approve});
    BOOST_TEST(desk.refusal(one, "third") == "already_pressed"); // Nothing is under way: at once.
}

BOOST_AUTO_TEST_CASE(beyond_its_queue_the_clerk_says_busy_at_once_and_records_nothing)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.codes.front());
    for (std::size_t at = 0; at <= pending_entries_max; ++at) {
        const auto id = std::to_string(at);
        if (at % 2 == 0) desk.ask(one, id, SignOut{chamber.sitting});
        if (at % 2 == 1) desk.ask(one, id, SignIn{chamber.sitting});
    }
    BOOST_TEST(desk.clerk->figures().pending == pending_entries_max + 1);
    desk.ask(one, "late", SignIn{chamber.sitting});
    BOOST_TEST(desk.refusal(one, "late") == "busy");
    BOOST_TEST(desk.clerk->figures().pending == pending_entries_max + 1);
    desk.flush();
    BOOST_TEST(!desk.answer(one, "0")->is_error);
    // Sent again under the same id it is taken.
    desk.ask(one, "late", SignIn{chamber.sitting});
    desk.flush();
    BOOST_TEST(desk.refusal(one, "late").empty());
}

BOOST_AUTO_TEST_CASE(malformed_params_are_answered_with_the_path_of_what_is_wrong)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.secretary);
    const struct {
        const char* method;
        const char* params;
        const char* expected;
    } cases[] = {
        {"item.add", R"({"meeting":1})", "params.title"},
        {"item.add", R"({"meeting":"1","title":"x"})", "params.meeting"},
        {"vote.cast", R"({"vote":1,"choice":"perhaps"})", "params.choice"},
        {"roster.import", R"({"body":1,"members":[{"number":"1","name":2,"group":"","seat":""}]})",
         "params.members[0].name"},
        {"members.list", R"({"sitting":1,"from":-1,"limit":2})", "params.from"},
        {"vote.not_pressed", R"({})", "params.vote"},
        {"hello", R"({"code":7})", "params.code"},
    };
    for (const auto& bad : cases) {
        BOOST_TEST_CONTEXT(bad.method << ' ' << bad.params)
        {
            desk.send(one, "m", bad.method, boost::json::parse(bad.params));
            const auto answer = desk.answer(one, "m");
            BOOST_REQUIRE(answer && answer->is_error);
            BOOST_TEST(answer->body.at("code").as_int64() == -32'602);
            const auto detail = std::string(answer->body.at("data").at("expected").as_string());
            BOOST_TEST(detail.starts_with(bad.expected), detail);
        }
    }
    BOOST_TEST(desk.clerk->idle());
}

BOOST_AUTO_TEST_CASE(an_unknown_method_is_named)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.secretary);
    desk.send(one, "m", "vote.rig", boost::json::object());
    const auto answer = desk.answer(one, "m");
    BOOST_REQUIRE(answer && answer->is_error);
    BOOST_TEST(answer->body.at("code").as_int64() == -32'601);
    BOOST_TEST(boost::json::serialize(answer->body).find("vote.rig") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_events_of_one_command_never_stand_in_two_groups)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    desk.hello(one, chamber.secretary);
    const auto vote = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{vote});
    desk.hello(two, chamber.chair);

    // One group is under way, the next holds one entry less than the cap, and closing a vote takes two.
    desk.ask(one, "under-way", AddItem{chamber.meeting, "一"});
    for (std::size_t at = 0; at + 1 < journal::group_entries_max; ++at) {
        desk.ask(one, "fill-" + std::to_string(at), EditItem{ItemId{desk.store.entries.size()}, "二"});
    }
    desk.ask(two, "close", CloseVote{vote});
    desk.flush();
    const auto groups = desk.store.groups.size();
    BOOST_TEST(desk.store.groups.at(groups - 2) == journal::group_entries_max - 1);
    BOOST_TEST(desk.store.groups.at(groups - 1) == 2U);
    BOOST_TEST(desk.receipt(two, "close").seq == desk.store.entries.size() - 2);
    BOOST_TEST((desk.clerk->durable_state().votes.at(vote).state == VoteState::decided));
}

BOOST_AUTO_TEST_CASE(a_whole_congress_is_imported_in_one_request)
{
    Desk desk;
    const BodyId body{desk.act(CreateBody{BodyKind::congress, "大会"}).seq};
    const auto secretary = desk.officer(Role::secretary, body);
    desk.hello(one, secretary);
    BOOST_TEST(desk.read_limits.at(one) == office_read_bytes_max);
    ImportRoster import{body, {}};
    for (std::size_t at = 0; at < 2'980; ++at) {
        const auto number = std::to_string(at);
        import.members.push_back(
            {number, "代表" + number, "第" + std::to_string(at % 35) + "代表团", number, {}});
    }
    desk.ask(one, "import", import);
    desk.flush();
    BOOST_TEST(desk.refusal(one, "import").empty());
    BOOST_TEST(desk.clerk->durable_state().bodies.at(body).members.size() == 2'980U);

    desk.ask(one, "codes", IssueAccessCodes{body, std::nullopt});
    BOOST_TEST(!desk.answer(one, "codes").has_value());
    desk.flush();
    const auto issued = from_json<IssuedCodes>(desk.answer(one, "codes")->body);
    BOOST_REQUIRE(issued.has_value());
    BOOST_TEST(issued->codes.size() == 2'980U);
    BOOST_TEST(issued->codes.at(1'234).number == "1234");
    const auto hello = desk.hello(two, issued->codes.at(1'234).code);
    BOOST_TEST(!hello.is_error);

    // Codes are shown once: a repeat only proves that they were made.
    desk.ask(one, "codes", IssueAccessCodes{body, std::nullopt});
    const auto again = from_json<IssuedCodes>(desk.answer(one, "codes")->body);
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST(again->codes.empty());
    BOOST_TEST(again->receipt.seq == issued->receipt.seq);
}

BOOST_AUTO_TEST_CASE(a_secretary_learns_who_a_new_officer_is_and_can_give_them_a_code)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto secretary =
        desk.officer(Role::secretary, std::nullopt); // Of the whole house: gives codes to anybody.
    desk.hello(one, secretary);
    const auto appoint = [&](const std::string& id, const AppointOfficer& command) {
        desk.ask(one, id, command);
        BOOST_TEST(!desk.answer(one, id).has_value());
        desk.flush();
        const auto receipt = from_json<OfficerReceipt>(desk.answer(one, id)->body);
        BOOST_REQUIRE(receipt.has_value());
        return *receipt;
    };
    const AppointOfficer newcomer{std::nullopt, "王监票", Role::scrutineer, chamber.body};
    const auto first = appoint("new", newcomer);
    const auto second = appoint("next", {std::nullopt, "李大屏", Role::hall, chamber.body});
    BOOST_TEST((first.person != second.person));
    BOOST_TEST(desk.clerk->durable_state().persons.at(first.person).name == "王监票");
    BOOST_TEST(desk.clerk->durable_state().persons.at(second.person).name == "李大屏");
    const auto entry = decode_entry(desk.store.entries.at(first.seq));
    BOOST_TEST((std::get<OfficerAppointed>(entry->event).person == first.person));
    BOOST_TEST((first.leaf == leaf_hash(bytes_of(desk.store.entries.at(first.seq)))));
    BOOST_TEST((appoint("known", {first.person, "", Role::teller, chamber.body}).person == first.person));

    desk.ask(one, "codes", IssueAccessCodes{std::nullopt, first.person});
    desk.flush();
    const auto issued = from_json<IssuedCodes>(desk.answer(one, "codes")->body);
    BOOST_REQUIRE((issued && issued->codes.size() == 2U));
    BOOST_TEST(issued->codes.front().name == "王监票");

    // Whoever asks again is told the same, also by another process.
    for (const bool restarted : {false, true}) {
        if (restarted) {
            desk.restart();
            desk.hello(one, secretary);
        }
        desk.ask(one, "new", newcomer);
        desk.flush();
        const auto again = from_json<OfficerReceipt>(desk.answer(one, "new")->body);
        BOOST_REQUIRE(again.has_value());
        BOOST_TEST((again->person == first.person && again->seq == first.seq));
    }
}

BOOST_AUTO_TEST_CASE(a_document_that_finds_no_room_is_refused_and_changes_nothing)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    desk.hello(one, chamber.chair);
    const auto before = state_hash(desk.clerk->ahead_state());
    desk.put_fault = Fault::disk_full;
    desk.ask(one, "open", OpenVote{vote});
    BOOST_TEST(desk.refusal(one, "open") == "disk_low");
    BOOST_TEST((state_hash(desk.clerk->ahead_state()) == before));
    BOOST_TEST(desk.clerk->idle());
    BOOST_TEST(!desk.stopped.has_value());
    desk.put_fault = Fault::not_found;
    desk.ask(one, "open", OpenVote{vote});
    desk.flush();
    BOOST_TEST(desk.refusal(one, "open").empty());
}

BOOST_AUTO_TEST_CASE(a_document_that_cannot_be_stored_stops_the_server)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    desk.hello(one, chamber.chair);
    desk.put_fault = Fault::io_error;
    desk.ask(one, "open", OpenVote{vote});
    BOOST_TEST((desk.stopped == Fault::io_error));
    BOOST_TEST(desk.clerk->idle());
    BOOST_TEST((desk.clerk->ahead_state().votes.at(vote).state == VoteState::prepared));
}

BOOST_AUTO_TEST_CASE(a_document_just_stored_is_not_read_back_from_the_disk)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto vote = make_vote(desk, chamber, simple_majority());
    desk.hello(one, chamber.chair);
    desk.documents_readable = false;
    desk.ask(one, "open", OpenVote{vote});
    desk.flush();
    BOOST_TEST((desk.clerk->durable_state().votes.at(vote).state == VoteState::open));
}

BOOST_AUTO_TEST_CASE(a_photo_taken_back_or_replaced_is_gone_before_the_answer_comes)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 1);
    desk.hello(one, desk.officer(Role::secretary, std::nullopt));
    const auto person = chamber.members.front();
    const auto photo = [&] { return *desk.clerk->ahead_state().persons.at(person).photo; };
    const SetPhoto set{person, "image/jpeg", {0xff, 0xd8, 0xff}};
    desk.ask(one, "a", set);
    const auto first = photo();
    desk.ask(one, "b", set);
    const auto second = photo();
    desk.ask(one, "c", RemovePhoto{person});
    // Decided is not enough: the record could still lose it.
    BOOST_TEST((desk.blobs.contains(first) && desk.blobs.contains(second)));
    desk.flush();
    BOOST_TEST((!desk.blobs.contains(first) && !desk.blobs.contains(second)));
    desk.receipt(one, "c");
}

BOOST_AUTO_TEST_CASE(what_could_not_be_erased_is_erased_later_or_after_a_restart)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 1);
    const auto person = chamber.members.front();
    const SetPhoto set{person, "image/jpeg", {0xff, 0xd8, 0xff}};
    desk.act(set);
    const auto first = *desk.clerk->durable_state().persons.at(person).photo;
    desk.erase_fault = Fault::disk_full;
    desk.act(set);
    const auto second = *desk.clerk->durable_state().persons.at(person).photo;
    desk.tick(100);
    BOOST_TEST(desk.blobs.contains(first));
    desk.erase_fault = Fault::not_found;
    desk.tick(100);
    BOOST_TEST(!desk.blobs.contains(first));

    desk.erase_fault = Fault::disk_full;
    desk.act(RemovePhoto{person});
    BOOST_TEST(desk.blobs.contains(second));
    desk.erase_fault = Fault::not_found;
    desk.restart();
    BOOST_TEST(!desk.blobs.contains(second));
    BOOST_TEST(!desk.stopped.has_value());

    desk.act(set);
    desk.erase_fault = Fault::io_error;
    desk.act(RemovePhoto{person});
    BOOST_TEST((desk.stopped == Fault::io_error));
}

BOOST_AUTO_TEST_CASE(with_little_disk_no_vote_opens_and_an_open_one_finishes)
{
    Desk desk;
    const auto chamber = make_chamber(desk, 3);
    const auto open = make_vote(desk, chamber, simple_majority());
    const auto next = make_vote(desk, chamber, simple_majority());
    as(desk, chamber.chair, OpenVote{open});
    desk.disk_low = true;
    desk.publish_fault = Fault::disk_full; // Checkpoints wait, nothing else does.
    as(desk, chamber.codes.front(), CastVote{open, Choice::approve});
    as(desk, chamber.chair, CloseVote{open});
    desk.tick(5'000);
    BOOST_TEST((desk.clerk->durable_state().votes.at(open).state == VoteState::decided));
    BOOST_TEST(!desk.stopped.has_value());
    desk.hello(one, chamber.chair);
    desk.ask(one, "open", OpenVote{next});
    BOOST_TEST(desk.refusal(one, "open") == "disk_low");

    desk.publish_fault = Fault::not_found;
    desk.tick(5'000);
    BOOST_REQUIRE(!desk.published.empty());
    BOOST_TEST(desk.published.back() == desk.store.entries.size());
}

BOOST_AUTO_TEST_SUITE_END()
