#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

#include "protocol/digest.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(http)

namespace {

namespace fs = std::filesystem;

/// A folder of pages, with a secret beside it that must never be served.
class Pages {
public:
    Pages() : folder_(fs::temp_directory_path() / ("plenum-pages-" + std::to_string(::getpid())))
    {
        fs::remove_all(folder_);
        write("secret.txt", "top secret");
        write("root/index.html", "<!doctype html><title>plenum</title>");
        write("root/chair/index.html", "<!doctype html><title>chair</title>");
        write("root/assets/app-0a1b2c3d.js", "export {};");
        write("root/assets/app-0a1b2c3d.css", "p{}");
        write("root/logo.svg", "<svg/>");
        write("root/unknown.kind", "?");
        write("root/empty.txt", "");
        fs::create_symlink(folder_ / "secret.txt", folder_ / "root/link.txt");
    }
    ~Pages() { fs::remove_all(folder_); }

    std::string root() const { return (folder_ / "root").string(); }

private:
    void write(const std::string& name, std::string_view content)
    {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << content;
    }

    fs::path folder_;
};

/// A gateway with the pages and two views of its own.
class Served {
public:
    Served() : clerk(settings(pages), view), console(clerk.gateway.port()) {}

    static Settings settings(const Pages& pages)
    {
        auto settings = calm_settings();
        settings.static_root = pages.root();
        settings.origins = {"screens.example:8443"};
        return settings;
    }

    static std::optional<HttpAnswer> view(std::string_view path)
    {
        if (path == "/healthz") return HttpAnswer{200, "text/plain", "ok\n"};
        if (path == "/logo.svg") return HttpAnswer{200, "text/plain", "the view comes first"};
        if (path == "/paper")
            return HttpAnswer{200, "image/png", "pixels", {{"Content-Disposition", "inline"}}};
        if (path == "/export/none") return HttpAnswer{503, "text/plain", "later\n"};
        return std::nullopt;
    }

    std::string ask(const std::string& target, const std::string& method = "GET",
                    const std::string& more = {})
    {
        console.send(method + " " + target + " HTTP/1.1\r\nHost: hall.test\r\n" + more + "\r\n");
        return console.read_head();
    }

