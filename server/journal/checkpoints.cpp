#include "server/journal/checkpoints.hpp"

#include <algorithm>
#include <charconv>

namespace plenum::journal {
namespace {

constexpr const char* newest_name = "newest";

std::optional<std::uint64_t> size_of_name(std::string_view name)
{
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), size);
    if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
    if (std::to_string(size) != name) return std::nullopt;
    return size;
}

Result<Checkpoint> read_checkpoint(Directory& directory, const std::string& name,
                                   const NoteVerifier& verifier)
{
    const auto note = read_file(directory, name);
    if (!note) return note.error();
    return open_checkpoint(text_of(*note), verifier);
}

} // namespace

PublishedCheckpoints::PublishedCheckpoints(std::unique_ptr<Directory> directory, NoteVerifier verifier)
    : directory_(std::move(directory)), verifier_(std::move(verifier))
{}

Result<PublishedCheckpoints> PublishedCheckpoints::open(Directory& data, NoteVerifier verifier)
{
    auto directory = data.make_directory("checkpoints");
    if (!directory) return directory.error();
    if (auto removed = remove_temporaries(**directory); !removed) return removed.error();
    return PublishedCheckpoints(std::move(*directory), std::move(verifier));
}

Result<PublishedCheckpoints> PublishedCheckpoints::look_at(Directory& data, NoteVerifier verifier)
{
    auto directory = data.open_directory("checkpoints");
    if (!directory) return directory.error();
    return PublishedCheckpoints(std::move(*directory), std::move(verifier));
}

Result<void> PublishedCheckpoints::publish(std::string_view note)
{
    const auto checkpoint = open_checkpoint(note, verifier_);
    if (!checkpoint) return checkpoint.error();
    const auto before = read_checkpoint(*directory_, newest_name, verifier_);
    if (auto kept = replace_file(*directory_, std::to_string(checkpoint->size), bytes_of(note)); !kept)
        return kept.error();
    if (before && before->size > checkpoint->size) return {};
    return replace_file(*directory_, newest_name, bytes_of(note));
}

Result<std::optional<Checkpoint>> PublishedCheckpoints::newest() const
{
    const auto all = sizes();
    if (!all) return all.error();
    std::optional<Checkpoint> found;
    auto newest = read_checkpoint(*directory_, newest_name, verifier_);
    if (newest) found = std::move(*newest);
    if (!newest && newest.error() == fault(Fault::io_error)) return newest.error();
    const bool any = newest || newest.error() != fault(Fault::not_found) || !all->empty();

    // `newest` is written last, so a larger kept one means a crash in between: it may have left the process.
    for (auto size = all->rbegin(); size != all->rend() && (!found || *size > found->size); ++size) {
        auto kept = read_checkpoint(*directory_, std::to_string(*size), verifier_);
        if (kept && kept->size == *size) found = std::move(*kept);
        if (!kept && kept.error() == fault(Fault::io_error)) return kept.error();
    }
    if (any && !found) return fault(Fault::corrupt);
    return found;
}

Result<std::string> PublishedCheckpoints::note_of(std::uint64_t size) const
{
    const auto note = read_file(*directory_, std::to_string(size));
    if (!note) return note.error();
    return std::string(text_of(*note));
}

Result<std::vector<std::uint64_t>> PublishedCheckpoints::sizes() const
{
    const auto names = directory_->list();
    if (!names) return names.error();
    std::vector<std::uint64_t> sizes;
    for (const auto& name : *names)
        if (const auto size = size_of_name(name)) sizes.push_back(*size);
    std::ranges::sort(sizes);
    return sizes;
}

} // namespace plenum::journal
