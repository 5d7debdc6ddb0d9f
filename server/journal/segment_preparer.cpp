#include "server/journal/segment_preparer.hpp"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace plenum::journal {
namespace {

constexpr std::uint64_t step_bytes = 1024 * 1024;
constexpr int background_niceness = 15;

} // namespace

SegmentPreparer::SegmentPreparer(Directory& segments, std::uint64_t segment_bytes, bool in_background)
    : segments_(segments), segment_bytes_(segment_bytes)
{
    if (in_background) thread_ = std::thread([this] { run(); });
}

SegmentPreparer::~SegmentPreparer()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void SegmentPreparer::want()
{
    {
        const std::lock_guard lock(mutex_);
        if (stage_ != Stage::none) return;
        stage_ = Stage::wanted;
    }
    if (thread_.joinable()) {
        changed_.notify_all();
    } else {
        prepare();
    }
}

Result<std::unique_ptr<File>> SegmentPreparer::take()
{
    std::unique_lock lock(mutex_);
    if (stage_ == Stage::none || stage_ == Stage::full) stage_ = Stage::wanted;
    if (stage_ == Stage::wanted && !thread_.joinable()) {
        lock.unlock();
        prepare();
        lock.lock();
    }
    changed_.notify_all();
    changed_.wait(lock, [this] { return stage_ != Stage::wanted && stage_ != Stage::filling; });
    if (stage_ != Stage::ready) return fault_;
    stage_ = Stage::none;
    filled_bytes_ = 0;
    return std::move(file_);
}

bool SegmentPreparer::has_failed() const
{
    const std::lock_guard lock(mutex_);
    return stage_ == Stage::failed;
}

void SegmentPreparer::run()
{
    // Only this thread: on Linux a niceness belongs to a thread.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), background_niceness);
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return stopping_ || stage_ == Stage::wanted; });
            if (stopping_) return;
        }
        prepare();
    }
}

void SegmentPreparer::prepare()
{
    {
        const std::lock_guard lock(mutex_);
        stage_ = Stage::filling;
    }
    auto file = fill();
    if (!file) {
        (void)segments_.remove(prepared_name); // The first fault is the one to report.
        filled_bytes_ = 0;
    }
    {
        const std::lock_guard lock(mutex_);
        if (file) {
            file_ = std::move(*file);
            stage_ = Stage::ready;
        } else {
            const bool is_full = file.error() == fault(Fault::disk_full);
            fault_ = is_full ? file.error() : fault(Fault::not_durable);
            stage_ = is_full ? Stage::full : Stage::failed;
        }
    }
    changed_.notify_all();
}

Result<std::unique_ptr<File>> SegmentPreparer::fill()
{
    // A left-over may be a second name of a segment, after a power cut during the rename; creating the file
    // would empty both.
    auto removed = segments_.remove(prepared_name);
    if (!removed && removed.error() != fault(Fault::not_found)) return removed.error();
    auto file = segments_.create(prepared_name);
    if (!file) return file.error();
    for (std::uint64_t offset = 0; offset < segment_bytes_; offset += step_bytes) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return fault(Fault::disk_full); // Nobody will ask; the next start begins anew.
        }
        const std::uint64_t step = std::min(step_bytes, segment_bytes_ - offset);
        if (auto filled = fill_with_zeros(**file, offset, step); !filled) return filled.error();
        filled_bytes_ = offset + step;
    }
    if (auto synced = (*file)->sync(); !synced) return synced.error();
    return file;
}

} // namespace plenum::journal
