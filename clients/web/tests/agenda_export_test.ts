import { describe, expect, it } from 'vitest'
import { agenda_table } from '../src/office/agenda_export'
import { agenda_from_sheet, item_kinds } from '../src/office/agenda_rows'
import { write_csv } from '../src/office/csv'
import { sheet_from_text } from '../src/office/sheet'
import { an_item } from './views'

describe('an agenda as CSV', () => {
  it.each(['zh-CN', 'en'] as const)('takes what was exported in %s for the same agenda', (language) => {
    const odd = '2025年“十五五”规划, (30分钟)的报告；'
    const items = [
      an_item(31, 'decided', { number: '一、', title: odd, item_kind: 'study', minutes: 30 }),
      an_item(32, 'draft', { number: '二、', title: '（一）不是编号', item_kind: 'procedural' }),
      an_item(33, 'draft', { parent: 32, number: '（一）', title: '任免案', is_closed: true }),
      an_item(34, 'draft', { parent: 33, number: '1.', title: 'a "b"', item_kind: 'project' }),
      an_item(35, 'draft', { number: '三、', title: '1. 报告', item_kind: 'bill', presenter: '局长 王,某' }),
    ]
    const draft = agenda_from_sheet(sheet_from_text(write_csv(agenda_table(items, language))))
    expect(draft.remarks).toEqual([])
    const levels = [1, 1, 2, 3, 1]
    expect(draft.rows).toEqual(
      items.map(({ title, item_kind, minutes, presenter, is_closed }, index) => ({
        level: levels[index],
        title,
        item_kind,
        minutes,
        presenter,
        is_closed,
      })),
    )
  })

  it.each(item_kinds)('knows the kind %s as it is exported', (item_kind) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const table = agenda_table([an_item(31, 'draft', { item_kind })], language)
      expect(agenda_from_sheet(sheet_from_text(write_csv(table))).rows[0]!.item_kind).toBe(item_kind)
    }
  })
})
