#pragma once

#include "server/gateway/gateway.hpp"

#include <map>

namespace plenum::gateway {

/// One page, script or picture as it is served.
struct StaticFile {
    Message body;
    std::string content_type;
    std::string etag; ///< quoted, from the SHA-256 of the content
    std::string cache_control;
};

/// The built pages, read once at the start: a request is only looked up by its whole path, so no spelling of
/// a path can reach the disk.
class StaticFiles {
public:
    /// Reads every regular file below `root`; links are not followed. Fault::io_error with `why` when it
    /// cannot be read or holds more than 256 MiB. An empty root has no files.
    static Result<StaticFiles> load(const std::string& root, std::string& why);

    /// The file for a path as sent, without query; a path ending in `/` means its index.html. Null: no such
    /// file.
    const StaticFile* find(std::string_view path) const;

    std::size_t size() const { return files_.size(); }

private:
    std::map<std::string, StaticFile, std::less<>> files_; ///< by path, beginning with `/`
};

} // namespace plenum::gateway
