#pragma once

#include "clients/link/pool.hpp"

namespace plenum::link {

/// What a server answers to `GET target`, such as `/documents/<hex>`: its body, when the status is 200.
/// Connects for this one request and waits. Fault::not_found for any other status, Fault::io_error when the
/// server is not reached, is not trusted or takes too long, Fault::out_of_range when the body is larger than
/// `bytes_max`.
Result<Bytes> fetch(const Endpoint& endpoint, const std::string& target, std::size_t bytes_max,
                    std::chrono::milliseconds timeout = std::chrono::seconds(10));

} // namespace plenum::link
