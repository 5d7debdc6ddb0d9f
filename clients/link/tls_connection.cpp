#include "clients/link/transport.hpp"

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/ssl.hpp>

namespace plenum::link {
namespace {

using TlsStream = beast::ssl_stream<Socket>;

class TlsConnection final : public Transport<TlsStream> {
public:
    using Transport::Transport;

private:
    void shake_hands() override
    {
        const auto& name = target().server_name;
        beast::error_code not_an_address;
        asio::ip::make_address(name, not_an_address);
        if (not_an_address) SSL_set_tlsext_host_name(lower().native_handle(), name.c_str());
        lower().set_verify_callback(asio::ssl::host_name_verification(name));
        lower().async_handshake(asio::ssl::stream_base::client, [self = self()](beast::error_code error) {
            auto& connection = static_cast<TlsConnection&>(*self);
            if (error) return connection.connect_failed("TLS: " + error.message());
            connection.upgrade();
        });
    }
};

} // namespace

std::shared_ptr<Connection> make_tls_connection(asio::io_context& context, Target target, ConnectionId id,
                                                Callbacks callbacks, const PoolSettings& settings,
                                                SharedCounters& counters, LoopHooks hooks)
{
    auto& tls = *target.tls;
    return std::make_shared<TlsConnection>(std::move(target), id, std::move(callbacks), settings, counters,
                                           std::move(hooks), context, tls);
}

} // namespace plenum::link
