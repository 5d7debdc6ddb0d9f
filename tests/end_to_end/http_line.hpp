#pragma once

#include "clients/link/pool.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace plenum::replay {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Response = http::response<http::string_body>;

/// One HTTP connection to the server.
class Line {
public:
    explicit Line(const link::Endpoint& endpoint, int receive_bytes = 0) : socket_(context_)
    {
        const asio::ip::tcp::endpoint address(asio::ip::make_address(endpoint.host), endpoint.port);
        socket_.open(address.protocol());
        if (receive_bytes > 0) socket_.set_option(asio::socket_base::receive_buffer_size(receive_bytes));
        socket_.connect(address);
    }

    void send(const std::string& target, const std::string& code, http::verb method = http::verb::get)
    {
        http::request<http::empty_body> request(method, target, 11);
        request.set(http::field::host, "hall.test");
        if (!code.empty()) request.set(http::field::authorization, "Bearer " + code);
        http::write(socket_, request);
    }

    Response receive(http::verb method = http::verb::get)
    {
        http::response_parser<http::string_body> parser;
        parser.body_limit(boost::none);
        parser.skip(method == http::verb::head);
        http::read(socket_, buffer_, parser);
        return parser.release();
    }

    Response ask(const std::string& target, const std::string& code, http::verb method = http::verb::get)
    {
        send(target, code, method);
        return receive(method);
    }

    /// Reads the head and leaves the body where it is.
    http::status receive_head()
    {
        http::response_parser<http::string_body> parser;
        http::read_header(socket_, buffer_, parser);
        return parser.get().result();
    }

private:
    asio::io_context context_;
    asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
};

} // namespace plenum::replay
