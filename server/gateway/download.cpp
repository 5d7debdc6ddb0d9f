#include "server/gateway/download.hpp"

#include <algorithm>

namespace plenum::gateway {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

} // namespace

std::shared_ptr<Download> Download::open(const StreamedFile& file)
{
    boost::beast::error_code error;
    boost::beast::file opened;
    opened.open(file.path.c_str(), boost::beast::file_mode::scan, error);
    if (error) return nullptr;
    const auto size = opened.size(error);
    if (error) return nullptr;
    return std::shared_ptr<Download>(new Download(std::move(opened), size, file.keeper));
}

Download::Download(boost::beast::file file, std::uint64_t size, std::shared_ptr<void> keeper)
    : keeper_(std::move(keeper)), file_(std::move(file)), size_(size)
{}

Download::~Download() = default;

std::optional<std::string_view> Download::next()
{
    const auto wanted = std::min<std::uint64_t>(piece_bytes, size_ - sent_);
    piece_.resize(static_cast<std::size_t>(wanted));
    if (wanted == 0) return piece_;
    boost::beast::error_code error;
    const auto count = file_.read(piece_.data(), piece_.size(), error);
    if (error || count == 0) return std::nullopt;
    piece_.resize(count);
    sent_ += count;
    return piece_;
}

} // namespace plenum::gateway
