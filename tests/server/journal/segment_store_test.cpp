#include "server/journal/posix_file.hpp"
#include "tests/server/journal/log_fixture.hpp"

#include "protocol/frame.hpp"
#include "server/journal/checkpoints.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

BOOST_AUTO_TEST_SUITE(segment_store_test)

using namespace plenum;
using namespace plenum::journal;
using namespace plenum::journal::fixture;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

constexpr std::uint64_t several_segments = 60; ///< entries, enough for at least four small segments

struct TemporaryDirectory {
    TemporaryDirectory()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "plenum-journal-XXXXXX").string();
        BOOST_TEST_REQUIRE((::mkdtemp(pattern.data()) != nullptr));
        path = pattern;
    }
    ~TemporaryDirectory() { std::filesystem::remove_all(path); }

    std::string path;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_group_with_sealed_records_is_read_back_and_proven)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    BOOST_TEST((report.finding == Recovery::Finding::fresh));
    const auto head = store->append_group(group_at(0, 5, 3));
    BOOST_TEST_REQUIRE(head.has_value());
    BOOST_TEST(head->size == 5u);
    BOOST_TEST(head->epoch == 1u);
    BOOST_TEST(count_entries(*store) == 5u);

    const auto checkpoint = open_checkpoint(head->checkpoint, log_verifier());
    BOOST_TEST_REQUIRE(checkpoint.has_value());
    BOOST_TEST(checkpoint->size == 5u);
    BOOST_TEST((checkpoint->root == head->root));
    for (std::uint64_t seq = 0; seq < 5; ++seq)
        BOOST_TEST(verify_inclusion(leaf_hash(bytes_of(entry_at(seq))), seq, 5,
                                    store->tree().inclusion_proof(seq, 5), checkpoint->root)
                       .has_value());

    const Bytes file = disk.content("segments/00000000.seg");
    const auto frame = decode_frame(ByteView(file).subspan(segment_frames_begin));
    BOOST_TEST_REQUIRE(frame.has_value());
    BOOST_TEST((frame->frame.sealed == group_at(0, 5, 3).sealed));
    BOOST_TEST((frame->hash == head->last_frame));
}

BOOST_AUTO_TEST_CASE(sealed_records_are_handed_out_with_the_group_they_came_in)
{
    SimulatedDisk disk;
    {
        const auto data = disk.root();
        Recovery report;
        const auto store = open_claimed(*data, report);
        for (const auto& [first, count, sealed] :
             {std::tuple(0, 2, 0), std::tuple(2, 1, 2), std::tuple(3, 3, 0), std::tuple(6, 2, 4)})
            BOOST_TEST_REQUIRE(store
                                   ->append_group(group_at(static_cast<std::uint64_t>(first),
                                                           static_cast<std::size_t>(count),
                                                           static_cast<std::size_t>(sealed)))
                                   .has_value());
    }
    disk.kill_process();
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    std::vector<std::uint64_t> firsts;
    const auto take = [&](std::uint64_t first, const std::vector<Bytes>& sealed) {
        firsts.push_back(first);
        BOOST_TEST((sealed == group_at(first, 1, first == 2 ? 2 : 4).sealed));
        return true;
    };
    BOOST_TEST(store->read_sealed(0, take).has_value());
    BOOST_TEST((firsts == std::vector<std::uint64_t>{2, 6}));
    firsts.clear();
    BOOST_TEST(store->read_sealed(7, take).has_value()); // In the middle of a group.
    BOOST_TEST((firsts == std::vector<std::uint64_t>{6}));
    firsts.clear();
    BOOST_TEST(store->read_sealed(8, take).has_value());
    BOOST_TEST(firsts.empty());

    // What box.frame says of a group is the hash of its bytes in the file.
    const Bytes file = disk.content("segments/00000000.seg");
    const auto sealed = group_at(2, 1, 2).sealed;
    plenum::Writer section;
    for (const auto& record : sealed) {
        section.u16_be(600);
        section.raw(record);
    }
    BOOST_TEST((sealed_section_digest(sealed) == sha256(section.bytes())));
    const auto& whole = section.bytes();
    BOOST_TEST((std::search(file.begin(), file.end(), whole.begin(), whole.end()) != file.end()));
}

BOOST_AUTO_TEST_CASE(a_log_is_continued_where_it_ended_over_many_segments_and_restarts)
{
    SimulatedDisk disk;
    Head before;
    for (std::uint64_t size = 0; size <= several_segments; size += 7) {
        const auto data = disk.root();
        Recovery report;
        const auto store = open_claimed(*data, report);
        BOOST_TEST(report.entries == before.size);
        BOOST_TEST((store->tree().root() == (size == 0 ? empty_root() : before.root)));
        BOOST_TEST((store->head().last_frame == before.last_frame));
        BOOST_TEST(store->head().wall_ms == before.wall_ms);
        BOOST_TEST(append_until(*store, size) >= size);
        BOOST_TEST(count_entries(*store) == store->head().size);
        before = store->head();
    }
    const auto paths = disk.paths();
    BOOST_TEST((std::ranges::count_if(paths, [](const auto& path) { return path.ends_with(".seg"); }) >= 4));
}

