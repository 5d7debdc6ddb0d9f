#include "server/journal/log_reader.hpp"

#include "server/journal/log_checks.hpp"

#include <algorithm>

namespace plenum::journal {
namespace {

using Finding = Recovery::Finding;

struct DamagedSegment {
    std::uint64_t number = 0;
    Damage what{};
};

/// One reading. A segment is only entered when its superblock was seen, and whether another follows is asked
/// before its frames are read: a segment that has a successor is complete.
class Reading {
public:
    Reading(Directory& segments, const NoteVerifier& log_key, const std::optional<Checkpoint>& published,
            Recovery& report, const TakeEntry& take)
        : segments_(segments), log_key_(log_key), published_(published), report_(report), take_(take)
    {
        head_.root = empty_root();
    }

    Result<Head> run();

private:
    Result<std::optional<Superblock>> look_at(std::uint64_t number);
    Result<std::uint64_t> count_later(std::uint64_t number);
    Result<std::unique_ptr<File>> open(std::uint64_t number);
    Result<void> load(std::uint64_t number);
    Result<void> read_segment(std::uint64_t number, const std::optional<Superblock>& next);
    bool follow();
    bool accept(const DecodedFrame& decoded);
    std::optional<DamagedSegment> damage_at_the_end(std::uint64_t number,
                                                    const std::optional<Superblock>& next) const;
    void remark_on_the_end(std::uint64_t number);
    Result<Head> conclude();

    ByteView rest() const { return ByteView(bytes_).subspan(std::min<std::size_t>(at_, bytes_.size())); }
    boost::system::error_code damaged(std::uint64_t number, Damage what)
    {
        return journal::damaged(report_, head_.size, number, what);
    }
    boost::system::error_code unreadable(std::uint64_t number, boost::system::error_code error)
    {
        return journal::unreadable(report_, head_.size, segment_name(number), error);
    }

    Directory& segments_;
    const NoteVerifier& log_key_;
    const std::optional<Checkpoint>& published_;
    Recovery& report_;
    const TakeEntry& take_;

