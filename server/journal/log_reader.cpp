#include "server/journal/log_reader.hpp"

#include "protocol/frame.hpp"
#include "protocol/merkle.hpp"
#include "server/journal/segment.hpp"

namespace plenum::journal {
namespace {

using Take = std::function<void(std::uint64_t, std::string_view)>;

Result<Bytes> read_segment(Directory& segments, std::uint64_t number)
{
    auto file = segments.open(segment_name(number));
    if (!file) return file.error();
    const auto size = (*file)->size();
    if (!size) return size.error();
    Bytes bytes(static_cast<std::size_t>(*size));
    const auto count = (*file)->read(0, bytes);
    if (!count) return count.error();
    bytes.resize(*count);
    return bytes;
}

/// Follows the frames of one segment from `head` on; stops silently where they stop.
Result<void> follow(ByteView bytes, Head& head, MerkleFrontier& frontier, const Take& take)
{
    std::size_t at = segment_frames_begin;
    while (at < bytes.size()) {
        const auto decoded = decode_frame(bytes.subspan(at));
        if (!decoded) return {};
        const auto& frame = decoded->frame;
        if (frame.first != head.size || frame.previous != head.last_frame) return fault(Fault::corrupt);
        std::uint64_t seq = frame.first;
        for (const auto& entry : frame.entries) {
            frontier.append(leaf_hash(bytes_of(entry)));
            take(seq++, entry);
        }
        if (frontier.root() != frame.root) return fault(Fault::corrupt);
        head = {seq, frame.root, decoded->hash, frame.epoch, frame.wall_ms, frame.note};
        at += decoded->aligned_bytes;
    }
    return {};
}

} // namespace

Result<Head> read_log(Directory& segments, const NoteVerifier& log_key, const Take& take)
{
    Head head;
    head.root = empty_root();
    MerkleFrontier frontier;
    for (std::uint64_t number = 0;; ++number) {
        const auto bytes = read_segment(segments, number);
        if (!bytes && bytes.error() == fault(Fault::not_found) && number != 0) break;
        if (!bytes) return bytes.error();
        const auto superblock = read_superblocks(*bytes).newest;
        if (!superblock || superblock->first != head.size || superblock->previous != head.last_frame) {
            return fault(Fault::corrupt);
        }
        if (auto followed = follow(*bytes, head, frontier, take); !followed) return followed.error();
    }
    if (head.size == 0) return fault(Fault::not_found);
    const auto checkpoint = open_checkpoint(head.checkpoint, log_key);
    if (!checkpoint || checkpoint->size != head.size || checkpoint->root != head.root) {
        return fault(Fault::bad_signature);
    }
    return head;
}

} // namespace plenum::journal
