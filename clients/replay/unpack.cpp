#include "clients/replay/unpack.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <memory>

namespace plenum::replay {
namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t content_bytes_max = 256 * 1024 * 1024;

struct FreeArchive {
    void operator()(struct archive* archive) const { archive_read_free(archive); }
};

} // namespace

Tried<std::string> unpack_file(const std::string& path)
{
    const std::unique_ptr<struct archive, FreeArchive> archive(archive_read_new());
    if (!archive) return trouble("out of memory");
    archive_read_support_filter_gzip(archive.get());
    archive_read_support_format_raw(archive.get());
    struct archive_entry* entry = nullptr;
    if (archive_read_open_filename(archive.get(), path.c_str(), block_bytes) != ARCHIVE_OK ||
        archive_read_next_header(archive.get(), &entry) != ARCHIVE_OK) {
        const char* why = archive_error_string(archive.get());
        return trouble(path, why == nullptr ? "it is empty" : why);
    }
    std::string content;
    std::array<char, block_bytes> block;
    for (;;) {
        const auto length = archive_read_data(archive.get(), block.data(), block.size());
        if (length < 0) return trouble(path, "damaged gzip data");
        if (length == 0) return content;
        content.append(block.data(), static_cast<std::size_t>(length));
        if (content.size() > content_bytes_max) return trouble(path, "too large");
    }
}

} // namespace plenum::replay
