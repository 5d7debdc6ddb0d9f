#pragma once

#include "server/gateway/sockets.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket.hpp>

#include <vector>

namespace plenum::gateway {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

/// Carries out what a Session asks for, on a Beast stream. `Lower` is the socket, or TLS over it. Every
/// handler holds the session, so it lives until its last operation has ended.
template <class Lower>
class Transport : public Session {
public:
    template <class... Args>
    Transport(SessionId id, Surroundings& around, Gone gone, Args&&... args)
        : Session(id, around, std::move(gone)), stream_(std::forward<Args>(args)...)
    {}

protected:
    Lower& lower() { return stream_.next_layer(); }

    std::shared_ptr<Transport> self() { return std::static_pointer_cast<Transport>(shared_from_this()); }

    void read_header() final
    {
        parser_.emplace();
        parser_->header_limit(header_bytes_max);
        parser_->body_limit(boost::none); // No body is ever read.
        http::async_read_header(
            lower(), buffer_, *parser_, [self = self()](beast::error_code error, std::size_t) {
                if (!error) return self->header_read(self->request());
                const bool too_long =
                    error == http::error::header_limit || error == http::error::buffer_overflow;
                const bool nonsense =
                    error.category() == make_error_code(http::error::bad_method).category() &&
                    error != http::error::end_of_stream && error != http::error::partial_message;
                self->header_failed(too_long ? 431 : nonsense ? 400 : 0);
            });
    }

    void write_reply(HttpReply reply) final
    {
        reply_ = std::move(reply);
        // Not an array of two: of that Asio goes on with an empty first part, which the TLS stream of Beast
        // takes for all there is when the second is longer than a TLS record. A body would never be sent.
        std::vector<asio::const_buffer> parts{asio::buffer(reply_.head)};
        if (reply_.body) parts.push_back(asio::buffer(*reply_.body));
        const auto progress = [this](beast::error_code error, std::size_t) -> std::size_t {
            reply_progressed();
            return error ? 0 : reply_chunk_bytes;
        };
        asio::async_write(lower(), parts, progress, [self = self()](beast::error_code error, std::size_t) {
            if (!error && self->reply_.file) return self->write_file();
            self->reply_ = {};
            self->reply_written(!error);
        });
    }

    void linger() final
    {
        beast::error_code ignored;
        beast::get_lowest_layer(stream_).shutdown(asio::socket_base::shutdown_send, ignored);
        drop_more();
    }

    void accept_websocket() final
    {
        stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
            response.set(http::field::sec_websocket_protocol, subprotocol);
        }));
        stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
            kind == websocket::frame_type::close ? peer_closes() : heard();
        });
        stream_.auto_fragment(false);
        stream_.text(true);
        stream_.async_accept(parser_->get(), [self = self()](beast::error_code error) {
            self->parser_.reset();
            self->websocket_accepted(!error);
        });
    }

    void read_message() final
    {
        buffer_.clear();
        if (buffer_.capacity() > buffer_bytes_kept) buffer_.shrink_to_fit();
        stream_.async_read(buffer_, [self = self()](beast::error_code error, std::size_t) {
            const auto data = self->buffer_.cdata();
            self->message_read(!error, self->stream_.got_text(),
                               {static_cast<const char*>(data.data()), data.size()});
        });
    }

    void write_message(Message message) final
    {
        writing_ = std::move(message);
        stream_.async_write(asio::buffer(*writing_), [self = self()](beast::error_code error, std::size_t) {
            self->writing_.reset();
            self->message_written(!error);
        });
    }

    void ping() final
    {
        stream_.async_ping({}, [self = self()](beast::error_code error) { self->pinged(!error); });
    }

    void close_websocket(std::uint16_t code, const std::string& reason) final
    {
        stream_.async_close(websocket::close_reason(static_cast<websocket::close_code>(code), reason),
                            [self = self()](beast::error_code) { self->websocket_closed(); });
    }

    void limit_message(std::size_t bytes_max) final { stream_.read_message_max(bytes_max); }

    void abandon() final
    {
        beast::error_code ignored;
        beast::get_lowest_layer(stream_).close(ignored);
    }

    websocket::stream<Lower, false> stream_; ///< false: built without permessage-deflate

private:
    /// Writes the rest of the reply's file. A file that ends too early is told by the connection ending too.
    void write_file()
    {
        const auto piece = reply_.file->next();
        if (!piece || piece->empty()) {
            reply_ = {};
            return reply_written(piece.has_value());
        }
        const auto progress = [this](beast::error_code error, std::size_t) -> std::size_t {
            reply_progressed();
            return error ? 0 : reply_chunk_bytes;
        };
        asio::async_write(lower(), asio::buffer(*piece), progress,
                          [self = self()](beast::error_code error, std::size_t) {
                              if (!error) return self->write_file();
                              self->reply_ = {};
                              self->reply_written(false);
                          });
    }

    static constexpr std::uint32_t header_bytes_max = 8 * 1024;
    static constexpr std::size_t dropped_bytes = 4 * 1024;
    static constexpr std::size_t reply_chunk_bytes = 64 * 1024;
    static constexpr std::size_t buffer_bytes_kept = 64 * 1024;

    void drop_more()
    {
        buffer_.clear();
        const auto room = buffer_.prepare(dropped_bytes);
        beast::get_lowest_layer(stream_).async_read_some(
            room, [self = self()](beast::error_code error, std::size_t) {
                error ? self->lingered() : self->drop_more();
            });
    }

    HttpRequest request() const
    {
        const auto& message = parser_->get();
        HttpRequest read;
        read.method = message.method_string();
        read.target = message.target();
        read.host = message[http::field::host];
        if (const auto origin = message.find(http::field::origin); origin != message.end()) {
            read.origin = origin->value();
        }
        read.if_none_match = message[http::field::if_none_match];
        read.protocols = message[http::field::sec_websocket_protocol];
        read.authorization = message[http::field::authorization];
        read.is_upgrade = websocket::is_upgrade(message);
        // Bytes behind an upgrade were sent before we agreed to it.
        const bool early = read.is_upgrade && buffer_.size() > 0;
        read.has_body = early || parser_->chunked() || parser_->content_length().value_or(0) > 0;
        read.keep_alive = message.keep_alive() && message.version() == 11;
        return read;
    }

    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::empty_body>> parser_;
    HttpReply reply_;
    Message writing_;
};

} // namespace plenum::gateway
