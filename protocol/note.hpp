#pragma once

#include "protocol/digest.hpp"

#include <optional>

namespace plenum {

/// Ed25519 secret key of a log. Cannot be copied, printed or compared; zeroes itself.
class SigningKey {
public:
    /// From the 32-byte seed of RFC 8032; the caller wipes its own copy.
    explicit SigningKey(std::span<const std::uint8_t, 32> seed);
    SigningKey(SigningKey&& other) noexcept;
    SigningKey& operator=(SigningKey&& other) noexcept;
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    ~SigningKey();

    std::array<std::uint8_t, 64> sign(ByteView message) const;
    std::array<std::uint8_t, 32> public_key() const;

private:
    std::array<std::uint8_t, 64> secret_{};
};

/// RFC 8032, refusing small-order keys and second spellings of a signature as libsodium does.
bool verify_ed25519(ByteView message, std::span<const std::uint8_t, 64> signature,
                    std::span<const std::uint8_t, 32> public_key);

/// C2SP signed-note verifier key: `name+hex(key id)+base64(0x01 | public key)`.
struct NoteVerifier {
    std::string name;
    std::uint32_t key_id = 0; ///< first four bytes, big-endian, of SHA-256(name LF 0x01 public key)
    std::array<std::uint8_t, 32> public_key{};

    bool operator==(const NoteVerifier&) const = default;
};

/// The verifier of a key we know; the name must be one a note can carry (no spaces, no plus signs).
NoteVerifier note_verifier(std::string name, std::span<const std::uint8_t, 32> public_key);
/// Its spelling, without a line end.
std::string to_vkey(const NoteVerifier& verifier);
/// Refuses other key types, a wrong key id, and names with spaces or plus signs.
Result<NoteVerifier> verifier_from_vkey(std::string_view text);

/// C2SP signed note: `text` must end in a newline. The result is text, blank line, one signature line.
std::string sign_note(std::string_view text, const std::string& name, const SigningKey& key);

/// The signed text when the note carries a valid signature by `verifier`; signatures by others are ignored, a
/// bad one under our key id fails the note.
Result<std::string> open_note(std::string_view note, const NoteVerifier& verifier);

/// C2SP tlog-checkpoint: origin, size and root. Nothing else ever stands in it.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root;

    bool operator==(const Checkpoint&) const = default;
};

/// Three lines, as they are signed.
std::string to_text(const Checkpoint& checkpoint);
/// Only what to_text writes: no extension lines, no second spelling of a number or a hash.
Result<Checkpoint> checkpoint_from_text(std::string_view text);

/// Both steps at once; the note is signed under the origin as its name, and only such a note opens.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
Result<Checkpoint> open_checkpoint(std::string_view note, const NoteVerifier& verifier);

} // namespace plenum
