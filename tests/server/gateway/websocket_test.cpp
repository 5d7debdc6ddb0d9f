#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(websocket)

namespace {

std::string echo(const std::string& id, const std::string& word = "hello")
{
    return R"({"id":")" + id + R"(","jsonrpc":"2.0","method":"echo","params":{"word":")" + word + R"("}})";
}

std::string answer_of(RawConsole& console)
{
    const auto frame = console.read_frame();
    return frame && frame->opcode == text && frame->fin ? frame->payload : std::string();
}

ServerMessage read_message(RawConsole& console)
{
    const auto decoded = decode_server_message(answer_of(console));
    BOOST_TEST_REQUIRE(decoded.has_value());
    return *decoded;
}

void require_echo(RawConsole& console, const std::string& id)
{
    console.send_frame(text, echo(id));
    const auto answer = read_message(console);
    BOOST_TEST(!answer.is_error);
    BOOST_TEST((answer.id == id));
}

BOOST_AUTO_TEST_CASE(a_request_is_answered_under_its_id)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    console.send_frame(text, echo("a1", "大会"));
    const auto answer = read_message(console);
    BOOST_TEST((answer.id == "a1"));
    BOOST_TEST(answer.body.at("word").as_string() == "大会");
    BOOST_TEST(!clerk.gone_mad);

    const auto counters = clerk.gateway.counters();
    BOOST_TEST(counters.accepted == 1u);
    BOOST_TEST(counters.open == 1u);
    BOOST_TEST(counters.messages_in == 1u);
    BOOST_TEST(counters.bytes_in == echo("a1", "大会").size());
}

BOOST_AUTO_TEST_CASE(the_next_request_is_read_only_after_the_answer_to_the_last)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    console.send_frame(text, R"({"id":"first","jsonrpc":"2.0","method":"hold"})");
    console.send_frame(text, echo("second"));
    BOOST_TEST_REQUIRE(clerk.wait([&] { return clerk.held.size() == 1; }));
    BOOST_TEST(!clerk.wait([&] { return clerk.requested > 1; }, 200ms));

    clerk.gateway.answer(clerk.held.front().first, message(encode_answer("first", boost::json::object())));
    BOOST_TEST((read_message(console).id == "first"));
    BOOST_TEST((read_message(console).id == "second"));
    BOOST_TEST(clerk.requested == 2u);
}

BOOST_AUTO_TEST_CASE(a_bad_request_gets_a_typed_error_and_the_connection_stays)
{
    const std::string deep(100, '[');
    const struct {
        const char* name;
        std::string text;
        int code;
        std::optional<std::string> id;
    } cases[] = {
        {"nothing", "", -32700, {}},
        {"not JSON", "hello", -32700, {}},
        {"half an object", R"({"id":"a","jsonrpc":"2.0")", -32700, {}},
        {"two objects", R"({"id":"a","jsonrpc":"2.0","method":"echo"} {})", -32700, {}},
        {"a member twice", R"({"id":"a","id":"b","jsonrpc":"2.0","method":"echo"})", -32700, {}},
        {"a member of params twice",
         R"({"id":"a","jsonrpc":"2.0","method":"echo","params":{"x":1,"x":2}})",
         -32700,
         {}},
        {"a fraction", R"({"id":"a","jsonrpc":"2.0","method":"echo","params":{"x":1.5}})", -32700, {}},
        {"too deep", R"({"id":"a","jsonrpc":"2.0","method":"echo","params":{"x":)" + deep, -32700, {}},
        {"a batch", "[" + echo("a") + "]", -32600, {}},
        {"a number", "7", -32600, {}},
        {"no id", R"({"jsonrpc":"2.0","method":"echo"})", -32600, {}},
        {"a number for an id", R"({"id":1,"jsonrpc":"2.0","method":"echo"})", -32600, {}},
        {"an empty id", R"({"id":"","jsonrpc":"2.0","method":"echo"})", -32600, {}},
        {"an id too long",
         R"({"id":")" + std::string(65, 'x') + R"(","jsonrpc":"2.0","method":"echo"})",
         -32600,
         {}},
        {"no version", R"({"id":"a","method":"echo"})", -32600, "a"},
        {"another version", R"({"id":"a","jsonrpc":"1.0","method":"echo"})", -32600, "a"},
        {"no method", R"({"id":"a","jsonrpc":"2.0"})", -32600, "a"},
        {"a number for a method", R"({"id":"a","jsonrpc":"2.0","method":3})", -32600, "a"},
        {"a list of params", R"({"id":"a","jsonrpc":"2.0","method":"echo","params":[1]})", -32602, "a"},
    };
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            console.send_frame(text, c.text);
            const auto answer = read_message(console);
            BOOST_TEST(answer.is_error);
            BOOST_TEST(answer.body.at("code").as_int64() == c.code);
            BOOST_TEST((answer.id == c.id));
        }
    BOOST_TEST(clerk.gateway.counters().bad_requests == std::size(cases));
    BOOST_TEST(clerk.requested == 0u);
    require_echo(console, "still-here");
}

BOOST_AUTO_TEST_CASE(twenty_bad_requests_are_borne_and_the_next_ends_the_connection)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    for (int i = 0; i < 20; ++i)
        console.send_frame(text, "x");
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(read_message(console).is_error);
    require_echo(console, "still-here");
    console.send_frame(text, "x");
    BOOST_TEST(read_message(console).is_error);
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 1008);
    BOOST_TEST(end->close_reason() == "too many bad requests");
}

