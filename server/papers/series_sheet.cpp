#include "server/papers/series_sheet.hpp"

#include "server/papers/sheet_parts.hpp"

#include <algorithm>

namespace plenum::papers {
namespace {

constexpr std::size_t hash_digits = 8;

/// Passed, and not annulled since.
bool stands(const SeriesLine& line)
{
    const auto& result = line.vote.result;
    return result && line.vote.state != VoteState::annulled && is_adopted(result->outcome.verdict);
}

bool has_ballots(const SeriesLine& line)
{
    return line.vote.result && line.vote.result->ballots;
}

/// Every text once, in the order they come.
std::string once(const std::vector<std::string>& texts)
{
    std::vector<std::string> seen;
    for (const auto& text : texts) {
        if (std::ranges::find(seen, text) == seen.end()) seen.push_back(text);
    }
    std::string html;
    for (const auto& text : seen)
        html += (html.empty() ? "" : "、") + text;
    return html;
}

template <class Told>
std::string once_of(const SeriesSheet& sheet, const Told& told)
{
    std::vector<std::string> texts;
    for (const auto& line : sheet.lines)
        texts.push_back(told(line));
    return once(texts);
}

std::string base_of(const SeriesLine& line)
{
    const auto& reason = line.base_reason;
    return number(line.vote.base_members) + (reason.empty() ? "" : "（" + escaped(reason) + "）");
}

/// From the first opening to the last count.
std::string time_of(const SeriesSheet& sheet)
{
    std::optional<std::uint64_t> from;
    std::optional<std::uint64_t> to;
    for (const auto& [vote, profile, electorate, reason] : sheet.lines) {
        if (vote.opened_at_ms) from = std::min(from.value_or(*vote.opened_at_ms), *vote.opened_at_ms);
        if (vote.decided_at_ms) to = std::max(to.value_or(0), *vote.decided_at_ms);
    }
    if (!from || !to) return {};
    return escaped(local_moment(*from)) + " – " + escaped(local_moment(*to));
}

std::string facts(const SeriesSheet& sheet)
{
    Facts facts;
    add_place(facts, sheet);
    facts.add({"全体组成人员（基数）", "all members (base)"}, once_of(sheet, base_of));
    facts.add({"法定人数", "quorum"},
              once_of(sheet, [](const auto& line) { return number(line.vote.quorum); }));
    facts.add({"表决方式", "method"},
              once_of(sheet, [](const auto& line) { return both(words_of(line.vote.vote_method)); }));
    facts.add({"时间", "time"}, time_of(sheet));
    if (!sheet.tellers.empty()) facts.add_wide({"计票人", "tellers"}, listed(sheet.tellers));
    return facts.html();
}

std::string heads(bool with_ballots)
{
    std::string html = "<thead><tr>" + figure_head("序号", "no.") + head("事项", "what was put") +
                       figure_head("出席", "present");
    if (with_ballots) {
        html += figure_head("发出", "given out") + figure_head("收回", "came back") +
                figure_head("无效", "invalid");
    }
    return html + figure_head("赞成", "for") + figure_head("反对", "against") +
           figure_head("弃权", "abstaining") + figure_head("未表决", "none") + figure_head("须得", "needed") +
           head("结果", "result") + head("表决稿、名单", "text, electorate") + "</tr></thead>\n";
}

/// Of a vote that nobody decided there is a state to tell and no figure.
LocalText verdict_of(const SeriesLine& line)
{
    const auto& vote = line.vote;
    auto words = words_of(vote.state);
    if (vote.result) {
        const auto verdict = words_of(vote.result->outcome.verdict);
        if (vote.state != VoteState::annulled) return verdict;
        return {verdict.zh + "，" + words.zh, verdict.en + ", " + words.en};
    }
    if (!vote.void_reason) return words;
    const auto why = words_of(*vote.void_reason);
    return {words.zh + "：" + why.zh, words.en + ": " + why.en};
}

std::string ballots_of(const SeriesLine& line)
{
    if (!has_ballots(line)) return "<td></td><td></td><td></td>";
    const auto& counted = *line.vote.result->ballots;
    return cell(counted.issued) + cell(counted.collected) + cell(counted.invalid);
}

std::string figures_of(const SeriesLine& line)
{
    const auto& result = line.vote.result;
    const auto verdict = result ? result->outcome.verdict : Verdict::counted;
    if (!result || verdict == Verdict::void_more_collected || verdict == Verdict::adopted_no_objection)
        return "<td></td><td></td><td></td><td></td>";
    const auto& tally = result->tally;
    return cell(tally.approve) + cell(tally.oppose) + cell(tally.abstain) + cell(tally.not_pressed);
}

/// The first comparison, which is the only one where no groups decide.
std::string needed_of(const SeriesLine& line)
{
    const auto& result = line.vote.result;
    if (!result || result->outcome.findings.size() != 1) return "<td></td>";
    return cell(result->outcome.findings.front().need);
}

std::string short_of(const Digest& digest)
{
    return to_hex(digest).substr(0, hash_digits);
}

std::string row(const SeriesLine& line, bool with_ballots)
{
    const auto& vote = line.vote;
    auto html = std::string("<tr") + (stands(line) ? " class=\"won\"" : "") + ">" +
                cell(vote.series->position) + "<th scope=\"row\">" + escaped(vote.title);
    if (vote.attempt > 1) {
        const auto nth = number(vote.attempt);
        html += " " + both({"第" + nth + "次", "attempt " + nth});
    }
    html += "</th>" + (vote.present > 0 ? cell(vote.present) : "<td></td>");
    if (with_ballots) html += ballots_of(line);
    html += figures_of(line) + needed_of(line) + "<td>" + both(verdict_of(line)) + "</td><td><code>" +
            short_of(vote.text);
    if (vote.opened_at_ms) html += " " + short_of(line.electorate);
    return html + "</code></td></tr>\n";
}

std::string rules(const SeriesSheet& sheet)
{
    auto html = "<h3>" + both("表决规则", "rule") + "</h3>\n";
    for (const auto& one : sheet.rules) {
        html += rule_of(one.rule, one.profile.legal_basis) + "<p>" + both("规则", "rule") + " <code>" +
                to_hex(one.profile_hash) + "</code></p>\n";
    }
    return html;
}

/// How many lines of a page the titles take, and those who passed at its end.
TypeSize size_of(const SeriesSheet& sheet, bool with_ballots)
{
    const std::size_t title_width = with_ballots ? 24 : 36;
    constexpr std::size_t line_width = 96;
    std::size_t lines = sheet.rules.size() + sheet.identities.size() / 2;
    std::size_t passed = 0;
    for (const auto& [vote, profile, electorate, reason] : sheet.lines) {
        lines += std::max<std::size_t>(1, (width_of(vote.title) + title_width - 1) / title_width);
        passed += width_of(vote.title) + 2;
    }
    return size_for(lines + passed / line_width);
}

} // namespace

std::string series_sheet_html(const SeriesSheet& sheet)
{
    const auto& title = sheet.item.empty() ? sheet.sitting : sheet.item;
    const bool with_ballots = std::ranges::any_of(sheet.lines, has_ballots);
    auto html = heading("表决结果汇总", "results of votes taken together", title) + facts(sheet) +
                "<table class=\"series\">\n" + heads(with_ballots) + "<tbody>\n";
    std::vector<std::string> passed;
    for (const auto& line : sheet.lines) {
        html += row(line, with_ballots);
        if (stands(line)) passed.push_back(line.vote.title);
    }
    html += "</tbody>\n</table>\n<h3>" + both("通过", "passed") + " " + number(passed.size()) + "</h3>\n<p>";
    for (const auto& name : passed)
        html += (&name == &passed.front() ? "" : "；") + escaped(name);
    html += "</p>\n" + rules(sheet) + identities(sheet.identities) + "<h3>" + both("存证", "in the record") +
            "</h3>\n<p><code>" + escaped(sheet.origin) + " #" +
            number(static_cast<std::uint64_t>(sheet.series)) + "</code></p>\n" + signatures();
    return page(title, html, size_of(sheet, with_ballots));
}

} // namespace plenum::papers
