#include "tests/server/journal/log_fixture.hpp"

#include "protocol/frame.hpp"
#include "server/journal/checkpoints.hpp"
#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(recovery_test)

using namespace plenum;
using namespace plenum::journal;
using namespace plenum::journal::fixture;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

// Under a sanitizer all of them would take minutes; 13 is prime to every alignment, so none is left out of
// turn.
constexpr std::uint64_t flip_every_bytes = plenum::testing::is_watched ? 13 : 1;

const std::string first_segment = "segments/00000000.seg";

/// A log of one segment: `frames` frames of one entry each, then empty space.
SimulatedDisk a_short_log(std::uint64_t frames)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    while (store->head().size < frames)
        BOOST_TEST_REQUIRE(store->append_group(group_at(store->head().size, 1, 1)).has_value());
    return disk;
}

SimulatedDisk a_long_log()
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    append_until(*open_claimed(*data, report), 40);
    return disk;
}

struct Opened {
    boost::system::error_code fault;
    Recovery report;
    std::uint64_t entries = 0;
};

Opened open_again(const SimulatedDisk& disk)
{
    Opened opened;
    const auto data = disk.root();
    auto store = SegmentStore::open(*data, small_options(), log_key(), opened.report);
    if (!store) {
        opened.fault = store.error();
    } else {
        opened.entries = count_entries(**store);
    }
    return opened;
}

} // namespace

