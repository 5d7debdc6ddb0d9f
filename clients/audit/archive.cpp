#include "clients/audit/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>

namespace plenum::audit {
namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::uint64_t tar_block = 512;
constexpr std::uint64_t tar_end_bytes = 2 * tar_block;
constexpr int file_mode = 0644;

/// Fills the buffer; false when the bytes cannot be had.
using Fill = std::function<bool(std::span<std::uint8_t>)>;

/// The archive without its last line, handed to libarchive block by block and digested on the way.
class Feed {
public:
    Feed(Fill fill, std::uint64_t archive_bytes) : fill_(std::move(fill)), left_(archive_bytes) {}

    /// The next block; empty at the end, and after the bytes could not be had.
    ByteView next()
    {
        const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(left_, block_.size()));
        const auto block = std::span(block_).first(length);
        if (length == 0 || !readable_ || !(readable_ = fill_(block))) return {};
        left_ -= length;
        digest_.update(block);
        return block;
    }

    std::uint64_t left() const { return left_; }
    bool readable() const { return readable_; }

    /// Reads to the end, whatever libarchive thought of it: whether the last line is the digest of all
    /// before.
    bool is_sound()
    {
        while (!next().empty()) {
        }
        std::array<std::uint8_t, ArchiveDigest::line_bytes> line{};
        readable_ = readable_ && fill_(line);
        return readable_ && text_of(line) == digest_.line();
    }

    static la_ssize_t on_read(struct archive*, void* self, const void** buffer)
    {
        const auto block = static_cast<Feed*>(self)->next();
        *buffer = block.data();
        return static_cast<la_ssize_t>(block.size());
    }

private:
    Fill fill_;
    std::uint64_t left_;
    bool readable_ = true;
    ArchiveDigest digest_;
    std::array<std::uint8_t, block_bytes> block_{};
};

struct FreeArchive {
    void operator()(struct archive* archive) const { archive_read_free(archive); }
};

bool is_empty(const char* text)
{
    return text == nullptr || *text == '\0';
}

/// Every archive of the same files is the same bytes, so metadata is either what it must be or a sign of
/// another tool.
bool has_fixed_metadata(struct archive_entry* entry)
{
    return archive_entry_filetype(entry) == AE_IFREG && archive_entry_perm(entry) == file_mode &&
           archive_entry_uid(entry) == 0 && archive_entry_gid(entry) == 0 &&
           archive_entry_mtime(entry) == 0 && archive_entry_hardlink(entry) == nullptr &&
           archive_entry_symlink(entry) == nullptr && is_empty(archive_entry_uname(entry)) &&
           is_empty(archive_entry_gname(entry));
}

/// Reads one file's content of exactly `size` bytes. Nothing is reserved on the word of the header alone.
bool read_content(struct archive* archive, std::uint64_t size, std::string& content)
{
    std::array<char, block_bytes> block;
    for (;;) {
        const auto length = archive_read_data(archive, block.data(), block.size());
        if (length < 0) return false;
        if (length == 0) return content.size() == size;
        content.append(block.data(), static_cast<std::size_t>(length));
        if (content.size() > size) return false;
    }
}

/// Takes the files out one by one. What it says is wrong is a path or a word for the finding.
class Unpacker {
public:
    explicit Unpacker(Feed& feed) : expected_bytes_(feed.left()), archive_(archive_read_new())
    {
        opened_ = archive_ && archive_read_support_format_tar(archive_.get()) == ARCHIVE_OK &&
                  archive_read_open(archive_.get(), &feed, nullptr, &Feed::on_read, nullptr) == ARCHIVE_OK;
    }

    /// The complaint, or nothing when all files are in `bundle`.
    std::optional<std::string> unpack(Bundle& bundle)
    {
        if (!opened_) return "not a tar archive";
        for (;;) {
            struct archive_entry* entry = nullptr;
            const int status = archive_read_next_header(archive_.get(), &entry);
            if (status == ARCHIVE_EOF) break;
            if (status != ARCHIVE_OK) return "a header after " + last_path_;
            if (auto complaint = take(entry, bundle)) return complaint;
        }
        if (last_path_ != manifest_path) return "the manifest is not the last file";
        // Nothing stands between the files, nor between them and the last line.
        if (tar_bytes_ + tar_end_bytes != expected_bytes_) return "bytes that belong to no file";
        return std::nullopt;
    }

private:
    std::optional<std::string> take(struct archive_entry* entry, Bundle& bundle)
    {
        const char* name = archive_entry_pathname(entry);
        if (name == nullptr || !is_bundle_path(name)) return "an unsafe path";
        const std::string path = name;
        if (archive_format(archive_.get()) != ARCHIVE_FORMAT_TAR_USTAR || !has_fixed_metadata(entry)) {
            return path + ": metadata";
        }
        const bool ascends = last_path_ < path || path == manifest_path;
        if (!ascends || last_path_ == manifest_path) return path + ": out of order";
        const auto size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
        content_bytes_ += size;
        if (size > bundle_file_bytes_max || content_bytes_ > bundle_bytes_max ||
            bundle.files.size() >= bundle_files_max) {
            return path + ": too large";
        }
        if (!read_content(archive_.get(), size, bundle.files[path])) return path + ": content";
        tar_bytes_ += tar_block + (size + tar_block - 1) / tar_block * tar_block;
        last_path_ = path;
        return std::nullopt;
    }

    std::uint64_t expected_bytes_;
    std::unique_ptr<struct archive, FreeArchive> archive_;
    bool opened_ = false;
    std::string last_path_;
    std::uint64_t content_bytes_ = 0;
    std::uint64_t tar_bytes_ = 0;
};

ReadBundle read(Fill fill, std::uint64_t bytes)
{
    if (bytes < ArchiveDigest::line_bytes) return finding(AuditCode::archive_damaged);
    const auto feed = std::make_unique<Feed>(std::move(fill), bytes - ArchiveDigest::line_bytes);
    Bundle bundle;
    const auto complaint = Unpacker(*feed).unpack(bundle);
    // Damage explains every complaint, so it is told first.
    const bool sound = feed->is_sound();
    if (!feed->readable()) return finding(AuditCode::archive_unreadable);
    if (!sound) return finding(AuditCode::archive_damaged);
    if (complaint) return finding(AuditCode::archive_malformed, {}, *complaint);
    return bundle;
}

} // namespace

ReadBundle read_archive(ByteView archive)
{
    auto rest = archive;
    const auto fill = [&rest](std::span<std::uint8_t> buffer) {
        std::ranges::copy(rest.first(buffer.size()), buffer.begin());
        rest = rest.subspan(buffer.size());
        return true;
    };
    return read(fill, archive.size());
}

ReadBundle read_archive_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const auto end = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    if (end < 0 || !file.seekg(0)) return finding(AuditCode::archive_unreadable, {}, path);
    const auto fill = [&file](std::span<std::uint8_t> buffer) {
        const auto length = static_cast<std::streamsize>(buffer.size());
        return static_cast<bool>(file.read(reinterpret_cast<char*>(buffer.data()), length));
    };
    return read(fill, static_cast<std::uint64_t>(end));
}

} // namespace plenum::audit
