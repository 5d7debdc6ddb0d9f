#pragma once

#include "clients/link/connection.hpp"

// From an endpoint to what a socket is opened with; for WebSockets and for single documents.

namespace plenum::link {

/// TLS 1.3, trusting exactly the authorities of `ca_file`. Null with `failure` set when it cannot be read.
std::shared_ptr<asio::ssl::context> make_tls(const std::string& ca_file, std::string& failure);

/// All addresses of its host; none with `failure` set when there is none.
std::vector<asio::ip::tcp::endpoint> resolve(const Endpoint& endpoint, std::string& failure);

/// The Host header of a request to it.
std::string host_header(const Endpoint& endpoint);

} // namespace plenum::link
