#include "clients/replay/replay.hpp"
#include "clients/replay/stage.hpp"
#include "tests/clients/replay/small_sitting.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

// A small sitting through real sockets: the server of this build, one WebSocket console a member.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(replay_test)

namespace {

Tried<ReplayReport> play_small(const std::string& text, std::vector<std::string>& lines,
                               std::size_t votes_max = 0)
{
    const auto file = read_sitting(text);
    if (!file) return file.error();
    auto stage = Stage::make({"plenum-test", {}, {}, 0});
    if (!stage) return stage.error();
    if (auto served = stage->serve(); !served) return served.error();
    ReplaySettings settings;
    settings.votes_max = votes_max;
    settings.print = [&](const std::string& line) { lines.push_back(line); };
    auto report = play(*file, stage->endpoint(), *stage->code(Role::secretary), settings);
    if (auto stopped = stage->stop(); report && !stopped) return stopped.error();
    return report;
}

BOOST_AUTO_TEST_CASE(a_true_record_is_reproduced_and_a_wrong_total_is_found)
{
    std::vector<std::string> lines;
    const auto same = play_small(small_sitting(5), lines);
    BOOST_REQUIRE_MESSAGE(same.has_value(), same.error().sentence);
    BOOST_TEST(same->votes == 5U);
    BOOST_TEST(same->checks == 1U);
    BOOST_TEST(same->differences == 0U);
    BOOST_TEST(same->press_took.size() == 12U + 10U + 11U + 9U + 10U);
    BOOST_TEST(lines[2] == "q  attendance: due 12, present 3  quorum");
    BOOST_TEST(lines[5] == "v5  5 for, 2 against, 3 abstain, 0 not pressed  not_passed  Motion 5");

    lines.clear();
    const auto planted = play_small(small_sitting(6), lines);
    BOOST_REQUIRE_MESSAGE(planted.has_value(), planted.error().sentence);
    BOOST_TEST(planted->differences == 1U);
    BOOST_TEST(lines.back() == "  DIFFERENCE for: published 6, counted 5");

    lines.clear();
    const auto first_two = play_small(small_sitting(6), lines, 2);
    BOOST_REQUIRE_MESSAGE(first_two.has_value(), first_two.error().sentence);
    BOOST_TEST(first_two->votes == 2U);
    BOOST_TEST(first_two->differences == 0U);
}

BOOST_AUTO_TEST_CASE(the_program_says_how_many_differences_on_its_last_line_and_by_its_exit_code)
{
    const auto folder = make_temporary_folder("plenum-test");
    BOOST_REQUIRE(folder.has_value());
    const struct {
        const char* name;
        std::string content;
        const char* last_line;
        int exit_code;
    } cases[] = {
        {"true.json", small_sitting(5), "5 votes, 0 differences\n", 0},
        {"wrong.json", small_sitting(6), "5 votes, 1 differences\n", 1},
        {"broken.json", "{", "", 2},
    };
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto path = *folder + "/" + c.name;
            std::ofstream(path, std::ios::binary) << c.content;
            auto child = Child::start({PLENUM_BIN_DIR "/plenum-replay", path}, path + ".log");
            BOOST_REQUIRE(child.has_value());
            BOOST_TEST(*child->wait(std::chrono::minutes(2)) == c.exit_code);
            BOOST_TEST(read_text(path + ".log").ends_with(c.last_line), read_text(path + ".log"));
        }
    }
    std::filesystem::remove_all(*folder);
}

BOOST_AUTO_TEST_CASE(a_server_that_runs_already_is_played_on_twice)
{
    auto stage = Stage::make({"plenum-test", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    const auto path = stage->folder() + "/sitting.json";
    std::ofstream(path, std::ios::binary) << small_sitting(6);
    const auto url = "http://127.0.0.1:" + std::to_string(stage->endpoint().port);
    for (int time = 0; time < 2; ++time) {
        auto child = Child::start({PLENUM_BIN_DIR "/plenum-replay", path, "--server", url, "--codes",
                                   stage->folder() + "/officers.csv", "--quiet"},
                                  path + ".log");
        BOOST_REQUIRE(child.has_value());
        BOOST_TEST(*child->wait(std::chrono::minutes(2)) == 1);
        BOOST_TEST(read_text(path + ".log").ends_with("5 votes, 1 differences\n"), read_text(path + ".log"));
    }
    BOOST_TEST(stage->stop().has_value());
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
