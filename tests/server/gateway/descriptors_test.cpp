#include "tests/server/gateway/fake_clerk.hpp"
#include "tests/server/gateway/raw_console.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(descriptors_run_out)

namespace {

constexpr rlim_t descriptors = 48;

double cpu_seconds()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// The server's half, in a process of its own: reports its port, then at each byte it reads the CPU time used
/// so far, until the pipe ends.
[[noreturn]] void serve(int from_parent, int to_parent)
{
    const rlimit limit{descriptors, descriptors};
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::_exit(2);
    FakeClerk clerk;
    const auto port = clerk.gateway.port();
    if (::write(to_parent, &port, sizeof port) != sizeof port) ::_exit(3);
    char asked = 0;
    while (::read(from_parent, &asked, 1) == 1) {
        const double used = cpu_seconds();
        if (::write(to_parent, &used, sizeof used) != sizeof used) ::_exit(4);
    }
    clerk.gateway.stop();
    ::_exit(0);
}

class ServerProcess {
public:
    ServerProcess()
    {
        int down[2];
        int up[2];
        BOOST_TEST_REQUIRE(::pipe(down) == 0);
        BOOST_TEST_REQUIRE(::pipe(up) == 0);
        child_ = ::fork();
        BOOST_TEST_REQUIRE(child_ >= 0);
        if (child_ == 0) {
            ::close(down[1]);
            ::close(up[0]);
            serve(down[0], up[1]);
        }
        ::close(down[0]);
        ::close(up[1]);
        to_child_ = down[1];
        from_child_ = up[0];
        BOOST_TEST_REQUIRE(::read(from_child_, &port, sizeof port) == sizeof port);
    }

    double cpu()
    {
        double used = 0;
        BOOST_TEST_REQUIRE(::write(to_child_, "?", 1) == 1);
        BOOST_TEST_REQUIRE(::read(from_child_, &used, sizeof used) == sizeof used);
        return used;
    }

    int end()
    {
        ::close(to_child_);
        ::close(from_child_);
        int status = -1;
        ::waitpid(child_, &status, 0);
        return status;
    }

    std::uint16_t port = 0;

private:
    pid_t child_ = -1;
    int to_child_ = -1;
    int from_child_ = -1;
};

BOOST_AUTO_TEST_CASE(the_seated_stay_served_without_a_busy_loop_and_the_next_get_in_when_room_is_made)
{
    ServerProcess server;
    std::vector<std::unique_ptr<RawConsole>> consoles;
    std::size_t seated = 0;
    const std::string echo = R"({"id":"e","jsonrpc":"2.0","method":"echo"})";
    for (int i = 0; i < 60; ++i) {
        consoles.push_back(std::make_unique<RawConsole>(server.port));
        consoles.back()->patience = seated > 20 ? 500ms : 10'000ms;
        if (!consoles.back()->upgrade().starts_with("HTTP/1.1 101")) break;
        ++seated;
    }
    BOOST_TEST(seated > 20u);
    BOOST_TEST(seated < descriptors);
    for (int i = 0; i < 20; ++i)
        consoles.push_back(std::make_unique<RawConsole>(server.port));

    const double before = server.cpu();
    std::this_thread::sleep_for(1s);
    BOOST_TEST(server.cpu() - before < 0.2);
    std::size_t turned_away = 0;
    for (std::size_t i = seated; i < consoles.size(); ++i) {
        consoles[i]->patience = 200ms;
        turned_away += consoles[i]->wait_end();
    }
    BOOST_TEST(turned_away >= 5u);
    for (std::size_t i = 0; i < seated; ++i) {
        consoles[i]->patience = 10'000ms;
        consoles[i]->send_frame(text, echo);
        BOOST_TEST(consoles[i]->read_frame().has_value());
    }

    consoles.clear();
    bool got_in = false;
    for (int i = 0; i < 50 && !got_in; ++i) {
        std::this_thread::sleep_for(100ms);
        RawConsole late(server.port);
        got_in = late.upgrade().starts_with("HTTP/1.1 101");
    }
    BOOST_TEST(got_in);
    BOOST_TEST(server.end() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
