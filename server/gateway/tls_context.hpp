#pragma once

#include "protocol/result.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

namespace plenum::gateway {

/// TLS 1.3 and nothing older, with this certificate chain and key (PEM). Fault::malformed with `why`.
Result<std::unique_ptr<boost::asio::ssl::context>>
make_tls_context(const std::string& certificate_file, const std::string& key_file, std::string& why);

} // namespace plenum::gateway
