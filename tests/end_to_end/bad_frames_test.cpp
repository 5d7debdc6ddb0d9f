#include "clients/link/console.hpp"
#include "clients/replay/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

// What a running server says to bad requests, held against the schemas of what it says.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(bad_frames_test)

namespace {

/// One connection to a stage whose every frame is written down.
struct Heard {
    explicit Heard(const Stage& stage) : file(stage.folder() + "/frames")
    {
        link::PoolSettings settings;
        settings.transcript = *link::Transcript::make(file);
        transcript = settings.transcript;
        pool = std::make_unique<link::Pool>(std::move(settings));
        console = std::make_unique<link::Console>(*pool);
        BOOST_REQUIRE(console->open(stage.endpoint()).has_value());
    }

    /// The refusal's name or the code of the error that a request of JSON-RPC gets.
    std::string error_of(std::string_view method, const boost::json::value& params)
    {
        const auto answer = console->request(method, params);
        BOOST_REQUIRE(answer.has_value());
        return error_in(*answer);
    }

    /// The same for a text that is none.
    std::string error_of_text(const std::string& text)
    {
        console->send_text(text);
        const auto answer = console->next_message(std::chrono::seconds(10));
        BOOST_REQUIRE(answer.has_value());
        return error_in(*answer);
    }

    static std::string error_in(const ServerMessage& message)
    {
        BOOST_REQUIRE(message.is_error);
        const auto& data = message.body.at("data").as_object();
        if (const auto* refusal = data.if_contains("refusal")) return std::string(refusal->as_string());
        return boost::json::serialize(message.body.at("code"));
    }

    std::string file;
    std::shared_ptr<link::Transcript> transcript;
    std::unique_ptr<link::Pool> pool;
    std::unique_ptr<link::Console> console;
};

BOOST_AUTO_TEST_CASE(every_error_a_running_server_answers_with_fits_the_schema_of_errors)
{
    auto stage = Stage::make({"plenum-test/bad-frames", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    Heard heard(*stage);
    BOOST_TEST((link::Transcript::make(heard.file) == fault(Fault::io_error))); // Never over another.

    const boost::json::value nothing = boost::json::object();
    BOOST_TEST(heard.error_of_text("nonsense") == "-32700");
    BOOST_TEST(heard.error_of_text(R"({"jsonrpc":"2.0","id":5,"method":"ping"})") == "-32600");
    BOOST_TEST(heard.error_of_text("[]") == "-32600");
    BOOST_TEST(heard.error_of_text(R"({"jsonrpc":"2.0","method":"ping"})") == "-32600");
    BOOST_TEST(heard.error_of("vote.dance", nothing) == "sign_in_first");
    BOOST_TEST(heard.error_of("hello", {{"code", 5}}) == "-32602");
    BOOST_TEST(heard.error_of("vote.open", {{"vote", 1}}) == "sign_in_first");
    BOOST_TEST(heard.error_of("hello", {{"code", "AAAA-BBBB-CCCC"}}) == "unknown_code");

    const auto hello = heard.console->hello(*stage->code(Role::secretary));
    BOOST_REQUIRE((hello.has_value() && !hello->is_error));
    BOOST_TEST(heard.error_of("vote.open", {{"vote", 1}}) == "not_allowed");
    BOOST_TEST(heard.error_of("vote.dance", nothing) == "-32601");
    BOOST_TEST(heard.error_of("snapshot", nothing) == "-32601");
    BOOST_TEST(heard.error_of("vote.open", nothing) == "-32602");
    BOOST_TEST(heard.error_of("meeting.close", {{"meeting", 999}}) == "no_such_record");
    BOOST_TEST(heard.error_of("body.create", {{"body_kind", "assembly"}, {"name", "a\nb"}}) ==
               "invalid_text");
    heard.console.reset();
    BOOST_REQUIRE(stage->stop().has_value());

    BOOST_REQUIRE(heard.transcript->is_whole());
    const std::string root = PLENUM_SOURCE_DIR;
    const auto command =
        "node '" + root + "/tests/asyncapi/live_frames.mjs' '" + root + "/schemas' 15 '" + heard.file + "'";
    BOOST_TEST(std::system(command.c_str()) == 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
