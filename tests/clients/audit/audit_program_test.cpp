#include "clients/audit/report_text.hpp"
#include "protocol/canonical_json.hpp"
#include "tests/support/bundle_source.hpp"
#include "tests/support/published_data.hpp"

#include <boost/test/unit_test.hpp>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

BOOST_AUTO_TEST_SUITE(audit_program_test)

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

/// The same with a terminal for everything it prints.
Run audit_program_on_a_terminal(const std::string& arguments)
{
    int terminal = -1;
    const pid_t pid = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    BOOST_TEST_REQUIRE(pid >= 0);
    if (pid == 0) {
        const auto command = "exec " PLENUM_BIN_DIR "/plenum-audit " + arguments;
        ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    Run result;
    std::array<char, 4096> buffer;
    for (ssize_t count = 0; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;)
        result.out.append(buffer.data(), static_cast<std::size_t>(count));
    ::close(terminal);
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
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

BOOST_AUTO_TEST_CASE(a_bar_shows_how_far_it_is_on_a_terminal_only)
{
    using audit::progress_bar;
    BOOST_TEST(progress_bar(0, 3'000, audit::Language::en) ==
               "verifying [..............................]   0% 0/3000");
    BOOST_TEST(progress_bar(1'500, 3'000, audit::Language::zh) ==
               "核验中 [###############...............]  50% 1500/3000");
    BOOST_TEST(progress_bar(2'999, 3'000, audit::Language::en) ==
               "verifying [#############################.]  99% 2999/3000");
    BOOST_TEST(progress_bar(3'000, 3'000, audit::Language::en) ==
               "verifying [##############################] 100% 3000/3000");
    BOOST_TEST(progress_bar(0, 0, audit::Language::en) ==
               "verifying [##############################] 100% 0/0");

    const Desk desk;
    const std::string first = "\rverifying [..............................]   0% 0/";
    const std::string last = "[##############################] 100% ";
    const auto shown = audit_program_on_a_terminal("--lang en verify " + desk.bundle);
    BOOST_TEST(shown.code == 0, shown.out);
    BOOST_TEST(shown.out.starts_with(first), shown.out);
    // It is wiped away before the report.
    const auto done = shown.out.find(last);
    BOOST_TEST_REQUIRE(done != std::string::npos, shown.out);
    BOOST_TEST(shown.out.find("\r\033[K", done) != std::string::npos);
    const auto plain = audit_program("--lang en verify " + desk.bundle);
    BOOST_TEST(plain.out.find('\r') == std::string::npos);
    BOOST_TEST(plain.out.find("verifying") == std::string::npos);
    BOOST_TEST(audit_program_on_a_terminal("verify --json " + desk.bundle).out.find("核验中") ==
               std::string::npos);
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

BOOST_AUTO_TEST_CASE(the_newest_checkpoint_is_kept_and_held_against_the_next_bundle)
{
    const Desk desk;
    const auto kept = desk.folder / "kept";
    const auto verify = [&](const std::string& bundle) {
        return audit_program("verify --keep " + kept + " " + bundle);
    };
    BOOST_TEST(verify(desk.bundle).code == 0); // Nothing was kept before.
    std::ostringstream content;
    content << std::ifstream(kept).rdbuf();
    BOOST_TEST(content.str() == desk.source.checkpoint);
    BOOST_TEST(verify(desk.bundle).code == 0);

    auto forked = full_meeting();
    forked.entries[2].id = "fork";
    const Desk other(forked);
    const auto fork = verify(other.bundle);
    BOOST_TEST(fork.code == 1);
    BOOST_TEST(fork.out.find("seen_contradicted") != std::string::npos);
    std::ostringstream after;
    after << std::ifstream(kept).rdbuf();
    BOOST_TEST(after.str() == desk.source.checkpoint); // What did not verify is not kept.
    BOOST_TEST(audit_program("verify --keep /nowhere/kept " + desk.bundle).code == 2);
    BOOST_TEST(audit_program("verify --keep " + kept + " --seen " + kept + " " + desk.bundle).code == 2);
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

namespace {

/// What the program makes of a file of this content.
Run rules_of(const std::string& content)
{
    const ScratchFolder folder;
    const auto path = folder / "rules.json";
    std::ofstream(path) << content;
    return audit_program("rules " + path);
}

/// Real vectors and elections, when they are on this machine.
std::vector<std::filesystem::path> published_files()
{
    const auto data = published_data();
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::exists(data)) return files;
    files.push_back(data / "vectors" / "rules.json");
    for (const auto& file : std::filesystem::directory_iterator(data / "elections"))
        files.push_back(file.path());
    return files;
}

} // namespace

BOOST_AUTO_TEST_CASE(rule_vectors_are_computed_and_each_mismatch_is_named)
{
    const auto good = rules_of(R"([{"id": "T", "method": "threshold", "rule": "gt_half/ge_2_3",
        "input": {"n": 35}, "expect": {"gt_half": 18, "ge_2_3": 24}}])");
    BOOST_TEST(good.code == 0);
    BOOST_TEST(good.out == "1 passed, 0 failed\n");

    const auto wrong = rules_of(R"([{"id": "S", "method": "satisfaction", "rule": "", "input": {"base": 35,
        "present": 21, "grades": {"satisfied": 15, "basic": 6, "unsatisfied": 0}, "invalid": 0},
        "expect": {"valid": 21, "sat_pct_valid": 71.5, "over_half_of_all": true, "colour": 1}}])");
    BOOST_TEST(wrong.code == 1);
    BOOST_TEST(wrong.out.find("S: sat_pct_valid should be 7.15E1, is 7.14E1\n") != std::string::npos,
               wrong.out);
    BOOST_TEST(wrong.out.find("S: over_half_of_all should be true, is false\n") != std::string::npos);
    BOOST_TEST(wrong.out.find("S: colour should be 1, is not computed\n") != std::string::npos);
    BOOST_TEST(last_line(wrong.out) == "0 passed, 1 failed");
}

