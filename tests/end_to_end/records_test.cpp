#include "clients/replay/stage.hpp"
#include "server/journal/posix_file.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

// `plenum records` beside the server that writes the record: asked by a secretary, interrupted, deleted,
// damaged.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(records_test)

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr ConsoleId secretary{0};
constexpr ConsoleId chair{1};
constexpr std::size_t present = 4;
constexpr ConsoleId console_of(std::size_t member)
{
    return ConsoleId{2 + member};
}

/// A sitting in session: five members, four there, one on leave.
class Chamber {
public:
    Chamber() : stage(std::move(*Stage::make({"plenum-test/records", {}, {}, 0})))
    {
        BOOST_REQUIRE(stage.serve().has_value());
        hall = std::make_unique<Hall>(stage.endpoint());
        BOOST_REQUIRE(hall->enter({*stage.code(Role::secretary)}).has_value());
        Convening convening;
        convening.body = "城关镇人民代表大会";
        for (const auto* name : {"欧阳晓燕", "王伟", "\U00020BB7野", "丁一", "古丽努尔·阿布都热合曼"}) {
            const auto number = std::to_string(convening.members.size() + 1);
            convening.members.push_back({"A" + number, name, "第一代表团", {}, std::nullopt});
        }
        convening.meeting = "第三次会议";
        convening.sitting = "第一次全体会议";
        convening.quorum = {1, 2, true, Base::all_members};
        const auto convened = convene(*hall, secretary, convening);
        BOOST_REQUIRE_MESSAGE(convened.has_value(), convened.error().sentence);
        sitting = convened->sitting;
        std::vector<std::string> codes{convened->chair_code};
        codes.insert(codes.end(), convened->member_codes.begin(), convened->member_codes.end());
        BOOST_REQUIRE(hall->enter(codes).has_value());
        act(secretary, OpenSignIn{sitting});
        for (std::size_t member = 0; member < present; ++member)
            act(console_of(member), SignIn{sitting});
        act(secretary, GrantLeave{sitting, hall->hello(console_of(present)).me.person, "病假"});
        act(chair, OpenSitting{sitting});
    }

    Receipt act(ConsoleId console, const Command& command)
    {
        const auto receipt = hall->act(console, command);
        BOOST_REQUIRE_MESSAGE(receipt.has_value(), receipt.error().sentence);
        return *receipt;
    }

    /// Everybody approves but the last, who presses `waves` times against it.
    void vote(const std::string& title, unsigned waves = 1)
    {
        auto prepare = motion_in(sitting);
        prepare.title = title;
        prepare.text = "Text";
        const VoteId id{act(secretary, prepare).seq};
        act(chair, OpenVote{id});
        for (unsigned wave = 0; wave < waves; ++wave) {
            std::vector<Ask> asks;
            for (std::size_t member = 0; member < present; ++member) {
                const auto choice = member + 1 < present ? Choice::approve : Choice::oppose;
                asks.push_back({console_of(member), CastVote{id, choice}, {}});
            }
            BOOST_REQUIRE(hall->act_all(asks).has_value());
        }
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
    }

    Tried<std::string> try_records(std::vector<std::string> more)
    {
        more.insert(more.begin(), {"records", "--data", stage.data()});
        return stage.run("plenum", more);
    }
    std::string records(const std::vector<std::string>& more = {})
    {
        const auto said = try_records(more);
        BOOST_REQUIRE_MESSAGE(said.has_value(), said.error().sentence);
        return *said;
    }
    json::object account() { return json::parse(records({"--json"})).as_object(); }

    /// Everything that stands in the read model.
    std::string content()
    {
        std::string all;
        for (const auto* table : {"body", "person", "member", "meeting", "sitting", "sitting_member", "item",
                                  "vote", "speech", "correction", "search", "progress"})
            all += records({"--sql", "SELECT * FROM " + std::string(table)});
        return all;
    }

    fs::path folder() const { return fs::path(stage.data()) / "records"; }

    Stage stage;
    std::unique_ptr<Hall> hall;
    SittingId sitting{};
};

