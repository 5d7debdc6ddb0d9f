#include "clients/link/fetch.hpp"

#include "clients/link/target.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace plenum::link {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

/// One request and its answer on a socket that is connected. All of it happens while the context runs; what
/// is not over by then never is.
template <class Stream>
class Exchange {
public:
    Exchange(Stream& stream, const std::string& host, const std::string& target, std::size_t bytes_max)
        : stream_(stream), request_(http::verb::get, target, 11)
    {
        request_.set(http::field::host, host);
        request_.set(http::field::connection, "close");
        parser_.body_limit(bytes_max);
    }

    void begin()
    {
        http::async_write(stream_, request_, [this](beast::error_code error, std::size_t) {
            if (error) return;
            http::async_read(stream_, buffer_, parser_, [this](beast::error_code failed, std::size_t) {
                is_too_large_ = failed == http::error::body_limit;
                is_done_ = !failed;
            });
        });
    }

    Result<Bytes> answer()
    {
        if (is_too_large_) return fault(Fault::out_of_range);
        if (!is_done_) return fault(Fault::io_error);
        if (parser_.get().result() != http::status::ok) return fault(Fault::not_found);
        return std::move(parser_.get().body());
    }

private:
    Stream& stream_;
    http::request<http::empty_body> request_;
    http::response_parser<http::vector_body<std::uint8_t>> parser_;
    beast::flat_buffer buffer_;
    bool is_done_ = false;
    bool is_too_large_ = false;
};

} // namespace

Result<Bytes> fetch(const Endpoint& endpoint, const std::string& target, std::size_t bytes_max,
                    std::chrono::milliseconds timeout)
{
    std::string failure;
    const auto addresses = resolve(endpoint, failure);
    const auto tls = endpoint.tls && failure.empty() ? make_tls(endpoint.ca_file, failure) : nullptr;
    if (!failure.empty()) return fault(Fault::io_error);
    asio::io_context context{1};
    const auto& name = endpoint.server_name.empty() ? endpoint.host : endpoint.server_name;
    const auto connected = [&](Socket& socket, auto then) {
        asio::async_connect(socket, addresses, [then](beast::error_code error, const auto&) {
            if (!error) then();
        });
        context.run_for(timeout);
    };
    if (!tls) {
        Socket socket(context);
        Exchange exchange(socket, host_header(endpoint), target, bytes_max);
        connected(socket, [&] { exchange.begin(); });
        return exchange.answer();
    }
    beast::ssl_stream<Socket> stream(context, *tls);
    Exchange exchange(stream, host_header(endpoint), target, bytes_max);
    beast::error_code not_an_address;
    asio::ip::make_address(name, not_an_address);
    if (not_an_address) SSL_set_tlsext_host_name(stream.native_handle(), name.c_str());
    stream.set_verify_callback(asio::ssl::host_name_verification(name));
    connected(stream.next_layer(), [&] {
        stream.async_handshake(asio::ssl::stream_base::client, [&](beast::error_code error) {
            if (!error) exchange.begin();
        });
    });
    return exchange.answer();
}

} // namespace plenum::link
