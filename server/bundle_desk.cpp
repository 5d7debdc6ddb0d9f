#include "server/bundle_desk.hpp"

#include <filesystem>
#include <utility>

#include <sys/resource.h>

namespace plenum {
namespace {

constexpr int bundle_niceness = 10;
constexpr std::size_t readers_max = 64; // of one bundle at a time

void remove_all(const std::string& path)
{
    std::error_code ignored; // What cannot be removed now is removed at the next start.
    std::filesystem::remove_all(path, ignored);
}

} // namespace

BundleDesk::BundleDesk(journal::Directory& root, Settings settings)
    : root_(root), settings_(std::move(settings))
{
    remove_all(settings_.folder);
    thread_ = std::thread([this] { run(); });
}

BundleDesk::~BundleDesk()
{
    {
        const std::lock_guard lock(counter_->mutex);
        counter_->closing = true;
    }
    counter_->changed.notify_all();
    thread_.join();
    remove_all(settings_.folder);
}

bool BundleDesk::order(Order order, Done done)
{
    std::shared_ptr<void> keeper; // Released, if at all, without the mutex.
    {
        const std::lock_guard lock(counter_->mutex);
        if (counter_->closing) return false;
        const bool is_idle = counter_->stage == Stage::idle;
        if (!is_idle && !(order == order_)) return false;
        if (counter_->stage == Stage::read) return false;
        if (counter_->stage != Stage::reading) {
            if (waiting_.size() >= readers_max) return false;
            if (is_idle) counter_->stage = Stage::ordered;
            order_ = order;
            waiting_.push_back(std::move(done));
        } else {
            if (reading_.use_count() >= static_cast<long>(readers_max)) return false;
            keeper = reading_.lock();
            if (!keeper) return false;
        }
    }
    if (keeper) {
        done(Bundle{path(), std::move(keeper)});
    } else {
        counter_->changed.notify_all();
    }
    return true;
}

std::string BundleDesk::path() const
{
    return settings_.folder + "/bundle.plenum";
}

void BundleDesk::run()
{
    // Only this thread: on Linux a niceness belongs to a thread. The sitting comes first.
    setpriority(PRIO_PROCESS, 0, bundle_niceness);
    std::unique_lock lock(counter_->mutex);
    for (;;) {
        counter_->changed.wait(lock, [this] {
            return counter_->closing || counter_->stage == Stage::ordered || counter_->stage == Stage::read;
        });
        if (counter_->closing) return;
        if (counter_->stage == Stage::ordered) {
            make(lock);
        } else {
            lock.unlock();
            remove_all(settings_.folder);
            lock.lock();
            counter_->stage = Stage::idle;
        }
    }
}

/// Its release is the sign that the file has been read.
std::shared_ptr<void> BundleDesk::keeper() const
{
    // Any address does: what counts is when the last copy goes.
    return {counter_.get(), [counter = counter_](void*) {
                {
                    const std::lock_guard lock(counter->mutex);
                    counter->stage = Stage::read;
                }
                counter->changed.notify_all();
            }};
}

void BundleDesk::make(std::unique_lock<std::mutex>& lock)
{
    counter_->stage = Stage::making;
    const auto order = order_;
    lock.unlock();
    BundleOrder wanted;
    wanted.kind = order.kind;
    wanted.size = order.size;
    wanted.target = {path(), false, settings_.keep_free_bytes};
    wanted.abandoned = [this] { return counter_->closing.load(); };
    std::error_code ignored; // Writing says better what is wrong.
    std::filesystem::create_directory(settings_.folder, ignored);
    const auto exported = export_bundle(root_, wanted);
    if (!exported) remove_all(settings_.folder);
    lock.lock();
    counter_->stage = exported ? Stage::reading : Stage::idle;
    if (counter_->closing) return;
    auto waiting = std::exchange(waiting_, {});
    auto kept = exported ? keeper() : nullptr;
    reading_ = kept;
    lock.unlock();
    for (const auto& done : waiting)
        done(exported ? Made(Bundle{path(), kept}) : Made(exported.error()));
    waiting.clear();
    kept.reset(); // Its release takes the mutex.
    lock.lock();
}

} // namespace plenum
