#pragma once

#include "server/gateway/gateway.hpp"

#include <boost/beast/core/file.hpp>

namespace plenum::gateway {

/// A file on its way to one client: opened once, read a piece at a time, so that neither its length nor a
/// slow client costs memory.
class Download {
public:
    /// Null when the file cannot be opened.
    static std::shared_ptr<Download> open(const StreamedFile& file);
    ~Download();
    Download(const Download&) = delete;
    Download& operator=(const Download&) = delete;

    /// In bytes, as announced to the client.
    std::uint64_t size() const { return size_; }

    /// The next piece, valid until the next call; empty at the end, nothing when the file cannot be read as
    /// far as it was announced.
    std::optional<std::string_view> next();

private:
    Download(boost::beast::file file, std::uint64_t size, std::shared_ptr<void> keeper);

    std::shared_ptr<void> keeper_; ///< goes last: whoever waits for it may remove the file
    boost::beast::file file_;
    std::uint64_t size_ = 0;
    std::uint64_t sent_ = 0;
    std::string piece_;
};

} // namespace plenum::gateway
