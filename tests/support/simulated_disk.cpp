#include "tests/support/simulated_disk.hpp"

#include "protocol/assert.hpp"

#include <algorithm>
#include <mutex>
#include <set>

namespace plenum::testing {
namespace {

using journal::Directory;
using journal::File;
using journal::Lock;

constexpr std::uint64_t sector_bytes = 512;

/// splitmix64: small, fast, and the same everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
        return mixed ^ (mixed >> 31);
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }

private:
    std::uint64_t state_;
};

struct Inode {
    Bytes current;                         ///< what processes see
    Bytes durable;                         ///< what the platter holds
    std::set<std::uint64_t> dirty_sectors; ///< differ, perhaps

    void put(std::uint64_t offset, ByteView bytes)
    {
        if (current.size() < offset + bytes.size()) current.resize(offset + bytes.size());
        std::ranges::copy(bytes, current.begin() + static_cast<std::ptrdiff_t>(offset));
        for (std::uint64_t at = offset / sector_bytes; at * sector_bytes < offset + bytes.size(); ++at)
            dirty_sectors.insert(at);
    }
    void settle_sector(std::uint64_t sector)
    {
        const std::uint64_t begin = sector * sector_bytes;
        const std::uint64_t end = std::min<std::uint64_t>(begin + sector_bytes, current.size());
        if (begin >= end) return;
        if (durable.size() < end) durable.resize(end);
        const auto from = current.begin() + static_cast<std::ptrdiff_t>(begin);
        std::copy(from, from + static_cast<std::ptrdiff_t>(end - begin),
                  durable.begin() + static_cast<std::ptrdiff_t>(begin));
    }
    void settle_all()
    {
        for (const auto sector : dirty_sectors)
            settle_sector(sector);
        dirty_sectors.clear();
    }
    void settle_range(std::uint64_t offset, std::uint64_t count)
    {
        for (std::uint64_t at = offset / sector_bytes; at * sector_bytes < offset + count; ++at) {
            settle_sector(at);
            dirty_sectors.erase(at);
        }
    }
    /// Some runs of luck are worse than others: all, none, most, few, or a coin for each sector.
    void settle_some(std::uint64_t offset, std::uint64_t count, Random& random)
    {
        static constexpr std::uint64_t percents[] = {0, 100, 50, 90, 10};
        const std::uint64_t percent = percents[random.below(std::size(percents))];
        for (auto at = dirty_sectors.begin(); at != dirty_sectors.end();) {
            const bool concerned = *at * sector_bytes < offset + count && (*at + 1) * sector_bytes > offset;
            if (!concerned) {
                ++at;
                continue;
            }
            if (random.below(100) < percent) settle_sector(*at);
            at = dirty_sectors.erase(at);
        }
    }
};

using InodeNumber = std::uint64_t;
using Names = std::map<std::string, InodeNumber>;

/// A change of names that no directory sync has made durable yet. A rename survives whole, not at all, or as
/// a second name.
struct NameChange {
    std::string folder;
    std::string removed; ///< full path, empty when none
    std::string added;   ///< full path, empty when none
    InodeNumber inode = 0;
};

void carry_out(Names& names, const NameChange& change)
{
    if (!change.removed.empty()) names.erase(change.removed);
    if (!change.added.empty()) names[change.added] = change.inode;
}

std::string folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

} // namespace

struct SimulatedDisk::State {
    State(std::uint64_t seed, std::uint64_t capacity) : random(seed), capacity_bytes(capacity) {}

    mutable std::mutex mutex;
    Random random;
    std::uint64_t capacity_bytes;
    std::map<InodeNumber, Inode> inodes;
    InodeNumber next_inode = 1;
    Names files; ///< as processes see them, by path
    Names durable_files;
    std::vector<NameChange> pending;
    std::set<std::string> folders{""}; ///< making one is durable at once, as the seam promises
    std::set<std::string> locks;
    std::uint64_t generation = 0; ///< handles of an older one are dead
    std::uint64_t operations = 0;
    std::map<std::uint64_t, Trouble> plans;
    bool dark = false;

    std::uint64_t used_bytes() const
    {
        std::uint64_t used = 0;
        for (const auto& [path, inode] : files)
            used += inodes.at(inode).current.size();
        return used;
    }

    /// Counts one operation of a handle and answers what is planned for it.
    Result<std::optional<Trouble>> begin(std::uint64_t of_generation)
    {
        if (dark || of_generation != generation) return fault(Fault::io_error);
        const auto planned = plans.find(operations++);
        if (planned == plans.end()) return std::optional<Trouble>();
        const Trouble trouble = planned->second;
        plans.erase(planned);
        if (trouble == Trouble::power_cut) dark = true;
        return std::optional(trouble);
    }

