#pragma once

#include "server/journal/file.hpp"

#include <map>
#include <optional>

/// A disk in memory that fails on demand, behind the same seam as the real one (server/journal/file.hpp).
/// Everything random comes from the seed, so one seed always gives one story.
///
/// What it promises is what POSIX promises and no more. Content written without sync, and names created,
/// renamed or removed without a directory sync, may or may not survive a power cut, each 512-byte sector and
/// each name by itself; of a rename both names may survive. A durable write or sync that was under way when
/// the power went may have reached any of its sectors. After a failed sync of a file its content is still
/// visible and counts as written although part of it is not, until the power is cut; after one of a directory
/// the next sync makes up for it. A killed process loses only its open files and locks.
namespace plenum::testing {

enum class Trouble {
    io_error,    ///< the operation fails; what it was to make durable is partly lost without a further word
    disk_full,   ///< a write fails with Fault::disk_full before it does anything, a sync as with io_error
    short_write, ///< a write stops half-way with io_error; other operations just fail
    power_cut,   ///< the power goes in the middle of the operation; everything fails until restart
};

/// A handle: copies share one disk. clone() makes an independent one. Safe for several threads.
class SimulatedDisk {
public:
    explicit SimulatedDisk(std::uint64_t seed = 0, std::uint64_t capacity_bytes = 1ull << 30);

    /// The data directory. Handles made before a restart answer io_error for ever after it.
    std::unique_ptr<journal::Directory> root() const;

    /// The same disk with its content, pending writes and random state, but no open files, locks or planned
    /// trouble.
    SimulatedDisk clone() const;

    /// Lets the `nth` operation from now fail (0: the next one). Operations are: open, create, read, write,
    /// sync, rename, remove, list, opening and making of directories; size, free_bytes and lock are not
    /// counted. Several may be planned.
    void plan(std::uint64_t nth, Trouble trouble);
    void forget_plans();
    /// How many operations there have been.
    std::uint64_t operations() const;

    /// The power goes now and comes back: unsynced content and names survive or not, by the seed.
    void cut_power();
    /// The process is killed and started again: open files and locks are gone, all content stays.
    void kill_process();
    /// True after Trouble::power_cut struck, until cut_power() is called to settle what survived.
    bool is_dark() const;

    void set_capacity(std::uint64_t bytes);

    /// Direct access for tests, durable at once. Paths are relative to the root: `segments/00000000.seg`.
    void flip_bit(const std::string& path, std::uint64_t offset, unsigned bit);
    Bytes content(const std::string& path) const;
    void set_content(const std::string& path, Bytes content);
    void remove(const std::string& path);
    /// A second name for a file, as a rename may leave it that a power cut ended.
    void link(const std::string& path, const std::string& second);
    std::vector<std::string> paths() const;

private:
    struct State;
    class Handle;
    class SimulatedFile;
    class SimulatedLock;
    class SimulatedDirectory;

    explicit SimulatedDisk(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

} // namespace plenum::testing
