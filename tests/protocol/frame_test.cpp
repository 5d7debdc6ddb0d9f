#include "protocol/frame.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>

BOOST_AUTO_TEST_SUITE(frame_test)

using namespace plenum;

namespace {

Frame small_frame()
{
    Frame frame;
    frame.first = 7;
    frame.epoch = 3;
    frame.wall_ms = 1'700'000'000'123;
    frame.previous = sha256("previous");
    frame.entries = {R"({"at":1700000000123,"kind":"vote.opened"})", "", "{}"};
    frame.sealed = {Bytes(16, 0xEE), Bytes{}};
    frame.root = sha256("root");
    frame.note = "a note\n";
    return frame;
}

/// Length of everything before the trailing hash.
std::size_t hashed_bytes(const Frame& frame)
{
    std::size_t size = frame_header_bytes + 32 + frame.note.size();
    for (const auto& entry : frame.entries)
        size += 2 + entry.size();
    for (const auto& record : frame.sealed)
        size += 2 + record.size();
    return size;
}

/// The frame with `change` made to its bytes and the hash made right again: what a hostile writer would send.
Bytes forged(const Frame& frame, const std::function<void(Bytes&)>& change)
{
    Bytes bytes = encode_frame(frame).bytes;
    change(bytes);
    const std::size_t size = hashed_bytes(frame);
    const Digest hash = blake2b256(ByteView(bytes).first(size));
    std::copy(hash.bytes.begin(), hash.bytes.end(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    return bytes;
}

void set_u32(Bytes& bytes, std::size_t at, std::uint32_t value)
{
    Writer writer;
    writer.u32(value);
    std::copy(writer.bytes().begin(), writer.bytes().end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

void check_round_trip(const Frame& frame)
{
    const EncodedFrame encoded = encode_frame(frame);
    BOOST_TEST_REQUIRE(encoded.bytes.size() % frame_alignment == 0u);
    BOOST_TEST_REQUIRE(encoded.bytes.size() - hashed_bytes(frame) - 32 < frame_alignment);
    const auto decoded = decode_frame(encoded.bytes);
    BOOST_TEST_REQUIRE(decoded.has_value());
    BOOST_TEST_REQUIRE((decoded->frame == frame));
    BOOST_TEST_REQUIRE((decoded->hash == encoded.hash));
    BOOST_TEST_REQUIRE(decoded->aligned_bytes == encoded.bytes.size());
    BOOST_TEST_REQUIRE((encode_frame(decoded->frame).bytes == encoded.bytes));
}

} // namespace

BOOST_AUTO_TEST_CASE(the_layout_is_as_documented)
{
    const EncodedFrame encoded = encode_frame(small_frame());
    Reader reader(encoded.bytes);
    BOOST_TEST(text_of(reader.raw(4)) == "PLNF");
    BOOST_TEST(reader.u32() == 1u);
    BOOST_TEST(reader.u64() == 7u);
    BOOST_TEST(reader.u32() == 3u);
    BOOST_TEST(reader.u32() == 2u + 41 + 2 + 2 + 2);
    BOOST_TEST(reader.u32() == 2u);
    BOOST_TEST(reader.u32() == 2u + 16 + 2);
    BOOST_TEST(reader.u64() == 3u);
    BOOST_TEST(reader.u64() == 1'700'000'000'123u);
    BOOST_TEST(to_hex(reader.raw(32)) == to_hex(sha256("previous")));
    BOOST_TEST(reader.u32() == 7u);
    BOOST_TEST(to_hex(reader.raw(12)) == std::string(24, '0'));
    BOOST_TEST(encoded.bytes.size() - reader.rest().size() == frame_header_bytes);
    BOOST_TEST(reader.u16_be() == 41u);
    BOOST_TEST(text_of(reader.raw(41)) == R"({"at":1700000000123,"kind":"vote.opened"})");
    BOOST_TEST(reader.u16_be() == 0u);
    BOOST_TEST(reader.u16_be() == 2u);
    BOOST_TEST(text_of(reader.raw(2)) == "{}");
    BOOST_TEST(reader.u16_be() == 16u);
    reader.raw(16);
    BOOST_TEST(reader.u16_be() == 0u);
    BOOST_TEST(to_hex(reader.raw(32)) == to_hex(sha256("root")));
    BOOST_TEST(text_of(reader.raw(7)) == "a note\n");
    const std::size_t end = encoded.bytes.size() - reader.rest().size();
    BOOST_TEST(to_hex(reader.raw(32)) == to_hex(blake2b256(ByteView(encoded.bytes).first(end))));
    BOOST_TEST(encoded.bytes.size() == frame_alignment);
    while (!reader.at_end())
        BOOST_TEST_REQUIRE(reader.u8() == 0u);
}

BOOST_AUTO_TEST_CASE(a_frame_survives_encoding_and_decoding)
{
    check_round_trip(small_frame());
    check_round_trip(Frame{});
    Frame widest = small_frame();
    widest.first = widest.epoch = widest.wall_ms = UINT64_MAX;
    widest.entries.assign(20, std::string(entry_bytes_max, 'e'));
    widest.sealed.assign(3, Bytes(entry_bytes_max, 0xFF));
    check_round_trip(widest);

    std::mt19937_64 random(1);
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    for (int i = 0; i < 500; ++i) {
        Frame frame = small_frame();
        frame.first = random() >> below(64);
        frame.epoch = random() >> below(64);
        frame.entries.assign(below(6), "");
        for (auto& entry : frame.entries)
            entry.assign(below(1500), static_cast<char>(random()));
        frame.sealed.assign(below(6), {});
        for (auto& record : frame.sealed)
            record.assign(below(600), static_cast<std::uint8_t>(random()));
        frame.note.assign(below(400), 'n');
        check_round_trip(frame);
    }
}

BOOST_AUTO_TEST_CASE(every_length_around_the_alignment_survives)
{
    Frame frame;
    for (std::size_t length = 3900; length < 4000; ++length) {
        frame.entries = {std::string(length, 'e')};
        check_round_trip(frame);
    }
}

BOOST_AUTO_TEST_CASE(what_follows_a_frame_is_left_alone)
{
    const Frame frame = small_frame();
    Bytes bytes = encode_frame(frame).bytes;
    const Bytes second = bytes;
    bytes.insert(bytes.end(), second.begin(), second.end());
    bytes.push_back(0xAA);
    const auto decoded = decode_frame(bytes);
    BOOST_TEST_REQUIRE(decoded.has_value());
    BOOST_TEST(decoded->aligned_bytes == frame_alignment);
    BOOST_TEST((decoded->frame == frame));
}

BOOST_AUTO_TEST_CASE(no_single_byte_of_a_frame_can_change)
{
    Bytes bytes = encode_frame(small_frame()).bytes;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (const unsigned mask : {0x01u, 0x02u, 0x04u, 0x08u, 0x10u, 0x20u, 0x40u, 0x80u, 0xFFu}) {
            bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ mask);
            if (decode_frame(bytes).has_value()) BOOST_FAIL("byte " << at << " mask " << mask);
            bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ mask);
        }
    BOOST_TEST(decode_frame(bytes).has_value());
}

BOOST_AUTO_TEST_CASE(every_truncation_is_seen_as_one)
{
    Frame frame = small_frame();
    frame.entries.push_back(std::string(5000, 'x'));
    const Bytes bytes = encode_frame(frame).bytes;
    BOOST_TEST(bytes.size() == 2 * frame_alignment);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        // A copy of exactly that length, so that AddressSanitizer sees any read beyond it.
        const Bytes shorter(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        BOOST_TEST_REQUIRE((decode_frame(shorter).error() == Fault::truncated));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_frame_is_told_from_a_damaged_one)
{
    const Frame frame = small_frame();
    const Bytes good = encode_frame(frame).bytes;
    const auto changed = [&](std::size_t at) {
        Bytes bytes = good;
        bytes[at] ^= 0x01;
        return bytes;
    };
    const struct {
        const char* name;
        Bytes bytes;
        Fault fault;
    } cases[] = {
        {"nothing", {}, Fault::truncated},
        {"zeros, as after the last frame of a segment", Bytes(8192, 0), Fault::malformed},
        {"text", Bytes(4096, 'a'), Fault::malformed},
        {"another magic", changed(0), Fault::malformed},
        {"another version", changed(4), Fault::unsupported},
        {"a changed entry", changed(100), Fault::bad_digest},
        {"a changed first", changed(8), Fault::bad_digest},
        {"a changed hash", changed(hashed_bytes(frame)), Fault::bad_digest},
        {"dirt in the padding", changed(good.size() - 1), Fault::bad_digest},
        {"dirt right after the hash", changed(hashed_bytes(frame) + 32), Fault::bad_digest},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto decoded = decode_frame(c.bytes);
            BOOST_TEST_REQUIRE(decoded.has_error());
            BOOST_TEST(decoded.error().message() == make_error_code(c.fault).message());
        }
}

BOOST_AUTO_TEST_CASE(a_frame_written_wrong_is_refused_though_its_hash_is_right)
{
    const Frame frame = small_frame();
    BOOST_TEST_REQUIRE(decode_frame(forged(frame, [](Bytes&) {})).has_value());
    const std::size_t entries_n = 16;
    const std::size_t entries_bytes = 20;
    const std::size_t sealed_n = 24;
    const std::size_t sealed_bytes = 28;
    const std::size_t reserved = 84;
    const struct {
        const char* name;
        std::function<void(Bytes&)> change;
    } cases[] = {
        {"one entry fewer", [&](Bytes& b) { set_u32(b, entries_n, 2); }},
        {"one entry more", [&](Bytes& b) { set_u32(b, entries_n, 4); }},
        {"an absurd number of entries", [&](Bytes& b) { set_u32(b, entries_n, UINT32_MAX); }},
        {"one sealed record fewer", [&](Bytes& b) { set_u32(b, sealed_n, 1); }},
        {"one sealed record more", [&](Bytes& b) { set_u32(b, sealed_n, 3); }},
        {"an absurd number of sealed records", [&](Bytes& b) { set_u32(b, sealed_n, UINT32_MAX); }},
        {"an entry that ends beyond its section", [&](Bytes& b) { b[frame_header_bytes + 1] = 60; }},
        {"an entry that ends early", [&](Bytes& b) { b[frame_header_bytes + 1] = 40; }},
        {"sections that share their bytes wrongly",
         [&](Bytes& b) {
             set_u32(b, entries_bytes, 2 + 41 + 2 + 2 + 2 + 1);
             set_u32(b, sealed_bytes, 2 + 16 + 2 - 1);
         }},
        {"a reserved number", [&](Bytes& b) { b[reserved] = 1; }},
        {"the last reserved byte", [&](Bytes& b) { b[frame_header_bytes - 1] = 0x80; }},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto decoded = decode_frame(forged(frame, c.change));
            BOOST_TEST_REQUIRE(decoded.has_error());
            BOOST_TEST(decoded.error().message() == make_error_code(Fault::malformed).message());
        }
}

BOOST_AUTO_TEST_CASE(absurd_lengths_are_seen_before_anything_is_allocated)
{
    for (const std::size_t at : {20u, 28u, 80u}) {
        Bytes bytes = encode_frame(small_frame()).bytes;
        set_u32(bytes, at, UINT32_MAX);
        BOOST_TEST((decode_frame(bytes).error() == Fault::truncated));
    }
}

BOOST_AUTO_TEST_SUITE_END()
