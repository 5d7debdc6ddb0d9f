import { words, type Words } from './src/words'

/** What the page itself says. */
export const texts = {
  title: words('独立核验', 'Independent check'),
  claim: words(
    '这个页面自己从头核验一份会议记录：文件、签名、散列树、每次表决的票数与结果。' +
      '它与会议系统的程序没有共用的代码，文件只在您的设备上读取，不上传到任何地方。',
    'This page checks a record of a meeting by itself, from the bytes up: files, signature, hash ' +
      'tree, the figures ' +
      'and result of every vote. It shares no code with the meeting system. The file is read on your ' +
        'device only ' +
      'and sent nowhere.',
  ),
  drop: words('选择或拖入记录文件', 'Choose a record file or drop it here'),
  drop_hint: words(
    '由会议系统导出，扩展名为 .plenum 或 .tar',
    'As the meeting system exports it: .plenum or .tar',
  ),
  trusted: words('另行公布的公钥（可选）', 'The key as published elsewhere (optional)'),
  trusted_hint: words(
    '文件里的公钥不能证明自己。请填入公告或纸质件上的公钥，核验时比对。',
    'The key in a file proves nothing about itself. Enter the one from a notice or a printed sheet ' +
      'to compare them.',
  ),
  checking: words('正在核验……', 'Checking…'),
  good: words('核验通过', 'Verified'),
  good_words: words('所有检查都通过。', 'Every check came out right.'),
  good_untrusted: words(
    '所有检查都通过。公钥未与另行公布的比对：请核对下面的公钥。',
    'Every check came out right. The key was not compared with one published elsewhere: compare the ' +
      'one below.',
  ),
  bad: words('核验不通过', 'Not verified'),
  bad_words: words('红色各项说明了哪里不对。', 'The red lines say what is wrong.'),
  failed: words('无法读取文件', 'The file cannot be read'),
  state_good: words('相符', 'right'),
  state_bad: words('不符', 'wrong'),
  state_unseen: words('未核验', 'not looked at'),
  more: words('另有更多同类问题', 'and more of this kind'),
  log: words('记录名称', 'Log'),
  key: words('公钥', 'Key'),
  entries: words('条目数', 'Entries'),
  root: words('根散列', 'Root'),
  checks: words('检查', 'Checks'),
  votes: words('表决', 'Votes'),
  no_votes: words('记录中没有表决。', 'There is no vote in the record.'),
  vote_title: words('表决事项', 'Question'),
  approve: words('赞成', 'Approve'),
  oppose: words('反对', 'Oppose'),
  abstain: words('弃权', 'Abstain'),
  not_pressed: words('未按', 'Not pressed'),
  result: words('结果', 'Result'),
  checked: words('核验', 'Check'),
  attempt: words('第{n}次', 'attempt {n}'),
  paper: words('纸质票：本页不重算，请用 plenum-audit', 'on paper: not recounted here, use plenum-audit'),
  tracker: words('查找我的秘密票', 'Find my secret ballot'),
  tracker_hint: words(
    '输入按键后屏幕上显示的16位追踪码。',
    'Enter the tracker of 16 characters the console showed after you pressed.',
  ),
  tracker_find: words('查找', 'Find'),
  tracker_malformed: words('追踪码是16位字母和数字。', 'A tracker is 16 letters and digits.'),
  secret: words('无记名', 'secret'),
  secret_figures: words(
    '名单{n}，票箱{m}票，确认{c}，份额{s}/{k}，签署记录的密钥持有人{w}',
    'list of {n}, {m} ballots in the box, {c} confirmed, {s} shares of {k}, record cosigned by {w} holders',
  ),
  proofs_checked: words('每张票的证明成立', 'every ballot’s proof holds'),
  proofs_unseen: words('选票未核验', 'ballots not looked at'),
  elected: words('当选或入选', 'elected'),
  tied: words('票数相等', 'tied'),
  notices: words('说明', 'Worth knowing'),
  language: words('语言', 'Language'),
} satisfies { [name: string]: Words }

/** Results and states of votes. */
export const vote_words: { [name: string]: Words } = {
  counted: words('计票完毕', 'counted'),
  passed: words('通过', 'passed'),
  not_passed: words('未通过', 'not passed'),
  adopted_no_objection: words('无异议通过', 'adopted without objection'),
  invalid_low_participation: words('参加人数不足，无效', 'invalid: too few took part'),
  void_more_collected: words('收回多于发出，无效', 'invalid: more collected than issued'),
  prepared: words('未开始', 'not opened'),
  open: words('进行中', 'open'),
  held: words('暂停', 'held'),
  closed: words('已结束', 'closed'),
  voided: words('作废', 'void'),
}
