#include "server/journal/segment_store.hpp"

#include "protocol/assert.hpp"
#include "protocol/frame.hpp"
#include "server/journal/checkpoints.hpp"
#include "server/journal/log_checks.hpp"

#include <algorithm>

namespace plenum::journal {
namespace {

constexpr std::size_t length_bytes = 2; // before each entry and each sealed record
constexpr std::size_t note_bytes_max = 2 * origin_bytes_max + 256;

/// Never less than what encode_frame makes of the group, known before anything is hashed or changed.
std::uint64_t frame_bytes_at_most(const Group& group)
{
    const std::uint64_t records = group.entries.size() + group.sealed.size();
    const std::uint64_t bytes =
        frame_header_bytes + group.bytes() + records * length_bytes + 2 * Digest::size + note_bytes_max;
    return (bytes + frame_alignment - 1) / frame_alignment * frame_alignment;
}

boost::system::error_code refuse(Recovery& report, boost::system::error_code error)
{
    if (error == fault(Fault::in_use)) {
        report.finding = Recovery::Finding::in_use;
        report.english = "Another process is using this data directory.";
        report.chinese = "另一进程正在使用此数据目录。";
        return error;
    }
    if (error == fault(Fault::corrupt)) return without_checkpoint(report);
    return unreadable(report, 0, "the data directory", error);
}

} // namespace

SegmentStore::SegmentStore(std::unique_ptr<Lock> lock, std::unique_ptr<Directory> segments,
                           SegmentOptions options, SigningKey key, RecoveredLog log)
    : lock_(std::move(lock)), segments_(std::move(segments)), options_(std::move(options)),
      key_(std::move(key)), tree_(std::move(log.tree)), head_(std::move(log.head)),
      frames_(std::move(log.frames)),
      preparer_(*segments_, options_.segment_bytes, options_.prepare_in_background)
{
    if (log.last_segment) segment_ = *log.last_segment;
    end_ = log.end;
}

Result<std::unique_ptr<SegmentStore>> SegmentStore::open(Directory& data, SegmentOptions options,
                                                         SigningKey key, Recovery& report)
{
    PLENUM_ASSERT(options.segment_bytes % frame_alignment == 0 &&
                  options.segment_bytes > segment_frames_begin);
    PLENUM_ASSERT(options.origin.size() <= origin_bytes_max);
    report = {};
    auto lock = data.lock("lock");
    if (!lock) return refuse(report, lock.error());
    auto segments = data.make_directory("segments");
    if (!segments) return refuse(report, segments.error());
    const NoteVerifier log_key = note_verifier(options.origin, key.public_key());
    const auto checkpoints = PublishedCheckpoints::open(data, log_key);
    if (!checkpoints) return refuse(report, checkpoints.error());
    const auto published = checkpoints->newest();
    if (!published) return refuse(report, published.error());
    auto log = recover(**segments, log_key, *published, report);
    if (!log) return log.error();

    const bool is_fresh = !log->last_segment;
    std::unique_ptr<SegmentStore> store(new SegmentStore(
        std::move(*lock), std::move(*segments), std::move(options), std::move(key), std::move(*log)));
    if (store->head_.size == 0)
        store->head_.checkpoint =
            sign_checkpoint({store->options_.origin, 0, store->head_.root}, store->key_);
    if (is_fresh) {
        if (auto begun = store->begin_segment(0); !begun) return refuse(report, begun.error());
    } else {
        auto file = store->segments_->open(segment_name(store->segment_.number));
        if (!file) return refuse(report, file.error());
        store->file_ = std::move(*file);
        store->set_end(store->end_);
    }
    store->preparer_.want();
    return store;
}

Result<Head> SegmentStore::claim()
{
    PLENUM_ASSERT(!claimed_);
    if (stopped_) return stopped_;
    segment_.epoch += 1;
    if (auto written = write_superblocks(*file_, segment_); !written) return stop(fault(Fault::not_durable));
    head_.epoch = segment_.epoch;
    claimed_ = true;
    return head_;
}

Result<Head> SegmentStore::append_group(const Group& group)
{
    PLENUM_ASSERT(claimed_ && group.first == head_.size && !group.entries.empty());
    if (stopped_) return stopped_;
    if (preparer_.has_failed()) return stop(fault(Fault::not_durable));
    if (auto room = make_room(frame_bytes_at_most(group)); !room) {
        if (room.error() == fault(Fault::disk_full)) return room.error();
        return stop(room.error());
    }

    for (const auto& entry : group.entries)
        tree_.append(leaf_hash(bytes_of(entry)));
    const Digest root = tree_.root();
    Frame frame{.first = group.first,
                .epoch = head_.epoch,
                .wall_ms = std::max(head_.wall_ms, group.wall_ms),
                .previous = head_.last_frame,
                .entries = group.entries,
                .sealed = group.sealed,
                .root = root,
                .note = sign_checkpoint({options_.origin, tree_.size(), root}, key_)};
    const EncodedFrame encoded = encode_frame(frame);
    PLENUM_ASSERT(encoded.bytes.size() <= segment_.segment_bytes - end_);
    // The space was written before, so a full disk is as unexpected here as any other fault.
    if (auto written = file_->write_durably(end_, encoded.bytes); !written)
        return stop(fault(Fault::not_durable));

    frames_.push_back({group.first, segment_.number, end_, encoded.bytes.size()});
    set_end(end_ + encoded.bytes.size());
    head_ = {tree_.size(), root, encoded.hash, head_.epoch, frame.wall_ms, std::move(frame.note)};
    preparer_.want();
    return head_;
}

/// The bytes of the frame are known to fit when this returns.
Result<void> SegmentStore::make_room(std::uint64_t frame_bytes)
{
    if (frame_bytes <= segment_.segment_bytes - end_) return {};
    if (frame_bytes > options_.segment_bytes - segment_frames_begin) return fault(Fault::out_of_range);
    return begin_segment(segment_.number + 1);
}

/// No frame is written to it before its name is durable, so a crash anywhere in here leaves a sound log.
Result<void> SegmentStore::begin_segment(std::uint64_t number)
{
    auto file = preparer_.take();
    if (!file) return file.error();
    const Superblock superblock{.origin = options_.origin,
                                .number = number,
                                .first = head_.size,
                                .epoch = head_.epoch,
                                .segment_bytes = options_.segment_bytes,
                                .previous = head_.last_frame,
                                .root = head_.root};
    auto done = write_superblocks(**file, superblock);
    if (done) done = segments_->rename(SegmentPreparer::prepared_name, segment_name(number));
    if (done) done = segments_->sync();
    if (!done) return fault(Fault::not_durable); // Also for a full disk: the names may have changed already.
    segment_ = superblock;
    file_ = std::move(*file);
    set_end(segment_frames_begin);
    return {};
}

/// The frame an entry stands in; it is there.
std::vector<FramePlace>::const_iterator SegmentStore::frame_of(std::uint64_t seq) const
{
    const auto next =
        std::upper_bound(frames_.begin(), frames_.end(), seq,
                         [](std::uint64_t wanted, const FramePlace& frame) { return wanted < frame.first; });
    return std::prev(next);
}

Result<void> SegmentStore::read_from(std::uint64_t first,
                                     const std::function<bool(std::uint64_t, std::string_view)>& take)
{
    if (first >= head_.size) return {};
    for (auto place = frame_of(first); place != frames_.end(); ++place) {
        const auto frame = read_frame(*place);
        if (!frame) return frame.error();
        std::uint64_t seq = place->first;
        for (const auto& entry : frame->entries) {
            if (seq >= first && !take(seq, entry)) return {};
            ++seq;
        }
    }
    return {};
}

Result<void>
SegmentStore::read_sealed(std::uint64_t first,
                          const std::function<bool(std::uint64_t, const std::vector<Bytes>&)>& take)
{
    if (first >= head_.size) return {};
    for (auto place = frame_of(first); place != frames_.end(); ++place) {
        const auto frame = read_frame(*place);
        if (!frame) return frame.error();
        if (!frame->sealed.empty() && !take(place->first, frame->sealed)) return {};
    }
    return {};
}

Result<Frame> SegmentStore::read_frame(const FramePlace& place)
{
    if (!reading_ || open_segment_ != place.segment) {
        auto file = segments_->open(segment_name(place.segment));
        if (!file) return file.error();
        reading_ = std::move(*file);
        open_segment_ = place.segment;
    }
    Bytes bytes(static_cast<std::size_t>(place.aligned_bytes));
    if (auto count = reading_->read(place.offset, bytes); !count) return count.error();
    auto decoded = decode_frame(bytes);
    if (!decoded || decoded->frame.first != place.first) return fault(Fault::corrupt);
    return std::move(decoded->frame);
}

std::uint64_t SegmentStore::room_bytes() const
{
    const auto free = segments_->free_bytes();
    const std::uint64_t segments = ((free ? *free : 0) + preparer_.filled_bytes()) / options_.segment_bytes;
    return rest_bytes_ + segments * (options_.segment_bytes - segment_frames_begin);
}

boost::system::error_code SegmentStore::stop(boost::system::error_code error)
{
    stopped_ = error;
    return error;
}

void SegmentStore::set_end(std::uint64_t end)
{
    end_ = end;
    rest_bytes_ = segment_.segment_bytes - end;
}

} // namespace plenum::journal
