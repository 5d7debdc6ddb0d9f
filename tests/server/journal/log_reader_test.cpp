#include "server/journal/log_reader.hpp"

#include "protocol/frame.hpp"
#include "server/journal/checkpoints.hpp"
#include "tests/server/journal/log_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

BOOST_AUTO_TEST_SUITE(log_reader_test)

using namespace plenum;
using namespace plenum::journal;
using namespace plenum::journal::fixture;
using plenum::testing::SimulatedDisk;

namespace {

constexpr std::uint64_t entries = 40; // Over several of the small segments.

struct ReadLog {
    boost::system::error_code fault;
    Recovery report;
    Head head;
    std::uint64_t taken = 0;
};

/// Reads the log of the disk up to `end` entries; each must be the one made for its place.
ReadLog read(Directory& data, const std::optional<Checkpoint>& published = std::nullopt,
             std::uint64_t end = ~std::uint64_t{0})
{
    ReadLog log;
    auto segments = data.open_directory("segments");
    BOOST_TEST_REQUIRE(segments.has_value());
    const auto head = read_log(**segments, log_verifier(), published, log.report,
                               [&](std::uint64_t seq, std::string_view entry) {
                                   BOOST_TEST_REQUIRE(seq == log.taken++);
                                   BOOST_TEST_REQUIRE((entry == entry_at(seq)));
                                   return log.taken < end;
                               });
    if (head) {
        log.head = *head;
    } else {
        log.fault = head.error();
    }
    return log;
}

ReadLog read(const SimulatedDisk& disk, const std::optional<Checkpoint>& published = std::nullopt,
             std::uint64_t end = ~std::uint64_t{0})
{
    const auto data = disk.root();
    return read(*data, published, end);
}

SimulatedDisk a_log(std::uint64_t size)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    append_until(*open_claimed(*data, report), size);
    return disk;
}

Head head_of(const SimulatedDisk& disk)
{
    const auto copy = disk.clone();
    const auto data = copy.root();
    Recovery report;
    return open_claimed(*data, report)->head();
}

Checkpoint checkpoint_of(const Head& head)
{
    return {origin, head.size, head.root};
}

std::vector<std::string> segments_of(const SimulatedDisk& disk)
{
    std::vector<std::string> segments;
    for (const auto& path : disk.paths())
        if (path.ends_with(".seg")) segments.push_back(path);
    return segments;
}

/// Offsets of the frames of a segment.
std::vector<std::uint64_t> frames_of(const SimulatedDisk& disk, const std::string& path)
{
    const auto bytes = disk.content(path);
    std::vector<std::uint64_t> frames;
    for (std::uint64_t at = segment_frames_begin; at < bytes.size();) {
        const auto decoded = decode_frame(ByteView(bytes).subspan(at));
        if (!decoded) break;
        frames.push_back(at);
        at += decoded->aligned_bytes;
    }
    return frames;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_log_without_entries_is_not_found)
{
    SimulatedDisk disk;
    BOOST_TEST_REQUIRE(disk.root()->make_directory("segments").has_value());
    BOOST_TEST((read(disk).fault == fault(Fault::not_found)));
    const auto empty = a_log(0);
    BOOST_TEST((read(empty).fault == fault(Fault::not_found)));
    BOOST_TEST(!read(empty).report.english.empty());
    // Unless there was one.
    const auto published = checkpoint_of(head_of(a_log(5)));
    BOOST_TEST((read(disk, published).fault == fault(Fault::rolled_back)));
    BOOST_TEST((read(empty, published).fault == fault(Fault::rolled_back)));
}

BOOST_AUTO_TEST_CASE(several_segments_are_one_log)
{
    const auto disk = a_log(entries);
    BOOST_TEST(segments_of(disk).size() > 2u);
    const auto expected = head_of(disk);
    const auto log = read(disk, checkpoint_of(expected));
    BOOST_TEST_REQUIRE(!log.fault, log.report.english);
    BOOST_TEST(log.taken == expected.size);
    BOOST_TEST(log.head.size == expected.size);
    BOOST_TEST((log.head.root == expected.root));
    BOOST_TEST((log.head.last_frame == expected.last_frame));
    BOOST_TEST(log.head.checkpoint == expected.checkpoint);
    BOOST_TEST(log.report.remarks.empty());
}