// A flipped bit in a superblock copy is repaired from the other copy and remarked on. One in a frame that
// sound frames follow refuses the start. One in the last frame, in its padding, or in the empty space after
// it cannot be told from a torn write: the tail from the first bad block on is cut and reported, so it is
// noticed. Entries never differ.
BOOST_AUTO_TEST_CASE(no_flipped_byte_of_a_segment_is_accepted_unnoticed)
{
    constexpr std::uint64_t frames = 4;
    const SimulatedDisk sound = a_short_log(frames);
    const std::uint64_t last_frame = segment_frames_begin + (frames - 1) * frame_alignment;
    std::mt19937 random(1);
    for (std::uint64_t at = 0; at < small_segment_bytes; at += flip_every_bytes) {
        SimulatedDisk disk = sound.clone();
        disk.flip_bit(first_segment, at, random() % 8);
        const auto opened = open_again(disk);
        if (at < segment_frames_begin) {
            BOOST_TEST((opened.report.finding == Recovery::Finding::sound), "byte " << at);
            BOOST_TEST(opened.entries == frames);
            BOOST_TEST(opened.report.remarks.size() == 1u);
            BOOST_TEST((disk.content(first_segment) == sound.content(first_segment)), "not repaired " << at);
        } else if (at < last_frame) {
            BOOST_TEST((opened.fault == fault(Fault::corrupt)), "byte " << at);
            BOOST_TEST((opened.report.finding == Recovery::Finding::damaged));
            BOOST_TEST(opened.report.entries == (at - segment_frames_begin) / frame_alignment);
        } else {
            BOOST_TEST((opened.report.finding == Recovery::Finding::torn_tail), "byte " << at);
            BOOST_TEST(opened.entries == (at < last_frame + frame_alignment ? frames - 1 : frames));
            BOOST_TEST(opened.report.cut_bytes % frame_alignment == 0u);
            BOOST_TEST(opened.report.cut_bytes > 0u);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_flip_in_the_unused_end_of_an_earlier_segment_is_remarked_on_and_harms_nothing)
{
    SimulatedDisk disk;
    {
        const auto data = disk.root();
        Recovery report;
        const auto store = open_claimed(*data, report);
        Group large = group_at(0, 1);
        large.sealed.emplace_back(Bytes(15'000, 1));
        BOOST_TEST_REQUIRE(store->append_group(large).has_value());
        large.first = 1;
        large.entries = {entry_at(1)};
        BOOST_TEST_REQUIRE(store->append_group(large).has_value()); // Does not fit beside the first.
    }
    disk.flip_bit(first_segment, small_segment_bytes - 1, 3);
    const auto opened = open_again(disk);
    BOOST_TEST((opened.report.finding == Recovery::Finding::sound));
    BOOST_TEST(opened.report.remarks.size() == 1u);
    BOOST_TEST(opened.entries == 2u);
}

BOOST_AUTO_TEST_CASE(a_frame_torn_at_any_sector_is_cut_reported_once_and_written_over)
{
    const SimulatedDisk sound = a_short_log(3);
    const Bytes whole = sound.content(first_segment);
    const std::uint64_t begin = segment_frames_begin + 2 * frame_alignment;
    for (std::uint64_t lost = begin; lost < begin + frame_alignment; lost += 512)
        for (const bool tail_is_lost : {true, false})
            BOOST_TEST_CONTEXT("sector " << lost << (tail_is_lost ? " and after" : " and before"))
            {
                Bytes bytes = whole;
                const auto from = static_cast<std::ptrdiff_t>(tail_is_lost ? lost : begin);
                const auto to =
                    static_cast<std::ptrdiff_t>(tail_is_lost ? begin + frame_alignment : lost + 512);
                std::fill(bytes.begin() + from, bytes.begin() + to, std::uint8_t{0});
                SimulatedDisk disk = sound.clone();
                disk.set_content(first_segment, bytes);

                const auto opened = open_again(disk);
                const bool nothing_left = std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                                      bytes.end(), [](auto byte) { return byte == 0; });
                const bool all_there = bytes == whole;
                BOOST_TEST(opened.entries == (all_there ? 3u : 2u));
                BOOST_TEST(
                    (opened.report.finding ==
                     (nothing_left || all_there ? Recovery::Finding::sound : Recovery::Finding::torn_tail)));
                if (opened.report.finding == Recovery::Finding::torn_tail) {
                    BOOST_TEST(opened.report.kept_bytes == begin);
                    BOOST_TEST(opened.report.cut_bytes == frame_alignment);
                    BOOST_TEST(opened.report.entries == 2u);
                }
                const auto data = disk.root();
                Recovery report;
                const auto store = open_claimed(*data, report);
                BOOST_TEST((report.finding == Recovery::Finding::sound));
                append_until(*store, 9);
                BOOST_TEST(count_entries(*store) >= 9u);
            }
}

BOOST_AUTO_TEST_CASE(damage_in_an_earlier_segment_names_its_first_entry)
{
    const SimulatedDisk sound = a_long_log();
    SimulatedDisk disk = sound.clone();
    const auto frame = decode_frame(
        ByteView(sound.content("segments/00000001.seg")).subspan(segment_frames_begin + frame_alignment));
    BOOST_TEST_REQUIRE(frame.has_value());
    disk.flip_bit("segments/00000001.seg", segment_frames_begin + frame_alignment + 200, 0);
    const auto opened = open_again(disk);
    BOOST_TEST((opened.fault == fault(Fault::corrupt)));
    BOOST_TEST(opened.report.entries == frame->frame.first);
    BOOST_TEST((opened.report.english.find(std::to_string(frame->frame.first)) != std::string::npos));
    BOOST_TEST((opened.report.english.find("00000001.seg") != std::string::npos));
    BOOST_TEST((opened.report.chinese.find(std::to_string(frame->frame.first)) != std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_start_is_refused_for_exactly_these_damages)
{
    const SimulatedDisk sound = a_long_log();
    const Bytes first = sound.content(first_segment);
    const Bytes second = sound.content("segments/00000001.seg");
    const auto zeroed = [](Bytes bytes, std::uint64_t from, std::uint64_t count) {
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), count, std::uint8_t{0});
        return bytes;
    };
    const struct {
        const char* name;
        std::function<void(SimulatedDisk&)> harm;
        Fault expected;
    } cases[] = {
        {"first segment missing", [&](SimulatedDisk& disk) { disk.remove(first_segment); }, Fault::corrupt},
        {"middle segment missing", [&](SimulatedDisk& disk) { disk.remove("segments/00000001.seg"); },
         Fault::corrupt},
        {"both superblocks gone",
         [&](SimulatedDisk& disk) {
             disk.set_content("segments/00000001.seg", zeroed(second, 0, segment_frames_begin));
         },
         Fault::corrupt},
        {"a frame zeroed in the middle",
         [&](SimulatedDisk& disk) {
             disk.set_content(first_segment,
                              zeroed(first, segment_frames_begin + frame_alignment, frame_alignment));
         },
         Fault::corrupt},
        {"the last frame of an earlier segment zeroed",
         [&](SimulatedDisk& disk) {
             disk.set_content(first_segment,
                              zeroed(first, small_segment_bytes - frame_alignment, frame_alignment));
         },
         Fault::corrupt},
        {"two segments exchanged",
         [&](SimulatedDisk& disk) {
             disk.set_content(first_segment, second);
             disk.set_content("segments/00000001.seg", first);
         },
         Fault::corrupt},
        {"a segment shortened",
         [&](SimulatedDisk& disk) {
             disk.set_content(first_segment, Bytes(first.begin(), first.end() - frame_alignment));
         },
         Fault::corrupt},
        {"a frame written twice",
         [&](SimulatedDisk& disk) {
             Bytes bytes = first;
             const auto from = bytes.begin() + segment_frames_begin;
             std::copy_n(from, frame_alignment, from + static_cast<std::ptrdiff_t>(frame_alignment));
             disk.set_content(first_segment, bytes);
         },
         Fault::corrupt},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            SimulatedDisk disk = sound.clone();
            c.harm(disk);
            const SimulatedDisk before = disk.clone();
            const auto opened = open_again(disk);
            BOOST_TEST((opened.fault == fault(c.expected)), opened.fault.message());
            BOOST_TEST(!opened.report.english.empty());
            BOOST_TEST(!opened.report.chinese.empty());
            for (const auto& path : before.paths())
                if (path.ends_with(".seg")) BOOST_TEST((disk.content(path) == before.content(path)));
        }
}

// Sealed records are no leaves, so only the chain of frame hashes shows that one was taken out by somebody
// who can compute hashes.
BOOST_AUTO_TEST_CASE(a_sealed_record_removed_with_a_new_hash_is_noticed_by_the_next_frame)
{
    SimulatedDisk disk = a_short_log(3);
    Bytes bytes = disk.content(first_segment);
    const std::uint64_t at = segment_frames_begin + frame_alignment;
    auto decoded = decode_frame(ByteView(bytes).subspan(at));
    BOOST_TEST_REQUIRE(decoded.has_value());
    BOOST_TEST_REQUIRE(decoded->frame.sealed.size() == 1u);
    decoded->frame.sealed.front().front() ^= 1;
    std::ranges::copy(encode_frame(decoded->frame).bytes, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    disk.set_content(first_segment, bytes);
    const auto opened = open_again(disk);
    BOOST_TEST((opened.fault == fault(Fault::corrupt)));
    BOOST_TEST(opened.report.entries == 2u);
}

BOOST_AUTO_TEST_CASE(a_superblock_with_a_right_hash_must_still_continue_the_log)
{
    const SimulatedDisk sound = a_long_log();
    const std::string path = "segments/00000001.seg";
    const Bytes content = sound.content(path);
    const Superblock right = *read_superblocks(content).newest;
    const struct {
        const char* name;
        std::function<void(Superblock&)> change;
        bool accepted;
    } cases[] = {
        {"nothing", [](Superblock&) {}, true},
        {"number", [](Superblock& superblock) { superblock.number += 1; }, false},
        {"first", [](Superblock& superblock) { superblock.first -= 1; }, false},
        {"previous", [](Superblock& superblock) { superblock.previous = Digest{}; }, false},
        {"root", [](Superblock& superblock) { superblock.root = Digest{}; }, false},
        {"epoch before its frames'", [](Superblock& superblock) { superblock.epoch = 0; }, false},
        {"length", [](Superblock& superblock) { superblock.segment_bytes += frame_alignment; }, false},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            Superblock superblock = right;
            c.change(superblock);
            const Bytes copy = encode_superblock(superblock);
            Bytes bytes = content;
            std::ranges::copy(copy, bytes.begin());
            std::ranges::copy(copy, bytes.begin() + superblock_bytes);
            SimulatedDisk disk = sound.clone();
            disk.set_content(path, bytes);
            const auto opened = open_again(disk);
            BOOST_TEST((opened.fault == (c.accepted ? boost::system::error_code() : fault(Fault::corrupt))));
        }
}

BOOST_AUTO_TEST_CASE(another_log_or_another_key_is_refused_as_foreign)
{
    const SimulatedDisk disk = a_long_log();
    const auto data = disk.root();
    Recovery report;
    SegmentOptions other = small_options();
    other.origin = "plenum.test/chamber-2";
    BOOST_TEST((SegmentStore::open(*data, other, log_key(), report).error() == fault(Fault::bad_signature)));
    BOOST_TEST((report.finding == Recovery::Finding::foreign));
    std::array<std::uint8_t, 32> seed{};
    BOOST_TEST((SegmentStore::open(*data, small_options(), SigningKey{seed}, report).error() ==
                fault(Fault::bad_signature)));
    BOOST_TEST((report.finding == Recovery::Finding::foreign));
}

BOOST_AUTO_TEST_CASE(a_log_behind_its_published_checkpoint_is_refused_as_rolled_back)
{
    SimulatedDisk disk;
    SimulatedDisk yesterday;
    std::string older_note;
    {
        const auto data = disk.root();
        Recovery report;
        const auto store = open_claimed(*data, report);
        append_until(*store, 10);
        yesterday = disk.clone();
        older_note = store->head().checkpoint;
        append_until(*store, 20);
        auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
        BOOST_TEST_REQUIRE(checkpoints.has_value());
        BOOST_TEST_REQUIRE(checkpoints->publish(store->head().checkpoint).has_value());
    }
    BOOST_TEST((open_again(disk.clone()).report.finding == Recovery::Finding::sound));
    for (const auto& path : disk.paths())
        if (path.starts_with("checkpoints/")) yesterday.set_content(path, disk.content(path));
    const auto opened = open_again(yesterday);
    BOOST_TEST((opened.fault == fault(Fault::rolled_back)));
    BOOST_TEST((opened.report.finding == Recovery::Finding::rolled_back));
    BOOST_TEST((opened.report.english.find("20") != std::string::npos ||
                opened.report.english.find("21") != std::string::npos));

    for (const auto& path : disk.paths())
        if (path.ends_with(".seg")) disk.remove(path);
    BOOST_TEST((open_again(disk).fault == fault(Fault::rolled_back)));
}

BOOST_AUTO_TEST_CASE(a_damaged_last_frame_below_a_published_checkpoint_is_never_cut)
{
    SimulatedDisk disk = a_short_log(4);
    {
        const auto data = disk.root();
        Recovery report;
        const auto store = open_claimed(*data, report);
        auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
        BOOST_TEST_REQUIRE(checkpoints->publish(store->head().checkpoint).has_value());
    }
    disk.flip_bit(first_segment, segment_frames_begin + 3 * frame_alignment + 500, 2);
    const Bytes before = disk.content(first_segment);
    BOOST_TEST((open_again(disk).fault == fault(Fault::rolled_back)));
    BOOST_TEST((disk.content(first_segment) == before));
}

BOOST_AUTO_TEST_CASE(a_log_that_contradicts_its_published_checkpoint_is_refused)
{
    SimulatedDisk disk = a_long_log();
    {
        const auto data = disk.root();
        auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
        const std::string note = sign_checkpoint({origin, 5, sha256("another history")}, log_key());
        BOOST_TEST_REQUIRE(checkpoints->publish(note).has_value());
    }
    const auto opened = open_again(disk);
    BOOST_TEST((opened.fault == fault(Fault::corrupt)));
    BOOST_TEST((opened.report.finding == Recovery::Finding::damaged));
}

BOOST_AUTO_TEST_CASE(whatever_survives_a_power_cut_holds_every_acknowledged_entry_and_no_other)
{
    std::uint64_t torn = 0;
    std::uint64_t unacknowledged_kept = 0;
    for (std::uint64_t seed = 0; seed < testing::stories(600); ++seed)
        BOOST_TEST_CONTEXT("seed " << seed)
        {
            SimulatedDisk disk(seed);
            std::mt19937_64 random(seed);
            std::uint64_t acknowledged = 0;
            std::uint64_t epoch = 0;
            for (int crash = 0; crash < 4; ++crash) {
                disk.plan(random() % 80, Trouble::power_cut);
                const auto data = disk.root();
                Recovery report;
                if (auto store = SegmentStore::open(*data, small_options(), log_key(), report)) {
                    BOOST_TEST((*store)->head().size >= acknowledged);
                    torn += report.finding == Recovery::Finding::torn_tail ? 1 : 0;
                    unacknowledged_kept += (*store)->head().size > acknowledged ? 1 : 0;
                    if (const auto claimed = (*store)->claim()) {
                        BOOST_TEST(claimed->epoch > epoch);
                        epoch = claimed->epoch;
                        acknowledged = append_until(**store, acknowledged + 1 + random() % 60);
                    }
                } else {
                    BOOST_TEST((store.error() == fault(Fault::io_error) ||
                                store.error() == fault(Fault::not_durable)),
                               report.english);
                }
                disk.forget_plans();
                disk.cut_power();
            }
            const auto data = disk.root();
            Recovery report;
            const auto store = open_claimed(*data, report);
            BOOST_TEST(count_entries(*store) >= acknowledged);
            BOOST_TEST(store->head().size <= acknowledged + 3); // The one group that was in flight.
        }
    BOOST_TEST(torn > testing::stories(50));
    BOOST_TEST(unacknowledged_kept > testing::stories(20));
}

BOOST_AUTO_TEST_SUITE_END()
