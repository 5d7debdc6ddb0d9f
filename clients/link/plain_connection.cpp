#include "clients/link/transport.hpp"

namespace plenum::link {
namespace {

class PlainConnection final : public Transport<Socket> {
public:
    using Transport::Transport;

private:
    void shake_hands() override { upgrade(); }
};

} // namespace

std::shared_ptr<Connection> make_plain_connection(asio::io_context& context, Target target, ConnectionId id,
                                                  Callbacks callbacks, const PoolSettings& settings,
                                                  SharedCounters& counters, LoopHooks hooks)
{
    return std::make_shared<PlainConnection>(std::move(target), id, std::move(callbacks), settings, counters,
                                             std::move(hooks), context);
}

} // namespace plenum::link