BOOST_AUTO_TEST_CASE(a_reader_that_has_enough_stops_after_that_frame)
{
    const auto disk = a_log(entries);
    for (std::uint64_t end = 1; end <= entries; ++end) {
        const auto log = read(disk, checkpoint_of(head_of(disk)), end);
        BOOST_TEST_REQUIRE(!log.fault);
        BOOST_TEST(log.taken == end);
        BOOST_TEST(log.head.size >= end);
        BOOST_TEST(log.head.size < end + 3);
        BOOST_TEST((open_checkpoint(log.head.checkpoint, log_verifier()) == checkpoint_of(log.head)));
    }
}

BOOST_AUTO_TEST_CASE(a_torn_tail_is_left_out_and_remarked_on)
{
    const auto whole = a_log(entries);
    const auto last = segments_of(whole).back();
    const auto torn = frames_of(whole, last).back();
    auto disk = whole.clone();
    disk.flip_bit(last, torn + 300, 1);
    const auto log = read(disk);
    BOOST_TEST_REQUIRE(!log.fault, log.report.english);
    BOOST_TEST(log.head.size < head_of(whole).size);
    BOOST_TEST(log.taken == log.head.size);
    BOOST_TEST_REQUIRE(log.report.remarks.size() == 1u);
    BOOST_TEST(log.report.remarks.front().find(std::to_string(log.head.size)) != std::string::npos);
    // What was published cannot have been torn.
    const auto published = read(disk, checkpoint_of(head_of(whole)));
    BOOST_TEST((published.fault == fault(Fault::rolled_back)));
    BOOST_TEST(published.report.english.find("holds " + std::to_string(log.head.size)) != std::string::npos,
               published.report.english);
    BOOST_TEST(published.report.chinese.find("末尾已丢失") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_flipped_byte_before_the_last_frame_is_passed_over)
{
    const auto sound = a_log(entries);
    const auto paths = segments_of(sound);
    const auto last_frame = frames_of(sound, paths.back()).back();
    for (const auto& path : paths) {
        for (const auto frame : frames_of(sound, path)) {
            if (path == paths.back() && frame == last_frame) continue;
            for (const std::uint64_t at : {0, 9, 60, 200, 4095}) {
                auto disk = sound.clone();
                disk.flip_bit(path, frame + at, 5);
                const auto log = read(disk);
                BOOST_TEST((log.fault == fault(Fault::corrupt)), path << " byte " << frame + at);
                BOOST_TEST(log.report.english.find("entry " + std::to_string(log.taken) + " on") !=
                               std::string::npos,
                           log.report.english);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(one_damaged_superblock_copy_harms_nothing_and_two_end_it)
{
    const auto sound = a_log(entries);
    for (const auto& path : segments_of(sound)) {
        auto disk = sound.clone();
        disk.flip_bit(path, 20, 1);
        BOOST_TEST(read(disk).head.size == head_of(sound).size);
        disk.flip_bit(path, superblock_bytes + 20, 1);
        BOOST_TEST((read(disk).fault == fault(Fault::corrupt)), path);
    }
}

BOOST_AUTO_TEST_CASE(missing_shortened_and_exchanged_segments_are_damage)
{
    const auto sound = a_log(entries);
    const auto paths = segments_of(sound);
    const struct {
        const char* name;
        std::function<void(SimulatedDisk&)> harm;
    } cases[] = {
        {"first missing", [&](SimulatedDisk& disk) { disk.remove(paths.front()); }},
        {"middle missing", [&](SimulatedDisk& disk) { disk.remove(paths[1]); }},
        {"last shortened",
         [&](SimulatedDisk& disk) {
             auto bytes = disk.content(paths.back());
             bytes.resize(bytes.size() - frame_alignment);
             disk.set_content(paths.back(), bytes);
         }},
        {"two exchanged",
         [&](SimulatedDisk& disk) {
             const auto one = disk.content(paths[0]);
             disk.set_content(paths[0], disk.content(paths[1]));
             disk.set_content(paths[1], one);
         }},
        {"last frames of an earlier segment gone",
         [&](SimulatedDisk& disk) {
             auto bytes = disk.content(paths[0]);
             std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(frames_of(disk, paths[0]).back()),
                       bytes.end(), std::uint8_t{0});
             disk.set_content(paths[0], bytes);
         }},
    };
    for (const auto& c : cases) {
        auto disk = sound.clone();
        c.harm(disk);
        const auto log = read(disk);
        BOOST_TEST((log.fault == fault(Fault::corrupt)), c.name);
        BOOST_TEST(!log.report.english.empty(), c.name);
    }
    // Without its last segment a log is sound, and shorter than what was published.
    auto disk = sound.clone();
    disk.remove(paths.back());
    BOOST_TEST(!read(disk).fault);
    BOOST_TEST((read(disk, checkpoint_of(head_of(sound))).fault == fault(Fault::rolled_back)));
}

BOOST_AUTO_TEST_CASE(what_contradicts_the_published_checkpoint_is_refused_at_any_size)
{
    const auto disk = a_log(entries);
    MerkleTree tree;
    for (std::uint64_t seq = 0; seq < entries; ++seq)
        tree.append(leaf_hash(bytes_of(entry_at(seq))));
    for (std::uint64_t size = 0; size <= entries; ++size) {
        const Checkpoint right{origin, size, tree.root(size)};
        BOOST_TEST(!read(disk, right).fault, size);
        const auto log = read(disk, Checkpoint{origin, size, sha256("another history")});
        BOOST_TEST((log.fault == fault(Fault::corrupt)), size);
        BOOST_TEST(log.report.chinese.find("相矛盾") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(another_log_or_key_is_foreign)
{
    const auto disk = a_log(5);
    const auto data = disk.root();
    auto segments = data->open_directory("segments");
    BOOST_TEST_REQUIRE(segments.has_value());
    const auto all = [](std::uint64_t, std::string_view) { return true; };
    std::array<std::uint8_t, 32> seed{};
    for (const auto& other : {note_verifier("plenum.test/chamber-2", log_key().public_key()),
                              note_verifier(origin, SigningKey{seed}.public_key())}) {
        Recovery report;
        const auto log = read_log(**segments, other, std::nullopt, report, all);
        BOOST_TEST((log.error() == fault(Fault::bad_signature)));
        BOOST_TEST((report.finding == Recovery::Finding::foreign));
    }
}

BOOST_AUTO_TEST_CASE(a_log_is_read_while_it_grows_without_ever_looking_damaged)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    append_until(*store, 1);
    auto checkpoints = PublishedCheckpoints::open(*data, log_verifier());
    BOOST_TEST_REQUIRE(checkpoints.has_value());
    BOOST_TEST_REQUIRE(checkpoints->publish(store->head().checkpoint).has_value());
    constexpr std::uint64_t grown = 900;
    std::atomic<bool> done = false;
    std::thread writer([&] {
        while (store->head().size < grown) {
            append_until(*store, store->head().size + 1);
            if (!checkpoints->publish(store->head().checkpoint)) break;
        }
        done = true;
    });
    std::uint64_t readings = 0;
    std::uint64_t before = 0;
    for (bool last = false; !last; ++readings) {
        last = done;
        auto looked = PublishedCheckpoints::look_at(*data, log_verifier());
        const auto published = looked->newest();
        BOOST_TEST_REQUIRE((published && *published));
        const auto log = read(*data, *published);
        BOOST_TEST_REQUIRE(!log.fault, log.report.english);
        BOOST_TEST_REQUIRE(log.head.size >= before);
        BOOST_TEST_REQUIRE(log.head.size >= (*published)->size);
        before = log.head.size;
    }
    writer.join();
    BOOST_TEST(before == store->head().size);
    BOOST_TEST_MESSAGE(readings << " readings beside the writer");
    BOOST_TEST(readings > 3u);
}

BOOST_AUTO_TEST_SUITE_END()
