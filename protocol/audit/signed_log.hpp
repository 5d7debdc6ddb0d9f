#pragma once

#include "protocol/audit/bundle.hpp"
#include "protocol/ballot/secret.hpp"
#include "protocol/merkle.hpp"
#include "protocol/note.hpp"

#include <set>

namespace plenum::audit {

/// What an auditor brings along, so that a bundle is not only judged by what it says about itself.
struct Trust {
    std::optional<std::string> vkey; ///< the log's key as published elsewhere
    std::optional<std::string> seen; ///< a signed checkpoint of the log kept from before
    /// Nobody who made the bundle could foretell it: with it the ballots of a secret vote are checked many at
    /// once. Without, each is checked by itself, which takes ten times as long. Owned by the caller.
    ballot::Randomness* randomness = nullptr;
};

/// A log taken out of a bundle. Views point into the bundle, which must outlive it.
struct SignedLog {
    Manifest manifest;
    NoteVerifier key;
    std::string_view note; ///< the newest signed checkpoint
    Checkpoint checkpoint;
    std::vector<std::string_view> entries;
    MerkleTree tree;
};

/// Takes the log out of a bundle and checks everything about it but the meaning of its entries: files, key,
/// signatures of all checkpoints, tiles, roots. Nothing when so much is wrong that there is no log to speak
/// of; `findings` says why.
std::optional<SignedLog> read_signed_log(const Bundle& bundle, const Trust& trust, Findings& findings);

/// Files that neither the log nor its entries ask for. `blobs` are the digests the entries name in a bundle
/// of this kind: in a public one no blob of auditors'.
void check_nothing_else(const Bundle& bundle, const SignedLog& log, const std::set<Digest>& blobs,
                        Findings& findings);

} // namespace plenum::audit
