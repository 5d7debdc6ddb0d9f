#include "clients/trustee/key_file.hpp"

#include <sodium.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace plenum::trustee {
namespace {

constexpr std::string_view domain = "plenum/key-file/v1";
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint64_t memory_bytes_max = std::uint64_t{1} << 30; ///< of a file that asks for more: refused
constexpr std::uint64_t passes_max = 16;
constexpr std::size_t file_bytes_max = 64 * 1024;
constexpr std::size_t shares_max = 100;

/// Secret bytes on their way into a file or out of it: wiped when it is over.
class Plain {
public:
    explicit Plain(std::size_t size) : bytes_(size) {}
    Plain(const Plain&) = delete;
    Plain& operator=(const Plain&) = delete;
    ~Plain() { ballot::wipe(bytes_); }

    std::uint8_t* data() { return bytes_.data(); }
    ByteView view() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }

private:
    Bytes bytes_;
};

constexpr std::size_t seed_bytes = 32;
constexpr std::size_t share_fixed_bytes = 4 + 16 + 4 + 32 + 32; ///< with the length of the origin

std::size_t plain_size(const HeldKeys& keys)
{
    std::size_t size = seed_bytes + 4;
    for (const auto& share : keys.shares)
        size += share_fixed_bytes + share.origin.size();
    return size;
}

/// seed | u32 shares | for each: u32 length, origin | meeting | u32 attempt | key_holders | share.
void put_plain(const HeldKeys& keys, Plain& plain)
{
    auto* at = plain.data();
    const auto put = [&](ByteView bytes) { at = std::ranges::copy(bytes, at).out; };
    const auto put_u32 = [&](std::size_t value) {
        Writer writer;
        writer.u32(static_cast<std::uint32_t>(value));
        put(writer.bytes());
    };
    put(keys.seed.reveal());
    put_u32(keys.shares.size());
    for (const auto& share : keys.shares) {
        put_u32(share.origin.size());
        put(bytes_of(share.origin));
        put(share.meeting);
        put_u32(share.attempt);
        put(share.key_holders.view());
        put(share.share.reveal());
    }
}

void take(Reader& reader, std::span<std::uint8_t> out)
{
    const auto bytes = reader.raw(out.size());
    std::ranges::copy(bytes, out.begin());
}

Result<HeldKeys> keys_of(ByteView plain)
{
    Reader reader(plain);
    HeldKeys keys;
    take(reader, keys.seed.fill());
    const auto shares = reader.u32();
    if (shares > shares_max) return fault(Fault::malformed);
    for (std::uint32_t i = 0; i < shares && reader.ok(); ++i) {
        HeldShare share;
        share.origin = text_of(reader.raw(reader.u32()));
        take(reader, share.meeting);
        share.attempt = reader.u32();
        take(reader, share.key_holders.bytes);
        take(reader, share.share.fill());
        keys.shares.push_back(std::move(share));
    }
    if (!reader.ok() || !reader.at_end()) return fault(Fault::malformed);
    return keys;
}

struct Costs {
    std::uint64_t passes = crypto_pwhash_OPSLIMIT_MODERATE;
    std::uint64_t memory_bytes = crypto_pwhash_MEMLIMIT_MODERATE;
};

Result<ballot::Secret<32>> key_from(std::string_view passphrase, ByteView salt, const Costs& costs)
{
    ballot::Secret<32> key;
    const int code =
        crypto_pwhash(key.fill().data(), 32, passphrase.data(), passphrase.size(), salt.data(), costs.passes,
                      static_cast<std::size_t>(costs.memory_bytes), crypto_pwhash_ALG_ARGON2ID13);
    if (code != 0) return fault(Fault::io_error); // No memory for it.
    return key;
}

