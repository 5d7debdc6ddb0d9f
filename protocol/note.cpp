// Signed notes and checkpoints, byte for byte as C2SP signed-note, tlog-checkpoint and
// golang.org/x/mod/sumdb/note have them, so that programs which know nothing of plenum can check a log.
#include "protocol/note.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace plenum {
namespace {

constexpr std::uint8_t ed25519_algorithm = 0x01;
constexpr std::string_view signature_prefix = "\u2014 "; // em dash, space
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t signature_lines_max = 100;
constexpr std::size_t note_bytes_max = 1'000'000;

/// Every character with the Unicode property White_Space beyond ASCII, as UTF-8.
constexpr std::string_view wide_spaces[] = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

bool is_key_name(std::string_view name)
{
    if (name.empty() || !is_utf8(name)) return false;
    // Control characters are not spaces to Unicode, but no note that carries one can be opened.
    const auto forbidden = [](char c) { return (c >= '\0' && c <= ' ') || c == '+'; };
    if (std::any_of(name.begin(), name.end(), forbidden)) return false;
    const auto holds = [&](std::string_view space) { return name.find(space) != std::string_view::npos; };
    return std::none_of(std::begin(wide_spaces), std::end(wide_spaces), holds);
}

bool is_note_text(std::string_view text)
{
    const auto forbidden = [](char c) { return c >= '\0' && c < ' ' && c != '\n'; };
    return is_utf8(text) && std::none_of(text.begin(), text.end(), forbidden);
}

/// What stands before the first `separator`; `text` keeps what stands after it. Nothing when there is none.
std::optional<std::string_view> take_until(std::string_view& text, char separator)
{
    const auto at = text.find(separator);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(at + 1);
    return taken;
}

std::uint32_t big_endian_u32(ByteView bytes)
{
    Reader reader(bytes);
    const std::uint32_t high = reader.u16_be();
    return high << 16 | reader.u16_be();
}

void write_u32_be(Writer& writer, std::uint32_t value)
{
    writer.u16_be(static_cast<std::uint16_t>(value >> 16));
    writer.u16_be(static_cast<std::uint16_t>(value & 0xFFFF));
}

std::uint32_t key_id_of(const std::string& name, std::span<const std::uint8_t, 32> public_key)
{
    Writer hashed;
    hashed.raw(name);
    hashed.u8('\n');
    hashed.u8(ed25519_algorithm);
    hashed.raw(public_key);
    return big_endian_u32(ByteView(sha256(hashed.bytes()).bytes).first(key_id_bytes));
}

struct SignatureLine {
    std::string_view name;
    std::uint32_t key_id = 0;
    Bytes signature;
};

Result<SignatureLine> signature_from_line(std::string_view line)
{
    if (!line.starts_with(signature_prefix)) return fault(Fault::malformed);
    line.remove_prefix(signature_prefix.size());
    const auto name = take_until(line, ' ');
    if (!name || !is_key_name(*name)) return fault(Fault::malformed);
    const auto bytes = from_base64(line);
    if (!bytes) return bytes.error();
    if (bytes->size() <= key_id_bytes) return fault(Fault::malformed);
    const ByteView key_id = ByteView(*bytes).first(key_id_bytes);
    return SignatureLine{*name, big_endian_u32(key_id), Bytes(bytes->begin() + key_id_bytes, bytes->end())};
}

Result<std::uint64_t> decimal(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) return fault(Fault::out_of_range);
    if (error != std::errc{} || end != text.data() + text.size()) return fault(Fault::malformed);
    if (text.size() > 1 && text.front() == '0') return fault(Fault::not_canonical);
    return value;
}

} // namespace

SigningKey::SigningKey(std::span<const std::uint8_t, 32> seed)
{
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_key;
    crypto_sign_seed_keypair(public_key.data(), secret_.data(), seed.data());
}

SigningKey::SigningKey(SigningKey&& other) noexcept : secret_(other.secret_)
{
    sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept
{
    if (this != &other) {
        secret_ = other.secret_;
        sodium_memzero(other.secret_.data(), other.secret_.size());
    }
    return *this;
}

SigningKey::~SigningKey()
{
    sodium_memzero(secret_.data(), secret_.size());
}

std::array<std::uint8_t, 64> SigningKey::sign(ByteView message) const
{
    PLENUM_ASSERT(!sodium_is_zero(secret_.data(), secret_.size())); // moved from
    std::array<std::uint8_t, 64> signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
    return signature;
}

std::array<std::uint8_t, 32> SigningKey::public_key() const
{
    PLENUM_ASSERT(!sodium_is_zero(secret_.data(), secret_.size()));
    std::array<std::uint8_t, 32> public_key;
    crypto_sign_ed25519_sk_to_pk(public_key.data(), secret_.data());
    return public_key;
}

bool verify_ed25519(ByteView message, std::span<const std::uint8_t, 64> signature,
                    std::span<const std::uint8_t, 32> public_key)
{
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) ==
           0;
}

