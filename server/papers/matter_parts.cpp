#include "server/papers/matter_parts.hpp"

#include <algorithm>

namespace plenum::papers {
namespace {

/// What is put together, or what this was taken out of, and who asked for it.
void add_combined(Facts& facts, const VoteMatter& matter)
{
    if (matter.split) {
        facts.add_wide({"单独表决", "put separately"},
                       both("从合并表决中提出", "taken out of the combined vote") + " " +
                           id_text(matter.split->vote) + "，" + both("提出人", "asked for by") + "：" +
                           escaped(matter.split->asked_by));
    }
    if (!matter.combined) return;
    std::vector<std::string> held;
    std::string apart;
    for (std::uint32_t at = 0; at < matter.combined->size(); ++at) {
        const auto& title = matter.combined->at(at).title;
        const auto taken = matter.taken_out.value_or(std::vector<TakenOut>{});
        const auto one = std::ranges::find(taken, at + 1, &TakenOut::position);
        if (one == taken.end()) {
            held.push_back(title);
        } else {
            apart += (apart.empty() ? "" : "、") + escaped(title) + " " + id_text(one->vote) + "（" +
                     escaped(one->asked_by) + "）";
        }
    }
    facts.add_wide({"合并表决", "put together"}, listed(held));
    if (!apart.empty()) facts.add_wide({"其中单独表决", "put separately"}, apart);
}

} // namespace

std::string confirmation(const VoteView& vote)
{
    const auto& given = vote.base_given;
    if (!given || !given->confirmed_by) return {};
    return "；" + both("确认人", "confirmed by") + "：" + escaped(given->confirmed_by->name);
}

void add_matter(Facts& facts, const ResultSheet& sheet)
{
    const auto& vote = sheet.vote;
    if (vote.matter.part) facts.add({"表决的是", "what is voted on"}, both(words_of(*vote.matter.part)));
    if (const auto& person = vote.matter.personnel) {
        facts.add_wide({"任免", "personnel"}, both(words_of(person->action)) + "：" + escaped(person->name) +
                                                  "，" + escaped(person->post));
    }
    add_combined(facts, vote.matter);
    if (!sheet.draft.empty()) facts.add_wide({"付表决文件", "paper voted on"}, escaped(sheet.draft));
}

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
        html += "<p class=\"verdict\">" + both(words_for("annulled")) + "</p>\n" + "<p>" +
                escaped(annulled->decided_by) + "：" + escaped(annulled->reason) + "</p>\n";
    }
    return html;
}

std::string overrides(const ResultSheet& sheet)
{
    std::string html;
    if (sheet.off_the_agenda) {
        html += "<p>" +
                both("本次表决不属于议程上的任何议题（程序性动议）",
                     "this vote belongs to no item of the agenda: a procedural motion") +
                "</p>\n";
    }
    for (const auto& one : sheet.vote.matter.overrides) {
        html += "<p>" + both(refuse(one.of).reason) + "，" +
                both("经决定仍予表决", "put to the vote all the same") + "：" + escaped(one.decided_by) +
                "，" + escaped(one.reason) + "</p>\n";
    }
    return html;
}

} // namespace plenum::papers
