import { describe, expect, it } from 'vitest'
import {
  agenda_from_json,
  agenda_from_sheet,
  agenda_from_text,
  guess_kind,
  split_numbering,
} from '../src/office/agenda_rows'
import { with_message } from '../src/office/agenda_state.svelte'
import { find_agenda_header } from '../src/office/columns'
import { level_max, move_target, moves, placed_items } from '../src/office/agenda_tree'
import type { Remark } from '../src/office/remarks'
import { build_profile, majorities, methods, needed, threshold, usual_choice } from '../src/office/rules'
import { line_fault, line_of, next_line, rows_of, time_of } from '../src/office/schedule_rows'
import { sheet_from_text } from '../src/office/sheet'
import { needs_text, votes_to_prepare } from '../src/office/planned_votes'
import {
  counting_word,
  meeting_title,
  sittings_to_make,
  template_of,
  templates,
  templates_for,
} from '../src/office/templates'
import type { AgendaRow, AgendaView, BodyKind, BodyView, ItemView, VoteView } from '../src/wire/types'
import { a_sitting, a_vote, an_agenda, an_item as item_view } from './views'

const said = (remarks: readonly Remark[]) =>
  remarks.map((one) => `${one.row} ${'key' in one.words ? one.words.key.replace(/.*\./, '') : ''}`)
const outline = (rows: readonly AgendaRow[]) => rows.map((row) => `${row.level} ${row.title}`)

describe('numbers before titles', () => {
  const cases: [string, number, string][] = [
    ['一、听取报告', 0, '听取报告'],
    ['十二、听取报告', 0, '听取报告'],
    ['第一项：听取报告', 0, '听取报告'],
    ['（一）政府的议案', 1, '政府的议案'],
    ['(三) 法院的议案', 1, '法院的议案'],
    ['1.任命', 2, '任命'],
    ['2．任命', 2, '任命'],
    ['3、任命', 2, '任命'],
    ['（1）某某', 3, '某某'],
    ['②某某', 4, '某某'],
    ['2024年计划报告', -1, '2024年计划报告'],
    ['1.5公里道路', -1, '1.5公里道路'],
    ['一般公共预算', -1, '一般公共预算'],
  ]
  it.each(cases)('%s', (text, depth, title) => {
    expect(split_numbering(text)).toEqual({ depth, title })
  })
})

describe('an agenda that is pasted', () => {
  it('keeps an item that has the word for titles in it', () => {
    const sheet = sheet_from_text('一、讨论上次会议的议题\n二、表决')
    expect(find_agenda_header(sheet.rows)).toBeNull()
    expect(find_agenda_header(sheet_from_text('议题\n学习\n表决').rows)?.row).toBe(0)
  })

  it('becomes a tree, with minutes, presenters and closed items', () => {
    const { rows, remarks, source_rows } = agenda_from_text(`第二十二次会议议程（草案）

一、学习（30分钟）；
二、听取人事任免议案的说明（报告人：张三）
（一）主任会议的议案（不公开）
（二）区人民政府的议案
1. 任命
2. 免职
三、表决`)
    expect(outline(rows)).toEqual([
      '1 学习',
      '1 听取人事任免议案的说明',
      '2 主任会议的议案',
      '2 区人民政府的议案',
      '3 任命',
      '3 免职',
      '1 表决',
    ])
    expect(rows[0]!.minutes).toBe(30)
    expect(rows[1]!.presenter).toBe('张三')
    expect(rows[2]!.is_closed).toBe(true)
    expect(rows.map((row) => row.item_kind).slice(0, 2)).toEqual(['study', 'personnel'])
    expect(source_rows[0]).toBe(3)
    expect(said(remarks)).toEqual(['1 heading_skipped'])
  })

  it('begins at level 1 whatever way of numbering comes first', () => {
    expect(outline(agenda_from_text('1. 甲\n（1）乙\n2. 丙').rows)).toEqual(['1 甲', '2 乙', '1 丙'])
    expect(outline(agenda_from_text('（一）甲\n一、乙').rows)).toEqual(['1 甲', '1 乙'])
  })

  it('joins lines that were broken', () => {
    const { rows, remarks } = agenda_from_text('一、审查和批准国民经济和\n社会发展计划\n二、乙')
    expect(outline(rows)).toEqual(['1 审查和批准国民经济和社会发展计划', '1 乙'])
    expect(said(remarks)).toEqual(['2 line_joined'])
  })

  it('goes by indentation without numbers', () => {
    expect(outline(agenda_from_text('甲\n  乙\n\t丙\n丁').rows)).toEqual(['1 甲', '2 乙', '3 丙', '1 丁'])
  })

  it('says what cannot be', () => {
    expect(said(agenda_from_text('').remarks)).toEqual(['0 no_items'])
    expect(said(agenda_from_text(`一、${'长'.repeat(667)}`).remarks)).toEqual(['1 too_long'])
    expect(said(agenda_from_text('一、报告\n二、（15分钟）').remarks)).toEqual(['2 title_missing'])
    expect(agenda_from_text(`一、${'长'.repeat(500)}`).remarks).toEqual([])
    const many = Array.from({ length: 400 }, (_unused, index) => `${index + 1}. 议题`).join('\n')
    expect(agenda_from_text(many).rows).toHaveLength(400)
  })
})

