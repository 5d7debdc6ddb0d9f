#include "server/gateway/transport.hpp"

#include <boost/beast/ssl.hpp>

namespace plenum::gateway {
namespace {

using TlsStream = beast::ssl_stream<Socket>;

class TlsSession final : public Transport<TlsStream> {
public:
    using Transport::Transport;

private:
    void shake_hands() override
    {
        lower().async_handshake(asio::ssl::stream_base::server, [self = self()](beast::error_code error) {
            static_cast<TlsSession&>(*self).hands_shaken(!error);
        });
    }
};

} // namespace

std::shared_ptr<Session> make_tls_session(Socket socket, asio::ssl::context& tls, SessionId id,
                                          Surroundings& around, Gone gone)
{
    return std::make_shared<TlsSession>(id, around, std::move(gone), std::move(socket), tls);
}

} // namespace plenum::gateway
