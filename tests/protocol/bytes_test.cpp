#include "protocol/bytes.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(bytes_test)

using namespace plenum;

BOOST_AUTO_TEST_CASE(a_writer_lays_numbers_out_as_documented)
{
    Writer writer;
    writer.u8(0x01);
    writer.u16_be(0x0203);
    writer.u32(0x04050607);
    writer.u64(0x08090A0B0C0D0E0F);
    writer.u64_be(0x1011121314151617);
    writer.raw("ab");
    BOOST_TEST(to_hex(writer.bytes()) == "010203070605040f0e0d0c0b0a090810111213141516176162");
    writer.pad_to(32);
    BOOST_TEST(writer.size() == 32u);
    writer.pad_to(32);
    BOOST_TEST(writer.size() == 32u);
    BOOST_TEST(to_hex(ByteView(writer.bytes()).subspan(25)) == "00000000000000");
}

BOOST_AUTO_TEST_CASE(a_reader_reads_back_what_a_writer_wrote)
{
    Writer writer;
    writer.u8(0xFE);
    writer.u16_be(0xFEDC);
    writer.u32(0xFEDCBA98);
    writer.u64(0xFEDCBA9876543210);
    writer.u64_be(0xFEDCBA9876543210);
    writer.raw("tail");
    Reader reader(writer.bytes());
    BOOST_TEST(reader.u8() == 0xFE);
    BOOST_TEST(reader.u16_be() == 0xFEDC);
    BOOST_TEST(reader.u32() == 0xFEDCBA98u);
    BOOST_TEST(reader.u64() == 0xFEDCBA9876543210u);
    BOOST_TEST(reader.u64_be() == 0xFEDCBA9876543210u);
    BOOST_TEST(text_of(reader.raw(4)) == "tail");
    BOOST_TEST(reader.ok());
    BOOST_TEST(reader.at_end());
}

BOOST_AUTO_TEST_CASE(reading_past_the_end_answers_zero_and_is_remembered)
{
    const Bytes three{1, 2, 3};
    const struct {
        const char* name;
        std::uint64_t (*read)(Reader&);
    } reads[] = {
        {"u32", [](Reader& r) -> std::uint64_t { return r.u32(); }},
        {"u64", [](Reader& r) -> std::uint64_t { return r.u64(); }},
        {"u64_be", [](Reader& r) -> std::uint64_t { return r.u64_be(); }},
        {"raw", [](Reader& r) -> std::uint64_t { return r.raw(4).size(); }},
        {"raw of an absurd length", [](Reader& r) -> std::uint64_t { return r.raw(SIZE_MAX).size(); }},
        {"u16 after two bytes", [](Reader& r) -> std::uint64_t { return r.raw(2), r.u16_be(); }},
        {"u8 after three bytes", [](Reader& r) -> std::uint64_t { return r.raw(3), r.u8(); }},
    };
    for (const auto& c : reads)
        BOOST_TEST_CONTEXT(c.name)
        {
            Reader reader(three);
            BOOST_TEST(c.read(reader) == 0u);
            BOOST_TEST(!reader.ok());
            BOOST_TEST(reader.u8() == 0u); // not byte 1: what failed once stays failed
            BOOST_TEST(!reader.ok());
        }
}

BOOST_AUTO_TEST_CASE(hex_is_lower_case_and_in_pairs)
{
    BOOST_TEST(to_hex(Bytes{0x00, 0xAB, 0xFF}) == "00abff");
    BOOST_TEST((from_hex("00abff").value() == Bytes{0x00, 0xAB, 0xFF}));
    BOOST_TEST(from_hex("").value().empty());
    for (const char* text : {"0", "AB", "0g", " 00", "0x00", "00 "})
        BOOST_TEST(from_hex(text).has_error(), text);
}

