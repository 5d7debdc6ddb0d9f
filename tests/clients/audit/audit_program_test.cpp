#include "protocol/canonical_json.hpp"
#include "tests/support/bundle_source.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/wait.h>

#include <array>
#include <cstdio>

using namespace plenum;
using namespace plenum::testing;

namespace {

struct Run {
    int code = -1;
    std::string out; ///< what was printed, errors included unless sent elsewhere
};

Run run(const std::string& command)
{
    Run result;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    BOOST_TEST_REQUIRE((pipe != nullptr));
    std::array<char, 4096> buffer;
    for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        result.out.append(buffer.data(), count);
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
}

Run audit_program(const std::string& arguments, const std::string& environment = "LANG=zh_CN.UTF-8")
{
    return run(environment + " " + PLENUM_BIN_DIR + "/plenum-audit " + arguments + " 2>&1");
}

std::string last_line(const std::string& text)
{
    const auto end = text.find_last_not_of('\n');
    const auto begin = text.rfind('\n', end);
    return text.substr(begin + 1, end - begin);
}

/// A folder with one bundle in it.
struct Desk {
    explicit Desk(const RecordedMeeting& meeting = full_meeting()) : source(source_of(meeting))
    {
        BOOST_TEST_REQUIRE(papers::write_bundle(source, bundle).has_value());
    }
    ScratchFolder folder;
    papers::BundleSource source;
    std::string bundle = folder / "bundle.plenum";
};

} // namespace

BOOST_AUTO_TEST_CASE(a_good_bundle_is_verified_with_its_votes_in_a_table)
{
    const Desk desk;
    const auto zh = audit_program("verify " + desk.bundle);
    BOOST_TEST(zh.code == 0, zh.out);
    BOOST_TEST(last_line(zh.out) == "核验通过");
    for (const auto* text :
         {"plenum.example/assembly-2026", "工作报告", "作废：不足法定人数", "人数不足（第2次）", "尚未开启",
          "无异议通过", "有人提出异议（举手）", "一人以视频方式出席（含举手1人）"})
        BOOST_TEST(zh.out.find(text) != std::string::npos, text);
    const auto en = audit_program("--lang en verify " + desk.bundle);
    BOOST_TEST(en.code == 0, en.out);
    BOOST_TEST(last_line(en.out) == "verified");
    BOOST_TEST(audit_program("verify " + desk.bundle, "LANG=en_GB.UTF-8").out == en.out);
    BOOST_TEST(audit_program("verify --lang zh " + desk.bundle, "LANG=en_GB.UTF-8").out == zh.out);
    BOOST_TEST(audit_program("verify " + desk.bundle, "env -u LANG").out == zh.out);
}

