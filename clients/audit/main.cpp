// plenum-audit: checks a bundle without trusting the server that made it. Exit codes: 0 all well, 1 something
// is wrong, 2 the program was called wrongly or a file cannot be read.
#include "clients/audit/archive.hpp"
#include "clients/audit/published_totals.hpp"
#include "clients/audit/recorded_election.hpp"
#include "clients/audit/report_text.hpp"
#include "clients/audit/tracker.hpp"
#include "protocol/entry_proof.hpp"

#include <CLI/CLI.hpp>
#include <sodium.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace plenum;
using namespace plenum::audit;

constexpr int exit_well = 0;
constexpr int exit_wrong = 1;
constexpr int exit_usage = 2;

/// Everything the command line can say.
struct Options {
    std::string language;
    std::string bundle;
    std::string vectors;
    std::string vkey;
    std::string seen;
    std::string keep;
    bool json = false;
    bool votes = false;
    std::optional<std::uint64_t> seq;
    std::string out;
    std::string check;
    std::string tracker;

    Language in() const
    {
        const char* locale = std::getenv("LANG");
        return language_of(language, locale == nullptr ? "" : locale);
    }
};

/// The operating system's: the ballots of a bundle were fixed before it answers.
class SystemRandomness final : public ballot::Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

int tell(const Options& options, int code, const LocalText& text)
{
    std::cerr << printable(options.in() == Language::zh ? text.zh : text.en) << std::endl;
    return code;
}

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (!file || !(content << file.rdbuf())) return std::nullopt;
    return std::move(content).str();
}

/// The bundle, or nothing after saying why on the error output; `code` is then the exit code.
std::optional<Bundle> open_bundle(const Options& options, int& code)
{
    auto bundle = read_archive_file(options.bundle);
    if (bundle) return std::move(*bundle);
    code = bundle.error().code == AuditCode::archive_unreadable ? exit_usage : exit_wrong;
    std::cerr << describe(bundle.error(), options.in()) << std::flush;
    return std::nullopt;
}

/// The signed log, or nothing after saying what is wrong with it.
std::optional<SignedLog> open_log(const Options& options, const Bundle& bundle)
{
    Findings findings;
    auto log = read_signed_log(bundle, {}, findings);
    const bool sound = !findings.has_errors();
    for (const auto& found : findings.take())
        std::cerr << describe(found, options.in());
    std::cerr << std::flush;
    return sound ? std::move(log) : std::nullopt;
}

/// A bar that is drawn over and gone at the end, on a terminal only.
Progress progress_of(const Options& options)
{
    if (options.json || ::isatty(STDERR_FILENO) == 0) return {};
    return [language = options.in(), drawn = std::string()](std::uint64_t done, std::uint64_t of) mutable {
        auto bar = progress_bar(done, of, language);
        if (bar != drawn) std::cerr << "\r" << bar << std::flush;
        drawn = std::move(bar);
        if (done == of) std::cerr << "\r\033[K" << std::flush;
    };
}

/// Puts the checkpoint that was verified where the next run finds it; whole or not at all.
bool keep_checkpoint(const std::string& path, const std::string& checkpoint)
{
    const auto draft = path + ".new";
    std::ofstream file(draft, std::ios::binary);
    if (!(file << checkpoint << std::flush)) return false;
    file.close();
    return !file.fail() && std::rename(draft.c_str(), path.c_str()) == 0;
}

/// The report on the output, with where the ballot of a tracker is when one was asked for. Answers whether
/// everything holds, and the ballot was found.
bool print_report(const Options& options, const Report& report, const std::optional<std::string>& tracker)
{
    const auto found = tracker ? find_ballot(report, *tracker) : FoundBallot{};
    if (options.json) {
        auto json = to_json_report(report);
        if (tracker) {
            json.as_object()["tracker"] = boost::json::object{
                {"tracker", *tracker}, {"vote", to_json(found.vote)}, {"counted", found.counted}};
        }
        std::cout << canonical_json(json) << std::endl;
    } else {
        if (tracker) {
            const auto told = tell_ballot(report, *tracker);
            std::cout << printable(options.in() == Language::zh ? told.zh : told.en) << "\n\n";
        }
        std::cout << describe(report, options.in()) << std::flush;
    }
    return report.ok && (!tracker || found.counted);
}

