#pragma once

#include "server/gateway/gateway.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace plenum::gateway::testing {

using namespace std::chrono_literals;

inline constexpr auto long_enough = 10s; ///< for what must happen, on a busy machine under a sanitizer

inline Message message(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

/// Short where a test waits for a limit, long where it must not be hit.
inline Settings calm_settings()
{
    Settings settings;
    settings.handshake_timeout = 60s;
    settings.hello_timeout = 60s;
    settings.ping_after = 60s;
    settings.drop_after = 120s;
    return settings;
}

/// A gateway with a clerk that answers by itself: `hello` signs in, `echo` returns its params, `hold` is
/// answered when the test says so, `limit` raises the read limit, `leave` closes the session.
class FakeClerk {
public:
    explicit FakeClerk(Settings settings = calm_settings(), HttpView view = {})
        : gateway(std::move(settings), events(), std::move(view))
    {
        const auto started = gateway.start();
        BOOST_TEST_REQUIRE(started.has_value(), gateway.why());
    }
    ~FakeClerk() { gateway.stop(); }

    /// Waits until `done` of this clerk is true.
    template <class Done>
    bool wait(Done done, std::chrono::milliseconds within = long_enough)
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, within, done);
    }

    bool wait_open(std::size_t sessions)
    {
        return wait([&] { return open.size() == sessions; });
    }

    std::vector<SessionId> sessions()
    {
        const std::lock_guard lock(mutex);
        return {open.begin(), open.end()};
    }

    SessionId only_session()
    {
        BOOST_TEST_REQUIRE(wait_open(1));
        return sessions().front();
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::set<SessionId> open;
    std::vector<SessionId> opened; ///< in order, for ever
    std::vector<SessionId> closed;
    std::deque<std::pair<SessionId, Request>> held;
    std::atomic<std::size_t> requested = 0;
    std::atomic<bool> gone_mad = false; ///< an event came out of order

    Gateway gateway;

private:
    Events events()
    {
        Events made;
        made.opened = [this](SessionId session) {
            const std::lock_guard lock(mutex);
            if (!open.insert(session).second) gone_mad = true;
            opened.push_back(session);
            changed.notify_all();
        };
        made.requested = [this](SessionId session, Request request) { take(session, std::move(request)); };
        made.closed = [this](SessionId session) {
            const std::lock_guard lock(mutex);
            if (open.erase(session) == 0) gone_mad = true;
            closed.push_back(session);
            changed.notify_all();
        };
        return made;
    }

    void take(SessionId session, Request request)
    {
        const std::lock_guard lock(mutex);
        if (!open.contains(session)) gone_mad = true;
        ++requested;
        changed.notify_all();
        if (request.method == "hold") {
            held.emplace_back(session, std::move(request));
            return;
        }
        if (request.method == "hello") gateway.signed_in(session);
        if (request.method == "limit") {
            gateway.set_read_limit(session, request.params.at("bytes").to_number<std::size_t>());
        }
        gateway.answer(session, message(encode_answer(request.id, request.params)));
        if (request.method == "leave") gateway.close(session, CloseReason::replaced, "signed in elsewhere");
    }
};

} // namespace plenum::gateway::testing
