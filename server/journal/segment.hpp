#pragma once

#include "protocol/digest.hpp"
#include "server/journal/file.hpp"

#include <optional>

/// The bytes of one segment file (docs/journal_format.md): two copies of a superblock, then frames from
/// segment_frames_begin on, each aligned to frame_alignment, then zeros up to the end.
namespace plenum::journal {

inline constexpr std::size_t superblock_bytes = 4096;
inline constexpr std::uint64_t segment_frames_begin = 2 * superblock_bytes;
inline constexpr std::uint64_t segment_bytes_default = 64ull * 1024 * 1024;
inline constexpr std::size_t origin_bytes_max = 1024;

/// What a segment says of itself. NOTE: the layout is for ever.
struct Superblock {
    std::string origin;              ///< of the log, as in its checkpoints
    std::uint64_t number = 0;        ///< of the segment, from 0
    std::uint64_t first = 0;         ///< sequence number of the first entry that will stand in it
    std::uint64_t epoch = 0;         ///< the newest claim made while it was the last segment
    std::uint64_t segment_bytes = 0; ///< length of the file
    Digest previous;                 ///< hash of the last frame of the segment before
    Digest root;                     ///< of the log before the segment

    bool operator==(const Superblock&) const = default;
};

/// Exactly superblock_bytes, the last 32 of them the BLAKE2b-256 of the others.
Bytes encode_superblock(const Superblock& superblock);

/// Fault::bad_digest for anything damaged, Fault::unsupported for a later format.
Result<Superblock> decode_superblock(ByteView bytes);

/// The two copies at the start of a segment. They differ only while a claim is being written.
struct SuperblockPair {
    std::optional<Superblock> newest; ///< empty when neither copy can be read
    bool alike = false;               ///< both could be read and agree
};

/// From the start of a segment file of any length.
SuperblockPair read_superblocks(ByteView segment);

/// Both copies, one durable before the other is touched, so that a crash always leaves one.
Result<void> write_superblocks(File& file, const Superblock& superblock);

/// `00000012.seg`
std::string segment_name(std::uint64_t number);
/// The number of a segment's name; nothing for other names.
std::optional<std::uint64_t> segment_number(std::string_view name);

} // namespace plenum::journal
