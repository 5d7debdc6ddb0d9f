import type { PersonId, RosterMember, RosterRowInput } from '../wire/types'
import type { Columns, RosterField } from './columns'
import { error, notice, type Remark } from './remarks'
import { empty_rows_between, is_empty_row, type Sheet } from './sheet'

/** What a sheet comes to: the rows to send, where each stands in the sheet, and what is odd about them. */
export interface RosterDraft {
  rows: RosterRowInput[]
  /** by index in `rows`: the row of the sheet, from 1 */
  source_rows: number[]
  remarks: Remark[]
}

const name_bytes_max = 300
const members_max = 10_000
const encoder = new TextEncoder()

/** Reads the rows below the heads. Nothing is left out silently: every row is sent, or remarked upon. */
export function roster_draft(sheet: Sheet, header_row: number, columns: Columns<RosterField>): RosterDraft {
  const remarks = [...sheet.remarks]
  if (columns.number === null) remarks.push(error(0, 'office.remark.no_number_column'))
  if (columns.name === null) remarks.push(error(0, 'office.remark.no_name_column'))
  const empty = empty_rows_between(sheet.rows, header_row + 1)
  if (empty.length > 0) remarks.push(notice(empty[0]!, 'office.remark.empty_rows', { count: empty.length }))
  const draft: RosterDraft = { rows: [], source_rows: [], remarks }
  const seen = new Seen()
  sheet.rows.forEach((cells, index) => {
    if (index <= header_row || is_empty_row(cells)) return
    const row = read_row(cells, index + 1, columns, remarks)
    if (seen.repeats(row, index + 1, remarks)) return
    check_texts(row, index + 1, remarks)
    draft.rows.push(row)
    draft.source_rows.push(index + 1)
  })
  if (draft.rows.length === 0) remarks.push(error(0, 'office.remark.no_rows'))
  if (draft.rows.length > members_max)
    remarks.push(error(0, 'office.remark.too_many_members', { max: members_max }))
  return draft
}

function read_row(
  cells: readonly string[],
  row: number,
  columns: Columns<RosterField>,
  remarks: Remark[],
): RosterRowInput {
  const cell = (field: RosterField) => {
    const column = columns[field]
    return column === null ? '' : (cells[column] ?? '').replace(/\s+/g, ' ').trim()
  }
  const number = cell('number').normalize('NFKC')
  if (number !== cell('number')) remarks.push(notice(row, 'office.remark.wide_digits', { number }))
  const name = without_padding(cell('name'))
  if (name !== cell('name')) remarks.push(notice(row, 'office.remark.padded_name', { name }))
  return { number, name, group: cell('group'), seat: cell('seat') }
}

/** Chinese names of two characters are often written with a space between them to fill the column. */
function without_padding(name: string): string {
  return /^\p{Script=Han}( \p{Script=Han}){1,3}$/u.test(name) ? name.replaceAll(' ', '') : name
}

function check_texts(row: RosterRowInput, at: number, remarks: Remark[]): void {
  if (row.number === '') remarks.push(error(at, 'office.remark.number_missing', { name: row.name }))
  if (/^\d(\.\d+)?E\+\d+$/i.test(row.number))
    remarks.push(error(at, 'office.remark.number_rounded', { number: row.number }))
  if (row.name === '') remarks.push(error(at, 'office.remark.name_missing', { number: row.number }))
  for (const text of [row.number, row.name, row.group, row.seat]) {
    if (encoder.encode(text).length > name_bytes_max)
      remarks.push(error(at, 'office.remark.too_long', { text: `${text.slice(0, 12)}…` }))
    if (/[\p{Cc}\uFFFD]/u.test(text)) remarks.push(error(at, 'office.remark.broken_character', { text }))
    else if (/\p{Co}/u.test(text)) remarks.push(notice(at, 'office.remark.private_character', { text }))
  }
}

/** What rows before this one held. */
class Seen {
  private readonly numbers = new Map<string, { row: RosterRowInput; at: number }>()
  private readonly names = new Map<string, number>()
  private readonly seats = new Map<string, number>()

  /** True for a row that says nothing new and is left out. */
  repeats(row: RosterRowInput, at: number, remarks: Remark[]): boolean {
    const same = row.number === '' ? undefined : this.numbers.get(row.number)
    if (same && is_same(same.row, row)) {
      remarks.push(notice(at, 'office.remark.repeated_row', { number: row.number, first: same.at }))
      return true
    }
    if (same) {
      remarks.push(error(at, 'office.remark.repeated_number', { number: row.number, first: same.at }))
    } else {
      this.numbers.set(row.number, { row, at })
    }
    const seat_row = row.seat === '' ? undefined : this.seats.get(row.seat)
    if (seat_row)
      remarks.push(error(at, 'office.remark.repeated_seat', { seat: row.seat, first: seat_row }))
    else this.seats.set(row.seat, at)
    const name_row = row.name === '' ? undefined : this.names.get(row.name)
    if (name_row && !same)
      remarks.push(notice(at, 'office.remark.repeated_name', { name: row.name, first: name_row }))
    else this.names.set(row.name, at)
    return false
  }
}

function is_same(a: RosterRowInput, b: RosterRowInput): boolean {
  return a.number === b.number && a.name === b.name && a.group === b.group && a.seat === b.seat
}

/** The rows of the same roster but for one member: said anew, or left out where `said` is null. */
export function roster_but(
  members: readonly RosterMember[],
  person: PersonId,
  said: RosterFields | null,
): RosterRowInput[] {
  const rows = members.map((one) => ({
    ...fields_of(one.person === person && said ? said : one),
    person: one.person,
  }))
  return said ? rows : rows.filter((row) => row.person !== person)
}

/** What a roster says of a member. */
export type RosterFields = Record<RosterField, string>

export function fields_of({ number, name, group, seat }: RosterFields): RosterFields {
  return { number, name, group, seat }
}

/** A roster as a table that imports again to the same. */
export function roster_table(
  members: readonly RosterMember[],
  heads: Record<RosterField, string>,
): string[][] {
  const rows = members.map((member) => [member.number, member.name, member.group, member.seat])
  return [[heads.number, heads.name, heads.group, heads.seat], ...rows]
}
