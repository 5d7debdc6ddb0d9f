#include "clients/replay/hall.hpp"
#include "clients/replay/stage.hpp"
#include "tests/support/published_data.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

// Rosters as large and as odd as they come, through `plenum import` and the server that starts after it.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(roster_import_test)

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// The made-up rosters, or nothing where the data is not.
fs::path rosters()
{
    return testing::published_data() / "agendas";
}

struct Row {
    std::string number;
    std::string name;
    std::string group;
    std::string seat;
    auto operator<=>(const Row&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row)
{
    return out << row.number << " " << row.name << " " << row.group << " " << row.seat;
}

/// The file as anybody reads it, without the reader of rosters.
std::vector<Row> rows_in(const fs::path& file)
{
    std::vector<Row> rows;
    const auto content = json::parse(read_text(file.string()));
    for (const auto& member : content.at("members").as_array()) {
        rows.push_back({std::string(member.at("id").as_string()), std::string(member.at("name").as_string()),
                        std::string(member.at("group").as_string()),
                        std::to_string(member.at("seat").as_int64())});
    }
    return rows;
}

/// A question that is answered, as what it is answered with.
template <class Answer, class Question>
Answer answer_to(Hall& hall, const Question& question)
{
    const auto reply = hall.question(ConsoleId{0}, Question::method, to_json(question));
    BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
    auto answer = from_json<Answer>(reply.message->body);
    BOOST_REQUIRE(answer.has_value());
    return std::move(*answer);
}

/// The roster of the only body, page by page as the secretariat's screen asks for it.
std::vector<RosterMember> roster_shown(Hall& hall)
{
    const auto office = answer_to<OfficeView>(hall, ListOffice{});
    BOOST_REQUIRE(office.bodies.size() == 1U);
    BOOST_TEST(office.bodies.front().name == "代表大会");
    std::vector<RosterMember> shown;
    for (std::size_t total = 1; shown.size() < total;) {
        const auto from = static_cast<std::uint32_t>(shown.size());
        auto page = answer_to<RosterPage>(hall, ReadRoster{office.bodies.front().id, from, 1'000});
        BOOST_REQUIRE(!page.members.empty());
        total = page.total;
        std::ranges::move(page.members, std::back_inserter(shown));
    }
    return shown;
}

void import_and_compare(const fs::path& file)
{
    const auto expected = rows_in(file);
    BOOST_REQUIRE(!expected.empty());
    auto stage = Stage::make({"plenum-test/roster", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    const auto codes = stage->folder() + "/codes.csv";
    const std::vector<std::string> import{"import", "--data",   stage->data(), "--body", "代表大会",
                                          "--kind", "congress", "--codes",     codes,    file.string()};
    const auto imported = stage->run("plenum", import);
    BOOST_REQUIRE_MESSAGE(imported.has_value(), imported.error().sentence);
    const auto count = std::to_string(expected.size());
    BOOST_TEST(imported->find(count + " 人 / members, " + count + " 个新登录码") != std::string::npos,
               *imported);

    // A code for each under the right name and number, once.
    const auto lines = read_codes(read_text(codes));
    BOOST_REQUIRE_MESSAGE(lines.has_value(), lines.error().sentence);
    std::set<std::pair<std::string, std::string>> named;
    std::set<std::string> different;
    for (const auto& line : *lines) {
        named.emplace(line.number, line.name);
        different.insert(line.code);
    }
    std::set<std::pair<std::string, std::string>> members;
    for (const auto& row : expected)
        members.emplace(row.number, row.name);
    BOOST_TEST((named == members));
    BOOST_TEST(lines->size() == expected.size());
    BOOST_TEST(different.size() == expected.size());

    BOOST_REQUIRE(stage->serve().has_value());
    Hall hall(stage->endpoint());
    BOOST_REQUIRE(hall.enter({*stage->code(Role::secretary)}).has_value());
    std::vector<Row> rows;
    std::set<PersonId> persons;
    for (const auto& member : roster_shown(hall)) {
        rows.push_back({member.number, member.name, member.group, member.seat});
        persons.insert(member.person);
        BOOST_TEST(member.has_code, member.number);
    }
    BOOST_TEST(rows == expected, boost::test_tools::per_element()); // In the order of the file.
    BOOST_TEST(persons.size() == expected.size());                  // Two of one name are two.

    // The last one's console is that person.
    const auto last = std::ranges::find(*lines, expected.back().number, &CodeLine::number);
    BOOST_REQUIRE((last != lines->end()));
    const auto entered = hall.enter({last->code});
    BOOST_REQUIRE_MESSAGE(entered.has_value(), entered.error().sentence);
    BOOST_TEST(hall.hello(entered->front()).me.name == expected.back().name);
    BOOST_REQUIRE(stage->stop().has_value());

    // Again changes nothing and makes no code.
    fs::remove(codes);
    const auto again = stage->run("plenum", import);
    BOOST_REQUIRE_MESSAGE(again.has_value(), again.error().sentence);
    BOOST_TEST(again->find(count + " 人 / members, 0 个新登录码") != std::string::npos, *again);
    const auto bundle = stage->folder() + "/bundle.tar";
    BOOST_REQUIRE(stage->run("plenum", {"export", "--data", stage->data(), "--out", bundle}).has_value());
    const auto audited = stage->run("plenum-audit", {"verify", bundle});
    BOOST_REQUIRE_MESSAGE(audited.has_value(), audited.error().sentence);
}

BOOST_AUTO_TEST_CASE(rosters_come_in_whole_with_their_hard_names_seats_and_delegations)
{
    for (const std::size_t size : {35, 328, 2980}) {
        const auto file = rosters() / ("roster-synthetic-" + std::to_string(size) + ".json");
        if (!fs::exists(file)) {
            BOOST_TEST_MESSAGE("skipped: there is no " << file.string() << "; see PLENUM_DATA");
            continue;
        }
        BOOST_TEST_CONTEXT(file.filename().string())
        {
            BOOST_TEST(rows_in(file).size() == size);
            import_and_compare(file);
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
