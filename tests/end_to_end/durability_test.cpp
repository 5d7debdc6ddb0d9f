#include "clients/link/console.hpp"
#include "clients/replay/stage.hpp"
#include "protocol/note.hpp"
#include "server/journal/segment.hpp"
#include "tests/end_to_end/chamber.hpp"
#include "tests/end_to_end/http_line.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>

// A server that can no longer promise what it wrote, or that wrote less than somebody has seen, ends with
// exit code 70 and says why; nothing else makes it end so. The failing disk is a limit on the size of files:
// it lets reading and starting through and refuses every write behind it.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(durability_test)

namespace {

namespace fs = std::filesystem;

constexpr int durability = 70;
constexpr auto in_time = std::chrono::seconds(20);

/// Room for superblocks, checkpoints and what the server prints, none for frames of a log with an officer or
/// two.
constexpr rlim_t frames_fail_bytes = journal::segment_frames_begin + 4096;

Stage a_stage()
{
    auto stage = Stage::make({"plenum-test/durability", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    return std::move(*stage);
}

CreateBody another_body(const std::string& name)
{
    return {BodyKind::assembly, name};
}

/// The server's exit code once it has ended by itself, and what it has printed.
std::pair<int, std::string> end_of(Stage& stage)
{
    const auto code = stage.wait_for_end(in_time);
    BOOST_REQUIRE_MESSAGE(code.has_value(), code.error().sentence);
    return {*code, read_text(stage.folder() + "/server.log")};
}

void expect_end(Stage& stage, const std::string& words)
{
    const auto [code, said] = end_of(stage);
    BOOST_TEST(code == durability);
    BOOST_TEST(said.find(words) != std::string::npos, said);
}

/// Whatever is started while it lives may not write behind this size, and is not killed for trying.
class Limit {
public:
    explicit Limit(rlim_t bytes)
    {
        BOOST_REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit limit{bytes, before_.rlim_max};
        BOOST_REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~Limit() { setrlimit(RLIMIT_FSIZE, &before_); }
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;

private:
    rlimit before_{};
};

BOOST_AUTO_TEST_CASE(a_write_that_fails_ends_the_server_before_anybody_is_told)
{
    auto stage = a_stage();
    BOOST_REQUIRE(stage.serve().has_value());
    Hall hall(stage.endpoint());
    BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
    const auto kept = hall.act(ConsoleId{0}, another_body("Kept"));
    BOOST_REQUIRE(kept.has_value());

    const rlimit limit{frames_fail_bytes, RLIM_INFINITY};
    BOOST_REQUIRE(prlimit(stage.server_pid(), RLIMIT_FSIZE, &limit, nullptr) == 0);
    const auto reply = hall.ask(ConsoleId{0}, another_body("Lost"));
    BOOST_TEST(!reply.message.has_value(), reply.words());
    expect_end(stage, "the journal could not be written");

    BOOST_REQUIRE(stage.serve().has_value());
    Hall again(stage.endpoint());
    BOOST_REQUIRE(again.enter({*stage.code(Role::secretary)}).has_value());
    BOOST_TEST(again.hello(ConsoleId{0}).seq > kept->seq);
    BOOST_TEST(again.act(ConsoleId{0}, another_body("Lost")).has_value());
    BOOST_REQUIRE(stage.stop().has_value());
}

BOOST_AUTO_TEST_CASE(a_write_that_fails_at_the_start_ends_it_too_and_the_next_start_is_whole)
{
    auto stage = a_stage();
    {
        const Limit limit(frames_fail_bytes);
        BOOST_TEST(!stage.serve().has_value());
    }
    expect_end(stage, "did not reach the disk");
    BOOST_REQUIRE(stage.serve().has_value());
    BOOST_REQUIRE(stage.stop().has_value());
}

BOOST_AUTO_TEST_CASE(an_import_on_a_disk_that_fails_ends_with_the_same_code)
{
    auto stage = a_stage();
    const auto roster = stage.folder() + "/roster.csv";
    std::ofstream(roster) << "证号,姓名\n1,甲\n";
    const std::vector<std::string> import{"import", "--data", stage.data(), "--body", "常委会", roster};
    {
        const Limit limit(frames_fail_bytes);
        const auto imported = stage.run("plenum", import);
        BOOST_REQUIRE(!imported.has_value());
        const auto& said = imported.error().sentence;
        BOOST_TEST(said.find("exit code 70") != std::string::npos, said);
    }
    const auto imported = stage.run("plenum", import);
    BOOST_TEST(imported.has_value(), imported.error().sentence);
}

BOOST_AUTO_TEST_CASE(an_import_leaves_the_reserve_of_a_full_disk_alone)
{
    auto stage = a_stage();
    const auto roster = stage.folder() + "/roster.csv";
    std::ofstream(roster) << "证号,姓名\n1,甲\n";
    // More than any disk has.
    const auto refused = stage.run("plenum", {"import", "--data", stage.data(), "--body", "常委会",
                                              "--reserve-mib", "1000000000000", roster});
    BOOST_REQUIRE(!refused.has_value());
    const auto& said = refused.error().sentence;
    BOOST_TEST(said.find("exit code 1") != std::string::npos, said);
    BOOST_TEST(said.find("磁盘空间不足") != std::string::npos, said);
    BOOST_REQUIRE(stage.serve().has_value());
    Hall hall(stage.endpoint());
    BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
    const auto office = hall.question(ConsoleId{0}, ListOffice::method, to_json(ListOffice{}));
    BOOST_REQUIRE(office.is_done());
    BOOST_TEST(office.message->body.at("bodies").as_array().empty());
    BOOST_REQUIRE(stage.stop().has_value());
}

/// A data directory that has been put back to what it was, and the newest checkpoint somebody saw before.
struct RolledBack {
    RolledBack() : stage(a_stage())
    {
        const auto older = stage.folder() + "/older";
        fs::copy(stage.data(), older, fs::copy_options::recursive);
        BOOST_REQUIRE(stage.serve().has_value());
        Hall hall(stage.endpoint());
        BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
        for (const auto* name : {"First", "Second"})
            BOOST_REQUIRE(hall.act(ConsoleId{0}, another_body(name)).has_value());
        BOOST_REQUIRE(stage.stop().has_value());
        seen = read_text(stage.data() + "/checkpoints/newest");
        fs::rename(stage.data(), stage.folder() + "/newer");
        fs::rename(older, stage.data());
    }

    Stage stage;
    std::string seen;
};

BOOST_AUTO_TEST_CASE(a_client_that_has_seen_more_than_the_log_holds_ends_the_server)
{
    RolledBack rolled;
    BOOST_REQUIRE(rolled.stage.serve().has_value());
    link::Pool pool;
    link::Console honest(pool);
    BOOST_REQUIRE(honest.open(rolled.stage.endpoint()).has_value());
    // A checkpoint nobody signed is no reason to end.
    auto forged = rolled.seen;
    forged.at(forged.find("\n") + 1) ^= 1;
    const auto code = *rolled.stage.code(Role::secretary);
    const auto answer = honest.request(Hello::method, to_json(Hello{code, std::nullopt, forged}));
    BOOST_TEST((answer.has_value() && !answer->is_error));

    link::Console witness(pool);
    BOOST_REQUIRE(witness.open(rolled.stage.endpoint()).has_value());
    const auto none = witness.request(Hello::method, to_json(Hello{code, std::nullopt, rolled.seen}));
    BOOST_TEST(!none.has_value());
    expect_end(rolled.stage, "the disk was rolled back to an older state");
}

BOOST_AUTO_TEST_CASE(a_published_checkpoint_larger_than_the_log_refuses_the_start)
{
    RolledBack rolled;
    fs::remove_all(rolled.stage.data() + "/checkpoints");
    fs::copy(rolled.stage.folder() + "/newer/checkpoints", rolled.stage.data() + "/checkpoints");
    BOOST_TEST(!rolled.stage.serve().has_value());
    expect_end(rolled.stage, "an older copy of the disk was put in place");
}

BOOST_AUTO_TEST_CASE(a_damaged_middle_and_a_directory_in_use_end_it_with_another_code)
{
    auto stage = a_stage();
    const auto segment = stage.data() + "/segments/" + journal::segment_name(0);
    {
        std::fstream bytes(segment, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(journal::segment_frames_begin + 200);
        bytes.put('\xff');
    }
    BOOST_TEST(!stage.serve().has_value());
    const auto [code, said] = end_of(stage);
    BOOST_TEST(code == 1);
    BOOST_TEST(said.find("a frame is damaged although sound ones follow it") != std::string::npos, said);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