BOOST_AUTO_TEST_CASE(reading_begins_and_stops_anywhere)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    append_until(*store, several_segments);
    const std::uint64_t size = store->head().size;
    for (std::uint64_t first = 0; first <= size + 1; ++first) {
        std::vector<std::uint64_t> taken;
        const auto read = store->read_from(first, [&](std::uint64_t seq, std::string_view entry) {
            BOOST_TEST(entry == entry_at(seq));
            taken.push_back(seq);
            return taken.size() < 5;
        });
        BOOST_TEST(read.has_value());
        BOOST_TEST(taken.size() == std::min<std::uint64_t>(5, size - std::min(first, size)));
        for (std::size_t i = 0; i < taken.size(); ++i)
            BOOST_TEST(taken[i] == first + i);
    }
}

BOOST_AUTO_TEST_CASE(the_epoch_grows_at_each_claim_even_when_nothing_is_written)
{
    SimulatedDisk disk;
    for (std::uint64_t epoch = 1; epoch <= 5; ++epoch) {
        const auto data = disk.root();
        Recovery report;
        const auto store = open_claimed(*data, report);
        BOOST_TEST(store->head().epoch == epoch);
        if (epoch == 3) append_until(*store, several_segments);
    }
}

BOOST_AUTO_TEST_CASE(wall_time_never_decreases)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    Group group = group_at(0, 1);
    group.wall_ms = 5'000;
    BOOST_TEST_REQUIRE(store->append_group(group).has_value());
    group = group_at(1, 1);
    group.wall_ms = 4'000;
    BOOST_TEST(store->append_group(group)->wall_ms == 5'000u);
}

BOOST_AUTO_TEST_CASE(two_stores_cannot_hold_one_directory)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    auto store = open_claimed(*data, report);
    const auto second = SegmentStore::open(*data, small_options(), log_key(), report);
    BOOST_TEST_REQUIRE(second.has_error());
    BOOST_TEST((second.error() == fault(Fault::in_use)));
    BOOST_TEST((report.finding == Recovery::Finding::in_use));
    store.reset();
    BOOST_TEST(SegmentStore::open(*data, small_options(), log_key(), report).has_value());
}

BOOST_AUTO_TEST_CASE(a_group_larger_than_a_segment_is_a_fault_and_writes_nothing)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    Group group = group_at(0, 1);
    group.entries.front() = std::string(small_segment_bytes, 'x');
    const Bytes before = disk.content("segments/00000000.seg");
    BOOST_TEST((store->append_group(group).error() == fault(Fault::out_of_range)));
    BOOST_TEST((disk.content("segments/00000000.seg") == before));
}

BOOST_AUTO_TEST_CASE(a_full_disk_refuses_a_group_changes_nothing_and_may_be_tried_again)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    append_until(*store, 3);
    disk.set_capacity(2 * small_segment_bytes); // This segment and the prepared one.
    const std::uint64_t room = store->room_bytes();
    BOOST_TEST(room < 2 * small_segment_bytes);
    const std::uint64_t acknowledged = append_until(*store, 10 * several_segments);
    BOOST_TEST(acknowledged < 10 * several_segments);
    BOOST_TEST(store->room_bytes() < 3 * frame_alignment);
    const Head head = store->head();
    const Group next = group_at(head.size, 2);
    for (int attempt = 0; attempt < 3; ++attempt)
        BOOST_TEST((store->append_group(next).error() == fault(Fault::disk_full)));
    BOOST_TEST((store->head().root == head.root));
    BOOST_TEST((store->tree().root() == head.root));

    disk.set_capacity(1 << 20);
    BOOST_TEST(store->append_group(next).has_value());
    BOOST_TEST(count_entries(*store) == head.size + 2);
}

BOOST_AUTO_TEST_CASE(room_is_what_can_really_still_be_appended)
{
    SimulatedDisk disk(0, 10 * small_segment_bytes);
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    const std::uint64_t room = store->room_bytes();
    BOOST_TEST(room == 10 * (small_segment_bytes - segment_frames_begin));
    std::uint64_t frames = 0;
    while (store->append_group(group_at(store->head().size, 1)))
        ++frames;
    BOOST_TEST(frames * frame_alignment == room);
    BOOST_TEST(store->room_bytes() == 0u);
}

