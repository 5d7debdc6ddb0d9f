#include "server/gateway/static_files.hpp"

#include "protocol/digest.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace plenum::gateway {
namespace {

constexpr std::uintmax_t static_bytes_max = 256u * 1024 * 1024;

std::string_view content_type_of(std::string_view extension)
{
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".wasm", "application/wasm"},
        {".mp3", "audio/mpeg"},
    };
    for (const auto& [known, type] : types) {
        if (extension == known) return type;
    }
    return "application/octet-stream";
}

/// The build puts a digest into the name of everything below /assets/, so those never change; pages always
/// may.
std::string_view cache_control_of(std::string_view path)
{
    if (path.starts_with("/assets/")) return "public, max-age=31536000, immutable";
    if (path.ends_with(".html")) return "no-store";
    return "no-cache";
}

} // namespace

Result<StaticFiles> StaticFiles::load(const std::string& root, std::string& why)
{
    StaticFiles found;
    if (root.empty()) return found;
    namespace fs = std::filesystem;
    try {
        std::uintmax_t bytes = 0;
        for (const auto& entry : fs::recursive_directory_iterator(root)) {
            if (entry.is_symlink() || !entry.is_regular_file()) continue;
            bytes += entry.file_size();
            if (bytes > static_bytes_max) {
                why = "static files: more than " + std::to_string(static_bytes_max) + " bytes in " + root;
                return fault(Fault::io_error);
            }
            std::ifstream in(entry.path(), std::ios::binary);
            std::ostringstream content;
            if (entry.file_size() > 0) content << in.rdbuf();
            if (!in || !content) {
                why = "static files: cannot read " + entry.path().string();
                return fault(Fault::io_error);
            }
            const auto path = "/" + fs::relative(entry.path(), root).generic_string();
            StaticFile file;
            file.body = std::make_shared<const std::string>(std::move(content).str());
            file.content_type = content_type_of(entry.path().extension().string());
            file.etag = "\"" + to_hex(sha256(*file.body)).substr(0, 32) + "\"";
            file.cache_control = cache_control_of(path);
            found.files_.emplace(path, std::move(file));
        }
    } catch (const fs::filesystem_error& error) {
        why = std::string("static files: ") + error.what();
        return fault(Fault::io_error);
    }
    return found;
}

const StaticFile* StaticFiles::find(std::string_view path) const
{
    const auto found =
        path.ends_with('/') ? files_.find(std::string(path) + "index.html") : files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

} // namespace plenum::gateway
