#include "server/shelf.hpp"

#include "server/journal/keys.hpp"
#include "server/journal/log_checks.hpp"

#include <algorithm>

namespace plenum {

LocalFault local_fault(boost::system::error_code error, const std::string& zh, const std::string& en)
{
    return {static_cast<Fault>(error.value()), {zh, en + ": " + error.message()}};
}

LocalFault local_fault(boost::system::error_code error, const journal::Recovery& report)
{
    return {static_cast<Fault>(error.value()), {report.chinese, report.english}};
}

Result<std::string> Shelf::document(const Digest& digest) const
{
    Result<Bytes> content = fault(Fault::not_found);
    if (blobs) content = blobs->get(digest);
    if (!content && content.error() == fault(Fault::not_found) && auditors) content = auditors->get(digest);
    if (!content) return content.error();
    return std::string(text_of(*content));
}

std::optional<std::string> Shelf::find(const Digest& digest) const
{
    auto content = document(digest);
    if (!content) return std::nullopt;
    return std::move(*content);
}

std::optional<Entry> Shelf::understand(std::uint64_t seq, std::string_view bytes) const
{
    auto entry = decode_entry(bytes);
    if (!entry || entry->seq != seq) return std::nullopt;
    const auto is_there = [&](const Digest& digest) { return find(digest).has_value(); };
    const bool is_whole = std::ranges::all_of(public_blobs_of(entry->event), is_there) &&
                          std::ranges::all_of(auditors_blobs_of(entry->event), is_there);
    if (!is_whole) return std::nullopt;
    return std::move(*entry);
}

Result<journal::Head> Shelf::read(journal::Recovery& report, const journal::TakeEntry& take) const
{
    return journal::read_log(*segments, verifier, published, report, take);
}

boost::system::result<Shelf, LocalFault> open_shelf(journal::Directory& root)
{
    constexpr const char* no_data_zh = "无法打开数据目录";
    constexpr const char* no_data_en = "cannot open the data directory";
    Shelf shelf;
    auto verifier = journal::load_log_vkey(root);
    if (!verifier) return local_fault(verifier.error(), no_data_zh, no_data_en);
    shelf.verifier = std::move(*verifier);
    auto segments = root.open_directory("segments");
    if (!segments) return local_fault(segments.error(), no_data_zh, no_data_en);
    shelf.segments = std::move(*segments);
    auto checkpoints = journal::PublishedCheckpoints::look_at(root, shelf.verifier);
    if (!checkpoints) return local_fault(checkpoints.error(), no_data_zh, no_data_en);
    shelf.checkpoints.emplace(std::move(*checkpoints));
    auto published = shelf.checkpoints->newest();
    if (!published && published.error() == fault(Fault::corrupt)) {
        journal::Recovery report;
        const auto error = journal::without_checkpoint(report);
        return local_fault(error, report);
    }
    if (!published)
        return local_fault(published.error(), "无法读取已公布的检查点", "cannot read checkpoints/");
    shelf.published = std::move(*published);
    // Before the first roster there is no document yet, and then no directory either.
    if (auto blobs = journal::BlobStore::look_at(root)) shelf.blobs.emplace(std::move(*blobs));
    if (auto blobs = journal::BlobStore::look_at_auditors(root)) shelf.auditors.emplace(std::move(*blobs));
    return shelf;
}

LocalFault not_understood(std::uint64_t seq)
{
    const auto entry = std::to_string(seq);
    return {Fault::corrupt,
            {"第 " + entry + " 条记录无法解读，或其文件缺失、损坏",
             "entry " + entry + " cannot be read, or a document it names is missing or damaged: " +
                 fault(Fault::corrupt).message()}};
}

} // namespace plenum
