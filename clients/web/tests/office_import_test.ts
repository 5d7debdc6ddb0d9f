import type { Worksheet } from 'exceljs'
import excel from 'exceljs/dist/exceljs.bare.min.js'
import { describe, expect, it, vi } from 'vitest'
import { find_roster_header, type Columns, type RosterField } from '../src/office/columns'
import { detect_delimiter, parse_delimited, write_csv } from '../src/office/csv'
import { in_name_order } from '../src/office/name_order'
import { has_errors, in_order, server_remarks, type Remark } from '../src/office/remarks'
import { roster_but, roster_draft, roster_table } from '../src/office/roster_rows'
import { sheet_from_text, sheets_from_file, UnreadableFile } from '../src/office/sheet'
import { decode_text } from '../src/office/text_decoding'
import { write_workbook } from '../src/office/workbook'

vi.setConfig({ testTimeout: 60_000 }) // Workbooks take their time on a busy machine.

const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes_of = (...values: number[]) => Uint8Array.from(values)
/** The end of the key of each remark, with its row. */
const said = (remarks: readonly Remark[]) =>
  remarks.map(
    (one) => `${one.row} ${'key' in one.words ? one.words.key.replace(/.*\./, '') : one.words.zh}`,
  )

function draft_of(text: string) {
  const sheet = sheet_from_text(text)
  const header = find_roster_header(sheet.rows)
  return roster_draft(sheet, header.row, header.columns)
}

describe('the encoding of a file', () => {
  const gb18030 = bytes_of(0xd6, 0xa4, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb) // As Excel writes a head.
  const rare = bytes_of(0x95, 0x32, 0xb7, 0x37) // A character beyond the first plane, in GB18030.
  const cases: [string, Uint8Array, string | null, string][] = [
    ['UTF-8', utf8('证号,姓名'), 'utf-8', '证号,姓名'],
    ['UTF-8 with a mark', utf8('\uFEFF证号,姓名'), 'utf-8', '证号,姓名'],
    ['GB18030', gb18030, 'gb18030', '证号,姓名'],
    ['GB18030 of four bytes', rare, 'gb18030', decode_text(rare)?.text ?? ''],
    ['UTF-16 as "Unicode text"', bytes_of(0xff, 0xfe, 0xc1, 0x8b), 'utf-16le', '证'],
    ['UTF-16 the other way', bytes_of(0xfe, 0xff, 0x8b, 0xc1), 'utf-16be', '证'],
    ['rare characters', utf8('𠮷𠅤'), 'utf-8', '𠮷𠅤'],
    ['no text', bytes_of(0x00, 0x01, 0x02, 0x00), null, ''],
    ['neither encoding', bytes_of(0xff, 0x41, 0xff), null, ''],
  ]
  it.each(cases)('is found for %s', (_name, bytes, encoding, text) => {
    const decoded = decode_text(bytes)
    expect(decoded?.encoding ?? null).toBe(encoding)
    if (decoded) expect(decoded.text).toBe(text)
  })

  it('keeps four-byte characters apart', () => {
    expect([...decode_text(rare)!.text]).toHaveLength(1)
    expect(decode_text(rare)!.text.codePointAt(0)).toBeGreaterThan(0xffff)
  })
})

