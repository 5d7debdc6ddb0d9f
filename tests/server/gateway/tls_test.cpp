#include "clients/link/console.hpp"
#include "tests/server/gateway/certificate.hpp"
#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(tls)

namespace {

Settings tls_settings(const Certificate& certificate)
{
    auto settings = calm_settings();
    settings.certificate_file = certificate.certificate_file();
    settings.key_file = certificate.key_file();
    return settings;
}

link::Endpoint tls_endpoint(const FakeClerk& clerk, const std::string& ca_file)
{
    link::Endpoint endpoint;
    endpoint.port = clerk.gateway.port();
    endpoint.tls = true;
    endpoint.ca_file = ca_file;
    return endpoint;
}

/// One OpenSSL client as different from ours as can be.
class Client {
public:
    explicit Client(std::uint16_t port, int version_min, int version_max)
        : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), ssl_(nullptr, &SSL_free)
    {
        SSL_CTX_set_min_proto_version(context_.get(), version_min);
        SSL_CTX_set_max_proto_version(context_.get(), version_max);
        BIO* bio = BIO_new_connect(("127.0.0.1:" + std::to_string(port)).c_str());
        BOOST_TEST_REQUIRE(BIO_do_connect(bio) == 1);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_bio(ssl_.get(), bio, bio);
        connected_ = SSL_connect(ssl_.get()) == 1;
    }

    bool connected() const { return connected_; }
    std::string version() const { return SSL_get_version(ssl_.get()); }
    std::string cipher() const { return SSL_get_cipher_name(ssl_.get()); }

    std::string ask(const std::string& request)
    {
        SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size()));
        std::string answer;
        char bytes[4096];
        int size = 0;
        while ((size = SSL_read(ssl_.get(), bytes, sizeof bytes)) > 0)
            answer.append(bytes, std::size_t(size));
        return answer;
    }

private:
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
    bool connected_ = false;
};

BOOST_AUTO_TEST_CASE(requests_notifications_and_closing_work_over_tls)
{
    const Certificate certificate;
    FakeClerk clerk(tls_settings(certificate));
    link::Pool pool;
    link::Console console(pool);
    BOOST_TEST_REQUIRE(console.open(tls_endpoint(clerk, certificate.certificate_file())).has_value());
    const auto answer = console.request("echo", {{"word", "大会"}});
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->body.at("word").as_string() == "大会");

    clerk.gateway.send(clerk.sessions(), message(encode_notification("news", boost::json::object{{"n", 1}})));
    const auto news = console.next_message(long_enough);
    BOOST_TEST_REQUIRE(news.has_value());
    BOOST_TEST(news->method == "news");

    BOOST_TEST(console.request("leave", boost::json::object()).has_value());
    const auto closed = console.wait_closed(long_enough);
    BOOST_TEST_REQUIRE(closed.has_value());
    BOOST_TEST(closed->code == 4001);
    BOOST_TEST(closed->reason == "signed in elsewhere");
    BOOST_TEST(clerk.wait_open(0));
}

BOOST_AUTO_TEST_CASE(large_messages_pass_over_tls)
{
    const Certificate certificate;
    auto settings = tls_settings(certificate);
    settings.read_bytes_max = 4'000'000;
    FakeClerk clerk(settings);
    link::Pool pool;
    link::Console console(pool);
    BOOST_TEST_REQUIRE(console.open(tls_endpoint(clerk, certificate.certificate_file())).has_value());
    const std::string large(3'000'000, 'x');
    const auto answer = console.request("echo", {{"word", large}});
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST((answer->body.at("word").as_string() == large));
}

BOOST_AUTO_TEST_CASE(only_tls_1_3_is_spoken)
{
    const Certificate certificate;
    FakeClerk clerk(tls_settings(certificate));
    const struct {
        int version;
        bool accepted;
    } cases[] = {
        {TLS1_VERSION, false}, {TLS1_1_VERSION, false}, {TLS1_2_VERSION, false}, {TLS1_3_VERSION, true}};
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(std::hex << c.version)
        {
            Client client(clerk.gateway.port(), c.version, c.version);
            BOOST_TEST(client.connected() == c.accepted);
        }
    Client best(clerk.gateway.port(), TLS1_VERSION, TLS1_3_VERSION);
    BOOST_TEST(best.version() == "TLSv1.3");
    BOOST_TEST(best.cipher() == "TLS_AES_256_GCM_SHA384");
    BOOST_TEST(clerk.gateway.counters().refused == 3u);
}

BOOST_AUTO_TEST_CASE(pages_over_tls_ask_to_stay_with_tls)
{
    const Certificate certificate;
    FakeClerk clerk(tls_settings(certificate), [](std::string_view) {
        return HttpAnswer{200, "text/plain", "ok"};
    });
    Client client(clerk.gateway.port(), TLS1_3_VERSION, TLS1_3_VERSION);
    const auto answer = client.ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    BOOST_TEST(answer.starts_with("HTTP/1.1 200"), answer);
    BOOST_TEST(answer.find("Strict-Transport-Security: max-age=31536000\r\n") != std::string::npos, answer);
    BOOST_TEST(answer.ends_with("\r\n\r\nok"), answer);
}

