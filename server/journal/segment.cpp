// Superblock, 4,096 bytes, numbers little-endian. NOTE: for ever.
//
//   magic "PLNS" u32 | version u32 = 1 | number u64 | first u64 | epoch u64 | segment_bytes u64
//   previous 32 | root 32 | origin_bytes u32 | origin | zeros up to 4,064 | BLAKE2b-256 of everything before
#include "server/journal/segment.hpp"

#include "protocol/assert.hpp"

#include <algorithm>
#include <charconv>

namespace plenum::journal {
namespace {

constexpr std::uint32_t superblock_magic = 0x534E4C50; // "PLNS" as bytes
constexpr std::uint32_t superblock_version = 1;
constexpr std::size_t hashed_bytes = superblock_bytes - Digest::size;
constexpr std::size_t number_digits = 8;
constexpr std::string_view segment_suffix = ".seg";

} // namespace

Bytes encode_superblock(const Superblock& superblock)
{
    PLENUM_ASSERT(superblock.origin.size() <= origin_bytes_max);
    plenum::Writer writer;
    writer.u32(superblock_magic);
    writer.u32(superblock_version);
    writer.u64(superblock.number);
    writer.u64(superblock.first);
    writer.u64(superblock.epoch);
    writer.u64(superblock.segment_bytes);
    writer.raw(superblock.previous.view());
    writer.raw(superblock.root.view());
    writer.u32(static_cast<std::uint32_t>(superblock.origin.size()));
    writer.raw(superblock.origin);
    writer.pad_to(hashed_bytes);
    writer.raw(blake2b256(writer.bytes()).view());
    return writer.take();
}

Result<Superblock> decode_superblock(ByteView bytes)
{
    if (bytes.size() < superblock_bytes) return fault(Fault::truncated);
    const ByteView hashed = bytes.first(hashed_bytes);
    const auto hash = digest_from_bytes(bytes.subspan(hashed_bytes, Digest::size));
    if (!hash || blake2b256(hashed) != *hash) return fault(Fault::bad_digest);

    Reader reader(hashed);
    if (reader.u32() != superblock_magic) return fault(Fault::malformed);
    if (reader.u32() != superblock_version) return fault(Fault::unsupported);
    Superblock superblock;
    superblock.number = reader.u64();
    superblock.first = reader.u64();
    superblock.epoch = reader.u64();
    superblock.segment_bytes = reader.u64();
    const auto previous = digest_from_bytes(reader.raw(Digest::size));
    const auto root = digest_from_bytes(reader.raw(Digest::size));
    const std::size_t origin_bytes = reader.u32();
    if (!previous || !root || origin_bytes > origin_bytes_max) return fault(Fault::malformed);
    superblock.previous = *previous;
    superblock.root = *root;
    superblock.origin = text_of(reader.raw(origin_bytes));
    if (!std::ranges::all_of(reader.rest(), [](std::uint8_t byte) { return byte == 0; }))
        return fault(Fault::malformed);
    return superblock;
}

SuperblockPair read_superblocks(ByteView segment)
{
    const auto copy = [&](std::size_t index) -> Result<Superblock> {
        if (segment.size() < (index + 1) * superblock_bytes) return fault(Fault::truncated);
        return decode_superblock(segment.subspan(index * superblock_bytes, superblock_bytes));
    };
    const auto one = copy(0);
    const auto other = copy(1);
    if (one && other) return {one->epoch >= other->epoch ? *one : *other, *one == *other};
    if (one) return {*one, false};
    if (other) return {*other, false};
    return {};
}

Result<void> write_superblocks(File& file, const Superblock& superblock)
{
    const Bytes bytes = encode_superblock(superblock);
    for (const std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{superblock_bytes}})
        if (auto written = file.write_durably(offset, bytes); !written) return written.error();
    return {};
}

std::string segment_name(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    if (digits.size() < number_digits) digits.insert(0, number_digits - digits.size(), '0');
    return digits + std::string(segment_suffix);
}

std::optional<std::uint64_t> segment_number(std::string_view name)
{
    if (!name.ends_with(segment_suffix)) return std::nullopt;
    const std::string_view digits = name.substr(0, name.size() - segment_suffix.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (segment_name(number) != name) return std::nullopt;
    return number;
}

} // namespace plenum::journal
