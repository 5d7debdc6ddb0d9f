#include "protocol/record_id.hpp"

#include "protocol/digest.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(record_id_test)

using namespace plenum;
namespace json = boost::json;

BOOST_AUTO_TEST_CASE(a_record_id_is_the_front_of_the_hash_of_what_it_names)
{
    // Written out by hand: tag, 00 01 "o", 00 01 "k", eight bytes of number.
    const std::string bytes("plenum/id/v1\0\1o\0\1k\1\2\3\4\5\6\7\x8", 26);
    const auto id = record_id("o", "k", 0x0102030405060708);
    BOOST_TEST(to_hex(ByteView(id)) == to_hex(sha256(bytes)).substr(0, 32));
}

BOOST_AUTO_TEST_CASE(no_part_of_a_record_id_runs_into_the_next)
{
    const struct {
        const char* origin;
        const char* kind;
        std::uint64_t seq;
    } triples[] = {
        {"ab", "c", 1}, {"a", "bc", 1},  {"", "abc", 1},      {"abc", "", 1},
        {"ab", "c", 2}, {"ab", "", 'c'}, {"ab", "c", 1 << 8}, {"ab", "c", std::uint64_t{1} << 56},
        {"AB", "c", 1},
    };
    std::set<RecordId> ids;
    for (const auto& [origin, kind, seq] : triples)
        ids.insert(record_id(origin, kind, seq));
    BOOST_TEST(ids.size() == std::size(triples));
}

BOOST_AUTO_TEST_CASE(the_record_id_vectors_are_what_they_were)
{
    const struct {
        const char* origin;
        const char* kind;
        std::uint64_t seq;
    } records[] = {
        {"plenum.example/npc", "vote.prepared", 0},
        {"plenum.example/npc", "vote.prepared", 70'000},
        {"plenum.example/npc", "item.added", 70'000},
        {"plenum.example/assembly-2026", "vote.prepared", 70'000},
        {"plenum.example/全国", "meeting.created", 1},
        {"o", "k", UINT64_MAX},
    };
    json::array ids;
    for (const auto& [origin, kind, seq] : records)
        ids.push_back({{"origin", origin},
                       {"kind", kind},
                       {"seq", std::to_string(seq)},
                       {"id", to_hex(ByteView(record_id(origin, kind, seq)))}});
    check_golden("record_id.json", {{"format", "plenum/vectors/record_id/1"}, {"ids", ids}});
}

BOOST_AUTO_TEST_SUITE_END()
