#include "tests/server/gateway/certificate.hpp"

#include <boost/test/unit_test.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <memory>

namespace plenum::gateway::testing {
namespace {

void add_extension(X509* certificate, int kind, const std::string& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    BOOST_TEST_REQUIRE(extension != nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

template <class Write>
void write_file(const std::string& name, Write write)
{
    const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(name.c_str(), "w"), &std::fclose);
    BOOST_TEST_REQUIRE(file != nullptr);
    BOOST_TEST_REQUIRE(write(file.get()) == 1);
}

} // namespace

Certificate::Certificate(const std::string& host)
{
    auto pattern = (std::filesystem::temp_directory_path() / "plenum-certificate-XXXXXX").string();
    BOOST_TEST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;

    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, void (*)(X509*)> certificate(X509_new(), &X509_free);
    constexpr long day_seconds = 24L * 60 * 60;
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -day_seconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), day_seconds);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const auto* text = reinterpret_cast<const unsigned char*>(host.c_str());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_subject_alt_name, "DNS:" + host + ",IP:127.0.0.1");
    BOOST_TEST_REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

    write_file(certificate_file(), [&](FILE* file) { return PEM_write_X509(file, certificate.get()); });
    write_file(key_file(), [&](FILE* file) {
        return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

Certificate::~Certificate()
{
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace plenum::gateway::testing
