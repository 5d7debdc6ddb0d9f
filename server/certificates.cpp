#include "server/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace plenum {
namespace {

template <auto Free>
struct Freeing {
    template <class T>
    void operator()(T* object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;

constexpr long day_s = 24L * 60 * 60;

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate)
{
    std::array<unsigned char, 16> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return false;
    random[0] &= 0x7f; // A serial number is positive.
    const std::unique_ptr<BIGNUM, Freeing<BN_free>> number(
        BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

/// A certificate for `key`, not yet signed. Valid from an hour ago, for clocks that run behind.
Certificate draft(EVP_PKEY* key, const std::string& name, X509* issuer, long days)
{
    Certificate certificate(X509_new());
    if (!certificate) return nullptr;
    X509_set_version(certificate.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * day_s);
    X509_set_pubkey(certificate.get(), key);
    auto* subject = X509_get_subject_name(certificate.get());
    const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
    if (!set_serial(certificate.get())) return nullptr;
    return certificate;
}

std::string alternative_names(const std::vector<std::string>& hosts)
{
    std::string names;
    for (const auto& host : hosts) {
        const bool address =
            host.find_first_not_of("0123456789.") == std::string::npos || host.find(':') != std::string::npos;
        if (!names.empty()) names += ',';
        names += (address ? "IP:" : "DNS:") + host;
    }
    return names;
}

template <class Write>
bool write_pem(const std::string& path, mode_t mode, const Write& write)
{
    const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0) return false;
    FILE* file = fdopen(descriptor, "w");
    if (file == nullptr) return false;
    const bool written = write(file) == 1 && fflush(file) == 0 && fsync(descriptor) == 0;
    return fclose(file) == 0 && written;
}

bool write_pair(const std::string& directory, const std::string& name, X509* certificate, EVP_PKEY* key)
{
    return write_pem(directory + "/" + name + ".key", S_IRUSR | S_IWUSR,
                     [&](FILE* file) {
                         return PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
                     }) &&
           write_pem(directory + "/" + name + ".crt", S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH,
                     [&](FILE* file) { return PEM_write_X509(file, certificate); });
}

} // namespace

Result<void> make_certificates(const std::string& directory, const std::vector<std::string>& hosts)
{
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    if (std::filesystem::exists(directory + "/ca.key", ignored)) return fault(Fault::in_use);

    const Key authority_key(EVP_EC_gen("P-256"));
    const Key server_key(EVP_EC_gen("P-256"));
    if (!authority_key || !server_key) return fault(Fault::io_error);
    const auto authority = draft(authority_key.get(), "plenum " + hosts.front(), nullptr, 3650);
    if (!authority) return fault(Fault::io_error);
    const bool signed_authority =
        add_extension(authority.get(), authority.get(), NID_basic_constraints,
                      "critical,CA:TRUE,pathlen:0") &&
        add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
        add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash") &&
        X509_sign(authority.get(), authority_key.get(), EVP_sha256()) != 0;

    const auto server = draft(server_key.get(), hosts.front(), authority.get(), 730);
    if (!server) return fault(Fault::io_error);
    const bool signed_server =
        add_extension(server.get(), authority.get(), NID_basic_constraints, "critical,CA:FALSE") &&
        add_extension(server.get(), authority.get(), NID_key_usage, "critical,digitalSignature") &&
        add_extension(server.get(), authority.get(), NID_ext_key_usage, "serverAuth") &&
        add_extension(server.get(), authority.get(), NID_subject_alt_name, alternative_names(hosts)) &&
        X509_sign(server.get(), authority_key.get(), EVP_sha256()) != 0;
    if (!signed_authority || !signed_server) return fault(Fault::malformed);

    if (!write_pair(directory, "ca", authority.get(), authority_key.get()) ||
        !write_pair(directory, "server", server.get(), server_key.get())) {
        return fault(Fault::io_error);
    }
    return {};
}

} // namespace plenum
