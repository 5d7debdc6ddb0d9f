// Property: whatever stands in a segment file, start-up answers. What it refuses it leaves untouched; what it
// accepts is sound from then on, can be continued, and is found continued at the next start.
//
// The corpus holds whole segment files of the log below: its origin, its key of 32 bytes 7.
#include "protocol/frame.hpp"
#include "server/journal/segment_store.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/support/simulated_disk.hpp"

#include <algorithm>
#include <cstdlib>

using namespace plenum;
using namespace plenum::journal;
using plenum::testing::SimulatedDisk;

namespace {

constexpr const char* origin = "plenum.test/chamber-1";
constexpr const char* segment_name = "segments/00000000.seg";

SigningKey log_key()
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(7);
    return SigningKey{seed};
}

Result<std::unique_ptr<SegmentStore>> start(const SimulatedDisk& disk, Recovery& report)
{
    const auto data = disk.root();
    return SegmentStore::open(*data, {origin, 4 * frame_alignment, false}, log_key(), report);
}

void check(const Bytes& segment)
{
    SimulatedDisk disk;
    disk.set_content(segment_name, segment);
    std::uint64_t size = 0;
    {
        Recovery report;
        auto store = start(disk, report);
        require(!report.english.empty() && !report.chinese.empty());
        if (!store) {
            require(disk.content(segment_name) == segment);
            return;
        }
        size = (*store)->head().size;
        std::uint64_t read = 0;
        const auto all =
            (*store)->read_from(0, [&](std::uint64_t seq, std::string_view) { return seq == read++; });
        require(all.has_value() && read == size);
        if (!(*store)->claim()) std::abort();
        Group group{.first = size, .wall_ms = 0, .entries = {"{}"}, .sealed = {}};
        require((*store)->append_group(group).has_value());
    }
    disk.cut_power();
    Recovery report;
    const auto again = start(disk, report);
    require(again.has_value() && report.finding == Recovery::Finding::sound && report.remarks.empty());
    require((*again)->head().size == size + 1);
}

void set_hash(Bytes& bytes, std::size_t begin, std::size_t end)
{
    const Digest hash = blake2b256(ByteView(bytes).subspan(begin, end - begin));
    std::ranges::copy(hash.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(end));
}

/// The same bytes with right hashes after both superblocks and after each frame whose lengths fit, without
/// which a fuzzer never gets past them.
Bytes with_right_hashes(ByteView segment)
{
    Bytes bytes(segment.begin(), segment.end());
    for (std::size_t begin = 0; begin < segment_frames_begin && begin + superblock_bytes <= bytes.size();
         begin += superblock_bytes)
        set_hash(bytes, begin, begin + superblock_bytes - Digest::size);
    for (std::size_t begin = segment_frames_begin; begin + frame_header_bytes <= bytes.size();
         begin += frame_alignment) {
        if (text_of(ByteView(bytes).subspan(begin, 4)) != "PLNF") continue;
        std::uint64_t end = begin + frame_header_bytes + Digest::size;
        for (const std::size_t length_at : {20u, 28u, 80u})
            end += Reader(ByteView(bytes).subspan(begin + length_at)).u32();
        if (end + Digest::size <= bytes.size()) set_hash(bytes, begin, end);
    }
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    check(Bytes(data, data + size));
    check(with_right_hashes({data, size}));
    return 0;
}
