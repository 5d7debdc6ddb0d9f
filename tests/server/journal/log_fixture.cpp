#include "tests/server/journal/log_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::journal::fixture {

SigningKey log_key()
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(7);
    return SigningKey{seed};
}

NoteVerifier log_verifier()
{
    return note_verifier(origin, log_key().public_key());
}

SegmentOptions small_options()
{
    return {.origin = origin, .segment_bytes = small_segment_bytes, .prepare_in_background = false};
}

std::string entry_at(std::uint64_t seq)
{
    return "{\"seq\":" + std::to_string(seq) + ",\"text\":\"" + std::string(seq * 37 % 400, 'x') + "\"}";
}

Group group_at(std::uint64_t first, std::size_t count, std::size_t sealed)
{
    Group group{.first = first, .wall_ms = 1'700'000'000'000 + first, .entries = {}, .sealed = {}};
    for (std::size_t i = 0; i < count; ++i)
        group.entries.push_back(entry_at(first + i));
    for (std::size_t i = 0; i < sealed; ++i)
        group.sealed.emplace_back(Bytes(600, static_cast<std::uint8_t>(first + i)));
    return group;
}

std::unique_ptr<SegmentStore> open_claimed(Directory& data, Recovery& report)
{
    auto store = SegmentStore::open(data, small_options(), log_key(), report);
    BOOST_TEST_REQUIRE(store.has_value(), report.english);
    BOOST_TEST_REQUIRE((*store)->claim().has_value());
    return std::move(*store);
}

std::uint64_t append_until(SegmentStore& store, std::uint64_t size)
{
    while (store.head().size < size) {
        const std::uint64_t first = store.head().size;
        if (!store.append_group(group_at(first, 1 + first % 3, first % 2))) break;
    }
    return store.head().size;
}

std::uint64_t count_entries(SegmentStore& store)
{
    std::uint64_t count = 0;
    bool alike = true;
    const auto read = store.read_from(0, [&](std::uint64_t seq, std::string_view entry) {
        alike = alike && seq == count && entry == entry_at(seq);
        ++count;
        return true;
    });
    BOOST_TEST(read.has_value());
    BOOST_TEST(alike);
    BOOST_TEST(count == store.head().size);
    return count;
}

} // namespace plenum::journal::fixture
