#include "server/clerk/shared_table.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace plenum::clerk {
namespace {

constexpr int background_niceness = 19;

} // namespace

SharedTable::SharedTable()
{
    thread_ = std::thread([this] { run(); });
}

SharedTable::~SharedTable()
{
    stopping_ = true;
    thread_.join();
}

std::shared_ptr<const ballot::DiscreteLogTable> SharedTable::find(unsigned bits) const
{
    return wait_for(bits, std::chrono::milliseconds(0));
}

std::shared_ptr<const ballot::DiscreteLogTable> SharedTable::wait_for(unsigned bits,
                                                                      std::chrono::milliseconds timeout) const
{
    std::unique_lock lock(mutex_);
    const bool is_there =
        built_.wait_for(lock, timeout, [&] { return table_ != nullptr && table_->bits() >= bits; });
    return is_there ? table_ : nullptr;
}

void SharedTable::run()
{
    // Only this thread: on Linux a niceness belongs to a thread.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), background_niceness);
    for (const auto bits : {small_bits, large_bits}) {
        auto built = ballot::DiscreteLogTable::build(bits, [this] { return !stopping_; });
        if (!built) return;
        {
            const std::lock_guard lock(mutex_);
            table_ = std::make_shared<const ballot::DiscreteLogTable>(std::move(*built));
        }
        built_.notify_all();
    }
}

} // namespace plenum::clerk
