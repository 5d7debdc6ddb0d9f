#include "clients/link/console.hpp"
#include "clients/replay/stage.hpp"
#include "server/journal/segment.hpp"
#include "tests/end_to_end/chamber.hpp"
#include "tests/end_to_end/http_line.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

// `plenum export` on a data directory that lost something: it may refuse, it may never sign for less. What it
// writes replays to the state it names, and holds nothing that was private.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(export_test)

namespace {

/// A log with a body, a roster and a meeting in it, whose server has been stopped in order.
Stage a_stage_with_a_record()
{
    auto stage = Stage::make({"plenum-test/export", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    Hall hall(stage->endpoint());
    BOOST_REQUIRE(hall.enter({*stage->code(Role::secretary)}).has_value());
    BOOST_REQUIRE(convene(hall, ConsoleId{0}, chamber_of(2)).has_value());
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

/// Exports the log; the path of the bundle.
std::string export_of(Stage& stage)
{
    const auto bundle = stage.folder() + "/bundle.plenum";
    const auto exported =
        stage.run("plenum", {"export", "--auditor", "--data", stage.data(), "--out", bundle});
    BOOST_REQUIRE_MESSAGE(exported.has_value(), exported.error().sentence);
    return bundle;
}

/// Writes another state hash into the manifest, and the last line of the archive anew.
void change_state_hash(const std::string& path)
{
    auto bytes = bytes_in(path);
    const std::string member = "\"state_hash\":\"";
    const auto at = bytes.rfind(member) + member.size();
    bytes[at] = bytes[at] == 'A' ? 'B' : 'A';
    const auto whole = bytes.size() - 65;
    bytes.replace(whole, 64, to_hex(sha256(bytes.substr(0, whole))));
    std::ofstream(path, std::ios::binary) << bytes;
}

BOOST_AUTO_TEST_CASE(an_exported_bundle_replays_to_the_state_it_says)
{
    auto stage = a_stage_with_a_record();
    const auto bundle = export_of(stage);
    const auto same = stage.run("plenum", {"verify-state", bundle});
    BOOST_REQUIRE_MESSAGE(same.has_value(), same.error().sentence);
    BOOST_TEST(same->starts_with("状态摘要相符 / the same state hash: "), *same);

    change_state_hash(bundle);
    const auto verified = stage.run("plenum-audit", {"verify", bundle});
    BOOST_TEST(
        verified.has_value()); // The state hash is not signed, and the auditor does not know the rules.
    const auto other = stage.run("plenum", {"verify-state", bundle});
    BOOST_REQUIRE(!other.has_value());
    const auto& said = other.error().sentence;
    BOOST_TEST(said.find("exit code 1") != std::string::npos, said);
    BOOST_TEST(said.find("状态摘要不符") != std::string::npos, said);
    BOOST_TEST(said.find("another state hash: the manifest says ") != std::string::npos, said);

    const auto missing = stage.run("plenum", {"verify-state", bundle + ".not"});
    BOOST_REQUIRE(!missing.has_value());
    BOOST_TEST(missing.error().sentence.find("exit code 2") != std::string::npos, missing.error().sentence);
}

BOOST_AUTO_TEST_CASE(what_is_put_to_the_vote_on_a_closed_item_leaves_by_no_public_door)
{
    auto stage = std::move(*Stage::make({"plenum-test/closed", {}, {}, 0}));
    BOOST_REQUIRE(stage.serve().has_value());
    Hall hall(stage.endpoint());
    const ConsoleId secretary{0};
    BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
    const auto convened = convene(hall, secretary, chamber_of(2));
    BOOST_REQUIRE(convened.has_value());
    const auto member = hall.enter({convened->member_codes.at(1)});
    BOOST_REQUIRE(member.has_value());

    const std::string text = "任命李四为秘书长。";
    AddItem item{convened->meeting, "人事事项"};
    item.is_closed = true;
    auto prepare = motion_in(convened->sitting);
    prepare.item = ItemId{hall.act(secretary, item)->seq};
    prepare.title = "人事事项的表决";
    prepare.text = text;
    BOOST_REQUIRE(hall.act(secretary, prepare).has_value());

    // The member is shown the vote and reads the words; nobody else gets them by any digest.
    const auto shows = [](const Shown& shown) { return !shown.votes.empty(); };
    const auto watching = hall.enter({convened->chair_code}, true);
    BOOST_REQUIRE((watching && hall.wait_until(watching->front(), shows)));
    const auto vote = hall.shown(watching->front()).votes.begin()->second;
    BOOST_TEST(vote.text_is_private);
    const auto read =
        hall.question(member->front(), ReadDocument::method, to_json(ReadDocument{*vote.item, vote.text}));
    BOOST_REQUIRE_MESSAGE(read.is_done(), read.words());
    const auto answer = from_json<PrivateAnswer>(read.message->body);
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST(std::string(text_of(answer->content)) == text);
    for (const auto& digest : {vote.text, sha256(text)}) {
        Line line(stage.endpoint());
        BOOST_TEST(line.ask("/documents/" + to_hex(digest), "").result_int() == 404U);
    }
    BOOST_REQUIRE(stage.stop().has_value());

    const auto bundle = bytes_in(export_of(stage));
    BOOST_TEST(bundle.find("人事事项的表决") != std::string::npos); // The title is public.
    const auto content = to_base64url(bytes_of(text));
    for (const auto& secret : {text, content, to_hex(sha256(text)), to_text(sha256(text))})
        BOOST_TEST(bundle.find(secret) == std::string::npos, secret);
    const auto verified = stage.run("plenum-audit", {"verify", stage.folder() + "/bundle.plenum"});
    BOOST_TEST(verified.has_value());
    const auto replayed = stage.run("plenum", {"verify-state", stage.folder() + "/bundle.plenum"});
    BOOST_TEST(replayed.has_value());
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
