#include "server/bundle_export.hpp"

#include "server/clerk/clerk.hpp"
#include "server/journal/blob_store.hpp"
#include "server/journal/checkpoints.hpp"
#include "server/journal/keys.hpp"
#include "server/journal/log_checks.hpp"
#include "server/journal/log_reader.hpp"

#include <algorithm>

namespace plenum {
namespace {

template <class T>
using Exported = boost::system::result<T, ExportFault>;

ExportFault failed(boost::system::error_code error, const std::string& zh, const std::string& en)
{
    return {static_cast<Fault>(error.value()), {zh, en + ": " + error.message()}};
}

ExportFault failed(boost::system::error_code error, const journal::Recovery& report)
{
    return {static_cast<Fault>(error.value()), {report.chinese, report.english}};
}

ExportFault given_up()
{
    return failed(fault(Fault::io_error), "导出已中止", "the export was given up");
}

/// The parts of a data directory an export reads, opened without lock.
struct Shelf {
    std::unique_ptr<journal::Directory> segments;
    NoteVerifier verifier;
    std::optional<journal::BlobStore> blobs;
    std::optional<journal::PublishedCheckpoints> checkpoints;
    std::optional<Checkpoint> published; ///< looked up before the log is read
};

Exported<Shelf> open_shelf(journal::Directory& root)
{
    constexpr const char* no_data_zh = "无法打开数据目录";
    constexpr const char* no_data_en = "cannot open the data directory";
    Shelf shelf;
    auto verifier = journal::load_log_vkey(root);
    if (!verifier) return failed(verifier.error(), no_data_zh, no_data_en);
    shelf.verifier = std::move(*verifier);
    auto segments = root.open_directory("segments");
    if (!segments) return failed(segments.error(), no_data_zh, no_data_en);
    shelf.segments = std::move(*segments);
    auto checkpoints = journal::PublishedCheckpoints::look_at(root, shelf.verifier);
    if (!checkpoints) return failed(checkpoints.error(), no_data_zh, no_data_en);
    shelf.checkpoints.emplace(std::move(*checkpoints));
    auto published = shelf.checkpoints->newest();
    if (!published && published.error() == fault(Fault::corrupt)) {
        journal::Recovery report;
        const auto error = journal::without_checkpoint(report);
        return failed(error, report);
    }
    if (!published) return failed(published.error(), "无法读取已公布的检查点", "cannot read checkpoints/");
    shelf.published = std::move(*published);
    // Before the first roster there is no document yet, and then no directory either.
    if (auto blobs = journal::BlobStore::look_at(root)) shelf.blobs.emplace(std::move(*blobs));
    return shelf;
}

Result<std::string> document(const Shelf& shelf, const Digest& digest)
{
    if (!shelf.blobs) return fault(Fault::not_found);
    const auto content = shelf.blobs->get(digest);
    if (!content) return content.error();
    return std::string(text_of(*content));
}

/// Where the record stands, and the state it leads to.
struct Standing {
    journal::Head head;
    Digest state;
    journal::Recovery report;
};

Exported<Standing> read_standing(const Shelf& shelf, const BundleOrder& order)
{
    const auto end = order.size.value_or(~std::uint64_t{0});
    bool abandoned = false;
    Standing standing;
    chamber::State state;
    std::optional<std::uint64_t> broken;
    // Private values are left out on purpose: the state hash does not depend on them.
    const chamber::BlobSource blobs = [&](const Digest& digest) -> std::optional<std::string> {
        auto content = document(shelf, digest);
        if (!content) return std::nullopt;
        return std::move(*content);
    };
    const auto take = [&](std::uint64_t seq, std::string_view bytes) {
        const auto entry = decode_entry(bytes);
        const bool fits = entry && entry->seq == seq &&
                          std::ranges::all_of(public_blobs_of(entry->event), [&](const Digest& digest) {
                              return blobs(digest).has_value();
                          });
        if (!fits) broken = seq;
        if (fits) chamber::apply(state, *entry, blobs);
        abandoned = order.abandoned && order.abandoned();
        return fits && !abandoned && seq + 1 < end;
    };
    auto head = journal::read_log(*shelf.segments, shelf.verifier, shelf.published, standing.report, take);
    if (!head) return failed(head.error(), standing.report);
    if (abandoned) return given_up();
    if (broken) {
        const auto entry = std::to_string(*broken);
        return failed(fault(Fault::corrupt), "第 " + entry + " 条记录无法解读，或其文件缺失、损坏",
                      "entry " + entry + " cannot be read, or a document it names is missing or damaged");
    }
    // A durable head ends a frame, and so does the reading.
    if (order.size && head->size != *order.size)
        return failed(fault(Fault::out_of_range), "没有这样的记录数", "there is no head of this size");
    standing.head = std::move(*head);
    standing.state = chamber::state_hash(state);
    return standing;
}

papers::BundleSource source_of(const Shelf& shelf, const Standing& standing, const BundleOrder& order)
{
    papers::BundleSource source;
    source.kind = order.kind;
    source.vkey = to_vkey(shelf.verifier);
    source.checkpoint = standing.head.checkpoint;
    source.state_hash = standing.state;
    source.created_by = "plenum " + std::string(clerk::server_version);
    if (const auto sizes = shelf.checkpoints->sizes()) {
        for (const auto size : *sizes) {
            if (auto note = shelf.checkpoints->note_of(size)) source.history.push_back(std::move(*note));
        }
    }
    const auto end = standing.head.size;
    source.read_from = [&shelf, &order, end](std::uint64_t first, const auto& take) -> Result<void> {
        bool abandoned = false;
        journal::Recovery report;
        const auto read = journal::read_log(*shelf.segments, shelf.verifier, std::nullopt, report,
                                            [&](std::uint64_t seq, std::string_view entry) {
                                                abandoned = order.abandoned && order.abandoned();
                                                if (abandoned || seq >= end) return false;
                                                return seq < first || take(seq, entry);
                                            });
        if (!read) return read.error();
        if (abandoned) return fault(Fault::io_error);
        return {};
    };
    source.blob = [&shelf](const Digest& digest) { return document(shelf, digest); };
    return source;
}

std::vector<LocalText> remarks_on(const Shelf& shelf, const Standing& standing)
{
    std::vector<LocalText> remarks;
    for (const auto& remark : standing.report.remarks)
        remarks.push_back({"末尾有未完成的写入，未导出", remark});
    if (!shelf.published) {
        remarks.push_back({"没有已公布的检查点可供对照", "there is no published checkpoint to compare with"});
    }
    return remarks;
}

} // namespace

boost::system::result<ExportedBundle, ExportFault> export_bundle(journal::Directory& root,
                                                                 const BundleOrder& order)
{
    const auto shelf = open_shelf(root);
    if (!shelf) return shelf.error();
    const auto standing = read_standing(*shelf, order);
    if (!standing) return standing.error();
    const auto written = papers::write_bundle(source_of(*shelf, *standing, order), order.target);
    if (!written && order.abandoned && order.abandoned()) return given_up();
    if (!written) return failed(written.error(), "无法写出", "cannot write " + order.target.path);
    return ExportedBundle{*written, remarks_on(*shelf, *standing)};
}

} // namespace plenum
