import { describe, expect, it } from 'vitest'
import { agenda_from_json, agenda_from_sheet, agenda_from_text } from '../src/office/agenda_rows'
import { find_roster_header } from '../src/office/columns'
import { misread_as_gb18030 } from '../src/office/gb18030'
import { has_errors } from '../src/office/remarks'
import { roster_draft } from '../src/office/roster_rows'
import { sheets_from_file, UnreadableFile } from '../src/office/sheet'
import { write_workbook } from '../src/office/workbook'

// Whatever bytes somebody drops on the office, the answer is a table with remarks, or the one error that says
// why there is none.

/** The same numbers below `end` for the same seed. */
function dice(seed: number): (end: number) => number {
  let state = seed
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
}

const seeds = [
  '证号,姓名,代表团,座席号\r\n101,王建国,第一代表团,1排1号\r\n',
  '一、听取报告（30分钟）\n（一）说明\n二、表决',
  '{"items":[{"level":1,"title":"学习","item_kind":"study","minutes":30}]}',
  '[{"title":"学习"}]',
  '"证号","姓""名"\n1,"a\nb"\n',
  '级别\t标题\t时长\n1\t学习\t30\n',
]

/** All that the office makes of one file. */
async function take(name: string, bytes: Uint8Array): Promise<void> {
  for (const sheet of await sheets_from_file(name, bytes)) {
    const { row, columns } = find_roster_header(sheet.rows)
    const roster = roster_draft(sheet, row, columns)
    expect(roster.rows.length).toBe(roster.source_rows.length)
    for (const draft of [
      agenda_from_sheet(sheet),
      agenda_from_text(sheet.text ?? ''),
      agenda_from_json(sheet.text ?? ''),
    ]) {
      if (draft) expect(draft.rows.length).toBe(draft.source_rows.length)
    }
  }
}

async function read_or_say_why(name: string, bytes: Uint8Array): Promise<void> {
  try {
    await take(name, bytes)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
  }
}

describe('importers on random bytes', () => {
  it('answer or say why not, whatever the bytes', async () => {
    const below = dice(1)
    for (let round = 0; round < 400; round++) {
      const bytes = Uint8Array.from({ length: 1 + below(300) }, () => below(256))
      await read_or_say_why('random.csv', bytes)
    }
  })

  it('answer for texts with bytes changed, left out and put in', async () => {
    const below = dice(2)
    const texts = seeds.map((text) => new TextEncoder().encode(text))
    for (let round = 0; round < 400; round++) {
      const bytes = [...texts[below(texts.length)]!]
      for (let changes = 1 + below(6); changes > 0; changes--) {
        bytes.splice(below(bytes.length), below(3), ...Array.from({ length: below(3) }, () => below(256)))
      }
      await read_or_say_why('changed.csv', Uint8Array.from(bytes.length > 0 ? bytes : [0x31]))
    }
  })

  it('answer for workbooks with bytes changed', async () => {
    const below = dice(3)
    const whole = await write_workbook('名册', [
      ['证号', '姓名'],
      ['101', '王建国'],
    ])
    for (let round = 0; round < 25; round++) {
      const bytes = whole.slice(0, below(4) === 0 ? 4 + below(whole.length - 4) : whole.length)
      for (let changes = 1 + below(4); changes > 0; changes--)
        bytes[4 + below(bytes.length - 4)] = below(256)
      await read_or_say_why('changed.xlsx', bytes)
    }
  }, 60_000)
})

/** What each pair of bytes is in Big5, turned round. */
function big5_of(): Map<string, number[]> {
  const decoder = new TextDecoder('big5')
  const found = new Map<string, number[]>()
  for (let lead = 0xa4; lead <= 0xc6; lead++) {
    for (const [from, to] of [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ] as const) {
      for (let trail = from; trail <= to; trail++) {
        const character = decoder.decode(Uint8Array.of(lead, trail))
        if (!found.has(character)) found.set(character, [lead, trail])
      }
    }
  }
  return found
}

const ascii = (text: string) => [...new TextEncoder().encode(text)]

describe('a file in another encoding than it is taken for', () => {
  const codes = big5_of()
  const in_big5 = (text: string) =>
    Uint8Array.from([...text].flatMap((one) => codes.get(one) ?? ascii(one)))

  it('is refused by its rows when it is Big5', async () => {
    const [sheet] = await sheets_from_file('big5.csv', in_big5('101,王建國\n102,陳水木\n103,文元\n'))
    const errors = sheet!.remarks.filter((remark) => remark.severity === 'error')
    expect(errors.map((remark) => remark.row)).toEqual([1, 2, 3])
  })

  it('is never imported silently, whichever the names', async () => {
    // The five hundred commonest characters of names stand at the beginning of Big5, with few strokes.
    const common = [...codes.keys()].slice(0, 1500)
    const below = dice(4)
    for (let round = 0; round < 200; round++) {
      const name = () => Array.from({ length: 3 }, () => common[below(common.length)]).join('')
      const text = Array.from({ length: 10 }, (_none, index) => `${index},${name()}\n`).join('')
      const [sheet] = await sheets_from_file('big5.csv', in_big5(text)).catch((error) => {
        if (error instanceof UnreadableFile) return [{ remarks: [{ severity: 'error' }] }] as never
        throw error
      })
      expect(has_errors(sheet!.remarks)).toBe(true)
    }
  })

  it('also as an agenda that is plain text', async () => {
    const [sheet] = await sheets_from_file('big5.txt', in_big5('一、工作文件\n'))
    expect(has_errors(sheet!.decoding ?? [])).toBe(true)
  })

  const fine = ['王建国', '陶喆', '喆', '欧阳文静，第一代表团', 'ABC 101', '关于2026年预算（草案）的决议']
  it.each(fine)('and %s is what somebody wrote', (text) => {
    expect(misread_as_gb18030(text)).toBeNull()
  })
})
