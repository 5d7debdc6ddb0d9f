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
        lower().set_verify_callback([this, &name](bool is_trusted, asio::ssl::verify_context& chain) {
            const bool fits = asio::ssl::host_name_verification(name)(is_trusted, chain);
            is_of_another_ = is_trusted && !fits;
            return fits;
        });
        lower().async_handshake(asio::ssl::stream_base::client, [self = self()](beast::error_code error) {
            auto& connection = static_cast<TlsConnection&>(*self);
            if (error) return connection.connect_failed("TLS: " + connection.why(error));
            connection.upgrade();
        });
    }

    /// What the error calls only a certificate that cannot be verified, in words of this connection.
    std::string why(beast::error_code error)
    {
        if (is_of_another_) return "the certificate of the server is not for " + target().server_name;
        const auto result = SSL_get_verify_result(lower().native_handle());
        if (result == X509_V_OK) return error.message();
        return std::string("the certificate of the server is not by the authority that is trusted here: ") +
               X509_verify_cert_error_string(result);
    }

    bool is_of_another_ = false; ///< the certificate is sound, but of another server
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
