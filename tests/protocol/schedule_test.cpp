#include "protocol/schedule.hpp"
#include "protocol/speaking_times.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(schedule_test)

using namespace plenum;

BOOST_AUTO_TEST_CASE(a_schedule_is_written_in_one_way_and_read_back)
{
    const Schedule schedule{1,
                            MeetingId{7},
                            {{1'790'000'000'000, 30, "开幕会", "人民会堂", {ItemId{9}, ItemId{11}}},
                             {1'790'000'900'000, 0, "分团审议", "", {}}}};
    const auto text = encode_schedule(schedule);
    BOOST_TEST(text == R"({"meeting":7,"rows":[{"items":[9,11],"minutes":30,"place":"人民会堂",)"
                       R"("starts_at_ms":1790000000000,"title":"开幕会"},{"items":[],"minutes":0,)"
                       R"("place":"","starts_at_ms":1790000900000,"title":"分团审议"}],"v":1})");
    const auto read = decode_schedule(text);
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST((*read == schedule));
}

BOOST_AUTO_TEST_CASE(another_spelling_or_version_of_a_schedule_is_refused)
{
    const auto fault_of = [](std::string_view text) { return decode_schedule(text).error(); };
    BOOST_TEST((fault_of(R"({"meeting":7,"rows":[],"v":2})") == make_error_code(Fault::unsupported)));
    BOOST_TEST((fault_of(R"({"meeting":7,"rows":[],"v":1,"x":0})") != boost::system::error_code()));
    BOOST_TEST((fault_of(R"({"rows":[],"meeting":7,"v":1})") != boost::system::error_code()));
    BOOST_TEST((fault_of(R"({"meeting":7,"v":1})") == make_error_code(Fault::malformed)));
    BOOST_TEST((fault_of("") != boost::system::error_code()));
}

BOOST_AUTO_TEST_CASE(speaking_times_name_what_is_wrong_with_them)
{
    constexpr std::uint32_t day = 24 * 60 * 60 * 1000;
    BOOST_TEST(!check_speaking_times({}).has_value());
    BOOST_TEST(!check_speaking_times({0, 0, day, 0}).has_value());
    BOOST_TEST(check_speaking_times({day + 1, 0, 0, 0})->path == "speaking.first_ms");
    BOOST_TEST(check_speaking_times({day, day + 1, 0, 0})->path == "speaking.second_ms");
    BOOST_TEST(check_speaking_times({60'000, 0, 60'001, 0})->path == "speaking.warn_ms");
}

BOOST_AUTO_TEST_SUITE_END()
