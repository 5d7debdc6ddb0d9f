import { text_in } from '../messages/words.svelte'
import type { AgendaRow, ItemKind } from '../wire/types'
import words from './agenda_words.json'
import { find_agenda_header, type AgendaField, type Columns } from './columns'
import { error, notice, type Remark } from './remarks'
import { is_empty_row, type Sheet } from './sheet'

/** What a text or table comes to as an agenda; `source_rows` as in a roster draft. */
export interface AgendaDraft {
  rows: AgendaRow[]
  source_rows: number[]
  remarks: Remark[]
}

export const item_kinds: readonly ItemKind[] = [
  'other',
  'report',
  'bill',
  'resolution',
  'personnel',
  'election',
  'project',
  'evaluation',
  'inquiry',
  'oath',
  'study',
  'procedural',
]

const title_bytes_max = 2000
const minutes_max = 24 * 60
const encoder = new TextEncoder()
const numeral = `[${words.numerals}]+`
const wide_digits = '[0-9\\uFF10-\\uFF19]+'
const open = '[\\uFF08(]'
const shut = '[)\\uFF09]'

/** Ways of numbering, from the outermost to the innermost, as agendas in this country use them. */
const numberings = [
  new RegExp(`^\\u7B2C?${numeral}\\u9879?[\\u3001\\uFF0E.:\\uFF1A]\\s*`),
  new RegExp(`^${open}${numeral}${shut}\\s*\\u3001?`),
  new RegExp(`^${wide_digits}(?:[.](?!\\d)|[\\uFF0E\\u3001])\\s*`),
  new RegExp(`^${open}${wide_digits}${shut}\\s*`),
  /^[\u2460-\u2473]\s*/,
]

/** What `title` should be about, guessed from its words. */
export function guess_kind(title: string): ItemKind {
  const known = words.kinds as [ItemKind, string[]][]
  const lower = title.toLowerCase()
  return known.find(([, signs]) => signs.some((sign) => lower.includes(sign)))?.[0] ?? 'other'
}

/** Splits a number off a title: how deep its way of numbering is (from 0; -1: none), and the rest. */
export function split_numbering(text: string): { depth: number; title: string } {
  const depth = numberings.findIndex((numbering) => numbering.test(text))
  return { depth, title: depth < 0 ? text : text.replace(numberings[depth]!, '') }
}

/** Levels from ways of numbering: a way not met before on this branch stands one deeper. */
class Levels {
  private readonly stack: number[] = []

  level_of(depth: number): number {
    while (this.stack.length > 0 && this.stack.at(-1)! > depth) this.stack.pop()
    if (this.stack.at(-1) !== depth) this.stack.push(depth)
    return this.stack.length
  }
}

/** An agenda as it is pasted or typed, one item a line, numbered or not. */
export function agenda_from_text(text: string): AgendaDraft {
  const draft: AgendaDraft = { rows: [], source_rows: [], remarks: [] }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const is_numbered = lines.some((line) => split_numbering(line.trim()).depth >= 0)
  const levels = new Levels()
  lines.forEach((line, index) => {
    const { depth, title } = split_numbering(line.trim())
    if (line.trim() === '') return
    if (is_numbered && depth < 0) return add_unnumbered(draft, title, index + 1)
    add_row(draft, row_from_title(title, levels.level_of(is_numbered ? depth : indent_of(line))), index + 1)
  })
  return finished(draft)
}

/** Above the first number stands the heading of the page; below it, the rest of a line that was broken. */
function add_unnumbered(draft: AgendaDraft, text: string, at: number): void {
  const last = draft.rows.at(-1)
  if (!last) {
    draft.remarks.push(notice(at, 'office.remark.heading_skipped', { text }))
    return
  }
  draft.remarks.push(notice(at, 'office.remark.line_joined', { text: text.slice(0, 20) }))
  draft.rows[draft.rows.length - 1] = row_from_title(last.title + text, last.level, last)
}

function indent_of(line: string): number {
  const white = /^\s*/.exec(line)![0]
  return [...white].reduce((sum, char) => sum + (char === '\t' || char === '\u3000' ? 4 : 1), 0)
}

function row_from_title(text: string, level: number, known?: AgendaRow): AgendaRow {
  const take = (pattern: string) => {
    const found = new RegExp(pattern, 'i').exec(text)
    if (found) text = text.replace(found[0], '')
    return found
  }
  const minutes = Number(take(words.minutes)?.[1] ?? known?.minutes ?? 0)
  const presenter = take(words.presenter)?.[1]?.trim() ?? known?.presenter ?? ''
  const is_closed = take(words.closed) !== null || (known?.is_closed ?? false)
  const title = text.trim().replace(new RegExp(words.ends), '').trim()
  return { level, title, item_kind: guess_kind(title), minutes, presenter, is_closed }
}

function add_row(draft: AgendaDraft, row: AgendaRow, at: number): void {
  draft.rows.push(row)
  draft.source_rows.push(at)
}

