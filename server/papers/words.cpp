#include "server/papers/words.hpp"

#include <array>
#include <ctime>

namespace plenum::papers {
namespace {

struct Word {
    std::string_view name;
    const char* zh;
    const char* en;
};

constexpr std::array words{
    Word{"passed", "通过", "passed"},
    Word{"not_passed", "未通过", "not passed"},
    Word{"invalid_low_participation", "参加表决人数不足，无效", "too few took part"},
    Word{"adopted_no_objection", "无异议通过", "adopted without objection"},
    Word{"void_more_collected", "收回多于发出，无效", "void: more ballots than were given out"},
    Word{"counted", "已计票", "counted"},
    Word{"complete", "名额已满", "every place is filled"},
    Word{"tie_revote_needed", "票数相等，再次投票", "a tie: vote again"},
    Word{"tie_for_presidium", "票数相等，由主席团决定", "a tie for the presidium to decide"},
    Word{"shortfall_separate_election", "名额未满，另行选举", "places left: a separate election"},
    Word{"shortfall_left_empty", "名额未满，空缺", "places left empty"},
    Word{"lost_quorum", "不足法定人数", "quorum lost"},
    Word{"equipment_failure", "设备故障", "equipment failure"},
    Word{"wrong_text", "表决稿有误", "wrong text"},
    Word{"disorder", "秩序原因", "disorder"},
    Word{"withdrawn", "撤回", "withdrawn"},
    Word{"console", "按表决器", "by console"},
    Word{"hands", "举手", "by hands"},
    Word{"paper", "投票", "on paper"},
    Word{"no_objection", "无异议", "without objection"},
    Word{"annulled", "已撤销", "annulled"},
    Word{"pending", "待批准", "waits for approval"},
    Word{"granted", "已批准", "approved"},
    Word{"refused", "未获批准", "not approved"},
    Word{"appoint", "任命", "appointment"},
    Word{"remove", "免职", "removal"},
    Word{"accept_resignation", "接受辞职", "resignation"},
    Word{"dismiss", "撤职", "dismissal"},
    Word{"recall", "罢免", "recall"},
    Word{"amendment", "修正案", "amendment"},
    Word{"clause", "单独表决条款", "separate vote on a clause"},
    Word{"equal_election", "等额选举", "as many candidates as seats"},
    Word{"differential_election", "差额选举", "more candidates than seats"},
    Word{"separate_election", "另行选举", "separate election"},
    Word{"tie_revote", "再次投票", "vote on the tie"},
    Word{"primary", "预选", "primary"},
    Word{"deputy_election", "选举上一级人大代表", "election of deputies to the level above"},
    Word{"projects", "项目票决", "choice of projects"},
    Word{"prepared", "待表决", "not put yet"},
    Word{"open", "表决中", "open"},
    Word{"held", "暂停", "held"},
    Word{"closed", "已结束", "closed"},
    Word{"decided", "待宣布", "to be announced"},
    Word{"voided", "作废", "void"},
    Word{BodyCreated::kind, "机构", "body"},
    Word{BodyRemoved::kind, "机构删除", "body removed"},
    Word{BodyRenamed::kind, "机构更名", "body renamed"},
    Word{RosterAdopted::kind, "成员", "member"},
    Word{OfficerAppointed::kind, "工作人员", "officer"},
    Word{OfficerDismissed::kind, "工作人员免职", "officer dismissed"},
    Word{MemberSuspended::kind, "暂停执行职务", "member suspended"},
    Word{MemberReinstated::kind, "恢复执行职务", "member reinstated"},
    Word{MeetingCreated::kind, "会议", "meeting"},
    Word{MeetingCancelled::kind, "会议取消", "meeting called off"},
    Word{SittingCreated::kind, "会次", "sitting"},
    Word{SittingCancelled::kind, "会次取消", "sitting called off"},
    Word{AttendeeAdmitted::kind, "列席、旁听", "attendee"},
    Word{ItemAdded::kind, "议题", "item"},
    Word{ItemEdited::kind, "议题修改", "item edited"},
    Word{ItemWithdrawn::kind, "议题撤回", "item withdrawn"},
    Word{ItemDeferred::kind, "暂不付表决", "item deferred"},
    Word{DocumentAttached::kind, "文件", "document"},
    Word{VotePrepared::kind, "表决", "vote"},
    Word{VoteAnnulled::kind, "结果撤销", "result annulled"},
    Word{ApprovalRecorded::kind, "上级批准", "approval"},
    Word{TieDecided::kind, "同票决定", "tie decided"},
    Word{SpeechMinuted::kind, "发言记录", "minutes of a speech"},
    Word{RecordCorrected::kind, "更正", "correction"},
    Word{SuggestionRegistered::kind, "代表建议", "suggestion"},
    Word{SuggestionEvaluated::kind, "建议评价", "evaluation of a suggestion"},
    Word{PetitionOpened::kind, "联名", "joint signature"},
};

} // namespace

LocalText words_for(const std::string& name)
{
    for (const auto& word : words) {
        if (word.name == name) return {word.zh, word.en};
    }
    return {name, name};
}

std::string local_moment(std::uint64_t at_ms)
{
    const auto seconds = static_cast<std::time_t>(at_ms / 1000);
    std::tm local{};
    localtime_r(&seconds, &local);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local)};
}

} // namespace plenum::papers
