#include "server/papers/csv_line.hpp"
#include "server/papers/stroke_order.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

BOOST_AUTO_TEST_SUITE(lists_test)

using namespace plenum::papers;

// Lists as the secretariat prints them.

BOOST_AUTO_TEST_CASE(names_stand_in_the_order_of_strokes)
{
    const std::vector<std::string> expected{
        "丁一", "卜三",        "于二",   "王伟",     "王敏",         "古丽努尔·阿布都热合曼",
        "刘洋", "艾力·买买提", "李文斌", "欧阳晓燕", "\U00020164明", "\U00020BB7野",
        "Smith"};
    std::vector<std::string> names = expected;
    std::mt19937 random(7);
    const StrokeOrder strokes;
    for (int round = 0; round < 20; ++round) {
        std::ranges::shuffle(names, random);
        std::ranges::sort(names, [&](const auto& a, const auto& b) { return strokes.before(a, b); });
        BOOST_TEST(names == expected, boost::test_tools::per_element());
    }
    BOOST_TEST(!strokes.before("王伟", "王伟"));
    BOOST_TEST(strokes.before("", "丁"));
}

BOOST_AUTO_TEST_CASE(a_cell_is_quoted_when_it_must_be)
{
    BOOST_TEST(csv_line({"A1", "王,伟", "a\"b", "two\nlines", ""}) ==
               "A1,\"王,伟\",\"a\"\"b\",\"two\nlines\",\n");
}

BOOST_AUTO_TEST_SUITE_END()
