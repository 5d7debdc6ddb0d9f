#include "clients/audit/report_text.hpp"

#include <algorithm>
#include <array>

namespace plenum::audit {
namespace {

/// The code point at the start of well-formed UTF-8, and how many bytes it takes. Broken text is read
/// bytewise.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;
};

CodePoint first_of(std::string_view text)
{
    const auto byte = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
    };
    const auto lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (length == 0 || length > text.size()) return {0xFFFD, 1};
    if (length == 1) return {lead, 1};
    std::uint32_t value = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        value = value << 6 | (byte(i) & 0x3F);
    return {value, length};
}

bool is_dangerous(std::uint32_t c)
{
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool turns_direction = c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
                                 (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control || turns_direction || c == 0xFFFD;
}

/// Columns on a terminal; Chinese characters take two.
std::size_t width_of(std::string_view text)
{
    std::size_t width = 0;
    while (!text.empty()) {
        const auto point = first_of(text);
        width += point.value >= 0x1100 && point.value != 0x2014 ? 2 : 1;
        text.remove_prefix(point.bytes);
    }
    return width;
}

std::string padded_left(const std::string& text, std::size_t width)
{
    return std::string(width - std::min(width, width_of(text)), ' ') + text;
}

std::string padded_right(const std::string& text, std::size_t width)
{
    return text + std::string(width - std::min(width, width_of(text)), ' ');
}

const char* in(Language language, const char* zh, const char* en)
{
    return language == Language::zh ? zh : en;
}

std::string words_of(Verdict verdict, Language language)
{
    switch (verdict) {
    case Verdict::passed: return in(language, "通过", "passed");
    case Verdict::not_passed: return in(language, "未通过", "not passed");
    case Verdict::invalid_low_participation: return in(language, "参加不过半", "too few took part");
    case Verdict::adopted_no_objection: return in(language, "无异议通过", "without objection");
    case Verdict::void_more_collected: return in(language, "无效：收回多于发出", "void: too many ballots");
    case Verdict::counted: return in(language, "已计票", "counted");
    }
    return {};
}

std::string words_of(VoidReason reason, Language language)
{
    switch (reason) {
    case VoidReason::lost_quorum: return in(language, "作废：不足法定人数", "void: quorum lost");
    case VoidReason::equipment_failure: return in(language, "作废：设备故障", "void: equipment");
    case VoidReason::wrong_text: return in(language, "作废：文本有误", "void: wrong text");
    case VoidReason::disorder: return in(language, "作废：秩序", "void: disorder");
    case VoidReason::withdrawn: return in(language, "作废：撤回", "void: withdrawn");
    case VoidReason::ballot_key_lost: return in(language, "作废：票箱密钥丢失", "void: ballot key lost");
    }
    return {};
}

std::string outcome_of(const VoteSummary& vote, Language language)
{
    if (vote.void_reason) return words_of(*vote.void_reason, language);
    if (!vote.tally) {
        if (vote.state == VoteState::prepared) return in(language, "尚未开启", "not opened");
        return in(language, "尚未结束", "not closed");
    }
    auto words =
        vote.outcome ? words_of(vote.outcome->verdict, language) : in(language, "无法判定", "undecided");
    if (vote.state == VoteState::annulled) return words + in(language, "（已撤销）", " (annulled)");
    if (vote.state != VoteState::announced) words += in(language, "（未宣布）", " (not announced)");
    return words;
}

/// How it was voted on, where that is not by console alone.
std::string words_of_method(const VoteSummary& vote, Language language)
{
    if (vote.method == VoteMethod::hands) return in(language, "（举手）", " (hands)");
    if (vote.method == VoteMethod::paper) return in(language, "（投票）", " (paper)");
    if (vote.secret) return in(language, "（无记名）", " (secret)");
    if (!vote.hands) return {};
    const auto hands = std::to_string(vote.hands->total());
    return language == Language::zh ? "（含举手" + hands + "人）" : " (" + hands + " by hands)";
}

/// Where nobody objected nothing was counted.
bool has_figures(const VoteSummary& vote)
{
    return vote.tally && !(vote.outcome && vote.outcome->verdict == Verdict::adopted_no_objection);
}

constexpr std::size_t figure_columns = 8;
constexpr std::size_t figure_width = 7;
constexpr std::size_t outcome_width = 24;
constexpr std::size_t sound_width = 6;

using FigureRow = std::array<std::string, figure_columns>;

std::string line_of(const FigureRow& figures, const std::string& outcome, const std::string& sound,
                    const std::string& title)
{
    std::string line;
    for (const auto& figure : figures)
        line += padded_left(figure, figure_width);
    return line + "  " + padded_right(outcome, outcome_width) + padded_right(sound, sound_width) + title +
           "\n";
}

std::string line_of(const VoteSummary& vote, Language language)
{
    FigureRow figures{std::to_string(number(vote.id)), std::to_string(vote.base_members),
                      std::to_string(vote.present)};
    std::fill(figures.begin() + 3, figures.end(), "-");
    if (has_figures(vote)) {
        const auto& tally = *vote.tally;
        const std::array counted{tally.approve, tally.oppose, tally.abstain, tally.not_pressed, vote.left};
        std::ranges::transform(counted, figures.begin() + 3,
                               [](std::uint32_t figure) { return std::to_string(figure); });
    }
    auto title = printable(vote.title) + words_of_method(vote, language);
    if (vote.attempt > 1) {
        const auto attempt = std::to_string(vote.attempt);
        title += language == Language::zh ? "（第" + attempt + "次）" : " (attempt " + attempt + ")";
    }
    const auto* sound = vote.sound ? in(language, "相符", "ok") : in(language, "不符", "WRONG");
    return line_of(figures, outcome_of(vote, language), sound, title);
}

/// What the figures of a secret vote rest on, in one line.
std::string describe_secret(const VoteSummary& vote, Language language)
{
    const auto& secret = *vote.secret;
    const auto n = [](std::uint32_t figure) { return std::to_string(figure); };
    const bool zh = language == Language::zh;
    std::string line = zh ? "  无记名 " : "  secret ";
    line += std::to_string(number(vote.id));
    line += zh ? "：名单 " + n(secret.list_length) + " 台" : ": list of " + n(secret.list_length);
    if (!secret.root) return line + in(language, "，票箱未封存", ", box not sealed") + "\n";
    line += zh ? "，票箱 " + n(secret.ballots) + " 票、作废声明 " + n(secret.spoils) + " 份，确认 " +
                     n(secret.confirmed) + " 台，份额 " + n(secret.shares) + "（须 " + n(secret.threshold) +
                     "），签署记录的密钥持有人 " + n(secret.cosigned) + " 名"
               : ", " + n(secret.ballots) + " ballots and " + n(secret.spoils) + " spoils in the box, " +
                     n(secret.confirmed) + " confirmed, " + n(secret.shares) + " shares of " +
                     n(secret.threshold) + " needed, record cosigned by " + n(secret.cosigned) +
                     (secret.cosigned == 1 ? " key holder" : " key holders");
    line += secret.proofs_checked ? in(language, "，每张票的证明成立", ", every ballot's proof holds")
                                  : in(language, "，选票未核验", ", ballots not looked at");
    line += secret.shredded ? in(language, "，票箱密钥已销毁", ", key of the box destroyed")
                            : in(language, "，票箱密钥未销毁", ", key of the box not destroyed");
    return line + "\n";
}

std::string conclusion(const Report& report, Language language)
{
    if (report.ok) return in(language, "核验通过", "verified");
    const auto errors = std::ranges::count(report.findings, Severity::error, &AuditFinding::severity);
    const auto count = std::to_string(errors);
    if (language == Language::zh) return "核验未通过：" + count + " 个问题";
    return "NOT verified: " + count + (errors == 1 ? " finding" : " findings");
}

} // namespace

