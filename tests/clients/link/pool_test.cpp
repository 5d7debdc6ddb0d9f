#include "clients/link/console.hpp"
#include "tests/server/gateway/fake_clerk.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plenum::link::testing {

BOOST_AUTO_TEST_SUITE(pool)

namespace {

using namespace std::chrono_literals;
using gateway::testing::calm_settings;
using gateway::testing::FakeClerk;
using gateway::testing::long_enough;
using gateway::testing::message;

Endpoint endpoint_of(const FakeClerk& clerk)
{
    Endpoint endpoint;
    endpoint.port = clerk.gateway.port();
    return endpoint;
}

/// A port of this machine where connections are taken by the kernel but nobody ever speaks.
class MutePort {
public:
    MutePort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        BOOST_TEST_REQUIRE(::bind(socket_, any, size) == 0);
        BOOST_TEST_REQUIRE(::listen(socket_, 100) == 0);
        BOOST_TEST_REQUIRE(::getsockname(socket_, any, &size) == 0);
        endpoint.port = ntohs(address.sin_port);
    }
    ~MutePort() { close(); }
    void close()
    {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

    Endpoint endpoint;

private:
    int socket_;
};

BOOST_AUTO_TEST_CASE(answers_find_their_requests_and_notifications_their_listener)
{
    FakeClerk clerk;
    Pool pool;
    Console console(pool);
    BOOST_TEST_REQUIRE(console.open(endpoint_of(clerk)).has_value());
    for (int i = 0; i < 20; ++i) {
        const auto answer = console.request("echo", {{"n", i}});
        BOOST_TEST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->body.at("n").as_int64() == i);
    }
    BOOST_TEST(console.hello("code").has_value());
    clerk.gateway.send(clerk.sessions(), message(encode_notification("first", boost::json::object())));
    clerk.gateway.send(clerk.sessions(), message(encode_notification("second", boost::json::object())));
    BOOST_TEST(console.next_message("second", long_enough)->method == "second");
    BOOST_TEST(!console.next_message(50ms).has_value());
    BOOST_TEST(!console.closed().has_value());
    BOOST_TEST(pool.counters().opened == 1u);
    BOOST_TEST(pool.counters().messages_in == 23u);
}

BOOST_AUTO_TEST_CASE(an_error_comes_back_as_the_answer_and_one_without_id_as_a_message)
{
    FakeClerk clerk;
    Pool pool;
    Console console(pool);
    BOOST_TEST_REQUIRE(console.open(endpoint_of(clerk)).has_value());
    const auto refused = console.request("echo", boost::json::array());
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->is_error);
    console.send_text("nonsense");
    const auto stray = console.next_message(long_enough);
    BOOST_TEST_REQUIRE(stray.has_value());
    BOOST_TEST(stray->is_error);
    BOOST_TEST(!stray->id.has_value());
}

BOOST_AUTO_TEST_CASE(a_request_whose_connection_is_lost_is_told_so)
{
    FakeClerk clerk;
    Pool pool;
    Console console(pool);
    BOOST_TEST_REQUIRE(console.open(endpoint_of(clerk)).has_value());
    std::thread away([&] {
        clerk.wait([&] { return clerk.held.size() == 1; });
        clerk.gateway.close(clerk.sessions().front(), gateway::CloseReason::policy, "so there");
    });
    BOOST_TEST(console.request("hold", boost::json::object()).has_error());
    away.join();
    const auto closed = console.wait_closed(long_enough);
    BOOST_TEST_REQUIRE(closed.has_value());
    BOOST_TEST(closed->code == 1008);
    BOOST_TEST(closed->reason == "so there");
    const auto began = std::chrono::steady_clock::now();
    BOOST_TEST(console.request("echo", boost::json::object(), 5s).has_error()); // At once: it is gone.
    BOOST_TEST((std::chrono::steady_clock::now() - began < 4s));
}

BOOST_AUTO_TEST_CASE(an_answer_that_does_not_come_in_time_leaves_the_connection_usable)
{
    FakeClerk clerk;
    Pool pool;
    Console console(pool);
    BOOST_TEST_REQUIRE(console.open(endpoint_of(clerk)).has_value());
    BOOST_TEST(console.request_as("late", "hold", boost::json::object(), 100ms).has_error());
    BOOST_TEST_REQUIRE(clerk.wait([&] { return clerk.held.size() == 1; }));
    BOOST_TEST(clerk.held.front().second.id == "late");
    clerk.gateway.answer(clerk.held.front().first, message(encode_answer("late", boost::json::object())));
    BOOST_TEST(console.request("echo", boost::json::object()).has_value());
}

BOOST_AUTO_TEST_CASE(requests_made_before_the_connection_opens_are_sent_then)
{
    FakeClerk clerk;
    Pool pool;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> told;
    const auto tell = [&](std::string what) {
        const std::lock_guard lock(mutex);
        told.push_back(std::move(what));
        changed.notify_all();
    };
    Callbacks callbacks;
    callbacks.on_open = [&] { tell("open"); };
    callbacks.on_close = [&](std::uint16_t code, const std::string&) {
        tell("closed " + std::to_string(code));
    };
    const auto connection = pool.connect(endpoint_of(clerk), callbacks);
    for (const auto* id : {"one", "two"}) {
        pool.request(connection, id, "echo", boost::json::object(),
                     [&, id](std::optional<ServerMessage> answer) {
                         tell(answer ? id : "lost");
                         if (id == std::string("two"))
                             pool.close(connection); // Calling back from a callback.
                     });
    }
    std::unique_lock lock(mutex);
    changed.wait_for(lock, long_enough, [&] { return told.size() == 4; });
    BOOST_TEST((told == std::vector<std::string>{"open", "one", "two", "closed 1000"}));
}

