#pragma once

#include "protocol/bytes.hpp"
#include "protocol/digest.hpp"

#include <functional>

namespace plenum::journal {

/// Where a log stands: how many entries, their root, the last frame, and who may write.
struct Head {
    std::uint64_t size = 0;
    Digest root;
    Digest last_frame;
    std::uint64_t epoch = 0;
    std::uint64_t wall_ms = 0;
    std::string checkpoint; ///< signed note for (size, root)
};

/// The entries of one commit group, in order, and the sealed records that ride with them. One command's
/// entries are never split over two groups. `entries` is never empty: a group with sealed records has a
/// box.frame entry.
struct Group {
    std::uint64_t first = 0;
    std::uint64_t wall_ms = 0;
    std::vector<std::string> entries;
    std::vector<Bytes> sealed;

    std::size_t bytes() const;
};

/// What a box.frame entry says of its group: SHA-256 of the sealed section of its frame
/// (docs/journal_format.md).
Digest sealed_section_digest(const std::vector<Bytes>& sealed);

inline constexpr std::size_t group_entries_max = 1'000;
inline constexpr std::size_t group_bytes_max = 512 * 1024;

/// The only truth: an append-only log that is durable when append_group returns. Used by one thread at a
/// time. Implementations: SegmentStore (files) and, in tests, a simulated disk.
class JournalStore {
public:
    virtual ~JournalStore() = default;

    /// Begins a new epoch: afterwards only this process may append. Returns the head found.
    virtual Result<Head> claim() = 0;

    /// Durable when it returns, whole or not at all. Any fault but disk_full means the process must stop
    /// (exit 70) without retrying; disk_full means nothing was written.
    virtual Result<Head> append_group(const Group& group) = 0;

    /// Hands out the entries from `first` on, in order, until the head or until `take` answers false.
    virtual Result<void>
    read_from(std::uint64_t first,
              const std::function<bool(std::uint64_t seq, std::string_view entry)>& take) = 0;

    /// Hands out the sealed records of every group that has some and whose entries reach `first` or beyond,
    /// in order, with the number of its first entry, until the head or until `take` answers false.
    virtual Result<void> read_sealed(
        std::uint64_t first,
        const std::function<bool(std::uint64_t first_entry, const std::vector<Bytes>& sealed)>& take) = 0;

    virtual const Head& head() const = 0;

    /// Bytes that may still be appended before the disk is full. Below the reserve no new vote may be opened.
    virtual std::uint64_t room_bytes() const = 0;
};

} // namespace plenum::journal
