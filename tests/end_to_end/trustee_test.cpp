#include "clients/link/console.hpp"
#include "clients/replay/stage.hpp"
#include "protocol/query.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

// `plenum-trustee`: three key holders, each with a program and a file of his or her own, make the election
// key of a meeting over real sockets.

namespace plenum::replay {
namespace {

constexpr ConsoleId secretary{0};
constexpr auto patience = std::chrono::seconds(60);

void write_file(const std::string& path, const std::string& text)
{
    std::ofstream(path) << text << "\n";
}

/// A meeting with three key holders appointed, and what each of them was given.
struct Ceremony {
    Stage stage;
    MeetingId meeting{};
    std::vector<PersonId> holders;

    explicit Ceremony(Stage made) : stage(std::move(made)) {}

    std::string file(const std::string& name) const { return stage.folder() + "/" + name; }
    std::string url() const
    {
        return "http://" + stage.endpoint().host + ":" + std::to_string(stage.endpoint().port);
    }

    void prepare()
    {
        Hall hall(stage.endpoint());
        BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
        const BodyId body{hall.act(secretary, CreateBody{BodyKind::standing_committee, "常委会"})->seq};
        ImportRoster roster{body, {}};
        for (int member = 1; member <= 5; ++member)
            roster.members.push_back({std::to_string(member), "委员" + std::to_string(member), {}, {}, {}});
        BOOST_REQUIRE(hall.act(secretary, roster).has_value());
        meeting = MeetingId{
            hall.act(secretary, CreateMeeting{body, "会议", 3, 1, {1, 2, true, Base::all_members}})->seq};
        BOOST_REQUIRE(hall.act(secretary, CreateSitting{meeting, "全体会议"}).has_value());
        for (int holder = 1; holder <= 3; ++holder) {
            const AppointOfficer appoint{std::nullopt, "持有人" + std::to_string(holder), Role::key_holder,
                                         body};
            const auto appointed = hall.ask(secretary, appoint);
            holders.push_back(from_json<OfficerReceipt>(appointed.message->body)->person);
            const auto issued = hall.ask(secretary, IssueAccessCodes{std::nullopt, holders.back()});
            const auto codes = from_json<IssuedCodes>(issued.message->body)->codes;
            BOOST_REQUIRE(codes.size() == 1U);
            write_file(file("code" + std::to_string(holder)), codes.front().code);
            write_file(file("passphrase" + std::to_string(holder)),
                       "a long passphrase " + std::to_string(holder));
        }
        BOOST_REQUIRE(hall.act(secretary, AppointKeyHolders{meeting, holders, 2, "主任会议"}).has_value());
    }

    Tried<std::string> init(int holder)
    {
        const auto n = std::to_string(holder);
        return stage.run("plenum-trustee", {"init", file("keys" + n), "--marks", file("marks" + n),
                                            "--passphrase-file", file("passphrase" + n)});
    }

    Child hold(int holder)
    {
        const auto n = std::to_string(holder);
        auto child = Child::start({own_folder() + "/plenum-trustee", "hold", file("keys" + n), "--marks",
                                   file("marks" + n), "--passphrase-file", file("passphrase" + n),
                                   "--code-file", file("code" + n), "--server", url(), "--until-made"},
                                  file("said" + n));
        BOOST_REQUIRE(child.has_value());
        return std::move(*child);
    }

    KeyHoldersView shown()
    {
        link::Pool pool;
        link::Console console(pool);
        BOOST_REQUIRE(console.open(stage.endpoint()).has_value());
        BOOST_REQUIRE(console.hello(*stage.code(Role::secretary)).has_value());
        const auto message = console.next_message("snapshot", patience);
        BOOST_REQUIRE(message.has_value());
        const auto snapshot = *from_json<SnapshotView>(message->body);
        BOOST_REQUIRE(snapshot.keys.size() == 1U);
        return snapshot.keys.front();
    }
};

BOOST_AUTO_TEST_CASE(three_programs_make_the_election_key_and_the_record_proves_it)
{
    auto stage = Stage::make({"plenum-test/trustee", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    Ceremony ceremony(std::move(*stage));
    ceremony.prepare();
    for (int holder = 1; holder <= 3; ++holder)
        BOOST_REQUIRE(ceremony.init(holder).has_value());
    BOOST_TEST(!ceremony.init(1).has_value()); // A key is never overwritten.

    std::vector<Child> programs;
    for (int holder = 1; holder <= 3; ++holder)
        programs.push_back(ceremony.hold(holder));
    for (auto& program : programs)
        BOOST_TEST(*program.wait(patience) == 0);

    const auto view = ceremony.shown();
    BOOST_TEST((view.phase == CeremonyPhase::made));
    BOOST_TEST(view.words.size() == 19U);
    for (int holder = 1; holder <= 3; ++holder) {
        const auto said = read_text(ceremony.file("said" + std::to_string(holder)));
        BOOST_TEST(said.find(view.words) != std::string::npos, said);
        BOOST_TEST(said.find("a long passphrase") == std::string::npos);
    }
    // Once it is made a holder who comes again has nothing left to do.
    auto again = ceremony.hold(2);
    BOOST_TEST(*again.wait(patience) == 0);

    write_file(ceremony.file("passphrase3"), "another passphrase");
    auto stranger = ceremony.hold(3);
    BOOST_TEST(*stranger.wait(patience) == 1);
    BOOST_TEST(read_text(ceremony.file("said3")).find("not its passphrase") != std::string::npos);

    BOOST_REQUIRE(ceremony.stage.stop().has_value());
    const auto bundle = ceremony.file("bundle.plenum");
    BOOST_REQUIRE(ceremony.stage.run("plenum", {"export", "--data", ceremony.stage.data(), "--out", bundle})
                      .has_value());
    BOOST_TEST(ceremony.stage.run("plenum-audit", {"verify", bundle}).has_value());
}

} // namespace
} // namespace plenum::replay
