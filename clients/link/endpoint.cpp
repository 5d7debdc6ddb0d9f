#include "clients/link/pool.hpp"

#include <charconv>

namespace plenum::link {

Result<Endpoint> endpoint_from_url(std::string_view url)
{
    Endpoint endpoint;
    endpoint.tls = url.starts_with("https://");
    if (!endpoint.tls && !url.starts_with("http://")) return fault(Fault::malformed);
    auto rest = url.substr(url.find("//") + 2);
    rest = rest.substr(0, rest.find('/'));
    const auto colon = rest.rfind(':');
    if (colon == std::string_view::npos) return fault(Fault::malformed);
    endpoint.host = rest.substr(0, colon);
    if (endpoint.host.starts_with('[') && endpoint.host.ends_with(']'))
        endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    const auto digits = rest.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
    const bool is_port = error == std::errc{} && end == digits.data() + digits.size() && endpoint.port != 0;
    if (!is_port) return fault(Fault::malformed);
    return endpoint;
}

} // namespace plenum::link
