#pragma once

#include "server/gateway/session.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace plenum::gateway {

namespace asio = boost::asio;

/// A socket on a concrete executor: measured a fifth cheaper for each message than a type-erased one.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

using Gone = std::function<void(SessionId)>;

/// Sessions over the two transports, each compiled in a file of its own because Beast's templates are slow to
/// compile.
std::shared_ptr<Session> make_plain_session(Socket socket, SessionId id, Surroundings& around, Gone gone);
std::shared_ptr<Session> make_tls_session(Socket socket, asio::ssl::context& tls, SessionId id,
                                          Surroundings& around, Gone gone);

} // namespace plenum::gateway