BOOST_AUTO_TEST_CASE(over_tls_a_page_of_plain_http_may_not_connect)
{
    const Certificate certificate;
    FakeClerk clerk(tls_settings(certificate));
    const auto upgrade = [&](const std::string& origin) {
        Client client(clerk.gateway.port(), TLS1_3_VERSION, TLS1_3_VERSION);
        return client.ask(
            "GET /ws HTTP/1.1\r\nHost: hall.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Protocol: plenum.v1\r\nOrigin: " +
            origin + "\r\n\r\n");
    };
    BOOST_TEST(upgrade("http://hall.test").starts_with("HTTP/1.1 403"));
}

BOOST_AUTO_TEST_CASE(a_client_trusts_only_its_authority_and_the_right_name)
{
    const Certificate certificate;
    const Certificate stranger;
    FakeClerk clerk(tls_settings(certificate));
    link::Pool pool;
    const struct {
        const char* name;
        std::string ca_file;
        std::string server_name;
        bool accepted;
    } cases[] = {
        {"address in the certificate", certificate.certificate_file(), "", true},
        {"name in the certificate", certificate.certificate_file(), "hall.test", true},
        {"another name", certificate.certificate_file(), "other.test", false},
        {"another address", certificate.certificate_file(), "127.0.0.2", false},
        {"another authority", stranger.certificate_file(), "", false},
        {"no such authority file", "/nonexistent/ca.pem", "", false},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            auto endpoint = tls_endpoint(clerk, c.ca_file);
            endpoint.server_name = c.server_name;
            link::Console console(pool);
            BOOST_TEST(console.open(endpoint).has_value() == c.accepted);
            if (!c.accepted) BOOST_TEST(console.closed()->code == 1006);
        }
}

BOOST_AUTO_TEST_CASE(a_handshake_that_never_comes_is_given_up)
{
    const Certificate certificate;
    auto settings = tls_settings(certificate);
    settings.handshake_timeout = 300ms;
    FakeClerk clerk(settings);
    RawConsole silent(clerk.gateway.port());
    RawConsole half(clerk.gateway.port());
    half.send("\x16\x03\x01\x02");
    RawConsole plain(clerk.gateway.port());
    plain.send("GET / HTTP/1.1\r\n\r\n");
    BOOST_TEST(silent.wait_end());
    BOOST_TEST(half.wait_end());
    BOOST_TEST(plain.wait_end());
    for (int i = 0; i < 100 && clerk.gateway.counters().refused < 3; ++i)
        std::this_thread::sleep_for(20ms);
    BOOST_TEST(clerk.gateway.counters().refused == 3u);
}

BOOST_AUTO_TEST_CASE(a_tls_connection_may_break_at_any_point)
{
    const Certificate certificate;
    auto settings = tls_settings(certificate);
    settings.close_timeout = 300ms;
    FakeClerk clerk(settings);
    for (int i = 0; i < 10; ++i) {
        link::Pool pool; // Its end cuts the connections without a word.
        link::Console first(pool);
        link::Console second(pool);
        BOOST_TEST(first.open(tls_endpoint(clerk, certificate.certificate_file())).has_value());
        BOOST_TEST(second.open(tls_endpoint(clerk, certificate.certificate_file())).has_value());
        BOOST_TEST(second.request("echo", boost::json::object()).has_value());
    }
    BOOST_TEST(clerk.wait([&] { return clerk.opened.size() == 20 && clerk.open.empty(); }));
    link::Pool pool;
    link::Console living(pool);
    BOOST_TEST(living.open(tls_endpoint(clerk, certificate.certificate_file())).has_value());
    // Its end of the handshake comes first; a connection the gateway has not finished opening is only cut.
    BOOST_TEST(clerk.wait([&] { return clerk.opened.size() == 21; }));
    clerk.gateway.stop();
    BOOST_TEST(living.wait_closed(long_enough)->code == 1001);
}

BOOST_AUTO_TEST_CASE(wrong_certificates_and_addresses_keep_the_gateway_from_starting)
{
    const Certificate certificate;
    const Certificate other;
    const struct {
        const char* name;
        std::string address;
        std::string certificate_file;
        std::string key_file;
        const char* why;
    } cases[] = {
        {"plain beyond this machine", "0.0.0.0", "", "", "loopback"},
        {"plain on a LAN address", "192.0.2.1", "", "", "loopback"},
        {"no address", "hall", "", "", "not an IP address"},
        {"no certificate file", "127.0.0.1", "/nonexistent/c.pem", certificate.key_file(),
         "/nonexistent/c.pem"},
        {"no key file", "127.0.0.1", certificate.certificate_file(), "/nonexistent/k.pem",
         "/nonexistent/k.pem"},
        {"a key for a certificate", "127.0.0.1", certificate.key_file(), certificate.key_file(),
         "certificate"},
        {"the key of another", "127.0.0.1", certificate.certificate_file(), other.key_file(), "key"},
        {"an address of nobody here", "192.0.2.1", certificate.certificate_file(), certificate.key_file(),
         "cannot listen on 192.0.2.1"},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            Settings settings;
            settings.address = c.address;
            settings.certificate_file = c.certificate_file;
            settings.key_file = c.key_file;
            Gateway gateway(settings, {}, {});
            BOOST_TEST(gateway.start().has_error());
            BOOST_TEST(gateway.why().find(c.why) != std::string::npos, gateway.why());
            gateway.stop();
        }
    FakeClerk clerk;
    Settings taken;
    taken.port = clerk.gateway.port();
    Gateway second(taken, {}, {});
    BOOST_TEST(second.start().has_error());
    BOOST_TEST(second.why().find("cannot listen on 127.0.0.1") != std::string::npos, second.why());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
