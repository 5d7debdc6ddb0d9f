#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

#include <filesystem>
#include <fstream>
#include <future>

#include <unistd.h>

// What somebody else answers in his own time: held connections, files in pieces, and who pays for slow
// clients.

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(download)

namespace {

namespace fs = std::filesystem;

/// A gateway whose downloads the test answers, and a file to be sent.
class Kiosk {
public:
    explicit Kiosk(Settings settings = calm_settings())
        : file_(fs::temp_directory_path() / ("plenum-download-" + std::to_string(::getpid()))),
          gateway(std::move(settings), events(), view)
    {
        BOOST_TEST_REQUIRE(gateway.start().has_value(), gateway.why());
    }
    ~Kiosk()
    {
        gateway.stop();
        fs::remove(file_);
    }

    /// Writes the file, every piece of it different.
    const std::string& fill(std::size_t bytes)
    {
        content.clear();
        while (content.size() < bytes)
            content += "line " + std::to_string(content.size()) + "\n";
        content.resize(bytes);
        std::ofstream(file_, std::ios::binary) << content;
        return content;
    }

    std::pair<SessionId, DownloadRequest> next()
    {
        std::unique_lock lock(mutex_);
        BOOST_TEST_REQUIRE(changed_.wait_for(lock, long_enough, [&] { return !waiting_.empty(); }));
        auto first = waiting_.front();
        waiting_.pop_front();
        return first;
    }

    /// Answers with the file; `released` tells when the gateway is done with it.
    void hand_out(SessionId session)
    {
        auto keeper = std::shared_ptr<void>(this, [this](void*) {
            const std::lock_guard lock(mutex_);
            ++released_;
            changed_.notify_all();
        });
        gateway.reply(session, {200, "application/x-tar", {}, {{"Content-Disposition", "attachment"}}},
                      StreamedFile{file_.string(), std::move(keeper)});
    }

    bool wait_released(unsigned times)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, long_enough, [&] { return released_ >= times; });
    }

    bool is_waiting()
    {
        const std::lock_guard lock(mutex_);
        return !waiting_.empty();
    }

    std::string content;

private:
    Events events()
    {
        Events made;
        made.opened = [](SessionId) {};
        made.requested = [](SessionId, const Request&) {};
        made.closed = [](SessionId) {};
        made.downloading = [this](SessionId session, DownloadRequest request) {
            const std::lock_guard lock(mutex_);
            waiting_.emplace_back(session, std::move(request));
            changed_.notify_all();
        };
        return made;
    }

    static std::optional<HttpAnswer> view(std::string_view path)
    {
        if (path != "/healthz") return std::nullopt;
        return HttpAnswer{200, "text/plain", "ok\n", {}};
    }

    fs::path file_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<SessionId, DownloadRequest>> waiting_;
    unsigned released_ = 0;

public:
    Gateway gateway; ///< last: its threads use the others
};

std::string get(const std::string& target, const std::string& more = {}, const std::string& method = "GET")
{
    return method + " " + target + " HTTP/1.1\r\nHost: hall.test\r\n" + more + "\r\n";
}

bool has(const std::string& head, std::string_view line)
{
    return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}

BOOST_AUTO_TEST_CASE(a_request_waits_for_its_answer_and_holds_nobody_else_up)
{
    Kiosk kiosk;
    RawConsole asking(kiosk.gateway.port());
    asking.send(get("/export/bundle?x=1", "Authorization: bEARER  ABCD-EFGH\r\n") + get("/healthz"));
    const auto [session, request] = kiosk.next();
    BOOST_TEST(request.path == "/export/bundle");
    BOOST_TEST(request.bearer == "ABCD-EFGH");
    BOOST_TEST(!request.head_only);

    RawConsole other(kiosk.gateway.port());
    other.send(get("/healthz"));
    BOOST_TEST(other.read_head().starts_with("HTTP/1.1 200 OK\r\n"));

    kiosk.gateway.reply(session, {403, "application/json", "{}\n", {{"Retry-After", "7"}}});
    const auto head = asking.read_head();
    BOOST_TEST(head.starts_with("HTTP/1.1 403 Forbidden\r\n"), head);
    BOOST_TEST(has(head, "Retry-After: 7"), head);
    BOOST_TEST(has(head, "Cache-Control: no-store"), head);
    BOOST_TEST(has(head, "X-Content-Type-Options: nosniff"), head);
    BOOST_TEST(asking.read_bytes(3) == "{}\n");
    BOOST_TEST(asking.read_head().starts_with("HTTP/1.1 200 OK\r\n")); // The request sent behind it.
    BOOST_TEST(asking.read_bytes(3) == "ok\n");
    kiosk.gateway.reply(session, {200, "text/plain", "twice", {}});
    asking.send(get("/healthz"));
    BOOST_TEST(asking.read_head().starts_with("HTTP/1.1 200 OK\r\n"));
    BOOST_TEST(asking.read_bytes(3) == "ok\n");
}

