#include "clients/demo/screen.hpp"

#include <cstdio>

namespace plenum::demo {
namespace {

void print(const std::string& text)
{
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
}

std::string text_of(std::uint64_t number)
{
    return std::to_string(number);
}

LocalText words_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::passed: return {"通过", "passed"};
    case Verdict::not_passed: return {"未通过", "not passed"};
    case Verdict::invalid_low_participation:
        return {"参加表决人数不足，须重新表决", "too few took part: vote again"};
    case Verdict::adopted_no_objection: return {"无异议通过", "adopted without objection"};
    case Verdict::void_more_collected:
        return {"收回的票多于发出的票，无效，须重新投票",
                "more ballots came back than were given out: vote again"};
    case Verdict::counted: return {"已计票", "counted"};
    }
    return {};
}

LocalText words_of(VoidReason reason)
{
    switch (reason) {
    case VoidReason::lost_quorum: return {"不足法定人数", "quorum lost"};
    case VoidReason::equipment_failure: return {"设备故障", "equipment failure"};
    case VoidReason::wrong_text: return {"表决稿有误", "wrong text"};
    case VoidReason::disorder: return {"秩序原因", "disorder"};
    case VoidReason::withdrawn: return {"撤回", "withdrawn"};
    case VoidReason::ballot_key_lost: return {"票箱密钥丢失", "key of the ballot box lost"};
    }
    return {};
}

LocalText words_of(const ItemView& item)
{
    switch (item.state) {
    case ItemState::decided: break;
    case ItemState::withdrawn: return {"撤回", "withdrawn"};
    case ItemState::deferred: return {"暂不付表决", "deferred"};
    case ItemState::draft:
    case ItemState::adopted:
    case ItemState::reading:
    case ItemState::put_to_vote:
    case ItemState::deliberating: return {"未审议完毕", "not finished"};
    }
    switch (item.outcome) {
    case ItemOutcome::by_vote: return {"已表决", "voted on"};
    case ItemOutcome::deliberation_opinion: return {"形成审议意见", "an opinion"};
    case ItemOutcome::noted: return {"已听取", "noted"};
    case ItemOutcome::none: break;
    }
    return {};
}

bool has_figures(const VoteView& vote)
{
    return vote.result && vote.result->outcome.verdict != Verdict::adopted_no_objection;
}

/// Of a vote without figures a dash.
LocalText figures_of(const VoteView& vote)
{
    if (!has_figures(vote)) return {"—", "—"};
    const auto& tally = vote.result->tally;
    const bool hands = vote.vote_method == VoteMethod::hands;
    return {"赞成 " + text_of(tally.approve) + " 票，反对 " + text_of(tally.oppose) + " 票，弃权 " +
                text_of(tally.abstain) + " 票，" + (hands ? "未举手 " : "未按表决器 ") +
                text_of(tally.not_pressed) + " 人",
            "approve " + text_of(tally.approve) + ", oppose " + text_of(tally.oppose) + ", abstain " +
                text_of(tally.abstain) + (hands ? ", not raised " : ", not pressed ") +
                text_of(tally.not_pressed)};
}

LocalText heading_of(const VoteView& vote)
{
    LocalText heading{vote.title, vote.title};
    if (vote.attempt > 1) {
        heading.zh += "（第" + text_of(vote.attempt) + "次表决）";
        heading.en += " (attempt " + text_of(vote.attempt) + ")";
    }
    return heading;
}

} // namespace

LocalText words_of(const VoteView& vote)
{
    if (vote.void_reason) {
        const auto reason = words_of(*vote.void_reason);
        return {"作废（" + reason.zh + "）", "void (" + reason.en + ")"};
    }
    if (vote.result) return words_of(vote.result->outcome.verdict);
    return {"未表决", "not voted on"};
}

void Screen::say(const LocalText& text) const
{
    if (language_ != Language::en) print(text.zh);
    if (language_ != Language::zh) print(text.en);
}

void Screen::show(const std::string& text) const
{
    print(text);
}

void Screen::attendance(const Counts& counts) const
{
    const bool has_quorum = counts.present >= counts.quorum;
    say({"应到 " + text_of(counts.due) + " 人，实到 " + text_of(counts.present) + " 人，缺席 " +
             text_of(counts.absent) + " 人，法定人数 " + text_of(counts.quorum) + " 人，出席人数" +
             (has_quorum ? "符合" : "不足") + "法定人数。",
         "Due " + text_of(counts.due) + ", present " + text_of(counts.present) + ", absent " +
             text_of(counts.absent) + ", quorum " + text_of(counts.quorum) + ": " +
             (has_quorum ? "present." : "not present.")});
}

void Screen::result(const VoteView& vote) const
{
    const auto heading = heading_of(vote);
    const auto words = words_of(vote);
    const auto due = text_of(vote.base_members);
    const auto present = text_of(vote.present);
    print("────────────────────────────────────────");
    if (!has_figures(vote)) {
        say({heading.zh + "\n  应到 " + due + " 人，实到 " + present + " 人\n  结果：" + words.zh,
             heading.en + "\n  due " + due + ", present " + present + "\n  result: " + words.en});
        return;
    }
    const auto figures = figures_of(vote);
    const auto& finding = vote.result->outcome.findings.front();
    const auto need = text_of(finding.need);
    const auto base = text_of(finding.base);
    say({heading.zh + "\n  应到 " + due + " 人，实到 " + present + " 人\n  表决结果：" + figures.zh +
             "\n  需要 " + need + " 票（全体" + base + "人的过半数）\n  结果：" + words.zh,
         heading.en + "\n  due " + due + ", present " + present + "\n  " + figures.en +
             "\n  needed: " + need + ", more than half of all " + base + " members\n  result: " + words.en});
}

void Screen::agenda(const AgendaView& agenda) const
{
    print("────────────────────────────────────────");
    say({"议程完成情况", "What has become of the agenda"});
    for (const auto& item : agenda.items) {
        const auto words = words_of(item);
        say({item.number + item.title + "：" + words.zh, "  " + words.en});
    }
}

void Screen::sheet(const SittingView& sitting, std::span<const VoteView> votes) const
{
    print("════════════════════════════════════════");
    say({"表决结果单  " + sitting.body_name + sitting.meeting_title + " " + sitting.title,
         "Result sheet  " + sitting.body_name + sitting.meeting_title + " " + sitting.title});
    for (const auto& vote : votes) {
        const auto heading = heading_of(vote);
        const auto words = words_of(vote);
        const auto figures = figures_of(vote);
        const auto present = text_of(vote.present);
        say({heading.zh + "：实到 " + present + " 人，" + figures.zh + "。" + words.zh,
             heading.en + ": present " + present + ", " + figures.en + "; " + words.en});
    }
    print("════════════════════════════════════════");
}

} // namespace plenum::demo
