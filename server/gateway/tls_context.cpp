#include "server/gateway/tls_context.hpp"

#include "protocol/assert.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

namespace plenum::gateway {
namespace {

constexpr long ticket_seconds_max = 600;

} // namespace

Result<std::unique_ptr<boost::asio::ssl::context>>
make_tls_context(const std::string& certificate_file, const std::string& key_file, std::string& why)
{
    namespace ssl = boost::asio::ssl;
    auto context = std::make_unique<ssl::context>(ssl::context::tlsv13_server);
    SSL_CTX* native = context->native_handle();
    bool ok = SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) == 1 &&
              SSL_CTX_set_max_proto_version(native, TLS1_3_VERSION) == 1 &&
              SSL_CTX_set_ciphersuites(native, "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256") == 1 &&
              SSL_CTX_set1_groups_list(native, "X25519:P-256") == 1;
    PLENUM_ASSERT(ok);
    PLENUM_ASSERT(SSL_CTX_get_min_proto_version(native) == TLS1_3_VERSION);
    PLENUM_ASSERT(SSL_CTX_get_max_proto_version(native) == TLS1_3_VERSION);
    SSL_CTX_set_options(native,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    // Tickets let 3,000 consoles return with less work; nothing is kept here, and they are short.
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_timeout(native, ticket_seconds_max);
    SSL_CTX_set_max_early_data(native, 0);

    boost::system::error_code error;
    context->use_certificate_chain_file(certificate_file, error);
    if (error) {
        why = "certificate " + certificate_file + ": " + error.message();
        return fault(Fault::malformed);
    }
    context->use_private_key_file(key_file, ssl::context::pem, error);
    if (error) {
        why = "key " + key_file + ": " + error.message();
        return fault(Fault::malformed);
    }
    if (SSL_CTX_check_private_key(native) != 1) {
        why = "key " + key_file + " is not the key of the certificate " + certificate_file;
        return fault(Fault::malformed);
    }
    return context;
}

} // namespace plenum::gateway
