#include "clients/link/console.hpp"
#include "clients/link/fetch.hpp"
#include "clients/replay/stage.hpp"
#include "tests/clients/replay/small_sitting.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

// TLS as a chamber has it: the certificates `plenum init` made, the server that uses them, clients that trust
// them.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(tls_test)

namespace {

Stage a_stage(const std::string& host)
{
    StageSettings settings;
    settings.origin = "plenum-test/tls";
    settings.host = host;
    auto stage = Stage::make(std::move(settings));
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    return std::move(*stage);
}

Stage a_serving_stage(const std::string& host)
{
    auto stage = a_stage(host);
    const auto served = stage.serve();
    BOOST_REQUIRE_MESSAGE(served.has_value(), served.error().sentence);
    BOOST_REQUIRE(stage.endpoint().tls);
    return stage;
}

/// Why a client with this endpoint does not get in; empty when it does.
std::string why_not(const link::Endpoint& endpoint)
{
    link::Pool pool;
    link::Console console(pool);
    if (console.open(endpoint)) return {};
    return console.closed().value_or(link::Closed{}).reason;
}

std::string url_of(const Stage& stage)
{
    return "https://" + stage.endpoint().host + ":" + std::to_string(stage.endpoint().port);
}

/// A command that must succeed.
Receipt done(Hall& hall, ConsoleId console, const Command& command)
{
    const auto receipt = hall.act(console, command);
    BOOST_REQUIRE_MESSAGE(receipt.has_value(), receipt.error().sentence);
    return *receipt;
}

BOOST_AUTO_TEST_CASE(a_client_that_trusts_the_chambers_authority_signs_in_and_votes)
{
    auto stage = a_serving_stage("chamber.example");
    BOOST_TEST(stage.endpoint().server_name == "chamber.example");
    Hall hall(stage.endpoint());
    BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
    const ConsoleId secretary{0};
    const auto convened = convene(hall, secretary, chamber_of(2));
    BOOST_REQUIRE_MESSAGE(convened.has_value(), convened.error().sentence);
    const auto chair = hall.enter({convened->chair_code}, true);
    const auto members = hall.enter(convened->member_codes);
    BOOST_REQUIRE((chair.has_value() && members.has_value()));

    const auto sitting = convened->sitting;
    const auto item = done(hall, secretary, AddItem{convened->meeting, "Motion"});
    done(hall, secretary, OpenSignIn{sitting});
    for (const auto member : *members)
        done(hall, member, SignIn{sitting});
    done(hall, chair->front(), OpenSitting{sitting});
    done(hall, chair->front(), AdoptAgenda{sitting});
    auto prepare = motion_in(sitting);
    prepare.item = ItemId{item.seq};
    prepare.title = prepare.text = "Motion";
    const VoteId vote{done(hall, secretary, prepare).seq};
    done(hall, chair->front(), OpenVote{vote});
    for (const auto member : *members)
        done(hall, member, CastVote{vote, Choice::approve});
    done(hall, chair->front(), CloseVote{vote});
    const auto decided = hall.wait_for(chair->front(), vote, VoteState::decided);
    BOOST_REQUIRE_MESSAGE(decided.has_value(), decided.error().sentence);
    BOOST_REQUIRE(decided->result.has_value());
    BOOST_TEST(decided->result->tally.approve == 2U);
    BOOST_REQUIRE(stage.stop().has_value());
}

BOOST_AUTO_TEST_CASE(pages_longer_than_a_tls_record_arrive_whole)
{
    StageSettings settings;
    settings.origin = "plenum-test/tls";
    settings.host = "chamber.example";
    const auto pages = *make_temporary_folder("plenum-pages");
    for (const std::size_t bytes : {1'000, 16'000, 17'000, 300'000})
        std::ofstream(pages + "/" + std::to_string(bytes) + ".js") << std::string(bytes, 'x');
    settings.pages = pages;
    auto stage = Stage::make(std::move(settings));
    BOOST_REQUIRE(stage.has_value());
    BOOST_REQUIRE(stage->serve().has_value());
    for (const std::size_t bytes : {1'000, 16'000, 17'000, 300'000}) {
        const auto got = link::fetch(stage->endpoint(), "/" + std::to_string(bytes) + ".js", 1'000'000);
        BOOST_TEST_REQUIRE(got.has_value(), bytes);
        BOOST_TEST(got->size() == bytes);
    }
    BOOST_REQUIRE(stage->stop().has_value());
    std::filesystem::remove_all(pages);
}

BOOST_AUTO_TEST_CASE(plenum_replay_plays_a_sitting_on_a_server_of_a_chamber)
{
    auto stage = a_serving_stage("chamber.example");
    const auto sitting = stage.folder() + "/sitting.json";
    std::ofstream(sitting) << small_sitting(5);
    const std::vector<std::string> on_it{sitting, "--server", url_of(stage), "--codes",
                                         stage.folder() + "/officers.csv"};
    auto trusting = on_it;
    trusting.insert(trusting.end(), {"--ca", stage.data() + "/tls/ca.crt"});
    const auto played = stage.run("plenum-replay", trusting);
    BOOST_REQUIRE_MESSAGE(played.has_value(), played.error().sentence);
    BOOST_TEST(played->find("5 votes, 0 differences") != std::string::npos, *played);

    const auto other = a_stage("chamber.example");
    auto deceived = on_it;
    deceived.insert(deceived.end(), {"--ca", other.data() + "/tls/ca.crt"});
    const auto refused = stage.run("plenum-replay", deceived);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().sentence.find("exit code 1") != std::string::npos);
    BOOST_TEST(refused.error().sentence.find("is not by the authority that is trusted here") !=
                   std::string::npos,
               refused.error().sentence);
}

