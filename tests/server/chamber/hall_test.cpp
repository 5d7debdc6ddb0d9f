#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(hall_test)

using namespace plenum;
using namespace plenum::chamber;

BOOST_AUTO_TEST_CASE(a_hall_screen_shows_what_it_was_told)
{
    using enum RefusalCode;
    using enum HallContent;
    House house;
    const struct {
        const char* screen;
        HallContent content;
        std::string message;
        std::optional<RefusalCode> expected;
    } table[] = {
        {"main", attendance, "", std::nullopt},
        {"main", attendance, "", nothing_to_do},
        {"main", automatic, "", std::nullopt},
        {"podium", automatic, "", std::nullopt},
        {"left_wall-2", vote, "", std::nullopt},
        {"main", message, "请保持安静\n手机静音", std::nullopt},
        {"main", message, "请保持安静\n手机静音", nothing_to_do},
        {"main", message, "请入座", std::nullopt},
        {"main", message, std::string(500, 'x'), std::nullopt},
        {"main", message, std::string(501, 'x'), invalid_text},
        {"main", message, "", invalid_text},
        {"main", message, " \n", invalid_text},
        {"main", message, "响铃\a", invalid_text},
        {"main", blank, "文字", invalid_text},
        {"", blank, "", invalid_text},
        {"Main", blank, "", invalid_text},
        {"主屏", blank, "", invalid_text},
        {"a b", blank, "", invalid_text},
        {"a123456789b123456789c123456789d1", blank, "", std::nullopt},
        {"a123456789b123456789c123456789d12", blank, "", invalid_text},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.screen << " " << codec::enum_name(row.content) << " " << row.message)
        {
            const auto refusal = house.attempt(
                house.chair, ShowInHall{house.sitting_id, row.screen, row.content, row.message});
            BOOST_TEST(refusal.has_value() == row.expected.has_value());
            if (refusal && row.expected) BOOST_TEST((refusal->code == *row.expected));
            if (refusal) continue;
            const auto& shown = house.sitting(house.sitting_id).screens.at(row.screen);
            BOOST_TEST((shown.content == row.content));
            BOOST_TEST(shown.message == row.message);
        }
    }
    const auto view = view_sitting(house.state, house.sitting_id);
    BOOST_TEST_REQUIRE(view.screens.size() == 4U);
    BOOST_TEST((view.screens[2] == ScreenView{"main", message, std::string(500, 'x')}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_sitting_has_sixteen_screens_and_none_once_it_is_closed)
{
    House house;
    const auto show = [&](const std::string& screen, HallContent content) {
        return house.attempt(house.operator_, ShowInHall{house.sitting_id, screen, content, ""});
    };
    for (int i = 0; i < 16; ++i)
        BOOST_TEST(!show("s" + std::to_string(i), HallContent::automatic).has_value());
    const auto refusal = show("s16", HallContent::automatic);
    BOOST_TEST_REQUIRE(refusal.has_value());
    BOOST_TEST((refusal->code == RefusalCode::too_many));
    BOOST_TEST(!show("s15", HallContent::agenda).has_value());
    house.act(house.chair, CloseSitting{house.sitting_id});
    const auto closed = show("s15", HallContent::blank);
    BOOST_TEST_REQUIRE(closed.has_value());
    BOOST_TEST((closed->code == RefusalCode::wrong_state));
}

BOOST_AUTO_TEST_SUITE_END()