BOOST_AUTO_TEST_CASE(a_code_is_taken_from_a_bearer_header_and_from_nowhere_else)
{
    Kiosk kiosk;
    const struct {
        const char* target;
        const char* header;
        const char* bearer;
    } cases[] = {
        {"/export/bundle", "Authorization: Bearer CODE\r\n", "CODE"},
        {"/export/bundle", "authorization: bearer CODE\r\n", "CODE"},
        {"/export/bundle?code=CODE", "", ""},
        {"/export/bundle", "Authorization: Basic CODE\r\n", ""},
        {"/export/bundle", "Authorization: Bearer\r\n", ""},
        {"/export/bundle", "Authorization: BearerCODE\r\n", ""},
        {"/export/bundle", "Cookie: Bearer CODE\r\n", ""},
    };
    for (const auto& c : cases) {
        RawConsole console(kiosk.gateway.port());
        console.send(get(c.target, c.header));
        const auto [session, request] = kiosk.next();
        BOOST_TEST(request.bearer == c.bearer, c.target << " " << c.header);
        BOOST_TEST(request.path == "/export/bundle");
        kiosk.gateway.reply(session, {404, "text/plain", "no\n", {}});
        BOOST_TEST(console.read_head().starts_with("HTTP/1.1 404"));
    }
}