bool holds(const std::string& text, const std::string& piece)
{
    return text.find(piece) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_secretary_asks_beside_the_running_server)
{
    Chamber chamber;
    chamber.vote("关于预算调整的决议（草案）");
    const auto first = chamber.records();
    BOOST_TEST(holds(first, "已重建"), first);

    const auto votes = chamber.records({"--votes"});
    BOOST_TEST(holds(votes, "关于预算调整的决议（草案）"), votes);
    BOOST_TEST(holds(votes, "赞成 approve 3  反对 oppose 1  弃权 abstain 0  未按 not pressed 0"), votes);
    BOOST_TEST(holds(votes, "通过 passed"), votes);

    const auto table = chamber.records({"--votes", "--csv"});
    BOOST_TEST(table.starts_with("\xEF\xBB\xBF时间,表决事项,会议,会次,"), table);
    BOOST_TEST(
        holds(table,
              ",关于预算调整的决议（草案）,第三次会议,第一次全体会议,1,按表决器,5,4,3,1,0,0,通过,,,\n"),
        table);

    const auto list = json::parse(chamber.records({"--votes", "--json"})).as_array();
    BOOST_REQUIRE(list.size() == 1U);
    BOOST_TEST(list[0].at("approve").as_int64() == 3);
    BOOST_TEST(list[0].at("verdict").as_string() == "passed");
    BOOST_TEST(list[0].at("void_reason").is_null());

    const auto found = chamber.records({"--search", "预算"});
    BOOST_TEST(holds(found, "表决 vote  关于预算调整的决议（草案）"), found);
    BOOST_TEST(holds(chamber.records({"--search", "晓燕"}), "成员 member  欧阳晓燕"));
    BOOST_TEST(holds(chamber.records({"--search", "没有的词"}), "没有找到"));
    BOOST_TEST(chamber.records({"--search", "没有的词", "--json"}) == "[\n]\n");

    // The server noticed nothing.
    chamber.vote("第二项表决");
    const auto account = chamber.account();
    BOOST_TEST(!account.at("anew").as_bool());
    BOOST_TEST(account.at("added").as_int64() > 0);
    BOOST_TEST(holds(chamber.records({"--votes"}), "第二项表决"));
    BOOST_TEST(chamber.account().at("added").as_int64() == 0);
    BOOST_REQUIRE(chamber.stage.stop().has_value());
    BOOST_TEST(holds(chamber.records(), "已更新"));
}

BOOST_AUTO_TEST_CASE(members_stand_in_the_order_of_strokes_with_what_they_did)
{
    Chamber chamber;
    const auto table = chamber.records({"--attendance", "--csv"});
    std::vector<std::string> names;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);)
        names.push_back(line.substr(0, line.find(',')));
    const std::vector<std::string> expected{"\xEF\xBB\xBF姓名",      "丁一",     "王伟",
                                            "古丽努尔·阿布都热合曼", "欧阳晓燕", "\U00020BB7野"};
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BOOST_TEST(holds(table, "丁一,城关镇人民代表大会,A4,第一代表团,1,1,0,0,0,0,0:00\n"), table);
    BOOST_TEST(holds(table, "古丽努尔·阿布都热合曼,城关镇人民代表大会,A5,第一代表团,1,0,0,1,0,0,0:00\n"),
               table);
    const auto text = chamber.records({"--attendance"});
    BOOST_TEST(holds(text, "应到次数 due 1  出席次数 came 0  远程出席 by video 0  请假 on leave 1"), text);
}