    Head head_;
    MerkleFrontier tree_;
    std::optional<Digest> root_when_published_; ///< once that many entries have been read
    bool stopped_ = false;                      ///< `take` wants no more
    std::unique_ptr<File> file_;                ///< of the segment being read, in the end the last one
    Superblock superblock_;                     ///< likewise
    Bytes bytes_;                               ///< its content
    std::size_t at_ = 0;                        ///< where its frames have been followed to
};

Result<std::unique_ptr<File>> Reading::open(std::uint64_t number)
{
    return segments_.open(segment_name(number));
}

Result<std::uint64_t> Reading::count_later(std::uint64_t number)
{
    const auto names = segments_.list();
    if (!names) return journal::unreadable(report_, head_.size, "segments", names.error());
    const auto count = std::ranges::count_if(*names, [&](const auto& name) {
        const auto other = segment_number(name);
        return other && *other > number;
    });
    return static_cast<std::uint64_t>(count);
}

/// The superblock of a segment; nothing when there is no such segment and none after it.
Result<std::optional<Superblock>> Reading::look_at(std::uint64_t number)
{
    auto file = open(number);
    if (!file && file.error() == fault(Fault::not_found)) {
        const auto later = count_later(number);
        if (!later) return later.error();
        if (*later == 0) return std::optional<Superblock>();
        file = open(number); // Both may have been made since.
        if (!file && file.error() == fault(Fault::not_found)) return damaged(number, Damage::segment_missing);
    }
    if (!file) return unreadable(number, file.error());
    for (const bool last_try : {false, true}) {
        Bytes start(segment_frames_begin);
        const auto count = (*file)->read(0, start);
        if (!count) return unreadable(number, count.error());
        start.resize(*count);
        const auto superblock = read_superblocks(start).newest;
        if (!superblock && !last_try) continue; // A claim writes one copy after the other.
        if (!superblock) return damaged(number, Damage::superblocks_unreadable);
        if (superblock->origin != log_key_.name) return damaged(number, Damage::segment_of_another_log);
        return superblock;
    }
    return std::optional<Superblock>();
}

/// Reads the whole file, or reads it again.
Result<void> Reading::load(std::uint64_t number)
{
    auto file = open(number);
    if (!file) return unreadable(number, file.error());
    file_ = std::move(*file);
    const auto size = file_->size();
    if (!size) return unreadable(number, size.error());
    bytes_.resize(static_cast<std::size_t>(*size));
    const auto count = file_->read(0, bytes_);
    if (!count) return unreadable(number, count.error());
    bytes_.resize(*count);
    // A claim may have been made since; its frames carry a newer epoch.
    if (const auto newest = read_superblocks(bytes_).newest) superblock_.epoch = newest->epoch;
    return {};
}

bool Reading::accept(const DecodedFrame& decoded)
{
    const auto& frame = decoded.frame;
    if (!continues(head_, frame, superblock_.epoch)) return false;
    MerkleFrontier tree = tree_;
    std::optional<Digest> root_when_published = root_when_published_;
    for (const auto& entry : frame.entries) {
        tree.append(leaf_hash(bytes_of(entry)));
        if (published_ && tree.size() == published_->size) root_when_published = tree.root();
    }
    if (tree.root() != frame.root) return false;
    tree_ = std::move(tree);
    root_when_published_ = root_when_published;
    std::uint64_t seq = frame.first;
    for (const auto& entry : frame.entries) {
        if (!stopped_ && !take_(seq++, entry)) stopped_ = true;
    }
    head_ = head_after(decoded);
    return true;
}

/// Follows the frames from where it stands; false when a whole frame does not continue the log.
bool Reading::follow()
{
    while (at_ < bytes_.size() && !stopped_) {
        const auto decoded = decode_frame(rest());
        if (!decoded) break;
        if (!accept(*decoded)) return false;
        at_ += decoded->aligned_bytes;
    }
    return true;
}

/// Why the place where the frames stop cannot be the end of this segment.
std::optional<DamagedSegment> Reading::damage_at_the_end(std::uint64_t number,
                                                         const std::optional<Superblock>& next) const
{
    if (bytes_.size() != superblock_.segment_bytes)
        return DamagedSegment{number, Damage::segment_has_another_length};
    if (genuine_frame_follows(rest(), head_.size, log_key_))
        return DamagedSegment{number, Damage::frame_damaged};
    if (next && !continues(head_, *next, number + 1))
        return DamagedSegment{number + 1, Damage::segment_does_not_continue};
    return std::nullopt;
}

Result<void> Reading::read_segment(std::uint64_t number, const std::optional<Superblock>& next)
{
    at_ = segment_frames_begin;
    for (bool again = false;; again = true) {
        if (auto loaded = load(number); !loaded) return loaded;
        const auto before = at_;
        const bool sound = follow();
        if (stopped_) return {};
        const auto damage =
            sound ? damage_at_the_end(number, next) : DamagedSegment{number, Damage::frame_does_not_continue};
        if (!damage) return {};
        // What was being written the first time has been written now.
        if (again && at_ == before) return damaged(damage->number, damage->what);
    }
}

void Reading::remark_on_the_end(std::uint64_t number)
{
    if (std::ranges::all_of(rest(), [](std::uint8_t byte) { return byte == 0; })) return;
    report_.remarks.push_back(segment_name(number) + ": an unfinished write after entry count " +
                              std::to_string(head_.size) + " is left out");
}

Result<Head> Reading::run()
{
    auto superblock = look_at(0);
    for (std::uint64_t number = 0; superblock && *superblock; ++number) {
        superblock_ = **superblock;
        if (!continues(head_, superblock_, number)) return damaged(number, Damage::segment_does_not_continue);
        auto next = look_at(number + 1);
        if (!next) return next.error();
        if (auto read = read_segment(number, *next); !read) return read.error();
        if (stopped_) break;
        if (!*next) remark_on_the_end(number);
        superblock = std::move(next);
    }
    if (!superblock) return superblock.error();
    return conclude();
}

Result<Head> Reading::conclude()
{
    report_.entries = head_.size;
    if (published_ && published_->size > head_.size && !stopped_)
        return rolled_back(report_, head_.size, *published_);
    if (published_ && published_->size == 0) root_when_published_ = empty_root();
    if (root_when_published_ && *root_when_published_ != published_->root)
        return contradicted(report_, head_.size, *published_);
    if (head_.size == 0) {
        report_.english = "There is no log yet.";
        report_.chinese = "尚无日志。";
        return fault(Fault::not_found);
    }
    if (!is_signed(head_, log_key_)) return damaged(superblock_.number, Damage::not_signed);
    // What was read may stand in the page cache only, of a machine that is about to lose power.
    if (!stopped_)
        if (auto synced = file_->sync(); !synced) return unreadable(superblock_.number, synced.error());
    report_.finding = Finding::sound;
    return std::move(head_);
}

} // namespace

Result<Head> read_log(Directory& segments, const NoteVerifier& log_key,
                      const std::optional<Checkpoint>& published, Recovery& report, const TakeEntry& take)
{
    report = {};
    return Reading(segments, log_key, published, report, take).run();
}

} // namespace plenum::journal
