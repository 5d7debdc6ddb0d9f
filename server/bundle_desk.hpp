#pragma once

#include "server/bundle_export.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace plenum {

/// Makes audit bundles beside the running server, for those who fetch them: on a thread of its own, and one
/// at a time from the order until the file has been read, so that neither the processor nor the disk is taken
/// from a sitting. Who asks meanwhile for the very same bundle reads the same file: after a meeting many do.
class BundleDesk {
public:
    struct Settings {
        std::string folder; ///< where bundles stand while they are needed; emptied at the start
        std::uint64_t keep_free_bytes = 0; ///< room on that disk no bundle may take
    };

    /// What is wanted: entries up to a durable size.
    struct Order {
        audit::BundleKind kind = audit::BundleKind::public_;
        std::uint64_t size = 0;

        bool operator==(const Order&) const = default;
    };

    /// A bundle to be read. The file goes, and the next order is taken, when the last `keeper` is released;
    /// any thread may do that, also after the desk is gone.
    struct Bundle {
        std::string path;
        std::shared_ptr<void> keeper;
    };

    /// Once for every order taken, except when the desk is destroyed first: on the desk's thread, or within
    /// the order when the bundle is there.
    using Made = boost::system::result<Bundle, LocalFault>;
    using Done = std::function<void(Made)>;

    /// `root` is the data directory and outlives the desk.
    BundleDesk(journal::Directory& root, Settings settings);
    /// Gives up a bundle under way and removes what is left.
    ~BundleDesk();
    BundleDesk(const BundleDesk&) = delete;
    BundleDesk& operator=(const BundleDesk&) = delete;

    /// False while another bundle is being made or read, or too many read this one.
    bool order(Order order, Done done);

private:
    enum class Stage { idle, ordered, making, reading, read };

    /// Outlives the desk for as long as somebody reads.
    struct Counter {
        std::mutex mutex;
        std::condition_variable changed;
        Stage stage = Stage::idle;
        std::atomic<bool> closing = false; ///< set under the mutex
    };

    void run();
    void make(std::unique_lock<std::mutex>& lock);
    std::string path() const;
    std::shared_ptr<void> keeper() const;

    journal::Directory& root_;
    const Settings settings_;
    std::shared_ptr<Counter> counter_ = std::make_shared<Counter>();
    Order order_; ///< this and the next two under the counter's mutex
    std::vector<Done> waiting_;
    std::weak_ptr<void> reading_; ///< what its readers hold
    std::thread thread_;
};

} // namespace plenum