describe('delimited text', () => {
  const cases: [string, string, string[][]][] = [
    [
      'line ends of Unix',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'line ends of Windows',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'line ends of old Macs',
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['no end at all', 'a,b', [['a', 'b']]],
    ['quotes', '"a,1","say ""hi"""\n', [['a,1', 'say "hi"']]],
    [
      'line breaks in quotes',
      '"a\nb",c\nd,e',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    [
      'empty cells',
      ',,\na,,',
      [
        ['', '', ''],
        ['a', '', ''],
      ],
    ],
    ['empty rows', 'a,b\n\nc,d', [['a', 'b'], [''], ['c', 'd']]],
    ['a quote within a cell', 'a"b,c', [['a"b', 'c']]],
    [
      'tabs as spreadsheets copy',
      'a\tb\n"c\td"\te',
      [
        ['a', 'b'],
        ['c\td', 'e'],
      ],
    ],
    [
      'semicolons',
      'a;b\nc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a mark at the beginning', '\uFEFFa,b', [['a', 'b']]],
    ['nothing', '', []],
  ]
  it.each(cases)('is read with %s', (_name, text, rows) => {
    expect(parse_delimited(text).rows).toEqual(rows)
  })

  it('says where a quote never ends', () => {
    expect(parse_delimited('a,b\nc,"d\ne').unclosed_row).toBe(2)
  })

  it('takes the delimiter outside quotes', () => {
    expect(detect_delimiter('"a,b,c"\td')).toBe('\t')
    expect(detect_delimiter('one column')).toBe(',')
  })

  it('is written so that it reads back the same', () => {
    const rows = [
      ['a', 'b,c', 'd"e'],
      ['\n', ' x ', ''],
      ['𠮷', '1;2', '\t'],
    ]
    const text = write_csv(rows)
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(text).toContain('\r\n')
    expect(parse_delimited(text, ',').rows).toEqual(rows)
  })
})

describe('the heads of a roster', () => {
  const at = (number: number | null, name: number, group: number | null, seat: number | null) => ({
    number,
    name,
    group,
    seat,
  })
  const cases: [string, string[][], number, Columns<RosterField>][] = [
    ['plain', [['证号', '姓名', '代表团', '座位']], 0, at(0, 1, 2, 3)],
    ['English', [['Number', 'Name', 'Group', 'Seat']], 0, at(0, 1, 2, 3)],
    ['in another order', [['姓 名', '座席号', '组别', '代表证号']], 0, at(3, 0, 2, 1)],
    ['with a running number', [['序号', '姓名', '编号']], 0, at(2, 1, null, null)],
    ['seat numbers are no numbers', [['座位编号', '姓名', '编号(必填)']], 0, at(2, 1, null, 0)],
    ['below a title', [['代表名册'], ['', '', ''], ['证号', '姓名', '代表团']], 2, at(0, 1, 2, null)],
    ['none', [['101', '王建国', '一团', '1排1号']], -1, at(0, 1, 2, 3)],
    ['none, two columns', [['101', '王建国']], -1, at(0, 1, null, null)],
  ]
  it.each(cases)('are found: %s', (_name, rows, row, columns) => {
    expect(find_roster_header(rows)).toEqual({ row, columns })
  })
})

describe('the rows of a roster', () => {
  const heads = '证号,姓名,代表团,座位\n'
  const name_60 = '𠮷'.repeat(60)
  const cases: [string, string, string[], number][] = [
    ['sound', `${heads}101,王,一团,1号\n102,${name_60},一团,2号`, [], 2],
    ['no number', `${heads},王建国,,`, ['2 number_missing'], 1],
    ['no name', `${heads}101,,,`, ['2 name_missing'], 1],
    ['the same row twice', `${heads}101,王建国,,\n101,王建国,,`, ['3 repeated_row'], 1],
    ['the same number twice', `${heads}101,王建国,,\n101,李立,,`, ['3 repeated_number'], 2],
    ['the same seat twice', `${heads}1,王建国,,1号\n2,李立,,1号`, ['3 repeated_seat'], 2],
    ['the same name twice', `${heads}1,王建国,,\n2,王建国,,`, ['3 repeated_name'], 2],
    ['empty rows', `${heads}1,王建国,,\n,,,\n\n2,李立,,\n,,,`, ['3 empty_rows'], 2],
    ['full-width digits', `${heads}１０１,王建国,,`, ['2 wide_digits'], 1],
    ['a padded name', `${heads}1,王　芳,,`, ['2 padded_name'], 1],
    ['a rounded number', `${heads}5.00221E+17,王建国,,`, ['2 number_rounded'], 1],
    ['too long a name', `${heads}1,${'王'.repeat(101)},,`, ['2 too_long'], 1],
    ['an unreadable character', `${heads}1,王\uFFFD国,,`, ['2 broken_character'], 1],
    ['a privately coded character', `${heads}1,王\uE000国,,`, ['2 private_character'], 1],
    ['a name of people elsewhere', `${heads}1,John Smith,,`, [], 1],
    ['an open quote', `${heads}1,"王建国,,\n`, ['2 unclosed_quote'], 1],
    ['heads alone', heads, ['0 no_rows'], 0],
  ]
  it.each(cases)('are judged: %s', (_name, text, remarks, count) => {
    const draft = draft_of(text)
    expect(said(draft.remarks)).toEqual(remarks)
    expect(draft.rows).toHaveLength(count)
    expect(draft.source_rows).toHaveLength(count)
  })

  it('are mended where that changes nobody', () => {
    const { rows } = draft_of(`${heads}１０１,王　芳,,\n102, 欧阳 娜娜 ,,`)
    expect(rows.map((row) => [row.number, row.name])).toEqual([
      ['101', '王芳'],
      ['102', '欧阳 娜娜'],
    ])
  })

  it('need columns for number and name', () => {
    const none = { number: null, name: null, group: null, seat: null }
    const { remarks } = roster_draft(sheet_from_text('a,b'), -1, none)
    expect(said(remarks).slice(0, 2)).toEqual(['0 no_number_column', '0 no_name_column'])
  })

  it('are told the words of the server by the rows of the sheet', () => {
    const draft = draft_of(`${heads}101,王建国,,\n\n102,李立,,`)
    const words = { zh: '座位重复', en: 'seat' }
    const findings = [{ row: 2, severity: 'notice' as const, words }]
    expect(server_remarks(findings, draft.source_rows)).toEqual([{ row: 4, severity: 'notice', words }])
  })

  it('show errors first', () => {
    const { remarks } = draft_of(`${heads}1,王建国,,\n2,王建国,,\n,李立,,`)
    expect(said(in_order(remarks))).toEqual(['4 number_missing', '3 repeated_name'])
    expect(has_errors(remarks)).toBe(true)
  })

  it('read back what was exported', () => {
    const members = [
      { person: 1, number: '0101', name: '𠮷野', group: '一团', seat: '1排1号' },
      { person: 2, number: '0102', name: '"引号",逗号', group: '', seat: '' },
    ].map((one) => ({ ...one, has_photo: false, has_code: false }))
    for (const heads of [
      { number: '证号', name: '姓名', group: '代表团', seat: '座位' },
      { number: 'number', name: 'name', group: 'group', seat: 'seat' },
    ]) {
      const draft = draft_of(write_csv(roster_table(members, heads)))
      expect(draft.remarks).toEqual([])
      expect(draft.rows).toEqual(
        members.map(({ number, name, group, seat }) => ({ number, name, group, seat })),
      )
    }
  })
})

describe('one member of a roster', () => {
  const members = [1, 2, 3].map((index) => ({
    person: 100 + index,
    number: String(index),
    name: `代表${index}`,
    group: '',
    seat: '',
    has_photo: true,
    has_code: false,
  }))
  const row = (index: number) => ({
    person: 100 + index,
    number: String(index),
    name: `代表${index}`,
    group: '',
    seat: '',
  })

  it('is said anew, and stays the same person whatever the number', () => {
    const said = { number: '9', name: '更名', group: '东街', seat: 'A1' }
    expect(roster_but(members, 102, said)).toEqual([row(1), { ...said, person: 102 }, row(3)])
  })

  it('is left out, and nobody else', () => {
    expect(roster_but(members, 102, null)).toEqual([row(1), row(3)])
    expect(roster_but(members, 999, null)).toEqual([row(1), row(2), row(3)])
  })
})

async function workbook(fill: (sheet: Worksheet) => void): Promise<Uint8Array> {
  const book = new excel.Workbook()
  fill(book.addWorksheet('名册'))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('a workbook', () => {
  const heads = ['证号', '姓名', '代表团']

  it('gives what people see, and says what was odd', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(heads)
      sheet.addRow([101, { richText: [{ text: '王' }, { text: '建国' }] }, '一团'])
      sheet.addRow([{ formula: 'A2+1', result: 102 }, '李立', null])
      sheet.addRow([])
      sheet.addRow(['0103', { text: '赵敏', hyperlink: 'http://localhost' }, true])
      sheet.mergeCells('C2:C3')
    })
    const [sheet] = await sheets_from_file('x.xlsx', bytes)
    expect(sheet!.rows.slice(1)).toEqual([
      ['101', '王建国', '一团'],
      ['102', '李立', '一团'],
      [],
      ['0103', '赵敏', 'true'],
    ])
    expect(said(sheet!.remarks)).toEqual(['2 merged', '3 formula'])
  })

  it('is refused where a cell shows an error, or a formula nothing', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(heads)
      sheet.addRow([{ formula: '1/0', result: { error: '#DIV/0!' } }, '王建国'])
      sheet.addRow([{ error: '#REF!' }, '李立'])
      sheet.addRow([{ formula: 'A2' }, '赵敏'])
      sheet.addRow([5002211999010112345, '钱进'])
    })
    const [sheet] = await sheets_from_file('x.xlsx', bytes)
    const errors = sheet!.remarks.filter((remark) => remark.severity === 'error')
    expect(said(errors)).toEqual(['2 error_value', '3 error_value', '4 formula_empty', '5 long_number'])
  })

  it('reads back what was exported', async () => {
    const rows = [heads, ['0101', '𠮷野', '一团'], ['0102', '=1+1', '']]
    const [sheet] = await sheets_from_file('x.xlsx', await write_workbook('名册', rows))
    expect(sheet!.remarks).toEqual([])
    expect(sheet!.rows.map((row) => [0, 1, 2].map((column) => row[column] ?? ''))).toEqual(rows)
  })

  const cases: [string, Uint8Array, string][] = [
    ['an old workbook', bytes_of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'old_excel'],
    ['a broken one', bytes_of(0x50, 0x4b, 0x03, 0x04, 0x00), 'not_a_workbook'],
    ['a picture', bytes_of(0xff, 0xd8, 0xff, 0xe0, 0x00), 'not_text'],
    ['nothing', bytes_of(), 'empty'],
  ]
  it.each(cases)('says why it cannot read %s', async (_name, bytes, why) => {
    const failure = await sheets_from_file('x', bytes).catch((error) => error)
    expect(failure).toBeInstanceOf(UnreadableFile)
    expect(failure.why).toBe(why)
  })
})

