#include "protocol/audit/finding.hpp"

#include <array>

namespace plenum::audit {
namespace {

struct Words {
    AuditCode code;
    const char* name;
    Severity severity;
    const char* zh;
    const char* en;
};

using enum AuditCode;
using enum Severity;

constexpr std::array words = {
    Words{archive_unreadable, "archive_unreadable", error, "文件无法打开或读取",
          "the file cannot be opened or read"},
    Words{archive_damaged, "archive_damaged", error, "文件已损坏：末尾的摘要与内容不符",
          "the file is damaged: the digest at its end does not belong to its contents"},
    Words{archive_malformed, "archive_malformed", error, "文件不是规定形式的存证包",
          "the file does not have the one form a bundle may have"},
    Words{manifest_missing, "manifest_missing", error, "缺少清单 manifest.json", "there is no manifest.json"},
    Words{manifest_malformed, "manifest_malformed", error, "清单不合规定",
          "the manifest is not what the format demands"},
    Words{manifest_differs, "manifest_differs", error, "清单所述与已签名的检查点不符",
          "the manifest says something else than the signed checkpoint"},
    Words{file_missing, "file_missing", error, "缺少文件", "a file is missing"},
    Words{file_unlisted, "file_unlisted", error, "文件未列入清单", "a file is not in the manifest"},
    Words{file_changed, "file_changed", error, "文件与清单所列不符",
          "a file is not the one the manifest lists"},
    Words{file_unexpected, "file_unexpected", error, "文件与记录无关",
          "a file that nothing in the record asks for"},
    Words{key_malformed, "key_malformed", error, "验证公钥无法识别", "the verifier key cannot be read"},
    Words{key_not_expected, "key_not_expected", error, "验证公钥不是您所指定的公钥",
          "the verifier key is not the one you named"},
    Words{checkpoint_unsigned, "checkpoint_unsigned", error, "最新检查点没有有效签名",
          "the newest checkpoint carries no valid signature"},
    Words{history_unsigned, "history_unsigned", error, "历史检查点没有有效签名",
          "an earlier checkpoint carries no valid signature"},
    Words{history_misnamed, "history_misnamed", error, "历史检查点的文件名与其条目数不符",
          "an earlier checkpoint stands under another size than its own"},
    Words{checkpoint_contradicted, "checkpoint_contradicted", error, "由全部条目重算的根与已签名的根不符",
          "the entries do not lead to the signed root"},
    Words{history_contradicted, "history_contradicted", error, "历史检查点与记录矛盾：记录曾被改写",
          "an earlier signed checkpoint contradicts the log: it was rewritten"},
    Words{seen_contradicted, "seen_contradicted", error, "您此前保存的检查点不在这份记录中：记录被改写或回退",
          "the checkpoint you kept is not part of this log: it was rewritten or rolled back"},
    Words{tile_malformed, "tile_malformed", error, "条目文件无法拆分",
          "an entry bundle does not split into its entries"},
    Words{tile_changed, "tile_changed", error, "哈希文件与重算结果不符",
          "a hash tile differs from the one recomputed"},
    Words{entry_malformed, "entry_malformed", error, "条目不是规范形式",
          "the entry is not in its canonical form"},
    Words{entry_misplaced, "entry_misplaced", error, "条目序号与其位置不符",
          "the entry's sequence number is not its place"},
    Words{epoch_backwards, "epoch_backwards", error, "任期号倒退", "the epoch goes backwards"},
    Words{time_missing, "time_missing", error, "条目的时间有缺失或多余",
          "an entry without its time, or with one it must not have"},
    Words{time_backwards, "time_backwards", error, "时间倒退", "time goes backwards"},
    Words{log_start_wrong, "log_start_wrong", error, "首条记录与签名所属的日志不符",
          "the log does not start as the one that was signed"},
    Words{request_repeated, "request_repeated", error, "同一人的两项操作使用了同一请求编号",
          "two commands of one person under one request id"},
    Words{blob_changed, "blob_changed", error, "文件内容与其摘要不符",
          "content does not have the digest it is named by"},
    Words{blob_malformed, "blob_malformed", error, "文件内容不是规范形式",
          "content is not in its canonical form"},
    Words{actor_not_allowed, "actor_not_allowed", error, "该身份无权进行此项操作",
          "the role may not do this"},
    Words{actor_without_office, "actor_without_office", error, "此人并不具有该身份",
          "the person does not hold this role"},
    Words{actor_for_another, "actor_for_another", error, "代他人进行了只能由本人进行的操作",
          "a member acted for somebody else"},
    Words{record_unknown, "record_unknown", error, "所指的记录不存在",
          "it names a record that does not exist"},
    Words{text_malformed, "text_malformed", error, "标题、名称或事由不合规定",
          "a title, name or reason is not a text that may stand there"},
    Words{person_misnumbered, "person_misnumbered", error, "人员编号未按出现顺序",
          "persons are not numbered in the order they appear"},
    Words{roster_contradictory, "roster_contradictory", error, "名册自相矛盾",
          "the roster contradicts itself"},
    Words{roster_miscounted, "roster_miscounted", error, "名册人数或增减人数不符",
          "members, added or removed are not what the rosters say"},
    Words{roster_during_vote, "roster_during_vote", error, "表决进行期间变更了名册",
          "the roster changed while a vote was open"},
    Words{threshold_malformed, "threshold_malformed", error, "法定人数的比例不合规定",
          "the quorum is not a fraction that may stand there"},
    Words{sitting_out_of_order, "sitting_out_of_order", error, "会议程序顺序不符",
          "a step of the sitting out of order"},
    Words{attendance_miscounted, "attendance_miscounted", error, "应到、实到或法定人数与记录不符",
          "due, present or quorum are not what the record says"},
    Words{quorum_not_met, "quorum_not_met", error, "出席人数不足法定人数", "the quorum was not present"},
    Words{agenda_out_of_order, "agenda_out_of_order", error, "议程顺序不符",
          "a step of the agenda out of order"},
    Words{agenda_miscounted, "agenda_miscounted", error, "通过的议题数与记录不符",
          "the number of items adopted is not what the record says"},
    Words{attendance_out_of_order, "attendance_out_of_order", error, "签到或签退顺序不符",
          "a sign-in or sign-out out of order"},
    Words{attendance_not_a_member, "attendance_not_a_member", error, "签到者不是该机构组成人员",
          "attendance of somebody who is not a member of the body"},
    Words{vote_out_of_order, "vote_out_of_order", error, "表决程序顺序不符",
          "a step of the vote out of order"},
    Words{vote_secret, "vote_secret", error, "无记名表决：本程序不能核验",
          "a secret vote, which this program cannot verify"},
    Words{profile_malformed, "profile_malformed", error, "表决规则自相矛盾", "the rule contradicts itself"},
    Words{profile_changed, "profile_changed", error, "开启表决时的规则不是准备时的规则",
          "the rule frozen at opening is not the one prepared"},
    Words{text_changed, "text_changed", error, "开启表决时的文本不是准备时的文本",
          "the text frozen at opening is not the one prepared"},
    Words{base_changed, "base_changed", error, "开启表决时的基数不是准备时的基数",
          "the base number frozen at opening is not the one prepared"},
    Words{rule_not_adopted, "rule_not_adopted", error, "表决规则不是本机构采用的规则，或决定与规则不符",
          "the rule is none the body adopted, without a decision, or a decision nothing asked for"},
    Words{base_without_reason, "base_without_reason", error, "表决基数与名册人数不同而未说明理由",
          "the base number differs from the roster without a reason"},
    Words{electorate_wrong, "electorate_wrong", error, "参加表决的名单与开启时出席的组成人员不符",
          "the electorate is not exactly the members present at opening"},
    Words{window_wrong, "window_wrong", error, "表决截止时间与规则不符",
          "the closing time does not follow from the rule"},
    Words{attempt_wrong, "attempt_wrong", error, "不是同一问题的下一次表决",
          "not the next attempt at the same question"},
    Words{another_vote_open, "another_vote_open", error, "同一会议的另一项表决尚未结束",
          "another vote of the sitting was still open"},
    Words{cast_while_not_open, "cast_while_not_open", error, "表决未在进行时按键",
          "a press while the vote was not open"},
    Words{cast_too_late, "cast_too_late", error, "截止时间之后按键", "a press after the closing time"},
    Words{cast_by_outsider, "cast_by_outsider", error, "按键者不在本次表决的名单中",
          "a press by somebody outside the electorate"},
    Words{cast_by_absent, "cast_by_absent", error, "按键者已签退", "a press by a member who had signed out"},
    Words{cast_again, "cast_again", error, "以第一次按键为准，却记录了第二次按键",
          "a second press where the first counts"},
    Words{closed_too_early, "closed_too_early", error, "计时结束表决早于截止时间，或规则没有计时",
          "closed by the timer before its time, or under a rule without one"},
    Words{decision_missing, "decision_missing", error, "表决结束后没有紧接着计票",
          "voting was closed and not decided in the same breath"},
    Words{decision_without_close, "decision_without_close", error, "表决尚未结束即计票",
          "decided without having been closed"},
    Words{tally_wrong, "tally_wrong", error, "票数与逐票重算不符",
          "the figures are not what the presses add up to"},
    Words{groups_wrong, "groups_wrong", error, "分组票数与逐票重算不符",
          "the figures of the groups are not what the presses add up to"},
    Words{left_wrong, "left_wrong", error, "表决期间离场人数与记录不符",
          "the number of members who left is not what the record says"},
    Words{outcome_wrong, "outcome_wrong", error, "表决结果与票数和规则不符",
          "the outcome does not follow from the figures and the rule"},
    Words{void_unfounded, "void_unfounded", error, "以不足法定人数为由作废，而当时法定人数仍在",
          "void for lost quorum while the quorum was there"},
    Words{announced_changed, "announced_changed", error, "宣布结果之后又有变动",
          "something was changed after the result was announced"},
    Words{cast_not_in_person, "cast_not_in_person", error, "以视频方式出席或举手表决的人员按了表决器",
          "a press by a member who attends by video or whose hand is counted"},
    Words{hands_wrong, "hands_wrong", error, "举手数不可能成立，或与计票人清点的不符",
          "hands that cannot have been counted, or not as the tellers counted them"},
    Words{hands_not_agreed, "hands_not_agreed", error, "计票人清点一致之前即结束表决",
          "closed before enough tellers had counted alike"},
    Words{objection_wrong, "objection_wrong", error, "提出异议者无权提出，或重复提出",
          "an objection by somebody who could not object, or did so already"},
    Words{objection_ignored, "objection_ignored", error, "有人提出异议而仍以无异议方式通过",
          "adopted without objection although there was one"},
    Words{method_wrong, "method_wrong", error, "无人提出异议而改变表决方式，或所改方式不可行",
          "the method was switched without an objection, or to none that counts"},
    Words{agenda_not_adopted, "agenda_not_adopted", error, "议程表决通过后没有紧接着记录议程的通过",
          "the vote on the agenda passed and its adoption did not follow in the same breath"},
    Words{state_not_replayed, "state_not_replayed", notice, "状态摘要须由服务程序重放核对，本程序不核对",
          "the state hash is checked by replaying in the server; this program does not"},
    Words{log_recovered, "log_recovered", notice, "重启时切除了未写完且从未确认的尾部",
          "a tail that was never finished nor acknowledged was cut off at a restart"},
    Words{rule_departed, "rule_departed", notice, "表决采用其他规则，已说明由谁决定和理由",
          "the vote departs from the adopted rules, by a decision with a reason"},
    Words{base_overridden, "base_overridden", notice, "表决基数与名册人数不同，已说明理由",
          "the base number differs from the roster, with a reason"},
    Words{too_many_findings, "too_many_findings", error, "问题过多，其余从略",
          "too many findings; the others are left out"},
    Words{leave_out_of_order, "leave_out_of_order", error, "请假或缺席记录与到会情况矛盾",
          "leave or absence of somebody for whom it could not be"},
    Words{attendee_out_of_order, "attendee_out_of_order", error, "列席人员的登记或取消与记录矛盾",
          "an attendee admitted or dismissed when that could not be"},
    Words{floor_out_of_order, "floor_out_of_order", error, "发言程序顺序不符",
          "a step of the floor out of order"},
    Words{speaker_not_admitted, "speaker_not_admitted", error, "发言者不是组成人员或列席人员，或不在会场",
          "somebody spoke who is neither a member nor a non-voting attendee, or was not there"},
    Words{speech_after_vote, "speech_after_vote", error, "付表决之后发言而未说明理由",
          "a speech after the vote was put, without a reason"},
    Words{speech_time_wrong, "speech_time_wrong", error, "发言用时与起止时间不符",
          "the time used is not the time between getting and losing the floor"},
    Words{minutes_changed, "minutes_changed", error, "签字的发言记录不是最新记录",
          "the minutes signed are not the newest on record"},
    Words{ballots_wrong, "ballots_wrong", error, "票数不可能成立，或与计票人清点的不符",
          "ballots that cannot have been counted, or not as the tellers counted them"},
    Words{ballots_not_agreed, "ballots_not_agreed", error, "清点一致或各处合计相符之前即结束投票",
          "closed before enough tellers had counted alike, or while rooms did not add up"},
    Words{list_wrong, "list_wrong", error, "票上的名单或测评项目不合规定",
          "what stands on the ballots cannot be put to the vote like this"},
    Words{follow_wrong, "follow_wrong", error, "再次投票或另行选举没有依据，或不限于所余名额",
          "a re-vote or separate election that nothing called for, or not of what was left"},
    Words{scrutineers_wrong, "scrutineers_wrong", error, "监票人未经会议通过，或是本次选举的候选人",
          "scrutineers the assembly did not approve, or who stand in the election"},
    Words{candidate_counts, "candidate_counts", error, "候选人参加了计票", "a candidate counted the ballots"},
    Words{series_wrong, "series_wrong", error, "成批表决的次序有误",
          "not in the place of the series it says"},
    Words{body_in_use, "body_in_use", error, "被删除的机构已有会议，或有机构隶属于它",
          "a body removed that was convened, or that another body belongs to"},
    Words{override_missing, "override_missing", error, "程序差错未经任何人决定即被放过",
          "a procedural error that nobody set aside"},
    Words{override_wrong, "override_wrong", error, "放过了并不存在的程序差错",
          "set aside a procedural error that was not there"},
    Words{sequel_wrong, "sequel_wrong", error, "不可能成立的任前登记、同票决定、批准、宣誓或撤销",
          "a qualification, tie decision, approval, oath or annulment that could not be"},
    Words{step_overridden, "step_overridden", notice, "经决定不受该程序要求限制",
          "a procedural error was set aside"},
    Words{election_method_unknown, "election_method_unknown", notice, "选举时本机构尚未采用选举办法",
          "an election by a body that had adopted no rules"},
    Words{result_annulled, "result_annulled", notice, "已宣布的结果被撤销",
          "an announced result was annulled"},
    Words{key_ceremony_wrong, "key_ceremony_wrong", error, "密钥生成的步骤或消息不合规程",
          "a step or message of the key ceremony that does not follow from those before"},
    Words{election_key_wrong, "election_key_wrong", error, "选举密钥与各持有人的消息不符",
          "the election key is not what the messages of the holders make"},
    Words{office_in_use, "office_in_use", error, "免去了当时不可缺少的工作人员",
          "an officer dismissed without whom things could not go on"},
    Words{draft_wrong, "draft_wrong", error, "所指的草案不是该议题的公开文件",
          "the draft named is no public paper of the item"},
    Words{off_the_agenda, "off_the_agenda", notice, "全体会议上不属于任何议题的表决",
          "a vote of the plenary that belongs to no item"},
    Words{suspension_wrong, "suspension_wrong", error, "暂停或恢复执行职务的记录不可能成立",
          "a suspension or reinstatement that could not be, or nobody signed out with it"},
    Words{suspended_acts, "suspended_acts", error, "已暂停执行职务的人员参加了会议",
          "a suspended member took part"},
    Words{base_not_confirmed, "base_not_confirmed", error, "与名册不同的表决基数未经第二人确认",
          "a base number other than the roster's that no second person confirmed"},
    Words{split_wrong, "split_wrong", error, "从合并表决中分出的单独表决不可能成立",
          "taken out of a combined vote when that could not be"},
    Words{suggestion_wrong, "suggestion_wrong", error, "代表建议的办理步骤与之前的记录不符",
          "a step of a suggestion that does not follow from those before"},
    Words{evaluation_wrong, "evaluation_wrong", error, "建议评价不可能成立，或统计与各项评价不符",
          "an evaluation that could not be, or figures that do not add up"},
    Words{petition_wrong, "petition_wrong", error, "联名的步骤与之前的记录不符",
          "a step of a joint signature that does not follow from those before"},
    Words{signatures_wrong, "signatures_wrong", error, "联名提交时的人数与签名不符或不足",
          "handed in with figures other than those who signed, or with too few"},
    Words{console_wrong, "console_wrong", error, "表决器登记没有有效的密钥证明，或所用密钥属于他人",
          "a console enrolled without proof that it holds its key, or by a key that is somebody "
          "else's"},
    Words{codes_wrong, "codes_wrong", error, "发放登录码未指明对象，或份数多于该机构人数",
          "access codes issued for nobody that is named, or more than there are members"},
    Words{console_without_code, "console_without_code", error, "登记表决器之前没有发放新的登录码",
          "a console enrolled by a member who was given no new access code since the one before"},
    Words{voting_key_wrong, "voting_key_wrong", error, "登记表决密钥的人不在会场，或证明不成立",
          "a voting key of somebody who is not there in person, or without a proof that holds"},
    Words{secret_vote_wrong, "secret_vote_wrong", error, "无记名表决不可能有的规则或步骤，或用于非无记名表决",
          "a rule or step that a secret vote cannot have, or that no other vote has"},
    Words{question_wrong, "question_wrong", error, "选票所绑定的问题与付表决的文本或形式不符",
          "the question the ballots are bound to is not the text and shape put to the vote"},
    Words{roll_wrong, "roll_wrong", error, "表决名单的轮次、内容、根或生成元不可能成立",
          "a round, list, root or generator of a roll that cannot be"},
    Words{roll_members_wrong, "roll_members_wrong", error, "表决名单与在场且已登记表决密钥的人员不符",
          "the roll is not exactly those who were there in person with a voting key"},
    Words{acknowledgements_wrong, "acknowledgements_wrong", error,
          "名单确认不是每台表决器一份，或有其他设备的确认",
          "the acknowledgements are not one by each console of the list and by no other"},
    Words{context_wrong, "context_wrong", error, "开启时的上下文与名单、规则、密钥不符",
          "the context the ballots are bound to is not that of list, rule and keys"},
    Words{press_in_secret_vote, "press_in_secret_vote", error, "无记名表决中记录了具名按键",
          "a press with a name in a secret vote"},
    Words{box_out_of_order, "box_out_of_order", error, "票箱步骤顺序不符",
          "a step of the ballot box out of order"},
    Words{box_changed, "box_changed", error, "票箱文件与封存时所记不符，或内容不合规定",
          "the box file is not what was sealed, or holds what no box may hold"},
    Words{ballot_wrong, "ballot_wrong", error, "票箱中有证明不成立或抄自他票的选票",
          "a ballot in the box whose proofs do not hold, or that copies another"},
    Words{ballot_of_outsider, "ballot_of_outsider", error, "票箱中有不在名单上的票",
          "the box holds a ballot or spoil of nobody on the list"},
    Words{spoil_wrong, "spoil_wrong", error, "票箱中有并非本人作出的作废声明",
          "a spoil that the owner of its ballot did not make"},
    Words{confirmations_wrong, "confirmations_wrong", error, "票箱确认不是名单上的表决器所作，或数目不符",
          "confirmations of the box that are not by consoles of the list, or another number of them"},
    Words{share_wrong, "share_wrong", error, "解密份额与所记不符、重复，或不是持有人所述",
          "a decryption share that is not as recorded, given twice, or not said by its holder"},
    Words{totals_wrong, "totals_wrong", error, "开启的合计与解密份额不符，或不可能成立",
          "totals that are not what the shares open, or that so many ballots cannot add up to"},
    Words{shredding_wrong, "shredding_wrong", error, "票箱密钥在不应销毁时销毁，或重复销毁",
          "the key of a ballot box destroyed when it may not be, or twice"},
    Words{secret_unseen, "secret_unseen", notice,
          "本存证包是公开的，不含名单、确认、票箱和表决密钥登记：选票的证明、合计的解密和实际参加的表"
          "决器未予核验，其余均已核验",
          "this bundle is public and holds no lists, acknowledgements, boxes or registrations: "
          "proofs of ballots, the decryption of totals and which consoles took part were not "
          "looked at; everything else was"},
    Words{seq_reused, "seq_reused", notice, "有表决器用同一序号发送了另一张选票，后一张未予采用",
          "a console sent another ballot under a number that had one; the later one was refused"},
    Words{box_contested, "box_contested", notice, "有表决器报告票箱与其所知不符",
          "a console reported that the box does not hold what it must"},
    Words{share_refused, "share_refused", notice, "密钥持有人给出的解密份额不成立，未予采用",
          "a key holder gave a share that does not hold; it counts nothing"},
    Words{share_overridden, "share_overridden", notice, "确认票箱的表决器不足，密钥持有人仍决定给出份额",
          "a share was given although not enough consoles had confirmed the box, as its holder "
          "decided"},
    Words{lists_nearly_alike, "lists_nearly_alike", notice,
          "与此前已开启合计的一次表决相比，名单只差少数人：两次合计之差可能泄露这几个人的表决",
          "the list differs by few members from that of a vote opened before: the difference of "
          "the totals may tell how these voted"},
    Words{box_not_shredded, "box_not_shredded", notice, "票箱密钥已无用处，记录中没有它的销毁",
          "the key of a ballot box is of no more use, and its destruction is not on record"},
    Words{builds_wrong, "builds_wrong", error, "核定的表决器程序不能成立，或在无记名表决进行中核定",
          "console programs that cannot be pinned like this, or while a secret vote was under way"},
    Words{build_other, "build_other", notice, "名单上有表决器运行的不是核定的程序，按演练计",
          "consoles of the list ran a program that was not pinned: for them it was a rehearsal"},
    Words{erasure_wrong, "erasure_wrong", error, "密钥份额的销毁声明不能成立",
          "a share is said to be erased that cannot be, or its holder did not sign it"},
    Words{lists_unseen, "lists_unseen", notice,
          "本存证包是成员的，不含名单、确认签名和表决密钥登记：选票是否都出自名单上的人、哪些表决器作过确"
          "认未予核验；每张票的证明、票箱、解密份额和合计等其余内容均已核验",
          "this bundle is a member's and holds no lists, acknowledgements, confirmations or "
          "registrations: whether every ballot is of somebody on the list and which consoles "
          "confirmed was not looked at; proofs of ballots, boxes, shares, totals and the rest were"},
    Words{cosignature_wrong, "cosignature_wrong", error, "密钥持有人所签署的检查点不属于本记录，或签名无效",
          "what a key holder cosigned is not this record, or its signature does not hold"},
    Words{share_not_cosigned, "share_not_cosigned", notice,
          "密钥持有人未签署记录的检查点：只有服务器能证明其所见为本记录",
          "a key holder did not cosign the record: that it saw this one is said by the server alone"},
};

constexpr const Words& words_of(AuditCode code)
{
    return words.at(static_cast<std::size_t>(code));
}

constexpr bool in_order()
{
    for (std::size_t i = 0; i < words.size(); ++i)
        if (static_cast<std::size_t>(words[i].code) != i) return false;
    return words.back().code == share_not_cosigned;
}
static_assert(in_order(), "one row a code, in the order of the enumeration");

} // namespace

std::string_view name_of(AuditCode code)
{
    return words_of(code).name;
}

AuditFinding finding(AuditCode code, std::optional<std::uint64_t> seq, LocalText detail)
{
    const auto& row = words_of(code);
    LocalText sentence{row.zh, row.en};
    if (!detail.zh.empty()) sentence.zh += "：" + detail.zh;
    if (!detail.en.empty()) sentence.en += ": " + detail.en;
    return {row.severity, code, seq, std::move(sentence)};
}

AuditFinding finding(AuditCode code, std::optional<std::uint64_t> seq, const std::string& detail)
{
    return finding(code, seq, LocalText{detail, detail});
}

void Findings::add(AuditFinding found)
{
    if (found.severity == error) ++errors_;
    if (kept_.size() < findings_max) {
        kept_.push_back(std::move(found));
    } else {
        ++left_out_;
    }
}

std::vector<AuditFinding> Findings::take()
{
    if (left_out_ > 0) kept_.push_back(finding(too_many_findings, {}, std::to_string(left_out_)));
    left_out_ = 0;
    return std::move(kept_);
}

} // namespace plenum::audit
