#pragma once

#include "server/chamber/chamber.hpp"
#include "server/journal/blob_store.hpp"
#include "server/journal/checkpoints.hpp"
#include "server/journal/segment_store.hpp"

namespace plenum {

/// Everything one log keeps on disk, opened and locked: journal, documents, private values, published
/// checkpoints. docs/journal_format.md says what lies where.
struct DataDirectory {
    std::string path;
    std::unique_ptr<journal::Directory> root; ///< outlives what follows
    NoteVerifier verifier;
    journal::Recovery recovery;
    std::unique_ptr<journal::SegmentStore> store;
    std::unique_ptr<journal::BlobStore> blobs;
    std::unique_ptr<journal::BlobStore> auditors;
    std::unique_ptr<journal::PrivateStore> privates;
    std::unique_ptr<journal::PublishedCheckpoints> checkpoints;

    /// Looks a digest up in all stores; an erased private value is nothing.
    std::optional<std::string> find(const Digest& digest) const;
    Result<void> put(const chamber::NewBlob& blob);
    /// Where only auditors and key holders get at it.
    Result<void> put_for_auditors(const chamber::NewBlob& blob);
    /// Erases a private value for good; one that is not there costs nothing.
    Result<void> erase(const Digest& digest);
    /// Whether less than the reserve is left.
    bool is_low(std::uint64_t reserve_bytes) const { return store->room_bytes() < reserve_bytes; }
};

/// Free disk below which no new vote is opened and nothing new is stored; an open vote always finishes within
/// it.
inline constexpr std::uint64_t disk_reserve_mib_default = 128;
inline constexpr std::uint64_t mib_bytes = 1024 * 1024;

/// Why a directory cannot be used, in a sentence for the operator.
struct DataFault {
    Fault fault = Fault::io_error;
    std::string sentence;
};

/// Opens an existing data directory; another process having it is Fault::in_use.
boost::system::result<DataDirectory, DataFault> open_data_directory(const std::string& path);

/// Makes a new, empty one with its own key. Refuses a directory that holds a log already.
boost::system::result<DataDirectory, DataFault> create_data_directory(const std::string& path,
                                                                      const std::string& origin);

/// The server's clock and randomness.
std::uint64_t now_ms();
Seed random_seed();
void random_bytes(std::span<std::uint8_t> bytes);

} // namespace plenum