int verify_bundle(const Options& options)
{
    SystemRandomness randomness;
    Trust trust;
    trust.randomness = &randomness;
    std::optional<std::string> tracker;
    if (!options.tracker.empty()) {
        tracker = read_tracker(options.tracker);
        if (!tracker)
            return tell(options, exit_usage,
                        {"追踪码是16位字母和数字", "a tracker is 16 letters and digits"});
    }
    if (!options.vkey.empty()) trust.vkey = options.vkey;
    if (!options.keep.empty()) trust.seen = read_file(options.keep); // Nothing the first time.
    if (!options.seen.empty()) {
        trust.seen = read_file(options.seen);
        if (!trust.seen)
            return tell(options, exit_usage, {"无法读取 " + options.seen, "cannot read " + options.seen});
    }
    const auto bundle = read_archive_file(options.bundle);
    const auto report = bundle ? verify(*bundle, trust, progress_of(options)) : unreadable(bundle.error());
    const bool well = print_report(options, report, tracker);
    if (!bundle && bundle.error().code == AuditCode::archive_unreadable) return exit_usage;
    if (report.ok && !options.keep.empty() &&
        !keep_checkpoint(options.keep, bundle->files.at(std::string(checkpoint_path)))) {
        return tell(options, exit_usage, {"无法写入 " + options.keep, "cannot write " + options.keep});
    }
    return well ? exit_well : exit_wrong;
}

/// By what the file holds: totals, an election, or vectors.
VectorReport report_of(const boost::json::value& file)
{
    if (is_published_totals(file)) return run_published_totals(file);
    return file.is_object() ? run_recorded_election(file) : run_rule_vectors(file);
}

int check_rules(const Options& options)
{
    const auto content = read_file(options.vectors);
    if (!content) {
        return tell(options, exit_usage, {"无法读取 " + options.vectors, "cannot read " + options.vectors});
    }
    boost::system::error_code error;
    const auto vectors = boost::json::parse(*content, error);
    if (error) return tell(options, exit_usage, {"不是 JSON 文件", "not a JSON file"});
    const auto report = report_of(vectors);
    for (const auto& line : report.mismatches)
        std::cout << printable(line) << "\n";
    for (const auto& line : report.not_supported)
        std::cout << "not supported: " << printable(line) << "\n";
    std::cout << report.passed << " passed, " << report.failed << " failed" << std::endl;
    return report.failed == 0 ? exit_well : exit_wrong;
}

int show_entry(const Options& options, const SignedLog& log)
{
    if (*options.seq >= log.entries.size()) {
        const auto size = std::to_string(log.entries.size());
        return tell(options, exit_wrong, {"只有 " + size + " 条", "there are only " + size + " entries"});
    }
    std::cout << log.entries[*options.seq] << std::endl;
    return exit_well;
}

void show_kinds(const SignedLog& log)
{
    std::map<std::string_view, std::uint64_t> kinds;
    for (const auto bytes : log.entries) {
        const auto entry = decode_entry(bytes);
        ++kinds[entry ? kind_of(entry->event) : "?"];
    }
    for (const auto& [kind, count] : kinds)
        std::cout << "  " << count << "\t" << kind << "\n";
}

int inspect_bundle(const Options& options)
{
    int code = exit_wrong;
    const auto bundle = open_bundle(options, code);
    if (!bundle) return code;
    const auto log = open_log(options, *bundle);
    if (!log) return exit_wrong;
    if (options.seq) return show_entry(options, *log);
    SystemRandomness randomness;
    Trust trust;
    trust.randomness = &randomness;
    const auto report = verify(*bundle, trust);
    if (options.votes) {
        std::cout << describe(report.votes, options.in()) << std::flush;
        return exit_well;
    }
    std::cout << describe_log(report, options.in());
    show_kinds(*log);
    std::cout << std::flush;
    return exit_well;
}

int write_proof(const Options& options)
{
    int code = exit_wrong;
    const auto bundle = open_bundle(options, code);
    if (!bundle) return code;
    const auto log = open_log(options, *bundle);
    if (!log) return exit_wrong;
    if (*options.seq >= log->entries.size()) return show_entry(options, *log);
    EntryProof proof;
    proof.entry = log->entries[*options.seq];
    proof.index = *options.seq;
    proof.hashes = log->tree.inclusion_proof(*options.seq, log->tree.size());
    proof.checkpoint = log->note;
    const auto text = encode_proof(proof);
    if (options.out.empty()) {
        std::cout << text << std::flush;
        return exit_well;
    }
    std::ofstream file(options.out, std::ios::binary);
    if (!(file << text << std::flush)) {
        return tell(options, exit_usage, {"无法写入 " + options.out, "cannot write " + options.out});
    }
    return exit_well;
}

