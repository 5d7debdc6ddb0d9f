#include "server/journal/keys.hpp"

#include <sodium.h>

namespace plenum::journal {
namespace {

constexpr const char* key_name = "log.key";
constexpr const char* vkey_name = "log.vkey";
constexpr std::size_t seed_bytes = 32;

/// Zeroes whatever holds a secret, on every way out.
template <class Container>
class Wiped {
public:
    explicit Wiped(Container& secret) : secret_(secret) {}
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { sodium_memzero(secret_.data(), secret_.size()); }

private:
    Container& secret_;
};

Result<void> write_vkey(Directory& keys, const std::string& origin, const SigningKey& key)
{
    const std::string text = to_vkey(note_verifier(origin, key.public_key())) + "\n";
    return replace_file(keys, vkey_name, bytes_of(text));
}

Result<NoteVerifier> read_vkey(Directory& keys)
{
    const auto content = read_file(keys, vkey_name);
    if (!content) return content.error();
    std::string_view text = text_of(*content);
    if (!text.ends_with('\n')) return fault(Fault::malformed);
    text.remove_suffix(1);
    return verifier_from_vkey(text);
}

} // namespace

Result<SigningKey> create_log_key(Directory& data, const std::string& origin)
{
    auto keys = data.make_directory("keys");
    if (!keys) return keys.error();
    const auto there = (*keys)->open(key_name);
    if (there) return fault(Fault::in_use);
    if (there.error() != fault(Fault::not_found)) return there.error();

    std::array<std::uint8_t, seed_bytes> seed{};
    const Wiped wipe_seed(seed);
    randombytes_buf(seed.data(), seed.size());
    std::string text = to_base64(seed) + "\n";
    const Wiped wipe_text(text);
    SigningKey key(seed);
    if (auto written = replace_file(**keys, key_name, bytes_of(text)); !written) return written.error();
    if (auto written = write_vkey(**keys, origin, key); !written) return written.error();
    return key;
}

Result<SigningKey> load_log_key(Directory& data, const std::string& origin)
{
    auto keys = data.open_directory("keys");
    if (!keys) return keys.error();
    auto content = read_file(**keys, key_name);
    if (!content) return content.error();
    const Wiped wipe_content(*content);
    std::string_view text = text_of(*content);
    if (!text.ends_with('\n')) return fault(Fault::malformed);
    text.remove_suffix(1);
    auto seed = from_base64(text);
    if (!seed) return fault(Fault::malformed);
    const Wiped wipe_seed(*seed);
    if (seed->size() != seed_bytes) return fault(Fault::malformed);
    SigningKey key{std::span(*seed).first<seed_bytes>()};

    const auto vkey = read_vkey(**keys);
    if (!vkey && vkey.error() == fault(Fault::not_found)) {
        if (auto written = write_vkey(**keys, origin, key); !written) return written.error();
    } else if (!vkey) {
        return vkey.error();
    } else if (*vkey != note_verifier(origin, key.public_key())) {
        return fault(Fault::bad_signature);
    }
    return key;
}

Result<NoteVerifier> load_log_vkey(Directory& data)
{
    auto keys = data.open_directory("keys");
    if (!keys) return keys.error();
    return read_vkey(**keys);
}

} // namespace plenum::journal