describe('an agenda in a table', () => {
  it('is read by its heads', () => {
    const { rows, remarks } = agenda_from_sheet(
      sheet_from_text(
        '序号,议题,类型,时长,报告人,不公开\n一、,听取报告,报告,15分钟,李四,\n（一）,某事,人事任免,,,是\n',
      ),
    )
    expect(rows).toEqual([
      {
        level: 1,
        title: '听取报告',
        item_kind: 'report',
        minutes: 15,
        presenter: '李四',
        is_closed: false,
      },
      { level: 2, title: '某事', item_kind: 'personnel', minutes: 0, presenter: '', is_closed: true },
    ])
    expect(remarks).toEqual([])
  })

  it('may give levels, and says where they or the minutes do not fit', () => {
    const { remarks } = agenda_from_sheet(sheet_from_text('级别,标题,时长\n1,甲,\n3,乙,一会儿\n'))
    expect(said(remarks)).toEqual(['3 minutes', '3 level'])
  })

  it('without heads is text', () => {
    expect(outline(agenda_from_sheet(sheet_from_text('一、,甲\n二、,乙')).rows)).toEqual(['1 甲', '1 乙'])
  })

  it('comes from JSON as another program wrote it', () => {
    const draft = agenda_from_json(
      '{"items":[{"level":1,"title":"甲"},{"level":2,"title":"乙","minutes":5}]}',
    )
    expect(outline(draft!.rows)).toEqual(['1 甲', '2 乙'])
    expect(draft!.remarks).toEqual([])
    expect(agenda_from_json('not JSON')).toBeNull()
    expect(said(agenda_from_json('{"agenda":[]}')!.remarks)).toEqual(['0 json_shape'])
    const odd = agenda_from_json('[{"level":2,"title":"甲","item_kind":"party","minutes":-1}]')
    expect(said(odd!.remarks)).toEqual(['1 kind', '1 level', '1 minutes'])
  })

  it('guesses what titles are about', () => {
    expect(guess_kind('关于接受辞去代表职务的决定')).toBe('personnel')
    expect(guess_kind('对履职情况报告进行满意度测评')).toBe('evaluation')
    expect(guess_kind('茶歇')).toBe('other')
  })
})

function an_item(id: number, parent: number | null = null): ItemView {
  return {
    id,
    parent,
    number: String(id),
    title: `议题${id}`,
    state: 'draft',
    item_kind: 'other',
    outcome: 'none',
    minutes: 0,
    presenter: '',
    is_closed: false,
    documents: [],
    opinion: null,
  }
}

