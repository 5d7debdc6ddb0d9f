#include "tests/server/gateway/raw_console.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plenum::gateway::testing {

std::uint16_t Frame::close_code() const
{
    if (opcode != close_frame || payload.size() < 2) return 0;
    return static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 |
                                      static_cast<unsigned char>(payload[1]));
}

RawConsole::RawConsole(std::uint16_t port, int receive_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (receive_bytes > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) close();
}

RawConsole::~RawConsole()
{
    close();
}

void RawConsole::close()
{
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

void RawConsole::reset()
{
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

/// A server that has closed already is for the reading side to notice.
void RawConsole::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawConsole::send_frame(unsigned opcode, std::string_view payload, bool fin)
{
    static constexpr unsigned char mask[4] = {0x12, 0x34, 0x56, 0x78};
    std::string frame;
    frame += static_cast<char>((fin ? 0x80u : 0u) | opcode);
    const auto size = payload.size();
    const auto add_big_endian = [&](int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            frame += static_cast<char>(size >> shift & 0xff);
    };
    if (size < 126) {
        frame += static_cast<char>(0x80 | size);
    } else if (size < 65536) {
        frame += static_cast<char>(0x80 | 126);
        add_big_endian(2);
    } else {
        frame += static_cast<char>(0x80 | 127);
        add_big_endian(8);
    }
    for (const auto byte : mask)
        frame += static_cast<char>(byte);
    for (std::size_t i = 0; i < size; ++i) {
        frame += static_cast<char>(static_cast<unsigned char>(payload[i]) ^ mask[i % 4]);
    }
    send(frame);
}

std::string RawConsole::upgrade(std::string_view more, std::string_view target)
{
    send("GET " + std::string(target) +
         " HTTP/1.1\r\nHost: hall.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         std::string(more) + "\r\n");
    return read_head();
}

void RawConsole::open()
{
    const auto head = upgrade();
    BOOST_TEST_REQUIRE(head.starts_with("HTTP/1.1 101"), head);
    BOOST_TEST_REQUIRE(head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos, head); // RFC 6455 1.3
}

bool RawConsole::fill()
{
    pollfd waiting{socket_, POLLIN, 0};
    if (socket_ < 0 || ::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return false;
    char bytes[65536];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    if (size <= 0) return false;
    unread_.append(bytes, static_cast<std::size_t>(size));
    return true;
}

std::string RawConsole::read_head()
{
    std::size_t end = 0;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return std::exchange(unread_, {});
    }
    auto head = unread_.substr(0, end + 4);
    unread_.erase(0, end + 4);
    return head;
}

std::string RawConsole::read_bytes(std::size_t size)
{
    while (unread_.size() < size && fill()) {
    }
    auto bytes = unread_.substr(0, size);
    unread_.erase(0, size);
    return bytes;
}

std::optional<Frame> RawConsole::read_frame()
{
    const auto head = read_bytes(2);
    if (head.size() < 2) return std::nullopt;
    Frame frame;
    frame.opcode = static_cast<unsigned char>(head[0]) & 0x0f;
    frame.fin = (static_cast<unsigned char>(head[0]) & 0x80) != 0;
    std::size_t size = static_cast<unsigned char>(head[1]);
    if (size > 125) {
        const auto length = read_bytes(size == 126 ? 2 : 8);
        size = 0;
        for (const char c : length)
            size = size << 8 | static_cast<unsigned char>(c);
    }
    frame.payload = read_bytes(size);
    if (frame.payload.size() != size) return std::nullopt;
    return frame;
}

std::optional<Frame> RawConsole::read_close()
{
    for (;;) {
        auto frame = read_frame();
        if (!frame || frame->opcode == close_frame) return frame;
    }
}

bool RawConsole::wait_end()
{
    while (fill())
        unread_.clear();
    pollfd waiting{socket_, POLLIN, 0};
    char byte = 0;
    return socket_ < 0 || (::poll(&waiting, 1, 0) > 0 && ::recv(socket_, &byte, 1, MSG_DONTWAIT) <= 0);
}

} // namespace plenum::gateway::testing
