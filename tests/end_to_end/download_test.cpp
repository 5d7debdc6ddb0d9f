#include "clients/replay/stage.hpp"
#include "tests/end_to_end/chamber.hpp"
#include "tests/end_to_end/http_line.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

// An auditor fetches the bundle over HTTP while the chamber works.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(download_test)

namespace {

constexpr const char* bundle = "/export/bundle";

/// A chamber whose server runs, with one code of each role that matters here.
struct Sitting {
    Sitting() : stage(std::move(*Stage::make({"plenum-test/download", {}, {}, 0})))
    {
        BOOST_REQUIRE(stage.serve().has_value());
        hall = std::make_unique<Hall>(stage.endpoint());
        codes[Role::secretary] = *stage.code(Role::secretary);
        codes[Role::operator_] = *stage.code(Role::operator_);
        codes[Role::hall] = *stage.code(Role::hall);
        BOOST_REQUIRE(hall->enter({codes[Role::secretary]}).has_value());
        convened = *convene(*hall, secretary, chamber_of(3));
        codes[Role::chair] = convened.chair_code;
        codes[Role::delegate] = convened.member_codes.at(1);
        codes[Role::auditor] = new_officer(Role::auditor);
    }

    /// As a secretary does it over the wire: the answer says who is to get the code.
    std::string new_officer(Role role)
    {
        const auto appointed =
            hall->ask(secretary, AppointOfficer{std::nullopt, "Officer", role, convened.body});
        BOOST_REQUIRE_MESSAGE(appointed.is_done(), appointed.words());
        const auto receipt = from_json<OfficerReceipt>(appointed.message->body);
        BOOST_REQUIRE(receipt.has_value());
        const auto issued = hall->ask(secretary, IssueAccessCodes{std::nullopt, receipt->person});
        BOOST_REQUIRE_MESSAGE(issued.is_done(), issued.words());
        const auto sheet = from_json<IssuedCodes>(issued.message->body);
        BOOST_REQUIRE((sheet && sheet->codes.size() == 1U));
        return sheet->codes.front().code;
    }

    /// Makes the record large: a text put to the vote.
    void prepare_vote(std::size_t text_bytes)
    {
        auto prepare = motion_in(convened.sitting);
        prepare.title = "Motion " + std::to_string(++votes);
        prepare.text = std::string(text_bytes, 'x') + std::to_string(votes);
        const auto done = hall->act(secretary, prepare);
        BOOST_REQUIRE_MESSAGE(done.has_value(), done.error().sentence);
    }

    void done(ConsoleId console, const Command& command)
    {
        const auto receipt = hall->act(console, command);
        BOOST_REQUIRE_MESSAGE(receipt.has_value(), receipt.error().sentence);
    }

    /// A vote that is open; answers who presides.
    std::pair<ConsoleId, VoteId> open_vote()
    {
        const auto chair = hall->enter({codes.at(Role::chair)}, true);
        const auto members = hall->enter(convened.member_codes);
        BOOST_REQUIRE((chair.has_value() && members.has_value()));
        const auto at = convened.sitting;
        const auto item = hall->act(secretary, AddItem{convened.meeting, "Motion"});
        BOOST_REQUIRE(item.has_value());
        done(secretary, OpenSignIn{at});
        for (const auto member : *members)
            done(member, SignIn{at});
        done(chair->front(), OpenSitting{at});
        done(chair->front(), AdoptAgenda{at});
        auto prepare = motion_in(at);
        prepare.item = ItemId{item->seq};
        prepare.title = prepare.text = "Motion";
        const auto prepared = hall->act(secretary, prepare);
        BOOST_REQUIRE(prepared.has_value());
        done(chair->front(), OpenVote{VoteId{prepared->seq}});
        return {chair->front(), VoteId{prepared->seq}};
    }

    /// Lets the record grow by one entry.
    void set_schedule()
    {
        ScheduleRow row;
        row.title = "Sitting " + std::to_string(++schedules);
        const auto done = hall->act(secretary, SetSchedule{convened.meeting, {row}});
        BOOST_REQUIRE_MESSAGE(done.has_value(), done.error().sentence);
    }