BOOST_AUTO_TEST_CASE(a_file_is_sent_whole_and_the_connection_goes_on)
{
    Kiosk kiosk;
    RawConsole console(kiosk.gateway.port());
    unsigned released = 0;
    for (const std::size_t bytes : {0, 1, 65'535, 65'536, 65'537, 3'000'001}) {
        const auto& content = kiosk.fill(bytes);
        console.send(get("/export/bundle"));
        kiosk.hand_out(kiosk.next().first);
        const auto head = console.read_head();
        BOOST_TEST(head.starts_with("HTTP/1.1 200 OK\r\n"), head);
        BOOST_TEST(has(head, "Content-Length: " + std::to_string(bytes)), head);
        BOOST_TEST(has(head, "Content-Type: application/x-tar"), head);
        BOOST_TEST(has(head, "Content-Disposition: attachment"), head);
        BOOST_TEST((console.read_bytes(bytes) == content), bytes);
        BOOST_TEST(kiosk.wait_released(++released));
    }
}

BOOST_AUTO_TEST_CASE(a_head_request_gets_the_head_alone)
{
    Kiosk kiosk;
    RawConsole console(kiosk.gateway.port());
    console.send(get("/export/bundle", "", "HEAD") + get("/healthz"));
    const auto [session, request] = kiosk.next();
    BOOST_TEST(request.head_only);
    kiosk.gateway.reply(session, {200, "application/x-tar", {}, {}});
    const auto head = console.read_head();
    BOOST_TEST(head.starts_with("HTTP/1.1 200 OK\r\n"), head);
    BOOST_TEST(head.find("Content-Length") == std::string::npos, head); // It is not known yet.
    BOOST_TEST(console.read_head().starts_with("HTTP/1.1 200 OK\r\n"));
    BOOST_TEST(console.read_bytes(3) == "ok\n");

    console.send(get("/export/bundle", "", "HEAD"));
    kiosk.gateway.reply(kiosk.next().first, {401, "application/json", "{}\n", {}});
    BOOST_TEST(has(console.read_head(), "Content-Length: 3"));
}

BOOST_AUTO_TEST_CASE(what_is_no_plain_question_is_answered_without_asking_anybody)
{
    Kiosk kiosk;
    const struct {
        std::string request;
        const char* status;
    } cases[] = {
        {get("/export/bundle", "", "POST"), "405"},
        {get("/export/bundle", "Content-Length: 1\r\n") + "x", "413"},
        {get("/export", ""), "404"},
        {get("/exports/bundle", ""), "404"},
    };
    for (const auto& c : cases) {
        RawConsole console(kiosk.gateway.port());
        console.send(c.request);
        const auto head = console.read_head();
        BOOST_TEST(head.starts_with(std::string("HTTP/1.1 ") + c.status), head);
    }
    RawConsole console(kiosk.gateway.port());
    BOOST_TEST(console.upgrade(RawConsole::default_headers, "/export/bundle").starts_with("HTTP/1.1 404"));
    BOOST_TEST(!kiosk.is_waiting());
}

BOOST_AUTO_TEST_CASE(a_file_is_let_go_when_its_client_leaves)
{
    Kiosk kiosk;
    kiosk.fill(8'000'000);
    {
        RawConsole console(kiosk.gateway.port(), 16 * 1024);
        console.send(get("/export/bundle"));
        kiosk.hand_out(kiosk.next().first);
        BOOST_TEST(console.read_head().starts_with("HTTP/1.1 200"));
        BOOST_TEST(console.read_bytes(100'000).size() == 100'000u);
        console.reset();
        BOOST_TEST(kiosk.wait_released(1));
    }
    RawConsole console(kiosk.gateway.port());
    console.send(get("/export/bundle"));
    const auto session = kiosk.next().first;
    console.reset();
    kiosk.hand_out(session); // Too late, and nobody knows yet.
    BOOST_TEST(kiosk.wait_released(2));
}

BOOST_AUTO_TEST_CASE(a_client_that_takes_nothing_or_takes_for_ever_is_cut)
{
    for (const bool reads : {false, true}) {
        auto settings = calm_settings();
        settings.drop_after = reads ? std::chrono::milliseconds(60'000) : std::chrono::milliseconds(300);
        settings.download_timeout =
            reads ? std::chrono::milliseconds(500) : std::chrono::milliseconds(60'000);
        Kiosk kiosk(settings);
        kiosk.fill(64'000'000);
        RawConsole console(kiosk.gateway.port(), 16 * 1024);
        console.send(get("/export/bundle"));
        kiosk.hand_out(kiosk.next().first);
        BOOST_TEST(console.read_head().starts_with("HTTP/1.1 200"));
        auto released = std::async(std::launch::async, [&] { return kiosk.wait_released(1); });
        while (reads && released.wait_for(5ms) != std::future_status::ready)
            console.read_bytes(10'000);
        BOOST_TEST(released.get());
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_early_ends_the_connection)
{
    Kiosk kiosk;
    kiosk.fill(4'000'000);
    RawConsole console(kiosk.gateway.port(), 16 * 1024);
    console.send(get("/export/bundle"));
    kiosk.hand_out(kiosk.next().first);
    BOOST_TEST(has(console.read_head(), "Content-Length: 4000000"));
    kiosk.fill(10); // Under its feet, in the same file.
    BOOST_TEST(console.read_bytes(4'000'000).size() < 4'000'000u);
    BOOST_TEST(kiosk.wait_released(1));
}

BOOST_AUTO_TEST_CASE(stopping_ends_what_waits_and_what_is_sent)
{
    Kiosk kiosk;
    kiosk.fill(8'000'000);
    RawConsole waiting(kiosk.gateway.port());
    waiting.send(get("/export/bundle"));
    const auto session = kiosk.next().first;
    RawConsole reading(kiosk.gateway.port(), 16 * 1024);
    reading.send(get("/export/bundle"));
    kiosk.hand_out(kiosk.next().first);
    BOOST_TEST(reading.read_head().starts_with("HTTP/1.1 200"));
    kiosk.gateway.stop();
    BOOST_TEST(kiosk.wait_released(1));
    kiosk.hand_out(session);
    BOOST_TEST(kiosk.wait_released(2));
    BOOST_TEST(waiting.wait_end());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