    Pages pages;
    FakeClerk clerk;
    RawConsole console;
};

bool has(const std::string& head, std::string_view line)
{
    return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}

BOOST_AUTO_TEST_CASE(pages_are_served_with_type_tag_and_how_long_they_keep)
{
    Served served;
    const struct {
        const char* target;
        std::string body;
        const char* type;
        const char* keeps;
    } cases[] = {
        {"/", "<!doctype html><title>plenum</title>", "text/html; charset=utf-8", "no-store"},
        {"/index.html?x=1", "<!doctype html><title>plenum</title>", "text/html; charset=utf-8", "no-store"},
        {"/chair/", "<!doctype html><title>chair</title>", "text/html; charset=utf-8", "no-store"},
        {"/assets/app-0a1b2c3d.js", "export {};", "text/javascript; charset=utf-8",
         "public, max-age=31536000, immutable"},
        {"/assets/app-0a1b2c3d.css", "p{}", "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
        {"/unknown.kind", "?", "application/octet-stream", "no-cache"},
        {"/empty.txt", "", "text/plain; charset=utf-8", "no-cache"},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.target)
        {
            const auto head = served.ask(c.target); // All over one connection.
            BOOST_TEST(head.starts_with("HTTP/1.1 200 OK\r\n"), head);
            BOOST_TEST(served.console.read_bytes(c.body.size()) == c.body);
            BOOST_TEST(has(head, "Content-Length: " + std::to_string(c.body.size())), head);
            BOOST_TEST(has(head, std::string("Content-Type: ") + c.type), head);
            BOOST_TEST(has(head, std::string("Cache-Control: ") + c.keeps), head);
            BOOST_TEST(has(head, "ETag: \"" + to_hex(sha256(c.body)).substr(0, 32) + "\""), head);
        }
}

BOOST_AUTO_TEST_CASE(every_answer_carries_the_security_headers)
{
    Served served;
    for (const auto* target : {"/", "/healthz", "/nothing"})
        BOOST_TEST_CONTEXT(target)
        {
            const auto head = served.ask(target, "HEAD");
            BOOST_TEST(
                has(head,
                    "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
                    "style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
                    "frame-ancestors 'none'; "
                    "base-uri 'none'; form-action 'none'"),
                head);
            BOOST_TEST(has(head, "X-Content-Type-Options: nosniff"), head);
            BOOST_TEST(has(head, "Referrer-Policy: no-referrer"), head);
            BOOST_TEST(has(head, "Cross-Origin-Opener-Policy: same-origin"), head);
            BOOST_TEST(has(head, "Cross-Origin-Resource-Policy: same-origin"), head);
            BOOST_TEST(head.find("Strict-Transport-Security") == std::string::npos, head); // Plain HTTP here.
        }
}

BOOST_AUTO_TEST_CASE(no_spelling_of_a_path_leaves_the_folder)
{
    Served served;
    const std::string targets[] = {
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/./../secret.txt",
        "/assets/../../secret.txt",
        "/assets/..;/../secret.txt",
        "//secret.txt",
        "/....//secret.txt",
        "/..%252fsecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/index.html%00.txt",
        "/index.html/",
        "/link.txt",
        "/%2e",
        "/.",
        "/..",
        "/assets",
        "/assets/",
        served.pages.root() + "/../secret.txt",
        "/INDEX.HTML",
    };
    for (const auto& target : targets)
        BOOST_TEST_CONTEXT(target)
        {
            const auto head = served.ask(target);
            BOOST_TEST(head.starts_with("HTTP/1.1 404"), head);
            BOOST_TEST(served.console.read_bytes(10) == "not found\n");
        }
}

BOOST_AUTO_TEST_CASE(views_are_asked_before_files)
{
    Served served;
    BOOST_TEST(served.ask("/logo.svg").starts_with("HTTP/1.1 200"));
    BOOST_TEST(served.console.read_bytes(20) == "the view comes first");
    const auto head = served.ask("/healthz?verbose");
    BOOST_TEST(has(head, "Content-Type: text/plain"), head);
    BOOST_TEST(has(head, "Cache-Control: no-store"), head);
    BOOST_TEST(served.console.read_bytes(3) == "ok\n");
    BOOST_TEST(served.ask("/export/none").starts_with("HTTP/1.1 503 "));
}

BOOST_AUTO_TEST_CASE(a_view_may_say_more_in_the_head_but_never_less)
{
    Served served;
    for (const auto* method : {"GET", "HEAD"})
        BOOST_TEST_CONTEXT(method)
        {
            const auto head = served.ask("/paper", method);
            BOOST_TEST(has(head, "Content-Disposition: inline"), head);
            BOOST_TEST(has(head, "Content-Length: 6"), head);
            BOOST_TEST(has(head, "X-Content-Type-Options: nosniff"), head);
            BOOST_TEST(head.find("Content-Security-Policy: default-src 'none';") != std::string::npos, head);
            if (std::string_view(method) == "GET") BOOST_TEST(served.console.read_bytes(6) == "pixels");
        }
}

BOOST_AUTO_TEST_CASE(head_has_the_length_but_no_body_and_the_connection_stays_in_step)
{
    Served served;
    const auto head = served.ask("/", "HEAD");
    BOOST_TEST(has(head, "Content-Length: 36"), head);
    BOOST_TEST(served.ask("/healthz").starts_with("HTTP/1.1 200"));
    BOOST_TEST(served.console.read_bytes(3) == "ok\n");
}

BOOST_AUTO_TEST_CASE(a_known_tag_saves_the_body)
{
    Served served;
    const auto tag = "\"" + to_hex(sha256(std::string_view("p{}"))).substr(0, 32) + "\"";
    const auto ask = [&](const std::string& tags) {
        return served.ask("/assets/app-0a1b2c3d.css", "GET", "If-None-Match: " + tags + "\r\n");
    };
    for (const auto& tags : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")})
        BOOST_TEST_CONTEXT(tags)
        {
            const auto head = ask(tags);
            BOOST_TEST(head.starts_with("HTTP/1.1 304"), head);
            BOOST_TEST(has(head, "ETag: " + tag), head);
        }
    BOOST_TEST(ask("\"other\"").starts_with("HTTP/1.1 200"));
    BOOST_TEST(served.console.read_bytes(3) == "p{}");
}

BOOST_AUTO_TEST_CASE(what_is_not_a_plain_question_is_refused_and_the_connection_closed)
{
    const std::string long_header = "X: " + std::string(9'000, 'x') + "\r\n";
    const struct {
        const char* name;
        std::string request;
        std::string answer;
    } cases[] = {
        {"POST", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi", "HTTP/1.1 405"},
        {"DELETE", "DELETE / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 405"},
        {"CONNECT", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 405"},
        {"made up", "FROB / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 405"},
        {"GET with a body", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi", "HTTP/1.1 413"},
        {"GET in chunks", "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         "HTTP/1.1 413"},
        {"proxy form", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 400"},
        {"header too long", "GET / HTTP/1.1\r\n" + long_header + "\r\n", "HTTP/1.1 431"},
        {"target too long", "GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\n\r\n", "HTTP/1.1 431"},
        {"nonsense", "hello\r\n\r\n", "HTTP/1.1 400"},
        {"TLS on the plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n", "HTTP/1.1 400"},
        {"two lengths", "GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n", "HTTP/1.1 400"},
        {"NUL in the target", std::string("GET /a\0b HTTP/1.1\r\n\r\n", 21), "HTTP/1.1 400"},
        {"/ws without upgrade", "GET /ws HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 426"},
    };
    Served served;
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            RawConsole console(served.clerk.gateway.port());
            console.send(c.request);
            const auto head = console.read_head();
            BOOST_TEST(head.starts_with(c.answer), head);
            BOOST_TEST(has(head, "Connection: close"), head);
            BOOST_TEST(console.wait_end());
        }
}

BOOST_AUTO_TEST_CASE(an_upgrade_needs_path_subprotocol_and_a_permitted_origin)
{
    const std::string ours = "Sec-WebSocket-Protocol: plenum.v1\r\n";
    const struct {
        const char* name;
        std::string target;
        std::string headers;
        std::string answer;
    } cases[] = {
        {"not a browser", "/ws", ours, "HTTP/1.1 101"},
        {"with a query", "/ws?x", ours, "HTTP/1.1 101"},
        {"second choice", "/ws", "Sec-WebSocket-Protocol: mqtt ,\tplenum.v1\r\n", "HTTP/1.1 101"},
        {"page of this host", "/ws", ours + "Origin: http://hall.test\r\n", "HTTP/1.1 101"},
        {"page of this host in capitals", "/ws", ours + "Origin: https://HALL.test\r\n", "HTTP/1.1 101"},
        {"page of a listed host", "/ws", ours + "Origin: https://screens.example:8443\r\n", "HTTP/1.1 101"},
        {"no subprotocol", "/ws", "", "HTTP/1.1 400"},
        {"another subprotocol", "/ws", "Sec-WebSocket-Protocol: plenum.v2, plenum.v11, xplenum.v1\r\n",
         "HTTP/1.1 400"},
        {"page of another host", "/ws", ours + "Origin: http://evil.example\r\n", "HTTP/1.1 403"},
        {"host as a prefix", "/ws", ours + "Origin: http://hall.test.evil.example\r\n", "HTTP/1.1 403"},
        {"another port", "/ws", ours + "Origin: http://hall.test:81\r\n", "HTTP/1.1 403"},
        {"listed host, another port", "/ws", ours + "Origin: https://screens.example\r\n", "HTTP/1.1 403"},
        {"opaque origin", "/ws", ours + "Origin: null\r\n", "HTTP/1.1 403"},
        {"empty origin", "/ws", ours + "Origin:\r\n", "HTTP/1.1 403"},
        {"another scheme", "/ws", ours + "Origin: file://hall.test\r\n", "HTTP/1.1 403"},
        {"another path", "/", ours, "HTTP/1.1 404"},
        {"below the path", "/ws/x", ours, "HTTP/1.1 404"},
    };
    Served served;
    std::size_t refused = 0;
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            RawConsole console(served.clerk.gateway.port());
            const auto head = console.upgrade(c.headers, c.target);
            BOOST_TEST(head.starts_with(c.answer), head);
            if (c.answer == "HTTP/1.1 101") continue;
            ++refused;
            BOOST_TEST(console.wait_end());
        }
    BOOST_TEST(served.clerk.gateway.counters().refused == refused);
    BOOST_TEST(served.clerk.wait([&] { return served.clerk.opened.size() == std::size(cases) - refused; }));
}

BOOST_AUTO_TEST_CASE(bytes_sent_before_the_upgrade_was_agreed_are_refused)
{
    Served served;
    served.console.send("GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Protocol: plenum.v1\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n");
    BOOST_TEST(served.console.read_head().starts_with("HTTP/1.1 413"));
}

BOOST_AUTO_TEST_CASE(questions_may_follow_one_another_without_waiting)
{
    Served served;
    const std::string ask = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    served.console.send(ask + ask + ask);
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(served.console.read_head().starts_with("HTTP/1.1 200"));
        BOOST_TEST(served.console.read_bytes(3) == "ok\n");
    }
    served.console.send("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    BOOST_TEST(has(served.console.read_head(), "Connection: close"));
    BOOST_TEST(served.console.read_bytes(3) == "ok\n");
    BOOST_TEST(served.console.wait_end());
}

BOOST_AUTO_TEST_CASE(a_large_answer_arrives_whole)
{
    const std::string large(9'000'000, 'v');
    FakeClerk clerk(calm_settings(), [&](std::string_view) { return HttpAnswer{200, "text/plain", large}; });
    RawConsole console(clerk.gateway.port(), 8'192);
    console.send("GET /export HTTP/1.1\r\nHost: h\r\n\r\n");
    BOOST_TEST(has(console.read_head(), "Content-Length: 9000000"));
    BOOST_TEST((console.read_bytes(large.size()) == large));
}

BOOST_AUTO_TEST_CASE(a_missing_folder_of_pages_keeps_the_gateway_from_starting)
{
    Settings settings;
    settings.static_root = "/nonexistent/pages";
    Gateway gateway(settings, {}, {});
    BOOST_TEST(gateway.start().has_error());
    BOOST_TEST(gateway.why().find("/nonexistent/pages") != std::string::npos, gateway.why());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