    /// For operations that either happen or do not.
    Result<void> begin_simple(std::uint64_t of_generation, Fault otherwise = Fault::io_error)
    {
        const auto trouble = begin(of_generation);
        if (!trouble) return trouble.error();
        if (!*trouble) return {};
        return fault(**trouble == Trouble::disk_full ? Fault::disk_full : otherwise);
    }

    void empty_if_linked(InodeNumber inode)
    {
        const auto names = std::ranges::count(files, inode, &Names::value_type::second);
        if (names > 1) inodes.at(inode) = {};
    }

    void change_names(NameChange change)
    {
        carry_out(files, change);
        pending.push_back(std::move(change));
    }

    /// Everything in the folder is as processes see it, whatever an earlier, failed sync picked out.
    void settle_names(const std::string& folder)
    {
        std::erase_if(pending, [&](const NameChange& change) { return change.folder == folder; });
        std::erase_if(durable_files, [&](const auto& file) { return folder_of(file.first) == folder; });
        for (const auto& [path, inode] : files)
            if (folder_of(path) == folder) durable_files[path] = inode;
    }

    /// What a failed directory sync leaves undone stays pending: the next change writes the same block again.
    void settle_some_names(const std::string& folder)
    {
        std::erase_if(pending, [&](const NameChange& change) {
            if (change.folder != folder) return false;
            if (random.below(2) == 0) return false;
            carry_out(durable_files, change);
            return true;
        });
    }
};

/// What files, directories and locks share.
class SimulatedDisk::Handle {
public:
    explicit Handle(std::shared_ptr<State> state) : disk_(std::move(state)), generation_(disk_->generation) {}

protected:
    std::shared_ptr<State> disk_;
    std::uint64_t generation_;
};

class SimulatedDisk::SimulatedFile final : public File, private Handle {
public:
    SimulatedFile(std::shared_ptr<State> state, InodeNumber inode) : Handle(std::move(state)), inode_(inode)
    {}

    Result<std::uint64_t> size() override
    {
        const std::lock_guard lock(disk_->mutex);
        if (disk_->dark || generation_ != disk_->generation) return fault(Fault::io_error);
        return std::uint64_t{inode().current.size()};
    }

    Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_); !begun) return begun.error();
        const Bytes& content = inode().current;
        if (offset >= content.size()) return std::size_t{0};
        const std::size_t count = std::min<std::size_t>(into.size(), content.size() - offset);
        std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
        return count;
    }

    Result<void> write(std::uint64_t offset, ByteView bytes) override { return put(offset, bytes, false); }

    Result<void> write_durably(std::uint64_t offset, ByteView bytes) override
    {
        return put(offset, bytes, true);
    }

    Result<void> sync() override
    {
        const std::lock_guard lock(disk_->mutex);
        const auto trouble = disk_->begin(generation_);
        if (!trouble) return trouble.error();
        if (!*trouble) {
            inode().settle_all();
            return {};
        }
        if (**trouble != Trouble::power_cut) inode().settle_some(0, inode().current.size(), disk_->random);
        return fault(Fault::not_durable);
    }

private:
    Inode& inode() { return disk_->inodes.at(inode_); }

    Result<void> put(std::uint64_t offset, ByteView bytes, bool durably)
    {
        const std::lock_guard lock(disk_->mutex);
        const auto trouble = disk_->begin(generation_);
        if (!trouble) return trouble.error();
        const std::uint64_t before = inode().current.size();
        const std::uint64_t after = std::max<std::uint64_t>(before, offset + bytes.size());
        const bool fits = after == before || disk_->used_bytes() - before + after <= disk_->capacity_bytes;
        if (*trouble == Trouble::disk_full || !fits) return fault(Fault::disk_full);
        if (*trouble == Trouble::short_write) bytes = bytes.first(bytes.size() / 2);
        inode().put(offset, bytes);
        if (*trouble) {
            // On a power cut all of it is still pending; cut_power() decides.
            if (durably && *trouble != Trouble::power_cut)
                inode().settle_some(offset, bytes.size(), disk_->random);
            return fault(Fault::not_durable);
        }
        if (durably) inode().settle_range(offset, bytes.size());
        return {};
    }

    InodeNumber inode_;
};

