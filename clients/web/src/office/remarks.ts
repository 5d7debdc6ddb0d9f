import type { MessageKey } from '../messages/words.svelte'
import type { LocalText, RowFinding } from '../wire/types'

/** Something about one row of what is being read in, as this page found it or as the server did. */
export interface Remark {
  /** from 1, as the spreadsheet shows it; 0: the whole */
  row: number
  severity: 'error' | 'notice'
  words: { key: MessageKey; values?: Record<string, string | number> } | LocalText
}

export function error(row: number, key: MessageKey, values: Record<string, string | number> = {}): Remark {
  return { row, severity: 'error', words: { key, values } }
}

export function notice(row: number, key: MessageKey, values: Record<string, string | number> = {}): Remark {
  return { row, severity: 'notice', words: { key, values } }
}

export function has_errors(remarks: readonly Remark[]): boolean {
  return remarks.some((remark) => remark.severity === 'error')
}

/** The server counts the rows it was sent; people count those of their own sheet. */
export function server_remarks(findings: readonly RowFinding[], source_rows: readonly number[]): Remark[] {
  return findings.map(({ row, severity, words }) => ({
    row: source_rows[row - 1] ?? 0,
    severity,
    words,
  }))
}

/** Errors first, each in the order of the rows. */
export function in_order(remarks: readonly Remark[]): Remark[] {
  const rank = (remark: Remark) => (remark.severity === 'error' ? 0 : 1)
  return [...remarks].sort((a, b) => rank(a) - rank(b) || a.row - b.row)
}
