#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(liveness)

namespace {

using std::chrono::steady_clock;

const std::string hello = R"({"id":"h","jsonrpc":"2.0","method":"hello"})";
const std::string hold = R"({"id":"w","jsonrpc":"2.0","method":"hold"})";

/// Reads until the connection ends, answering no ping; how many pings came.
int count_pings(RawConsole& console)
{
    int pings = 0;
    while (const auto frame = console.read_frame())
        pings += frame->opcode == ping_frame;
    return pings;
}

BOOST_AUTO_TEST_CASE(who_does_not_sign_in_in_time_is_sent_away)
{
    auto settings = calm_settings();
    settings.hello_timeout = 300ms;
    FakeClerk clerk(settings);
    RawConsole silent(clerk.gateway.port());
    RawConsole talking(clerk.gateway.port());
    RawConsole signed_in(clerk.gateway.port());
    for (auto* console : {&silent, &talking, &signed_in})
        console->open();
    talking.send_frame(text, R"({"id":"e","jsonrpc":"2.0","method":"echo"})");
    BOOST_TEST(talking.read_frame().has_value());
    signed_in.send_frame(text, hello);
    BOOST_TEST(signed_in.read_frame().has_value());
    for (auto* console : {&silent, &talking}) {
        const auto end = console->read_close();
        BOOST_TEST_REQUIRE(end.has_value());
        BOOST_TEST(end->close_code() == 1008);
        BOOST_TEST(end->close_reason() == "no hello in time");
    }
    signed_in.patience = 500ms;
    BOOST_TEST(!signed_in.read_frame().has_value());
    BOOST_TEST(!signed_in.wait_end());
}

BOOST_AUTO_TEST_CASE(a_console_is_not_sent_away_while_the_clerk_thinks)
{
    auto settings = calm_settings();
    settings.hello_timeout = 200ms;
    settings.ping_after = 100ms;
    settings.drop_after = 300ms;
    FakeClerk clerk(settings);
    RawConsole console(clerk.gateway.port());
    console.open();
    console.send_frame(text, hold);
    BOOST_TEST_REQUIRE(clerk.wait([&] { return clerk.held.size() == 1; }));
    BOOST_TEST(!clerk.wait([&] { return clerk.open.empty(); }, 800ms));
    clerk.gateway.signed_in(clerk.held.front().first);
    clerk.gateway.answer(clerk.held.front().first, message(encode_answer("w", boost::json::object())));
    std::optional<Frame> frame;
    do
        frame = console.read_frame();
    while (frame && frame->opcode == ping_frame);
    BOOST_TEST_REQUIRE(frame.has_value());
    BOOST_TEST(frame->opcode == text);
}

BOOST_AUTO_TEST_CASE(the_silent_are_pinged_and_those_who_do_not_answer_dropped)
{
    auto settings = calm_settings();
    settings.ping_after = 200ms;
    settings.drop_after = 600ms;
    FakeClerk clerk(settings);
    RawConsole dead(clerk.gateway.port());
    dead.open();
    const auto began = steady_clock::now();
    const int pings = count_pings(dead);
    const auto lived = steady_clock::now() - began;
    BOOST_TEST(pings >= 1);
    BOOST_TEST((lived >= 500ms));
    BOOST_TEST((lived < 5s));
    BOOST_TEST(clerk.wait_open(0));

    RawConsole alive(clerk.gateway.port());
    alive.open();
    const auto until = steady_clock::now() + 1500ms;
    int answered = 0;
    while (steady_clock::now() < until) {
        const auto frame = alive.read_frame();
        BOOST_TEST_REQUIRE(frame.has_value());
        if (frame->opcode == ping_frame) {
            alive.send_frame(pong_frame, frame->payload);
            ++answered;
        }
    }
    BOOST_TEST(answered >= 3);
    BOOST_TEST(clerk.sessions().size() == 1u);
}

BOOST_AUTO_TEST_CASE(handshakes_must_be_over_in_time_however_busy_the_line_looks)
{
    auto settings = calm_settings();
    settings.handshake_timeout = 400ms;
    FakeClerk clerk(settings);
    RawConsole silent(clerk.gateway.port());
    RawConsole slow(clerk.gateway.port());
    RawConsole kept_alive(clerk.gateway.port());
    kept_alive.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    BOOST_TEST(kept_alive.read_head().starts_with("HTTP/1.1 404"));
    const auto began = steady_clock::now();
    slow.patience = 100ms;
    slow.send("GET / HTTP/1.1\r\n");
    while (!slow.wait_end() && steady_clock::now() - began < 5s)
        slow.send("X: y\r\n");
    BOOST_TEST((steady_clock::now() - began < 3s));
    BOOST_TEST(silent.wait_end());
    BOOST_TEST(kept_alive.wait_end());
    BOOST_TEST(clerk.opened.empty());
}

BOOST_AUTO_TEST_CASE(a_console_that_does_not_return_the_close_is_cut_all_the_same)
{
    auto settings = calm_settings();
    settings.close_timeout = 300ms;
    FakeClerk clerk(settings);
    RawConsole console(clerk.gateway.port());
    console.open();
    clerk.gateway.close(clerk.only_session(), CloseReason::replaced, "elsewhere");
    BOOST_TEST(console.read_close()->close_code() == 4001);
    BOOST_TEST(clerk.wait_open(0));
    BOOST_TEST(console.wait_end());
}

BOOST_AUTO_TEST_CASE(a_console_that_says_goodbye_but_stays_is_cut)
{
    auto settings = calm_settings();
    settings.close_timeout = 300ms;
    FakeClerk clerk(settings);
    RawConsole console(clerk.gateway.port());
    console.open();
    BOOST_TEST_REQUIRE(clerk.wait_open(1));
    console.send_frame(close_frame, "\x03\xe8");
    BOOST_TEST(clerk.wait_open(0));
}

BOOST_AUTO_TEST_CASE(a_console_that_breaks_the_protocol_and_stays_is_cut)
{
    auto settings = calm_settings();
    settings.close_timeout = 200ms;
    settings.ping_after = 200ms;
    settings.drop_after = 400ms;
    FakeClerk clerk(settings);
    RawConsole console(clerk.gateway.port());
    console.open();
    BOOST_TEST_REQUIRE(clerk.wait_open(1));
    console.send_frame(text, "\xff\xff");
    BOOST_TEST(console.read_close()->close_code() == 1007);
    BOOST_TEST(clerk.wait_open(0));
}

BOOST_AUTO_TEST_CASE(a_connection_may_break_at_any_point)
{
    const auto break_off = [](RawConsole& console, int how) {
        switch (how) {
        case 0: return console.reset();
        case 1: return console.close();
        case 2: return console.send("GET /ws HTTP/1.1\r\nHo");
        case 3: console.open(); return console.reset();
        case 4: console.open(); return console.close();
        case 5:
            console.open();
            console.send_frame(text, "{\"id\"", false);
            return console.reset();
        case 6:
            console.open();
            console.send("\x81\xfe");
            return console.close();
        case 7:
            console.open();
            console.send_frame(text, hold);
            return console.reset();
        case 8:
            console.open();
            console.send_frame(text, hello);
            return console.reset();
        default:
            console.open();
            console.send_frame(close_frame, "\x03\xe8");
            return console.reset();
        }
    };
    FakeClerk clerk;
    for (int round = 0; round < 5; ++round) {
        for (int how = 0; how < 10; ++how) {
            RawConsole console(clerk.gateway.port());
            break_off(console, how);
        }
    }
    // Those that wait for an answer are not read, so their end shows with it.
    BOOST_TEST_REQUIRE(
        clerk.wait([&] { return clerk.opened.size() == clerk.closed.size() + clerk.held.size(); }));
    for (const auto& [session, request] : clerk.held) {
        clerk.gateway.answer(session, message(encode_answer(request.id, boost::json::object())));
    }
    BOOST_TEST(clerk.wait_open(0));
    for (int i = 0; i < 100 && clerk.gateway.counters().open > 0; ++i)
        std::this_thread::sleep_for(50ms);
    BOOST_TEST(clerk.gateway.counters().open == 0u);
    BOOST_TEST(!clerk.gone_mad);
}

BOOST_AUTO_TEST_CASE(connections_beyond_the_limit_are_turned_away_until_one_goes)
{
    auto settings = calm_settings();
    settings.connections_max = 3;
    FakeClerk clerk(settings);
    std::vector<std::unique_ptr<RawConsole>> consoles;
    for (int i = 0; i < 3; ++i) {
        consoles.push_back(std::make_unique<RawConsole>(clerk.gateway.port()));
        consoles.back()->open();
    }
    RawConsole fourth(clerk.gateway.port());
    BOOST_TEST(fourth.wait_end());
    BOOST_TEST(clerk.gateway.counters().refused == 1u);
    consoles.pop_back();
    BOOST_TEST_REQUIRE(clerk.wait_open(2));
    for (int i = 0; i < 100 && clerk.gateway.counters().open > 2; ++i)
        std::this_thread::sleep_for(10ms);
    RawConsole fifth(clerk.gateway.port());
    fifth.open();
    BOOST_TEST(clerk.wait_open(3));
}

BOOST_AUTO_TEST_CASE(stopping_tells_every_console_and_waits_for_none)
{
    auto settings = calm_settings();
    settings.close_timeout = 500ms;
    settings.threads = 2;
    FakeClerk clerk(settings);
    std::vector<std::unique_ptr<RawConsole>> consoles;
    for (int i = 0; i < 10; ++i) {
        consoles.push_back(std::make_unique<RawConsole>(clerk.gateway.port()));
        if (i < 8) consoles.back()->open(); // Two never get beyond TCP.
    }
    for (int i = 0; i < 4; ++i)
        consoles[static_cast<std::size_t>(i)]->send_frame(text, hold);
    BOOST_TEST_REQUIRE(clerk.wait([&] { return clerk.held.size() == 4 && clerk.opened.size() == 8; }));

    const auto began = steady_clock::now();
    clerk.gateway.stop();
    BOOST_TEST((steady_clock::now() - began < 5s));
    for (int i = 0; i < 8; ++i) {
        const auto end = consoles[static_cast<std::size_t>(i)]->read_close();
        BOOST_TEST_REQUIRE(end.has_value());
        BOOST_TEST(end->close_code() == 1001);
    }
    BOOST_TEST(clerk.closed.size() == 8u);
    BOOST_TEST(!clerk.gone_mad);
    clerk.gateway.stop();                           // Once more does nothing,
    clerk.gateway.send(clerk.opened, message("x")); // nor does talking to what is gone.
    RawConsole late(clerk.gateway.port());
    BOOST_TEST(late.upgrade().empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