BOOST_AUTO_TEST_CASE(base64_follows_rfc_4648)
{
    const struct {
        const char* plain;
        const char* standard;
        const char* url;
    } cases[] = {
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg==", "Zm9vYg"},
        {"fooba", "Zm9vYmE=", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
        {"\xFB\xFF\xBF", "+/+/", "-_-_"},
    };
    for (const auto& c : cases) {
        BOOST_TEST(to_base64(bytes_of(c.plain)) == c.standard);
        BOOST_TEST(to_base64url(bytes_of(c.plain)) == c.url);
        BOOST_TEST(text_of(from_base64(c.standard).value()) == c.plain);
        BOOST_TEST(text_of(from_base64url(c.url).value()) == c.plain);
    }
}

BOOST_AUTO_TEST_CASE(only_the_canonical_base64_spelling_is_read)
{
    for (const char* text : {"Zh==", "Zm9=", "Zg", "Zg=", "Zg===", "Zm9v=", "=", "====", "Zm 9v", "Zm9v\n",
                             "-_-_", "Zm9*", "Z", "Zm9vZ"})
        BOOST_TEST(from_base64(text).has_error(), text);
    for (const char* text :
         {"Zh", "Zm9", "Zm8=", "Zg==", "Z", "Zm9vZ", "+/+/", "Zm 8", "Zm8\n", "\nZm8", "Zm8*"})
        BOOST_TEST(from_base64url(text).has_error(), text);
    BOOST_TEST(from_base64url(std::string_view("Zm\0v", 4)).has_error());
}

BOOST_AUTO_TEST_CASE(every_length_survives_every_spelling)
{
    Bytes bytes;
    for (unsigned length = 0; length < 200; ++length) {
        BOOST_TEST_REQUIRE((from_hex(to_hex(bytes)).value() == bytes));
        BOOST_TEST_REQUIRE((from_base64(to_base64(bytes)).value() == bytes));
        BOOST_TEST_REQUIRE((from_base64url(to_base64url(bytes)).value() == bytes));
        bytes.push_back(static_cast<std::uint8_t>(length * 37 + 11));
    }
}

BOOST_AUTO_TEST_CASE(two_spellings_of_base64url_never_give_the_same_bytes)
{
    // All texts of two characters: what is read back must be spelled as it was.
    for (int first = 0; first < 256; ++first)
        for (int second = 0; second < 256; ++second) {
            const std::string text{static_cast<char>(first), static_cast<char>(second)};
            const auto bytes = from_base64url(text);
            if (bytes) BOOST_TEST_REQUIRE(to_base64url(*bytes) == text);
        }
}

BOOST_AUTO_TEST_CASE(utf8_is_accepted_only_in_its_shortest_form_and_within_unicode)
{
    using namespace std::string_view_literals;
    const struct {
        const char* name;
        std::string_view text;
        bool accepted;
    } cases[] = {
        {"nothing", ""sv, true},
        {"ASCII", "plenum"sv, true},
        {"NUL", "\0"sv, true},
        {"DEL", "\x7F"sv, true},
        {"U+0080, the first of two bytes", "\xC2\x80"sv, true},
        {"U+07FF, the last of two bytes", "\xDF\xBF"sv, true},
        {"U+0800, the first of three bytes", "\xE0\xA0\x80"sv, true},
        {"Chinese", "全国人民代表大会"sv, true},
        {"U+D7FF, before the surrogates", "\xED\x9F\xBF"sv, true},
        {"U+E000, after the surrogates", "\xEE\x80\x80"sv, true},
        {"U+FFFF", "\xEF\xBF\xBF"sv, true},
        {"U+10000, the first of four bytes", "\xF0\x90\x80\x80"sv, true},
        {"U+20BB7, a rare surname", "\xF0\xA0\xAE\xB7"sv, true},
        {"U+10FFFF, the last of all", "\xF4\x8F\xBF\xBF"sv, true},
        {"a byte order mark", "\xEF\xBB\xBF"sv, true},
        {"lone continuation", "\x80"sv, false},
        {"continuation after ASCII", "a\xBF"sv, false},
        {"overlong slash in two bytes", "\xC0\xAF"sv, false},
        {"overlong DEL in two bytes", "\xC1\xBF"sv, false},
        {"overlong in three bytes", "\xE0\x9F\xBF"sv, false},
        {"overlong NUL in three bytes", "\xE0\x80\x80"sv, false},
        {"overlong in four bytes", "\xF0\x8F\xBF\xBF"sv, false},
        {"high surrogate U+D800", "\xED\xA0\x80"sv, false},
        {"low surrogate U+DFFF", "\xED\xBF\xBF"sv, false},
        {"surrogate pair as CESU-8", "\xED\xA1\x82\xED\xBE\xB7"sv, false},
        {"U+110000", "\xF4\x90\x80\x80"sv, false},
        {"lead byte F5", "\xF5\x80\x80\x80"sv, false},
        {"lead byte FE", "\xFE"sv, false},
        {"lead byte FF", "\xFF"sv, false},
        {"five bytes", "\xF8\x88\x80\x80\x80"sv, false},
        {"two bytes, one missing", "\xC2"sv, false},
        {"three bytes, one missing", "\xE5\x85"sv, false},
        {"four bytes, one missing", "\xF0\xA0\xAE"sv, false},
        {"three bytes, ASCII inside", "\xE5\x41\xA8"sv, false},
        {"three bytes, last is ASCII", "\xE5\x85\x41"sv, false},
        {"two bytes, NUL as second", "\xC2\0"sv, false},
        {"good text with a bad end", "全\xE5"sv, false},
    };
    for (const auto& c : cases)
        BOOST_TEST(is_utf8(c.text) == c.accepted, c.name);
}

BOOST_AUTO_TEST_CASE(every_code_point_but_the_surrogates_is_utf8)
{
    for (std::uint32_t point = 0; point < 0x120000; ++point) {
        // The general pattern of three and four bytes, also where it gives what is not allowed.
        std::string text;
        const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte & 0xFF)); };
        if (point < 0x80) {
            put(point);
        } else if (point < 0x800) {
            put(0xC0 | point >> 6), put(0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
        } else {
            put(0xF0 | point >> 18), put(0x80 | (point >> 12 & 0x3F));
            put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
        }
        const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (is_utf8(text) != (!is_surrogate && point <= 0x10FFFF)) BOOST_FAIL("code point " << point);
    }
}

BOOST_AUTO_TEST_SUITE_END()