describe('the tree of an agenda', () => {
  const items = [an_item(1), an_item(2), an_item(21, 2), an_item(211, 21), an_item(22, 2), an_item(3)]
  const placed = placed_items(items)

  it('knows where each item stands', () => {
    expect(placed.map((one) => [one.item.id, one.level, one.position])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
      [21, 2, 0],
      [211, 3, 0],
      [22, 2, 1],
      [3, 1, 2],
    ])
  })

  const cases: [number, (typeof moves)[number], [number | null, number | null] | null][] = [
    [1, 'up', null],
    [2, 'up', [null, 0]],
    [2, 'down', [null, 2]],
    [3, 'down', null],
    [3, 'indent', [2, null]],
    [1, 'indent', null],
    [21, 'outdent', [null, 2]],
    [211, 'outdent', [2, 1]],
    [1, 'outdent', null],
    [21, 'up', null],
    [22, 'up', [2, 0]],
    [99, 'up', null],
  ]
  it.each(cases)('item %i goes %s to %j', (item, move, place) => {
    const target = place && { item, parent: place[0], position: place[1] }
    expect(move_target(placed, item, move)).toEqual(target)
  })

  it('never grows deeper than it is numbered', () => {
    const deep = [an_item(1), an_item(2), an_item(3, 2), an_item(4, 3), an_item(5, 4)]
    expect(Math.max(...placed_items(deep).map((one) => one.level))).toBe(level_max)
    expect(move_target(placed_items(deep), 2, 'indent')).toBeNull()
  })

  it('follows what it is told', () => {
    const agenda = { meeting: 30, items, title: 'a' } as unknown as AgendaView
    const item = { ...an_item(1), title: '改过' }
    expect(
      with_message(agenda, { method: 'item.changed', params: { seq: 9, meeting: 30, item } }).items[0],
    ).toBe(item)
    expect(with_message(agenda, { method: 'item.changed', params: { seq: 9, meeting: 31, item } })).toBe(
      agenda,
    )
    const fresh = { ...agenda, title: 'b' }
    expect(with_message(agenda, { method: 'agenda.changed', params: { seq: 9, agenda: fresh } })).toBe(
      fresh,
    )
  })
})

describe('templates', () => {
  it.each(templates.map((one) => [one.id, one] as const))(
    '%s can be made into a meeting',
    (_id, template) => {
      let above = 0
      for (const item of template.items) {
        expect(item.level).toBeGreaterThan(0)
        expect(item.level).toBeLessThanOrEqual(above + 1)
        above = item.level
      }
      expect(template.sittings.length).toBeGreaterThan(0)
      const made = sittings_to_make(template, [])
      expect(made.some((one) => one.body === null)).toBe(true)
      expect(template.checklist.every((line) => line.zh !== '' && line.en !== '')).toBe(true)
      expect(template.body_kinds.every((kind) => templates_for(kind).includes(template))).toBe(true)
      expect(meeting_title(template, 3, 22)).not.toMatch(/[{}]/)
    },
  )

  const body = (id: number, body_kind: BodyKind) => ({ id, body_kind }) as BodyView
  it('make a sitting of each delegation, and of the presidium that is there', () => {
    const congress = templates.find((one) => one.id === 'congress_session')!
    const inner = (below: BodyView[]) =>
      sittings_to_make(congress, below).flatMap((one) => (one.body === null ? [] : [one.body]))
    expect(inner([])).toEqual(['new', 'new', 'new'])
    const below = [body(71, 'delegation'), body(72, 'delegation'), body(80, 'presidium')]
    expect(inner(below)).toEqual([71, 72, 80, 71, 72, 80, 80])
  })

  it('are known again by the meeting that was made from them', () => {
    expect(template_of(an_agenda([], { made_from: 'mid_year_session' }))?.id).toBe('mid_year_session')
    expect(template_of(an_agenda([], { meeting_kind: 'town_congress' }))?.id).toBe('town_congress')
    expect(template_of(an_agenda([], { made_from: 'one of a later release' }))).toBeNull()
    expect(template_of(an_agenda([], { meeting_kind: 'other' }))).toBeNull()
  })

  it('plan votes until they are prepared', () => {
    const scrutineers = '表决监票人、总监票人名单（草案）'
    const items = [
      item_view(31, 'adopted', { title: '表决选举办法（草案）' }),
      item_view(32, 'adopted', { title: scrutineers }),
    ]
    const agenda = an_agenda(items, { made_from: 'congress_session' })
    const sitting = a_sitting({ id: 40, title: '第二次全体会议' })
    const titles = (votes: Partial<VoteView>[]) =>
      votes_to_prepare(
        agenda,
        [sitting],
        votes.map((one) => a_vote({ sitting: 40, item: null, ...one })),
      ).map((one) => [one.planned.title, one.item?.id])
    const both = [
      ['选举办法（草案）', 31],
      ['监票人、总监票人名单（草案）', 32],
    ]
    expect(titles([])).toEqual(both)
    expect(titles([{ title: '选举办法（草案）' }])).toEqual(both.slice(1))
    expect(titles([{ title: '监票人名单', item: 32 }])).toEqual(both.slice(0, 1))
    expect(titles([{ sitting: 41, title: '选举办法（草案）' }])).toEqual(both)
    const closed = votes_to_prepare(agenda, [{ ...sitting, state: 'closed' }], [])
    expect(closed).toEqual([])
  })

  it('leave the text of a resolution to be brought along', () => {
    const title = '关于政府工作报告的决议（草案）'
    const items = [item_view(33, 'adopted', { title, item_kind: 'resolution' })]
    const agenda = an_agenda(items, { made_from: 'congress_session' })
    const planned = votes_to_prepare(agenda, [a_sitting({ title: '第三次全体会议' })], [])
    expect(planned.map((one) => one.planned.title)).toEqual([title])
    expect(needs_text(planned[0]!)).toBe(true)
  })

  it('write numbers as titles do', () => {
    const words = [0, 3, 10, 12, 20, 22, 99, 100].map(counting_word)
    expect(words).toEqual(['零', '三', '十', '十二', '二十', '二十二', '九十九', '100'])
  })
})

