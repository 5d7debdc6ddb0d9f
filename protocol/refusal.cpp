#include "protocol/refusal.hpp"

#include "protocol/assert.hpp"

#include <array>

namespace plenum {
namespace {

struct Words {
    RefusalCode code;
    const char* reason_zh;
    const char* reason_en;
    const char* next_zh;
    const char* next_en;
};

using enum RefusalCode;

constexpr std::array words = {
    Words{not_allowed, "您的身份无权进行此项操作", "your role may not do this", "请由有权限的人员操作",
          "ask somebody whose role allows it"},
    Words{not_your_body, "您的职务不属于该机构", "your office is for another body", "请由该机构的主持人操作",
          "ask the chair of that body"},
    Words{no_such_record, "找不到所指的记录", "there is no such record", "请刷新页面后重新选择",
          "reload and choose again"},
    Words{invalid_text, "文字为空、过长或含有控制字符",
          "the text is empty, too long or has control characters", "请修改后重试",
          "correct it and try again"},
    Words{invalid_profile, "表决规则自相矛盾或不完整", "the rule profile contradicts itself or is incomplete",
          "请检查规则", "check the profile"},
    Words{invalid_roster, "名册有错误，未导入任何内容", "the roster has an error; nothing was imported",
          "请改正所指的行后重新导入", "correct the row named and import again"},
    Words{wrong_state, "当前阶段不能进行此项操作", "this is not possible at the present stage",
          "请按顺序进行下一步", "take the next step in order"},
    Words{no_quorum, "出席人数不足法定人数", "the quorum is not present", "请等待更多人员签到，或宣布休会",
          "wait for more members to sign in, or adjourn"},
    Words{not_on_agenda, "该议题不在已通过的议程中", "the item is not on the adopted agenda", "请先通过议程",
          "have the agenda adopted first"},
    Words{another_vote_open, "另一项表决正在进行", "another vote is open in this sitting",
          "请先结束正在进行的表决", "close that vote first"},
    Words{not_signed_in, "您尚未签到", "you are not signed in", "请先签到", "sign in first"},
    Words{not_a_member, "您不是该机构的组成人员", "you are not a member of this body", "列席人员没有表决权",
          "only members may do this"},
    Words{not_in_electorate, "您在本次表决开启之后才签到，不能参加本次表决",
          "you signed in after this vote was opened and cannot take part in it", "请等待下一项表决",
          "wait for the next vote"},
    Words{already_pressed, "本次表决以第一次按键为准，您已按键",
          "the first press counts and you have pressed", "无需再按", "nothing more to do"},
    Words{vote_not_open, "表决未在进行", "the vote is not open", "请等待主持人开启表决",
          "wait for the chair to open it"},
    Words{vote_held, "表决已暂停", "the vote is on hold", "请等待主持人恢复表决",
          "wait for the chair to resume it"},
    Words{quorum_not_lost, "出席人数仍符合法定人数", "the quorum is still present",
          "请选择其他作废原因，或结束表决", "choose another reason, or close the vote"},
    Words{secret_not_ready, "本系统目前只支持记名表决", "this build supports named votes only",
          "请改用记名表决或纸质投票", "use a named vote, or paper"},
    Words{id_reused, "同一请求编号已用于另一项操作", "this request id was used for something else",
          "请使用新的请求编号", "use a fresh request id"},
    Words{unknown_code, "登录码无效", "the access code is not recognised", "请核对登录码，或向秘书处领取新码",
          "check the code, or ask the secretariat for a new one"},
    Words{busy, "系统繁忙，此操作未被记录", "the server is busy; this was not recorded",
          "请稍后用同一请求编号重发", "send it again with the same request id"},
    Words{disk_low, "磁盘空间不足，不能开启新的表决，也不能保存新的内容",
          "too little disk space to open a new vote or to store anything new",
          "请清理磁盘空间；进行中的表决仍可完成", "free some disk space; an open vote can still be finished"},
    Words{base_needs_reason, "基数与名册不一致而未说明理由",
          "the base number differs from the roster without a reason", "请填写理由", "state the reason"},
    Words{vote_open, "表决正在进行", "a vote is open", "请先结束或作废该表决", "close or void it first"},
    Words{too_many, "数量超过上限", "a limit is reached", "请减少数量", "use fewer"},
    Words{not_in_person, "您不能用表决器参加本次表决", "you cannot take part in this vote by console",
          "请举手表决", "raise your hand"},
    Words{not_admitted, "该人员不是本次会议的列席人员", "this person is not admitted to the meeting",
          "请先由会务人员登记", "have the desk admit them first"},
    Words{floor_taken, "有人正在发言", "somebody else has the floor", "请等待其发言结束，或先终止其发言",
          "wait for the end of the speech, or stop it"},
    Words{vote_was_put, "该议题已付表决，不再发言", "the vote on this item has been put; no more speeches",
          "仅可就表决程序发言；确需发言请说明理由", "only points of order; otherwise state a reason"},
    Words{speech_limit, "就同一议题的发言次数已满", "no further speech on this item is left",
          "请主持人另行许可", "ask the chair's leave"},
    Words{tellers_disagree, "计票人清点结果不足或不一致", "the tellers have not all counted, or not alike",
          "请计票人重新清点；计票人离场的，请暂停后继续，由在场计票人全部重新清点",
          "have the tellers count again; if one has left, pause and resume, and those there count anew"},
    Words{hands_exceed, "举手数超过应举手人数", "more hands than members who raise them", "请重新清点",
          "count again"},
    Words{objection_open, "有人提出异议，不能以无异议方式通过", "there is an objection",
          "请改用表决器或举手表决", "continue by console or by hands"},
    Words{no_objection_yet, "无人提出异议，无需改变表决方式", "nobody has objected", "请宣布通过，或记录异议",
          "adopt it, or record the objection"},
    Words{confirm_name, "复核姓名不一致", "the name repeated is not this member's",
          "请再次输入该组成人员姓名", "type the member's name again"},
    Words{not_yours, "这不是您本人的发言", "this speech is not yours", "请由本人操作",
          "the speaker has to do this"},
    Words{minutes_changed, "发言记录已更新", "the minutes have changed since", "请阅读最新记录后签字",
          "read the newest minutes and sign those"},
    Words{nothing_to_do, "没有可更改的内容", "nothing would change", "无需操作", "nothing more to do"},
    Words{not_readable, "内容已清除，或无权查看", "it was erased, or is not for you", "请联系秘书处",
          "ask the secretariat"},
    Words{wrong_media, "文件类型不受支持，或文件过大", "this kind of file cannot be kept, or it is too large",
          "请换用支持的类型，或缩小文件", "use another kind of file, or a smaller one"},
    Words{ballots_wrong, "票数有误", "the figures of the ballots cannot be right",
          "请核对发出、收回和各项票数后重新填报",
          "check what was given out, came back and was marked, and enter it again"},
    Words{candidates_wrong, "候选人数不符合规定", "the number of candidates is not what the method asks for",
          "请增减候选人，或按选举办法填写差额数",
          "change the list, or enter the number of the election method"},
    Words{scrutineers_missing, "监票人尚未经会议通过", "the assembly has not approved scrutineers",
          "请先将监票人名单交付表决，通过后登记", "put the list of scrutineers to the vote and record it"},
    Words{is_candidate, "候选人不得担任监票人或计票人", "a candidate may neither watch nor count",
          "请更换人员", "choose somebody else"},
    Words{not_called_for, "所指的表决不需要后续投票",
          "the vote named leaves nothing open that this would settle", "请核对所指的表决",
          "check which vote is meant"},
    Words{rooms_differ, "各处票数之和与总数不符", "the rooms do not add up to the count of all",
          "请核对各处和总数后重新填报", "check the rooms and the total, and enter what is right"},
    Words{room_too_small, "票数过少，不得单独清点", "so few ballots may not be counted by themselves",
          "请与其他票箱的票混合后清点", "mix them with those of another room and count again"},
    Words{rule_not_adopted, "这不是本机构已采用的表决规则", "the body has not adopted this rule",
          "请选用已采用的规则，或写明由谁决定、为什么",
          "choose one that was adopted, or state who decided otherwise and why"},
    Words{amendment_first, "同一议题的修正案或单独表决条款尚未表决",
          "an amendment or a clause of the same item has not been voted on", "请先表决修正案和条款，或撤回",
          "vote on it first, or withdraw it"},
    Words{election_method_missing, "本机构尚未采用选举办法", "the body has adopted no rules to elect by",
          "请先采用含有选举办法的表决规则", "adopt a book of rules with the election method first"},
    Words{secret_ballot_required, "撤职和罢免应当以无记名投票方式表决",
          "dismissal and recall are decided by secret ballot", "请改用投票", "prepare it as a vote on paper"},
    Words{not_qualified, "任命前的条件尚未具备", "what an appointment asks for beforehand is not there",
          "请由秘书处登记法律知识考试和材料送达情况", "have the office record the law exam and the papers"},
    Words{barred, "该人选就同一职务连续未获通过，本届内不得再次提名",
          "rejected too often in a row for this post to be nominated again in this term", "请更换人选",
          "nominate somebody else"},
    Words{approval_pending, "尚待上级批准", "the body above has not approved yet", "请待批准后进行",
          "wait for the approval"},
    Words{not_key_holder, "不是本次会议的密钥持有人", "not a key holder of this meeting",
          "请由秘书处先确定密钥持有人", "have the office appoint the key holders first"},
    Words{keys_wrong, "不能用于生成选举密钥", "this cannot make an election key",
          "请按提示改正；设备出错时由秘书处重新开始",
          "correct what is named; the office can let it begin again"},
    Words{text_differs, "付表决的草案已不是该议题的文件",
          "the draft put to the vote is no paper of the item any more",
          "请按现有文件重新准备表决，或由有权者决定", "prepare the vote anew on the paper that is there"},
    Words{suspended, "已暂停执行代表职务", "suspended from the duties of a member", "恢复执行职务后方可参加",
          "only after reinstatement"},
    Words{base_not_confirmed, "表决基数与名册不同，尚未经第二人确认",
          "the base number differs from the roster and no second person has confirmed it",
          "请主持人或另一名秘书确认基数", "have the chair or another secretary confirm it"},
    Words{too_few_signatures, "联名人数不足", "too few have signed", "请待人数达到后再提交",
          "hand it in when enough have"},
    Words{not_to_evaluate, "不能作此评价", "this evaluation cannot be given",
          "每次答复只评价一次，由领衔代表在期限内进行",
          "each answer is evaluated once, by the lead deputy in time"},
    Words{evaluation_awaited, "尚有代表未评价", "some have still to evaluate",
          "请待期限届满，并催办未评价的代表", "wait until the time is over and remind those"},
    Words{deadline_wrong, "期限不合适", "the date does not fit", "请按提示改正", "correct what is named"},
    Words{election_key_missing, "本次会议尚未生成选举密钥", "no election key was made for this meeting",
          "请密钥持有人先完成密钥生成，或改用记名、举手、投票方式",
          "let the key holders make it first, or vote by name, hands or paper"},
    Words{console_not_enrolled, "本表决器未登记，或已登记在他人名下",
          "this console is not enrolled, or is enrolled for somebody else", "请在本表决器上重新登录登记",
          "sign in again at this console to enrol it"},
    Words{signature_wrong, "密钥、证明或签名无效", "a key, proof or signature does not hold",
          "请重新登录后再试", "sign in again and try once more"},
    Words{roll_differs, "名单与现在的到会情况不一致", "the list is not of those who are there now",
          "请重新核对名单", "call the roll again"},
    Words{roll_incomplete, "名单上还有表决器没有确认", "not every console on the list has signed",
          "请稍候；或不含未确认者重新核对名单", "wait, or call the roll again without the silent ones"},
    Words{ballot_wrong, "选票无效，未被接收", "this ballot does not hold and was not taken", "请重新按键",
          "press again"},
    Words{code_spent, "这个登录码已登记过一台表决器，每个登录码只能登记一台",
          "this access code has enrolled a console already; each enrols one",
          "请到秘书处领取新的登录码，再在本表决器上用新码登录",
          "ask the secretariat for a new access code and sign in with it at this console"},
    Words{seq_reused, "该序号的另一张选票已经收到", "another ballot with this number came before",
          "请重新按键；如反复出现请换用表决器", "press again; if it happens again, change the console"},
    Words{too_few_voters, "人数过少，秘密表决会暴露个人选择", "so few secret ballots would say who voted how",
          "请改用投票方式，或待更多成员到会", "vote on paper, or wait for more members"},
    Words{box_not_sealed, "票箱尚未封存", "the ballot box is not sealed", "请待表决结束、票箱封存后进行",
          "wait until voting has ended and the box is sealed"},
    Words{root_differs, "与已封存的票箱不一致", "this is not the box that was sealed",
          "请报告主持人和密钥持有人", "tell the chair and the key holders"},
    Words{record_differs, "所签署的检查点不属于本记录，或未包含已封存的票箱",
          "the checkpoint signed is not one of this record, or does not reach the sealed box",
          "请报告主持人，并保留密钥文件作为证据", "tell the chair, and keep the key file as evidence"},
    Words{checks_used_up, "本表决器送来的无效数据过多，已暂停接收",
          "this console sent too much that does not hold", "请联系工作人员检查该表决器",
          "have somebody look at this console"},
    Words{sign_in_first, "尚未登录", "you have not said hello yet", "请先登录",
          "send hello with your access code"},
};

void append(std::string& text, const std::string& detail, const char* before, const char* after)
{
    if (!detail.empty()) text += before + detail + after;
}

} // namespace

bool may_be_set_aside(RefusalCode code)
{
    switch (code) {
    case not_on_agenda:
    case text_differs:
    case is_candidate:
    case scrutineers_missing:
    case candidates_wrong:
    case amendment_first:
    case election_method_missing:
    case secret_ballot_required:
    case not_qualified:
    case barred: return true;
    default: return false;
    }
}

Refusal refuse(RefusalCode code, LocalText detail)
{
    for (const auto& row : words) {
        if (row.code != code) continue;
        Refusal refusal{code, {row.reason_zh, row.reason_en}, {row.next_zh, row.next_en}};
        append(refusal.reason.zh, detail.zh, "（", "）");
        append(refusal.reason.en, detail.en, " (", ")");
        return refusal;
    }
    PLENUM_ASSERT(!"a refusal without words");
    return {};
}

} // namespace plenum
