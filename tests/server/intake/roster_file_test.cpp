#include "server/intake/csv.hpp"
#include "server/intake/roster_file.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace plenum;
using namespace plenum::intake;

BOOST_AUTO_TEST_CASE(a_roster_is_read_from_json_and_from_csv_in_both_languages)
{
    const struct {
        const char* name;
        const char* text;
    } cases[] = {
        {"json object", R"({"members":[{"id":"A1","name":"王伟","group":"一团","seat":7}]})"},
        {"json list", R"([{"number":"A1","name":"王伟","group":"一团","seat":"7"}])"},
        {"english csv", "number,name,group,seat\r\nA1,王伟,一团,7\r\n"},
        {"chinese csv with a byte order mark", "\xEF\xBB\xBF证号,姓名,代表团,座位\nA1,王伟,一团,7\n"},
        {"columns in another order", "姓名,座位,证号,代表团\n王伟,7,A1,一团"},
        {"a column nobody knows", "number,name,group,seat,telephone\nA1,王伟,一团,7,123\n"},
        {"quoted cells", "number,name,group,seat\n\"A1\",\"王伟\",\"一团\",\"7\"\n\n"},
    };
    for (const auto& one : cases)
        BOOST_TEST_CONTEXT(one.name)
        {
            const auto rows = read_roster(one.text);
            BOOST_TEST_REQUIRE(rows.has_value());
            BOOST_TEST_REQUIRE(rows->size() == 1U);
            const auto& row = rows->front();
            BOOST_TEST(row.number == "A1");
            BOOST_TEST(row.name == "王伟");
            BOOST_TEST(row.group == "一团");
            BOOST_TEST(row.seat == "7");
        }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_file_is_said_with_its_row)
{
    const struct {
        const char* name;
        std::string text;
        std::size_t row;
    } cases[] = {
        {"empty", "", 0},
        {"only spaces", " \n\t", 0},
        {"gb18030 bytes", "number,name\nA1,\xCD\xF5\n", 0},
        {"broken json", R"({"members":[)", 0},
        {"duplicate json members", R"({"members":[],"members":[]})", 0},
        {"no list", R"({"people":[]})", 0},
        {"no members", R"({"members":[]})", 0},
        {"a member that is none", R"([{"id":"A1","name":"a"},7])", 2},
        {"a cell that is a list", R"([{"id":"A1","name":["a"]}])", 1},
        {"csv without names", "number,group\nA1,x\n", 0},
        {"csv without numbers", "name\n王伟\n", 0},
        {"a quote that never ends", "number,name\nA1,\"王伟\n", 0},
        {"something after a closing quote", "number,name\nA1,\"a\"b\n", 0},
        {"more cells than columns", "number,name\nA1,a\nA2,b,c\n", 2},
        {"only a heading", "number,name\n", 0},
    };
    for (const auto& one : cases)
        BOOST_TEST_CONTEXT(one.name)
        {
            const auto rows = read_roster(one.text);
            BOOST_TEST_REQUIRE(rows.has_error());
            BOOST_TEST(rows.error().row == one.row);
            BOOST_TEST(!rows.error().reason.zh.empty());
            BOOST_TEST(!rows.error().reason.en.empty());
        }
}

BOOST_AUTO_TEST_CASE(too_many_members_are_refused_as_a_whole)
{
    std::string text = "number,name\n";
    for (int i = 0; i <= 10'000; ++i)
        text += "N" + std::to_string(i) + ",name\n";
    BOOST_TEST(read_roster(text).has_error());
}

BOOST_AUTO_TEST_CASE(quoted_cells_may_hold_commas_line_ends_and_doubled_quotes)
{
    const auto table = parse_csv("a,\"b,\"\"c\"\"\nd\",e\r\n,\n");
    BOOST_TEST_REQUIRE(table.has_value());
    BOOST_TEST_REQUIRE(table->size() == 2U);
    BOOST_TEST((*table)[0][1] == "b,\"c\"\nd");
    BOOST_TEST((*table)[1].size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_synthetic_rosters_read_whole)
{
    const char* given = std::getenv("PLENUM_DATA");
    const std::filesystem::path data = given != nullptr
                                           ? std::filesystem::path(given)
                                           : std::filesystem::path(PLENUM_SOURCE_DIR) / "../shared/data";
    if (!std::filesystem::exists(data / "agendas")) {
        BOOST_TEST_MESSAGE("skipped: no data at " << data);
        return;
    }
    for (const std::size_t members : {35U, 328U, 2980U})
        BOOST_TEST_CONTEXT(members)
        {
            std::ifstream file(data / "agendas" / ("roster-synthetic-" + std::to_string(members) + ".json"));
            std::ostringstream text;
            text << file.rdbuf();
            const auto rows = read_roster(text.str());
            BOOST_TEST_REQUIRE(rows.has_value());
            BOOST_TEST(rows->size() == members);
            std::set<std::string> numbers;
            for (const auto& row : *rows)
                numbers.insert(row.number);
            BOOST_TEST(numbers.size() == members);
        }
}
