import header_words from './header_words.json'

export type RosterField = keyof typeof header_words.roster
export type AgendaField = keyof typeof header_words.agenda

export const roster_fields = Object.keys(header_words.roster) as RosterField[]
export const agenda_fields = Object.keys(header_words.agenda) as AgendaField[]

/** Which column (from 0) holds a field; null: none does. */
export type Columns<Field extends string> = Record<Field, number | null>

/** Where the heads of the columns stand (row from 0; -1: nowhere), and what was made of them. */
export interface Header<Field extends string> {
  row: number
  columns: Columns<Field>
}

const rows_searched = 20

/** Looks for the row of heads of a roster; without one, number, name, group, seat in this order are meant. */
export function find_roster_header(rows: readonly string[][]): Header<RosterField> {
  const found = find_header(rows, header_words.roster, 'name')
  if (found) return found
  const width = Math.max(0, ...rows.slice(0, rows_searched).map((row) => row.length))
  const entries = roster_fields.map((field, index) => [field, index < width ? index : null])
  return { row: -1, columns: Object.fromEntries(entries) }
}

/** The same for an agenda; null when nothing says where the titles are. */
export function find_agenda_header(rows: readonly string[][]): Header<AgendaField> | null {
  return find_header(rows, header_words.agenda, 'title')
}

function find_header<Field extends string>(
  rows: readonly string[][],
  words: Record<Field, string[]>,
  needed: NoInfer<Field>,
): Header<Field> | null {
  let best: Header<Field> | null = null
  let best_score = 0
  rows.slice(0, rows_searched).forEach((row, index) => {
    const columns = match_columns(row, words)
    const score = Object.values(columns).filter((column) => column !== null).length
    // One cell alone may be a title above the table, somebody's name, or an item that has the word in it.
    const alone = row.filter((cell) => cell.trim() !== '')
    const is_only_head = alone.length === 1 && likeness(alone[0]!, words[needed]) === whole_word
    const is_head = columns[needed] !== null && (score >= 2 || is_only_head)
    if (is_head && score > best_score) {
      best = { row: index, columns }
      best_score = score
    }
  })
  return best
}

function match_columns<Field extends string>(
  row: readonly string[],
  words: Record<Field, string[]>,
): Columns<Field> {
  const fields = Object.keys(words) as Field[]
  const columns = Object.fromEntries(fields.map((field) => [field, null])) as Columns<Field>
  const strengths = new Map<Field, number>()
  row.forEach((cell, column) => {
    const rated = fields.map((field) => ({ field, strength: likeness(cell, words[field]) }))
    const { field, strength } = rated.reduce((a, b) => (b.strength > a.strength ? b : a))
    if (strength > (strengths.get(field) ?? 0)) {
      strengths.set(field, strength)
      columns[field] = column
    }
  })
  return columns
}

const whole_word = 3

/** 3: the word itself; 2: begins with it; 1: contains it; 0: something else. Short Latin words only whole. */
function likeness(cell: string, words: readonly string[]): number {
  const head = cell
    .normalize('NFKC')
    .replace(/[\s*]|\(.*?\)/g, '')
    .toLowerCase()
  if (head === '' || head.length > 20) return 0
  const strength = (word: string) => {
    if (head === word) return whole_word
    if (/^[a-z]+$/.test(word) && word.length < 4) return 0
    if (head.startsWith(word)) return 2
    return head.includes(word) ? 1 : 0
  }
  return Math.max(...words.map(strength))
}