BOOST_AUTO_TEST_CASE(failures_to_connect_are_told_with_their_reason)
{
    Pool pool;
    const auto reason_of = [&](const Endpoint& endpoint) {
        Console console(pool);
        BOOST_TEST(console.open(endpoint).has_error());
        const auto closed = console.closed();
        BOOST_TEST_REQUIRE(closed.has_value());
        BOOST_TEST(closed->code == 1006);
        return closed->reason;
    };
    MutePort mute;
    mute.close();
    BOOST_TEST(reason_of(mute.endpoint).starts_with("connect: "));
    auto nowhere = mute.endpoint;
    nowhere.host = "no-such-host.invalid";
    BOOST_TEST(reason_of(nowhere).starts_with("no address for no-such-host.invalid"));
    auto untrusted = mute.endpoint;
    untrusted.tls = true;
    BOOST_TEST(reason_of(untrusted).starts_with("authority file "));
}

BOOST_AUTO_TEST_CASE(a_server_that_never_speaks_is_given_up_and_the_queue_moves_on)
{
    PoolSettings settings;
    settings.handshakes_max = 2;
    settings.connect_timeout = 300ms;
    Pool pool(settings);
    MutePort mute;
    FakeClerk clerk;
    Console stuck[3] = {Console(pool), Console(pool), Console(pool)};
    Console last(pool);
    std::thread openers[3];
    for (int i = 0; i < 3; ++i) {
        openers[i] = std::thread([&, i] { BOOST_TEST(stuck[i].open(mute.endpoint).has_error()); });
    }
    for (auto& opener : openers)
        opener.join();
    for (auto& console : stuck)
        BOOST_TEST(console.closed()->reason == "connecting took too long");
    BOOST_TEST(last.open(endpoint_of(clerk)).has_value());
}

BOOST_AUTO_TEST_CASE(a_silent_server_is_noticed_and_one_that_pings_is_not_silent)
{
    PoolSettings settings;
    settings.silence_max = 600ms;
    auto quiet = calm_settings();
    auto pinging = calm_settings();
    pinging.ping_after = 100ms;
    FakeClerk silent(quiet);
    FakeClerk alive(pinging);
    Pool pool(settings);
    Console first(pool);
    Console second(pool);
    BOOST_TEST_REQUIRE(first.open(endpoint_of(silent)).has_value());
    BOOST_TEST_REQUIRE(second.open(endpoint_of(alive)).has_value());
    const auto closed = first.wait_closed(long_enough);
    BOOST_TEST_REQUIRE(closed.has_value());
    BOOST_TEST(closed->code == 1006);
    BOOST_TEST(closed->reason == "the server fell silent");
    BOOST_TEST(!second.wait_closed(1s).has_value());
}

BOOST_AUTO_TEST_CASE(a_pool_ends_with_connections_in_every_state)
{
    FakeClerk clerk;
    MutePort mute;
    for (const unsigned threads : {1u, 2u}) {
        PoolSettings settings;
        settings.threads = threads;
        settings.handshakes_max = 4;
        Pool pool(settings);
        for (int i = 0; i < 10; ++i) {
            const auto good = pool.connect(endpoint_of(clerk), {});
            pool.request(good, fresh_request_id(), "hold", boost::json::object(), [](const auto&) {});
            const auto bad = pool.connect(mute.endpoint, {});
            if (i % 2 == 0) pool.close(bad);
            if (i % 3 == 0) pool.close(good);
        }
        std::this_thread::sleep_for(20ms * threads);
    }
    BOOST_TEST(clerk.wait([&] { return clerk.opened.size() >= clerk.closed.size(); }));
    BOOST_TEST(!clerk.gone_mad);
}

BOOST_AUTO_TEST_CASE(the_wait_before_connecting_again_is_random_and_bounded)
{
    const struct {
        unsigned attempt;
        std::int64_t bound_ms;
    } cases[] = {{0, 2'000},  {1, 4'000},  {2, 8'000},         {3, 16'000},
                 {4, 30'000}, {5, 30'000}, {1'000'000, 30'000}};
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT("attempt " << c.attempt)
        {
            std::set<std::int64_t> seen;
            for (int i = 0; i < 200; ++i)
                seen.insert(reconnect_delay(c.attempt).count());
            BOOST_TEST(*seen.begin() >= 0);
            BOOST_TEST(*seen.rbegin() <= c.bound_ms);
            BOOST_TEST(*seen.rbegin() > c.bound_ms / 2);
            BOOST_TEST(*seen.begin() < c.bound_ms / 2);
            BOOST_TEST(seen.size() > 50u);
        }
}

BOOST_AUTO_TEST_CASE(request_ids_are_fresh_and_within_the_wire_limit)
{
    std::set<std::string> ids;
    for (int i = 0; i < 1'000; ++i)
        ids.insert(fresh_request_id());
    BOOST_TEST(ids.size() == 1'000u);
    for (const auto& id : ids)
        BOOST_TEST(decode_request(encode_request(id, "m", boost::json::object())).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::link::testing