describe('rules', () => {
  it.each(majorities.flatMap((majority) => methods.map((method) => [majority, method] as const)))(
    '%s by %s',
    (majority, method) => {
      const profile = build_profile('standing_committee', 'over_half', {
        ...usual_choice,
        majority,
        method,
        close: 'timer',
      })
      expect(profile.close).toBe(method === 'console' ? 'timer' : 'chair')
      expect(profile.quorum).toEqual({ num: 1, den: 2, strict: true, base: 'all_members' })
      expect(profile.majority.base).toBe(majority === 'over_half_of_present' ? 'present' : 'all_members')
      expect(profile.secrecy).toBe(method === 'paper' ? 'secret' : 'named')
      expect(profile.method).toBe(method)
      expect(profile.legal_basis[0]?.article).toBe('51')
    },
  )

  it('ask for the numbers of domain 2.1', () => {
    expect([35, 352, 2878].map((members) => needed('over_half', members))).toEqual([18, 177, 1440])
    expect([35, 352, 2878].map((members) => needed('two_thirds', members))).toEqual([24, 235, 1919])
    expect(threshold('two_thirds')).toEqual({ num: 2, den: 3, strict: false, base: 'all_members' })
  })
})

describe('the schedule', () => {
  const row = {
    starts_at_ms: 1_700_000_040_000,
    minutes: 30,
    title: '开幕',
    place: '大会堂',
    items: [31 as never],
  }

  it('comes back as it was', () => {
    expect(rows_of([line_of(row)])).toEqual([row])
  })

  it('is kept in the order of time', () => {
    const later = { ...row, starts_at_ms: row.starts_at_ms + 60_000, title: '后' }
    expect(rows_of([line_of(later), line_of(row)]).map((one) => one.title)).toEqual(['开幕', '后'])
  })

  it('says what a line lacks', () => {
    const line = line_of(row)
    expect(line_fault(line)).toBeNull()
    expect(line_fault({ ...line, starts_at: '' })).toBe('time')
    expect(line_fault({ ...line, title: ' ' })).toBe('title')
    expect(line_fault({ ...line, minutes: -1 })).toBe('minutes')
  })

  it('goes on where the last line ends', () => {
    expect(time_of(next_line([line_of(row)], 0).starts_at)).toBe(row.starts_at_ms + 30 * 60_000)
    expect(next_line([], Date.now()).starts_at).toMatch(/T09:00$/)
  })
})
