import type { Cell, CellValue, Workbook } from 'exceljs'
import { error, notice, type Remark } from './remarks'
import { UnreadableFile, type Sheet } from './sheet'

const rows_max = 20_000
const columns_max = 60

/** Loaded only when somebody opens or saves a workbook. */
async function new_workbook(): Promise<Workbook> {
  const { default: excel } = await import('exceljs/dist/exceljs.bare.min.js')
  return new excel.Workbook()
}

/**
 * The sheets of an XLSX file that hold anything. What a person sees counts: the shown result of a formula,
 * the value of merged cells in each of them. Throws UnreadableFile.
 */
export async function read_workbook(bytes: Uint8Array): Promise<Sheet[]> {
  const workbook = await new_workbook()
  let sheets: Sheet[]
  try {
    await workbook.xlsx.load(bytes.slice().buffer)
    sheets = workbook.worksheets.filter((sheet) => sheet.state === 'visible').map(sheet_of)
  } catch {
    // The library neither checks all it reads nor says what it expected.
    throw new UnreadableFile('not_a_workbook')
  }
  const filled = sheets.filter((sheet) => sheet.rows.length > 0)
  if (filled.length === 0) throw new UnreadableFile('empty')
  return filled
}

function sheet_of(worksheet: Workbook['worksheets'][number]): Sheet {
  const remarks: Remark[] = []
  for (const range of (worksheet.model as { merges?: string[] }).merges ?? []) {
    const row = Number(/\d+/.exec(range)?.[0] ?? 0)
    remarks.push(notice(row, 'office.remark.merged', { range }))
  }
  const rows: string[][] = []
  const row_count = Math.min(worksheet.rowCount, rows_max)
  if (worksheet.rowCount > rows_max)
    remarks.push(error(0, 'office.remark.too_many_rows', { max: rows_max }))
  for (let number = 1; number <= row_count; number++) {
    const cells: string[] = []
    worksheet.getRow(number).eachCell({ includeEmpty: true }, (cell, column) => {
      if (column <= columns_max) cells[column - 1] = shown_text(cell, remarks)
    })
    rows.push(Array.from(cells, (text) => text ?? ''))
  }
  return { name: worksheet.name, rows, remarks }
}

function shown_text(cell: Cell, remarks: Remark[]): string {
  const row = Number(cell.row)
  const value = cell.value
  const at = cell.address
  if (is_formula(value)) {
    const result = value.result ?? null
    if (result === null) remarks.push(error(row, 'office.remark.formula_empty', { at }))
    else if (!is_error(result)) remarks.push(notice(row, 'office.remark.formula', { at }))
    return text_of(result, row, at, remarks)
  }
  return text_of(value, row, at, remarks)
}

function text_of(value: CellValue | undefined, row: number, at: string, remarks: Remark[]): string {
  if (value === null || value === undefined) return ''
  if (is_error(value)) {
    remarks.push(error(row, 'office.remark.error_value', { at, value: value.error }))
    return ''
  }
  if (value instanceof Date) {
    remarks.push(notice(row, 'office.remark.date', { at }))
    return value.toISOString().slice(0, 10)
  }
  if (typeof value === 'number') {
    if (Math.abs(value) >= 1e15) remarks.push(error(row, 'office.remark.long_number', { at }))
    return String(value)
  }
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map((part) => part.text).join('')
  if ('text' in value) return text_of(value.text as CellValue, row, at, remarks)
  return ''
}

function is_formula(value: CellValue): value is CellValue & { result?: CellValue } {
  return value !== null && typeof value === 'object' && ('formula' in value || 'sharedFormula' in value)
}

function is_error(value: unknown): value is { error: string } {
  return value !== null && typeof value === 'object' && 'error' in value
}

/** An XLSX file of one sheet; every cell is text, so that no number loses its leading zeros. */
export async function write_workbook(
  name: string,
  rows: readonly (readonly string[])[],
): Promise<Uint8Array> {
  const workbook = await new_workbook()
  const worksheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  for (const row of rows) worksheet.addRow([...row])
  worksheet.getRow(1).font = { bold: true }
  worksheet.columns.forEach((column) => {
    column.width = 18
    column.numFmt = '@'
  })
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