Language language_of(std::string_view asked, std::string_view locale)
{
    if (asked == "zh") return Language::zh;
    if (asked == "en") return Language::en;
    return locale.starts_with("en") ? Language::en : Language::zh;
}

std::string printable(std::string_view text)
{
    std::string clean;
    while (!text.empty()) {
        const auto point = first_of(text);
        if (is_dangerous(point.value)) {
            clean += '?';
        } else {
            clean += text.substr(0, point.bytes);
        }
        text.remove_prefix(point.bytes);
    }
    return clean;
}

std::string describe(const AuditFinding& found, Language language)
{
    const bool zh = language == Language::zh;
    const bool error = found.severity == Severity::error;
    std::string line = error ? in(language, "问题", "finding") : in(language, "说明", "notice");
    if (found.seq)
        line += zh ? " 第" + std::to_string(*found.seq) + "条" : " at entry " + std::to_string(*found.seq);
    line += zh ? "：" + found.sentence.zh : ": " + found.sentence.en;
    return printable(line + " [" + std::string(name_of(found.code)) + "]") + "\n";
}

std::string describe(const std::vector<VoteSummary>& votes, Language language)
{
    if (votes.empty()) return {};
    const FigureRow zh{"编号", "基数", "实到", "赞成", "反对", "弃权", "未按", "离场"};
    const FigureRow en{"entry", "base", "N", "for", "against", "abst.", "not p.", "left"};
    std::string table = line_of(language == Language::zh ? zh : en, in(language, "结果", "outcome"),
                                in(language, "核验", "check"), in(language, "表决事项", "title"));
    for (const auto& vote : votes)
        table += line_of(vote, language);
    for (const auto& vote : votes)
        if (vote.secret) table += describe_secret(vote, language);
    return table;
}

std::string progress_bar(std::uint64_t done, std::uint64_t of, Language language)
{
    constexpr std::uint64_t width = 30;
    constexpr std::uint64_t whole = 100;
    const auto part = [&](std::uint64_t parts) { return done >= of ? parts : done * parts / of; };
    const auto filled = part(width);
    auto per_cent = std::to_string(part(whole));
    per_cent.insert(0, 3 - per_cent.size(), ' ');
    return (language == Language::zh ? "核验中 [" : "verifying [") + std::string(filled, '#') +
           std::string(width - filled, '.') + "] " + per_cent + "% " + std::to_string(done) + "/" +
           std::to_string(of);
}

std::string describe_log(const Report& report, Language language)
{
    if (!report.root) return {};
    std::string text;
    const auto line = [&](const char* zh, const char* en, const std::string& value) {
        text += padded_right(in(language, zh, en), 14) + printable(value) + "\n";
    };
    line("日志", "log", report.origin);
    line("验证公钥", "verifier key", report.vkey);
    line("条目数", "entries", std::to_string(report.size));
    line("根", "root", to_base64(report.root->view()));
    line("历史检查点", "checkpoints", std::to_string(report.checkpoints));
    line("导出程序", "created by", report.created_by);
    return text;
}

std::string describe(const Report& report, Language language)
{
    auto text = describe_log(report, language);
    if (!report.votes.empty()) text += "\n" + describe(report.votes, language);
    if (!report.findings.empty()) text += "\n";
    for (const auto& found : report.findings)
        text += describe(found, language);
    if (!text.empty()) text += "\n";
    return text + conclusion(report, language) + "\n";
}

} // namespace plenum::audit