class SimulatedDisk::SimulatedLock final : public Lock, private Handle {
public:
    SimulatedLock(std::shared_ptr<State> state, std::string path)
        : Handle(std::move(state)), path_(std::move(path))
    {}
    ~SimulatedLock() override
    {
        const std::lock_guard lock(disk_->mutex);
        if (generation_ == disk_->generation) disk_->locks.erase(path_);
    }

private:
    std::string path_;
};

class SimulatedDisk::SimulatedDirectory final : public Directory, private Handle {
public:
    SimulatedDirectory(std::shared_ptr<State> state, std::string path)
        : Handle(std::move(state)), path_(std::move(path))
    {}

    Result<std::unique_ptr<File>> open(const std::string& name) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_); !begun) return begun.error();
        const auto found = disk_->files.find(below(name));
        if (found == disk_->files.end()) return fault(Fault::not_found);
        return std::unique_ptr<File>(std::make_unique<SimulatedFile>(disk_, found->second));
    }

    Result<std::unique_ptr<File>> create(const std::string& name) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_); !begun) return begun.error();
        // A new inode also when the name exists: what emptying a file leaves after a crash is up to the file
        // system. Under another name of the file it is seen emptied.
        if (const auto found = disk_->files.find(below(name)); found != disk_->files.end())
            disk_->empty_if_linked(found->second);
        const InodeNumber inode = disk_->next_inode++;
        disk_->inodes[inode];
        disk_->change_names({path_, "", below(name), inode});
        return std::unique_ptr<File>(std::make_unique<SimulatedFile>(disk_, inode));
    }

    Result<void> rename(const std::string& from, const std::string& to) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_, Fault::not_durable); !begun) return begun.error();
        const auto found = disk_->files.find(below(from));
        if (found == disk_->files.end()) return fault(Fault::not_found);
        disk_->change_names({path_, below(from), below(to), found->second});
        return {};
    }

    Result<void> remove(const std::string& name) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_, Fault::not_durable); !begun) return begun.error();
        if (!disk_->files.contains(below(name))) return fault(Fault::not_found);
        disk_->change_names({path_, below(name), "", 0});
        return {};
    }

    Result<std::vector<std::string>> list() override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_); !begun) return begun.error();
        std::vector<std::string> names;
        const auto add = [&](const std::string& path) {
            if (!path.empty() && folder_of(path) == path_)
                names.push_back(path_.empty() ? path : path.substr(path_.size() + 1));
        };
        for (const auto& [path, inode] : disk_->files)
            add(path);
        for (const auto& path : disk_->folders)
            add(path);
        std::ranges::sort(names);
        return names;
    }

    Result<void> sync() override
    {
        const std::lock_guard lock(disk_->mutex);
        const auto trouble = disk_->begin(generation_);
        if (!trouble) return trouble.error();
        if (!*trouble) {
            disk_->settle_names(path_);
            return {};
        }
        if (**trouble != Trouble::power_cut) disk_->settle_some_names(path_);
        return fault(Fault::not_durable);
    }

    Result<std::unique_ptr<Directory>> open_directory(const std::string& name) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_); !begun) return begun.error();
        if (!disk_->folders.contains(below(name))) return fault(Fault::not_found);
        return std::unique_ptr<Directory>(std::make_unique<SimulatedDirectory>(disk_, below(name)));
    }

    Result<std::unique_ptr<Directory>> make_directory(const std::string& name) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (auto begun = disk_->begin_simple(generation_); !begun) return begun.error();
        disk_->folders.insert(below(name));
        return std::unique_ptr<Directory>(std::make_unique<SimulatedDirectory>(disk_, below(name)));
    }

    Result<std::uint64_t> free_bytes() override
    {
        const std::lock_guard lock(disk_->mutex);
        if (disk_->dark || generation_ != disk_->generation) return fault(Fault::io_error);
        const std::uint64_t used = disk_->used_bytes();
        return used < disk_->capacity_bytes ? disk_->capacity_bytes - used : 0;
    }

    Result<std::unique_ptr<Lock>> lock(const std::string& name) override
    {
        const std::lock_guard lock(disk_->mutex);
        if (disk_->dark || generation_ != disk_->generation) return fault(Fault::io_error);
        if (!disk_->locks.insert(below(name)).second) return fault(Fault::in_use);
        return std::unique_ptr<Lock>(std::make_unique<SimulatedLock>(disk_, below(name)));
    }

private:
    std::string below(const std::string& name) const { return path_.empty() ? name : path_ + "/" + name; }

    std::string path_;
};

SimulatedDisk::SimulatedDisk(std::uint64_t seed, std::uint64_t capacity_bytes)
    : state_(std::make_shared<State>(seed, capacity_bytes))
{}