/** An agenda from a table. Without heads that say where the titles are, each row is a line of text. */
export function agenda_from_sheet(sheet: Sheet): AgendaDraft {
  const header = find_agenda_header(sheet.rows)
  if (!header) {
    const lines = sheet.rows.map((row) => row.filter((cell) => cell.trim() !== '').join(' '))
    const draft = agenda_from_text(lines.map((line) => line.replace(/\s*\n\s*/g, '')).join('\n'))
    return { ...draft, remarks: [...sheet.remarks, ...draft.remarks] }
  }
  const draft: AgendaDraft = { rows: [], source_rows: [], remarks: [...sheet.remarks] }
  const levels = new Levels()
  sheet.rows.forEach((cells, index) => {
    if (index <= header.row || is_empty_row(cells)) return
    add_row(draft, row_from_cells(cells, header.columns, levels, index + 1, draft.remarks), index + 1)
  })
  return finished(draft)
}

function row_from_cells(
  cells: readonly string[],
  columns: Columns<AgendaField>,
  levels: Levels,
  at: number,
  remarks: Remark[],
): AgendaRow {
  const cell = (field: AgendaField) => {
    const column = columns[field]
    return column === null ? '' : (cells[column] ?? '').trim()
  }
  if (cell('level') !== '' && cell('number') !== '') return row_as_exported(cell, at, remarks)
  const numbered = split_numbering(cell('title'))
  const depth = split_numbering(cell('number')).depth
  const deepest = depth >= 0 ? depth : numbered.depth
  const counted = deepest >= 0 ? levels.level_of(deepest) : 1
  const row = row_from_title(numbered.title, Number(cell('level')) || counted)
  const minutes = minutes_from_cell(cell('minutes'), at, remarks)
  if (minutes !== null) row.minutes = minutes
  if (cell('item_kind') !== '') row.item_kind = kind_from_cell(cell('item_kind'))
  if (cell('presenter') !== '') row.presenter = cell('presenter')
  if (words.yes.includes(cell('is_closed').toLowerCase())) row.is_closed = true
  return row
}

/** Where level and number stand in cells of their own, nothing is read into the words of a title. */
function row_as_exported(cell: (field: AgendaField) => string, at: number, remarks: Remark[]): AgendaRow {
  const title = cell('title')
  return {
    level: Number(cell('level')),
    title,
    item_kind: cell('item_kind') === '' ? guess_kind(title) : kind_from_cell(cell('item_kind')),
    minutes: minutes_from_cell(cell('minutes'), at, remarks) ?? 0,
    presenter: cell('presenter'),
    is_closed: words.yes.includes(cell('is_closed').toLowerCase()),
  }
}

/** Null for an empty cell; whatever is no number is remarked upon and counts as nothing. */
function minutes_from_cell(text: string, at: number, remarks: Remark[]): number | null {
  const minutes = text.normalize('NFKC')
  if (minutes === '') return null
  const found = /^\d+/.exec(minutes)
  if (!found) remarks.push(error(at, 'office.remark.minutes', { text: minutes }))
  return Number(found?.[0] ?? 0)
}

/** A kind by its name on the wire, or as the screens call it in either language; else guessed. */
function kind_from_cell(text: string): ItemKind {
  const wanted = text.toLowerCase()
  const names = (kind: ItemKind) => [
    kind,
    text_in('zh-CN', `office.item_kind.${kind}`),
    text_in('en', `office.item_kind.${kind}`).toLowerCase(),
  ]
  return item_kinds.find((kind) => names(kind).includes(wanted)) ?? guess_kind(wanted)
}

/** An agenda as another program wrote it: a list of rows, or `{"items": […]}`. Null when it is no JSON. */
export function agenda_from_json(text: string): AgendaDraft | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  const list = Array.isArray(parsed) ? parsed : (parsed as { items?: unknown } | null)?.items
  const draft: AgendaDraft = { rows: [], source_rows: [], remarks: [] }
  if (!Array.isArray(list)) return { ...draft, remarks: [error(0, 'office.remark.json_shape')] }
  list.forEach((one: Partial<Record<keyof AgendaRow, unknown>> | null, index) => {
    const row = row_from_title(String(one?.title ?? ''), Number(one?.level ?? 1))
    row.title = String(one?.title ?? '').trim()
    const kind = item_kinds.find((known) => known === one?.item_kind)
    if (kind) row.item_kind = kind
    else if (one?.item_kind !== undefined)
      draft.remarks.push(error(index + 1, 'office.remark.kind', { kind: String(one.item_kind) }))
    row.minutes = Number(one?.minutes ?? row.minutes)
    row.presenter = String(one?.presenter ?? row.presenter)
    row.is_closed = one?.is_closed === true || row.is_closed
    add_row(draft, row, index + 1)
  })
  return finished(draft)
}

/** Checks that hold however the rows came. */
function finished(draft: AgendaDraft): AgendaDraft {
  if (draft.rows.length === 0) draft.remarks.push(error(0, 'office.remark.no_items'))
  let above = 0
  draft.rows.forEach((row, index) => {
    const at = draft.source_rows[index]!
    if (row.title === '') draft.remarks.push(error(at, 'office.remark.title_missing'))
    if (encoder.encode(row.title).length > title_bytes_max)
      draft.remarks.push(error(at, 'office.remark.too_long', { text: `${row.title.slice(0, 12)}…` }))
    if (!Number.isInteger(row.level) || row.level < 1 || row.level > above + 1)
      draft.remarks.push(error(at, 'office.remark.level', { level: row.level }))
    if (!Number.isInteger(row.minutes) || row.minutes < 0 || row.minutes > minutes_max)
      draft.remarks.push(error(at, 'office.remark.minutes', { text: row.minutes }))
    above = row.level
  })
  return draft
}
