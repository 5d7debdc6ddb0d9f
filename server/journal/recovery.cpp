#include "server/journal/recovery.hpp"

#include "server/journal/log_checks.hpp"

#include <algorithm>

namespace plenum::journal {
namespace {

using Finding = Recovery::Finding;

bool all_zero(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

/// One scan. Members hold what has been found sound so far.
class Scan {
public:
    Scan(Directory& segments, const NoteVerifier& log_key, Recovery& report)
        : segments_(segments), log_key_(log_key), report_(report)
    {}

    Result<RecoveredLog> run(const std::optional<Checkpoint>& published);

private:
    Result<std::vector<std::uint64_t>> segment_numbers();
    Result<void> read_segment(std::uint64_t number, bool is_last);
    Result<void> check_superblock(std::uint64_t number);
    Result<void> read_frames(std::uint64_t number);
    Result<void> accept(const DecodedFrame& decoded);
    Result<void> check_rest(std::uint64_t number, bool is_last);
    Result<void> check_signature(std::uint64_t number);
    Result<void> check_published(const std::optional<Checkpoint>& published);
    Result<void> finish();
    void conclude();

    boost::system::error_code damaged(std::uint64_t number, Damage what)
    {
        return journal::damaged(report_, log_.head.size, number, what);
    }
    boost::system::error_code unreadable(boost::system::error_code error, const std::string& name)
    {
        return journal::unreadable(report_, log_.head.size, name, error);
    }

    Directory& segments_;
    const NoteVerifier& log_key_;
    Recovery& report_;

    RecoveredLog log_;
    std::unique_ptr<File> file_; ///< of the segment being read, in the end the last one
    Bytes bytes_;                ///< its content
    std::uint64_t at_ = 0;       ///< where reading of frames stopped
    std::uint64_t torn_end_ = 0; ///< end of the torn tail, 0 when there is none
    bool repair_superblock_ = false;
};

Result<RecoveredLog> Scan::run(const std::optional<Checkpoint>& published)
{
    const auto numbers = segment_numbers();
    if (!numbers) return numbers.error();
    log_.head.root = empty_root();
    for (const auto number : *numbers)
        if (auto sound = read_segment(number, number + 1 == numbers->size()); !sound) return sound.error();
    if (auto sound = check_published(published); !sound) return sound.error();
    if (!numbers->empty())
        if (auto finished = finish(); !finished) return finished.error();
    conclude();
    return std::move(log_);
}

Result<std::vector<std::uint64_t>> Scan::segment_numbers()
{
    const auto names = segments_.list();
    if (!names) return unreadable(names.error(), "segments");
    std::vector<std::uint64_t> numbers;
    for (const auto& name : *names)
        if (const auto number = segment_number(name)) numbers.push_back(*number);
    std::ranges::sort(numbers);
    return numbers;
}

Result<void> Scan::read_segment(std::uint64_t number, bool is_last)
{
    const std::string name = segment_name(number);
    const std::uint64_t expected = log_.last_segment ? log_.last_segment->number + 1 : 0;
    if (number != expected) return damaged(expected, Damage::segment_missing);
    auto file = segments_.open(name);
    if (!file) return unreadable(file.error(), name);
    file_ = std::move(*file);
    const auto size = file_->size();
    if (!size) return unreadable(size.error(), name);
    bytes_.resize(static_cast<std::size_t>(*size));
    const auto count = file_->read(0, bytes_);
    if (!count) return unreadable(count.error(), name);
    bytes_.resize(*count);

    if (auto sound = check_superblock(number); !sound) return sound;
    if (auto sound = read_frames(number); !sound) return sound;
    if (bytes_.size() != log_.last_segment->segment_bytes)
        return damaged(number, Damage::segment_has_another_length);
    if (auto sound = check_rest(number, is_last); !sound) return sound;
    return check_signature(number);
}

Result<void> Scan::check_superblock(std::uint64_t number)
{
    const auto pair = read_superblocks(bytes_);
    if (!pair.newest) return damaged(number, Damage::superblocks_unreadable);
    const Superblock& superblock = *pair.newest;
    if (superblock.origin != log_key_.name) return damaged(number, Damage::segment_of_another_log);
    if (!continues(log_.head, superblock, number)) return damaged(number, Damage::segment_does_not_continue);
    repair_superblock_ = !pair.alike;
    if (repair_superblock_)
        report_.remarks.push_back(segment_name(number) + ": one copy of the superblock was damaged or old");
    log_.last_segment = superblock;
    return {};
}

Result<void> Scan::read_frames(std::uint64_t number)
{
    at_ = segment_frames_begin;
    while (at_ < bytes_.size()) {
        const auto decoded = decode_frame(ByteView(bytes_).subspan(at_));
        if (!decoded) break;
        if (auto sound = accept(*decoded); !sound) return damaged(number, Damage::frame_does_not_continue);
        log_.frames.push_back({decoded->frame.first, number, at_, decoded->aligned_bytes});
        at_ += decoded->aligned_bytes;
    }
    log_.end = at_;
    return {};
}

Result<void> Scan::accept(const DecodedFrame& decoded)
{
    const Frame& frame = decoded.frame;
    if (!continues(log_.head, frame, log_.last_segment->epoch)) return fault(Fault::corrupt);
    MerkleTree& tree = log_.tree;
    for (const auto& entry : frame.entries)
        tree.append(leaf_hash(bytes_of(entry)));
    if (tree.root() != frame.root) return fault(Fault::corrupt);
    log_.head = head_after(decoded);
    return {};
}

Result<void> Scan::check_rest(std::uint64_t number, bool is_last)
{
    const ByteView rest = ByteView(bytes_).subspan(std::min<std::uint64_t>(at_, bytes_.size()));
    if (all_zero(rest)) return {};
    if (genuine_frame_follows(rest, log_.head.size, log_key_)) return damaged(number, Damage::frame_damaged);
    if (!is_last) {
        // Should an entry be missing here, the next superblock will not fit and the start is refused there.
        report_.remarks.push_back(segment_name(number) + ": unused space after its last frame is not zero");
        return {};
    }
    const auto last = std::find_if(rest.rbegin(), rest.rend(), [](std::uint8_t byte) { return byte != 0; });
    const auto used = static_cast<std::uint64_t>(rest.rend() - last);
    const std::uint64_t end = at_ + (used + frame_alignment - 1) / frame_alignment * frame_alignment;
    torn_end_ = std::min<std::uint64_t>(end, bytes_.size());
    return {};
}

/// The last frame of a segment commits by its root to every entry before it, and every root before was
/// recomputed; so one signature speaks for all of them, and damage to another frame's note would have broken
/// that frame's hash.
Result<void> Scan::check_signature(std::uint64_t number)
{
    if (log_.head.size == log_.last_segment->first) return {}; // Nothing new in this segment.
    if (is_signed(log_.head, log_key_)) return {};
    return damaged(number, Damage::not_signed);
}

Result<void> Scan::check_published(const std::optional<Checkpoint>& published)
{
    if (!published) return {};
    const auto size = log_.head.size;
    report_.entries = size;
    if (published->size > size) return rolled_back(report_, size, *published);
    if (log_.tree.root(published->size) != published->root) return contradicted(report_, size, *published);
    return {};
}

/// The changes, once everything has been checked.
Result<void> Scan::finish()
{
    const std::string name = segment_name(log_.last_segment->number);
    if (torn_end_ > at_)
        if (auto cut = fill_with_zeros(*file_, at_, torn_end_ - at_); !cut)
            return unreadable(cut.error(), name);
    if (repair_superblock_)
        if (auto repaired = write_superblocks(*file_, *log_.last_segment); !repaired)
            return unreadable(repaired.error(), name);
    // A killed process may have left its last frame in the page cache only, and after a failed sync the
    // kernel counts a page as written that is not. From now on people are told what this frame says, so it is
    // written again.
    if (!log_.frames.empty() && log_.frames.back().segment == log_.last_segment->number) {
        const auto& last = log_.frames.back();
        const ByteView frame = ByteView(bytes_).subspan(last.offset, last.aligned_bytes);
        if (auto settled = file_->write_durably(last.offset, frame); !settled)
            return unreadable(settled.error(), name);
    }
    if (auto synced = segments_.sync(); !synced) return unreadable(synced.error(), "segments");
    log_.head.epoch = log_.last_segment->epoch;
    return {};
}

void Scan::conclude()
{
    report_.entries = log_.head.size;
    const std::string entries = std::to_string(log_.head.size);
    if (!log_.last_segment) {
        report_.finding = Finding::fresh;
        report_.english = "There is no log yet.";
        report_.chinese = "尚无日志。";
    } else if (torn_end_ > at_) {
        report_.finding = Finding::torn_tail;
        report_.kept_bytes = at_;
        report_.cut_bytes = torn_end_ - at_;
        report_.english =
            "The last write was never finished and never acknowledged: " + std::to_string(report_.cut_bytes) +
            " bytes were cut off after entry count " + entries + " in " +
            segment_name(log_.last_segment->number) + ".";
        report_.chinese = "最后一次写入未完成，也未曾确认：在 " + segment_name(log_.last_segment->number) +
                          " 第 " + entries + " 条记录之后截去 " + std::to_string(report_.cut_bytes) +
                          " 字节。";
    } else {
        report_.finding = Finding::sound;
        report_.english = "The log is sound: " + entries + " entries.";
        report_.chinese = "日志完好：共 " + entries + " 条记录。";
    }
}

} // namespace

Result<RecoveredLog> recover(Directory& segments, const NoteVerifier& log_key,
                             const std::optional<Checkpoint>& published, Recovery& report)
{
    report = {};
    return Scan(segments, log_key, report).run(published);
}

} // namespace plenum::journal
