#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plenum::gateway::testing {

/// One frame as it came from the server.
struct Frame {
    unsigned opcode = 0;
    bool fin = true;
    std::string payload;

    std::uint16_t close_code() const;
    std::string close_reason() const { return payload.size() > 2 ? payload.substr(2) : std::string(); }
};

inline constexpr unsigned continuation = 0;
inline constexpr unsigned text = 1;
inline constexpr unsigned binary = 2;
inline constexpr unsigned close_frame = 8;
inline constexpr unsigned ping_frame = 9;
inline constexpr unsigned pong_frame = 10;

/// A plain socket that speaks exactly the bytes a test wants, right or wrong.
class RawConsole {
public:
    /// `receive_bytes` bounds the kernel's receive buffer, 0: its default. Not connected on failure.
    explicit RawConsole(std::uint16_t port, int receive_bytes = 0);
    ~RawConsole();
    RawConsole(const RawConsole&) = delete;
    RawConsole& operator=(const RawConsole&) = delete;

    void send(std::string_view bytes);
    void send_frame(unsigned opcode, std::string_view payload, bool fin = true);

    /// Sends a GET upgrade with these header lines (each with its CRLF) and returns the head of the answer.
    std::string upgrade(std::string_view more = default_headers, std::string_view target = "/ws");
    /// Upgrades and requires success.
    void open();

    /// Up to and with the empty line; what came when the connection ended or the time was over.
    std::string read_head();
    std::string read_bytes(std::size_t size);
    /// The next frame; pings included, nothing when the connection ended or the time was over.
    std::optional<Frame> read_frame();
    /// Skips everything but close frames.
    std::optional<Frame> read_close();

    /// True when the server has ended the connection; reads and drops what still comes.
    bool wait_end();

    /// Sends RST instead of FIN.
    void reset();
    void close();

    std::chrono::milliseconds patience{10'000};

    static constexpr std::string_view default_headers = "Sec-WebSocket-Protocol: plenum.v1\r\n";

private:
    bool fill();

    int socket_ = -1;
    std::string unread_;
};

} // namespace plenum::gateway::testing
