#include "server/clerk/replay.hpp"

namespace plenum::clerk {
namespace {

std::optional<ReplayFault> check(const Result<Entry>& entry, std::uint64_t seq,
                                 const chamber::BlobSource& blobs)
{
    if (!entry) {
        return ReplayFault{seq, Fault::corrupt,
                           "entry " + std::to_string(seq) + " cannot be read: " + entry.error().message()};
    }
    if (entry->seq != seq) {
        return ReplayFault{seq, Fault::corrupt,
                           "entry " + std::to_string(seq) + " claims to be entry " +
                               std::to_string(entry->seq)};
    }
    auto named = public_blobs_of(entry->event);
    const auto auditors = auditors_blobs_of(entry->event);
    named.insert(named.end(), auditors.begin(), auditors.end());
    for (const auto& digest : named) {
        if (!blobs(digest)) {
            return ReplayFault{seq, Fault::not_found,
                               "entry " + std::to_string(seq) + " names document " + to_hex(digest) +
                                   ", which is missing or damaged"};
        }
    }
    return std::nullopt;
}

} // namespace

Replayed replay(journal::JournalStore& store, const chamber::BlobSource& blobs, chamber::State& state,
                const std::function<void(const Entry&, std::string_view bytes)>& seen)
{
    std::optional<ReplayFault> broken;
    const auto read = store.read_from(state.entries, [&](std::uint64_t seq, std::string_view bytes) {
        const auto entry = decode_entry(bytes);
        broken = check(entry, seq, blobs);
        if (broken) return false;
        chamber::apply(state, *entry, blobs);
        if (seen) seen(*entry, bytes);
        return true;
    });
    if (broken) return *broken;
    if (!read) {
        return ReplayFault{state.entries, static_cast<Fault>(read.error().value()),
                           "the journal cannot be read: " + read.error().message()};
    }
    return {};
}

} // namespace plenum::clerk
