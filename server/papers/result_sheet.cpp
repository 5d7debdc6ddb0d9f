#include "server/papers/result_sheet.hpp"

#include "server/papers/matter_parts.hpp"
#include "server/papers/sheet_parts.hpp"

#include <algorithm>

namespace plenum::papers {
namespace {

std::string verdict(const LocalText& words)
{
    return "<p class=\"verdict\">" + both(words) + "</p>\n";
}

/// 发出, 收回, 有效, 无效: of a vote with a box.
template <class Count>
void add_box(Facts& facts, const Count& counted, std::optional<std::uint32_t> invalid)
{
    facts.add({"发出", "given out"}, number(counted.issued));
    facts.add({"收回", "came back"}, number(counted.collected));
    if (!invalid || counted.collected < *invalid) return;
    facts.add({"有效", "valid"}, number(counted.collected - *invalid));
    facts.add({"无效", "invalid"}, number(*invalid));
}

std::string facts(const ResultSheet& sheet)
{
    const auto& vote = sheet.vote;
    Facts facts;
    add_place(facts, sheet);
    const LocalText base{"全体组成人员（基数）", "all members (base)"};
    if (sheet.base_reason.empty())
        facts.add(base, number(vote.base_members));
    else
        facts.add_wide(base, number(vote.base_members) + "（" + escaped(sheet.base_reason) + "）" +
                                 confirmation(vote));
    facts.add({"出席", "present"}, number(vote.present));
    facts.add({"法定人数", "quorum"}, number(vote.quorum));
    facts.add({"表决方式", "method"}, both(words_of(vote.vote_method)));
    if (const auto& result = vote.result) {
        if (result->ballots) add_box(facts, *result->ballots, result->ballots->invalid);
        if (result->places) add_box(facts, result->places->counted, result->places->counted.invalid);
        if (result->grades) add_box(facts, result->grades->counted, std::nullopt);
    }
    if (vote.opened_at_ms) {
        auto when = escaped(local_moment(*vote.opened_at_ms));
        if (vote.decided_at_ms) when += " – " + escaped(local_moment(*vote.decided_at_ms));
        facts.add_wide({"时间", "time"}, when);
    }
    std::vector<std::string> scrutineers;
    for (const auto& one : vote.scrutineers)
        scrutineers.push_back(one.name);
    if (!scrutineers.empty()) facts.add_wide({"监票人", "scrutineers"}, listed(scrutineers));
    if (!sheet.tellers.empty()) facts.add_wide({"计票人", "tellers"}, listed(sheet.tellers));
    add_matter(facts, sheet);
    return facts.html();
}

std::string tally(const VoteView& vote, const ResultView& result)
{
    const auto none = words_of_none(vote.vote_method);
    std::string html = "<table class=\"figures\">\n<tr>" + head("赞成", "for") + head("反对", "against") +
                       head("弃权", "abstaining") + head(none.zh.c_str(), none.en.c_str()) + "</tr>\n<tr>";
    for (const auto figure :
         {result.tally.approve, result.tally.oppose, result.tally.abstain, result.tally.not_pressed})
        html += "<td>" + number(figure) + "</td>";
    html += "</tr>\n</table>\n";
    if (result.hands && vote.vote_method == VoteMethod::console) {
        html += "<p>" + both("其中举手", "of them by hands") + ": " + number(result.hands->approve) + " / " +
                number(result.hands->oppose) + " / " + number(result.hands->abstain) + "</p>\n";
    }
    return html;
}

/// 基数35，须得18，实得17.
LocalText comparison(std::uint64_t base, std::uint64_t need, std::optional<std::uint64_t> have)
{
    LocalText words{"基数" + number(base) + "，须得" + number(need),
                    "of " + number(base) + ", " + number(need) + " needed"};
    if (have) {
        words.zh += "，实得" + number(*have);
        words.en += ", " + number(*have) + " had";
    }
    return words;
}

std::string finding(const Finding& found)
{
    const auto group = found.group.empty() ? std::string() : escaped(found.group) + "：";
    return "<p>" + group + both(comparison(found.base, found.need, found.have)) + (found.met ? " ✓" : " ✗") +
           "</p>\n";
}

std::string groups(const std::vector<GroupTally>& all)
{
    if (all.empty()) return {};
    std::string html = "<table>\n<tr>" + head("组别", "group") + head("组员", "members") +
                       head("赞成", "for") + head("反对", "against") + head("弃权", "abstaining") +
                       head("未表决", "none") + "</tr>\n";
    for (const auto& one : all) {
        html += "<tr><th scope=\"row\">" + escaped(one.group) + "</th>" + cell(one.members) +
                cell(one.tally.approve) + cell(one.tally.oppose) + cell(one.tally.abstain) +
                cell(one.tally.not_pressed) + "</tr>\n";
    }
    return html + "</table>\n";
}

LocalText standing(const PlacesOutcome& outcome, std::uint32_t line, bool of_persons)
{
    if (std::ranges::find(outcome.elected, line) != outcome.elected.end())
        return of_persons ? LocalText{"当选", "elected"} : LocalText{"入选", "chosen"};
    if (std::ranges::find(outcome.tied, line) != outcome.tied.end()) return {"票数相等", "tied"};
    return {"", ""};
}

/// How many lists stand beside each other: names are short, projects are not.
std::size_t columns_for(bool of_persons, std::size_t lines)
{
    if (lines <= (of_persons ? 12U : 24U)) return 1;
    return of_persons && lines > 72 ? 3 : 2;
}

bool is_of_persons(const VoteView& vote)
{
    return vote.list_of.value_or(ListOf::persons) == ListOf::persons;
}

/// Whether lines are only marked, so that nobody opposes one or abstains from it.
bool has_marks_only(const VoteView& vote)
{
    return vote.list->list_kind == ListKind::primary || vote.list->list_kind == ListKind::projects;
}

/// What stands above the figures of a line.
std::string figure_heads(const VoteView& vote)
{
    if (vote.list->list_kind == ListKind::ranked_projects) return figure_head("序号合计", "numbers together");
    if (has_marks_only(vote)) return figure_head("得票", "votes");
    return figure_head("赞成", "for") + figure_head("反对", "against") + figure_head("弃权", "abstaining");
}

std::string figures_of(const ListVotes& line, bool has_marks)
{
    if (line.numbers) return cell(*line.numbers);
    if (has_marks) return cell(line.approve);
    return cell(line.approve) + cell(line.oppose) + cell(line.abstain);
}

std::string line_of(const VoteView& vote, const PlacesDecided& decided, std::uint32_t at)
{
    const bool of_persons = is_of_persons(vote);
    const auto& line = decided.counted.list[at];
    const auto became = standing(decided.outcome, at, of_persons);
    return std::string("<tr") + (became.zh.empty() ? "" : " class=\"won\"") + "><th scope=\"row\">" +
           escaped(line.name) + (line.is_write_in ? both("（另选他人）", "(written in)") : std::string()) +
           "</th>" + figures_of(line, has_marks_only(vote)) + "<td>" +
           (became.zh.empty() ? std::string() : both(became)) + "</td></tr>\n";
}

std::string list_table(const VoteView& vote, const PlacesDecided& decided)
{
    const bool of_persons = is_of_persons(vote);
    const auto lines = decided.counted.list.size();
    const auto columns = columns_for(of_persons, lines);
    const auto length = (lines + columns - 1) / columns;
    std::string html = "<div class=\"columns of" + number(columns) + "\">\n";
    for (std::size_t from = 0; from < lines; from += length) {
        html += "<table>\n<thead><tr>" + head(of_persons ? "姓名" : "项目", of_persons ? "name" : "project") +
                figure_heads(vote) + head("结果", "result") + "</tr></thead>\n<tbody>\n";
        for (auto at = from; at < std::min(from + length, lines); ++at)
            html += line_of(vote, decided, static_cast<std::uint32_t>(at));
        html += "</tbody>\n</table>\n";
    }
    return html + "</div>\n";
}

std::string places(const VoteView& vote, const PlacesDecided& decided)
{
    const auto& outcome = decided.outcome;
    std::string html = verdict(words_of(outcome.status));
    html += "<p>" + both("名额", "places") + " " + number(vote.list->places.places);
    if (outcome.base > 0) html += "；" + both(comparison(outcome.base, outcome.need, std::nullopt));
    if (outcome.unfilled > 0)
        html += "；" + both("空缺名额", "places empty") + " " + number(outcome.unfilled);
    return html + "</p>\n" + list_table(vote, decided);
}

/// 714 thousandths are 71.4%.
std::string share(std::uint64_t per_mille)
{
    return number(per_mille / 10) + "." + number(per_mille % 10) + "%";
}

std::string grades(const GradesSheet& sheet, const GradesDecided& decided)
{
    std::string html = "<table>\n<tr>" + head("测评对象", "object");
    for (const auto& grade : sheet.rule.grades)
        html += head(grade.zh.c_str(), grade.en.c_str());
    html += head("无效", "invalid") + head("有效", "valid") + head("等次", "verdict") + "</tr>\n";
    for (std::size_t at = 0; at < decided.counted.objects.size(); ++at) {
        const auto& object = decided.counted.objects[at];
        const auto& outcome = decided.outcomes.at(at);
        html += "<tr><th scope=\"row\">" + escaped(object.object) + "</th>";
        for (std::size_t grade = 0; grade < object.counts.size(); ++grade) {
            html += "<td class=\"n\">" + number(object.counts[grade]);
            if (grade < outcome.per_mille.size())
                html += " <small>" + share(outcome.per_mille[grade]) + "</small>";
            html += "</td>";
        }
        const auto named = std::ranges::find(sheet.rule.verdicts, outcome.verdict, &GradeVerdict::id);
        html += cell(object.invalid) + cell(outcome.valid) + "<td>" +
                (named == sheet.rule.verdicts.end() ? "—" : both(named->name)) + "</td></tr>\n";
    }
    return html + "</table>\n";
}

std::string result_of(const VoteView& vote)
{
    if (!vote.result) return vote.state == VoteState::voided ? verdict({"作废", "void"}) : std::string();
    const auto& result = *vote.result;
    const auto& outcome = result.outcome;
    const bool is_void = outcome.verdict == Verdict::void_more_collected;
    if (is_void || outcome.verdict == Verdict::adopted_no_objection)
        return verdict(words_of(outcome.verdict));
    if (result.places && vote.list) return places(vote, *result.places);
    if (result.grades && vote.grades) return grades(*vote.grades, *result.grades);
    auto html = tally(vote, result) + verdict(words_of(outcome.verdict));
    for (const auto& one : outcome.findings)
        html += finding(one);
    if (outcome.participation)
        html += "<p>" + both("参加表决", "taking part") + "</p>" + finding(*outcome.participation);
    return html + groups(result.groups);
}

std::string rule(const ResultSheet& sheet)
{
    auto html =
        "<h3>" + both("表决规则", "rule") + "</h3>\n" + rule_of(sheet.vote.rule, sheet.profile.legal_basis);
    if (const auto& why = sheet.vote.deviation) {
        html += "<p>" + both("未采用本机构规则", "departs from the body's rules") + "：" +
                escaped(why->decided_by) + "，" + escaped(why->reason) + "</p>\n";
    }
    return html;
}

std::string attempts(const ResultSheet& sheet)
{
    if (sheet.attempts.size() < 2) return {};
    Facts facts;
    for (const auto& one : sheet.attempts) {
        std::string became;
        if (one.void_reason)
            became = both("作废：", "void: ") + both(words_of(*one.void_reason));
        else if (one.verdict)
            became = both(words_of(*one.verdict));
        if (one.state == VoteState::annulled) became += "，" + both(words_of(one.state));
        if (!one.void_note.empty()) became += "，" + escaped(one.void_note);
        facts.add_wide({"第" + number(one.attempt) + "次", "attempt " + number(one.attempt)},
                       id_text(one.vote) + "；" + both(words_of(one.vote_method)) + "；" + became);
    }
    return "<h3>" + both("各次表决", "attempts") + "</h3>\n" + facts.html();
}

/// Which vote this one settles, and which settles it.
std::string related(const ResultSheet& sheet)
{
    std::string html;
    for (const auto& one : sheet.related) {
        const bool before = one.relation == VoteRelation::follows;
        html += "<p>" +
                (before ? both("本次是对前次表决的后续：", "this vote settles what was left open by:")
                        : both("后续表决：", "what is left open here is settled by:")) +
                escaped(one.title) + " " + id_text(one.vote) + "（" + both(words_of(one.list_kind)) +
                "）</p>\n";
    }
    return html;
}

std::string hashes(const ResultSheet& sheet)
{
    std::string html = "<h3>" + both("存证", "in the record") + "</h3>\n<p><code>" + escaped(sheet.origin) +
                       " " + id_text(sheet.vote.id) + "</code></p>\n";
    std::vector<std::pair<LocalText, Digest>> frozen{{{"规则", "rule"}, sheet.profile_hash},
                                                     {{"表决稿", "text"}, sheet.vote.text},
                                                     {{"应投票人名单", "electorate"}, sheet.electorate}};
    if (const auto& draft = sheet.vote.matter.draft)
        frozen.push_back({{"付表决文件", "paper voted on"}, *draft});
    for (const auto& [what, digest] : frozen)
        html += "<p>" + both(what) + " <code>" + to_hex(digest) + "</code></p>\n";
    return html;
}

std::size_t lines_of(std::string_view name, std::size_t width)
{
    return std::max<std::size_t>(1, (width_of(name) + width - 1) / width);
}

/// How many lines the tables take, the longest of those beside each other.
std::size_t table_lines(const VoteView& vote)
{
    const auto& result = *vote.result;
    std::size_t lines = 0;
    if (result.places && vote.list) {
        const auto& all = result.places->counted.list;
        const auto columns = columns_for(is_of_persons(vote), all.size());
        constexpr std::size_t widths[] = {56, 22, 12}; // of the name, by how many lists stand side by side
        for (const auto& line : all)
            lines += lines_of(line.name, widths[columns - 1]);
        return (lines + columns - 1) / columns;
    }
    if (result.grades) {
        for (const auto& object : result.grades->counted.objects)
            lines += lines_of(object.object, 30);
        return lines;
    }
    return result.groups.size() + result.outcome.findings.size();
}

TypeSize size_of(const ResultSheet& sheet)
{
    // What the shortest rule and the fewest identities take is part of every sheet.
    auto lines = (width_of(sheet.vote.rule.zh) + width_of(sheet.vote.rule.en)) / 160;
    lines += sheet.identities.size() / 2 + 2 * sheet.related.size();
    if (sheet.attempts.size() > 1) lines += 1 + sheet.attempts.size();
    if (const auto& combined = sheet.vote.matter.combined) {
        std::size_t width = 0;
        for (const auto& one : *combined)
            width += width_of(one.title) + 2;
        lines += width / 90;
    }
    if (sheet.vote.result) lines += table_lines(sheet.vote);
    return size_for(lines);
}

} // namespace

std::string result_sheet_html(const ResultSheet& sheet)
{
    return page(sheet.vote.title,
                heading("表决结果单", "result of a vote", sheet.vote.title) + facts(sheet) +
                    result_of(sheet.vote) + sequel(sheet.vote) + related(sheet) + rule(sheet) +
                    overrides(sheet) + identities(sheet.identities) + attempts(sheet) + hashes(sheet) +
                    signatures(),
                size_of(sheet));
}

} // namespace plenum::papers
