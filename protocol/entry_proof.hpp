#pragma once

#include "protocol/note.hpp"

namespace plenum {

/// C2SP tlog-proof: one entry, the checkpoint it is under and the way from one to the other, in one text that
/// can be checked without the log. The `extra` line carries the entry's bytes, so that nothing else is
/// needed; they are believed only because their hash leads to the signed root.
struct EntryProof {
    std::string entry;
    std::uint64_t index = 0;
    std::vector<Digest> hashes; ///< RFC 6962 2.1.1, from the leaf's sibling upwards
    std::string checkpoint;     ///< signed note

    bool operator==(const EntryProof&) const = default;
};

/// The text of a `.tlog-proof` file.
std::string encode_proof(const EntryProof& proof);

/// Refuses what encode_proof would not have written byte for byte, and proofs without the entry.
Result<EntryProof> decode_proof(std::string_view text);

/// The checkpoint the entry was proven to be under. Fault::bad_signature when it is not signed by `key`,
/// Fault::bad_proof when the entry does not lead to its root.
Result<Checkpoint> check_proof(const EntryProof& proof, const NoteVerifier& key);

} // namespace plenum
