import type { ScheduleRow } from '../wire/types'

/** The rows of one day, as this computer's calendar has it. */
export interface ScheduleDay {
  /** when the first row of it starts */
  at_ms: number
  rows: ScheduleRow[]
}

/** The schedule day by day, each in the order of time. */
export function schedule_days(schedule: readonly ScheduleRow[]): ScheduleDay[] {
  const days: ScheduleDay[] = []
  for (const row of [...schedule].sort((a, b) => a.starts_at_ms - b.starts_at_ms)) {
    const last = days.at(-1)
    if (last && is_same_day(last.at_ms, row.starts_at_ms)) last.rows.push(row)
    else days.push({ at_ms: row.starts_at_ms, rows: [row] })
  }
  return days
}

function is_same_day(a_ms: number, b_ms: number): boolean {
  return new Date(a_ms).toDateString() === new Date(b_ms).toDateString()
}
