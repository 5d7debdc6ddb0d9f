#include "server/papers/result_sheet.hpp"

#include "server/papers/page.hpp"
#include "server/papers/words.hpp"

#include <algorithm>

namespace plenum::papers {
namespace {

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

std::string cell(std::uint64_t value)
{
    return "<td class=\"n\">" + number(value) + "</td>";
}

std::string head(const char* zh, const char* en)
{
    return "<th scope=\"col\">" + both(zh, en) + "</th>";
}

template <class Enum>
LocalText words_of(Enum value)
{
    return words_for(std::string(codec::enum_name(value)));
}

/// What nobody gave, by the method: not pressed, no hand, no valid ballot.
LocalText words_of_none(VoteMethod method)
{
    switch (method) {
    case VoteMethod::hands: return {"未举手", "no hand"};
    case VoteMethod::paper: return {"未投有效票", "no valid ballot"};
    case VoteMethod::console:
    case VoteMethod::no_objection: break;
    }
    return {"未按表决器", "not pressed"};
}

std::string verdict(const LocalText& words)
{
    return "<p class=\"verdict\">" + both(words) + "</p>\n";
}

std::string facts(const ResultSheet& sheet)
{
    const auto& vote = sheet.vote;
    std::string html = "<table>\n";
    html += row({"会议", "meeting"},
                escaped(sheet.body) + "，" + escaped(sheet.meeting) + "，" + escaped(sheet.sitting));
    if (!sheet.item.empty()) html += row({"议题", "item"}, escaped(sheet.item));
    auto base = number(vote.base_members);
    if (!sheet.base_reason.empty()) base += "（" + escaped(sheet.base_reason) + "）";
    html += row({"全体组成人员（基数）", "all members (base)"}, base);
    html += row({"出席", "present"}, number(vote.present));
    html += row({"法定人数", "quorum"}, number(vote.quorum));
    html += row({"表决方式", "method"}, both(words_of(vote.vote_method)));
    if (vote.opened_at_ms) {
        auto when = escaped(local_moment(*vote.opened_at_ms));
        if (vote.decided_at_ms) when += " – " + escaped(local_moment(*vote.decided_at_ms));
        html += row({"时间", "time"}, when);
    }
    if (!vote.scrutineers.empty()) {
        std::string names;
        for (const auto& one : vote.scrutineers)
            names += (names.empty() ? "" : "、") + escaped(one.name);
        html += row({"监票人", "scrutineers"}, names);
    }
    if (vote.matter.part) html += row({"表决的是", "what is voted on"}, both(words_of(*vote.matter.part)));
    if (const auto& person = vote.matter.personnel) {
        html += row({"任免", "personnel"}, both(words_of(person->action)) + "：" + escaped(person->name) +
                                               "，" + escaped(person->post));
    }
    return html + "</table>\n";
}

/// Where the result stands by the decisions of others.
std::string sequel(const VoteView& vote)
{
    const auto& [tie, approval, annulled, oath_taken] = vote.sequel;
    std::string html;
    if (tie) {
        std::string names;
        for (const auto& name : tie->names)
            names += (names.empty() ? "" : "、") + escaped(name);
        html += "<p>" + both("票数相等，经决定产生", "of those tied, by decision") + "：" + names + "（" +
                escaped(tie->decided_by) + "，" + escaped(tie->reason) + "）</p>\n";
    }
    if (approval) {
        html += "<p>" + escaped(vote.matter.approval_by) + "：" +
                both(words_for(approval->granted ? "granted" : "refused")) + "（" +
                escaped(approval->document) + "）</p>\n";
    } else if (!vote.matter.approval_by.empty()) {
        html += "<p>" + both("须报批准", "has to be approved by") + "：" + escaped(vote.matter.approval_by) +
                "</p>\n";
    }
    if (oath_taken) html += "<p>" + both("已进行宪法宣誓", "the oath was taken") + "</p>\n";
    if (annulled) {
        html += verdict(words_for("annulled")) + "<p>" + escaped(annulled->decided_by) + "：" +
                escaped(annulled->reason) + "</p>\n";
    }
    return html;
}

/// Procedural errors that were set aside, by whom and why.
std::string overrides(const VoteView& vote)
{
    std::string html;
    for (const auto& one : vote.matter.overrides) {
        html += "<p>" + both(refuse(one.of).reason) + "，" +
                both("经决定仍予表决", "put to the vote all the same") + "：" + escaped(one.decided_by) +
                "，" + escaped(one.reason) + "</p>\n";
    }
    return html;
}

std::string box(std::uint64_t issued, std::uint64_t collected, std::optional<std::uint64_t> invalid)
{
    LocalText words{"发出" + number(issued) + "，收回" + number(collected),
                    number(issued) + " given out, " + number(collected) + " came back"};
    if (invalid && collected >= *invalid) {
        words.zh += "，有效" + number(collected - *invalid) + "，无效" + number(*invalid);
        words.en += ", " + number(collected - *invalid) + " valid, " + number(*invalid) + " invalid";
    }
    return "<p>" + both(words) + "</p>\n";
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

std::string places(const BallotList& list, ListOf of, const PlacesDecided& decided)
{
    const auto& [counted, outcome] = decided;
    const bool of_persons = of == ListOf::persons;
    const bool is_ranking = list.list_kind == ListKind::ranked_projects;
    std::string html = verdict(words_of(outcome.status));
    if (outcome.base > 0) {
        html += "<p>" + both("名额", "places") + " " + number(list.places.places) + "；" +
                both(comparison(outcome.base, outcome.need, std::nullopt)) + "</p>\n";
    }
    html += "<table>\n<tr>" + head(of_persons ? "姓名" : "项目", of_persons ? "name" : "project") +
            (is_ranking ? head("序号合计", "numbers together")
                        : head("赞成", "for") + head("反对", "against") + head("弃权", "abstaining")) +
            head("结果", "result") + "</tr>\n";
    for (std::uint32_t at = 0; at < counted.list.size(); ++at) {
        const auto& line = counted.list[at];
        const auto became = standing(outcome, at, of_persons);
        html += std::string("<tr") + (became.zh.empty() ? "" : " class=\"won\"") + "><th scope=\"row\">" +
                escaped(line.name) +
                (line.is_write_in ? both("（另选他人）", "(written in)") : std::string()) + "</th>" +
                (line.numbers ? cell(*line.numbers)
                              : cell(line.approve) + cell(line.oppose) + cell(line.abstain)) +
                "<td>" + (became.zh.empty() ? std::string() : both(became)) + "</td></tr>\n";
    }
    html += "</table>\n";
    if (outcome.unfilled > 0)
        html += "<p>" + both("空缺名额", "places empty") + " " + number(outcome.unfilled) + "</p>\n";
    return html;
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
    std::string html;
    if (result.ballots)
        html += box(result.ballots->issued, result.ballots->collected, result.ballots->invalid);
    if (result.places) {
        const auto& counted = result.places->counted;
        html += box(counted.issued, counted.collected, counted.invalid);
    }
    if (result.grades) {
        const auto& counted = result.grades->counted;
        html += box(counted.issued, counted.collected, std::nullopt);
    }
    if (is_void || outcome.verdict == Verdict::adopted_no_objection)
        return html + verdict(words_of(outcome.verdict));
    if (result.places && vote.list)
        return html + places(*vote.list, vote.list_of.value_or(ListOf::persons), *result.places);
    if (result.grades && vote.grades) return html + grades(*vote.grades, *result.grades);
    html += tally(vote, result) + verdict(words_of(outcome.verdict));
    for (const auto& one : outcome.findings)
        html += finding(one);
    if (outcome.participation)
        html += "<p>" + both("参加表决", "taking part") + "</p>" + finding(*outcome.participation);
    return html + groups(result.groups);
}

std::string rule_of(const ResultSheet& sheet)
{
    std::string html = "<h3>" + both("表决规则", "rule") + "</h3>\n<p>" + escaped(sheet.vote.rule.zh) +
                       "</p>\n<p lang=\"en\"><small>" + escaped(sheet.vote.rule.en) + "</small></p>\n";
    std::string basis;
    for (const auto& one : sheet.profile.legal_basis) {
        basis +=
            (basis.empty() ? "" : "；") + ("《" + escaped(one.law) + "》" + escaped(one.article_words()));
        if (!one.version_date.empty()) basis += "（" + escaped(one.version_date) + "）";
    }
    if (!basis.empty()) html += "<p>" + both("依据", "legal basis") + "：" + basis + "</p>\n";
    if (const auto& why = sheet.vote.deviation) {
        html += "<p>" + both("未采用本机构规则", "departs from the body's rules") + "：" +
                escaped(why->decided_by) + "，" + escaped(why->reason) + "</p>\n";
    }
    return html;
}

std::string identities(const ResultSheet& sheet)
{
    if (sheet.identities.empty()) return {};
    std::string html = "<h3>" + both("核对", "what must hold") + "</h3>\n";
    for (const auto& one : sheet.identities) {
        const bool holds = one.is_at_most ? one.left <= one.right : one.left == one.right;
        html += std::string("<p") + (holds ? "" : " class=\"bad\"") + ">" + both(one.words) + "：" +
                number(one.left) + (one.is_at_most ? " ≤ " : " = ") + number(one.right) +
                (holds ? " ✓" : " ✗") + "</p>\n";
    }
    return html;
}

std::string attempts(const ResultSheet& sheet)
{
    if (sheet.attempts.size() < 2) return {};
    std::string html = "<h3>" + both("各次表决", "attempts") + "</h3>\n<table>\n";
    for (const auto& one : sheet.attempts) {
        std::string became;
        if (one.void_reason)
            became = both("作废：", "void: ") + both(words_of(*one.void_reason));
        else if (one.verdict)
            became = both(words_of(*one.verdict));
        if (one.state == VoteState::annulled) became += "，" + both(words_of(one.state));
        if (!one.void_note.empty()) became += "，" + escaped(one.void_note);
        html += row({"第" + number(one.attempt) + "次", "attempt " + number(one.attempt)},
                    both(words_of(one.vote_method)) + "；" + became);
    }
    return html + "</table>\n";
}

std::string hashes(const ResultSheet& sheet)
{
    std::string html = "<h3>" + both("存证", "in the record") + "</h3>\n<p><code>" + escaped(sheet.origin) +
                       " #" + number(static_cast<std::uint64_t>(sheet.vote.id)) + "</code></p>\n";
    const std::pair<LocalText, Digest> frozen[] = {{{"规则", "rule"}, sheet.profile_hash},
                                                   {{"表决稿", "text"}, sheet.vote.text},
                                                   {{"应投票人名单", "electorate"}, sheet.electorate}};
    for (const auto& [what, digest] : frozen)
        html += "<p>" + both(what) + " <code>" + to_hex(digest) + "</code></p>\n";
    return html;
}

std::string signatures()
{
    return "<div class=\"sign\"><span>" + both("主持人", "chair") + "</span><span>" +
           both("监票人、计票人", "scrutineers, tellers") + "</span><span>" + both("日期", "date") +
           "</span></div>\n";
}

std::string heading(const char* zh, const char* en)
{
    return std::string("<h1>") + zh + "<small lang=\"en\">" + en + "</small></h1>\n";
}

std::string line_of(const ResultSheet& sheet)
{
    const auto& vote = sheet.vote;
    std::string html = "<tr><th scope=\"row\">" + escaped(vote.title) + "</th>";
    if (!vote.result) return html + "<td colspan=\"5\">" + both(words_of(vote.state)) + "</td></tr>\n";
    auto verdict_words = both(words_of(vote.result->outcome.verdict));
    if (vote.state == VoteState::annulled) verdict_words += "，" + both(words_of(vote.state));
    if (vote.result->outcome.verdict == Verdict::void_more_collected)
        return html + "<td colspan=\"5\">" + verdict_words + "</td></tr>\n";
    const auto& tally = vote.result->tally;
    return html + cell(tally.approve) + cell(tally.oppose) + cell(tally.abstain) + cell(tally.not_pressed) +
           "<td>" + verdict_words + "</td></tr>\n";
}

} // namespace

std::string result_sheet_html(const ResultSheet& sheet)
{
    return page(sheet.vote.title, heading("表决结果单", "result of a vote") + "<h2>" +
                                      escaped(sheet.vote.title) + "</h2>\n" + facts(sheet) +
                                      result_of(sheet.vote) + sequel(sheet.vote) + rule_of(sheet) +
                                      overrides(sheet.vote) + identities(sheet) + attempts(sheet) +
                                      hashes(sheet) + signatures());
}

std::string result_table_html(const std::vector<ResultSheet>& sheets, const std::string& title)
{
    std::string html = heading("表决结果汇总", "results of votes taken together") + "<h2>" + escaped(title) +
                       "</h2>\n<table>\n<tr>" + head("事项", "what was put") + head("赞成", "for") +
                       head("反对", "against") + head("弃权", "abstaining") + head("未表决", "none") +
                       head("结果", "result") + "</tr>\n";
    std::string passed;
    std::size_t count = 0;
    for (const auto& sheet : sheets) {
        html += line_of(sheet);
        const auto& result = sheet.vote.result;
        const bool stands = result && sheet.vote.state != VoteState::annulled;
        if (!stands || !is_adopted(result->outcome.verdict)) continue;
        passed += (passed.empty() ? "" : "；") + escaped(sheet.vote.title);
        ++count;
    }
    html +=
        "</table>\n<h3>" + both("通过", "passed") + " " + number(count) + "</h3>\n<p>" + passed + "</p>\n";
    return page(title, html + signatures());
}

} // namespace plenum::papers