BOOST_AUTO_TEST_CASE(any_failing_operation_stops_the_store_for_good_and_loses_nothing_acknowledged)
{
    for (const auto trouble : {Trouble::io_error, Trouble::short_write})
        for (std::uint64_t nth = 0; nth < 60; ++nth)
            BOOST_TEST_CONTEXT("operation " << nth << (trouble == Trouble::io_error ? " EIO" : " short"))
            {
                SimulatedDisk disk(nth);
                const auto data = disk.root();
                Recovery report;
                auto store = open_claimed(*data, report);
                append_until(*store, 4);
                disk.plan(nth, trouble);
                const std::uint64_t acknowledged = append_until(*store, several_segments);
                BOOST_TEST_REQUIRE(acknowledged < several_segments); // 60 operations are always used.
                for (int attempt = 0; attempt < 3; ++attempt)
                    BOOST_TEST((store->append_group(group_at(acknowledged, 1)).error() ==
                                fault(Fault::not_durable)));
                store.reset();

                disk.kill_process();
                const auto again = disk.root();
                auto restarted = open_claimed(*again, report);
                BOOST_TEST(count_entries(*restarted) >= acknowledged);
                const std::uint64_t after = append_until(*restarted, acknowledged + 10);
                restarted.reset();
                disk.cut_power();
                const auto at_last = disk.root();
                BOOST_TEST(count_entries(*open_claimed(*at_last, report)) == after);
            }
}

BOOST_AUTO_TEST_CASE(a_failing_claim_or_start_gives_no_store)
{
    SimulatedDisk disk;
    {
        const auto data = disk.root();
        Recovery report;
        append_until(*open_claimed(*data, report), several_segments);
    }
    std::uint64_t unreadable = 0;
    std::uint64_t unwritable = 0;
    for (std::uint64_t nth = 0; nth < 40; ++nth)
        BOOST_TEST_CONTEXT("operation " << nth)
        {
            SimulatedDisk copy = disk.clone();
            copy.plan(nth, Trouble::io_error);
            const auto data = copy.root();
            Recovery report;
            const auto store = SegmentStore::open(*data, small_options(), log_key(), report);
            if (!store) {
                const bool is_write = store.error() == fault(Fault::not_durable);
                BOOST_TEST((is_write || store.error() == fault(Fault::io_error)));
                const auto finding = is_write ? Recovery::Finding::unwritable : Recovery::Finding::unreadable;
                BOOST_TEST((report.finding == finding), report.english);
                BOOST_TEST(!report.chinese.empty());
                ++(is_write ? unwritable : unreadable);
            } else if (auto claimed = (*store)->claim(); !claimed) {
                BOOST_TEST((claimed.error() == fault(Fault::not_durable)));
            }
            copy.forget_plans();
            copy.kill_process();
            const auto again = copy.root();
            BOOST_TEST(count_entries(*open_claimed(*again, report)) >= several_segments);
        }
    BOOST_TEST(unreadable > 20u);
    BOOST_TEST(unwritable >= 2u); // The last frame once more, and the directory.
}

BOOST_AUTO_TEST_CASE(a_left_over_name_of_a_segment_takes_nothing_with_it)
{
    SimulatedDisk disk;
    {
        const auto data = disk.root();
        Recovery report;
        append_until(*open_claimed(*data, report), several_segments);
    }
    disk.kill_process();
    disk.link("segments/00000001.seg", "segments/next");
    for (std::uint64_t nth = 0; nth < 40; ++nth)
        BOOST_TEST_CONTEXT("operation " << nth)
        {
            SimulatedDisk copy = disk.clone();
            copy.plan(nth, Trouble::io_error);
            const auto data = copy.root();
            Recovery report;
            (void)SegmentStore::open(*data, small_options(), log_key(), report);
            copy.forget_plans();
            copy.kill_process();
            const auto again = copy.root();
            BOOST_TEST(count_entries(*open_claimed(*again, report)) >= several_segments);
        }
}

BOOST_AUTO_TEST_CASE(the_real_disk_keeps_a_log_too)
{
    const TemporaryDirectory directory;
    const auto data = make_posix_directory(directory.path + "/data/of/chamber");
    BOOST_TEST_REQUIRE(data.has_value());
    SegmentOptions options = small_options();
    options.prepare_in_background = true;
    Recovery report;
    std::uint64_t size = 0;
    for (int start = 0; start < 4; ++start) {
        auto store = SegmentStore::open(**data, options, log_key(), report);
        BOOST_TEST_REQUIRE(store.has_value(), report.english);
        BOOST_TEST(report.entries == size);
        BOOST_TEST((*store)->claim()->epoch == static_cast<std::uint64_t>(start) + 1);
        BOOST_TEST((*store)->room_bytes() > small_segment_bytes);
        size = append_until(**store, size + 40);
        BOOST_TEST(count_entries(**store) == size);
        const auto other = open_posix_directory(directory.path + "/data/of/chamber");
        BOOST_TEST((SegmentStore::open(**other, options, log_key(), report).error() == fault(Fault::in_use)));
    }
    const auto status = std::filesystem::status(directory.path + "/data/of/chamber/segments/00000000.seg");
    BOOST_TEST(
        (status.permissions() == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
}

BOOST_AUTO_TEST_SUITE_END()