BOOST_AUTO_TEST_CASE(a_lie_is_told_in_a_sentence_and_the_exit_code)
{
    auto meeting = full_meeting();
    meeting.newest<VoteDecided>().tally.approve += 1;
    const Desk desk(meeting);
    const auto zh = audit_program("verify " + desk.bundle);
    BOOST_TEST(zh.code == 1, zh.out);
    BOOST_TEST(last_line(zh.out) == "核验未通过：1 个问题");
    BOOST_TEST(
        zh.out.find("票数与逐票重算不符：记录为 赞成2 反对0 弃权0 未按7，重算为 赞成1 反对0 弃权0 未按7") !=
            std::string::npos,
        zh.out);
    BOOST_TEST(zh.out.find("不符") != std::string::npos);
    const auto en = audit_program("verify --lang en " + desk.bundle);
    BOOST_TEST(en.code == 1);
    BOOST_TEST(last_line(en.out) == "NOT verified: 1 finding");
    BOOST_TEST(en.out.find("[tally_wrong]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_json_report_is_one_line_of_canonical_json)
{
    const Desk desk;
    const auto good = audit_program("verify --json " + desk.bundle);
    BOOST_TEST(good.code == 0);
    const auto report = parse_canonical_json(good.out.substr(0, good.out.size() - 1));
    BOOST_TEST_REQUIRE(report.has_value(), good.out);
    BOOST_TEST(report->at("ok").as_bool());
    BOOST_TEST(report->at("votes").as_array().size() == 13u);
    std::ofstream(desk.bundle, std::ios::app) << "x";
    const auto bad = audit_program("verify --json " + desk.bundle);
    BOOST_TEST(bad.code == 1);
    BOOST_TEST(bad.out.find("\"code\":\"archive_damaged\"") != std::string::npos, bad.out);
    BOOST_TEST(bad.out.find("\"ok\":false") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(damage_absence_and_misuse_have_their_exit_codes)
{
    const Desk desk;
    const struct {
        std::string arguments;
        int code;
    } cases[] = {
        {"", 2},
        {"--help", 0},
        {"verify", 2},
        {"verify --help", 0},
        {"verify " + (desk.folder / "nothing"), 2},
        {"verify " + desk.bundle + " --unknown", 2},
        {"verify " + desk.bundle + " --lang fr", 2},
        {"verify " + desk.bundle + " --seen " + (desk.folder / "nothing"), 2},
        {"inspect " + (desk.folder / "nothing"), 2},
        {"inspect " + desk.bundle + " --seq x", 2},
        {"inspect " + desk.bundle + " --seq 100000", 1},
        {"prove", 2},
        {"prove " + desk.bundle, 2},
        {"prove " + desk.bundle + " 100000", 1},
        {"prove " + desk.bundle + " 3 --out " + (desk.folder / "nowhere/proof"), 2},
        {"prove --check " + desk.bundle, 2},
        {"prove --check " + desk.bundle + " --vkey nonsense", 2},
        {"prove --check " + desk.bundle + " --vkey " + desk.source.vkey, 1},
        {"prove --check " + (desk.folder / "nothing") + " --vkey " + desk.source.vkey, 2},
        {"judge " + desk.bundle, 2},
    };
    for (const auto& c : cases) {
        const auto result = audit_program(c.arguments);
        BOOST_TEST(result.code == c.code, c.arguments << "\n" << result.out);
    }
    std::filesystem::resize_file(desk.bundle, std::filesystem::file_size(desk.bundle) - 1);
    for (const auto* command : {"verify ", "inspect ", "inspect --votes ", "prove --out /dev/null "}) {
        const auto result = audit_program(command + desk.bundle + (*command == 'p' ? " 0" : ""));
        BOOST_TEST(result.code == 1, result.out);
        BOOST_TEST(result.out.find("archive_damaged") != std::string::npos, result.out);
    }
}

BOOST_AUTO_TEST_CASE(the_key_and_the_checkpoint_one_brings_are_compared)
{
    const Desk desk;
    const auto other = to_vkey(note_verifier("plenum.example/assembly-2026", log_key(9).public_key()));
    BOOST_TEST(audit_program("verify --vkey " + desk.source.vkey + " " + desk.bundle).code == 0);
    const auto wrong_key = audit_program("verify --vkey " + other + " " + desk.bundle);
    BOOST_TEST(wrong_key.code == 1);
    BOOST_TEST(wrong_key.out.find("key_not_expected") != std::string::npos);

    std::ofstream(desk.folder / "seen") << desk.source.history.front();
    BOOST_TEST(audit_program("verify --seen " + (desk.folder / "seen") + " " + desk.bundle).code == 0);
    auto forked = full_meeting();
    forked.entries[2].id = "fork";
    std::ofstream(desk.folder / "fork") << source_of(forked).history.front();
    const auto fork = audit_program("verify --seen " + (desk.folder / "fork") + " " + desk.bundle);
    BOOST_TEST(fork.code == 1);
    BOOST_TEST(fork.out.find("seen_contradicted") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(inspecting_shows_the_log_its_votes_and_any_entry_as_stored)
{
    const auto meeting = full_meeting();
    const Desk desk(meeting);
    const auto log = audit_program("inspect " + desk.bundle);
    BOOST_TEST(log.code == 0);
    BOOST_TEST(log.out.find(desk.source.vkey) != std::string::npos);
    BOOST_TEST(log.out.find("vote.cast") != std::string::npos);
    const auto entry = audit_program("inspect --seq 5 " + desk.bundle);
    BOOST_TEST(entry.code == 0);
    BOOST_TEST(entry.out == encode_entry(meeting.entries[5]) + "\n");
    const auto votes = audit_program("inspect --votes " + desk.bundle);
    BOOST_TEST(votes.code == 0);
    BOOST_TEST(std::ranges::count(votes.out, '\n') == 14);
}

BOOST_AUTO_TEST_CASE(an_entry_is_proven_and_the_proof_checked_without_the_bundle)
{
    const auto meeting = full_meeting();
    const Desk desk(meeting);
    const auto file = desk.folder / "entry.tlog-proof";
    const auto printed = audit_program("prove " + desk.bundle + " 7");
    BOOST_TEST(printed.code == 0);
    BOOST_TEST(printed.out.starts_with("c2sp.org/tlog-proof@v1\nextra "));
    BOOST_TEST(audit_program("prove " + desk.bundle + " 7 --out " + file).code == 0);
    BOOST_TEST(content_of(file) == printed.out);
    std::filesystem::remove(desk.bundle);

    const auto good = audit_program("prove --check " + file + " --vkey " + desk.source.vkey);
    BOOST_TEST(good.code == 0, good.out);
    BOOST_TEST(good.out.starts_with(encode_entry(meeting.entries[7]) + "\n"));
    BOOST_TEST(last_line(good.out).starts_with("核验通过"));

    auto text = content_of(file);
    text.replace(text.find("index 7"), 7, "index 8");
    std::ofstream(file) << text;
    const auto moved = audit_program("prove --check " + file + " --vkey " + desk.source.vkey);
    BOOST_TEST(moved.code == 1);
    BOOST_TEST(moved.out.find("不在已签名的记录中") != std::string::npos, moved.out);
    const auto other = to_vkey(note_verifier("plenum.example/assembly-2026", log_key(9).public_key()));
    const auto stranger = audit_program("prove --check " + file + " --vkey " + other);
    BOOST_TEST(stranger.code == 1);
    BOOST_TEST(stranger.out.find("有效签名") != std::string::npos, stranger.out);
}

BOOST_AUTO_TEST_CASE(no_title_can_paint_over_the_report)
{
    auto meeting = full_meeting();
    meeting.newest<VotePrepared>().title = "\x1b[2J\x1b[1;1H核验通过\r\xc2\x9b\xe2\x80\xae";
    const Desk desk(meeting);
    const auto result = audit_program("verify " + desk.bundle);
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.out.find('\x1b') == std::string::npos);
    BOOST_TEST(result.out.find('\r') == std::string::npos);
    BOOST_TEST(result.out.find("\xc2\x9b") == std::string::npos);
    BOOST_TEST(result.out.find("\xe2\x80\xae") == std::string::npos);
    BOOST_TEST(result.out.find("?[2J?[1;1H核验通过???") != std::string::npos, result.out);
}

BOOST_AUTO_TEST_CASE(ordinary_tar_opens_a_bundle)
{
    const Desk desk;
    const auto key = run("tar -xOf " + desk.bundle + " key.vkey 2>&1");
    BOOST_TEST(key.code == 0, key.out);
    BOOST_TEST(key.out == desk.source.vkey + "\n");
    const auto list = run("tar -tf " + desk.bundle + " 2>&1");
    BOOST_TEST(list.code == 0, list.out);
    BOOST_TEST(last_line(list.out) == "manifest.json");
}