BOOST_AUTO_TEST_CASE(deleted_or_damaged_it_is_made_again_with_the_same_content)
{
    Chamber chamber;
    chamber.vote("关于预算调整的决议（草案）");
    BOOST_REQUIRE(chamber.stage.stop().has_value());
    const auto whole = chamber.content();
    fs::remove_all(chamber.folder());
    BOOST_TEST(chamber.account().at("anew").as_bool());
    BOOST_TEST(chamber.content() == whole);

    const auto file = chamber.folder() / "records.sqlite";
    for (const std::uintmax_t part : {0U, 1U, 2U, 3U})
        BOOST_TEST_CONTEXT("damaged in quarter " << part)
        {
            const auto size = fs::file_size(file);
            const std::uintmax_t page = 4096;
            {
                std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
                out.seekp(static_cast<std::streamoff>(part * size / 4 / page * page));
                out << std::string(page, '\x5A');
            }
            BOOST_TEST(chamber.account().at("anew").as_bool());
            BOOST_TEST(chamber.content() == whole);
        }
    fs::resize_file(file, fs::file_size(file) / 2);
    BOOST_TEST(chamber.account().at("anew").as_bool());
    BOOST_TEST(chamber.content() == whole);
    BOOST_TEST(holds(chamber.records({"--rebuild"}), "已重建"));
    BOOST_TEST(chamber.content() == whole);
}

BOOST_AUTO_TEST_CASE(killed_at_any_moment_it_goes_on)
{
    constexpr int tries_max = 80;
    constexpr int stopped_halfway_wanted = 5;
    Chamber chamber;
    chamber.vote("许多次按键", 1'500);
    const auto whole = chamber.content();
    const auto all = chamber.account().at("entries").as_int64();
    std::mt19937 random(20260305);
    int stopped_halfway = 0;
    int tries = 0;
    while (stopped_halfway < stopped_halfway_wanted && tries++ < tries_max) {
        fs::remove_all(chamber.folder());
        auto child = Child::start({own_folder() + "/plenum", "records", "--data", chamber.stage.data()},
                                  chamber.stage.folder() + "/killed");
        BOOST_REQUIRE(child.has_value());
        const auto patience = std::uniform_int_distribution<int>(1, 400)(random);
        std::this_thread::sleep_for(std::chrono::milliseconds(patience));
        child->signal(SIGKILL);
        BOOST_REQUIRE(child->wait(std::chrono::seconds(30)).has_value());
        const auto added = chamber.account().at("added").as_int64();
        if (added == 0 || added == all) continue; // It had finished, or not begun.
        ++stopped_halfway;
        BOOST_TEST(chamber.content() == whole);
    }
    BOOST_TEST_MESSAGE(all << " entries; killed " << tries << " times, halfway " << stopped_halfway);
    BOOST_TEST(stopped_halfway > 0);
}

BOOST_AUTO_TEST_CASE(one_brings_it_up_to_date_at_a_time)
{
    Chamber chamber;
    chamber.records();
    const auto folder = journal::open_posix_directory(chamber.folder().string());
    BOOST_REQUIRE(folder.has_value());
    {
        const auto lock = (*folder)->lock("lock");
        BOOST_REQUIRE(lock.has_value());
        const auto said = chamber.try_records({"--votes"});
        BOOST_REQUIRE(!said.has_value());
        BOOST_TEST(holds(said.error().sentence, "另一个程序正在更新查询库"), said.error().sentence);
    }
    BOOST_TEST(holds(chamber.records(), "已更新"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_answered_is_refused_with_a_sentence)
{
    Chamber chamber;
    const struct {
        std::vector<std::string> more;
        const char* exit_code;
    } cases[] = {{{"--sql", "DELETE FROM body"}, "exit code 2"},
                 {{"--sql", "nonsense"}, "exit code 2"},
                 {{"--search", "\""}, "exit code 2"},
                 {{"--votes", "--attendance"}, "exit code 2"},
                 {{"--votes", "--csv", "--json"}, "exit code 2"}};
    for (const auto& one : cases)
        BOOST_TEST_CONTEXT(one.more.front() << ' ' << one.more.back())
        {
            const auto said = chamber.try_records(one.more);
            BOOST_REQUIRE(!said.has_value());
            BOOST_TEST(holds(said.error().sentence, one.exit_code), said.error().sentence);
        }
    const auto nowhere =
        chamber.stage.run("plenum", {"records", "--data", chamber.stage.folder() + "/nowhere"});
    BOOST_REQUIRE(!nowhere.has_value());
    BOOST_TEST(holds(nowhere.error().sentence, "无法打开数据目录"), nowhere.error().sentence);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
