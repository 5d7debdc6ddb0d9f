import { afterEach, describe, expect, it } from 'vitest'
import { script_words } from '../src/chair/step_words'
import { choose_language } from '../src/messages/words.svelte'
import type { Step, StepName } from '../src/state/next_step'
import type {
  BallotBox,
  GradesDecided,
  GradesSheet,
  ListKind,
  ListVotes,
  PlacesOutcome,
  ResultView,
  Verdict,
  VoteMethod,
  VoteView,
} from '../src/wire/types'
import { a_result, a_sitting, a_vote, an_agenda, an_item, some_counts } from './views'

const waiting = { by: 'ballots', why: null } as const

function a_step(name: StepName, changes: Partial<Step> = {}): Step {
  return { name, action: null, blocked: null, vote: null, item: null, speaker: '', ...changes }
}

function said(step: Step): string {
  const draft = an_item(31, 'draft')
  return script_words(step, a_sitting(), an_agenda([draft, { ...draft, id: 32 }]))
}

const motion = a_vote({ title: '关于预算的决议' })
const by = (vote_method: VoteMethod, changes: Partial<VoteView> = {}) => ({
  ...motion,
  vote_method,
  ...changes,
})

/** On paper, counted so far as the boxes go. */
function counted(box: BallotBox | null, changes: Partial<VoteView> = {}): VoteView {
  const none = { rooms: [], counted: [], missing: null, rooms_of_groups: [] }
  const ballots = { electors: 331, agreed: true, box, ...none }
  return by('paper', { ballots, ...changes })
}

function result(changes: Partial<ResultView>, verdict: Verdict = 'counted'): ResultView {
  const outcome = { verdict, findings: [], participation: null }
  return { ...a_result(), ...changes, outcome }
}

function tally(verdict: Verdict, [approve, oppose, abstain, not_pressed]: readonly number[]) {
  const four = { approve: approve!, oppose: oppose!, abstain: abstain!, not_pressed: not_pressed! }
  return result({ tally: four }, verdict)
}

const line = (name: string, approve: number, oppose = 0, abstain = 0, is_write_in = false) => ({
  name,
  approve,
  oppose,
  abstain,
  is_write_in,
})

function chosen(list_kind: ListKind, list: ListVotes[], outcome: Partial<PlacesOutcome>): VoteView {
  const places = {
    counted: { issued: 331, collected: 330, invalid: 2, list },
    outcome: {
      status: 'complete' as const,
      base: 352,
      need: 177,
      elected: [0],
      tied: [],
      tied_places: 0,
      unfilled: 0,
      ...outcome,
    },
  }
  const list_of = list_kind === 'projects' ? 'projects' : 'persons'
  return by('paper', { list: { list_kind } as VoteView['list'], list_of, result: result({ places }) })
}

const candidates = [line('甲', 320, 8, 0), line('乙', 200, 100, 28), line('丙', 170, 100, 58)]
const tied = { tied: [1, 2], tied_places: 1 }

const text = (zh: string, en: string) => ({ zh, en })
const grades: GradesSheet = {
  objects: ['财政局', '教育局'],
  rule: {
    grades: [text('满意', 'satisfied'), text('基本满意', 'basic'), text('不满意', 'unsatisfied')],
    verdicts: [
      {
        id: 's',
        name: text('满意', 'satisfied'),
        grades: [0],
        threshold: { num: 1, den: 2, strict: true, base: 'valid' },
      },
    ],
    rounding: 'half_up',
  },
}
const graded: GradesDecided = {
  counted: {
    issued: 31,
    collected: 31,
    objects: [
      { object: '财政局', counts: [22, 7, 1], invalid: 1 },
      { object: '教育局', counts: [10, 14, 7], invalid: 0 },
    ],
  },
  outcomes: [
    { object: '财政局', valid: 30, per_mille: [733, 233, 33], findings: [], verdict: 's' },
    { object: '教育局', valid: 31, per_mille: [323, 452, 226], findings: [], verdict: '' },
  ],
}
const an_evaluation = by('paper', { grades, result: result({ grades: graded }) })
const stuffed = { issued: 331, collected: 332 }
const void_election = chosen('equal_election', candidates, { elected: [] })
void_election.result = {
  ...void_election.result!,
  outcome: { verdict: 'void_more_collected', findings: [], participation: null },
}
void_election.result.places!.counted = { ...void_election.result.places!.counted, ...stuffed }
const secret = result(
  { ballots: { issued: 33, collected: 33, invalid: 1, approve: 18, oppose: 12, abstain: 2 } },
  'passed',
)
secret.tally = { approve: 18, oppose: 12, abstain: 2, not_pressed: 1 }

