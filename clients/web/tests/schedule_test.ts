import { describe, expect, it } from 'vitest'
import { schedule_days } from '../src/state/schedule'

describe('a schedule', () => {
  it('is shown day by day, in the order of time', () => {
    const row = (day: number, hour: number, title: string) => ({
      starts_at_ms: new Date(2026, 10, day, hour).getTime(),
      minutes: 30,
      title,
      place: '',
      items: [],
    })
    const days = schedule_days([row(28, 9, '丙'), row(27, 15, '乙'), row(27, 9, '甲')])
    expect(days.map((day) => day.rows.map((one) => one.title))).toEqual([['甲', '乙'], ['丙']])
    expect(new Date(days[1]!.at_ms).getDate()).toBe(28)
    expect(schedule_days([])).toEqual([])
  })
})
