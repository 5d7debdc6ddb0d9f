#include "clients/trustee/key_file.hpp"

#include "clients/trustee/durable_file.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::trustee {
namespace {

constexpr std::string_view domain_v1 = "plenum/key-file/v1";
constexpr std::string_view domain_v2 = "plenum/key-file/v2";
constexpr std::string_view domain_v3 = "plenum/key-file/v3";
constexpr std::string_view domain = "plenum/key-file/v4";
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint64_t memory_bytes_max = std::uint64_t{1} << 30; ///< of a file that asks for more: refused
constexpr std::uint64_t passes_max = 16;
constexpr std::size_t key_file_bytes_max = 16 * 1024 * 1024;
constexpr std::size_t shares_max = 100;
constexpr std::size_t given_max = 10'000;

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
constexpr std::size_t share_fixed_bytes = 4 + 16 + 4 + 32 + 8 + 32; ///< with the length of the origin
/// With the lengths of what has none of its own.
constexpr std::size_t given_fixed_bytes = 16 + 32 + 32 + 16 + 4 + 1 + 4 + 4 + 4 + 8 + 32 + 8 + 4;

std::size_t plain_size(const HeldKeys& keys)
{
    std::size_t size = seed_bytes + 8 + 4 + 4;
    for (const auto& share : keys.shares)
        size += share_fixed_bytes + share.origin.size();
    for (const auto& [vote, entry] : keys.given.entries())
        size += given_fixed_bytes + entry.statement.size() + entry.share.size() + entry.origin.size() +
                entry.cosignature.signature.size();
    return size;
}

/// Appends to secret bytes without leaving copies of them behind.
class PlainWriter {
public:
    explicit PlainWriter(Plain& plain) : at_(plain.data()) {}

    void raw(ByteView bytes) { at_ = std::ranges::copy(bytes, at_).out; }
    void u32(std::size_t value)
    {
        Writer writer;
        writer.u32(static_cast<std::uint32_t>(value));
        raw(writer.bytes());
    }
    void u64(std::uint64_t value)
    {
        Writer writer;
        writer.u64(value);
        raw(writer.bytes());
    }

private:
    std::uint8_t* at_;
};

/// seed | u64 writes | u32 shares | for each: u32 length, origin | meeting | u32 attempt | key_holders |
/// u64 refused_before | share | u32 given | for each: vote | box root | question | first attempt |
/// u32 confirmed | u8 overridden | u32 length, statement | u32 length, share, both as they were sent |
/// u32 length, origin of what was cosigned | u64 size | root | u64 time_s | u32 length, cosignature.
void put_plain(const HeldKeys& keys, Plain& plain)
{
    PlainWriter out(plain);
    out.raw(keys.seed.reveal());
    out.u64(keys.writes);
    out.u32(keys.shares.size());
    for (const auto& share : keys.shares) {
        out.u32(share.origin.size());
        out.raw(bytes_of(share.origin));
        out.raw(share.meeting);
        out.u32(share.attempt);
        out.raw(share.key_holders.view());
        out.u64(share.refused_before);
        out.raw(share.share.reveal());
    }
    out.u32(keys.given.size());
    for (const auto& [vote, entry] : keys.given.entries()) {
        out.raw(entry.vote);
        out.raw(entry.box_root.view());
        out.raw(entry.question.view());
        out.raw(entry.first);
        out.u32(entry.confirmed);
        const std::uint8_t overridden = entry.overridden ? 1 : 0;
        out.raw({&overridden, 1});
        for (const auto* sent : {&entry.statement, &entry.share}) {
            out.u32(sent->size());
            out.raw(*sent);
        }
        const auto& [size, root, time_s, signature] = entry.cosignature;
        out.u32(entry.origin.size());
        out.raw(bytes_of(entry.origin));
        out.u64(size);
        out.raw(root.view());
        out.u64(time_s);
        out.u32(signature.size());
        out.raw(signature);
    }
}

void take(Reader& reader, std::span<std::uint8_t> out)
{
    const auto bytes = reader.raw(out.size());
    std::ranges::copy(bytes, out.begin());
}

/// The version a file says it has.
enum class Version { first, second, third, fourth };

std::optional<Version> version_of(std::string_view said)
{
    if (said == domain) return Version::fourth;
    if (said == domain_v3) return Version::third;
    if (said == domain_v2) return Version::second;
    if (said == domain_v1) return Version::first;
    return std::nullopt;
}

void take_cosigned(Reader& reader, ballot::DecryptionLedger::Entry& entry)
{
    auto& [size, root, time_s, signature] = entry.cosignature;
    entry.origin = text_of(reader.raw(reader.u32()));
    size = reader.u64();
    take(reader, root.bytes);
    time_s = reader.u64();
    const auto bytes = reader.raw(reader.u32());
    signature.assign(bytes.begin(), bytes.end());
}

bool take_given(Reader& reader, Version version, ballot::DecryptionLedger& given)
{
    const auto count = reader.u32();
    if (count > given_max) return false;
    for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
        ballot::DecryptionLedger::Entry entry;
        take(reader, entry.vote);
        take(reader, entry.box_root.bytes);
        if (version >= Version::third) {
            take(reader, entry.question.bytes);
            take(reader, entry.first);
        }
        entry.confirmed = reader.u32();
        entry.overridden = reader.u8() != 0;
        for (auto* sent : {&entry.statement, &entry.share}) {
            const auto bytes = reader.raw(reader.u32());
            sent->assign(bytes.begin(), bytes.end());
        }
        if (version >= Version::fourth) take_cosigned(reader, entry);
        if (!given.add(std::move(entry))) return false;
    }
    return true;
}

