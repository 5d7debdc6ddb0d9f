#include "clients/link/target.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/error.hpp>

namespace plenum::link {

std::shared_ptr<asio::ssl::context> make_tls(const std::string& ca_file, std::string& failure)
{
    auto tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tlsv13_client);
    SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_3_VERSION);
    boost::system::error_code error;
    tls->set_verify_mode(asio::ssl::verify_peer, error);
    if (!error) tls->load_verify_file(ca_file, error);
    if (error) {
        failure = "authority file " + ca_file + ": " + error.message();
        return nullptr;
    }
    return tls;
}

std::vector<asio::ip::tcp::endpoint> resolve(const Endpoint& endpoint, std::string& failure)
{
    boost::system::error_code error;
    const auto address = asio::ip::make_address(endpoint.host, error);
    if (!error) return {{address, endpoint.port}};
    asio::io_context context;
    asio::ip::tcp::resolver resolver(context);
    std::vector<asio::ip::tcp::endpoint> found;
    for (const auto& entry : resolver.resolve(endpoint.host, std::to_string(endpoint.port), error)) {
        found.push_back(entry.endpoint());
    }
    if (found.empty()) failure = "no address for " + endpoint.host + ": " + error.message();
    return found;
}

std::string host_header(const Endpoint& endpoint)
{
    const bool is_v6 = endpoint.host.find(':') != std::string::npos;
    return (is_v6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

} // namespace plenum::link