const equal = { list_kind: 'equal_election' } as VoteView['list']
const of_list = { list: equal, list_of: 'persons' } as const
const announced = (vote: VoteView) => a_step('announce_vote', { vote })
const showing = (vote_result: ResultView, method: VoteMethod) =>
  announced(by(method, { result: vote_result }))
const about = (name: StepName, item = an_item(33, 'adopted')) => a_step(name, { item })
const on = (name: StepName, method: VoteMethod) => a_step(name, { vote: by(method) })

/** Every step and method, and what is read out with the figures of the day. */
const table: [string, Step, string, string][] = [
  ['sign-in', a_step('open_sign_in'), '签到开始后', 'Members can sign in'],
  [
    'an opening',
    a_step('open_sitting'),
    '应出席 352 人，出席 331 人，缺席 21 人，出席人数符合法定人数。现在开会。',
    '352 members are due, 331 are present and 21 absent. There is a quorum. The sitting is open.',
  ],
  ['a resumption', a_step('resume_sitting'), '出席 331 人', '331 are present'],
  ['the agenda', a_step('adopt_agenda'), '共 2 项', 'has 2 items'],
  ['an item', about('activate_item'), '现在进行下一项议程：一、议题33', 'the next item: 一、议题33'],
  ['deliberation', about('deliberate'), '现在审议：一、议题33', 'We now deliberate: 一、议题33'],
  ['an opinion', about('conclude_opinion'), '审议意见整理后印发', 'The opinion will be written up'],
  ['what was heard', about('conclude_noted'), '本项议程进行完毕', 'This item is concluded'],
  ['a speaker', a_step('grant_floor', { speaker: '周建国' }), '请周建国发言', '周建国 has the floor'],
  ['the end of a speech', a_step('stop_speech', { speaker: '周建国' }), '感谢周建国', 'Thank you, 周建国'],
  ['a vote by console', on('open_vote', 'console'), '请按表决器', 'Please press'],
  ['a vote by hands', on('open_vote', 'hands'), '同意的请举手', 'Those in favour, raise your hand'],
  ['silence', on('open_vote', 'no_objection'), '关于预算的决议，大家有什么意见', 'any objections'],
  ['a vote on paper', on('open_vote', 'paper'), '现在分发关于预算的决议的票', 'are handed out now'],
  ['resumed by console', on('resume_vote', 'console'), '现在恢复表决，请按表决器', 'Please press'],
  ['resumed by hands', on('resume_vote', 'hands'), '现在恢复表决，重新举手', 'raised anew'],
  ['resumed in silence', on('resume_vote', 'no_objection'), '现在继续', 'We go on'],
  ['resumed on paper', on('resume_vote', 'paper'), '重新清点票数', 'counted anew'],
  ['a close by console', on('close_vote', 'console'), '表决结束', 'The vote is closed'],
  [
    'a close with members by video',
    a_step('close_vote', { vote: by('console'), blocked: { by: 'hands', counted: 1 } }),
    '以视频方式出席的',
    'Those who attend by video',
  ],
  ['a close by hands', on('close_hands', 'hands'), '计票人所报一致', 'The tellers agree'],
  [
    'hands not counted yet',
    a_step('close_hands', { vote: by('hands'), blocked: { by: 'hands', counted: 0 } }),
    '请计票人报数',
    'your counts please',
  ],
  [
    'ballots not counted yet',
    a_step('close_ballots', { vote: by('paper'), blocked: waiting }),
    '清点票数',
    'please count the ballots',
  ],
  [
    'an election that is valid',
    a_step('close_ballots', { vote: counted({ issued: 331, collected: 330 }, of_list) }),
    '请总监票人报告。……发出选票 331 张，收回选票 330 张，收回的选票不多于发出的选票，选举有效。请总监票人报告计票结果。',
    'Chief scrutineer, your report please. … 331 ballots were given out and 330 came back: no' +
      ' more than were given out, so the election is valid. The count, please.',
  ],
  [
    'an election that is void',
    a_step('close_ballots', { vote: counted(stuffed, of_list) }),
    '请总监票人报告。……发出选票 331 张，收回选票 332 张，收回的选票多于发出的选票，选举无效。',
    'Chief scrutineer, your report please. … 331 ballots were given out and 332 came back: mo' +
      're than were given out, so the election is void. ',
  ],
  [
    'ballots on a motion',
    a_step('close_ballots', { vote: counted({ issued: 33, collected: 33 }) }),
    '发出表决票 33 张，收回表决票 33 张，收回的票不多于发出的票，投票有效。',
    '33 ballots were given out and 33 came back: no more than were given out, so the ballot i' +
      's valid.',
  ],
  [
    'sheets of grades',
    a_step('close_ballots', { vote: counted({ issued: 31, collected: 31 }, { grades }) }),
    '发出测评票 31 张，收回测评票 31 张，收回的票不多于发出的票，测评有效。',
    '31 sheets were given out and 31 came back: no more than were given out, so the evaluatio' +
      'n is valid.',
  ],
  [
    'an operator without figures',
    a_step('close_ballots', { vote: counted(null) }),
    '请总监票人报告计票结果。',
    'The count, please.',
  ],
  [
    'a result by console',
    showing(tally('passed', [180, 100, 40, 11]), 'console'),
    '表决结果：赞成 180 票，反对 100 票，弃权 40 票，未按表决器 11 人。通过。',
    'The result: 180 approve, 100 oppose, 40 abstain, 11 not pressed. Passed.',
  ],
  [
    'a result by hands',
    showing(tally('not_passed', [26, 20, 1, 1]), 'hands'),
    '表决结果：赞成 26 票，反对 20 票，弃权 1 票，未举手 1 人。未通过。',
    'The result: 26 approve, 20 oppose, 1 abstain, 1 raised no hand. Not passed.',
  ],
  [
    'silence that adopted',
    showing(tally('adopted_no_objection', [0, 0, 0, 48]), 'no_objection'),
    '没有异议，通过。',
    'There is no objection. It is adopted.',
  ],
  [
    'a secret vote on a motion',
    showing(secret, 'paper'),
    '现在宣布表决结果：赞成 18 票，反对 12 票，弃权 2 票，无效 1 票。通过。',
    'The result: 18 for, 12 against, 2 abstaining, 1 invalid. Passed.',
  ],
  [
    'an election, with the votes of all who stood',
    announced(
      chosen('differential_election', [...candidates, line('丁', 3, 0, 0, true)], {
        elected: [0, 1],
        unfilled: 1,
        status: 'shortfall_separate_election',
      }),
    ),
    '现在宣布选举结果：甲，赞成 320 票，反对 8 票，弃权 0 票；乙，赞成 200 票，反对 100 票，弃权 28 票；丙，赞成 170 票，反对 100 票，' +
      '弃权 58 票；另选丁，3 票。甲、乙当选。尚缺 1 个名额，另行选举。',
    'The result of the election: 甲: 320 for, 8 against, 0 abstaining;' +
      ' 乙: 200 for, 100 against, 28 abstaining; 丙: 170 for, 100 against, 58 abstaining;' +
      ' written in, 丁: 3. Elected: 甲, 乙. 1 places stay empty: a separate election. ',
  ],
  [
    'a tie voted on again',
    announced(chosen('equal_election', candidates, { ...tied, status: 'tie_revote_needed' })),
    '甲当选。乙、丙得票相等，就余下的 1 个名额再次投票。',
    'Elected: 甲. 乙, 丙 are tied; for the 1 places left there is another vote. ',
  ],
  [
    'a tie for the presidium',
    announced(chosen('equal_election', candidates, { ...tied, status: 'tie_for_presidium' })),
    '乙、丙得票相等，余下的 1 个名额由主席团决定。',
    'for the 1 places left the presidium decides',
  ],
  [
    'a tie that gives nobody the place',
    announced(
      chosen('equal_election', candidates, {
        tied: [1, 2],
        unfilled: 1,
        status: 'shortfall_separate_election',
      }),
    ),
    '乙、丙得票相等，均未取得名额。尚缺 1 个名额，另行选举。',
    'none of them gets a place. 1 places stay empty',
  ],
  [
    'projects, which have marks alone',
    announced(
      chosen('projects', [line('修路', 250), line('建桥', 170)], {
        unfilled: 1,
        status: 'shortfall_separate_election',
      }),
    ),
    '现在宣布票决结果：修路，250 票；建桥，170 票。修路入选。余下 1 个名额空缺。',
    'The result of the ballot: 修路: 250; 建桥: 170. Chosen: 修路. 1 places are left empty. ',
  ],
  [
    'an evaluation, with every figure',
    announced(an_evaluation),
    '现在宣布测评结果：财政局，满意 22 票，基本满意 7 票，不满意 1 票，无效 1 票，评为满意。教育局，满意 10 票，基本满意 14 票，不满意 7 票。',
    'The evaluation: 财政局: satisfied 22, basic 7, unsatisfied 1, invalid 1, which makes it sat' +
      'isfied. 教育局: satisfied 10, basic 14, unsatisfied 7. ',
  ],
  [
    'an election of which nothing counts',
    announced(void_election),
    '发出选票 331 张，收回选票 332 张，收回的选票多于发出的选票，选举无效。须重新投票。',
    '331 ballots were given out and 332 came back: more than were given out, so the election ' +
      'is void. It is taken again.',
  ],
  ['silence that ends', on('adopt_silently', 'no_objection'), '没有。通过。', 'It is adopted'],
  ['an objection', on('record_objection', 'no_objection'), '有同志提出异议', 'There is an objection'],
  ['consoles after it', on('switch_to_console', 'no_objection'), '现在付表决', 'please press'],
  ['hands after it', on('switch_to_hands', 'no_objection'), '现在举手表决', 'show of hands'],
  ['another attempt', on('retry_vote', 'console'), '现在重新表决', 'We vote again'],
  ['another by hands', on('retry_by_hands', 'console'), '改用举手方式', 'by show of hands'],
  ['another on paper', on('retry_on_paper', 'console'), '改用无记名投票', 'by secret ballot'],
  [
    'places still open',
    on('await_follow_up', 'paper'),
    '关于预算的决议还有名额未定',
    'Places are still open in “关于预算的决议”',
  ],
  ['the end of a sitting', a_step('close_sitting'), '现在散会', 'The sitting is closed'],
  ['the end of a meeting', a_step('close_meeting'), '各次会议均已散会', 'All sittings are closed'],
]

describe('what the chair reads out', () => {
  afterEach(() => choose_language('zh-CN'))

  it.each(table)('%s', (_name, step, zh, en) => {
    for (const [language, words] of [
      ['zh-CN', zh],
      ['en', en],
    ] as const) {
      choose_language(language)
      const script = said(step)
      expect(script).toContain(words)
      expect(script).not.toMatch(/[{}]|undefined|NaN/)
    }
  })

  it('says how many are missing where there is no quorum', () => {
    const short = a_sitting({ counts: { ...some_counts, present: 200, absent: 152 } })
    for (const name of ['open_sitting', 'resume_sitting'] as const)
      expect(script_words(a_step(name), short, null)).toContain('还差 35 人，尚未达到法定人数')
  })

  it('calls for consoles only where there are any', () => {
    const by_key = (method: VoteMethod) => said(on('resume_vote', method)).includes('表决器')
    expect((['console', 'hands', 'paper', 'no_objection'] as const).map(by_key)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it('declares a ballot valid before the result, never with it', () => {
    for (const vote of [chosen('equal_election', candidates, {}), an_evaluation])
      expect(said(announced(vote))).not.toMatch(/有效|发出/)
  })
})
