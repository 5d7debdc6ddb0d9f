#pragma once

#include "protocol/ballot/share.hpp"
#include "protocol/note.hpp"
#include "protocol/record_id.hpp"

#include <optional>
#include <string>

namespace plenum::trustee {

/// What a key holder's device keeps for one meeting: its share x_i and what it belongs to.
struct HeldShare {
    std::string origin; ///< of the log
    RecordId meeting{};
    std::uint32_t attempt = 0;
    Digest key_holders; ///< the holders and their keys, as people compared them
    /// Votes prepared before this entry of the log are refused: the file came back from a backup, which may
    /// not know what was given for them. 0 for a file that never was one.
    std::uint64_t refused_before = 0;
    ballot::Secret<32> share; ///< all zeros: erased, and that is still to be told to the server

    /// In `refused_before`, until the log's length is known: every vote is refused.
    static constexpr std::uint64_t refused_all = ~std::uint64_t{0};

    bool is_erased() const;
    void erase() { ballot::wipe(share.fill()); }
};

/// The secrets of one key holder: the seed of the key he or she signs by, and the shares of meetings not yet
/// over; and what was given with them. Lives in memory only as long as the program runs.
struct HeldKeys {
    ballot::Secret<32> seed;
    std::vector<HeldShare> shares;
    ballot::DecryptionLedger given;
    std::uint64_t writes = 0; ///< of the file so far: one that has fewer than the device saw is an old one

    SigningKey signing_key() const { return SigningKey(seed.reveal()); }
};

/// A file of HeldKeys sealed under a passphrase: Argon2id (libsodium, interactive limits and above:
/// `opslimit` and `memlimit` stand in the file) and XChaCha20-Poly1305. Written to a new file, synced and
/// renamed, so that a crash leaves the old one or the new one. Writes version 4; version 3, whose ledger did
/// not say what was cosigned, version 2, which did not say what was asked either, and version 1, which had
/// none, are read.
class KeyFile {
public:
    explicit KeyFile(std::string path) : path_(std::move(path)) {}

    /// Fault::in_use when the file is there already: a key is never overwritten.
    Result<void> create(const HeldKeys& keys, std::string_view passphrase) const;
    /// Fault::bad_proof when the passphrase does not open it, Fault::malformed when it is no key file.
    Result<HeldKeys> open(std::string_view passphrase) const;
    /// Puts these in the place of what it held.
    Result<void> replace(const HeldKeys& keys, std::string_view passphrase) const;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// New keys, from the operating system's randomness.
HeldKeys make_keys();

} // namespace plenum::trustee
