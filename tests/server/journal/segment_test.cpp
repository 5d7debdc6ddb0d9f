#include "server/journal/segment.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(segment_test)

using namespace plenum;
using namespace plenum::journal;

namespace {

Superblock a_superblock()
{
    return {.origin = "plenum.test/chamber-1",
            .number = 3,
            .first = 70'000,
            .epoch = 9,
            .segment_bytes = segment_bytes_default,
            .previous = sha256("previous"),
            .root = sha256("root")};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_superblock_is_read_back_as_it_was_written)
{
    const Bytes bytes = encode_superblock(a_superblock());
    BOOST_TEST(bytes.size() == superblock_bytes);
    const auto read = decode_superblock(bytes);
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST((*read == a_superblock()));
}

BOOST_AUTO_TEST_CASE(the_first_bytes_of_a_superblock_are_those_of_the_format_document)
{
    const Bytes bytes = encode_superblock(a_superblock());
    BOOST_TEST(to_hex(ByteView(bytes).first(40)) == "504c4e5301000000"
                                                    "0300000000000000"
                                                    "7011010000000000"
                                                    "0900000000000000"
                                                    "0000000400000000");
    BOOST_TEST(to_hex(ByteView(bytes).subspan(104, 8)) == "15000000706c656e");
}

BOOST_AUTO_TEST_CASE(every_changed_byte_of_a_superblock_is_noticed)
{
    const Bytes sound = encode_superblock(a_superblock());
    for (std::size_t at = 0; at < sound.size(); ++at) {
        Bytes bytes = sound;
        bytes[at] ^= 0x10;
        BOOST_TEST((decode_superblock(bytes).error() == fault(Fault::bad_digest)), "byte " << at);
    }
}

BOOST_AUTO_TEST_CASE(a_later_format_version_is_refused_as_such)
{
    Bytes bytes = encode_superblock(a_superblock());
    bytes[4] = 2;
    const Digest hash = blake2b256(ByteView(bytes).first(superblock_bytes - Digest::size));
    std::ranges::copy(hash.bytes, bytes.end() - Digest::size);
    BOOST_TEST((decode_superblock(bytes).error() == fault(Fault::unsupported)));
}

BOOST_AUTO_TEST_CASE(of_two_superblock_copies_the_newest_sound_one_counts)
{
    Superblock newer = a_superblock();
    newer.epoch += 1;
    const Bytes old_copy = encode_superblock(a_superblock());
    const Bytes new_copy = encode_superblock(newer);
    Bytes damaged = new_copy;
    damaged[100] ^= 1;
    const struct {
        const char* name;
        const Bytes& first;
        const Bytes& second;
        std::optional<Superblock> newest;
        bool alike;
    } cases[] = {
        {"both alike", new_copy, new_copy, newer, true},
        {"second is old", new_copy, old_copy, newer, false},
        {"first is old", old_copy, new_copy, newer, false},
        {"first damaged", damaged, old_copy, a_superblock(), false},
        {"second damaged", old_copy, damaged, a_superblock(), false},
        {"both damaged", damaged, damaged, std::nullopt, false},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            Bytes segment = c.first;
            segment.insert(segment.end(), c.second.begin(), c.second.end());
            const auto pair = read_superblocks(segment);
            BOOST_TEST((pair.newest == c.newest));
            BOOST_TEST(pair.alike == c.alike);
        }
}

BOOST_AUTO_TEST_CASE(segment_names_are_numbers_and_nothing_else_is)
{
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{12}, std::uint64_t{99'999'999}, std::uint64_t{123'456'789}})
        BOOST_TEST((segment_number(segment_name(number)) == std::optional(number)));
    BOOST_TEST(segment_name(12) == "00000012.seg");
    for (const char* name : {"", ".seg", "next", "12.seg", "0000012.seg", "00000012.se", "-0000012.seg",
                             "0000001x.seg", "00000012.seg.old"})
        BOOST_TEST((segment_number(name) == std::nullopt), name);
}

BOOST_AUTO_TEST_SUITE_END()
