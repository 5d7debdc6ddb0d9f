// The journal against the disk itself: groups of 1 to 1,000 entries of 400 bytes through SegmentStore, and in
// the same run, taking turns, plain pwritev2(RWF_DSYNC) of as many bytes into a prewritten file. The ratio is
// what hashing, signing and framing cost on top of the disk.

#include "bench/harness.hpp"
#include "server/journal/posix_file.hpp"
#include "server/journal/segment_store.hpp"
#include "server/journal/writer.hpp"

#include <sodium.h>

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <sys/uio.h>
#include <unistd.h>

namespace plenum::bench {
namespace {

constexpr std::size_t entry_bytes = 400;
constexpr std::size_t raw_file_bytes = 64 * 1024 * 1024;

void check(bool ok, const char* what)
{
    if (ok) return;
    std::cerr << "bench_journal: " << what << '\n';
    std::exit(1);
}

/// A file of zeros that is already on the disk, so that a write changes no metadata.
class RawFile {
public:
    explicit RawFile(const std::string& path)
        : descriptor_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        check(descriptor_ >= 0, "cannot make the raw file");
        const std::vector<char> zeros(1024 * 1024);
        for (std::size_t at = 0; at < raw_file_bytes; at += zeros.size()) {
            check(pwrite(descriptor_, zeros.data(), zeros.size(), static_cast<off_t>(at)) > 0, "cannot fill");
        }
        check(fsync(descriptor_) == 0, "cannot sync the raw file");
    }
    ~RawFile() { close(descriptor_); }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;

    void write(std::size_t bytes)
    {
        bytes = (bytes + 4095) / 4096 * 4096;
        if (at_ + bytes > raw_file_bytes) at_ = 0;
        buffer_.assign(bytes, 'x');
        const iovec part{buffer_.data(), bytes};
        check(pwritev2(descriptor_, &part, 1, static_cast<off_t>(at_), RWF_DSYNC) ==
                  static_cast<ssize_t>(bytes),
              "raw write failed");
        at_ += bytes;
    }

private:
    int descriptor_;
    std::size_t at_ = 0;
    std::vector<char> buffer_;
};

journal::Group group_of(std::uint64_t first, std::size_t entries)
{
    journal::Group group;
    group.first = first;
    group.entries.assign(entries, std::string(entry_bytes, 'e'));
    return group;
}

void measure(journal::SegmentStore& store, RawFile& raw, std::size_t entries, std::size_t rounds)
{
    Samples ours;
    Samples disk;
    for (std::size_t round = 0; round < rounds; ++round) {
        auto begin = now_us();
        raw.write(entries * entry_bytes);
        disk.add(now_us() - begin);
        const auto group = group_of(store.head().size, entries);
        begin = now_us();
        check(store.append_group(group).has_value(), "append failed");
        ours.add(now_us() - begin);
    }
    const double ratio = ours.quantile(0.5) / disk.quantile(0.5);
    const double rate = static_cast<double>(entries) * 1e6 / ours.quantile(0.5);
    Row("journal", "append " + std::to_string(entries) + " entries")
        .set(ours)
        .set("raw_p50_us", disk.quantile(0.5))
        .set("raw_p99_us", disk.quantile(0.99))
        .set("ratio_p50", ratio)
        .set("entries_per_s", rate)
        .print();
}

/// One entry at a time through the journal thread: hand-over, write, callback.
void measure_writer(journal::SegmentStore& store, RawFile& raw, std::size_t rounds)
{
    Samples ours;
    Samples disk;
    std::promise<void>* waiting = nullptr;
    journal::Writer writer(
        store, [&](const journal::Head&) { waiting->set_value(); },
        [](boost::system::error_code) { std::exit(1); });
    for (std::size_t round = 0; round < rounds; ++round) {
        auto begin = now_us();
        raw.write(entry_bytes);
        disk.add(now_us() - begin);
        std::promise<void> done;
        waiting = &done;
        auto future = done.get_future();
        begin = now_us();
        writer.submit(group_of(store.head().size, 1));
        future.wait();
        ours.add(now_us() - begin);
    }
    Row("journal", "acknowledge 1 entry through the journal thread")
        .set(ours)
        .set("raw_p50_us", disk.quantile(0.5))
        .set("raw_p99_us", disk.quantile(0.99))
        .set("ratio_p50", ours.quantile(0.5) / disk.quantile(0.5))
        .set("priority", journal::to_text(writer.priority()))
        .print();
}

int run(bool smoke)
{
    check(sodium_init() >= 0, "libsodium");
    const auto folder = std::filesystem::temp_directory_path() / ("plenum-bench-" + std::to_string(getpid()));
    {
        auto root = journal::make_posix_directory(folder.string());
        check(root.has_value(), "cannot make the bench folder");
        std::array<std::uint8_t, 32> seed{7};
        journal::Recovery report;
        auto store = journal::SegmentStore::open(**root, {.origin = "bench"}, SigningKey(seed), report);
        check(store.has_value() && (*store)->claim().has_value(), "cannot open the journal");
        RawFile raw((folder / "raw").string());
        for (const std::size_t entries : {1, 10, 100, 1000})
            measure(**store, raw, entries, smoke ? 5 : 400);
        measure_writer(**store, raw, smoke ? 5 : 400);
    }
    std::filesystem::remove_all(folder);
    return 0;
}

} // namespace
} // namespace plenum::bench

int main(int argc, char** argv)
{
    return plenum::bench::run(plenum::bench::is_smoke(argc, argv));
}
