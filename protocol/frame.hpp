#pragma once

#include "protocol/digest.hpp"

namespace plenum {

/// One commit group as bytes (docs/journal_format.md). Entries are public leaves; sealed records are
/// encrypted ballots that become durable in the same write. NOTE: the layout is for ever.
struct Frame {
    std::uint64_t first = 0;   ///< sequence number of the first entry
    std::uint64_t epoch = 0;   ///< which claim of leadership wrote it
    std::uint64_t wall_ms = 0; ///< milliseconds UTC, not decreasing from frame to frame
    Digest previous;           ///< hash of the frame before; zeros for the first frame of a log
    std::vector<std::string> entries;
    std::vector<Bytes> sealed;
    Digest root;      ///< of the log up to and including this frame
    std::string note; ///< signed checkpoint for `root`

    bool operator==(const Frame&) const = default;
};

inline constexpr std::size_t frame_alignment = 4096;
inline constexpr std::size_t frame_header_bytes = 96;
inline constexpr std::size_t entry_bytes_max = 65'535;

/// A frame with its trailing BLAKE2b-256 hash, padded with zeros to frame_alignment, and that hash.
struct EncodedFrame {
    Bytes bytes;
    Digest hash;
};

/// Entries and sealed records are at most entry_bytes_max each; more is a bug, and aborts.
EncodedFrame encode_frame(const Frame& frame);

/// What decode_frame read, the hash it verified and the aligned length it took.
struct DecodedFrame {
    Frame frame;
    Digest hash;
    std::size_t aligned_bytes = 0;
};

/// Reads one frame from the start of `bytes`. Fault::truncated when the bytes end first, Fault::malformed
/// when this is no frame, Fault::bad_digest when it is one but damaged. Padding must be zeros.
Result<DecodedFrame> decode_frame(ByteView bytes);

} // namespace plenum
