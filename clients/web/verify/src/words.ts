// What a check is called and what it found, in Chinese and in English.

export type Words = { zh: string; en: string }
export type Language = keyof Words

export function words(zh: string, en: string): Words {
  return { zh, en }
}

/** Said and recomputed, one after the other. */
export function said_and_found(said: string, found: string): Words {
  return words(`记录为${said}，核算为${found}`, `recorded ${said}, recomputed ${found}`)
}

export type CheckName =
  | 'archive'
  | 'manifest'
  | 'key'
  | 'checkpoint'
  | 'tree'
  | 'tiles'
  | 'history'
  | 'blobs'
  | 'entries'
  | 'votes'
  | 'secret'

/** What a bundle holds of secret votes: nothing but results, the boxes, or everything auditors have. */
export type BundleKind = 'public' | 'member' | 'auditor'
export const bundle_kinds: readonly string[] = ['public', 'member', 'auditor'] satisfies BundleKind[]

/** What a green line says. */
export const check_titles: Record<CheckName, Words> = {
  archive: words('文件完整，没有一个字节被改动', 'The file is whole, not one byte of it was changed'),
  manifest: words('包内文件与清单逐一相符', 'The files are those of its list, no others'),
  key: words('公钥有效', 'The key of the log is in order'),
  checkpoint: words('检查点由该公钥签名', 'The checkpoint is signed by that key'),
  tree: words('全部条目得出签名的根', 'All entries together lead to the signed root'),
  tiles: words('散列文件与重新计算的一致', 'The files of hashes are what they should be'),
  history: words(
    '以前公布的检查点都属于这份记录',
    'Every checkpoint published earlier belongs to this record',
  ),
  blobs: words('附属内容与条目中的摘要相符', 'Attached content has the digests the entries name'),
  entries: words('条目格式规范、编号与时间连续', 'Entries are well formed and in order of number and time'),
  votes: words('表决结果按记录重新计算无误', 'The results of the votes were recomputed from the record'),
  secret: words(
    '无记名表决：名单、确认、每张选票、票箱、解密份额与合计都成立',
    'Secret votes: lists, confirmations, every ballot, boxes, shares and totals hold',
  ),
}

/** Of a member's bundle, which holds the boxes and neither lists nor confirmations. */
const members_secret_title = words(
  '无记名表决：每张选票、票箱、解密份额与合计都成立',
  'Secret votes: every ballot, boxes, shares and totals hold',
)

/** What a green line says of a bundle of this kind. */
export function check_title(name: CheckName, kind: BundleKind | null): Words {
  return name === 'secret' && kind === 'member' ? members_secret_title : check_titles[name]
}

const archive_words = {
  archive_damaged: words(
    '文件末行的摘要与前面的内容不符：文件在传输或保存中损坏，或者被人改动。请重新取得原件再核验',
    'The digest in the last line does not belong to the bytes before it: the file was damaged or changed. ' +
      'Fetch the original again and check that',
  ),
  archive_malformed: words(
    '不是规定格式的归档文件',
    'This is not an archive in the one form a bundle may have',
  ),
  file_missing: words('缺少文件', 'A file is missing'),
  file_unlisted: words('文件不在清单中', 'A file is not on the list'),
  file_changed: words('文件内容与清单中的摘要不符', 'A file is not what the list says'),
  file_unexpected: words('记录中没有要求这个文件', 'Nothing in the record asks for this file'),
  manifest_malformed: words('清单不符合规定格式', 'The list of files is not in its prescribed form'),
  manifest_differs: words(
    '清单与签名的检查点说法不同',
    'The list says something else than the signed checkpoint',
  ),
}

const log_words = {
  key_malformed: words('公钥文件无效', 'The file of the key holds no key'),
  key_not_expected: words('不是您指定的公钥', 'This is not the key you said you trust'),
  checkpoint_unsigned: words('检查点没有有效签名', 'The checkpoint carries no valid signature'),
  checkpoint_contradicted: words(
    '条目得不出签名的根：有条目被改动、增加或删除',
    'The entries do not lead to the signed root: some were changed, added or removed',
  ),
  tile_malformed: words('条目文件无法拆分', 'A file of entries does not split into entries'),
  tile_changed: words('散列文件与重新计算的不同', 'A file of hashes differs from what it should be'),
  history_unsigned: words('以前的检查点没有有效签名', 'An earlier checkpoint carries no valid signature'),
  history_misnamed: words(
    '检查点的大小与文件名不符',
    'A checkpoint stands under another size than its own',
  ),
  history_contradicted: words(
    '以前公布的检查点不属于这份记录：记录被改写过',
    'A checkpoint published earlier is not part of this record: it was rewritten',
  ),
  blob_changed: words('附属内容与摘要不符', 'Attached content does not have the digest it is named by'),
}

