#pragma once

#include "server/chamber/chamber.hpp"
#include "server/journal/store.hpp"

#include <functional>

namespace plenum::clerk {

/// Why the record could not be replayed, and at which entry.
struct ReplayFault {
    std::uint64_t seq = 0;
    Fault fault = Fault::corrupt;
    std::string sentence; ///< for the operator, in English
};

using Replayed = boost::system::result<void, ReplayFault>;

/// Applies every entry of the journal to `state`, in order, and hands each to `seen` afterwards. Checks first
/// what apply may not fail on: that the entry reads, is the next, and that every blob it names that is never
/// erased is there.
Replayed replay(journal::JournalStore& store, const chamber::BlobSource& blobs, chamber::State& state,
                const std::function<void(const Entry&, std::string_view bytes)>& seen = {});

} // namespace plenum::clerk