NoteVerifier note_verifier(std::string name, std::span<const std::uint8_t, 32> public_key)
{
    PLENUM_ASSERT(is_key_name(name));
    NoteVerifier verifier;
    verifier.key_id = key_id_of(name, public_key);
    verifier.name = std::move(name);
    std::copy(public_key.begin(), public_key.end(), verifier.public_key.begin());
    return verifier;
}

std::string to_vkey(const NoteVerifier& verifier)
{
    Writer key_id;
    write_u32_be(key_id, verifier.key_id);
    Writer key;
    key.u8(ed25519_algorithm);
    key.raw(verifier.public_key);
    return verifier.name + "+" + to_hex(key_id.bytes()) + "+" + to_base64(key.bytes());
}

Result<NoteVerifier> verifier_from_vkey(std::string_view text)
{
    const auto name = take_until(text, '+');
    if (!name || !is_key_name(*name)) return fault(Fault::malformed);
    const auto key_id_hex = take_until(text, '+');
    if (!key_id_hex) return fault(Fault::malformed);
    const auto key_id = from_hex(*key_id_hex);
    if (!key_id) return key_id.error();
    const auto key = from_base64(text); // whose alphabet has a plus sign of its own
    if (!key) return key.error();
    if (key_id->size() != key_id_bytes || key->empty()) return fault(Fault::malformed);
    if (key->front() != ed25519_algorithm) return fault(Fault::unsupported);
    if (key->size() != 1 + crypto_sign_PUBLICKEYBYTES) return fault(Fault::malformed);
    const auto public_key = std::span(*key).subspan<1, crypto_sign_PUBLICKEYBYTES>();
    NoteVerifier verifier = note_verifier(std::string(*name), public_key);
    if (verifier.key_id != big_endian_u32(*key_id)) return fault(Fault::bad_digest);
    return verifier;
}

std::string sign_note(std::string_view text, const std::string& name, const SigningKey& key)
{
    PLENUM_ASSERT(text.ends_with('\n') && is_note_text(text) && is_key_name(name));
    Writer signature;
    write_u32_be(signature, key_id_of(name, key.public_key()));
    signature.raw(key.sign(bytes_of(text)));
    std::string note(text);
    note += '\n';
    note += signature_prefix;
    note += name + " " + to_base64(signature.bytes()) + "\n";
    return note;
}

Result<std::string> open_note(std::string_view note, const NoteVerifier& verifier)
{
    if (note.size() > note_bytes_max) return fault(Fault::out_of_range);
    if (!is_note_text(note) || !note.ends_with('\n')) return fault(Fault::malformed);
    const auto blank = note.rfind("\n\n"); // the text itself may hold blank lines
    if (blank == std::string_view::npos) return fault(Fault::malformed);
    const std::string_view text = note.substr(0, blank + 1);
    std::string_view rest = note.substr(blank + 2);
    bool is_signed = false;
    for (std::size_t lines = 0; !rest.empty(); ++lines) {
        if (lines == signature_lines_max) return fault(Fault::out_of_range);
        const auto line = signature_from_line(*take_until(rest, '\n'));
        if (!line) return line.error();
        if (line->name != verifier.name || line->key_id != verifier.key_id) continue;
        if (line->signature.size() != crypto_sign_BYTES) return fault(Fault::bad_signature);
        const auto signature = std::span(line->signature).first<crypto_sign_BYTES>();
        if (!verify_ed25519(bytes_of(text), signature, verifier.public_key))
            return fault(Fault::bad_signature);
        is_signed = true;
    }
    if (!is_signed) return fault(Fault::bad_signature);
    return std::string(text);
}

std::string to_text(const Checkpoint& checkpoint)
{
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
           to_base64(checkpoint.root.view()) + "\n";
}

Result<Checkpoint> checkpoint_from_text(std::string_view text)
{
    const auto origin = take_until(text, '\n');
    const auto size_text = take_until(text, '\n');
    const auto root_text = take_until(text, '\n');
    if (!origin || !size_text || !root_text || !text.empty()) return fault(Fault::malformed);
    if (!is_key_name(*origin)) return fault(Fault::malformed);
    const auto size = decimal(*size_text);
    if (!size) return size.error();
    const auto root_bytes = from_base64(*root_text);
    if (!root_bytes) return root_bytes.error();
    const auto root = digest_from_bytes(*root_bytes);
    if (!root) return root.error();
    return Checkpoint{std::string(*origin), *size, *root};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key)
{
    return sign_note(to_text(checkpoint), checkpoint.origin, key);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const NoteVerifier& verifier)
{
    const auto text = open_note(note, verifier);
    if (!text) return text.error();
    auto checkpoint = checkpoint_from_text(*text);
    // A key signs one log only: its own name is the origin.
    if (checkpoint && checkpoint->origin != verifier.name) return fault(Fault::malformed);
    return checkpoint;
}

} // namespace plenum