describe('order', () => {
  const people = ['张三', '丁一', '王五', '𠮷田'].map((name, index) => ({
    name,
    number: String(12 - index),
  }))

  it('by strokes of the family name', () => {
    const names = in_name_order(people, 'strokes').map((one) => one.name)
    expect(names.filter((name) => name !== '𠮷田')).toEqual(['丁一', '王五', '张三'])
    expect(names).toHaveLength(4)
  })

  it('by number, as numbers', () => {
    expect(in_name_order(people, 'number').map((one) => one.number)).toEqual(['9', '10', '11', '12'])
    expect(in_name_order(people, 'sheet')).toEqual(people)
  })
})

it('reads 2,980 members quickly', async () => {
  const rows = Array.from({ length: 2980 }, (_unused, index) => [
    String(10001 + index),
    `代表${index}`,
    `第${index % 35}代表团`,
    `${Math.floor(index / 60) + 1}排${(index % 60) + 1}号`,
  ])
  const table = [['证号', '姓名', '代表团', '座位'], ...rows]
  const started = performance.now()
  const draft = draft_of(write_csv(table))
  const csv_ms = performance.now() - started
  const bytes = await write_workbook('名册', table)
  const xlsx_started = performance.now()
  const [sheet] = await sheets_from_file('x.xlsx', bytes)
  const from_workbook = roster_draft(sheet!, 0, find_roster_header(sheet!.rows).columns)
  const xlsx_ms = performance.now() - xlsx_started
  console.log(`2,980 members: CSV ${csv_ms.toFixed(0)} ms, XLSX ${xlsx_ms.toFixed(0)} ms`)
  expect(draft.remarks).toEqual([])
  expect(from_workbook.rows).toEqual(draft.rows)
})
