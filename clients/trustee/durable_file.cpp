#include "clients/trustee/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace plenum::trustee {
namespace {

/// A descriptor that is closed whatever happens.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

bool write_all(int descriptor, ByteView bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

/// The folder's entry for the file is durable too.
bool sync_folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.number() >= 0 && ::fsync(descriptor.number()) == 0;
}

Result<void> write_new(const std::string& path, ByteView bytes)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number() < 0) return fault(errno == EEXIST ? Fault::in_use : Fault::io_error);
    if (!write_all(file.number(), bytes)) {
        ::unlink(path.c_str());
        return fault(Fault::not_durable);
    }
    return {};
}

} // namespace

Result<void> create_file(const std::string& path, ByteView content)
{
    if (auto written = write_new(path, content); !written) return written;
    if (!sync_folder_of(path)) return fault(Fault::not_durable);
    return {};
}

Result<void> replace_file(const std::string& path, ByteView content)
{
    const auto beside = path + ".new";
    ::unlink(beside.c_str());
    if (!write_new(beside, content)) return fault(Fault::not_durable);
    if (::rename(beside.c_str(), path.c_str()) != 0 || !sync_folder_of(path))
        return fault(Fault::not_durable);
    return {};
}

Result<Bytes> read_file(const std::string& path, std::size_t bytes_max)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return fault(errno == ENOENT ? Fault::not_found : Fault::io_error);
    Bytes content;
    std::array<std::uint8_t, 16 * 1024> buffer;
    for (;;) {
        const auto got = ::read(file.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fault(Fault::io_error);
        if (got == 0) return content;
        content.insert(content.end(), buffer.begin(), buffer.begin() + got);
        if (content.size() > bytes_max) return fault(Fault::malformed);
    }
}

} // namespace plenum::trustee
