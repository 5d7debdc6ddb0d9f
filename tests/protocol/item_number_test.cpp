#include "protocol/item_number.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(item_number_test)

using namespace plenum;

BOOST_AUTO_TEST_CASE(numbers_are_spelled_as_they_are_read)
{
    const struct {
        std::size_t value;
        const char* words;
    } table[] = {{1, "一"},
                 {9, "九"},
                 {10, "十"},
                 {11, "十一"},
                 {20, "二十"},
                 {21, "二十一"},
                 {99, "九十九"},
                 {100, "一百"},
                 {101, "一百零一"},
                 {110, "一百一十"},
                 {112, "一百一十二"},
                 {305, "三百零五"},
                 {1'000, "一千"},
                 {1'001, "一千零一"},
                 {1'010, "一千零一十"},
                 {1'100, "一千一百"},
                 {2'034, "二千零三十四"},
                 {9'999, "九千九百九十九"}};
    for (const auto& row : table)
        BOOST_TEST(chinese_number(row.value) == row.words);
}

BOOST_AUTO_TEST_CASE(each_level_of_an_agenda_is_numbered_in_its_own_way)
{
    BOOST_TEST(item_number(1, 0) == "一、");
    BOOST_TEST(item_number(1, 11) == "十二、");
    BOOST_TEST(item_number(2, 2) == "（三）");
    BOOST_TEST(item_number(3, 0) == "1.");
    BOOST_TEST(item_number(agenda_depth_max, 9) == "（10）");
}

BOOST_AUTO_TEST_SUITE_END()