const record_words = {
  entry_malformed: words('条目不符合规定格式', 'An entry is not in its prescribed form'),
  entry_misplaced: words('条目编号与位置不符', 'The number of an entry is not its place'),
  log_start_wrong: words(
    '第一条不是以签名名称建立的记录',
    'The first entry does not found the log under its signed name',
  ),
  epoch_backwards: words('任期编号倒退', 'An earlier leadership wrote after a later one'),
  time_missing: words('条目缺少时间', 'An entry has no time'),
  time_backwards: words('条目时间倒退', 'An entry is earlier than the one before'),
  profile_changed: words('表决时的规则不是准备时的规则', 'The rule at the vote is not the one prepared'),
  text_changed: words('表决稿不是准备时的文本', 'The text put to the vote is not the one prepared'),
  base_changed: words('基数与名册不符', 'The base number is not that of the roster'),
  electorate_wrong: words(
    '表决人与当时签到的人不同',
    'The electors are not the members who were signed in',
  ),
  vote_out_of_order: words('表决步骤顺序不对', 'A step of the vote does not follow from the one before'),
  cast_not_counted: words('一次不该有的按键没有计入', 'A press that may not be was not counted'),
  hands_not_agreed: words('计票人的举手结果不一致', 'The tellers do not agree on the hands'),
  objection_ignored: words(
    '有人提出异议，却按无异议通过',
    'Adopted without objection though there was one',
  ),
  tally_wrong: words('票数与按键的合计不符', 'The figures are not what the presses add up to'),
  groups_wrong: words('分组票数不符', 'The figures of the groups are wrong'),
  left_wrong: words('离场人数不符', 'The number of those who left is wrong'),
  outcome_wrong: words('结果与票数不符', 'The figures do not mean what was recorded'),
}

const secret_words = {
  vote_secret: words(
    '本程序不能核验这种形式的无记名表决',
    'A secret vote of a kind this program cannot check',
  ),
  election_key_wrong: words(
    '选举密钥不是各持有人的消息所生成的',
    'The election key is not the one the messages of its holders make',
  ),
  console_wrong: words(
    '表决器登记没有有效证明，或密钥属于他人',
    'A console was enrolled without a proof that holds, or by a key that is somebody else’s',
  ),
  codes_wrong: words(
    '发放登录码未指明对象，或份数多于该机构人数',
    'Access codes issued for nobody that is named, or more than there are members',
  ),
  console_without_code: words(
    '登记表决器之前没有发放新的登录码',
    'A console enrolled by a member who was given no new access code since the one before',
  ),
  voting_key_wrong: words(
    '登记表决密钥的人不在会场，或证明不成立',
    'A voting key of somebody who is not there, or without a proof that holds',
  ),
  secret_vote_wrong: words(
    '无记名表决不可能有的规则或步骤',
    'A rule or step that a secret vote cannot have, or that no other vote has',
  ),
  question_wrong: words(
    '选票所绑定的问题不是付表决的文本',
    'The ballots are bound to another question than was put to the vote',
  ),
  roll_wrong: words('表决名单不可能成立', 'The list of a secret vote is none that can be'),
  roll_members_wrong: words(
    '表决名单与在场并登记了密钥的人员不符',
    'The list is not exactly those who were there with a voting key',
  ),
  acknowledgements_wrong: words(
    '名单没有得到每台表决器恰好一次的确认',
    'The list was not acknowledged once by each of its consoles and by no other',
  ),
  context_wrong: words(
    '选票所绑定的上下文与名单、规则、密钥不符',
    'What the ballots are bound to is not the list, rule and keys of the vote',
  ),
  hand_wrong: words(
    '写下这一步的不是应当写它的人或服务器',
    'This step was written by somebody whose step it is not, or by the server instead',
  ),
  press_in_secret_vote: words('无记名表决中出现具名按键', 'A press with a name in a secret vote'),
  box_out_of_order: words('票箱步骤顺序不对', 'A step of the ballot box does not follow'),
  box_changed: words(
    '票箱文件与封存时的记录不符',
    'The box file is not what was sealed, or holds what no box may',
  ),
  ballot_wrong: words('有选票的证明不成立', 'The proof of a ballot does not hold'),
  ballot_of_outsider: words('票箱中有不在名单上的票', 'The box holds a ballot of nobody on the list'),
  spoil_wrong: words('有并非本人作出的作废声明', 'A spoil that the owner of the ballot did not make'),
  confirmations_wrong: words(
    '票箱确认不成立或数目不符',
    'Confirmations of the box do not hold, or are not as many as recorded',
  ),
  share_wrong: words(
    '解密份额与记录不符、重复或不是持有人所述',
    'A share is not as recorded, given twice, or not said by its holder',
  ),
  totals_wrong: words(
    '合计不是解密份额所开启的，或不可能成立',
    'The totals are not what the shares open, or cannot be',
  ),
  shredding_wrong: words(
    '票箱密钥在不应销毁时销毁或重复销毁',
    'The key of a box was destroyed when it may not be, or twice',
  ),
  builds_wrong: words(
    '核定的表决器程序不能成立，或在无记名表决进行中核定',
    'Console programs that cannot be pinned like this, or while a secret vote was under way',
  ),
  erasure_wrong: words(
    '密钥份额的销毁声明不能成立',
    'A share is said to be erased that cannot be, or its holder did not sign it',
  ),
  cosignature_wrong: words(
    '密钥持有人所签署的检查点不属于本记录，或签名无效',
    'What a key holder cosigned is not this record, or its signature does not hold',
  ),
  void_unfounded: words('作废没有依据', 'A vote was made void without the reason given'),
}