Result<HeldKeys> keys_of(ByteView plain, Version version)
{
    const bool is_v1 = version == Version::first;
    Reader reader(plain);
    HeldKeys keys;
    take(reader, keys.seed.fill());
    if (!is_v1) keys.writes = reader.u64();
    const auto shares = reader.u32();
    if (shares > shares_max) return fault(Fault::malformed);
    for (std::uint32_t i = 0; i < shares && reader.ok(); ++i) {
        HeldShare share;
        share.origin = text_of(reader.raw(reader.u32()));
        take(reader, share.meeting);
        share.attempt = reader.u32();
        take(reader, share.key_holders.bytes);
        if (!is_v1) share.refused_before = reader.u64();
        take(reader, share.share.fill());
        keys.shares.push_back(std::move(share));
    }
    if (!is_v1 && !take_given(reader, version, keys.given)) return fault(Fault::malformed);
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
    const auto version = version_of(text_of(said));
    const bool fits = reader.ok() && version && reader.rest().size() > tag_bytes &&
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
    return keys_of(plain.view(), *version);
}

} // namespace

bool HeldShare::is_erased() const
{
    const auto bytes = share.reveal();
    return sodium_is_zero(bytes.data(), bytes.size()) == 1;
}

Result<void> KeyFile::create(const HeldKeys& keys, std::string_view passphrase) const
{
    const auto sealed = seal(keys, passphrase);
    if (!sealed) return sealed.error();
    return create_file(path_, *sealed);
}

Result<void> KeyFile::replace(const HeldKeys& keys, std::string_view passphrase) const
{
    const auto sealed = seal(keys, passphrase);
    if (!sealed) return sealed.error();
    return replace_file(path_, *sealed);
}

Result<HeldKeys> KeyFile::open(std::string_view passphrase) const
{
    const auto bytes = read_file(path_, key_file_bytes_max);
    if (!bytes) return bytes.error();
    return unseal(*bytes, passphrase);
}

HeldKeys make_keys()
{
    HeldKeys keys;
    randombytes_buf(keys.seed.fill().data(), keys.seed.size);
    return keys;
}

} // namespace plenum::trustee
