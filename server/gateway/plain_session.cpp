#include "server/gateway/transport.hpp"

#include <boost/asio/post.hpp>

namespace plenum::gateway {
namespace {

class PlainSession final : public Transport<Socket> {
public:
    using Transport::Transport;

private:
    void shake_hands() override
    {
        asio::post(lower().get_executor(),
                   [self = self()] { static_cast<PlainSession&>(*self).hands_shaken(true); });
    }
};

} // namespace

std::shared_ptr<Session> make_plain_session(Socket socket, SessionId id, Surroundings& around, Gone gone)
{
    return std::make_shared<PlainSession>(id, around, std::move(gone), std::move(socket));
}

} // namespace plenum::gateway
