#include "server/gateway/listener.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plenum::gateway {
namespace {

constexpr int backlog =
    4096; // 3,000 consoles come back in the same second; 512 was seen to lose some for a second.
constexpr std::chrono::milliseconds out_of_descriptors_pause{100};
constexpr std::chrono::seconds warn_every{10};

int spare_descriptor()
{
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

} // namespace

Listener::Listener(asio::io_context& home, Sink sink)
    : home_(home), sink_(std::move(sink)), acceptor_(home), pause_timer_(home), spare_(spare_descriptor())
{}

Listener::~Listener()
{
    if (spare_ >= 0) ::close(spare_);
}

Result<void> Listener::open(const asio::ip::address& address, std::uint16_t port, std::string& why)
{
    const asio::ip::tcp::endpoint endpoint(address, port);
    boost::system::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(backlog, error);
    if (error) {
        why = "cannot listen on " + address.to_string() + " port " + std::to_string(port) + ": " +
              error.message();
        return fault(Fault::io_error);
    }
    port_ = acceptor_.local_endpoint(error).port();
    return {};
}

void Listener::close()
{
    asio::post(home_, [this] {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        pause_timer_.cancel();
    });
}

void Listener::accept()
{
    if (!acceptor_.is_open()) return;
    acceptor_.async_accept(sink_.next_context(), [this](boost::system::error_code error, Socket socket) {
        if (!error) {
            sink_.accepted(std::move(socket));
            return accept();
        }
        if (error == asio::error::operation_aborted) return;
        if (error == asio::error::connection_aborted) return accept(); // Gone before we came to it.
        if (const auto now = Clock::now(); now >= warn_again_at_) {
            spdlog::warn("accept: {}", error.message());
            warn_again_at_ = now + warn_every;
        }
        if (error == asio::error::no_descriptors || error.value() == ENFILE) turn_one_away();
        pause();
    });
}

void Listener::turn_one_away()
{
    if (spare_ >= 0) ::close(spare_);
    const int waiting = ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC);
    if (waiting >= 0) {
        ::close(waiting);
        sink_.refused();
    }
    spare_ = spare_descriptor();
}

void Listener::pause()
{
    pause_timer_.expires_after(out_of_descriptors_pause);
    pause_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) accept();
    });
}

} // namespace plenum::gateway
