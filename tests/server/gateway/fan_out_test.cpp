#include "clients/link/pool.hpp"
#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(fan_out)

namespace {

std::string note(std::string_view method, std::uint64_t number, std::size_t padding = 0)
{
    boost::json::object params;
    params["number"] = number;
    params["padding"] = std::string(padding, 'x');
    return encode_notification(method, params);
}

/// Messages of one console, counted on the pool's thread.
struct Inbox {
    std::atomic<std::uint64_t> received = 0;
    std::atomic<std::uint64_t> last = 0;
    std::atomic<bool> in_order = true;
    std::atomic<int> close_code = 0;
};

link::Callbacks counting(Inbox& inbox)
{
    link::Callbacks callbacks;
    callbacks.on_message = [&inbox](ServerMessage message) {
        const auto number = message.body.at("number").to_number<std::uint64_t>();
        if (number <= inbox.last) inbox.in_order = false;
        inbox.last = number;
        ++inbox.received;
    };
    callbacks.on_close = [&inbox](std::uint16_t code, const std::string&) { inbox.close_code = code; };
    return callbacks;
}

template <class Done>
bool soon(Done done)
{
    for (int i = 0; i < 2000; ++i) {
        if (done()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

link::Endpoint endpoint_of(const FakeClerk& clerk)
{
    link::Endpoint endpoint;
    endpoint.port = clerk.gateway.port();
    return endpoint;
}

BOOST_AUTO_TEST_CASE(five_hundred_consoles_get_every_message_in_order)
{
    constexpr std::size_t consoles = 500;
    constexpr std::uint64_t messages = 20;
    for (const unsigned threads : {1u, 3u})
        BOOST_TEST_CONTEXT(threads << " network threads")
        {
            auto settings = calm_settings();
            settings.threads = threads;
            FakeClerk clerk(settings);
            std::vector<Inbox> inboxes(consoles); // Outlives the pool, whose thread writes to it.
            link::Pool pool;
            for (auto& inbox : inboxes)
                pool.connect(endpoint_of(clerk), counting(inbox));
            BOOST_TEST_REQUIRE(soon([&] { return clerk.sessions().size() == consoles; }));

            for (std::uint64_t number = 1; number <= messages; ++number) {
                clerk.gateway.send(clerk.sessions(), message(note("vote.changed", number)));
            }
            BOOST_TEST(soon([&] {
                return std::ranges::all_of(inboxes,
                                           [](const auto& inbox) { return inbox.received == messages; });
            }));
            BOOST_TEST(std::ranges::all_of(inboxes, [](const auto& inbox) { return inbox.in_order.load(); }));
            BOOST_TEST(soon([&] { return clerk.gateway.counters().messages_out == consoles * messages; }));
            BOOST_TEST(clerk.gateway.counters().slow_closed == 0u);
            BOOST_TEST(!clerk.gone_mad);
        }
}

BOOST_AUTO_TEST_CASE(a_console_that_does_not_read_is_cut_and_the_others_are_served)
{
    FakeClerk clerk;
    RawConsole slow(clerk.gateway.port(), 4'096);
    slow.open();
    Inbox inbox;
    link::Pool pool;
    pool.connect(endpoint_of(clerk), counting(inbox));
    BOOST_TEST_REQUIRE(clerk.wait_open(2));

    std::uint64_t sent = 0;
    while (clerk.gateway.counters().slow_closed == 0 && sent < 5'000) {
        clerk.gateway.send(clerk.sessions(), message(note("vote.changed", ++sent, 20'000)));
        BOOST_TEST_REQUIRE(soon([&] { return inbox.received == sent; })); // The quick one keeps up.
    }
    BOOST_TEST(clerk.gateway.counters().slow_closed == 1u);
    BOOST_TEST(inbox.in_order.load());

    const auto end = slow.read_close(); // Reading at last, it learns why.
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST(end->close_code() == 1008);
    BOOST_TEST(end->close_reason() == "slow consumer");
    slow.close();
    BOOST_TEST(clerk.wait_open(1));
    clerk.gateway.send(clerk.sessions(), message(note("vote.changed", ++sent)));
    BOOST_TEST(soon([&] { return inbox.last == sent; }));
}

BOOST_AUTO_TEST_CASE(a_console_that_never_reads_again_is_dropped_after_the_close_timeout)
{
    auto settings = calm_settings();
    settings.close_timeout = 300ms;
    FakeClerk clerk(settings);
    RawConsole slow(clerk.gateway.port(), 4'096);
    slow.open();
    const auto session = clerk.only_session();
    for (std::uint64_t i = 1; i <= 200 && clerk.gateway.counters().slow_closed == 0; ++i) {
        clerk.gateway.send({session}, message(note("vote.changed", i, 60'000)));
    }
    BOOST_TEST(clerk.wait_open(0));
    BOOST_TEST(clerk.gateway.counters().slow_closed == 1u);
}

BOOST_AUTO_TEST_CASE(a_message_that_does_not_move_is_given_up)
{
    auto settings = calm_settings();
    settings.drop_after = 500ms;
    settings.close_timeout = 200ms;
    settings.outbox_bytes_max = 64 * 1024;
    const auto large = message(note("snapshot", 1, 8'000'000));
    FakeClerk clerk(settings);
    RawConsole stuck(clerk.gateway.port(), 4'096);
    stuck.open();
    const auto session = clerk.only_session();
    clerk.gateway.signed_in(session);
    clerk.gateway.send({session}, large);
    while (clerk.gateway.counters().slow_closed == 0 && !clerk.sessions().empty()) {
        stuck.send_frame(pong_frame, ""); // It lives, it only does not read.
        std::this_thread::sleep_for(20ms);
    }
    BOOST_TEST(clerk.wait_open(0));
    BOOST_TEST(clerk.gateway.counters().slow_closed == 1u);
}

BOOST_AUTO_TEST_CASE(progress_that_waits_is_replaced_by_the_newest)
{
    FakeClerk clerk;
    RawConsole console(clerk.gateway.port(), 4'096);
    console.open();
    const auto session = clerk.only_session();
    clerk.gateway.send({session},
                       message(note("snapshot", 0, 8'000'000))); // Too much for the kernel: the rest waits.
    clerk.gateway.send({session}, message(note("vote.changed", 1)));
    constexpr std::uint64_t steps = 1'000; // Many more than the outbox could hold.
    for (std::uint64_t i = 1; i <= steps; ++i) {
        clerk.gateway.send({session}, message(note("vote.progress", i)), "progress/1");
        clerk.gateway.send({session}, message(note("counts.changed", i)), "counts/1");
    }
    clerk.gateway.send({session}, message(note("vote.changed", 2)));

    std::vector<std::pair<std::string, std::uint64_t>> got;
    while (got.empty() || got.back() != std::pair<std::string, std::uint64_t>("vote.changed", 2)) {
        const auto frame = console.read_frame();
        BOOST_TEST_REQUIRE(frame.has_value());
        const auto decoded = decode_server_message(frame->payload);
        BOOST_TEST_REQUIRE(decoded.has_value());
        got.emplace_back(decoded->method, decoded->body.at("number").to_number<std::uint64_t>());
    }
    const decltype(got) expected{{"snapshot", 0},
                                 {"vote.changed", 1},
                                 {"vote.progress", steps},
                                 {"counts.changed", steps},
                                 {"vote.changed", 2}};
    BOOST_TEST((got == expected));
    BOOST_TEST(clerk.gateway.counters().slow_closed == 0u);
}

BOOST_AUTO_TEST_CASE(answers_queue_without_bound_but_a_console_that_does_not_take_them_is_not_read)
{
    auto settings = calm_settings();
    settings.outbox_messages_max = 4;
    settings.outbox_bytes_max = 16 * 1024;
    FakeClerk clerk(settings);
    RawConsole greedy(clerk.gateway.port(), 4'096);
    greedy.open();
    const std::string request =
        R"({"id":"e","jsonrpc":"2.0","method":"echo","params":{"x":")" + std::string(8'000, 'x') + "\"}}";
    std::thread sender([&] {
        for (int i = 0; i < 400; ++i)
            greedy.send_frame(text, request);
    });
    std::size_t before = 0;
    BOOST_TEST(clerk.wait([&] { return clerk.requested > 0; }));
    do {
        before = clerk.requested;
    } while (clerk.wait([&] { return clerk.requested > before; }, 500ms));
    BOOST_TEST(before < 400u); // It stands still: what the kernel holds and five more.
    for (int i = 0; i < 400; ++i)
        BOOST_TEST_REQUIRE(greedy.read_frame().has_value()); // Nothing was lost.
    sender.join();
    BOOST_TEST(clerk.requested == 400u);
    BOOST_TEST(clerk.gateway.counters().slow_closed == 0u);
}

BOOST_AUTO_TEST_CASE(sending_from_many_threads_while_consoles_come_and_go_loses_nothing)
{
    auto settings = calm_settings();
    settings.threads = 2;
    FakeClerk clerk(settings);
    Inbox inbox;
    link::Pool pool;
    pool.connect(endpoint_of(clerk), counting(inbox));
    const auto session = clerk.only_session();
    std::atomic<bool> done = false;
    std::thread noise([&] {
        while (!done)
            clerk.gateway.send(clerk.sessions(), message(note("noise", 0)), "noise");
    });
    std::thread passers([&] {
        for (int i = 0; i < 30; ++i) {
            RawConsole console(clerk.gateway.port());
            if (i % 2 == 0) console.open();
        }
    });
    passers.join();
    done = true;
    noise.join();
    inbox.in_order = true;
    inbox.last = 0;
    clerk.gateway.send({session}, message(note("vote.changed", 7)));
    BOOST_TEST(soon([&] { return inbox.last == 7; }));
    BOOST_TEST(inbox.close_code == 0);
    BOOST_TEST(!clerk.gone_mad);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
