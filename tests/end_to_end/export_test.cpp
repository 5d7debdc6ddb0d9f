#include "clients/link/console.hpp"
#include "clients/replay/convene.hpp"
#include "clients/replay/stage.hpp"
#include "server/journal/segment.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

// `plenum export` on a data directory that lost something: it may refuse, it may never sign for less.

namespace plenum::replay {
namespace {

/// A log with a body, a roster and a meeting in it, whose server has been stopped in order.
Stage a_stage_with_a_record()
{
    auto stage = Stage::make({"plenum-test/export", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    Hall hall(stage->endpoint());
    BOOST_REQUIRE(hall.enter({*stage->code(Role::secretary)}).has_value());
    Convening convening;
    convening.body = "Chamber";
    convening.members = {{"1", "M1", {}, {}, std::nullopt}, {"2", "M2", {}, {}, std::nullopt}};
    convening.meeting = convening.sitting = "Meeting";
    convening.quorum = {1, 2, true, Base::all_members};
    BOOST_REQUIRE(convene(hall, ConsoleId{0}, convening).has_value());
    BOOST_REQUIRE(stage->stop().has_value());
    return std::move(*stage);
}

std::string segment(const Stage& stage)
{
    return stage.data() + "/segments/" + journal::segment_name(0);
}

std::string bytes_in(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Where the last frame begins.
std::size_t last_frame(const std::string& segment)
{
    std::size_t last = 0;
    for (std::size_t at = journal::segment_frames_begin; at < segment.size(); at += 4096) {
        if (segment.compare(at, 4, "PLNF") == 0) last = at;
    }
    return last;
}

/// The output of an export that was refused; fails the test when it was not.
std::string refusal_of_export(Stage& stage)
{
    const auto bundle = stage.folder() + "/bundle.plenum";
    const auto exported = stage.run("plenum", {"export", "--data", stage.data(), "--out", bundle});
    BOOST_TEST(!std::filesystem::exists(bundle));
    BOOST_REQUIRE_MESSAGE(!exported.has_value(), (exported ? *exported : std::string()));
    BOOST_TEST(exported.error().sentence.find("exit code 1") != std::string::npos, exported.error().sentence);
    return exported.error().sentence;
}

BOOST_AUTO_TEST_CASE(a_log_without_its_last_frame_is_not_exported_as_a_shorter_one)
{
    auto stage = a_stage_with_a_record();
    auto bytes = bytes_in(segment(stage));
    bytes.at(last_frame(bytes) + 200) ^= 1;
    std::ofstream(segment(stage), std::ios::binary) << bytes;
    const auto said = refusal_of_export(stage);
    BOOST_TEST(said.find("末尾已丢失") != std::string::npos, said);
    BOOST_TEST(said.find("its end was lost") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(a_log_just_made_is_not_exported_without_its_last_frame_either)
{
    auto stage = Stage::make({"plenum-test/export", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    auto bytes = bytes_in(segment(*stage));
    bytes.at(last_frame(bytes) + 200) ^= 1;
    std::ofstream(segment(*stage), std::ios::binary) << bytes;
    const auto said = refusal_of_export(*stage);
    BOOST_TEST(said.find("its end was lost") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(a_log_with_a_hole_is_not_exported_up_to_the_hole)
{
    auto stage = a_stage_with_a_record();
    std::filesystem::remove_all(stage.data() + "/checkpoints"); // Nothing else tells how long it was.
    std::filesystem::create_directory(stage.data() + "/checkpoints");
    auto bytes = bytes_in(segment(stage));
    bytes.at(journal::segment_frames_begin + 200) ^= 1;
    std::ofstream(segment(stage), std::ios::binary) << bytes;
    const auto said = refusal_of_export(stage);
    BOOST_TEST(said.find("00000000.seg") != std::string::npos, said);
    BOOST_TEST(said.find("a frame is damaged although sound ones follow it") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(a_log_beside_the_checkpoints_of_another_key_is_not_exported)
{
    auto stage = a_stage_with_a_record();
    auto other = a_stage_with_a_record();
    std::filesystem::remove_all(other.data() + "/segments");
    std::filesystem::copy(stage.data() + "/segments", other.data() + "/segments");
    std::filesystem::remove_all(other.data() + "/keys");
    std::filesystem::copy(stage.data() + "/keys", other.data() + "/keys");
    const auto said = refusal_of_export(other);
    BOOST_TEST(said.find("checkpoints/") != std::string::npos, said);
}

} // namespace
} // namespace plenum::replay