int check_proof_file(const Options& options)
{
    const auto key = verifier_from_vkey(options.vkey);
    if (!key) return tell(options, exit_usage, {"--vkey 不是验证公钥", "--vkey is not a verifier key"});
    const auto text = read_file(options.check);
    if (!text)
        return tell(options, exit_usage, {"无法读取 " + options.check, "cannot read " + options.check});
    const auto proof = decode_proof(*text);
    if (!proof) return tell(options, exit_wrong, {"不是条目证明", "not a proof of an entry"});
    const auto checkpoint = check_proof(*proof, *key);
    if (!checkpoint) {
        const bool unsigned_note = checkpoint.error() == fault(Fault::bad_signature);
        return tell(options, exit_wrong,
                    unsigned_note
                        ? LocalText{"检查点没有该公钥的有效签名", "the checkpoint is not signed by this key"}
                        : LocalText{"条目不在已签名的记录中", "the entry is not part of the signed log"});
    }
    std::cout << printable(proof->entry) << "\n";
    const auto index = std::to_string(proof->index);
    const auto size = std::to_string(checkpoint->size);
    const LocalText told{
        "核验通过：上列内容是 " + checkpoint->origin + " 前 " + size + " 条记录中序号为 " + index + " 的一条",
        "verified: this is entry " + index + " of the first " + size + " of " + checkpoint->origin};
    std::cout << printable(options.in() == Language::zh ? told.zh : told.en) << std::endl;
    return exit_well;
}

int prove(const Options& options)
{
    const bool checks = !options.check.empty();
    const bool complete = checks ? !options.vkey.empty() && options.bundle.empty()
                                 : !options.bundle.empty() && options.seq && options.vkey.empty();
    if (!complete) {
        return tell(options, exit_usage,
                    {"用法：prove 存证包 序号 [--out 文件]，或 prove --check 文件 --vkey 公钥",
                     "usage: prove BUNDLE SEQ [--out FILE], or prove --check FILE --vkey KEY"});
    }
    return checks ? check_proof_file(options) : write_proof(options);
}

int run(int argc, char** argv)
{
    CLI::App app{"核验存证包 / checks what a plenum server exported, without trusting the server",
                 "plenum-audit"};
    app.require_subcommand(1);
    app.fallthrough();
    Options options;
    app.add_option("--lang", options.language, "语言 / language: zh, en")->check(CLI::IsMember({"zh", "en"}));

    auto* verifying = app.add_subcommand("verify", "核验整个存证包 / verify a whole bundle");
    verifying->add_option("BUNDLE", options.bundle, "存证包 / the bundle")->required();
    verifying->add_option("--vkey", options.vkey, "另行公布的公钥 / the log's key as published elsewhere");
    verifying->add_option("--seen", options.seen, "此前保存的检查点文件 / a checkpoint kept from before");
    verifying
        ->add_option(
            "--keep", options.keep,
            "检查点留存文件，每次核验后更新 / hold against the checkpoint kept here, then keep the newer")
        ->excludes("--seen");
    verifying->add_option(
        "--tracker", options.tracker,
        "追踪码：这张无记名票是否在票箱中并已计入 / whether this secret ballot was counted");
    verifying->add_flag("--json", options.json, "以 JSON 输出 / print the report as JSON");

    auto* inspecting = app.add_subcommand("inspect", "查看存证包 / look into a bundle");
    inspecting->add_option("BUNDLE", options.bundle, "存证包 / the bundle")->required();
    inspecting->add_option("--seq", options.seq, "只看一条 / one entry as it is stored");
    inspecting->add_flag("--votes", options.votes, "只看表决 / the votes only");

    auto* proving = app.add_subcommand("prove", "证明一条记录 / prove one entry, or check such a proof");
    proving->add_option("BUNDLE", options.bundle, "存证包 / the bundle");
    proving->add_option("SEQ", options.seq, "序号 / sequence number of the entry");
    proving->add_option("--out", options.out, "写入文件 / write the proof to a file");
    proving->add_option("--check", options.check, "核对证明文件 / check a proof");
    proving->add_option("--vkey", options.vkey, "日志公钥 / the log's verifier key");

    auto* ruling = app.add_subcommand("rules", "核对规则算例 / compute rule vectors and compare");
    ruling
        ->add_option("FILE", options.vectors,
                     "算例、已公布的选举或票数 / vectors, a published election or published totals")
        ->required();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_well : exit_usage;
    }
    if (verifying->parsed()) return verify_bundle(options);
    if (inspecting->parsed()) return inspect_bundle(options);
    if (ruling->parsed()) return check_rules(options);
    return prove(options);
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "plenum-audit: " << error.what() << std::endl;
        return exit_usage;
    }
}
