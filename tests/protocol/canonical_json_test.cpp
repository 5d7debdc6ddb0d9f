#include "protocol/canonical_json.hpp"
#include "protocol/json_codec.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(canonical_json_test)

using namespace plenum;

namespace {

namespace json = boost::json;

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

BOOST_AUTO_TEST_CASE(the_examples_of_rfc_8785_within_the_subset)
{
    // Section 3.2.2 and 3.2.3 without its floats: literals, escapes in strings, sorted members, no white
    // space.
    const auto value = parse_json(R"({
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "numbers": [333333333, 4, 2, 0],
        "literals": [null, true, false]
    })");
    BOOST_TEST_REQUIRE(value.has_value());
    BOOST_TEST(canonical_json(*value) == "{\"literals\":[null,true,false],\"numbers\":[333333333,4,2,0],"
                                         "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

BOOST_AUTO_TEST_CASE(strings_are_written_with_the_shortest_escapes)
{
    const struct {
        std::string text;
        const char* written;
    } table[] = {
        {"\b\t\n\f\r", R"("\b\t\n\f\r")"},
        {std::string("\0\x01\x1f", 3), R"("\u0000\u0001\u001f")"},
        {"\x7f", "\"\x7f\""},
        {"</script>", R"("</script>")"},
        {"议案\U00020bb7", "\"议案\U00020bb7\""},
        {"\"\\", R"("\"\\")"},
    };
    for (const auto& row : table) {
        BOOST_TEST(canonical_json(json::string(row.text)) == row.written);
        const auto back = parse_canonical_json(row.written);
        BOOST_TEST_REQUIRE(back.has_value());
        BOOST_TEST(std::string(back->as_string()) == row.text);
    }
}

BOOST_AUTO_TEST_CASE(members_are_sorted_by_bytes_at_every_depth)
{
    const json::value value = {{"b", {{"z", 1}, {"a_", 2}, {"a", 3}, {"A", 4}, {"1", 5}}}, {"a", nullptr}};
    BOOST_TEST(canonical_json(value) == R"({"a":null,"b":{"1":5,"A":4,"a":3,"a_":2,"z":1}})");
}

BOOST_AUTO_TEST_CASE(integers_reach_as_far_as_every_language_can)
{
    for (const char* text : {"0", "-1", "9007199254740991", "-9007199254740991"}) {
        const auto value = parse_canonical_json(text);
        BOOST_TEST_REQUIRE(value.has_value(), text);
        BOOST_TEST(canonical_json(*value) == text);
    }
}

BOOST_AUTO_TEST_CASE(text_that_is_not_plainly_one_value_is_refused)
{
    const struct {
        const char* why;
        std::string text;
    } table[] = {
        {"empty", ""},
        {"only spaces", "  "},
        {"duplicate member", R"({"a":1,"a":2})"},
        {"duplicate by another spelling", R"({"a":1,"\u0061":2})"},
        {"duplicate deep inside", R"([{"x":[{"a":{"b":1,"c":2,"b":3}}]}])"},
        {"float", "1.0"},
        {"float inside", R"({"a":[1,2.5]})"},
        {"exponent", "1e3"},
        {"2^53", "9007199254740992"},
        {"-2^53", "-9007199254740992"},
        {"2^63", "9223372036854775808"},
        {"2^64", "18446744073709551616"},
        {"nothing a machine can hold", "1" + std::string(400, '0')},
        {"seventeen deep", nested(17)},
        {"seventeen deep, mixed", R"({"a":)" + nested(16) + "}"},
        {"a hundred thousand deep", std::string(100'000, '[')},
        {"broken UTF-8", "\"\xff\""},
        {"overlong UTF-8", "\"\xc0\xaf\""},
        {"a surrogate in UTF-8", "\"\xed\xa0\x80\""},
        {"cut UTF-8", "\"\xe8\xae\""},
        {"half of a surrogate pair", R"("\ud800")"},
        {"surrogates in the wrong order", R"("\udc00\ud800")"},
        {"trailing text", "{} x"},
        {"two values", "1 2"},
        {"trailing comma", "[1,]"},
        {"comment", "/* */ 1"},
        {"single quotes", "{'a':1}"},
        {"bare word", "nul"},
        {"NaN", "NaN"},
        {"leading zero", "01"},
        {"plus sign", "+1"},
        {"byte order mark", "\xef\xbb\xbf{}"},
        {"raw control character", "\"a\nb\""},
        {"cut off", R"({"a":[1,2)"},
    };
    for (const auto& row : table)
        BOOST_TEST(!parse_json(row.text).has_value(), row.why);
}

BOOST_AUTO_TEST_CASE(what_is_plain_is_accepted)
{
    for (const auto& text : {nested(16), std::string(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})"),
                             std::string(" { \"a\" : [ 1 , 2 ] } \n"), std::string(R"("\ud842\udfb7")")}) {
        BOOST_TEST(parse_json(text).has_value(), text);
    }
    BOOST_TEST(std::string(parse_json(R"("\ud842\udfb7")")->as_string()) == "\U00020bb7");
}

BOOST_AUTO_TEST_CASE(only_the_one_spelling_is_canonical)
{
    for (const char* text : {R"({"b":1,"a":2})", R"({ "a":1})", R"(["\u0041"])", R"(["\/"])", "-0", "[1, 2]",
                             R"(["\u000A"])", "1 ", "\n1"}) {
        const auto value = parse_canonical_json(text);
        BOOST_TEST_REQUIRE(value.has_error(), text);
        BOOST_TEST((value.error() == make_error_code(Fault::not_canonical)), text);
    }
    BOOST_TEST((parse_canonical_json("{").error() == make_error_code(Fault::malformed)));
}

BOOST_AUTO_TEST_SUITE_END()