std::unique_ptr<Directory> SimulatedDisk::root() const
{
    const std::lock_guard lock(state_->mutex);
    return std::make_unique<SimulatedDirectory>(state_, "");
}

SimulatedDisk SimulatedDisk::clone() const
{
    const std::lock_guard lock(state_->mutex);
    auto copy = std::make_shared<State>(0, state_->capacity_bytes);
    copy->random = state_->random;
    copy->inodes = state_->inodes;
    copy->next_inode = state_->next_inode;
    copy->files = state_->files;
    copy->durable_files = state_->durable_files;
    copy->pending = state_->pending;
    copy->folders = state_->folders;
    copy->operations = state_->operations;
    copy->dark = state_->dark;
    return SimulatedDisk(std::move(copy));
}

void SimulatedDisk::plan(std::uint64_t nth, Trouble trouble)
{
    const std::lock_guard lock(state_->mutex);
    state_->plans[state_->operations + nth] = trouble;
}

void SimulatedDisk::forget_plans()
{
    const std::lock_guard lock(state_->mutex);
    state_->plans.clear();
}

std::uint64_t SimulatedDisk::operations() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->operations;
}

void SimulatedDisk::cut_power()
{
    const std::lock_guard lock(state_->mutex);
    for (auto& change : state_->pending) {
        const bool is_rename = !change.removed.empty() && !change.added.empty();
        if (is_rename && state_->random.below(8) == 0) change.removed.clear();
        if (state_->random.below(2) == 0) carry_out(state_->durable_files, change);
    }
    state_->pending.clear();
    state_->files = state_->durable_files;
    std::set<InodeNumber> named;
    for (const auto& [path, inode] : state_->files)
        named.insert(inode);
    std::erase_if(state_->inodes, [&](const auto& inode) { return !named.contains(inode.first); });
    for (auto& [number, inode] : state_->inodes) {
        inode.settle_some(0, inode.current.size(), state_->random);
        inode.current = inode.durable;
    }
    state_->locks.clear();
    ++state_->generation;
    state_->dark = false;
}

void SimulatedDisk::kill_process()
{
    const std::lock_guard lock(state_->mutex);
    PLENUM_ASSERT(!state_->dark);
    state_->locks.clear();
    ++state_->generation;
}

bool SimulatedDisk::is_dark() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->dark;
}

void SimulatedDisk::set_capacity(std::uint64_t bytes)
{
    const std::lock_guard lock(state_->mutex);
    state_->capacity_bytes = bytes;
}

void SimulatedDisk::flip_bit(const std::string& path, std::uint64_t offset, unsigned bit)
{
    const std::lock_guard lock(state_->mutex);
    Inode& inode = state_->inodes.at(state_->files.at(path));
    PLENUM_ASSERT(offset < inode.current.size() && bit < 8);
    const auto mask = static_cast<std::uint8_t>(1u << bit);
    inode.current[offset] ^= mask;
    if (offset < inode.durable.size()) inode.durable[offset] ^= mask;
}

Bytes SimulatedDisk::content(const std::string& path) const
{
    const std::lock_guard lock(state_->mutex);
    return state_->inodes.at(state_->files.at(path)).current;
}

void SimulatedDisk::set_content(const std::string& path, Bytes content)
{
    const std::lock_guard lock(state_->mutex);
    const std::string folder = folder_of(path);
    if (!folder.empty()) state_->folders.insert(folder);
    const auto found = state_->files.find(path);
    const InodeNumber inode = found == state_->files.end() ? state_->next_inode++ : found->second;
    state_->inodes[inode] = {content, content, {}};
    state_->files[path] = inode;
    state_->durable_files[path] = inode;
}

void SimulatedDisk::remove(const std::string& path)
{
    const std::lock_guard lock(state_->mutex);
    state_->files.erase(path);
    state_->durable_files.erase(path);
    std::erase_if(state_->pending,
                  [&](const NameChange& change) { return change.added == path || change.removed == path; });
}

void SimulatedDisk::link(const std::string& path, const std::string& second)
{
    const std::lock_guard lock(state_->mutex);
    state_->files[second] = state_->files.at(path);
    state_->durable_files[second] = state_->files.at(path);
}

std::vector<std::string> SimulatedDisk::paths() const
{
    const std::lock_guard lock(state_->mutex);
    std::vector<std::string> paths;
    for (const auto& [path, inode] : state_->files)
        paths.push_back(path);
    return paths;
}

} // namespace plenum::testing
