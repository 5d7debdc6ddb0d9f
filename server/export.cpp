#include "server/clerk/clerk.hpp"
#include "server/commands.hpp"
#include "server/journal/blob_store.hpp"
#include "server/journal/checkpoints.hpp"
#include "server/journal/keys.hpp"
#include "server/journal/log_reader.hpp"
#include "server/journal/posix_file.hpp"
#include "server/papers/bundle_writer.hpp"

#include <algorithm>
#include <memory>

namespace plenum {
namespace {

struct Options {
    std::string data;
    std::string out;
    bool auditor = false;
};

int failed(const std::string& zh, const std::string& en)
{
    std::fprintf(stderr, "plenum export: %s / %s\n", zh.c_str(), en.c_str());
    return exit_failed;
}

/// The parts of a data directory an export reads, opened without lock: a running server is not disturbed.
struct Shelf {
    std::unique_ptr<journal::Directory> root;
    std::unique_ptr<journal::Directory> segments;
    NoteVerifier verifier;
    std::optional<journal::BlobStore> blobs;
    std::optional<journal::PublishedCheckpoints> checkpoints;
};

Result<Shelf> open_shelf(const std::string& path)
{
    Shelf shelf;
    auto root = journal::open_posix_directory(path);
    if (!root) return root.error();
    shelf.root = std::move(*root);
    auto verifier = journal::load_log_vkey(*shelf.root);
    if (!verifier) return verifier.error();
    shelf.verifier = std::move(*verifier);
    auto segments = shelf.root->open_directory("segments");
    if (!segments) return segments.error();
    shelf.segments = std::move(*segments);
    auto checkpoints = journal::PublishedCheckpoints::look_at(*shelf.root, shelf.verifier);
    if (!checkpoints) return checkpoints.error();
    shelf.checkpoints.emplace(std::move(*checkpoints));
    // Before the first roster there is no document yet, and then no directory either.
    if (auto blobs = journal::BlobStore::look_at(*shelf.root)) shelf.blobs.emplace(std::move(*blobs));
    return shelf;
}

Result<std::string> document(const Shelf& shelf, const Digest& digest)
{
    if (!shelf.blobs) return fault(Fault::not_found);
    const auto content = shelf.blobs->get(digest);
    if (!content) return content.error();
    return std::string(text_of(*content));
}

/// Where the record stands now, and the state it leads to.
struct Standing {
    journal::Head head;
    Digest state;
};

Result<Standing> read_standing(const Shelf& shelf)
{
    chamber::State state;
    std::optional<Fault> broken;
    // Private values are left out on purpose: the state hash does not depend on them.
    const chamber::BlobSource blobs = [&](const Digest& digest) -> std::optional<std::string> {
        auto content = document(shelf, digest);
        if (!content) return std::nullopt;
        return std::move(*content);
    };
    const auto head =
        journal::read_log(*shelf.segments, shelf.verifier, [&](std::uint64_t seq, std::string_view bytes) {
            if (broken) return;
            const auto entry = decode_entry(bytes);
            const bool fits =
                entry && entry->seq == seq &&
                std::ranges::all_of(public_blobs_of(entry->event),
                                    [&](const Digest& digest) { return blobs(digest).has_value(); });
            if (fits) {
                chamber::apply(state, *entry, blobs);
            } else {
                broken = Fault::corrupt;
            }
        });
    if (!head) return head.error();
    if (broken) return fault(*broken);
    return Standing{*head, chamber::state_hash(state)};
}

papers::BundleSource source_of(const Shelf& shelf, const Standing& standing, bool auditor)
{
    papers::BundleSource source;
    source.kind = auditor ? audit::BundleKind::auditor : audit::BundleKind::public_;
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
    source.read_from = [&shelf, end](std::uint64_t first, const auto& take) -> Result<void> {
        bool going = true;
        const auto read = journal::read_log(*shelf.segments, shelf.verifier,
                                            [&](std::uint64_t seq, std::string_view entry) {
                                                if (going && seq >= first && seq < end)
                                                    going = take(seq, entry);
                                            });
        if (!read) return read.error();
        return {};
    };
    source.blob = [&shelf](const Digest& digest) { return document(shelf, digest); };
    return source;
}

int export_bundle(const Options& options)
{
    const auto shelf = open_shelf(options.data);
    if (!shelf)
        return failed("无法打开数据目录", "cannot open " + options.data + ": " + shelf.error().message());
    const auto standing = read_standing(*shelf);
    if (!standing) return failed("无法读取记录", "cannot read the record: " + standing.error().message());
    const auto written = papers::write_bundle(source_of(*shelf, *standing, options.auditor), options.out);
    if (!written) return failed("无法写出", "cannot write " + options.out + ": " + written.error().message());
    std::printf("已导出 / exported: %llu 条记录 / entries, %llu 个文件 / files, %llu 字节 / bytes\n%s\n",
                static_cast<unsigned long long>(written->entries),
                static_cast<unsigned long long>(written->files),
                static_cast<unsigned long long>(written->bytes), options.out.c_str());
    return exit_ok;
}

} // namespace

void add_export(CLI::App& app, std::function<int()>& run)
{
    auto options = std::make_shared<Options>();
    auto* command =
        app.add_subcommand("export", "导出可核验的记录包 / write the bundle that plenum-audit verifies");
    command->add_option("--data", options->data, "数据目录 / data directory")->required();
    command->add_option("--out", options->out, "输出文件 / file to write")->required();
    command->add_flag("--auditor", options->auditor, "审计版 / mark it as an auditor's bundle");
    command->callback([options, &run] { run = [options] { return export_bundle(*options); }; });
}

} // namespace plenum
