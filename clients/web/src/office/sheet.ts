import { parse_delimited } from './csv'
import { misread_as_gb18030 } from './gb18030'
import { error, notice, type Remark } from './remarks'
import { decode_text } from './text_decoding'

/** A table as people see it, every cell its shown text. Row 1 of a spreadsheet is rows[0]. */
export interface Sheet {
  name: string
  rows: string[][]
  remarks: Remark[]
  /** those of them that are about how its bytes were read, and hold whatever the text turns out to be */
  decoding?: Remark[]
  /** of a text file or of what was pasted, as it was */
  text?: string
}

/** Why a file cannot be read at all, as the end of a message key. */
export type Unreadable = 'not_text' | 'old_excel' | 'not_a_workbook' | 'too_large' | 'empty'

export class UnreadableFile extends Error {
  constructor(readonly why: Unreadable) {
    super(why)
  }
}

const file_bytes_max = 20 * 1024 * 1024

/** A table copied from a spreadsheet, or the text of a CSV file. */
export function sheet_from_text(text: string, name = ''): Sheet {
  const { rows, unclosed_row } = parse_delimited(text)
  const remarks = unclosed_row === null ? [] : [error(unclosed_row, 'office.remark.unclosed_quote')]
  return { name, rows, remarks, text }
}

/** The sheets of a file: CSV in whatever encoding, or a workbook. Throws UnreadableFile. */
export async function sheets_from_file(name: string, bytes: Uint8Array): Promise<Sheet[]> {
  if (bytes.length === 0) throw new UnreadableFile('empty')
  if (bytes.length > file_bytes_max) throw new UnreadableFile('too_large')
  if (starts_with(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    const { read_workbook } = await import('./workbook')
    return read_workbook(bytes)
  }
  if (starts_with(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new UnreadableFile('old_excel')
  const decoded = decode_text(bytes)
  if (!decoded) throw new UnreadableFile('not_text')
  const sheet = sheet_from_text(decoded.text, name)
  if (decoded.encoding === 'utf-8') return [sheet]
  const encoding = decoded.encoding.toUpperCase()
  const decoding = [notice(0, 'office.remark.encoding', { encoding })]
  if (decoded.encoding === 'gb18030') decoding.push(...misread_rows(sheet.rows))
  return [{ ...sheet, decoding, remarks: [...sheet.remarks, ...decoding] }]
}

/** Each row that shows that the file is in another encoding. */
function misread_rows(rows: readonly string[][]): Remark[] {
  return rows.flatMap((row, index) => {
    const text = row.join(' ')
    const why = misread_as_gb18030(text)
    return why ? [error(index + 1, `office.remark.${why}`, { text: text.slice(0, 20) })] : []
  })
}

function starts_with(bytes: Uint8Array, head: number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte)
}

export function is_empty_row(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '')
}

/** Row numbers of empty rows that have something below them. */
export function empty_rows_between(rows: readonly string[][], from: number): number[] {
  const last = rows.findLastIndex((row) => !is_empty_row(row))
  return rows.flatMap((row, index) =>
    index >= from && index < last && is_empty_row(row) ? [index + 1] : [],
  )
}