BOOST_AUTO_TEST_CASE(a_vector_that_cannot_be_computed_has_failed_and_says_why)
{
    const struct {
        const char* vector;
        const char* why;
    } table[] = {
        {R"({"id": "X", "method": "astrology", "rule": "", "input": {}, "expect": {}})",
         "X: method astrology is not supported"},
        {R"({"id": "X", "rule": "", "input": {}, "expect": {}})", "X: has no method"},
        {R"({"method": "motion"})", "#1: has no id"},
        {"7", "#1: has no id"},
        {R"({"id": "X", "method": "threshold", "rule": "gt_half", "input": {"n": -1},
             "expect": {"gt_half": 1}})",
         "X: n is no count from 0 to 10000000"},
        {R"({"id": "X", "method": "threshold", "rule": "gt_half", "input": {"n": 35.5},
             "expect": {"gt_half": 1}})",
         "X: n is no count from 0 to 10000000"},
        {R"({"id": "X", "method": "threshold", "rule": "gt_half", "input": {"n": 35}, "expect": {}})",
         "X: expects nothing"},
        {R"({"id": "X", "method": "threshold", "rule": "mostly", "input": {"n": 35},
             "expect": {"mostly": 1}})",
         "X: comparator mostly is not known"},
        {R"({"id": "X", "method": "motion", "rule": {"quorum": "gt_half", "base_rule": "all_members",
             "threshold": "gt_half", "min_participation": false}, "input": {"base": 35, "present": 20,
             "yes": 20, "no": 1, "abstain": 0}, "expect": {"need": 18}})",
         "X: more voted than were present"},
        {R"({"id": "X", "method": "election", "rule": {"majority_required": false}, "input": {"base": 35,
             "issued": 30, "collected": 30, "seats": 0, "votes": {"A": 1}}, "expect": {"shortfall": 0}})",
         "X: places should be from 1 to 1000"},
        {R"({"id": "X", "method": "election", "rule": {"majority_required": false}, "input": {"base": 35,
             "issued": 30, "collected": 30, "seats": 1, "votes": {"A": 31}}, "expect": {"shortfall": 0}})",
         "X: list[0] should be at most as many votes as valid ballots"},
        {R"({"id": "X", "method": "joint_signature", "rule": ">=1/0", "input": {"base": 35, "have": 1},
             "expect": {"need": 1}})",
         "X: the rule has no fraction"},
    };
    for (const auto& row : table) {
        const auto run = rules_of("[" + std::string(row.vector) + "]");
        BOOST_TEST(run.code == 1);
        BOOST_TEST(run.out == std::string(row.why) + "\n0 passed, 1 failed\n");
    }
    BOOST_TEST(rules_of("[1").code == 2);
    BOOST_TEST(audit_program("rules /nowhere/rules.json").code == 2);
    BOOST_TEST(rules_of("7").out == "the file should hold an array of vectors\n0 passed, 1 failed\n");
}

BOOST_AUTO_TEST_CASE(a_published_election_is_counted_again)
{
    const std::string ballots = R"("candidates": [{"id": "1"}, {"id": "2"}, {"id": "3"}],
        "ballots": [["1", "2"], ["1"], ["2", "1"], ["3"], ["1", "2", "3"]], "max_choices": 2, "seats": 1,)";
    const auto good =
        rules_of("{" + ballots + R"("majority": {"type": "ABSOLUTE_MAJORITY", "votes_needed": 3},
        "official": {"1": 3, "2": 2, "3": 1}, "winners": ["1"]})");
    BOOST_TEST(good.out == "5 passed, 0 failed\n"); // The ballot with three marks is void.
    BOOST_TEST(good.code == 0);
    const auto wrong = rules_of("{" + ballots + R"("official": {"1": 4, "2": 2, "3": 1}, "winners": ["2"]})");
    BOOST_TEST(wrong.code == 1);
    BOOST_TEST(wrong.out ==
               "votes of 1 should be 4, is 3\nwinners should be [\"2\"], are [\"1\"]\n2 passed, 2 failed\n");
    const auto budget = rules_of("{" + ballots + R"("budget": 9.5, "rule": "greedy",
        "official": {"1": 3, "2": 2, "3": 1}, "winners": ["1", "3"]})");
    BOOST_TEST(budget.out.starts_with("not supported: a budget is spent by the rule greedy"), budget.out);
    BOOST_TEST(last_line(budget.out) == "3 passed, 0 failed");
    const auto stranger = rules_of(R"({"candidates": [{"id": "1"}], "ballots": [["9"]], "winners": []})");
    BOOST_TEST(stranger.out == "a ballot names 9, who is no candidate\n0 passed, 1 failed\n");
}

BOOST_AUTO_TEST_CASE(every_published_vector_and_election_comes_out_as_published)
{
    const auto files = published_files();
    if (files.empty()) BOOST_TEST_MESSAGE("skipped: no published vectors and elections");
    for (const auto& file : files) {
        const auto run = audit_program("rules " + file.string());
        BOOST_TEST(run.code == 0, file << ": " << run.out);
        BOOST_TEST(last_line(run.out).ends_with(" passed, 0 failed"), run.out);
    }
}

BOOST_AUTO_TEST_SUITE_END()
