#include "server/intake/csv.hpp"
#include "server/intake/encoding.hpp"
#include "server/intake/roster_file.hpp"
#include "tests/support/published_data.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

BOOST_AUTO_TEST_SUITE(roster_file_test)

using namespace plenum;
using namespace plenum::intake;

namespace {

/// The file is refused with a reason in both languages that names the row.
void check_fault(const char* name, std::string_view text, std::size_t row)
{
    BOOST_TEST_CONTEXT(name)
    {
        const auto rows = read_roster(text);
        BOOST_TEST_REQUIRE(rows.has_error());
        BOOST_TEST(rows.error().row == row);
        BOOST_TEST(!rows.error().reason.zh.empty());
        BOOST_TEST(!rows.error().reason.en.empty());
    }
}

} // namespace

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
        check_fault(one.name, one.text, one.row);
}

namespace {

/// As Excel on a Chinese Windows writes it: commas, CRLF, GB18030 without any mark.
const std::string from_excel = "\xD6\xA4\xBA\xC5,\xD0\xD5\xC3\xFB,\xB4\xFA\xB1\xED\xCD\xC5,"
                               "\xD7\xF9\xCE\xBB\r\nA1,\xCD\xF5\xCE\xB0,\xD2\xBB\xCD\xC5,7\r\nA2,\x95"
                               "4\xB2"
                               "5\xD2\xB0,\xD2\xBB\xCD\xC5,8\r\nA3,\x95"
                               "2\xA6"
                               "2\xC3\xF7,\xB6\xFE\xCD\xC5,\r\nA4,"
                               "\xB9\xC5\xC0\xF6\xC5\xAC\xB6\xFB\xA1\xA4\xB0\xA2\xB2\xBC\xB6\xBC\xC8\xC8\xBA"
                               "\xCF\xC2\xFC,\xB6\xFE\xCD\xC5,\r\n";

} // namespace

BOOST_AUTO_TEST_CASE(a_table_from_a_chinese_excel_is_read_with_every_hard_name)
{
    const auto rows = read_roster(from_excel);
    BOOST_TEST_REQUIRE(rows.has_value());
    const std::vector<std::string> expected{"王伟", "\U00020BB7野", "\U00020164明", "古丽努尔·阿布都热合曼"};
    std::vector<std::string> names;
    for (const auto& row : *rows)
        names.push_back(row.name);
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BOOST_TEST(rows->front().group == "一团");
    BOOST_TEST((encoding_of(from_excel) == Encoding::gb18030));
}

BOOST_AUTO_TEST_CASE(the_same_table_reads_the_same_in_every_encoding)
{
    const auto whole = Decoder(Encoding::gb18030).decode(from_excel);
    BOOST_TEST_REQUIRE(whole.has_value());
    const auto expected = to_json(*read_roster(from_excel));
    for (const auto& text : {*whole, "\xEF\xBB\xBF" + *whole}) {
        const auto rows = read_roster(text);
        BOOST_TEST_REQUIRE(rows.has_value());
        BOOST_TEST((to_json(*rows) == expected));
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decoded_is_refused_by_its_row_and_never_guessed)
{
    const std::string king = "\xCD\xF5";
    const struct {
        const char* name;
        std::string text;
        std::size_t row;
    } cases[] = {
        {"a lone lead byte", "number,name\nA1," + king + "\nA2,\xCD\n", 2},
        {"a byte that begins nothing", "number,name\n\nA1," + king + "\nA2,\xFF\n", 2},
        {"a four-byte character cut short", "number,name\nA1,\x95\x34\xB2\n", 1},
        {"a code beyond Unicode", "number,name\nA1,\xE3\x32\x9A\x36\n", 1},
        {"a character of somebody's own making", "number,name\nA1," + king + "\nA2,\xAA\xA1\n", 2},
        {"UTF-8 with a broken character", "number,name\nA1,王伟\nA2,欧阳晓\xE7\x87\nA3,丁一\n", 2},
        {"marked UTF-8 that is GB18030", "\xEF\xBB\xBFnumber,name\nA1," + king + "\n", 1},
        // 陳水扁, and then 文元.
        {"Big5", "number,name\nA1,\xB3\xAF\xA4\xF4\xAB\xF3\n", 1},
        {"Big5 without characters of anybody's making", "number,name\nA1,\xA4\xE5\xA4\xB8\n", 1},
        {"a broken heading", "number,name,\xFF\nA1,a,b\n", 0},
        {"UTF-16", std::string("\xFF\xFEn\0u\0", 6), 0},
        {"UTF-16 the other way round", std::string("\xFE\xFF\0n\0u", 6), 0},
        {"JSON in neither", "[{\"id\":\"A1\",\"name\":\"\xFF\"}]", 0},
    };
    for (const auto& one : cases)
        check_fault(one.name, one.text, one.row);
    const auto json = read_roster("[{\"id\":\"A1\",\"name\":\"" + king + "\"}]");
    BOOST_TEST_REQUIRE(json.has_value());
    BOOST_TEST(json->front().name == "王");
}

BOOST_AUTO_TEST_CASE(a_text_reads_like_gb18030_when_most_of_it_is_everyday_characters)
{
    const struct {
        const char* name;
        std::string bytes;
        bool expected;
    } cases[] = {
        {"nothing", "", true},
        {"ASCII", "A1,name", true},
        {"王伟", "\xCD\xF5\xCE\xB0", true},
        {"陶喆, the second outside of GB 2312", "\xCC\xD5\x86\xB4", true},
        {"one rare character alone", "\x86\xB4", true},
        {"one of four bytes beside a common one", "\x95\x34\xB2\x33\xCD\xF5", true},
        {"two rare ones and nothing else", "\x86\xB4\x86\xB4", false},
        {"two rare ones and two common ones", "\x86\xB4\x86\xB4\xCD\xF5\xCD\xF5", true},
        {"kana", "\xA4\xA2\xA4\xA4\xA4\xA6", false},
        {"the end cut off", "\xCD\xF5\xCE", true},
    };
    for (const auto& one : cases)
        BOOST_TEST(reads_like_gb18030(one.bytes) == one.expected, one.name);
}

/// Short GB18030 texts can look like UTF-8; those of a roster do not, as some hundred names of all strokes
/// show.
BOOST_AUTO_TEST_CASE(no_chinese_character_makes_a_table_look_like_broken_utf8)
{
    const Decoder decoder(Encoding::gb18030);
    for (unsigned lead = 0xB0; lead <= 0xF7; ++lead) {
        for (unsigned trail = 0xA1; trail <= 0xFE; ++trail) {
            const std::string name{static_cast<char>(lead), static_cast<char>(trail)};
            const auto text = decoder.decode(name);
            if (!text) continue; // five places at the end of the first level are empty
            const auto rows = read_roster("number,name\nA1," + name + "\nA2,\xCD\xF5\xCE\xB0\n");
            BOOST_TEST_REQUIRE(rows.has_value());
            BOOST_TEST_REQUIRE(rows->front().name == *text);
        }
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
    const auto data = testing::published_data();
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

BOOST_AUTO_TEST_SUITE_END()