    static constexpr ConsoleId secretary{0};
    Stage stage;
    std::unique_ptr<Hall> hall;
    Convened convened;
    std::map<Role, std::string> codes;
    unsigned votes = 0;
    unsigned schedules = 0;
};

std::string refusal_in(const Response& response)
{
    const auto body = boost::json::parse(response.body());
    BOOST_TEST(!body.at("data").at("reason").at("zh").as_string().empty());
    BOOST_TEST(!body.at("data").at("next").at("en").as_string().empty());
    BOOST_TEST(body.at("code").to_number<int>() > refusal_code_base);
    return std::string(body.at("data").at("refusal").as_string());
}

BOOST_AUTO_TEST_CASE(a_bundle_is_fetched_by_whom_may_and_verified)
{
    Sitting sitting;
    sitting.prepare_vote(1'000);
    Line line(sitting.stage.endpoint());
    for (const auto role : {Role::secretary, Role::chair, Role::operator_, Role::auditor, Role::delegate}) {
        BOOST_TEST_CONTEXT(codec::enum_name(role))
        {
            Response got = line.ask(bundle, sitting.codes.at(role));
            for (int tries = 0; got.result() == http::status::service_unavailable && tries < 500; ++tries) {
                std::this_thread::sleep_for(
                    std::chrono::milliseconds(10)); // The file before is being put away.
                got = line.ask(bundle, sitting.codes.at(role));
            }
            BOOST_TEST(got.result_int() == 200U);
            BOOST_TEST(got[http::field::content_type] == "application/x-tar");
            BOOST_TEST(got[http::field::content_disposition].starts_with("attachment; filename=\"plenum-"));
            const auto path = sitting.stage.folder() + "/fetched.plenum";
            std::ofstream(path, std::ios::binary) << got.body();
            const auto audited = sitting.stage.run("plenum-audit", {"verify", "--lang", "en", path});
            BOOST_REQUIRE_MESSAGE(audited.has_value(), audited.error().sentence);
            BOOST_TEST(audited->find("verified\n") != std::string::npos, *audited);
            const auto is_marked = [&](const std::string& kind) {
                return got.body().find("\"kind\":\"" + kind + '"') != std::string::npos;
            };
            BOOST_TEST(is_marked("auditor") == (role == Role::auditor));
            BOOST_TEST(is_marked("member") == (role == Role::delegate));
        }
    }
}

BOOST_AUTO_TEST_CASE(who_may_not_is_told_why_in_words)
{
    Sitting sitting;
    const struct {
        const char* target;
        std::string code;
        unsigned status;
        const char* refusal;
    } cases[] = {
        {bundle, "", 401, "sign_in_first"},
        {bundle, "AAAA-BBBB-CCCC", 401, "unknown_code"},
        {bundle, sitting.codes.at(Role::hall), 403, "not_allowed"},
        {"/export/", sitting.codes.at(Role::auditor), 404, "no_such_record"},
        {"/export/bundle/more", sitting.codes.at(Role::auditor), 404, "no_such_record"},
    };
    for (const auto& c : cases) {
        Line line(sitting.stage.endpoint());
        const auto got = line.ask(c.target, c.code);
        BOOST_TEST(got.result_int() == c.status, c.target << " " << c.refusal);
        BOOST_TEST(got[http::field::content_type] == "application/json");
        BOOST_TEST(refusal_in(got) == c.refusal);
        BOOST_TEST((got[http::field::www_authenticate] == "Bearer") == (c.status == 401));
        const auto head = line.ask(c.target, c.code, http::verb::head);
        BOOST_TEST(head.result_int() == c.status);
    }
    // A code in the address is not looked at: addresses end up in logs.
    Line line(sitting.stage.endpoint());
    const auto code = sitting.codes.at(Role::auditor);
    BOOST_TEST(line.ask(bundle + std::string("?code=") + code, "").result_int() == 401U);
    const auto head = line.ask(bundle, code, http::verb::head);
    BOOST_TEST(head.result_int() == 200U);
    BOOST_TEST(head[http::field::content_type] == "application/x-tar");
    BOOST_TEST(!head[http::field::content_disposition].empty());
    BOOST_TEST(head.body().empty());
    BOOST_TEST(line.ask("/healthz", "").result_int() == 200U);
}

BOOST_AUTO_TEST_CASE(members_wait_while_a_vote_is_open_and_others_do_not)
{
    Sitting sitting;
    const auto [chair, vote] = sitting.open_vote();
    const auto member = sitting.codes.at(Role::delegate);
    Line line(sitting.stage.endpoint());
    const auto asked = line.ask(bundle, member);
    BOOST_TEST(asked.result_int() == 503U);
    BOOST_TEST(!asked[http::field::retry_after].empty());
    BOOST_TEST(refusal_in(asked) == "busy");
    BOOST_TEST(line.ask(bundle, member, http::verb::head).result_int() == 503U);
    for (const auto role : {Role::auditor, Role::secretary})
        BOOST_TEST(line.ask(bundle, sitting.codes.at(role), http::verb::head).result_int() == 200U);
    sitting.done(chair, CloseVote{vote});
    BOOST_TEST(line.ask(bundle, member, http::verb::head).result_int() == 200U);
}

BOOST_AUTO_TEST_CASE(one_bundle_is_fetched_at_a_time_and_the_sitting_goes_on)
{
    Sitting sitting;
    for (int n = 0; n < 8; ++n)
        sitting.prepare_vote(1'000'000);
    const auto auditor = sitting.codes.at(Role::auditor);
    auto slow = std::make_unique<Line>(sitting.stage.endpoint(), 16 * 1024);
    slow->send(bundle, auditor);
    BOOST_TEST((slow->receive_head() == http::status::ok)); // And the rest waits in the server.

    Line line(sitting.stage.endpoint());
    // The same bundle is there for others too; another one has to wait.
    BOOST_TEST(line.ask(bundle, auditor).body().size() > 8'000'000U);
    const auto busy = line.ask(bundle, sitting.codes.at(Role::secretary));
    BOOST_TEST(busy.result_int() == 503U);
    BOOST_TEST(!busy[http::field::retry_after].empty());
    BOOST_TEST(refusal_in(busy) == "busy");
    BOOST_TEST(line.ask("/healthz", "").result_int() == 200U);
    sitting.prepare_vote(10);

    slow.reset();
    Response got;
    for (int tries = 0; tries < 1'000; ++tries) {
        got = line.ask(bundle, auditor);
        if (got.result() == http::status::ok) break;
        BOOST_REQUIRE(got.result() == http::status::service_unavailable);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    BOOST_TEST(got.body().size() > 8'000'000U);
    const auto path = sitting.stage.folder() + "/fetched.plenum";
    std::ofstream(path, std::ios::binary) << got.body();
    BOOST_TEST(sitting.stage.run("plenum-audit", {"verify", path}).has_value());
    const auto folder = sitting.stage.data() + "/exports";
    for (int tries = 0; std::filesystem::exists(folder) && tries < 1'000; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    BOOST_TEST(!std::filesystem::exists(folder));
    BOOST_REQUIRE(sitting.stage.stop().has_value());
}

BOOST_AUTO_TEST_CASE(what_is_fetched_beside_a_busy_chamber_is_always_whole)
{
    Sitting sitting;
    std::atomic<bool> done = false;
    std::jthread fetching([&] {
        Line line(sitting.stage.endpoint());
        std::size_t before = 0;
        for (unsigned fetched = 0; fetched < 20;) {
            const auto got = line.ask(bundle, sitting.codes.at(Role::auditor));
            if (got.result() != http::status::ok) continue;
            ++fetched;
            const auto path = sitting.stage.folder() + "/fetched-" + std::to_string(fetched);
            std::ofstream(path, std::ios::binary) << got.body();
            if (got.body().size() < before) break;
            before = got.body().size();
        }
        done = true;
    });
    // A sitting has 2,000 votes at most, which a fast machine reaches first.
    while (!done) {
        if (sitting.votes < 1'000)
            sitting.prepare_vote(100);
        else
            sitting.set_schedule();
    }
    fetching.join();
    for (unsigned fetched = 1; fetched <= 20; ++fetched) {
        const auto path = sitting.stage.folder() + "/fetched-" + std::to_string(fetched);
        const auto audited = sitting.stage.run("plenum-audit", {"verify", path});
        BOOST_TEST(audited.has_value(), audited.error().sentence);
    }
    BOOST_TEST_MESSAGE(sitting.votes << " votes were prepared meanwhile");
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
