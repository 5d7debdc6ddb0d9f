#include "server/papers/bundle_archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

namespace plenum::papers {
namespace {

constexpr int block_bytes = 64 * 1024;
constexpr mode_t file_mode = 0644;

bool write_all(int file, ByteView bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

std::string folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

boost::system::error_code disk_fault()
{
    return fault(errno == ENOSPC || errno == EDQUOT ? Fault::disk_full : Fault::io_error);
}

} // namespace

struct BundleArchive::Output {
    BundleTarget target;
    int folder = -1; ///< opened before the file: its sync must not depend on finding the folder again
    int file = -1;
    struct archive* archive = nullptr;
    audit::ArchiveDigest digest;
    std::uint64_t bytes = 0;
    std::uint64_t content_bytes = 0;
    std::vector<audit::ManifestFile> files;
    bool finished = false;

    std::string temporary() const { return target.path + ".tmp"; }

    bool write(ByteView content)
    {
        if (!has_room(content.size())) {
            errno = ENOSPC;
            return false;
        }
        digest.update(content);
        bytes += content.size();
        return write_all(file, content);
    }

    bool has_room(std::size_t count) const
    {
        struct statvfs disk {};
        if (target.keep_free_bytes == 0 || ::fstatvfs(file, &disk) != 0) return true;
        return std::uint64_t{disk.f_bavail} * disk.f_frsize >= target.keep_free_bytes + count;
    }

    static la_ssize_t on_write(struct archive* archive, void* self, const void* buffer, std::size_t length)
    {
        auto& output = *static_cast<Output*>(self);
        if (output.write({static_cast<const std::uint8_t*>(buffer), length}))
            return static_cast<la_ssize_t>(length);
        archive_set_error(archive, errno, "write failed");
        return -1;
    }

    bool open_archive()
    {
        archive = archive_write_new();
        return archive != nullptr && archive_write_set_format_ustar(archive) == ARCHIVE_OK &&
               archive_write_add_filter_none(archive) == ARCHIVE_OK &&
               archive_write_set_bytes_per_block(archive, block_bytes) == ARCHIVE_OK &&
               archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
               archive_write_open(archive, this, nullptr, &on_write, nullptr) == ARCHIVE_OK;
    }

    bool add(const std::string& name, std::string_view content)
    {
        auto* entry = archive_entry_new();
        if (entry == nullptr) return false;
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, file_mode);
        archive_entry_set_mtime(entry, 0, 0);
        archive_entry_set_uid(entry, 0);
        archive_entry_set_gid(entry, 0);
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        const bool headed = archive_write_header(archive, entry) == ARCHIVE_OK;
        archive_entry_free(entry);
        const auto length = static_cast<la_ssize_t>(content.size());
        return headed && archive_write_data(archive, content.data(), content.size()) == length;
    }

    ~Output()
    {
        if (archive != nullptr) archive_write_free(archive);
        if (file >= 0) ::close(file);
        if (file >= 0 && !finished) ::unlink(temporary().c_str());
        if (folder >= 0) ::close(folder);
    }
};

BundleArchive::BundleArchive(std::unique_ptr<Output> output) : output_(std::move(output)) {}
BundleArchive::BundleArchive(BundleArchive&&) noexcept = default;
BundleArchive& BundleArchive::operator=(BundleArchive&&) noexcept = default;
BundleArchive::~BundleArchive() = default;

Result<BundleArchive> BundleArchive::create(const BundleTarget& target)
{
    auto output = std::make_unique<Output>();
    output->target = target;
    output->folder = ::open(folder_of(target.path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->folder < 0) return disk_fault();
    const auto temporary = output->temporary();
    output->file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file_mode);
    if (output->file < 0) return disk_fault();
    if (!output->open_archive()) return fault(Fault::io_error);
    return BundleArchive(std::move(output));
}

Result<void> BundleArchive::add(const std::string& path, std::string_view content)
{
    auto& files = output_->files;
    const bool in_order = files.empty() || files.back().path < path || path == audit::manifest_path;
    const bool fits = content.size() <= audit::bundle_file_bytes_max &&
                      files.size() < audit::bundle_files_max &&
                      output_->content_bytes + content.size() <= audit::bundle_bytes_max;
    if (!in_order || !fits || !audit::is_bundle_path(path)) return fault(Fault::out_of_range);
    errno = 0;
    if (!output_->add(path, content)) return disk_fault();
    output_->content_bytes += content.size();
    files.push_back(audit::describe_file(path, content));
    return {};
}

const std::vector<audit::ManifestFile>& BundleArchive::files() const
{
    return output_->files;
}

Result<std::uint64_t> BundleArchive::finish()
{
    auto& output = *output_;
    errno = 0;
    if (archive_write_close(output.archive) != ARCHIVE_OK) return disk_fault();
    if (!write_all(output.file, bytes_of(output.digest.line()))) return disk_fault();
    const bool durable = output.target.durable;
    if (durable && ::fsync(output.file) != 0) return disk_fault();
    if (::rename(output.temporary().c_str(), output.target.path.c_str()) != 0) return disk_fault();
    output.finished = true;
    if (durable && ::fsync(output.folder) != 0) return disk_fault();
    return output.bytes + audit::ArchiveDigest::line_bytes;
}

} // namespace plenum::papers
