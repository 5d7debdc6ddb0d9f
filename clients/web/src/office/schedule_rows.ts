import type { ItemId, ScheduleRow } from '../wire/types'

/** A line of the schedule as it stands in the form; times in this computer's zone. */
export interface ScheduleLine {
  starts_at: string
  minutes: number
  title: string
  place: string
  items: ItemId[]
}

export function line_of(row: ScheduleRow): ScheduleLine {
  const { minutes, title, place, items } = row
  return { starts_at: local_time(row.starts_at_ms), minutes, title, place, items: [...items] }
}

function local_time(at_ms: number): string {
  const at = new Date(at_ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** Milliseconds UTC of a local time; NaN when it is none. */
export function time_of(local: string): number {
  return local === '' ? Number.NaN : new Date(local).getTime()
}

/** What is wrong with a line, as the end of a message key; null when nothing is. */
export function line_fault(line: ScheduleLine): 'time' | 'title' | 'minutes' | null {
  if (Number.isNaN(time_of(line.starts_at))) return 'time'
  if (line.title.trim() === '') return 'title'
  return Number.isInteger(line.minutes) && line.minutes >= 0 && line.minutes <= 1440 ? null : 'minutes'
}

/** The lines in the order of time, as the server keeps them. */
export function rows_of(lines: readonly ScheduleLine[]): ScheduleRow[] {
  return lines
    .map(({ starts_at, minutes, title, place, items }) => ({
      starts_at_ms: time_of(starts_at),
      minutes,
      title: title.trim(),
      place: place.trim(),
      items: [...items],
    }))
    .sort((a, b) => a.starts_at_ms - b.starts_at_ms)
}

/** A line to follow the last one: when that ends, at the same place. */
export function next_line(lines: readonly ScheduleLine[], now_ms: number): ScheduleLine {
  const last = lines.at(-1)
  const day = 24 * 60 * 60_000
  const ends = last ? time_of(last.starts_at) + last.minutes * 60_000 : Number.NaN
  const starts = Number.isNaN(ends) ? new Date(now_ms + day).setHours(9, 0, 0, 0) : ends
  return { starts_at: local_time(starts), minutes: 30, title: '', place: last?.place ?? '', items: [] }
}
