#include "server/bundle_export.hpp"

#include "server/clerk/clerk.hpp"

namespace plenum {
namespace {

template <class T>
using Exported = boost::system::result<T, LocalFault>;

LocalFault given_up()
{
    return local_fault(fault(Fault::io_error), "导出已中止", "the export was given up");
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
    const chamber::BlobSource blobs = [&](const Digest& digest) { return shelf.find(digest); };
    const auto take = [&](std::uint64_t seq, std::string_view bytes) {
        const auto entry = shelf.understand(seq, bytes);
        if (!entry) {
            broken = seq;
            return false;
        }
        chamber::apply(state, *entry, blobs);
        abandoned = order.abandoned && order.abandoned();
        return !abandoned && seq + 1 < end;
    };
    auto head = shelf.read(standing.report, take);
    if (!head) return local_fault(head.error(), standing.report);
    if (abandoned) return given_up();
    if (broken) return not_understood(*broken);
    // A durable head ends a frame, and so does the reading.
    if (order.size && head->size != *order.size)
        return local_fault(fault(Fault::out_of_range), "没有这样的记录数", "there is no head of this size");
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
    source.blob = [&shelf](const Digest& digest) { return shelf.document(digest); };
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

boost::system::result<ExportedBundle, LocalFault> export_bundle(journal::Directory& root,
                                                                const BundleOrder& order)
{
    const auto shelf = open_shelf(root);
    if (!shelf) return shelf.error();
    const auto standing = read_standing(*shelf, order);
    if (!standing) return standing.error();
    const auto written = papers::write_bundle(source_of(*shelf, *standing, order), order.target);
    if (!written && order.abandoned && order.abandoned()) return given_up();
    if (!written) return local_fault(written.error(), "无法写出", "cannot write " + order.target.path);
    return ExportedBundle{*written, remarks_on(*shelf, *standing)};
}

} // namespace plenum
