#pragma once

#include "server/journal/segment_store.hpp"
#include "tests/support/simulated_disk.hpp"

/// What the tests of this folder share: one log with a fixed key, and groups whose content tells their place.
namespace plenum::journal::fixture {

inline constexpr const char* origin = "plenum.test/chamber-1";
inline constexpr std::uint64_t small_segment_bytes = 32 * 1024;

SigningKey log_key();
NoteVerifier log_verifier();
SegmentOptions small_options();

/// The entry that stands at `seq`; every entry of these tests is made by it.
std::string entry_at(std::uint64_t seq);
/// The group of `count` entries from `first` on, with `sealed` dummy records.
Group group_at(std::uint64_t first, std::size_t count, std::size_t sealed = 0);

/// Opens and claims; fails the test when refused.
std::unique_ptr<SegmentStore> open_claimed(Directory& data, Recovery& report);

/// Appends groups of 1 to 3 entries until the log has at least `size`; answers how many were acknowledged,
/// which is less than `size` when the store stopped.
std::uint64_t append_until(SegmentStore& store, std::uint64_t size);

/// All entries, and a check that each is the one made for its place.
std::uint64_t count_entries(SegmentStore& store);

} // namespace plenum::journal::fixture