BOOST_AUTO_TEST_CASE(what_is_no_text_message_within_the_limit_ends_the_connection_with_its_code)
{
    const auto limit = calm_settings().read_bytes_max;
    const struct {
        const char* name;
        unsigned opcode;
        std::string payload;
        unsigned code;
    } cases[] = {
        {"binary", binary, "abc", 1003},
        {"one byte too much", text, std::string(limit + 1, 'x'), 1009},
        {"far too much", text, std::string(200'000, 'x'), 1009},
        {"broken UTF-8", text, "\"\xc3\x28\"", 1007},
        {"UTF-8 that stops in the middle", text, "\"\xe5\xa4", 1007},
        {"overlong UTF-8", text, "\"\xc0\xaf\"", 1007},
        {"a surrogate in UTF-8", text, "\"\xed\xa0\x80\"", 1007},
        {"a reserved opcode", 3, "abc", 1002},
        {"a continuation of nothing", continuation, "abc", 1002},
    };
    FakeClerk clerk;
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            RawConsole console(clerk.gateway.port());
            console.open();
            console.send_frame(c.opcode, c.payload);
            const auto end = console.read_close();
            BOOST_TEST_REQUIRE(end.has_value());
            BOOST_TEST(end->close_code() == c.code);
            console.close();
            BOOST_TEST(clerk.wait_open(0));
        }
    BOOST_TEST(clerk.requested == 0u);
}

BOOST_AUTO_TEST_CASE(a_frame_without_mask_is_a_protocol_error)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    console.send("\x81\x05hello");
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 1002);
}

BOOST_AUTO_TEST_CASE(the_largest_message_within_the_limit_is_taken)
{
    FakeClerk clerk;
    const auto limit = calm_settings().read_bytes_max;
    RawConsole console(clerk.gateway.port());
    console.open();
    const auto frame = echo("big", std::string(limit - echo("big", "").size(), 'x'));
    BOOST_TEST_REQUIRE(frame.size() == limit);
    console.send_frame(text, frame);
    BOOST_TEST((read_message(console).id == "big"));
}

BOOST_AUTO_TEST_CASE(the_office_may_be_given_a_larger_limit)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    console.send_frame(text, R"({"id":"l","jsonrpc":"2.0","method":"limit","params":{"bytes":300000}})");
    BOOST_TEST((read_message(console).id == "l"));
    console.send_frame(text, echo("big", std::string(250'000, 'x')));
    BOOST_TEST((read_message(console).id == "big"));
    console.send_frame(text, echo("bigger", std::string(300'000, 'x')));
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 1009);
}

BOOST_AUTO_TEST_CASE(fragments_are_put_together_even_of_one_byte_and_with_pings_between)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    for (const std::size_t piece : {1u, 2u, 7u, 30u}) {
        const auto whole = echo("piece-" + std::to_string(piece), "表决");
        for (std::size_t at = 0; at < whole.size(); at += piece) {
            const bool last = at + piece >= whole.size();
            console.send_frame(at == 0 ? text : continuation, whole.substr(at, piece), last);
            if (at == piece) console.send_frame(ping_frame, "are you there");
        }
        const auto pong = console.read_frame();
        BOOST_TEST_REQUIRE(pong.has_value());
        BOOST_TEST(pong->opcode == pong_frame);
        BOOST_TEST(pong->payload == "are you there");
        BOOST_TEST((read_message(console).id == "piece-" + std::to_string(piece)));
    }
}

BOOST_AUTO_TEST_CASE(fragments_beyond_the_limit_end_the_connection_before_the_last_has_come)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    const std::string piece(1'000, 'x');
    console.send_frame(text, piece, false);
    for (int i = 0; i < 20; ++i)
        console.send_frame(continuation, piece, false);
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 1009);
}

BOOST_AUTO_TEST_CASE(bytes_that_dribble_in_make_the_same_message)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    const std::string upgrade = "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Protocol: other, plenum.v1\r\n\r\n";
    for (const char c : upgrade)
        console.send({&c, 1});
    const auto head = console.read_head();
    BOOST_TEST(head.starts_with("HTTP/1.1 101"), head);
    BOOST_TEST(head.find("Sec-WebSocket-Protocol: plenum.v1\r\n") != std::string::npos, head);
    require_echo(console, "dribbled");
}

BOOST_AUTO_TEST_CASE(compression_is_not_agreed_to)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    const auto head = console.upgrade("Sec-WebSocket-Protocol: plenum.v1\r\n"
                                      "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    BOOST_TEST(head.starts_with("HTTP/1.1 101"), head);
    BOOST_TEST(head.find("Sec-WebSocket-Extensions") == std::string::npos, head);
}

BOOST_AUTO_TEST_CASE(the_server_can_end_a_session_after_its_last_answer)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    console.send_frame(text, R"({"id":"bye","jsonrpc":"2.0","method":"leave"})");
    BOOST_TEST((read_message(console).id == "bye"));
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 4001);
    BOOST_TEST(end->close_reason() == "signed in elsewhere");
    console.send_frame(close_frame, end->payload);
    BOOST_TEST(console.wait_end());
    console.close();
    BOOST_TEST(clerk.wait_open(0));
}

BOOST_AUTO_TEST_CASE(a_long_reason_is_cut_between_characters)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    std::string reason;
    for (int i = 0; i < 60; ++i)
        reason += "会";
    clerk.gateway.close(clerk.only_session(), CloseReason::policy, reason);
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_reason() == reason.substr(0, 123)); // 41 whole characters of 3 bytes
}

BOOST_AUTO_TEST_CASE(a_polite_close_is_returned)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port());
    console.open();
    BOOST_TEST_REQUIRE(clerk.wait_open(1));
    console.send_frame(close_frame, "\x03\xe8");
    const auto end = console.read_close();
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 1000);
    BOOST_TEST(console.wait_end());
    console.close();
    BOOST_TEST(clerk.wait_open(0));
    BOOST_TEST(clerk.closed.size() == 1u);
    BOOST_TEST(!clerk.gone_mad);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