/// domain | u64 passes | u64 memory | salt | nonce: all of it bound to the cipher text.
Result<Bytes> seal(const HeldKeys& keys, std::string_view passphrase)
{
    const Costs costs;
    Bytes random(salt_bytes + nonce_bytes);
    randombytes_buf(random.data(), random.size());
    Writer head;
    head.raw(domain);
    head.u64(costs.passes);
    head.u64(costs.memory_bytes);
    head.raw(random);
    const auto key = key_from(passphrase, ByteView(random).first(salt_bytes), costs);
    if (!key) return key.error();
    Plain plain(plain_size(keys));
    put_plain(keys, plain);
    Bytes file = head.bytes();
    file.resize(file.size() + plain.size() + tag_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(file.data() + head.size(), nullptr, plain.data(), plain.size(),
                                               head.bytes().data(), head.size(), nullptr,
                                               random.data() + salt_bytes, key->reveal().data());
    return file;
}

Result<HeldKeys> unseal(ByteView file, std::string_view passphrase)
{
    Reader reader(file);
    const auto said = reader.raw(domain.size());
    Costs costs;
    costs.passes = reader.u64();
    costs.memory_bytes = reader.u64();
    const auto salt = reader.raw(salt_bytes);
    const auto nonce = reader.raw(nonce_bytes);
    const bool fits = reader.ok() && text_of(said) == domain && reader.rest().size() > tag_bytes &&
                      costs.passes >= crypto_pwhash_OPSLIMIT_MIN && costs.passes <= passes_max &&
                      costs.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN &&
                      costs.memory_bytes <= memory_bytes_max;
    if (!fits) return fault(Fault::malformed);
    const auto key = key_from(passphrase, salt, costs);
    if (!key) return key.error();
    const auto cipher = reader.rest();
    const auto head = file.first(file.size() - cipher.size());
    Plain plain(cipher.size() - tag_bytes);
    const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, cipher.data(),
                                                                cipher.size(), head.data(), head.size(),
                                                                nonce.data(), key->reveal().data());
    if (code != 0) return fault(Fault::bad_proof);
    return keys_of(plain.view());
}

/// A descriptor that is closed whatever happens.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

bool write_all(int descriptor, ByteView bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

/// The folder's entry for the file is durable too.
bool sync_folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.number() >= 0 && ::fsync(descriptor.number()) == 0;
}

Result<void> write_new(const std::string& path, ByteView bytes)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number() < 0) return fault(errno == EEXIST ? Fault::in_use : Fault::io_error);
    if (!write_all(file.number(), bytes)) {
        ::unlink(path.c_str());
        return fault(Fault::not_durable);
    }
    return {};
}

} // namespace

Result<void> KeyFile::create(const HeldKeys& keys, std::string_view passphrase) const
{
    const auto sealed = seal(keys, passphrase);
    if (!sealed) return sealed.error();
    if (auto written = write_new(path_, *sealed); !written) return written;
    if (!sync_folder_of(path_)) return fault(Fault::not_durable);
    return {};
}

Result<void> KeyFile::replace(const HeldKeys& keys, std::string_view passphrase) const
{
    const auto sealed = seal(keys, passphrase);
    if (!sealed) return sealed.error();
    const auto beside = path_ + ".new";
    ::unlink(beside.c_str());
    if (auto written = write_new(beside, *sealed); !written) return written;
    if (::rename(beside.c_str(), path_.c_str()) != 0 || !sync_folder_of(path_))
        return fault(Fault::not_durable);
    return {};
}

Result<HeldKeys> KeyFile::open(std::string_view passphrase) const
{
    const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return fault(errno == ENOENT ? Fault::not_found : Fault::io_error);
    Bytes bytes(file_bytes_max + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fault(Fault::io_error);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > file_bytes_max) return fault(Fault::malformed);
    return unseal(ByteView(bytes).first(size), passphrase);
}

HeldKeys make_keys()
{
    HeldKeys keys;
    randombytes_buf(keys.seed.fill().data(), keys.seed.size);
    return keys;
}

} // namespace plenum::trustee
