#pragma once

#include "clients/link/connection.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

namespace plenum::link {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

/// Carries out what a Connection asks for, on a Beast stream. `Lower` is the socket, or TLS over it.
template <class Lower>
class Transport : public Connection {
public:
    /// `make_lower` are the arguments of Lower; the rest goes to Connection.
    template <class... MakeLower>
    Transport(Target target, ConnectionId id, Callbacks callbacks, const PoolSettings& settings,
              SharedCounters& counters, LoopHooks hooks, MakeLower&&... make_lower)
        : Connection(id, std::move(callbacks), settings, counters, std::move(hooks)),
          target_(std::move(target)), stream_(std::forward<MakeLower>(make_lower)...)
    {}

protected:
    Lower& lower() { return stream_.next_layer(); }
    const Target& target() const { return target_; }
    std::shared_ptr<Transport> self() { return std::static_pointer_cast<Transport>(shared_from_this()); }

    /// TLS, or nothing; goes on to upgrade().
    virtual void shake_hands() = 0;

    void connect() final
    {
        auto& socket = beast::get_lowest_layer(stream_);
        socket.async_connect(target_.addresses[address_], [self = self()](beast::error_code error) {
            if (!error) {
                beast::get_lowest_layer(self->stream_).set_option(asio::ip::tcp::no_delay(true), error);
                return self->shake_hands();
            }
            beast::error_code ignored;
            beast::get_lowest_layer(self->stream_).close(ignored);
            const bool another =
                error != asio::error::operation_aborted && ++self->address_ < self->target_.addresses.size();
            if (another) return self->connect();
            self->connect_failed("connect: " + error.message());
        });
    }

    void upgrade()
    {
        stream_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
            request.set(http::field::sec_websocket_protocol, protocol_name);
        }));
        stream_.control_callback([this](websocket::frame_type, beast::string_view) { heard(); });
        stream_.auto_fragment(false);
        stream_.text(true);
        stream_.read_message_max(settings().read_bytes_max);
        stream_.async_handshake(
            response_, target_.host_header, "/ws", [self = self()](beast::error_code error) {
                const auto status = self->response_.result_int();
                const bool agreed = self->response_[http::field::sec_websocket_protocol] == protocol_name;
                self->response_ = {};
                if (error == websocket::error::upgrade_declined) {
                    return self->connect_failed("upgrade refused with HTTP status " + std::to_string(status));
                }
                if (error) return self->connect_failed("upgrade: " + error.message());
                if (!agreed)
                    return self->connect_failed("the server does not speak " + std::string(protocol_name));
                self->connected();
            });
    }

    void read_message() final
    {
        buffer_.clear();
        stream_.async_read(buffer_, [self = self()](beast::error_code error, std::size_t) {
            if (!error) {
                const auto data = self->buffer_.cdata();
                return self->message_read({static_cast<const char*>(data.data()), data.size()});
            }
            const auto [code, reason] = self->ending(error);
            self->read_failed(code, reason);
        });
    }

    void write_message(const std::string& text) final
    {
        stream_.async_write(asio::buffer(text), [self = self()](beast::error_code error, std::size_t) {
            self->message_written(!error);
        });
    }

    void close_websocket() final
    {
        stream_.async_close(websocket::close_code::normal, [self = self()](beast::error_code error) {
            const auto [code, reason] = self->ending(error);
            self->websocket_closed(code, reason);
        });
    }

    void abandon() final
    {
        beast::error_code ignored;
        beast::get_lowest_layer(stream_).close(ignored);
    }

private:
    static constexpr std::string_view protocol_name = "plenum.v1";

    /// The close frame of the server when there was one, else what went wrong.
    std::pair<std::uint16_t, std::string> ending(beast::error_code error) const
    {
        const auto& said = stream_.reason();
        if (said.code != websocket::close_code::none) return {said.code, std::string(said.reason.c_str())};
        return {code_lost, error.message()};
    }

    Target target_;
    std::size_t address_ = 0;
    websocket::stream<Lower, false> stream_; ///< false: built without permessage-deflate
    websocket::response_type response_;
    beast::flat_buffer buffer_;
};

} // namespace plenum::link
