// The bytes of one commit group. NOTE: for ever; numbers are little-endian.
//
//   magic "PLNF" u32 | version u32 = 1 | first u64 | n u32 | entries_bytes u32 | sealed_n u32 | sealed_bytes
//   u32 | epoch u64 | wall_ms u64 | previous 32 | note_bytes u32 | zero u32 | zeros up to frame_header_bytes
//   entries: for each a big-endian u16 length and the bytes, as in a tlog-tiles entry bundle
//   sealed records: likewise
//   root 32 | note | BLAKE2b-256 of everything before | zeros up to frame_alignment
#include "protocol/frame.hpp"

#include "protocol/assert.hpp"

#include <algorithm>
#include <limits>

namespace plenum {
namespace {

constexpr std::uint32_t frame_magic = 0x464E4C50; // "PLNF" as bytes
constexpr std::uint32_t frame_version = 1;
constexpr std::size_t length_bytes = 2;

struct Header {
    std::uint64_t first = 0;
    std::uint32_t entries_count = 0;
    std::uint32_t entries_bytes = 0;
    std::uint32_t sealed_count = 0;
    std::uint32_t sealed_bytes = 0;
    std::uint64_t epoch = 0;
    std::uint64_t wall_ms = 0;
    ByteView previous;
    std::uint32_t note_bytes = 0;
    bool reserved_is_zero = false;

    /// Up to the trailing hash. Cannot overflow: three 32-bit numbers.
    std::uint64_t hashed_bytes() const
    {
        return frame_header_bytes + std::uint64_t{entries_bytes} + sealed_bytes + Digest::size + note_bytes;
    }
};

std::uint32_t as_u32(std::size_t value)
{
    PLENUM_ASSERT(value <= std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(value);
}

std::uint64_t aligned(std::uint64_t size)
{
    return (size + frame_alignment - 1) / frame_alignment * frame_alignment;
}

bool all_zero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

template <class Items>
std::size_t section_bytes(const Items& items)
{
    std::size_t size = 0;
    for (const auto& item : items)
        size += length_bytes + item.size();
    return size;
}

template <class Items>
void write_section(Writer& writer, const Items& items)
{
    for (const auto& item : items) {
        PLENUM_ASSERT(item.size() <= entry_bytes_max);
        writer.u16_be(static_cast<std::uint16_t>(item.size()));
        writer.raw(item);
    }
}

void write_header(Writer& writer, const Frame& frame)
{
    writer.u32(frame_magic);
    writer.u32(frame_version);
    writer.u64(frame.first);
    writer.u32(as_u32(frame.entries.size()));
    writer.u32(as_u32(section_bytes(frame.entries)));
    writer.u32(as_u32(frame.sealed.size()));
    writer.u32(as_u32(section_bytes(frame.sealed)));
    writer.u64(frame.epoch);
    writer.u64(frame.wall_ms);
    writer.raw(frame.previous.view());
    writer.u32(as_u32(frame.note.size()));
    writer.u32(0);
    writer.pad_to(frame_header_bytes);
}

Result<Header> read_header(ByteView bytes)
{
    Reader reader(bytes.first(std::min(bytes.size(), frame_header_bytes)));
    const std::uint32_t magic = reader.u32();
    if (reader.ok() && magic != frame_magic) return fault(Fault::malformed);
    const std::uint32_t version = reader.u32();
    if (reader.ok() && version != frame_version) return fault(Fault::unsupported);
    Header header;
    header.first = reader.u64();
    header.entries_count = reader.u32();
    header.entries_bytes = reader.u32();
    header.sealed_count = reader.u32();
    header.sealed_bytes = reader.u32();
    header.epoch = reader.u64();
    header.wall_ms = reader.u64();
    header.previous = reader.raw(Digest::size);
    header.note_bytes = reader.u32();
    header.reserved_is_zero = reader.u32() == 0 && all_zero(reader.rest());
    if (!reader.ok() || bytes.size() < frame_header_bytes) return fault(Fault::truncated);
    return header;
}

/// Exactly `count` items filling `section`; anything else is malformed. Grows only by what the bytes hold.
template <class Item>
Result<std::vector<Item>> read_section(ByteView section, std::uint32_t count)
{
    if (count > section.size() / length_bytes) return fault(Fault::malformed);
    std::vector<Item> items;
    items.reserve(count);
    Reader reader(section);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t length = reader.u16_be();
        const ByteView item = reader.raw(length);
        if (!reader.ok()) return fault(Fault::malformed);
        items.emplace_back(item.begin(), item.end());
    }
    if (!reader.at_end()) return fault(Fault::malformed);
    return items;
}

Result<Frame> read_frame(const Header& header, ByteView body)
{
    Reader reader(body);
    auto entries = read_section<std::string>(reader.raw(header.entries_bytes), header.entries_count);
    if (!entries) return entries.error();
    auto sealed = read_section<Bytes>(reader.raw(header.sealed_bytes), header.sealed_count);
    if (!sealed) return sealed.error();
    const auto previous = digest_from_bytes(header.previous);
    if (!previous) return previous.error();
    const auto root = digest_from_bytes(reader.raw(Digest::size));
    if (!root) return root.error();
    Frame frame;
    frame.first = header.first;
    frame.epoch = header.epoch;
    frame.wall_ms = header.wall_ms;
    frame.previous = *previous;
    frame.entries = std::move(*entries);
    frame.sealed = std::move(*sealed);
    frame.root = *root;
    frame.note = text_of(reader.raw(header.note_bytes));
    return frame;
}

} // namespace

EncodedFrame encode_frame(const Frame& frame)
{
    Writer writer;
    write_header(writer, frame);
    write_section(writer, frame.entries);
    write_section(writer, frame.sealed);
    writer.raw(frame.root.view());
    writer.raw(frame.note);
    const Digest hash = blake2b256(writer.bytes());
    writer.raw(hash.view());
    writer.pad_to(frame_alignment);
    return {writer.take(), hash};
}

Result<DecodedFrame> decode_frame(ByteView bytes)
{
    const auto header = read_header(bytes);
    if (!header) return header.error();
    const std::uint64_t hashed_bytes = header->hashed_bytes();
    const std::uint64_t aligned_bytes = aligned(hashed_bytes + Digest::size);
    if (aligned_bytes > bytes.size()) return fault(Fault::truncated);

    const ByteView hashed = bytes.first(hashed_bytes);
    const auto hash = digest_from_bytes(bytes.subspan(hashed_bytes, Digest::size));
    if (!hash) return hash.error();
    if (blake2b256(hashed) != *hash) return fault(Fault::bad_digest);
    const std::uint64_t end = hashed_bytes + Digest::size;
    if (!all_zero(bytes.subspan(end, aligned_bytes - end))) return fault(Fault::bad_digest);

    // From here the bytes are as they were written, so whatever is wrong was written wrong.
    if (!header->reserved_is_zero) return fault(Fault::malformed);
    auto frame = read_frame(*header, hashed.subspan(frame_header_bytes));
    if (!frame) return frame.error();
    return DecodedFrame{std::move(*frame), *hash, aligned_bytes};
}

} // namespace plenum