BOOST_AUTO_TEST_CASE(a_certificate_is_taken_only_for_its_own_hosts_and_from_its_own_authority)
{
    auto stage = a_serving_stage("chamber.example");
    const auto other = a_stage("chamber.example");
    const auto with = [&](const std::string& name, const std::string& ca_file) {
        auto endpoint = stage.endpoint();
        endpoint.server_name = name;
        endpoint.ca_file = ca_file;
        return why_not(endpoint);
    };
    const auto own = stage.data() + "/tls/ca.crt";
    for (const auto* name : {"chamber.example", "localhost", "127.0.0.1"})
        BOOST_TEST(with(name, own) == "", name);
    for (const auto* name : {"other.example", "www.chamber.example", "127.0.0.2"})
        BOOST_TEST(with(name, own) == std::string("TLS: the certificate of the server is not for ") + name);
    const std::string stranger =
        "TLS: the certificate of the server is not by the authority that is trusted here: ";
    for (const auto* name : {"chamber.example", "other.example"})
        BOOST_TEST(with(name, other.data() + "/tls/ca.crt").starts_with(stranger), name);
    BOOST_TEST(with("chamber.example", "").starts_with("authority file "));
    BOOST_TEST(with("chamber.example", stage.folder() + "/officers.csv").starts_with("authority file "));

    auto plain = stage.endpoint();
    plain.tls = false;
    BOOST_TEST(why_not(plain) != "");
}

BOOST_AUTO_TEST_CASE(a_server_without_certificate_listens_only_on_this_machine)
{
    auto stage = a_stage("chamber.example");
    for (const auto* address : {"0.0.0.0", "::"}) {
        const auto served = stage.run(
            "plenum", {"serve", "--data", stage.data(), "--plain", "--address", address, "--port", "0"});
        BOOST_REQUIRE(!served.has_value());
        const auto& said = served.error().sentence;
        BOOST_TEST(said.find("exit code 1") != std::string::npos, said);
        BOOST_TEST(said.find("without a certificate only a loopback address may be listened on") !=
                       std::string::npos,
                   said);
        BOOST_TEST(said.find("listening ") == std::string::npos, said);
    }
    // And one whose certificate is gone does not fall back to plain HTTP.
    std::filesystem::remove(stage.data() + "/tls/server.crt");
    const auto served = stage.run("plenum", {"serve", "--data", stage.data(), "--port", "0"});
    BOOST_REQUIRE(!served.has_value());
    BOOST_TEST(served.error().sentence.find("listening ") == std::string::npos, served.error().sentence);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
