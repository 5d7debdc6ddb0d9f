#include "server/journal/file.hpp"

#include <algorithm>
#include <atomic>

namespace plenum::journal {
namespace {

constexpr std::size_t zero_step_bytes = 1024 * 1024;

/// Unique within the process; the directory lock keeps other processes away.
std::string temporary_name(const std::string& name)
{
    static std::atomic<std::uint64_t> counter = 0;
    return std::string(temporary_prefix) + std::to_string(counter.fetch_add(1)) + "-" + name;
}

Result<void> write_new(Directory& directory, const std::string& name, ByteView content)
{
    auto file = directory.create(name);
    if (!file) return file.error();
    if (auto written = (*file)->write(0, content); !written) return written.error();
    return (*file)->sync();
}

/// Overwrites a left-over unless it stands under its own name as well: a power cut during the rename may
/// leave both names on one file, and overwriting that would destroy what has been acknowledged.
Result<void> remove_temporary(Directory& directory, const std::string& temporary)
{
    const auto left = read_file(directory, temporary);
    if (!left) return left.error();
    const auto arrived =
        read_file(directory, temporary.substr(temporary.find('-', temporary_prefix.size()) + 1));
    if (!arrived && arrived.error() != fault(Fault::not_found)) return arrived.error();
    if (!arrived || *arrived != *left) return erase_file(directory, temporary);
    if (auto removed = directory.remove(temporary); !removed) return removed.error();
    return directory.sync();
}

} // namespace

Result<void> fill_with_zeros(File& file, std::uint64_t offset, std::uint64_t count)
{
    const Bytes zeros(static_cast<std::size_t>(std::min<std::uint64_t>(count, zero_step_bytes)));
    while (count > 0) {
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(count, zeros.size()));
        if (auto written = file.write_durably(offset, ByteView(zeros).first(step)); !written)
            return written.error();
        offset += step;
        count -= step;
    }
    return {};
}

Result<Bytes> read_file(Directory& directory, const std::string& name)
{
    auto file = directory.open(name);
    if (!file) return file.error();
    const auto size = (*file)->size();
    if (!size) return size.error();
    Bytes content(static_cast<std::size_t>(*size));
    const auto count = (*file)->read(0, content);
    if (!count) return count.error();
    content.resize(*count);
    return content;
}

Result<void> replace_file(Directory& directory, const std::string& name, ByteView content)
{
    const std::string temporary = temporary_name(name);
    auto done = write_new(directory, temporary, content);
    if (done) done = directory.rename(temporary, name);
    if (!done) {
        (void)directory.remove(temporary); // The first fault is the one to report.
        return done.error();
    }
    return directory.sync();
}

Result<void> erase_file(Directory& directory, const std::string& name)
{
    auto file = directory.open(name);
    if (!file && file.error() == fault(Fault::not_found)) return directory.sync();
    if (!file) return file.error();
    const auto size = (*file)->size();
    if (!size) return size.error();
    if (auto zeroed = fill_with_zeros(**file, 0, *size); !zeroed) return zeroed.error();
    if (auto synced = (*file)->sync(); !synced) return synced.error();
    if (auto removed = directory.remove(name); !removed) return removed.error();
    return directory.sync();
}

Result<void> remove_temporaries(Directory& directory)
{
    const auto names = directory.list();
    if (!names) return names.error();
    for (const auto& name : *names)
        if (name.starts_with(temporary_prefix))
            if (auto removed = remove_temporary(directory, name); !removed) return removed.error();
    return {};
}

} // namespace plenum::journal