/** What is worth knowing and keeps no bundle from being verified. */
export const notice_words = {
  secret_unseen: words(
    '公开的存证包不含名单、确认、票箱和密钥登记：选票的证明和合计的解密未核验，其余均已核验',
    'A public bundle holds no lists, acknowledgements, boxes or registrations: proofs of ballots and the ' +
      'decryption of totals were not looked at; everything else was',
  ),
  lists_unseen: words(
    '成员的存证包不含名单、确认和密钥登记：选票是否都出自名单上的人、哪些表决器作过确认未核验，其余均已核验',
    'A member’s bundle holds no lists, acknowledgements, confirmations or registrations: whether every ' +
      'ballot is of somebody on the list and which consoles confirmed was not looked at; everything else was',
  ),
  seq_reused: words(
    '有表决器用同一序号发送了另一张选票，后一张未予采用',
    'A console sent another ballot under a number that had one; the later one was refused',
  ),
  box_contested: words(
    '有表决器报告票箱与其所知不符',
    'A console reported that the box does not hold what it must',
  ),
  share_refused: words(
    '密钥持有人给出的份额不成立，未予采用',
    'A key holder gave a share that does not hold; it counts nothing',
  ),
  share_overridden: words(
    '确认票箱的表决器不足，持有人仍决定给出份额',
    'A share was given although not enough consoles had confirmed the box',
  ),
  share_not_cosigned: words(
    '密钥持有人未签署记录的检查点：只有服务器能证明其所见为本记录',
    'A key holder did not cosign the record: that it saw this one is said by the server alone',
  ),
  lists_nearly_alike: words(
    '与此前开启的一次表决名单只差少数人，两次合计之差可能泄露他们的表决',
    'The list differs by few members from that of a vote opened before: the difference of the totals may ' +
      'tell how these voted',
  ),
  box_not_shredded: words(
    '票箱密钥已无用处，记录中没有它的销毁',
    'The key of a box is of no more use, and its destruction is not on record',
  ),
  build_other: words(
    '名单上有表决器运行的不是核定的程序，按演练计',
    'Consoles of the list ran a program that was not pinned: for them it was a rehearsal',
  ),
}
export type NoticeName = keyof typeof notice_words

/** What a red line says. */
export const finding_words = { ...archive_words, ...log_words, ...record_words, ...secret_words }
export type FindingName = keyof typeof finding_words

/** One thing found wrong. */
export type Finding = {
  check: CheckName
  name: FindingName
  /** The entry concerned. */
  seq?: number
  /** The vote concerned. */
  vote?: number
  detail: Words
}

/** One thing worth knowing. */
export type Notice = { name: NoticeName; seq?: number; vote?: number; detail: Words }

export function sentence_of(found: Finding | Notice, language: Language): string {
  const { name, seq, detail } = found
  const said = { ...finding_words, ...notice_words }[name]
  const where = seq === undefined ? '' : language === 'zh' ? `（条目${seq}）` : ` (entry ${seq})`
  const more = detail[language] === '' ? '' : language === 'zh' ? `：${detail.zh}` : `: ${detail.en}`
  return `${said[language]}${where}${more}`
}
