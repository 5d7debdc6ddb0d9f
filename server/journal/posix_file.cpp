#include "server/journal/posix_file.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace plenum::journal {
namespace {

boost::system::error_code last_error()
{
    switch (errno) {
    case ENOSPC:
    case EDQUOT: return fault(Fault::disk_full);
    case ENOENT: return fault(Fault::not_found);
    case EWOULDBLOCK: return fault(Fault::in_use);
    default: return fault(Fault::io_error);
    }
}

/// After a failed change nobody knows what the disk holds, except that there was no room for more.
boost::system::error_code change_error()
{
    const auto error = last_error();
    return error == fault(Fault::io_error) ? fault(Fault::not_durable) : error;
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }

    int get() const { return number_; }
    bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

template <class Call>
auto uninterrupted(Call call)
{
    for (;;) {
        const auto answer = call();
        if (answer >= 0 || errno != EINTR) return answer;
    }
}

class PosixFile final : public File {
public:
    explicit PosixFile(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    Result<std::uint64_t> size() override
    {
        struct stat status {};
        if (::fstat(descriptor_.get(), &status) != 0) return last_error();
        return static_cast<std::uint64_t>(status.st_size);
    }

    Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override
    {
        std::size_t done = 0;
        while (done < into.size()) {
            const auto count = uninterrupted([&] {
                return ::pread(descriptor_.get(), into.data() + done, into.size() - done,
                               static_cast<off_t>(offset + done));
            });
            if (count < 0) return last_error();
            if (count == 0) break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

    Result<void> write(std::uint64_t offset, ByteView bytes) override { return write_all(offset, bytes, 0); }

    Result<void> write_durably(std::uint64_t offset, ByteView bytes) override
    {
        if (!without_dsync_) {
            const auto written = write_all(offset, bytes, RWF_DSYNC);
            if (written || !without_dsync_) return written;
        }
        if (auto written = write_all(offset, bytes, 0); !written) return written;
        if (uninterrupted([&] { return ::fdatasync(descriptor_.get()); }) != 0)
            return fault(Fault::not_durable);
        return {};
    }

    Result<void> sync() override
    {
        if (uninterrupted([&] { return ::fsync(descriptor_.get()); }) != 0) return fault(Fault::not_durable);
        return {};
    }

private:
    Result<void> write_all(std::uint64_t offset, ByteView bytes, int flags)
    {
        while (!bytes.empty()) {
            // The system call does not write to what it is given; its type only cannot say so.
            iovec part{const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
            const auto count = uninterrupted(
                [&] { return ::pwritev2(descriptor_.get(), &part, 1, static_cast<off_t>(offset), flags); });
            if (count < 0) {
                if (flags != 0 && errno == EOPNOTSUPP) without_dsync_ = true;
                return change_error();
            }
            if (count == 0) return fault(Fault::not_durable);
            offset += static_cast<std::uint64_t>(count);
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return {};
    }

    Descriptor descriptor_;
    bool without_dsync_ = false; ///< the file system does not know RWF_DSYNC
};

class PosixLock final : public Lock {
public:
    explicit PosixLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

private:
    Descriptor descriptor_;
};

class PosixDirectory final : public Directory {
public:
    explicit PosixDirectory(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    Result<std::unique_ptr<File>> open(const std::string& name) override { return open_file(name, 0); }

    Result<std::unique_ptr<File>> create(const std::string& name) override
    {
        return open_file(name, O_CREAT | O_TRUNC);
    }

    Result<void> rename(const std::string& from, const std::string& to) override
    {
        if (::renameat(descriptor_.get(), from.c_str(), descriptor_.get(), to.c_str()) != 0)
            return change_error();
        return {};
    }

    Result<void> remove(const std::string& name) override
    {
        if (::unlinkat(descriptor_.get(), name.c_str(), 0) != 0) return change_error();
        return {};
    }

    Result<std::vector<std::string>> list() override
    {
        const int own = ::openat(descriptor_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (own < 0) return last_error();
        DIR* stream = ::fdopendir(own);
        if (stream == nullptr) {
            const auto error = last_error();
            ::close(own);
            return error;
        }
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* entry = ::readdir(stream)) {
            const std::string name = entry->d_name;
            if (name != "." && name != "..") names.push_back(name);
            errno = 0;
        }
        const bool failed = errno != 0;
        ::closedir(stream);
        if (failed) return fault(Fault::io_error);
        std::ranges::sort(names);
        return names;
    }

    Result<void> sync() override
    {
        if (uninterrupted([&] { return ::fsync(descriptor_.get()); }) != 0) return fault(Fault::not_durable);
        return {};
    }

    Result<std::unique_ptr<Directory>> open_directory(const std::string& name) override
    {
        Descriptor below(::openat(descriptor_.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!below.is_open()) return last_error();
        return std::unique_ptr<Directory>(std::make_unique<PosixDirectory>(std::move(below)));
    }

    Result<std::unique_ptr<Directory>> make_directory(const std::string& name) override
    {
        if (::mkdirat(descriptor_.get(), name.c_str(), 0700) != 0 && errno != EEXIST) return last_error();
        // Also when it was there already: whoever made it may not have synced yet.
        if (auto synced = sync(); !synced) return synced.error();
        return open_directory(name);
    }

    Result<std::uint64_t> free_bytes() override
    {
        struct statvfs status {};
        if (::fstatvfs(descriptor_.get(), &status) != 0) return last_error();
        return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
    }

    Result<std::unique_ptr<Lock>> lock(const std::string& name) override
    {
        Descriptor file(::openat(descriptor_.get(), name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (!file.is_open()) return last_error();
        if (uninterrupted([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); }) != 0) return last_error();
        return std::unique_ptr<Lock>(std::make_unique<PosixLock>(std::move(file)));
    }

private:
    Result<std::unique_ptr<File>> open_file(const std::string& name, int flags)
    {
        Descriptor file(::openat(descriptor_.get(), name.c_str(), O_RDWR | O_CLOEXEC | flags, 0600));
        if (!file.is_open()) return last_error();
        return std::unique_ptr<File>(std::make_unique<PosixFile>(std::move(file)));
    }

    Descriptor descriptor_;
};

} // namespace

Result<std::unique_ptr<Directory>> open_posix_directory(const std::string& path)
{
    Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.is_open()) return last_error();
    return std::unique_ptr<Directory>(std::make_unique<PosixDirectory>(std::move(descriptor)));
}

Result<std::unique_ptr<Directory>> make_posix_directory(const std::string& path)
{
    auto there = open_posix_directory(path.starts_with('/') ? "/" : ".");
    for (std::size_t begin = 0; there && begin < path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string name = path.substr(begin, end - begin);
        begin = end + 1;
        if (name.empty() || name == ".") continue;
        auto below = (*there)->open_directory(name);
        if (!below && below.error() == Fault::not_found) below = (*there)->make_directory(name);
        there = std::move(below);
    }
    return there;
}

} // namespace plenum::journal
